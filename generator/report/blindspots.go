package report

import (
	"fmt"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// blindSpots says what the report cannot see, each with what it would take.
func (b *builder) blindSpots() Section {
	var notes []Block
	absentSets := b.absentSets()
	if len(absentSets) > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("No export: "), strings.Join(absentSets, ", "),
			". Every proof that needs one of them is missing, not passed.")})
	}
	for _, t := range b.shortfalls() {
		notes = append(notes, Paragraph{Alert: true, Text: t})
	}
	unattested := b.unattested()
	if unattested > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("Completeness not attested: "), b.count(unattested, "count(sources without a declared row count)"), " of ",
			b.count(len(b.Set.Inputs), sourcesCounted), " exports came without a declared row count, so nothing shows that they are whole.")})
	}
	if len(b.Unread) > 0 {
		notes = append(notes, Paragraph{Alert: true, Text: words(strong("Not read: "), counted(len(b.Unread), "file"), " beside the exports. ", link("Which, and why", "data-quality.html#unread"))})
	}
	title := words(upper(counted(len(absentSets), "data set")), " ", evidence.Noun(len(absentSets), "is", "are"), " absent, so what they would prove is missing")
	if len(absentSets) == 0 {
		title = words("Every data set that the checks ask for was supplied")
	}
	if len(notes) == 0 {
		notes = append(notes, Paragraph{Text: words("Every export was supplied, whole, and read without a rejected row.")})
	}
	notes = append(notes, Paragraph{Quiet: true, Text: words(link(fmt.Sprintf("All %d sources, with row counts and hashes", len(b.Set.Inputs)), "data-quality.html"))})
	return Section{ID: "cannot-see", Kicker: "What this report cannot see", Title: title, Blocks: notes}
}

// shortfalls are what was asked for and did not arrive whole: short exports,
// rejected rows, declared exports that are absent, and archives of earlier months
// that can't be used. They stand on the first page of site and packet alike.
func (b *builder) shortfalls() []Text {
	all := b.unusedMonths()
	for _, in := range b.Set.Inputs {
		if in.Standing == evidence.Short {
			all = append(all, words(strong("Short: "), code(in.File), " holds ", b.count(in.Read, "rows read of "+in.File), " of ",
				b.count(in.Expected, "rows declared in the intake record of "+in.File), " declared rows. It proves nothing until the rest arrives; what it shows as failed stands."))
		}
		if in.Rejected > 0 {
			all = append(all, words(strong("Rejected: "), b.count(in.Rejected, "rows rejected of "+in.File), " of ",
				b.count(in.Read, "rows read of "+in.File), " rows of ", code(in.File), " could not be used."))
		}
	}
	for _, a := range b.Set.Absent {
		all = append(all, words(strong("Declared and absent: "), heldBy(a), ", ", code(a.Pattern), "."))
	}
	return all
}

// standIns are data sets that take the place of another: what a database makes
// of a log that is too large to hand over.
var standIns = map[string]string{evidence.AccessAggregate: evidence.SignIns}

// absentSets are the data sets that some check needs and nobody supplied, in
// the order of the checks. One that another takes the place of is not absent,
// and what would only take a place is not asked for.
func (b *builder) absentSets() []string {
	var all []string
	seen := map[string]bool{}
	for d, instead := range standIns {
		seen[d] = true
		seen[instead] = b.Set.Supplied(d)
	}
	for i := range assess.Checks {
		for _, d := range assess.Checks[i].Needs {
			if !seen[d] && !b.Set.Supplied(d) {
				seen[d] = true
				all = append(all, d)
			}
		}
	}
	return all
}

func (b *builder) unattested() int {
	n := 0
	for _, in := range b.Set.Inputs {
		if in.Standing == evidence.Unattested {
			n++
		}
	}
	return n
}
