package packet

import (
	"strconv"

	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

// measureOf is the longest line of running text that is still read with ease,
// in sizes of its type.
const measureOf = 58.0

func (c *composer) paragraph(p report.Paragraph, width float64) []*item {
	s := c.scaled(textSetting)
	if p.Quiet {
		s = c.scaled(quietSetting)
	}
	e := c.parent.add("P")
	if !p.Alert {
		return []*item{one(c.passage(p.Text, s, min(width, s.size*measureOf), e, running))}
	}
	const inset = 10
	t := c.passage(p.Text, s, min(width-inset, s.size*measureOf), e, running)
	t.pad = pad{left: inset, top: 1.5, bottom: 1.5}
	i := one(t)
	i.style = &props.Cell{BorderType: border.Left, BorderColor: colorOf(ink), BorderThickness: 2.6}
	return []*item{i}
}

func (c *composer) list(l report.List, width float64) []*item {
	parent := c.parent.add("L")
	var items []*item
	for n, t := range l.Items {
		marker := "•"
		if l.Numbered {
			marker = strconv.Itoa(n+1) + "."
		}
		items = append(items, c.entry(parent, marker, 1, t, width))
	}
	return items
}

// entry is an entry of a list at a depth from 1.
func (c *composer) entry(list *element, marker string, depth int, t report.Text, width float64) *item {
	s := c.scaled(textSetting)
	if c.drawn {
		s = c.scaled(closeSetting)
	}
	li := list.add("LI")
	label, body := li.add("Lbl"), li.add("LBody")
	step := 15.0
	left := step * float64(depth)
	m := c.passage(words(marker), s, step, label, running)
	m.pad.left = left - step + 2
	room := width - left
	if !c.drawn {
		room = min(room, s.size*measureOf)
	}
	p := c.passage(t, s, room, body, running)
	i := &item{before: 3 * c.dense, cells: []cell{{part: m, share: left / width}, {part: p, share: 1 - left/width}}}
	return i
}

// colorOf is a tone as maroto wants it.
func colorOf(t tone) *props.Color {
	return &props.Color{Red: int(t.r), Green: int(t.g), Blue: int(t.b)}
}
