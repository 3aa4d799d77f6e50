package reporttest

import (
	"proofpack/generator/assess"
	"proofpack/generator/report"
)

func service() *report.Page {
	return &report.Page{
		Path: "services/shipping.html", Crumbs: []report.Crumb{{Text: "Risk ranking", Href: "ranking.html"}, {Text: "2 of 14"}},
		Title: headline(), Explore: "explore/ranking.html",
		Lede: words("At $3,350 an hour, two business days down would cost ", fig("F-0002", "$50,250"), ". Nothing on record shows it would be less, and the host it depends on is 13 days from full."),
		Sections: []report.Section{
			{ID: "facts", Blocks: []report.Block{report.Facts{Items: []report.Fact{
				{Label: words("Runs on"), Value: words(link("VMH-01", "systems/vmh-01.html")), Note: words("and SQL-01, ERP-01, WMS-01")},
				{Label: words("Stops"), Value: words("Revenue"), Note: words("peak Mon to Fri 06:00 to 14:00")},
				{Label: words("Owner"), Value: words("Abdiel R."), Note: words("no deputy in any export")},
				{Label: words("Loss an hour"), Value: words(strong("$3,350")), Note: words("services.csv ", row(2))},
				{Label: words("Recovery target"), Value: words(strong("4 h")), Note: words("data loss: not set")},
				{Label: words("Last full restore"), Value: words(stateAs(assess.Missing, "None on record")), Note: words("one file in 6 min, 14 Sep 2025")},
				{Label: words("Next test"), Value: words(stateAs(assess.Missing, "None scheduled")), Note: words("quarterly, no owner")},
				{Label: words("Four proofs"), Value: words(strong("0 of 4")), Note: words("1 failed, 2 missing, 1 stale")},
			}}}},
			{ID: "tests", Half: true, Kicker: "Restore tests", Title: words("No restore of Shipping has finished since November 2024"),
				Blocks: []report.Block{report.Chart{ID: "tests", Measure: "Hours from start to orders flowing, full restores only. An open dot proves no recovery.", Drawing: restoreDots()}}},
			{ID: "capacity", Half: true, Kicker: "Capacity", Title: words("DS-PROD-01 will be full about 13 June, 13 days from now"),
				Blocks: []report.Block{report.Chart{ID: "capacity", Measure: "Storage used on DS-PROD-01, weekly samples. Dashed: the median slope.", Drawing: capacityLine()}}},
			{ID: "order", Kicker: "Recovery", Title: words("The 4-hour target has passed before the second of four systems is back"),
				Blocks: []report.Block{report.Chart{ID: "waterfall", Measure: "Hours from the outage, one team in order of dependency.", Drawing: waterfall()}}},
			{ID: "evidence", Kicker: "Evidence", Title: words("None of eight proofs is current"), Blocks: []report.Block{evidence()}},
			{ID: "needs", Kicker: "What it needs", Title: words("Shipping comes back in five waves, and three of its systems have no restore proof"),
				Blocks: []report.Block{report.Chart{ID: "layers", Measure: "An arrow leads from what must be up first to what needs it.", Drawing: layers()}}},
		},
	}
}

func evidence() report.Table {
	return report.Table{
		Caption: "Evidence held for Shipping", Wide: true,
		Columns: []report.Column{{Title: "Proof"}, {Title: "State"}, {Title: "What the record says"}, {Title: "Age", Num: true}, {Title: "Limit", Num: true}, {Title: "Source"}},
		Rows: []report.TableRow{
			{ID: "monitoring", Cells: []report.Text{words("Monitoring"), words(state(assess.Failed)), words(fig("F-0003", "5"), " storage alerts, none acknowledged by a person: ", quote("DS-PROD-01 95.6% > 95%"), "."), words("28 d"), words("1 h"), words(code("alerts.csv"), broken(), row(2))}},
			{ID: "patching", Cells: []report.Text{words("Patching"), words(state(assess.Missing)), words("No patch report names VMH-01."), words("unknown"), words("14 d"), words("no row found")}},
			{ID: "access", Cells: []report.Text{words("Access"), words(state(assess.Stale)), words("38 accounts reviewed by Dana Ortiz; 2 vendor accounts not covered."), words("131 d"), words("90 d"), words(row(112))}},
			{ID: "changes", Cells: []report.Text{words("Changes"), words(state(assess.Failed)), words("CHG-311 has no verification: ", quote("ERP upgrade, snapshots kept for rollback"), "."), words("56 d"), words("7 d"), words(row(2))}},
			{ID: "recovery", Cells: []report.Text{words("Recovery"), words(state(assess.Missing)), words("Restored, not proven sound: integrity, permissions and order each recorded no."), words("259 d"), words("90 d"), words(row(41))}},
			{ID: "routines", Cells: []report.Text{words("Routines"), words(state(assess.Excepted)), words("Excepted until 30 Jun 2026 by Marco Reyes: new owner starts in June."), words("1 d"), words("31 d"), words(row(301))}},
			{ID: "vendors", Cells: []report.Text{words("Vendors"), words(state(assess.NotApplicable)), words("Bought outright, no vendor access: A. Reyes, 3 Mar 2026."), words("not set"), words("any"), words(row(7))}},
		},
	}
}

func system() *report.Page {
	return &report.Page{
		Path: "systems/vmh-01.html", Crumbs: []report.Crumb{{Text: "Risk ranking", Href: "ranking.html"}, {Text: "System 1 of 22"}},
		Title: words("VMH-01 stops three servers and Shipping when it fails, and nobody owns it."),
		Lede:  words("If VMH-01 stops: SQL-01, ERP-01 and WMS-01, and with them the service Shipping."),
		Sections: []report.Section{
			{ID: "next", Kicker: "What would change this", Title: words("One sample under 80 % and one owner would close two of five findings"), Blocks: []report.Block{
				report.List{Numbered: true, Items: []report.Text{
					words("Buy storage, or move ", code("DS-PROD-01"), " to another host."),
					words("Name an owner in the inventory."),
					words("Restore one server from backup, with integrity, permissions and order checked."),
				}},
				report.Prose{Name: "commentary.md", Markdown: "The vendor quoted **$18,400** for two shelves.\n\n- delivery in 6 days\n- no stop of the host needed\n"},
			}},
		},
	}
}

func contradictions() *report.Page {
	return &report.Page{
		Path: "contradictions.html", Kicker: "Contradictions", Title: words("Two pairs of records cannot both be good news."),
		Lede: words("Each pair comes from two exports about one system."),
		Sections: []report.Section{{ID: "all", Blocks: []report.Block{
			report.Contrast{ID: "X01", Subject: words(link("SQL-01", "systems/vmh-01.html")), Says: words("Backups run; the data in them is not proven sound."),
				A: report.Quoted{Label: words("jobs.csv ", row(62)), Text: "SNAP-SQL-01 backup success, 31 May 2026"},
				B: report.Quoted{Label: words("jobs.csv ", row(71)), Text: "DBCHECK-SQL-01 integrity failed, 31 May 2026"}},
			report.Contrast{ID: "X02", Subject: words("ERP-01"), Says: words("Ran is not recoverable."),
				A: report.Quoted{Label: words("jobs.csv ", row(63)), Text: "SNAP-ERP-01 backup success, 31 May 2026"},
				B: report.Quoted{Label: words("restores"), Text: "no full restore on record; the last is a single file"}},
		}}},
	}
}

func figurePage() *report.Page {
	t := report.Table{
		Caption: "Printed figures with formula and rows", Wide: true,
		Columns: []report.Column{{Title: "Figure"}, {Title: "As printed", Num: true}, {Title: "Formula"}, {Title: "Sentence"}, {Title: "Rows"}},
	}
	for _, f := range figures() {
		t.Rows = append(t.Rows, report.TableRow{ID: f.ID, Cells: []report.Text{
			words(code(f.ID)), words(f.Text), words(f.Formula), words(f.Says), words(f.Sources[0].String()),
		}})
	}
	return &report.Page{
		Path: "figures/f-00001.html", Crumbs: []report.Crumb{{Text: "Figures"}}, Title: words("Figures F-0001 to F-0004"),
		Sections: []report.Section{{ID: "figures", Blocks: []report.Block{t}}},
	}
}

func records() *report.Page {
	r := report.Records{Header: []string{"job_id", "asset_id", "kind", "run_date", "result", "message"}}
	for n := 2; n <= 420; n++ {
		rec := report.Record{N: n, Cells: []string{"SNAP-SQL-01", "SQL-01", "backup", "2026-05-01", "success", ""}, Status: "used"}
		switch {
		case n%41 == 0:
			rec.Cells[4], rec.Cells[5] = "failed", "virtual disk is locked <b>by</b> \u202eanother task"
		case n == 17:
			rec.Status, rec.Reason = "rejected", `column "run_date": "31.05.26x" is not a date in the form of this column`
			rec.Cells[3] = "31.05.26x"
		case n == 18:
			rec.Status, rec.Reason = "duplicate", "same as row 12"
		case n == 400:
			rec.Status, rec.Reason = "set aside", "later than as-of"
		}
		r.Rows = append(r.Rows, rec)
	}
	return &report.Page{
		Path: "data/jobs-csv-00001.html", Crumbs: []report.Crumb{{Text: "Data quality", Href: "data-quality.html"}, {Text: "jobs.csv"}},
		Kicker: "Source", Title: words("jobs.csv, 419 rows, 1 rejected"), Lede: words("Rows 2 to 420 as read. SHA-256 ", code("9f2a41c07be25d180a6e4f3291c47be2aa5d18c0f92a417be25d180a6e4f3291")),
		Sections: []report.Section{{ID: "rows", Blocks: []report.Block{r}}},
	}
}
