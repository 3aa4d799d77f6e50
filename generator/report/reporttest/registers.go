package reporttest

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// register is a page with one chart and one small table under it.
func register(path, nav string, title, lede report.Text, chart report.Chart, finding report.Text) *report.Page {
	return &report.Page{
		Path: path, Nav: nav, Kicker: nav, Title: title, Lede: lede,
		Sections: []report.Section{{ID: chart.ID, Title: finding, Blocks: []report.Block{chart}}},
	}
}

func recovery() *report.Page {
	p := register("recovery.html", "Recovery",
		words("One service can be restored in time; six have no proof that they can."),
		words("Computed from the dependencies and the minutes of every successful full restore on record."),
		report.Chart{ID: "targets", Measure: "Minutes measured against the declared target.", Drawing: targetBars(), Table: &report.Table{
			Caption: "Measured recovery against target",
			Columns: []report.Column{{Title: "Service"}, {Title: "Measured", Num: true}, {Title: "Target", Num: true}, {Title: "State"}},
			Rows: []report.TableRow{
				{Cells: []report.Text{words("Shipping"), words("at least 55 min"), words("240 min"), words(state(assess.Missing))}},
				{Cells: []report.Text{words("Payroll"), words("900 min"), words("1,440 min"), words(state(assess.Proven))}},
			},
		}}, words("Three services were restored, and too late"))
	p.Explore = "explore/ranking.html"
	p.Sections = append(p.Sections, report.Section{ID: "order", Kicker: "Order", Title: words("Shipping comes back in five waves"), Blocks: []report.Block{
		report.Chart{ID: "layers", Measure: "An arrow leads from what must be up first to what needs it.", Drawing: layers()},
		report.Chart{ID: "waterfall", Measure: "Hours from the outage, one team.", Drawing: waterfall()},
	}})
	return p
}

func patches() *report.Page {
	return register("patches.html", "Patches", words("1 of 4 exceptions lapsed on 28 February and still has no decision."),
		words("Approvals that have run out count as no approval."),
		report.Chart{ID: "spans", Measure: "Exceptions by the time they cover.", Drawing: spans()}, words("The lapsed exception covers WMS-01, which Shipping needs"))
}

func access() *report.Page {
	return register("access.html", "Access", words("At least 4 people who have left can still sign in; one is an administrator."),
		words("Accounts joined with the leavers of two of three sites."),
		report.Chart{ID: "days", Measure: "Accounts of leavers by days since leaving.", Drawing: histogram()}, words("Six accounts are over 30 days old"))
}

func changes() *report.Page {
	return register("changes.html", "Changes", words("1 of 5 changes in May had no approval, and drift was found 6 times."), nil,
		report.Chart{ID: "months", Measure: "Changes a month.", Drawing: monthColumns()}, words("Unapproved changes and drift rose together in April"))
}

func routine() *report.Page {
	return register("routine.html", "Routine", words("Three of four tasks were missed; two have no owner."),
		words("Done by word of mouth is not done: a task counts with a record."),
		report.Chart{ID: "weeks", Measure: "Tasks by week in which they were due.", Drawing: calendar()}, words("Two tasks without an owner hold all five missing records"))
}

func alerts() *report.Page {
	return register("alerts.html", "Alerts and capacity", words("DS-PROD-01 will be full about 13 June; its warning has been unanswered for 28 days."), nil,
		report.Chart{ID: "runs", Measure: "Last runs of each job, the newest at the right.", Drawing: strips()}, words("Two jobs have failed for weeks while backups ran every night"))
}

func trend() *report.Page {
	return &report.Page{Path: "trend.html", Nav: "Trend", Kicker: "Trend", Title: words("There is no earlier month to compare with."),
		Lede: words("This is the first packet on file. The next one will say what is new, worse, better, fixed with proof, and no longer reported.")}
}

func dataQuality() *report.Page {
	return register("data-quality.html", "Data quality", words("Two of four exports are short or absent, so three findings are incomplete."),
		words("Rows read = used + rejected + duplicate + set aside, for every file."),
		report.Chart{ID: "rows", Measure: "Rows of each export by what became of them.", Drawing: shares()}, words("134 rows of the patch export were rejected"))
}

func method() *report.Page {
	return &report.Page{Path: "method.html", Nav: "Method", Kicker: "Method", Title: words("Cost of one outage is loss an hour times the longest recovery the evidence supports."),
		Sections: []report.Section{{ID: "method", Blocks: []report.Block{report.Prose{Name: "method.md", Markdown: "## States\n\nEvery finding has one of six states.\n\n| state | when |\n|---|---|\n| proven | a record shows it |\n\n`missing` is the first.\n"}}}}}
}

func verify() *report.Page {
	return &report.Page{Path: "verify.html", Nav: "Verify", Kicker: "Verify", Title: words("This packet holds 47 files, signed by Dana Ortiz."),
		Lede: words("This page cannot prove itself: it is one of the files. Run one of these on a machine you trust."),
		Sections: []report.Section{{ID: "commands", Title: words("Three ways to check"), Blocks: []report.Block{report.List{Items: []report.Text{
			words(code("proofpack verify packets/2026-05")),
			words(code("sha256sum -c seal/manifest-sha256.txt")),
			words(code("pdfsig packet.pdf")),
		}}}}}}
}
