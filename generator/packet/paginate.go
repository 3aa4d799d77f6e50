package packet

import "errors"

// errTall says that something could be neither placed nor cut. Text can always
// be cut, and figures are made no taller than a page.
var errTall = errors.New("a part of a page is taller than the page")

// leastFoot is the room at the foot of a page, in points, from which on a row
// that must be cut anyway is begun there.
const leastFoot = 60

// tallestHead is the share of a page that the head of a table may take and be
// repeated.
const tallestHead = .3

// paginate spreads rows over pages with so much room. A row that has no room
// goes to the next page; one that is taller than a page, or that may be cut, is
// cut between its lines.
func paginate(items []*item, room float64) ([][]*item, error) {
	var pages [][]*item
	var page []*item
	used := 0.0
	turn := func() {
		pages = append(pages, page)
		page, used = nil, 0
	}
	place := func(i *item) {
		if len(page) > 0 {
			used += i.before
		}
		used += i.tall()
		page = append(page, i)
	}
	for len(items) > 0 {
		i := items[0]
		if len(page) == 0 && len(pages) > 0 && i.head != nil && i.head.tall() < room*tallestHead {
			place(i.head.again())
		}
		top := len(page) == 0 || len(page) == 1 && page[0].repeat
		left := room - used
		if len(page) > 0 {
			left -= i.before
		}
		need := chain(items)
		if need <= left+.01 || top && i.tall() <= left+.01 {
			place(i)
			items = items[1:]
			continue
		}
		// Alone on a page it must be cut; after other rows it may be.
		tooTall := i.head != nil && i.tall() > room-i.head.tall() || i.tall() > room
		if top || !i.keep && (!i.whole && left > 0 || tooTall && left > leastFoot) {
			head, rest := i.cut(left)
			if head != nil && rest != nil {
				place(head)
				items = append([]*item{rest}, items[1:]...)
				turn()
				continue
			}
			if top {
				return nil, errTall
			}
		}
		turn()
	}
	if len(page) > 0 || len(pages) == 0 {
		turn()
	}
	return pages, nil
}

// chain is the height that must be free for the first row to be placed: its
// own, that of the rows it is kept with, and the least of the row after those.
func chain(items []*item) float64 {
	need := 0.0
	for n, i := range items {
		if n > 0 {
			need += i.before
		}
		if i.keep {
			need += i.tall()
			continue
		}
		if n == 0 {
			return i.tall()
		}
		return need + i.start()
	}
	return need
}

// start is the least height of a row that may stand at the foot of a page.
func (i *item) start() float64 {
	t := i.tall()
	if i.whole {
		return t
	}
	const fewLines = 40 // points: about three lines
	return min(t, fewLines)
}

// again is a repeated table head, an artifact for those who listen.
func (i *item) again() *item {
	a := *i
	a.repeat, a.keep = true, true
	a.cells = make([]cell, len(i.cells))
	for k, c := range i.cells {
		a.cells[k] = c
		if p, ok := c.part.(*passage); ok {
			copied := *p
			copied.element, copied.mark = nil, nil
			a.cells[k].part = &copied
		}
	}
	return &a
}
