package report

import (
	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// outageRegister is every outage in one line.
func (b *builder) outageRegister() Section {
	all := b.outages()
	t := Table{Caption: "Outages, newest first", Wide: true, Columns: []Column{{Title: "Outage", Share: .1}, {Title: "Service", Share: .14}, {Title: "Began", Share: .12}, {Title: "Failed first", Share: .12}, {Title: "Business hours", Num: true, Share: .1}, {Title: "Beyond target", Num: true, Share: .1}, {Title: "Cost", Num: true, Share: .1}, {Title: "Escalated to", Share: .12}, {Title: "Lesson", Share: .1}}}
	for i := range all {
		o := &all[i]
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(link(o.ID, b.rowPath(o.Pos))), b.serviceOf(o), words(keep(evidence.ShortDay(o.Started))), b.rootOf(o),
			words(b.figure(o.BusinessFigure().As(number(o.Business)+" h"), "length of "+o.ID)), b.beyond(o), b.costText(o), b.escalatedTo(o), lessonWord(b.lessonOf(o.Pos).State),
		}})
	}
	missed := 0
	var rows []diag.Pos
	for i := range all {
		if all[i].Missed() {
			missed, rows = missed+1, append(rows, all[i].Pos)
		}
	}
	return Section{ID: "incidents", Kicker: "Incidents", Title: words(b.count(missed, "count(incidents that missed the recovery target)", rows...), " of ", b.count(len(all), "count(incidents)", outageRows(all)...), " ", evidence.Noun(len(all), "outage", "outages"), " on record missed the recovery target"), Blocks: []Block{t}}
}

func outageRows(all []assess.Outage) []diag.Pos {
	var rows []diag.Pos
	for i := range all {
		rows = append(rows, all[i].Pos)
	}
	return rows
}

func (b *builder) serviceOf(o *assess.Outage) Text {
	if b.Set.Service(o.Service) == nil {
		return append(words(quoted(o.Service), " "), absent("no such service on record")...)
	}
	return words(b.service(o.Service))
}

func (b *builder) rootOf(o *assess.Outage) Text {
	if o.RootSystem == "" {
		return absent("not recorded")
	}
	return words(b.system(o.RootSystem))
}

func (b *builder) beyond(o *assess.Outage) Text {
	switch {
	case !o.Known:
		return absent("no target set")
	case o.Missed():
		return words(stateAs(assess.Failed, "by"), " ", b.figure(o.OverFigure(), "beyond the target of "+o.ID))
	case o.Open:
		return words("not yet")
	}
	return words("inside")
}

func (b *builder) costText(o *assess.Outage) Text {
	if !o.Cost.Known {
		return absent("not recorded")
	}
	return words(b.costFigure(o))
}

// escalatedTo is who was called; nobody is red where a target was missed.
func (b *builder) escalatedTo(o *assess.Outage) Text {
	switch {
	case o.EscalationOwner == "" && o.Missed():
		return words(stateAs(assess.Failed, "no escalation owner"))
	case o.EscalationOwner == "":
		return words("nobody on record")
	case o.EscalatedOn.IsZero():
		return append(words(o.EscalationOwner, ", "), absent("date not recorded")...)
	}
	return words(o.EscalationOwner, ", ", keep(evidence.ShortDay(o.EscalatedOn)))
}

// lessonWord is the state of a lesson, marked where it is no proof.
func lessonWord(s assess.LessonState) Text {
	switch s {
	case assess.LessonOpen:
		return words(stateAs(assess.Failed, s.String()))
	case assess.LessonNone, assess.LessonFixed:
		return absent(s.String())
	case assess.LessonConfirmed, assess.LessonNothing:
	}
	return words(stateAs(assess.Proven, s.String()))
}
