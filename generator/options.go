// Package generator turns a folder of exports into a published month: the
// evidence site, the board packet, report.json and the sealed archive. Build
// is the whole flow on one page.
package generator

import (
	"io/fs"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/intake"
	"proofpack/generator/report"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
)

// Options say what to build, from where to where. Nothing in this package
// reads a clock, the environment or the network: what it needs of them is here.
type Options struct {
	Dir    string // folder of the configuration; every path of a source is relative to it
	Config string // file name of the configuration in Dir; "" for proofpack.yml
	Month  string // YYYY-MM
	AsOf   string // "2026-05-31", or a time in RFC 3339; "" for the last instant of Month

	Out     string // folder of the published months
	Archive string // folder of the archives; "" for archive in Out
	Paper   string // "letter" or "a4"; "" for what the configuration says

	Key   *sign.Key // who signs; nil with Draft
	Draft bool      // build without a key, DRAFT on every page
	At    time.Time // time of signing; it stands in signatures and verify.txt only

	AllowMissing bool                   // build though a declared export is absent; page 1 says so
	MaxRejected  *float64               // percent; nil for what the policy says
	PseudonymKey func() ([]byte, error) // the key of pseudonyms; asked only where a column is published by pseudonym
	DigestOnly   bool                   // archive the hashes of the sources, not the sources

	Revision int    // of the month; 0: the next one
	History  []byte // what an archive kept of the months it was built on (data/records/history.json); nil: the archive folder is read

	Tool    report.Tool
	Go      string // version of Go, for seal.json
	Command string // how the program was called, for seal.json

	Templates fs.FS // built-in templates
	Themes    fs.FS // built-in themes

	Holder seal.Holder          // this run, for the lock
	Alive  func(pid int) bool   // says whether a process of this host runs
	Sleep  func(time.Duration)  // waits between tries of a rename
	Each   func(intake.Reading) // is told of each source when it was read; may be nil
}

// A Refused is a build that was not made because of its input: every problem of
// every file.
type Refused struct {
	Month    string
	Readings []intake.Reading
	Problems []*diag.Problem
	Usage    bool // the configuration is wrong, rather than the exports
}

func (r *Refused) Error() string {
	if len(r.Problems) == 0 {
		return "not built"
	}
	return r.Problems[0].Error()
}

// defaultConfig is the name of the configuration.
const defaultConfig = "proofpack.yml"

func (o *Options) configName() string {
	if o.Config != "" {
		return o.Config
	}
	return defaultConfig
}
