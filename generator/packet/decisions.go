package packet

import (
	"strconv"
	"strings"

	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

var (
	askTitle = setting{face: sansStrong, size: 9, lead: 1.28, tone: ink}
	askWhy   = setting{face: sans, size: 7.9, lead: 1.28, tone: ink2}
	askValue = setting{face: sans, size: 8.4, lead: 1.36, tone: ink, numbers: true, stacked: true}
	askHead  = setting{face: sansStrong, size: 7.8, lead: 1.24, tone: ink2}
)

// The columns of the decisions, in points; the first takes the rest.
const (
	askLeast  = 40.0 // of cost and of the day to decide by
	askMost   = 76.0
	askGap    = 12.0
	askAnswer = 126.0
)

// askWidth is the width of the column of costs, or of days.
func (c *composer) askWidth(d report.Decisions, of func(report.Ask) report.Text) float64 {
	most := askLeast
	for _, a := range d.Items {
		t := of(a)
		if len(t) == 0 {
			t = words("not set")
		}
		ws := c.set(t, c.scaled(askValue), nil)
		most = max(most, naturalWidth(ws)+8+hanging(ws))
	}
	return min(most, askMost)
}

// answers are what leadership may say to a decision.
var answers = []string{"Approve", "Decline", "Defer"}

// decisions are a table with boxes for leadership's answers and a line for
// initials.
func (c *composer) decisions(d report.Decisions, width float64) []*item {
	if len(d.Items) == 0 {
		return nil
	}
	cost, by := c.askWidth(d, func(a report.Ask) report.Text { return a.Cost }), c.askWidth(d, func(a report.Ask) report.Text { return a.DecideBy })
	first := width - cost - by - askGap - askAnswer
	shares := []float64{first / width, cost / width, by / width, askGap / width, askAnswer / width}
	var gutters [2]float64
	asked := false
	for _, a := range d.Items {
		asked = asked || len(a.AskedBy) > 0
		for k, t := range []report.Text{a.Cost, a.DecideBy} {
			gutters[k] = max(gutters[k], hanging(c.set(t, c.scaled(askValue), nil)))
		}
	}
	e := c.parent.add("Table")
	e.alt = "Decisions asked of leadership"
	tr := e.add("THead").add("TR")
	head := &item{keep: true, whole: true, style: &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(ruleStrong), BorderThickness: .75}}
	for n, title := range []string{"Decision", "Cost", "By", "", "Leadership’s answer"} {
		k := cell{share: shares[n]}
		if title != "" {
			th := tr.add("TH")
			th.attr = columnHead
			p := c.passage(words(title), c.scaled(askHead), shares[n]*width, th, evenly)
			p.pad = pad{top: 2, bottom: 2.4}
			if n == 1 || n == 2 {
				p.gutter = gutters[n-1]
				right(p)
			}
			k.part = p
		}
		head.cells = append(head.cells, k)
	}
	items := []*item{head}
	body := e.add("TBody")
	for n, a := range d.Items {
		i := c.ask(n+1, a, body.add("TR"), shares, gutters, width, asked)
		i.head = head
		if n+1 < len(d.Items) {
			i.style = &props.Cell{BorderType: border.Bottom, BorderColor: colorOf(rule), BorderThickness: .75}
		}
		items = append(items, i)
	}
	return items
}

func (c *composer) ask(n int, a report.Ask, tr *element, shares []float64, gutters [2]float64, width float64, asked bool) *item {
	th := tr.add("TH")
	th.attr = rowHead
	up := 3.2 * c.dense
	room := float64(shares[0]*width) - 10
	title := append(report.Text{{Text: strconv.Itoa(n) + ". "}}, a.Title...)
	s := &stack{items: []*item{one(c.passage(title, c.scaled(askTitle), room, th.add("P"), running))}}
	lines := []report.Text{a.Why, askedLine(a, asked)}
	if c.drawn && len(a.Why) > 0 { // one paragraph: the summary has little room
		lines = []report.Text{append(append(append(report.Text{}, a.Why...), report.Span{Text: " "}), lines[1]...)}
	}
	for _, t := range lines {
		if len(t) > 0 {
			s.items = append(s.items, one(c.passage(t, c.scaled(askWhy), room, th.add("P"), running)))
		}
	}
	s.items[0].cells[0].part.(*passage).pad.top = up
	s.items[len(s.items)-1].cells[0].part.(*passage).pad.bottom = up
	i := &item{whole: true, cells: []cell{{part: s, share: shares[0]}}}
	for k, t := range []report.Text{a.Cost, a.DecideBy} {
		if len(t) == 0 {
			t = words("not set")
		}
		p := c.passage(t, c.scaled(askValue), float64(shares[k+1]*width)-6-gutters[k], tr.add("TD"), running)
		p.pad = pad{left: 6, top: up, bottom: up}
		p.gutter = gutters[k]
		i.cells = append(i.cells, cell{part: right(p), share: shares[k+1]})
	}
	td := tr.add("TD")
	choices := c.choices(answers, c.scaled(choiceSetting))
	initials := c.choices([]string{"Initials"}, c.scaled(askWhy))[0]
	tall := up + 13 + float64(15*c.dense)
	if c.drawn { // the summary is signed at its foot
		tall = up + 13
	}
	i.cells = append(i.cells, cell{share: shares[3]}, cell{share: shares[4], part: &drawn{height: tall + up, draw: func(p *provider, x, y, w, _ float64) {
		p.tagged(td, func() {
			p.boxes(choices, x, y+up+1)
			if c.drawn {
				return
			}
			for _, r := range initials.runs {
				p.write(r.run, x+r.x, y+tall-2)
			}
			p.stroke(x+initials.width+4, y+tall, x+w, y+tall, .6, ink)
		})
	}}})
	return i
}

// askedLine says who asks, where that is known of any decision, and what will
// close it.
func askedLine(a report.Ask, asked bool) report.Text {
	var t report.Text
	if asked {
		t = append(t, report.Span{Text: "Asked by "})
		if len(a.AskedBy) > 0 {
			t = append(t, a.AskedBy...)
		} else {
			t = append(t, report.Span{Text: "(not set)"})
		}
		t = append(t, report.Span{Text: "."})
	}
	if len(a.Closes) > 0 {
		if asked {
			t = append(t, report.Span{Text: " "})
		}
		t = append(append(append(t, report.Span{Text: "Closed by "}), a.Closes...), report.Span{Text: "."})
	}
	return t
}

// signatures are lines to sign on paper, two side by side.
func (c *composer) signatures(s report.Signatures, width float64) []*item {
	var items []*item
	const between = 26.0
	each := (width - between) / 2
	for n := 0; n < len(s.Lines); n += 2 {
		i := &item{whole: true, before: 4}
		for k, title := range s.Lines[n:min(n+2, len(s.Lines))] {
			if k > 0 {
				i.cells = append(i.cells, cell{share: between / width})
			}
			if !strings.HasSuffix(title, "date") {
				title += ", date"
			}
			p := c.passage(words(title), c.scaled(askWhy), each, c.parent.add("P"), running)
			line := one(&drawn{height: 26 * c.dense, draw: func(p *provider, x, y, w, h float64) {
				p.artifact(func() { p.stroke(x, y+h-.4, x+w, y+h-.4, .75, ink) })
			}})
			label := one(p)
			label.before = 3
			i.cells = append(i.cells, cell{share: each / width, part: &stack{items: []*item{line, label}}})
		}
		items = append(items, i)
	}
	return items
}
