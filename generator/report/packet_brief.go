package report

import (
	"fmt"
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// paperRows is how many rows of a table the packet prints; the site has them
// all. Judgement: about a third of a sheet, so that leadership reads what is
// worst of each matter and finds the rest by its page.
const paperRows = 10

// brief is a section as the packet prints it: of its tables the first rows, the
// worst, and a line that says how many there are and where.
func brief(s Section, page string) Section {
	return cut(s, page, func(rows []TableRow) ([]TableRow, string) {
		return rows[:min(paperRows, len(rows))], "first"
	})
}

// briefEnd is the same for what is told in time order: the last rows.
func briefEnd(s Section, page string) Section {
	return cut(s, page, func(rows []TableRow) ([]TableRow, string) {
		return rows[max(0, len(rows)-paperRows):], "last"
	})
}

func cut(s Section, page string, keep func([]TableRow) ([]TableRow, string)) Section {
	blocks := make([]Block, 0, len(s.Blocks))
	for _, x := range s.Blocks {
		var all, kept int
		var which string
		short := func(t Table) Table {
			all = len(t.Rows)
			t.Rows, which = keep(t.Rows)
			kept = len(t.Rows)
			return t
		}
		switch block := x.(type) {
		case Table:
			x = short(block)
		case Chart:
			if block.Table != nil {
				t := short(*block.Table)
				block.Table = &t
				x = block
			}
		}
		blocks = append(blocks, x)
		if kept < all {
			blocks = append(blocks, Paragraph{Quiet: true, Text: words(fmt.Sprintf("The %s %d of %s. All of them stand on the %s page of the site.", which, kept, evidence.Whole(all), page))})
		}
	}
	s.Blocks = blocks
	return s
}

// paperDrifts are the drifts of a service, a line each with the first finding
// of it, and how many more there are.
func (b *builder) paperDrifts(s *rank.Service) Section {
	sec := b.driftSection(s, 1<<30)
	for _, x := range sec.Blocks {
		t, is := x.(Table)
		if !is {
			continue
		}
		var rows []TableRow
		more := 0
		count := func() {
			if more > 0 {
				last := &rows[len(rows)-1]
				last.Cells[1] = append(slices.Clone(last.Cells[1]), words(lineBreak(), Text{small("and " + evidence.Of(more, "more finding", "more findings") + " of this kind")})...)
			}
			more = 0
		}
		for _, r := range t.Rows {
			if len(r.Cells[0]) == 0 {
				more++
				continue
			}
			count()
			rows = append(rows, r)
		}
		count()
		t.Rows = rows
		sec.Blocks = []Block{t}
	}
	return sec
}

// packetOperations is routine, alerts, jobs and capacity on paper.
func (b *builder) packetOperations() *Page {
	page := b.alerts()
	p := &Page{Path: "operations", Kicker: "Routine, alerts and capacity", Title: page.Title, Lede: page.Lede}
	drawn := 0
	for _, s := range page.Sections {
		if s.ID == "tickets" {
			s.Blocks = s.Blocks[:min(1, len(s.Blocks))] // how many are linked; the page lists them
		}
		if _, is := firstDrawing(s).(CapacityLine); is {
			if drawn++; drawn > paperLines {
				continue // the table of resources has it
			}
			s.Blocks = withoutChartTables(s.Blocks)
		}
		p.Sections = append(p.Sections, brief(s, "Alerts"))
	}
	routine := b.routine()
	for _, s := range routine.Sections {
		s.Title = routine.Title
		p.Sections = append(p.Sections, brief(s, "Routine"))
	}
	return p
}

// paperLines is how many resources the packet draws: those that fill first by
// the rank of their system.
const paperLines = 2

func firstDrawing(s Section) Drawing {
	for _, x := range s.Blocks {
		if c, is := x.(Chart); is {
			return c.Drawing
		}
	}
	return nil
}

func withoutChartTables(blocks []Block) []Block {
	blocks = slices.Clone(blocks)
	for i, x := range blocks {
		if c, is := x.(Chart); is {
			c.Table = nil
			blocks[i] = c
		}
	}
	return blocks
}

// packetSources is every export with its rows and hash: what the packet was
// built on, a line each.
func (b *builder) packetSources() Section {
	t := Table{Caption: "Exports", Columns: []Column{{Title: "Export", Share: .27}, {Title: "Data set", Share: .17}, {Title: "Read", Num: true, Share: .1}, {Title: "Rejected", Num: true, Share: .1}, {Title: "Declared", Num: true, Share: .16}, {Title: "SHA-256", Share: .2}}}
	read, rejected := 0, 0
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		read, rejected = read+in.Read, rejected+in.Rejected
		declared := absent("not declared")
		if in.Expected >= 0 {
			declared = words(evidence.Whole(in.Expected))
			if in.Standing == evidence.Short {
				declared = words(stateAs(assess.Failed, "short of "+evidence.Whole(in.Expected)))
			}
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.sourceName(in), words(in.DataSet), words(evidence.Whole(in.Read)), words(evidence.Whole(in.Rejected)), declared, words(code(shortHash(in.SHA256)))}})
	}
	return Section{ID: "sources", Kicker: "Exports", Blocks: []Block{t},
		Title: words(b.count(read, "sum of rows read over sources"), " ", evidence.Noun(read, "row", "rows"), " read from ", b.count(len(b.Set.Inputs), "count(sources)"), " ", evidence.Noun(len(b.Set.Inputs), "source", "sources"), ", ", b.count(rejected, "sum of rows rejected over sources"), " rejected")}
}
