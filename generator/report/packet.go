package report

import (
	"fmt"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// topRisks is how many services and systems the packet's risk page shows.
const topRisks = 10

// paperOrders is how many recovery orders the packet prints. Judgement: the
// board reads of the worst.
const paperOrders = 2

// packet is the board packet: the pages of the site that leadership reads, in
// an order that never changes.
func (b *builder) packet(r *Report) []*Page {
	pages := []*Page{b.cover(r), b.packetSummary()}
	if text := b.Prose["summary.md"]; text != "" {
		pages = append(pages, &Page{Path: "commentary", Kicker: "Commentary", Title: words("What those who run operations say of this month"), Lede: words("Written by hand; no figure of this packet is worked out from it."),
			Sections: []Section{{ID: "commentary", Blocks: []Block{Prose{Name: "summary.md", Markdown: text}}}}})
	}
	return append(pages,
		b.risks(), b.packetIncidents(), b.packetRecovery(), b.packetOrder(), b.packetPatches(), b.packetAccess(), b.packetChanges(), b.packetOperations(), b.packetExceptions(), b.packetTrend(), b.statement(), b.allSystems(), b.lastPage(),
	)
}

func (b *builder) cover(r *Report) *Page {
	complete := 0
	for _, in := range b.Set.Inputs {
		if in.Standing == evidence.Complete {
			complete++
		}
	}
	signed := Fact{Label: words("Signed by"), Value: words("DRAFT, unsigned"), Note: words("built without a key")}
	if !b.Draft {
		signed = Fact{Label: words("Signed by"), Value: words(b.Signer.Name), Note: words("key ", code(b.Signer.Fingerprint))}
	}
	about := []Block{Facts{Items: []Fact{
		{Label: words("Data to"), Value: words(evidence.Day(b.Set.AsOf)), Note: words("every age is counted to this day")},
		{Label: words("Exports attested complete"), Value: words(fmt.Sprintf("%d of %d", complete, len(b.Set.Inputs))), Note: words("by a declared row count")},
		{Label: words("Data sets absent"), Value: words(fmt.Sprint(len(b.absentSets()))), Note: words("listed in the evidence statement")},
		signed,
		{Label: words("Build"), Value: words(code(b.BuildID)), Note: words("a hash of inputs, configuration and version")},
	}}}
	about = append(about, b.answerable()...)
	for i, t := range b.shortfalls() {
		if i == coverShortfalls {
			about = append(about, Paragraph{Alert: true, Text: words("And ", counted(len(b.shortfalls())-i, "shortfall"), " more, in the evidence statement.")})
			break
		}
		about = append(about, Paragraph{Alert: true, Text: t})
	}
	p := &Page{Path: "cover", Layout: LayoutCover, Kicker: "Board packet, " + monthName(b.Month), Title: r.Headline, Lede: b.lede(),
		Sections: []Section{{ID: "about", Blocks: about}},
	}
	if len(b.Result.Contradictions) > 0 {
		p.Sections = append(p.Sections, b.contradictionLines())
	}
	return p
}

// coverShortfalls bounds the shortfalls that the cover has room for.
const coverShortfalls = 3

func (b *builder) packetSummary() *Page {
	cells := assess.Cells(b.Result, b.Set.Services)
	costs := b.costs(6, false)
	costs.Half = true
	matrix := b.matrixSection(cells, 8)
	matrix.Half = true
	matrix.Blocks = withoutParagraphs(matrix.Blocks)
	for _, x := range matrix.Blocks {
		if m, is := x.(Matrix); is {
			for i := range m.Rows {
				m.Rows[i].Sub = "" // the page holds one line a service
			}
		}
	}
	costs.Title = b.shortCostTitle()
	sections := []Section{{ID: "keys", Blocks: []Block{b.keys(cells)}}, costs, matrix, b.decisions()}
	return &Page{Path: "summary", Layout: LayoutSummary, Kicker: "Summary", Title: b.headline(), Lede: b.lede(),
		Sections: append(sections, Section{ID: "sign", Blocks: []Block{Signatures{Lines: b.Signs}}})}
}

func (b *builder) shortCostTitle() Text {
	measured := 0
	for _, s := range b.Ranking.Services {
		if s.Measured {
			measured++
		}
	}
	return words("What one outage costs; ", b.count(measured, "count(services whose driver's recovery is measured in full)"), " of ", b.count(len(b.Ranking.Services), "count(services)"), " rest on a measured recovery")
}

func withoutParagraphs(blocks []Block) []Block {
	var kept []Block
	for _, x := range blocks {
		if _, is := x.(Paragraph); !is {
			kept = append(kept, x)
		}
	}
	return kept
}

// contradictionLines are the first contradictions in a line each, with the rows
// of both exports, for the cover.
func (b *builder) contradictionLines() Section {
	var items []Text
	for i, c := range b.rankedContradictions() {
		if i == 3 {
			break
		}
		items = append(items, words(b.say(c.Says), " ", Text{small(placeWords(c))}))
	}
	n := len(b.Result.Contradictions)
	return Section{ID: "contradictions", Title: words(b.count(n, "count(contradictions)"), " ", evidence.Noun(n, "contradiction", "contradictions"), " between exports"), Blocks: []Block{List{Items: items}}}
}

func placeWords(c *assess.Contradiction) string {
	words := []string{c.ID}
	for _, q := range []assess.Quote{c.A, c.B} {
		if q.Pos.Row > 0 {
			words = append(words, fmt.Sprintf("%s row %d", q.Pos.File[strings.LastIndexByte(q.Pos.File, '/')+1:], q.Pos.Row))
		} else {
			words = append(words, "no row in "+q.DataSet)
		}
	}
	return strings.Join(words, ", ")
}

// risks are the ten largest exposures with owner, cause, cost and next step.
func (b *builder) risks() *Page {
	t := Table{Caption: "Top risks", Columns: []Column{{Title: "", Num: true, Share: .04}, {Title: "Service", Share: .13}, {Title: "Owner", Share: .12}, {Title: "Cause", Share: .27}, {Title: "One outage", Num: true, Share: .11}, {Title: "High bound", Num: true, Share: .11}, {Title: "Next step", Share: .22}}}
	for i := range b.Ranking.Services {
		if i == topRisks {
			break
		}
		s := &b.Ranking.Services[i]
		svc := b.Set.Service(s.ID)
		if svc == nil {
			continue
		}
		cause := absent("no system known")
		if len(s.Drivers) > 0 {
			cause = words(b.system(s.Drivers[0].System))
			if !s.Drivers[0].Says.Empty() {
				cause = append(cause, words(": ", b.say(s.Drivers[0].Says))...)
			}
		}
		outage := absent("not declared")
		if s.Exposure.Known {
			outage = words(b.money(whole(s.OneOutage[rank.Likely]), b.outageFormula(s), b.servicePos(s.ID)))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(fmt.Sprint(s.Rank)), words(b.service(s.ID)), orAbsent(svc.Owner, "no owner"), cause, outage, b.high(s.Exposure, fmt.Sprintf("high bound of %s, %d days: %s", svc.Name, s.Exposure.Days, exposureFormula)), b.nextStep(s.ID)}})
	}
	costs := b.costs(topRisks, false)
	page := &Page{Path: "risks", Kicker: "Top risks", Title: b.rankingTitle(), Lede: words("Ranked by the high bound of exposure within ", evidence.Of(b.horizonDays(), "day", "days"), ": the worst that the evidence does not exclude."), Sections: []Section{costs}}
	if len(t.Rows) > 0 {
		page.Sections = append(page.Sections, Section{ID: "table", Title: words("Owner, cause, cost and next step"), Blocks: []Block{t}})
	}
	for i := range b.Ranking.Services {
		if i == 3 {
			break
		}
		s := &b.Ranking.Services[i]
		page.Sections = append(page.Sections, b.ladderSection(b.serviceName(s.ID), s.Ladder))
	}
	if len(b.Ranking.Services) > 0 {
		page.Sections = append(page.Sections, b.paperDrifts(&b.Ranking.Services[0]))
	}
	return page
}

// nextStep is the first action that concerns a service.
func (b *builder) nextStep(service string) Text {
	for _, a := range b.Ranking.Actions {
		if a.Service == service {
			t := b.say(a.Title)
			if a.By.Text != "" && !strings.Contains(a.Title.String(), a.By.Text) {
				t = append(t, words(", by ", b.figure(a.By, a.Title.String()))...)
			}
			return t
		}
	}
	return words("none on the list")
}

func (b *builder) packetRecovery() *Page {
	page := b.recovery()
	return &Page{Path: "recovery", Kicker: "Recovery readiness", Title: page.Title, Lede: page.Lede, Sections: []Section{b.targetSection(), brief(b.backupSection(), "Recovery")}}
}

// packetOrder is the recovery order of the costliest services.
func (b *builder) packetOrder() *Page {
	p := &Page{Path: "order", Kicker: "Recovery order", Title: words("No service, no recovery order"), Lede: words("The order is worked out from the dependencies; the written order is compared with it.")}
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		if i == 0 {
			p.Title = words("Recovery order of ", b.service(s.ID), " and the next costliest service")
			if len(b.Ranking.Services) == 1 {
				p.Title = words("Recovery order of ", b.service(s.ID))
			}
		}
		if i == paperOrders {
			break
		}
		p.Sections = append(p.Sections, b.recoverySection(s))
	}
	if len(p.Sections) == 0 {
		p.Sections = []Section{{ID: "none", Blocks: []Block{Paragraph{Text: absent("Supply the services data set.")}}}}
	}
	return p
}

func (b *builder) packetExceptions() *Page {
	page := b.exceptions()
	return &Page{Path: "exceptions", Kicker: "Exceptions register", Title: page.Title, Lede: page.Lede, Sections: []Section{b.exceptionSection(true)}}
}

// statement is the evidence statement: what the packet is built on.
func (b *builder) statement() *Page {
	q := b.quality()
	p := &Page{Path: "evidence", Kicker: "Evidence statement", Title: q.Title, Lede: q.Lede}
	p.Sections = append(p.Sections, b.blindSpots(), b.packetSources())
	for _, s := range q.Sections {
		switch s.ID {
		case "absent", "earlier", "unread":
			p.Sections = append(p.Sections, s)
		case "joins":
			p.Sections = append(p.Sections, brief(s, "Data"))
		}
	}
	return p
}

func (b *builder) allSystems() *Page {
	return &Page{Path: "systems", Kicker: "All services and systems", Title: words("Services and systems by exposure"), Lede: words("The full ranking of this month."), Sections: []Section{b.serviceTable(), b.systemTable(), b.matrixSection(assess.Cells(b.Result, b.Set.Services), 0)}}
}

// lastPage is the glossary and how to check the packet.
func (b *builder) lastPage() *Page {
	v := b.verify()
	terms := Table{Caption: "Words", Columns: []Column{{Title: "Word", Share: .22}, {Title: "Means", Share: .78}}}
	for _, t := range glossary {
		terms.Rows = append(terms.Rows, TableRow{Cells: []Text{words(strong(t.Word)), words(t.Means)}})
	}
	p := &Page{Path: "verify", Kicker: "Words, and how to check this packet", Title: v.Title, Lede: v.Lede}
	p.Sections = append(p.Sections, b.chainHead()...)
	p.Sections = append(p.Sections, v.Sections...)
	p.Sections = append(p.Sections, Section{ID: "words", Title: words("Words of this packet"), Blocks: []Block{terms}})
	return p
}
