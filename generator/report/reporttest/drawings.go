package reporttest

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/report"
)

// A Named drawing is one kind of chart with the numbers of the sample.
type Named struct {
	Name    string
	Drawing report.Drawing
}

// Drawings is one of every kind of chart.
func Drawings() []Named {
	return []Named{
		{"cost-bars", costBars()},
		{"capacity-line", capacityLine()},
		{"restore-dots", restoreDots()},
		{"waterfall", waterfall()},
		{"layers", layers()},
		{"target-bars", targetBars()},
		{"histogram", histogram()},
		{"strips", strips()},
		{"calendar", calendar()},
		{"month-columns", monthColumns()},
		{"state-columns", stateColumns()},
		{"shares", shares()},
		{"spans", spans()},
	}
}

func costBars() report.CostBars {
	bar := func(name, href, sub string, inside, beyond float64, assumed bool, value, note string) report.CostBar {
		t := words(name)
		if href != "" {
			t = words(link(name, href))
		}
		return report.CostBar{Label: t, Sub: sub, Inside: inside, Beyond: beyond, Assumed: assumed, Value: value, ValueNote: note,
			Says: name + ": " + value + " for one outage, " + note + ", " + sub}
	}
	bars := []report.CostBar{
		{Label: words("Phones"), Sub: "no cost per hour in any export", Unknown: true, Says: "Phones: impact not declared"},
		bar("Shipping", "services/shipping.html", "never restored whole", 13400, 36850, true, "$50,250", "assumed"),
		bar("Order entry", "", "last test did not finish", 9200, 31600, true, "$40,800", "assumed"),
		bar("Customer EDI", "", "9 h measured, 4 h target", 8800, 11000, false, "$19,800", "measured"),
		bar("Invoicing", "", "11 h measured, 8 h target", 12100, 1900, false, "$14,000", "measured"),
		bar("Payroll", "", "15 h measured, 24 h target", 8500, 0, false, "$8,500", "measured"),
		bar("Quality records", "", "3.5 h measured, 4 h target", 1800, 0, false, "$1,800", "measured"),
	}
	bars[1].Figure = "F-0002"
	return report.CostBars{Key: true, Bars: bars}
}

func capacityLine() report.CapacityLine {
	use := []float64{6390, 6562, 6750, 6938, 7110, 7290, 7474, 7651, 7832}
	d := report.CapacityLine{Name: "DS-PROD-01", Stops: "full: every system on it stops", AsOf: on(2026, 5, 31), Forecast: on(2026, 6, 13)}
	for i, gb := range use {
		p := report.Point{At: on(2026, 4, 5).AddDate(0, 0, 7*i), Value: gb / 8192 * 100}
		if i == 0 {
			p.Label = "78 %"
		}
		d.Points = append(d.Points, p)
	}
	d.Points[8].Label = "95.6 % now"
	return d
}

func restoreDots() report.RestoreDots {
	return report.RestoreDots{
		Tests: []report.RestoreDot{
			{At: on(2024, 3, 10), Hours: 22, Label: "22 h", OK: true},
			{At: on(2024, 11, 17), Hours: 26, Label: "26 h", OK: true},
			{At: on(2025, 7, 14), Hours: 12, Label: "12 h, not finished"},
		},
		Target: 4, From: on(2024, 1, 1), To: on(2026, 5, 31), GapFrom: on(2025, 2, 15),
		GapSays: "No proof for 470 days", GapNote: "90-day limit passed 15 Feb 2025",
	}
}

func waterfall() report.Waterfall {
	return report.Waterfall{Unit: "h", Target: 4, Rows: []report.WaterfallRow{
		{Label: "1. Notice the outage", Sub: "median of 14 answered alerts", Start: 0, End: 1, Known: true},
		{Label: "2. VMH-01", Sub: "hypervisor, no restore proof", Start: 1, End: 4, Note: "class range 1 to 6 h"},
		{Label: "3. SQL-01", Sub: "integrity job failing", Start: 4, End: 15, Beyond: true, Note: "3 h and 8 h of repair"},
		{Label: "4. ERP-01", Sub: "measured 20 May 2026", Start: 15, End: 15.9, Known: true, Beyond: true, Note: "55 min"},
		{Label: "5. WMS-01", Sub: "no restore proof", Start: 15.9, End: 17.9, Beyond: true},
	}}
}

func layers() report.Layers {
	return report.Layers{
		Columns: []report.Layer{
			{Title: "First", Nodes: []report.LayerNode{
				{ID: "SAN-01", Label: "SAN-01", Sub: "3 h 10 min, 2 Mar 2026", Proven: true},
				{ID: "DNS-01", Label: "DNS-01", Sub: "12 min, 9 Jan 2026", Proven: true},
			}},
			{Title: "Then", Nodes: []report.LayerNode{
				{ID: "VMH-01", Label: "VMH-01", Sub: "NO RESTORE PROOF", Href: "systems/vmh-01.html", Mark: true},
				{ID: "AD-01", Label: "AD-01", Sub: "41 min, 2 Dec 2025", Proven: true},
			}},
			{Title: "Then", Nodes: []report.LayerNode{
				{ID: "SQL-01", Label: "SQL-01", Sub: "NO RESTORE PROOF"},
				{ID: "FILE-01", Label: "FILE-01", Sub: "1 h 50 min, 9 Feb 2026", Proven: true},
				{ID: "VPN-01", Label: "VPN-01", Sub: "NO RESTORE PROOF"},
			}},
			{Title: "Then", Nodes: []report.LayerNode{
				{ID: "ERP-01", Label: "ERP-01", Sub: "55 min, 20 May 2026", Proven: true},
			}},
			{Title: "Last", Nodes: []report.LayerNode{
				{ID: "WMS-01", Label: "WMS-01", Sub: "NO RESTORE PROOF"},
				{ID: "EDI-01", Label: "EDI-01 customer gateway and mapping", Sub: "NO RESTORE PROOF"},
			}},
		},
		Edges: [][2]string{
			{"VMH-01", "SAN-01"}, {"AD-01", "DNS-01"}, {"SQL-01", "VMH-01"}, {"SQL-01", "AD-01"}, {"FILE-01", "AD-01"},
			{"FILE-01", "SAN-01"}, {"VPN-01", "DNS-01"}, {"VPN-01", "AD-01"}, {"ERP-01", "SQL-01"}, {"ERP-01", "VMH-01"},
			{"WMS-01", "ERP-01"}, {"WMS-01", "SQL-01"}, {"EDI-01", "ERP-01"}, {"EDI-01", "VPN-01"}, {"AD-01", "SQL-01"},
		},
		Cycles: []string{"AD-01 needs SQL-01, and SQL-01 needs AD-01; start with AD-01"},
	}
}

func targetBars() report.TargetBars {
	bar := func(name, href string, measured, target float64, known bool, s assess.State, note string) report.TargetBar {
		t := words(name)
		if href != "" {
			t = words(link(name, href))
		}
		return report.TargetBar{Label: t, Measured: measured, Target: target, Known: known, State: s, Note: note}
	}
	return report.TargetBars{Unit: "min", Rows: []report.TargetBar{
		bar("Shipping", "services/shipping.html", 0, 240, false, assess.Missing, "1 of 4 systems measured"),
		bar("Order entry", "", 0, 480, false, assess.Failed, "last test did not finish"),
		bar("Customer EDI", "", 540, 240, true, assess.Failed, "540 min of 240 min"),
		bar("Invoicing", "", 660, 480, true, assess.Failed, "660 min of 480 min"),
		bar("Payroll", "", 900, 1440, true, assess.Proven, "900 min of 1,440 min"),
		bar("Quality records", "", 210, 240, true, assess.Stale, "210 min, 131 days ago"),
		bar("Reporting", "", 95, 0, true, assess.Missing, "95 min, no target declared"),
	}}
}

func histogram() report.Histogram {
	return report.Histogram{Buckets: []report.Bucket{
		{Label: "up to 1 d", N: 14}, {Label: "2 to 7 d", N: 9}, {Label: "8 to 14 d", N: 4},
		{Label: "15 to 30 d", N: 0}, {Label: "over 30 d", N: 6, Emphasis: true},
	}}
}

func strips() report.Strips {
	run := func(marks string) []report.StripCell {
		var cells []report.StripCell
		for i, m := range marks {
			d := on(2026, 5, 31).AddDate(0, 0, i+1-len(marks))
			c := report.StripCell{State: assess.Proven, Says: d.Format("2 Jan 2006") + ": success"}
			switch m {
			case 'x':
				c = report.StripCell{State: assess.Failed, Says: d.Format("2 Jan 2006") + ": failed"}
			case '.':
				c = report.StripCell{State: assess.Missing, Says: d.Format("2 Jan 2006") + ": no run on record"}
			case 'w':
				c = report.StripCell{State: assess.Stale, Says: d.Format("2 Jan 2006") + ": warning"}
			}
			cells = append(cells, c)
		}
		return cells
	}
	return report.Strips{Rows: []report.Strip{
		{Label: words("Consolidate snapshots"), Sub: "ERP-01", Cells: run("oooxxxxxxxx"), Note: "failed 8 in a row since 12 Apr 2026"},
		{Label: words("Database consistency"), Sub: "SQL-01", Cells: run("ooxxx.xx"), Note: "failed 6 in a row since 26 Apr 2026"},
		{Label: words("Nightly backup"), Sub: "SQL-01, ERP-01, WMS-01", Cells: run("ooooooooooooooowooooooooooooooo"), Note: "ran 31 of 31; proves no restore"},
	}}
}

func calendar() report.Calendar {
	due := func(marks string) []report.CalendarCell {
		var cells []report.CalendarCell
		for _, m := range marks {
			c := report.CalendarCell{Blank: true, Says: "nothing due"}
			switch m {
			case 'o':
				c = report.CalendarCell{State: assess.Proven, Says: "done, record TKT-771"}
			case 'x':
				c = report.CalendarCell{State: assess.Failed, Says: "late"}
			case '.':
				c = report.CalendarCell{State: assess.Missing, Says: "no record"}
			case 's':
				c = report.CalendarCell{State: assess.Stale, Says: "done, 9 days late"}
			case 'e':
				c = report.CalendarCell{State: assess.Excepted, Says: "excepted until 30 Jun 2026"}
			}
			cells = append(cells, c)
		}
		return cells
	}
	d := report.Calendar{Rows: []report.CalendarRow{
		{Label: "Capacity review", Sub: "no owner, monthly", Cells: due("----.---.---.")},
		{Label: "Review of privileged accounts", Sub: "T. Beale, weekly", Cells: due("ooooosooxoooo")},
		{Label: "Patch window", Sub: "M. Reyes, every 2 weeks", Cells: due("o-o-o-e-e-o-.")},
		{Label: "Restore test of shipping", Sub: "no owner, quarterly", Cells: due("------------.")},
	}}
	for i := range 13 {
		d.Columns = append(d.Columns, on(2026, 3, 2).AddDate(0, 0, 7*i).Format("2 Jan"))
	}
	return d
}

func monthColumns() report.MonthColumns {
	d := report.MonthColumns{}
	good := []int{18, 22, 19, 9, 24, 26, 21, 17, 23, 25, 19, 4}
	bad := []int{0, 1, 0, 0, 2, 3, 0, 1, 0, 0, 4, 1}
	dots := []int{0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 3, 6}
	for i := range 12 {
		m := time.Date(2025, time.Month(6+i), 1, 0, 0, 0, 0, time.UTC)
		d.Columns = append(d.Columns, report.MonthColumn{Label: m.Format("Jan"), Good: good[i], Bad: bad[i], Dots: dots[i]})
	}
	return d
}

func stateColumns() report.StateColumns {
	return report.StateColumns{Columns: []report.StateColumn{
		{Label: "Feb", Proven: 3, Failed: 9, NotProven: 12},
		{Label: "Mar", None: true},
		{Label: "Apr", Proven: 10, Failed: 8, NotProven: 6},
		{Label: "May", Proven: 12, Failed: 7, NotProven: 4, Other: 1},
	}}
}

func shares() report.Shares {
	return report.Shares{Rows: []report.Share{
		{Label: words(code("jobs.csv")), Used: 132, Expected: 132, Note: "132 rows, complete"},
		{Label: words(code("patches.csv")), Used: 6278, Rejected: 134, Duplicate: 40, SetAside: 210, Expected: -1, Note: "6,662 rows, 134 rejected"},
		{Label: words(code("accounts.xlsx")), Used: 1010, SetAside: 90, Expected: 1204, Note: "1,100 of 1,204 rows: short"},
		{Label: words(code("leavers.csv")), Expected: 12, Note: "absent"},
	}}
}

func spans() report.Spans {
	return report.Spans{From: on(2025, 6, 1), To: on(2026, 12, 1), AsOf: on(2026, 5, 31), Rows: []report.SpanRow{
		{Label: words("WMS-01, August update"), Start: on(2025, 8, 20), End: on(2026, 2, 28), Note: "ended 92 days ago", State: assess.Failed},
		{Label: words("EDI-01, legacy protocol"), Start: on(2025, 11, 1), Note: "no end on record", State: assess.Missing},
		{Label: words("FILE-01, vendor certification"), Start: on(2026, 3, 15), End: on(2026, 9, 30), Note: "Marco Reyes, until 30 Sep 2026", State: assess.Excepted},
		{Label: words("VPN-01, firmware"), Start: on(2026, 5, 2), End: on(2026, 6, 15), Note: "Tom Beale, until 15 Jun 2026", State: assess.Excepted},
	}}
}
