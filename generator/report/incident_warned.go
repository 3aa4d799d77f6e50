package report

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// warnedSection is what earlier packets showed of an outage before it came.
func (b *builder) warnedSection(o *assess.Outage, id string) Section {
	sec := Section{ID: id + "-warned", Kicker: "What earlier packets warned of"}
	all := history.Warned(b.Set, o.Incident)
	switch {
	case len(b.Set.Earlier) == 0:
		sec.Title = words("No earlier packet is on file, so nothing shows whether ", o.ID, " was announced")
		sec.Blocks = []Block{Paragraph{Text: words(stateOf(assess.Missing), " Build each month beside the archives of the months before it.")}}
		return sec
	case len(all) == 0:
		sec.Title = words("None of the ", b.count(len(b.Set.Earlier), "count(earlier packets on file)"), " earlier packets on file showed ", o.ID, " coming")
		sec.Blocks = []Block{Paragraph{Quiet: true, Text: words("Looked for: a forecast that what failed fills up, and failed findings on the system that failed first.")}}
		return sec
	}
	sec.Title = b.warnedSentence(o, all)
	t := Table{Caption: "Warnings before " + o.ID, Columns: []Column{{Title: "Packet of", Share: .16}, {Title: "Days before", Num: true, Share: .14}, {Title: "What it showed", Share: .46}, {Title: "The forecast was", Share: .24}}}
	for _, w := range all {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(monthName(w.Month)), words(b.warnedDays(o, w, evidence.Whole(w.Days))), words(quoted(w.Text)), b.forecastError(o, w)}})
	}
	sec.Blocks = []Block{t}
	return sec
}

// warnedSentence is "Warned in April (48 days before) and May (17 days before),
// not acted on; the forecasts were 5 and 4 days early".
func (b *builder) warnedSentence(o *assess.Outage, all []history.Warning) Text {
	t := words("Warned in ")
	for i, w := range all {
		t = append(t, words(separator(i, len(all)), monthShort(w.Month, o.Started), " (", b.warnedDays(o, w, evidence.Of(w.Days, "day", "days")), " before)")...)
	}
	t = append(t, b.actedOn(o, all[0])...)
	return append(t, b.errors(o, all)...)
}

func separator(i, n int) string {
	switch {
	case i == 0:
		return ""
	case i == n-1:
		return " and "
	}
	return ", "
}

// monthShort is a month without its year where that is the year of a day.
func monthShort(month string, of time.Time) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return evidence.MonthBy(t, of)
}

func (b *builder) warnedDays(o *assess.Outage, w history.Warning, text string) Span {
	return b.figure(evidence.InDays(w.Days, "days from as-of of the packet of "+w.Month+" to started of "+o.ID, o.Pos).As(text), "the packet of "+w.Month+" warned of "+o.ID)
}

// actedOn says whether a change to what failed followed the first warning.
func (b *builder) actedOn(o *assess.Outage, first history.Warning) Text {
	if !b.Set.Supplied(evidence.Changes) {
		return words("; no change record shows whether anybody acted")
	}
	from := o.Started.AddDate(0, 0, -first.Days)
	for _, c := range assess.ChangesBefore(b.judged(), o.Incident) {
		if c.Direct && !c.On.IsZero() && c.On.After(from) {
			return words("; ", link(c.Key, b.rowPath(c.Pos)), " followed on ", evidence.Day(c.On))
		}
	}
	return words(", not acted on")
}

// errors say how far the forecasts were off.
func (b *builder) errors(o *assess.Outage, all []history.Warning) Text {
	var off []history.Warning
	early := true
	for _, w := range all {
		if !w.FullOn.IsZero() {
			off = append(off, w)
			early = early && w.ErrorDays > 0
		}
	}
	switch {
	case len(off) == 0:
		return nil
	case !early || len(off) == 1:
		t := words("; the ", evidence.Noun(len(off), "forecast was", "forecasts were"), " ")
		for i, w := range off {
			t = append(t, words(separator(i, len(off)), b.forecastError(o, w))...)
		}
		return t
	}
	t := words("; the forecasts were ")
	for i, w := range off {
		t = append(t, words(separator(i, len(off)), b.errorFigure(o, w, evidence.Whole(w.ErrorDays)))...)
	}
	return append(t, words(" days early")...)
}

func (b *builder) errorFigure(o *assess.Outage, w history.Warning, text string) Span {
	return b.figure(evidence.InDays(max(w.ErrorDays, -w.ErrorDays), "days between the forecast of the packet of "+w.Month+" and started of "+o.ID, o.Pos).As(text), "error of the forecast of "+w.Month)
}

func (b *builder) forecastError(o *assess.Outage, w history.Warning) Text {
	switch {
	case w.FullOn.IsZero():
		return words("it forecast no day")
	case w.ErrorDays > 0:
		return words(b.errorFigure(o, w, evidence.Of(w.ErrorDays, "day", "days")), " early")
	case w.ErrorDays < 0:
		return words(b.errorFigure(o, w, evidence.Of(-w.ErrorDays, "day", "days")), " late")
	}
	return words("right to the day")
}
