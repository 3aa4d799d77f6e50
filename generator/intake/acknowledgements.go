package intake

import (
	"fmt"
	"strings"
	"time"

	"proofpack/generator/evidence"
)

// readAcknowledgement reads a reader's word that the packet of a month was
// read.
func readAcknowledgement(r *row, set *evidence.Set) {
	a := evidence.Acknowledgement{
		Pos: r.pos(), Reader: r.person("reader"), ReadOn: r.day("read_on"),
		Decision: r.text("decision"), Outcome: r.text("outcome"), Record: r.text("record"),
	}
	written := r.key("month")
	month, ok := parseMonth(written)
	if !ok && written != "" {
		r.reject(fmt.Sprintf("%q is no month such as 2026-04", clip(written)))
	}
	a.Month = month
	r.event(a.ReadOn)
	r.identify(a.Month, a.Reader, a.ReadOn.String())
	if r.ok() {
		set.Acknowledgements = append(set.Acknowledgements, a)
	}
}

// monthForms are the forms in which people write a month. A day in it stands
// for its month.
var monthForms = []string{"2006-01", "2006-1", "2006/01", "01/2006", "1/2006", "January 2006", "Jan 2006", "January, 2006", "2006-01-02", "2 January 2006", "2 Jan 2006"}

// parseMonth reads a month, as YYYY-MM. A folder of a corrected packet,
// "2026-04.r2", is of its month too.
func parseMonth(text string) (string, bool) {
	text = strings.Join(strings.Fields(text), " ")
	if head, revision, found := strings.Cut(text, ".r"); found && allDigits(revision) {
		text = head
	}
	for _, form := range monthForms {
		if t, err := time.Parse(form, text); err == nil {
			return t.Format("2006-01"), true
		}
	}
	return "", false
}
