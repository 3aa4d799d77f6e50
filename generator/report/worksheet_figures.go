package report

import (
	"proofpack/generator/assess"
	"proofpack/generator/evidence"
)

// aboutSheet says what the workbook is, and counts its sheets again.
func (b *builder) aboutSheet(r *Report, sheets []Worksheet) Worksheet {
	w := Worksheet{
		Name: "About", Title: r.Headline, Note: "Written from the same report as the pages and the packet. \"Counted here\" works a figure out again from the rows of this workbook.",
		Columns: []WorksheetColumn{{Title: "What", Width: 44}, {Title: "Value", Width: 34}, {Title: aboutCounted, Width: 14}, {Title: "Figure", Width: 12}},
	}
	none := value("")
	say := func(what, is string) { w.Rows = append(w.Rows, []Value{value(what), value(is), none, none}) }
	say("Company", r.Company)
	say("Month", r.MonthName)
	say("Data to", date(b.Set.AsOf))
	if r.Draft {
		say("Signed by", "nobody: DRAFT")
	} else {
		say("Signed by", r.Signer.Name+", "+r.Signer.Fingerprint)
	}
	say("Build", r.BuildID)
	say("Made with", r.Tool.Name+" "+r.Tool.Version)
	recounts := recountsOf(b.Set.Inputs, sheets)
	count := func(what string, n int, formula string) {
		again := none
		if rc := recounts[formula]; rc != nil {
			again = Value{Kind: ValueNumber, Number: float64(n), Recount: rc}
		}
		w.Rows = append(w.Rows, []Value{value(what), numeric(float64(n)), again, value(b.count(n, formula).Figure)})
	}
	counts := assess.CountFindings(b.Result.Findings)
	for _, s := range assess.States {
		count("Findings that are "+lower(StateWord(s)), counts.Of(s), findingsAre(s))
	}
	count("Findings", counts.Total(), "count("+findingsCounted+")")
	count("Sources", len(b.Set.Inputs), sourcesCounted)
	read, rejected := 0, 0
	for i := range b.Set.Inputs {
		read, rejected = read+b.Set.Inputs[i].Read, rejected+b.Set.Inputs[i].Rejected
	}
	count("Rows read", read, readSummed)
	count("Rows rejected", rejected, rejectedSummed)
	return w
}

const aboutCounted = "Counted here"

// findingsAre is the formula of the findings that have a state.
func findingsAre(s assess.State) string {
	return "count(" + findingsCounted + " where state = " + lower(StateWord(s)) + ")"
}

// Formulas of figures over the sources.
const (
	sourcesCounted  = "count(sources)"
	readSummed      = "sum of rows read over sources"
	rejectedSummed  = "sum of rows rejected over sources"
	completeCounted = "count(sources whose declared rows equal the rows read)"
	shortCounted    = "count(sources with fewer rows than declared)"
)

// Formulas of figures of one source.
func rowsRead(in *evidence.Input) string     { return "rows read of " + sourcePath(in) }
func rowsUsed(in *evidence.Input) string     { return "rows used of " + sourcePath(in) }
func rowsRejected(in *evidence.Input) string { return "rows rejected of " + sourcePath(in) }
func rowsRepeated(in *evidence.Input) string {
	return "rows that repeat another in every cell, of " + sourcePath(in)
}
func rowsAside(in *evidence.Input) string {
	return "rows set aside of " + sourcePath(in) + ": filtered by keep, or later than as-of"
}
func rowsDeclared(in *evidence.Input) string {
	return "rows declared in the intake record of " + sourcePath(in)
}

// recountsOf says, by formula, which figures the workbook works out again from
// its own rows. A sheet that was cut counts nothing.
func recountsOf(inputs []evidence.Input, sheets []Worksheet) map[string]*Recount {
	whole := map[string]bool{}
	for _, s := range sheets {
		whole[s.Name] = s.More == "" && len(s.Rows) > 0
	}
	all := map[string]*Recount{}
	add := func(formula string, r Recount) {
		if whole[r.Sheet] {
			all[formula] = &r
		}
	}
	for _, s := range assess.States {
		add(findingsAre(s), Recount{How: CountWhere, Sheet: "Findings", Column: "State", Is: StateWord(s)})
	}
	add("count("+findingsCounted+")", Recount{How: CountRows, Sheet: "Findings", Column: "State"})
	add(exceptionsCounted, Recount{How: CountRows, Sheet: "Exceptions", Column: "State"})
	add(notUsedCounted, Recount{How: CountRows, Sheet: "Rows not used", Column: "What became of it"})
	add(untestedCounted, Recount{How: CountWhere, Sheet: "Restore tests", Column: "Test", Is: noTest})
	add(sourcesCounted, Recount{How: CountRows, Sheet: sourcesName, Column: "File"})
	add(readSummed, Recount{How: SumColumn, Sheet: sourcesName, Column: colRead})
	add(rejectedSummed, Recount{How: SumColumn, Sheet: sourcesName, Column: colRejected})
	add(completeCounted, Recount{How: CountWhere, Sheet: sourcesName, Column: "Completeness", Is: string(evidence.Complete)})
	add(shortCounted, Recount{How: CountWhere, Sheet: sourcesName, Column: "Completeness", Is: string(evidence.Short)})
	for i := range inputs {
		in := &inputs[i]
		for _, c := range []struct{ formula, column string }{{rowsRead(in), colRead}, {rowsUsed(in), colUsed}, {rowsRejected(in), colRejected}, {rowsRepeated(in), colDuplicate}, {rowsAside(in), colSetAside}, {rowsDeclared(in), colDeclared}} {
			add(c.formula, Recount{How: TheCell, Sheet: sourcesName, Column: c.column, Row: i})
		}
	}
	return all
}

// figuresSheet is every figure of the report with its formula and rows.
func (b *builder) figuresSheet(sheets []Worksheet) Worksheet {
	w := Worksheet{
		Name: "Figures", Note: "Every number printed anywhere. \"" + aboutCounted + "\" is a formula over the rows of this workbook, where they are in it; the other rows stand in the exports.",
		Columns: []WorksheetColumn{{Title: "Figure", Width: 10}, {Title: "As printed", Width: 24}, {Title: "Value", Width: 16}, {Title: "Unit", Width: 12}, {Title: aboutCounted, Width: 19}, {Title: "Formula", Width: 54}, {Title: "Stands in", Width: 60}, {Title: "Source rows", Width: 40}},
	}
	recounts := recountsOf(b.Set.Inputs, sheets)
	for _, f := range b.figures {
		v, again := numeric(f.Value), Value{Text: "rows are in exports"}
		switch rc := recounts[f.Formula]; {
		case f.Unit == "date":
			v = Value{Text: "a date, as printed"}
		case rc != nil:
			again = Value{Kind: ValueNumber, Number: f.Value, Recount: rc}
		case len(f.Sources) == 0:
			again = Value{Text: "of other figures"}
		}
		w.Rows = append(w.Rows, []Value{value(f.ID), value(f.Text), v, valueOr(f.Unit, "count"), again, value(f.Formula), value(f.Says), placesValue(f.Sources, "worked out from other figures and findings")})
	}
	w.Title = words(upper(counted(len(b.figures), "figure")), " with formula and source rows")
	w.cut("report.json")
	return w
}
