// Package reporttest holds an invented month for the tests of those that write
// reports: every kind of block, every drawing and every state stands in it.
package reporttest

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/report"
)

// Sample is a month in the life of an invented company whose one virtualization
// host fills up while nobody answers its warnings.
func Sample() *report.Report {
	r := &report.Report{
		Company:   "Halden Supply Co.",
		Currency:  "USD",
		Month:     "2026-05",
		MonthName: "May 2026",
		AsOf:      time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC),
		Signer:    report.Signer{Name: "Dana Ortiz", Fingerprint: "7f3a 91c4 0be2 5d18"},
		BuildID:   "7f3a 91c4 0be2 5d18",
		Tool:      report.Tool{Name: "proofpack", Version: "1.0.0", Commit: "0123abc"},
		Paper:     "letter",
		Signs:     []string{"Chief operating officer", "Chair, risk committee"},
		Headline:  headline(),
		Glossary: []report.Term{
			{Word: "As-of", Means: "The last instant of the month; every age is counted to it."},
			{Word: "Exposure", Means: "The expected cost of the costliest thing that happens within the horizon."},
			{Word: "Missing", Means: "No record in any export, or none that can be used."},
		},
		Figures:  figures(),
		Document: &report.Document{},
	}
	r.Pages = []*report.Page{
		summary(), ranking(), recovery(), patches(), access(), changes(), routine(), alerts(),
		trend(), dataQuality(), method(), verify(),
		service(), system(), contradictions(), records(), figurePage(),
	}
	r.Packet = []*report.Page{
		{
			Path: "cover", Layout: report.LayoutCover, Kicker: "Board packet", Title: headline(),
			Lede: words("8 of 11 exports are complete."),
			Sections: []report.Section{{ID: "who", Blocks: []report.Block{report.Facts{Items: []report.Fact{
				{Label: words("Data to"), Value: words("31 May 2026")},
				{Label: words("Signed by"), Value: words("Dana Ortiz"), Note: words(code("7f3a 91c4 0be2 5d18"))},
			}}}}},
		},
		packetSummary(),
		{Path: "recovery", Kicker: "Recovery", Title: recovery().Title, Lede: recovery().Lede, Sections: recovery().Sections},
		{Path: "signatures", Kicker: "Signatures", Title: words("Two people sign this packet"), Sections: []report.Section{
			{ID: "sign", Blocks: []report.Block{report.Signatures{Lines: r.Signs}}},
		}},
	}
	return r
}

func headline() report.Text {
	return words("Shipping has no proof that it can be recovered within its ", keep("4-hour"),
		" target, and the host it runs on will be full on ", fig("F-0001", "13 June 2026"), ".")
}

func figures() []report.Figure {
	at := func(file string, row int) diag.Pos { return diag.Pos{File: file, Row: row} }
	return []report.Figure{
		{ID: "F-0001", Text: "13 June 2026", Value: 20617, Unit: "date", Formula: "date of the last sample + whole days of (total - used) / slope",
			Says: "DS-PROD-01 will be full on 13 June 2026.", Sources: []diag.Pos{at("capacity.csv", 2), at("capacity.csv", 10)}},
		{ID: "F-0002", Text: "$50,250", Value: 50250, Unit: "USD", Formula: "15 h x $3,350",
			Says: "Two business days cost $50,250.", Sources: []diag.Pos{at("services.csv", 2)}},
		{ID: "F-0003", Text: "5", Value: 5, Unit: "count", Formula: "count(alerts where system = VMH-01, nobody acknowledged)",
			Says: "5 storage alerts have no answer.", Sources: []diag.Pos{at("alerts.csv", 2), at("alerts.csv", 6)}},
		{ID: "F-0004", Text: "8", Value: 8, Unit: "count", Formula: "failed runs in a row to as-of",
			Says: "Failed 8 in a row.", Sources: []diag.Pos{at("jobs.csv", 41), at("jobs.csv", 62)}},
	}
}

// words puts a line together from strings and spans.
func words(parts ...any) report.Text {
	var t report.Text
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			t = append(t, report.Span{Text: p})
		case report.Span:
			t = append(t, p)
		}
	}
	return t
}

func keep(s string) report.Span        { return report.Span{Text: s, Keep: true} }
func strong(s string) report.Span      { return report.Span{Text: s, Kind: report.KindStrong} }
func small(s string) report.Span       { return report.Span{Text: s, Kind: report.KindSmall} }
func quote(s string) report.Span       { return report.Span{Text: s, Kind: report.KindQuote} }
func code(s string) report.Span        { return report.Span{Text: s, Kind: report.KindCode} }
func link(s, href string) report.Span  { return report.Span{Text: s, Href: href} }
func fig(id, s string) report.Span     { return report.Span{Text: s, Figure: id} }
func state(s assess.State) report.Span { return report.Span{Kind: report.KindState, State: s} }
func broken() report.Span              { return report.Span{Kind: report.KindBreak} }
func row(n int) report.Span            { return link("row "+digits(n), "data/jobs-csv-00001.html#r"+digits(n)) }
func stateAs(s assess.State, w string) report.Span {
	return report.Span{Kind: report.KindState, State: s, Text: w}
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}

func on(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}
