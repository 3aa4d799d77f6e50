package report

import (
	"cmp"
	"slices"
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// timelineRows bounds the rows of a timeline; the newest stay.
const timelineRows = 60

// A moment is one row of a timeline.
type moment struct {
	at   time.Time
	kind string
	of   Text
	says Text
	pos  diag.Pos
	mark bool
}

// timelineSection is an outage in time order: alerts, changes, runs that did
// not succeed and the rows of the incident, each with its source row. It looks
// back as far as the longer horizon.
func (b *builder) timelineSection(o *assess.Outage, id string) Section {
	from := o.Started.Add(-b.Policy.HorizonLong)
	moments := b.incidentMoments(o)
	in := b.systemsOfOutage(o)
	near := func(system string, t time.Time) bool {
		return slices.Contains(in, system) && !t.Before(from) && !t.After(o.Ended)
	}
	for i := range b.Set.Alerts {
		if a := &b.Set.Alerts[i]; near(a.System, a.Raised) {
			moments = append(moments, moment{at: a.Raised, kind: "alert", of: words(b.system(a.System)), says: b.alertWords(a), pos: a.Pos})
		}
	}
	for i := range b.Set.Jobs {
		if j := &b.Set.Jobs[i]; j.Result != evidence.Success && near(j.System, j.At) {
			moments = append(moments, moment{at: j.At, kind: "job", of: words(b.system(j.System)), says: words(code(j.Job), " ", resultText(j.Result), noteOf(j.Message)), pos: j.Pos})
		}
	}
	for i := range b.Set.Changes {
		c := &b.Set.Changes[i]
		when := cmpFirst(c.Ended, c.Started)
		for _, s := range c.Systems {
			if !c.Cancelled && near(s, when) {
				moments = append(moments, moment{at: when, kind: "change", of: words(b.system(s)), says: words(orWord(c.ID, "a change"), noteOf(c.Title)), pos: c.Pos})
				break
			}
		}
	}
	slices.SortStableFunc(moments, func(x, y moment) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.pos.File, y.pos.File), cmp.Compare(x.pos.Row, y.pos.Row))
	})
	left := max(0, len(moments)-timelineRows)
	t := Table{Caption: "Timeline of " + o.ID, Columns: []Column{{Title: "When", Share: .15}, {Title: "What", Share: .1}, {Title: "Of", Share: .14}, {Title: "The record says", Share: .41}, {Title: "Source", Share: .2}}}
	for _, m := range moments[left:] {
		t.Rows = append(t.Rows, TableRow{Mark: m.mark, Cells: []Text{words(keep(dayOrMoment(m.at))), words(m.kind), m.of, m.says, b.sources([]diag.Pos{m.pos})}})
	}
	sec := Section{ID: id + "-timeline", Kicker: "Timeline", Title: words(upper(counted(len(moments), "row")), " of ", counted(b.exportsOf(moments), "export"), " in time order, from ", evidence.Day(moments[0].at)), Blocks: []Block{t}}
	if left > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(upper(counted(left, "earlier row")), " ", evidence.Noun(left, "is", "are"), " left out; ", link("alerts and jobs", "alerts-capacity.html"), " and ", link("changes", "changes.html"), " have them.")})
	}
	return sec
}

func (b *builder) exportsOf(moments []moment) int {
	files := map[string]bool{}
	for _, m := range moments {
		files[m.pos.File+"\x00"+m.pos.Sheet] = true
	}
	return len(files)
}

// incidentMoments are what the incident's own row dates.
func (b *builder) incidentMoments(o *assess.Outage) []moment {
	of := b.serviceOf(o)
	all := []moment{{at: o.Started, kind: "outage", of: of, says: words(strong(o.ID + " began")), pos: o.Pos, mark: true}}
	if !o.EscalatedOn.IsZero() {
		all = append(all, moment{at: o.EscalatedOn, kind: "outage", of: of, says: words("escalated to ", orWord(o.EscalationOwner, "nobody named")), pos: o.Pos})
	}
	if !o.Open {
		all = append(all, moment{at: o.Restored, kind: "outage", of: of, says: words(strong("service restored")), pos: o.Pos, mark: true})
	}
	return all
}

// systemsOfOutage are the systems of an outage and what they need.
func (b *builder) systemsOfOutage(o *assess.Outage) []string {
	all := append([]string{}, o.SystemsDown...)
	if o.RootSystem != "" {
		all = append(all, o.RootSystem)
	}
	for _, s := range slices.Clone(all) {
		all = append(all, b.Graph.NeedsOf(s)...)
	}
	if len(all) == 0 {
		all = b.Graph.Needs(o.Service)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (b *builder) alertWords(a *evidence.Alert) Text {
	t := words(quoted(orWord(a.Text, a.Signature)))
	switch {
	case a.ByPerson:
		return append(t, words(", acknowledged by ", a.AcknowledgedBy)...)
	case a.IsClosed && a.Ticket == "":
		return append(t, words(", ", stateAs(assess.Failed, "closed by a rule"))...)
	}
	return append(t, words(", ", stateAs(assess.Missing, "nobody acknowledged it"))...)
}

func noteOf(text string) Text {
	if text == "" {
		return nil
	}
	return words(": ", quoted(text))
}

func cmpFirst(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// dayOrMoment is a day, with its time where the row had one: a day without is
// read as its last instant.
func dayOrMoment(t time.Time) string {
	if t.Second() == 59 && t.Minute() == 59 && t.Hour() == 23 {
		return evidence.ShortDay(t)
	}
	return momentWords(t)
}
