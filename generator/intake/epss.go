package intake

import (
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// readScore reads one line of a list of EPSS scores. Of the hundreds of
// thousands of lines only those of CVEs that findings name are kept; findings
// are read before.
func readScore(r *row, set *evidence.Set) {
	s := evidence.ExploitScore{Pos: r.pos(), CVE: r.cve(), Percentile: r.share("percentile")}
	epss := r.share("epss")
	if !epss.Known && r.ok() {
		r.reject("epss is no probability")
	}
	s.EPSS = epss.Value
	at := r.day("date")
	if at.IsZero() {
		at = r.scoreDay()
	}
	r.event(at)
	if r.ok() && r.namedCVE(s.CVE) {
		set.Scores = append(set.Scores, s)
	}
}

// namedCVE tells whether a finding names a CVE.
func (l *loader) namedCVE(cve string) bool {
	if l.named == nil {
		l.named = map[string]bool{}
		for i := range l.set.Patches {
			l.named[l.set.Patches[i].CVE] = true
		}
	}
	return l.named[cve]
}

// scoreDay is the day of the scores by the line above the header, as FIRST
// writes it: "#model_version:v2025.03.14,score_date:2026-05-30T12:55:00Z".
func (r *row) scoreDay() time.Time {
	for _, line := range r.t.Outside {
		_, rest, found := strings.Cut(line.Text, "score_date:")
		if !found {
			continue
		}
		day, _, _ := strings.Cut(rest, ",")
		if s, ok := parseStamp(day); ok && !s.open() {
			t, _, _ := zoned{zone: time.UTC, days: r.zone}.instant(s)
			return t
		}
	}
	return time.Time{}
}
