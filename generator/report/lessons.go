package report

import (
	"cmp"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// lessonSection is what restore tests and outages taught, and what came of it:
// owner, due, fixed, and the later record that confirms it. short leaves out
// the rows that record none.
func (b *builder) lessonSection(short bool) Section {
	sec := Section{ID: "lessons", Kicker: "Lessons"}
	all := b.lessons()
	if len(all) == 0 {
		sec.Title = words("No restore test and no outage is on record, so no lesson is")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Record what each test taught, who mends it and until when; or the word none.")}}
		return sec
	}
	t := Table{Caption: "Lessons", Wide: true, Columns: []Column{{Title: "Of", Share: .09}, {Title: "Lesson", Share: .22}, {Title: "Who fixes it", Share: .13}, {Title: "Due", Share: .14}, {Title: "Fixed", Share: .14}, {Title: "Confirmed by", Share: .12}, {Title: "State", Share: .16}}}
	at := map[assess.LessonState][]diag.Pos{}
	slices.SortStableFunc(all, func(x, y assess.Lesson) int {
		return cmp.Or(cmp.Compare(b.lessonTurn(&x), b.lessonTurn(&y)), y.At.Compare(x.At))
	})
	for i := range all {
		l := &all[i]
		at[l.State] = append(at[l.State], l.Pos)
		if short && (l.State == assess.LessonNone || l.State == assess.LessonNothing) {
			continue
		}
		t.Rows = append(t.Rows, TableRow{Cells: b.lessonCells(l)})
	}
	n := func(s assess.LessonState, formula string) Span { return b.count(len(at[s]), formula, at[s]...) }
	sec.Title = words(n(assess.LessonOpen, "count(lessons that are not fixed)"), " ", evidence.Noun(len(at[assess.LessonOpen]), "lesson is", "lessons are"), " open, ",
		n(assess.LessonFixed, "count(lessons fixed, with no later record that confirms it)"), " fixed and not confirmed, ", n(assess.LessonConfirmed, "count(lessons fixed and confirmed by a later record)"), " confirmed; ",
		n(assess.LessonNone, "count(restore tests and incidents that record no lesson)"), " of ", b.count(len(all), "count(restore tests and incidents)"), " tests and outages record none")
	sec.Blocks = []Block{t}
	if len(t.Rows) == 0 {
		sec.Blocks = []Block{Paragraph{Text: absent("No test and no outage records a lesson.")}}
	}
	return sec
}

// lessonTurn orders lessons: what is late and what is open before what is fixed.
func (b *builder) lessonTurn(l *assess.Lesson) int {
	if l.Late(b.Set.AsOf) {
		return 0
	}
	return 1 + slices.Index([]assess.LessonState{assess.LessonOpen, assess.LessonNone, assess.LessonFixed, assess.LessonConfirmed, assess.LessonNothing}, l.State)
}

func (b *builder) lessonCells(l *assess.Lesson) []Text {
	day := func(f evidence.Figure, known bool, absence string) Text {
		if !known {
			return absent(absence)
		}
		return words(b.figure(f, f.Formula))
	}
	text, owner := absent("none recorded"), orAbsent(l.Owner, "nobody named")
	if l.Text != "" {
		text = words(quoted(l.Text))
	}
	due := day(evidence.OnDay(l.Due, "lesson_due of "+l.Subject.Name, l.Pos).As(evidence.ShortDay(l.Due)), !l.Due.IsZero(), "no date set")
	if l.Late(b.Set.AsOf) {
		due = append(words(stateAs(assess.Failed, "passed"), " "), due...)
	}
	fixed := day(evidence.OnDay(l.Fixed, "lesson_fixed_on of "+l.Subject.Name, l.Pos).As(evidence.ShortDay(l.Fixed)), l.State == assess.LessonFixed || l.State == assess.LessonConfirmed, "not fixed")
	by := absent("no later record")
	if l.By != "" {
		by = words(link(l.By, b.rowPath(l.ByPos)), ", ", keep(evidence.ShortDay(l.ByOn)))
	}
	if l.State == assess.LessonNone || l.State == assess.LessonNothing {
		owner, due, fixed, by = words("nothing to do"), words("nothing to do"), words("nothing to do"), words("nothing to do")
		if l.State == assess.LessonNone {
			owner, due, fixed, by = absent("unknown"), absent("unknown"), absent("unknown"), absent("unknown")
		}
	}
	return []Text{words(link(l.Subject.Name, b.rowPath(l.Pos))), text, owner, due, fixed, by, lessonWord(l.State)}
}
