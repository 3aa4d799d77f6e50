package report

import (
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// testedBy is when a system was restored, from when to when where the row says
// it, by whom, and who looked at the result.
func (b *builder) testedBy(r *evidence.RestoreTest) Text {
	t := words(link(evidence.ShortDay(r.TestedOn), b.rowPath(r.Pos)))
	var quiet []string
	if !r.Started.IsZero() && !r.Ended.IsZero() {
		quiet = append(quiet, r.Started.Format("15:04")+" to "+r.Ended.Format("15:04"))
	}
	quiet = append(quiet, "by "+orWord(r.Tester, "nobody on record"))
	if r.ReviewedBy != "" {
		quiet = append(quiet, "reviewed by "+r.ReviewedBy)
	}
	return append(t, words(lineBreak(), small(strings.Join(quiet, ", ")))...)
}

// testNotes are the technician's note as written, what remained open, and the
// lesson with what came of it. What is blank is said to be.
func (b *builder) testNotes(r *evidence.RestoreTest) Text {
	note := absent("no note recorded")
	if r.Notes != "" {
		note = words(quoted(r.Notes))
	}
	left := absent("not recorded")
	if r.Exceptions != "" {
		left = words(quoted(r.Exceptions))
	}
	t := append(note, words(lineBreak(), "Unresolved: ", left)...)
	l := b.lessonOf(r.Pos)
	t = append(t, words(lineBreak(), "Lesson: ")...)
	if l.Text != "" && l.State != assess.LessonNothing {
		t = append(t, words(quoted(l.Text), ", ")...)
	}
	t = append(t, lessonWord(l.State)...)
	switch l.State {
	case assess.LessonOpen, assess.LessonFixed, assess.LessonConfirmed:
		t = append(t, words(", ", orWord(l.Owner, "nobody named to fix it"))...)
		if !l.Fixed.IsZero() && l.State != assess.LessonOpen {
			t = append(t, words(", fixed ", keep(evidence.ShortDay(l.Fixed)))...)
		}
		if l.By != "" {
			t = append(t, words(", confirmed by ", link(l.By, b.rowPath(l.ByPos)))...)
		}
	case assess.LessonNone, assess.LessonNothing:
	}
	return t
}
