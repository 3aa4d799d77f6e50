package reporttest

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

func summary() *report.Page {
	return &report.Page{
		Path: "index.html", Nav: "Summary", Kicker: "Summary for the board", Title: headline(), Explore: "explore/ranking.html",
		Lede: words("9 of the 14 services that stop revenue, service or compliance have no current proof that they can be restored in time. For 4 of them no restore was ever measured, so the class range is assumed."),
		Sections: []report.Section{
			{ID: "figures", Blocks: []report.Block{keys()}},
			{ID: "decisions", Kicker: "Decisions", Title: words("Five decisions are asked of leadership this month, for $29,400 in total"), Blocks: []report.Block{decisions()}},
			{
				ID: "cost", Kicker: "What one outage costs", Title: words("Two services would each cost more than $40,000 if they failed today, and neither figure is measured"),
				Blocks: []report.Block{
					report.Chart{ID: "cost-bars", Measure: "Loss of one outage, in US dollars: business hours until restored times the declared cost an hour.", Drawing: costBars()},
					report.Paragraph{Quiet: true, Text: words(link("All 14 services, with the arithmetic", "ranking.html"))},
				},
			},
			{
				ID: "proof", Kicker: "Proof held", Title: words("44 of 112 cells are proven; recovery and routines are the weakest"),
				Blocks: []report.Block{legend(), matrix(), report.Paragraph{Quiet: true, Text: words(link("What counts as proof, and for how long", "method.html"))}},
			},
			{
				ID: "trend", Half: true, Kicker: "Capacity", Title: words("DS-PROD-01 will be full about 13 June, 13 days from now"),
				Blocks: []report.Block{report.Chart{ID: "capacity", Measure: "Storage used on DS-PROD-01, weekly samples. Dashed: the median slope of all samples.", Drawing: capacityLine()}},
			},
			{
				ID: "unseen", Half: true, Kicker: "What this report cannot see", Title: words("Two of 11 exports are absent and one is short, so three findings are incomplete"),
				Blocks: []report.Block{
					report.Paragraph{Alert: true, Text: words(strong("Leavers, Sparks site:"), " no file for May. Accounts of leavers from that site would not appear here.")},
					report.Paragraph{Alert: true, Text: words(strong("Phones:"), " no export has ever been supplied. All eight cells are missing, not passed.")},
					report.Paragraph{Alert: true, Text: words(strong("Patch export:"), " 134 of 6,662 rows rejected, 121 of them for an unknown host name.")},
					report.Paragraph{Quiet: true, Text: words(link("All 11 sources, with row counts and hashes", "data-quality.html"))},
				},
			},
		},
	}
}

func keys() report.Keys {
	return report.Keys{Items: []report.Key{
		{Label: words("Costliest single outage, assumed: Shipping"), Value: words(fig("F-0002", "$50,250")), Note: words("15 h × $3,350 an hour. Unchanged since April: not retested")},
		{Label: words("Cells of the matrix that are proven"), Value: words("44 of 112"), Note: words("39 %, up from 36 % in April")},
		{Label: words("Storage warnings without an answer"), Value: words(fig("F-0003", "5")), Note: words("The oldest is 28 days old. Nobody acknowledged one")},
		{Label: words("Accounts still open for people who have left"), Value: words("at least 4"), Note: words("2 in April. The HR export covers 2 of 3 sites")},
	}}
}

func decisions() report.Decisions {
	return report.Decisions{Items: []report.Ask{
		{Title: words("Buy storage for VMH-01, or accept the stop of Shipping"), Why: words("At the present rate it is full in 13 days. It carries SQL-01, ERP-01 and WMS-01."),
			Cost: words("$18,400"), AskedBy: words("Tom Beale"), DecideBy: words("5 Jun 2026"), Closes: words("a capacity sample under 80 %")},
		{Title: words("Name an owner for VMH-01"), Why: words("The host that Shipping runs on has no owner in any export, and its support ended 241 days ago."),
			AskedBy: words("Chief operating officer"), DecideBy: words("5 Jun 2026"), Closes: words("an owner in the inventory")},
		{Title: words("Fund a full restore test of Shipping"), Why: words("The only restore on record is one spreadsheet. Two business days down would cost $50,250."),
			Cost: words("$6,800"), AskedBy: words("Dana Ortiz"), DecideBy: words("13 Jun 2026"), Closes: words("a full restore test with integrity, permissions and order checked")},
		{Title: words("Renew or end 3 patch exceptions that have run out"), Why: words("WMS-01, EDI-01 and FILE-01 run unpatched under approvals that ended in February."),
			Cost: words("none"), AskedBy: words("Marco Reyes"), DecideBy: words("13 Jun 2026")},
		{Title: words("Close 4 accounts of people who have left"), Why: words("One is an administrator of Order entry, last used 9 days after the leaving date."),
			Cost: words("$4,200"), AskedBy: words("Tom Beale")},
	}}
}

func legend() report.Legend {
	return report.Legend{Items: []report.LegendItem{
		{State: assess.Proven, Means: "in date and within target"},
		{State: assess.Stale, Means: "older than policy allows"},
		{State: assess.Failed, Means: "tested, did not meet target"},
		{State: assess.Missing, Means: "no record in any export"},
		{State: assess.Excepted, Means: "waived, with name and end"},
		{State: assess.NotApplicable, Means: "with a written reason"},
	}}
}

func matrix() report.Matrix {
	m := report.Matrix{
		Caption: "Proof held for each service, worst exposure first",
		Corner:  "Service, by exposure",
		Columns: []report.MatrixHead{
			{Long: "Monitoring", Short: "Mon"}, {Long: "Patching", Short: "Pat"}, {Long: "Access", Short: "Acc"}, {Long: "Changes", Short: "Chg"},
			{Long: "Vendors", Short: "Ven"}, {Long: "Recovery", Short: "Rec"}, {Long: "Documents", Short: "Doc"}, {Long: "Routines", Short: "Rou"},
		},
	}
	state := map[byte]assess.State{'p': assess.Proven, 's': assess.Stale, 'f': assess.Failed, 'm': assess.Missing, 'e': assess.Excepted, 'n': assess.NotApplicable}
	proven := make([]int, 8)
	for _, r := range []struct{ name, sub, href, cells string }{
		{"Phones", "Cloud PBX", "", "mmmmmmmm"},
		{"Shipping", "VMH-01, SQL-01, ERP-01, WMS-01", "services/shipping.html", "fmsfmmsm"},
		{"Order entry", "Northbeam ERP", "", "pmssppfm"},
		{"Customer EDI", "AS2 bridge", "", "ppspmffp"},
		{"Invoicing", "LedgerWorks", "", "pefppfpp"},
		{"Payroll", "PayRoute", "", "pppppppp"},
		{"Quality records", "QualiDoc", "", "psppnppp"},
		{"Reporting", "Warehouse BI", "", "pmeppmps"},
	} {
		row := report.MatrixRow{Label: words(r.name), Sub: r.sub}
		if r.href != "" {
			row.Label = words(link(r.name, r.href))
		}
		for i := range m.Columns {
			s := state[r.cells[i]]
			c := report.MatrixCell{State: s, Says: r.name + ", " + m.Columns[i].Long + ": " + s.String()}
			if r.href != "" {
				c.Href = r.href + "#evidence"
			}
			if s == assess.Proven {
				proven[i]++
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	m.Foot = []string{"Proven, of 8"}
	for _, n := range proven {
		m.Foot = append(m.Foot, digits(n))
	}
	return m
}

func ranking() *report.Page {
	t := report.Table{
		Caption: "Services by exposure, with the arithmetic", Wide: true,
		Columns: []report.Column{
			{Title: "Service"}, {Title: "Stops"}, {Title: "Owner"}, {Title: "Loss an hour", Num: true}, {Title: "Target", Num: true},
			{Title: "Last restore", Num: true}, {Title: "Proof"}, {Title: "One outage", Num: true}, {Title: "Source"},
		},
	}
	add := func(name, sub string, cells ...report.Text) {
		t.Rows = append(t.Rows, report.TableRow{Cells: append([]report.Text{words(name, small(sub))}, cells...)})
	}
	add("1. Phones", "Cloud PBX", words("service"), words(stateAs(assess.Missing, "No owner")), words("not declared"), words("not set"),
		words("never", small("no record")), words(state(assess.Missing)), words("not declared"), words("no row found"))
	t.Rows = append(t.Rows, report.TableRow{ID: "shipping", Mark: true, Cells: []report.Text{
		words("2. ", link("Shipping", "services/shipping.html"), small("because of VMH-01")), words("revenue"), words("Dana Ortiz"), words("$3,350"), words("4 h"),
		words("never whole", small("one file, 14 Sep 2025")), words(state(assess.Missing)), words(fig("F-0002", "$50,250"), small("assumed, $36,850 beyond target")),
		words(code("restores.csv"), broken(), row(41)),
	}})
	add("3. Order entry", "Northbeam ERP", words("revenue"), words("Priya Nair"), words("$1,150"), words("8 h"),
		words("did not finish", small("12 May 2026, 19 d ago")), words(state(assess.Failed)), words("$40,800", small("assumed")), words(row(58)))
	add("4. Customer EDI", "AS2 bridge", words("revenue"), words("Priya Nair"), words("$2,200"), words("4 h"),
		words("9 h", small("30 Apr 2026, 31 d ago")), words(state(assess.Failed)), words("$19,800", small("$11,000 beyond target")), words(row(57)))
	add("5. Invoicing", "LedgerWorks", words("revenue"), words("Lena Fisk"), words("$1,270"), words("8 h"),
		words("11 h", small("19 Mar 2026, 73 d ago")), words(state(assess.Excepted)), words("$14,000", small("$1,900 beyond target")), words(row(53)))
	add("6. Payroll", "PayRoute", words("compliance"), words("Lena Fisk"), words("$570"), words("24 h"),
		words("15 h", small("30 Apr 2026, 31 d ago")), words(state(assess.Proven)), words("$8,500", small("within target")), words(row(56)))
	add("7. Quality records", "QualiDoc", words("compliance"), words("Marco Reyes"), words("$510"), words("4 h"),
		words("3.5 h", small("20 Jan 2026, 131 d ago")), words(state(assess.Stale)), words("$1,800", small("within target")), words(row(51)))
	t.Foot = []report.Text{words("7 services"), nil, nil, nil, nil, nil, words("1 proven of 7"), words("never added up"), nil}
	return &report.Page{
		Path: "ranking.html", Nav: "Ranking", Kicker: "Risk ranking", Explore: "explore/ranking.html",
		Title: words("Shipping, Order entry and Customer EDI carry the largest exposure, and two of the three have no completed restore to rely on."),
		Lede:  words("Services are ranked by the high bound of their exposure over 30 days: what the evidence does not exclude. A service without a declared cost stands first."),
		Sections: []report.Section{
			{ID: "bars", Title: words("Cost of one outage, 7 services"), Blocks: []report.Block{report.Chart{ID: "bars", Measure: "US dollars for one outage of each service.", Drawing: costBars()}}},
			{ID: "arithmetic", Title: words("The arithmetic behind the ranking"), Blocks: []report.Block{
				report.Paragraph{Quiet: true, Text: words("Hourly loss is the figure in services.csv. Each row leads to the record it came from.")}, t,
				report.Paragraph{Quiet: true, Text: words("Outages rarely come one at a time: what runs on one host falls together. ", link("Recovery order", "recovery.html"), " shows which. Costs are not added up for that reason.")},
			}},
		},
	}
}

func packetSummary() *report.Page {
	p := summary()
	bars := costBars()
	bars.Bars = bars.Bars[:6]
	m := matrix()
	return &report.Page{
		Path: "summary", Layout: report.LayoutSummary, Kicker: "Summary", Title: p.Title, Lede: p.Lede,
		Sections: []report.Section{
			{ID: "figures", Blocks: []report.Block{keys()}},
			{ID: "cost", Half: true, Title: p.Sections[2].Title, Blocks: []report.Block{report.Chart{ID: "cost-bars", Measure: "US dollars for one outage.", Drawing: bars}}},
			{ID: "proof", Half: true, Title: p.Sections[3].Title, Blocks: []report.Block{m, legend()}},
			{ID: "decisions", Title: p.Sections[1].Title, Blocks: []report.Block{decisions()}},
			{ID: "sign", Blocks: []report.Block{report.Signatures{Lines: []string{"Chief operating officer", "Chair, risk committee"}}}},
		},
	}
}
