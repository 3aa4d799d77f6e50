package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is that of CHANGELOG.md; it stands in every packet.
const version = "1.0.0"

// commit is the commit the program was built from, 12 digits; "unknown" where
// it was built outside a checkout.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, changed := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	return revision + changed
}

func versionLine() string {
	return fmt.Sprintf("proofpack %s, commit %s, %s", version, commit(), runtime.Version())
}
