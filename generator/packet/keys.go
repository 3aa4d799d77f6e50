package packet

import (
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

var (
	keyLabel  = setting{face: sans, size: 8.2, lead: 1.3, tone: ink2}
	keyValue  = setting{face: sansStrong, size: 16, lead: 1.26, track: -.02, tone: ink}
	keyNote   = setting{face: sans, size: 7.8, lead: 1.34, tone: ink2}
	factLabel = setting{face: sans, size: 7.8, tone: ink3}
	factValue = setting{face: sans, size: 9.2, lead: 1.34, tone: ink}
	factNote  = setting{face: sans, size: 7.8, lead: 1.34, tone: ink2}
)

// A threesome is a label with a value and a note.
type threesome struct{ label, value, note report.Text }

// keys are the large figures, side by side between two rules.
func (c *composer) keys(k report.Keys, width float64) []*item {
	if len(k.Items) == 0 {
		return nil
	}
	all := make([]threesome, len(k.Items))
	for n, i := range k.Items {
		all[n] = threesome{i.Label, i.Value, i.Note}
	}
	items := []*item{ruled(rule, .75)}
	items[0].keep = true
	rows := c.side(all, 4, width, []setting{keyLabel, keyValue, keyNote}, true)
	for _, i := range rows {
		i.keep = true
	}
	return append(append(items, rows...), ruled(rule, .75))
}

// facts are small labelled facts, at most four in a row.
func (c *composer) facts(f report.Facts, width float64) []*item {
	all := make([]threesome, len(f.Items))
	for n, i := range f.Items {
		all[n] = threesome{i.Label, i.Value, i.Note}
	}
	most := 4
	switch {
	case width < c.width*.7:
		most = 2
	case len(all)%4 == 1 && len(all) > 4: // none is left alone on the last row
		most = 3
	}
	return c.side(all, most, width, []setting{factLabel, factValue, factNote}, false)
}

// side sets threesomes side by side, at most so many in a row. What belongs
// together is read together: each is one stack of its three lines.
func (c *composer) side(all []threesome, most int, width float64, settings []setting, divided bool) []*item {
	list := c.parent.add("L")
	var items []*item
	for len(all) > 0 {
		n := min(most, len(all))
		i := c.sideRow(list, all[:n], most, width, settings, divided)
		if len(items) > 0 {
			i.before = 8 * c.dense
		}
		items = append(items, i)
		all = all[n:]
	}
	return items
}

func (c *composer) sideRow(list *element, all []threesome, most int, width float64, settings []setting, divided bool) *item {
	i := &item{whole: true}
	each := width / float64(most)
	first, tallest := make([]*passage, len(all)), 0.0
	for n, t := range all {
		li := list.add("LI").add("LBody")
		inner := pad{right: 8, top: 5 * c.dense, bottom: 5 * c.dense}
		if divided && n > 0 {
			inner.left = 9
		}
		if !divided {
			inner.top, inner.bottom = 0, 0
		}
		room := each - inner.left - inner.right
		s := &stack{}
		for k, text := range []report.Text{t.label, t.value, t.note} {
			if len(text) == 0 && k > 0 {
				continue
			}
			how := running
			if k == 1 && divided {
				how = evenly
			}
			p := c.passage(text, c.scaled(settings[k]), room, li.add("P"), how)
			p.pad = pad{left: inner.left, right: inner.right}
			if k == 0 {
				p.pad.top = inner.top
				first[n] = p
				tallest = max(tallest, p.tall())
			}
			s.items = append(s.items, one(p))
		}
		last := s.items[len(s.items)-1].cells[0].part.(*passage)
		last.pad.bottom = inner.bottom
		k := cell{part: s, share: 1 / float64(most)}
		if divided && n > 0 {
			k.style = &props.Cell{BorderType: border.Left, BorderColor: colorOf(rule), BorderThickness: .75}
		}
		i.cells = append(i.cells, k)
	}
	for _, p := range first { // values stand on one line although labels differ in length
		p.pad.bottom += tallest - p.tall()
	}
	return i
}
