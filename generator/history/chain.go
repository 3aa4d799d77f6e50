package history

import "proofpack/generator/evidence"

// MostMonths is how many earlier months a report is built on: with its own
// month, one more than the year that the trend shows.
const MostMonths = 12

// A Chain says which archive a month follows, and which it could not.
type Chain struct {
	First    bool     `json:"first"`    // there is no earlier archive
	Previous *Link    `json:"previous"` // the newest earlier archive that verifies; nil: none
	Gaps     []string `json:"gaps"`     // months before this one that are missing since Previous, or since the first archive that is not used
	Unused   []Unused `json:"unused"`   // archives that lie there and were not used, oldest first
	Notes    []string `json:"notes"`    // what a reader must know of those that were, a sentence each
}

// A Link is an archive that a month follows.
type Link struct {
	Month   string `json:"month"`       // 2026-04
	Archive string `json:"archive"`     // file name
	Seal    string `json:"seal_sha256"` // SHA-256 of its tag manifest
	Draft   bool   `json:"draft"`       // nobody signed it
}

// An Unused archive is of an earlier month and nothing of this report rests on it.
type Unused struct {
	Month   string `json:"month"`
	Archive string `json:"archive"` // file name
	Why     string `json:"why"`     // without full stop
}

// A Past is what a report knows of the months before it, in names as readers
// see them.
type Past struct {
	Chain  Chain
	Months []evidence.Month // oldest first, without the month reported
	Now    *evidence.Month  // the month reported
	Diff   *Diff            // from the newest earlier month to Now; nil when there is none
}

// Reached says what the month reported came to, and what that changed.
func (p *Past) Reached(now evidence.Month) {
	p.Now = &now
	if len(p.Months) > 0 {
		p.Diff = Compare(&p.Months[len(p.Months)-1], p.Now)
	}
}

// Last is the newest earlier month; nil when there is none.
func (p *Past) Last() *evidence.Month {
	if p == nil || len(p.Months) == 0 {
		return nil
	}
	return &p.Months[len(p.Months)-1]
}
