package sign

import "fmt"

// A Reason says in one stable word why something is not verified; scripts rely on it.
type Reason string

// The reasons there are. Words are only ever added.
const (
	Changed   Reason = "changed"   // a file or content is not the one that was signed
	Missing   Reason = "missing"   // a file or signature that belongs there is absent
	Extra     Reason = "extra"     // a file that nobody signed
	Invalid   Reason = "signature" // the signature is damaged, forged or of a kind not accepted
	Untrusted Reason = "untrusted" // a good signature by somebody else than the trusted certificate names
	Expired   Reason = "expired"   // signed while the certificate was not good
	Chain     Reason = "chain"     // the link to an earlier month is broken
	Container Reason = "container" // the file or folder as such is damaged or not in its one form
)

// A Failure is one thing that is not as it was signed.
type Failure struct {
	Reason   Reason
	Path     string // file it is about, with "/" separators; "" for the whole
	Message  string // what was found, without full stop
	Expected string // SHA-256 that was signed, in hex; "" where none applies
	Found    string // SHA-256 that was found, in hex; "" where none applies
}

// Error is the failure on one line.
func (f *Failure) Error() string {
	if f.Path == "" {
		return fmt.Sprintf("%s: %s", f.Reason, f.Message)
	}
	return fmt.Sprintf("%s: %s: %s", f.Reason, f.Path, f.Message)
}

func fail(r Reason, format string, a ...any) *Failure {
	return &Failure{Reason: r, Message: fmt.Sprintf(format, a...)}
}
