package chart

import (
	"cmp"
	"slices"
)

// sweeps is how often columns are put in the order of their neighbours' middle;
// more changes nothing in figures of the size that is read.
const sweeps = 12

// A vertex is a box, or a place where a long edge passes a column.
type vertex struct {
	box      int // index into the boxes; -1 for a place on an edge
	before   []*vertex
	after    []*vertex
	order    int
	mid      float64 // across the direction of the figure
	wideness float64 // room it takes there
}

// layAcross sets columns side by side, in the order that crosses the fewest
// edges, and routes the edges between them.
func (p *plan) layAcross(d layers, gap float64) {
	columns, chains := p.vertices(d)
	uncross(columns)
	p.relax(columns)
	top := titleRoom
	for i, column := range columns {
		x := nodeEdge + float64(i)*(p.node+gap)
		p.titles = append(p.titles, placed{words: d.Columns[i].Title, spot: spot{x, 14}, rule: p.node})
		for _, v := range column {
			if v.box >= 0 {
				p.boxes[v.box].spot = spot{x, top + v.mid - p.tall/2}
				p.height = max(p.height, top+v.mid+p.tall/2)
			} else {
				p.height = max(p.height, top+v.mid)
			}
		}
	}
	column := columnOf(columns)
	for _, chain := range chains {
		var route []spot
		for i, v := range chain {
			x := nodeEdge + float64(column[v])*(p.node+gap)
			if i == 0 {
				x += p.node
			}
			route = append(route, spot{x, top + v.mid})
		}
		p.routes = append(p.routes, route)
	}
	p.height += 6
}

// vertices makes the columns of vertices and the chain of each edge, from what
// is needed to what needs it. An edge that does not lead to a later column is
// part of a circle, which is named in words instead.
func (p *plan) vertices(d layers) (columns [][]*vertex, chains [][]*vertex) {
	columns = make([][]*vertex, len(d.Columns))
	byID := map[string]*vertex{}
	at := map[string]int{}
	n := 0
	for i, column := range d.Columns {
		for _, node := range column.Nodes {
			v := &vertex{box: n, wideness: p.tall + betweenGap}
			columns[i] = append(columns[i], v)
			if byID[node.ID] == nil {
				byID[node.ID], at[node.ID] = v, i
			}
			n++
		}
	}
	for _, e := range d.Edges {
		to, from := byID[e[0]], byID[e[1]]
		if to == nil || from == nil || at[e[0]] <= at[e[1]] {
			continue
		}
		chain := []*vertex{from}
		for i := at[e[1]] + 1; i < at[e[0]]; i++ {
			v := &vertex{box: -1, wideness: betweenGap}
			columns[i] = append(columns[i], v)
			chain = append(chain, v)
		}
		chain = append(chain, to)
		for i := 1; i < len(chain); i++ {
			chain[i-1].after = append(chain[i-1].after, chain[i])
			chain[i].before = append(chain[i].before, chain[i-1])
		}
		chains = append(chains, chain)
	}
	renumber(columns)
	return columns, chains
}

func columnOf(columns [][]*vertex) map[*vertex]int {
	at := map[*vertex]int{}
	for i, column := range columns {
		for _, v := range column {
			at[v] = i
		}
	}
	return at
}

func renumber(columns [][]*vertex) {
	for _, column := range columns {
		for i, v := range column {
			v.order = i
		}
	}
}

// uncross orders each column by the middle of its neighbours, back and forth,
// and keeps the order with the fewest crossings.
func uncross(columns [][]*vertex) {
	best, fewest := snapshot(columns), crossings(columns)
	for range sweeps {
		for i := 1; i < len(columns); i++ {
			byNeighbours(columns[i], func(v *vertex) []*vertex { return v.before })
		}
		for i := len(columns) - 2; i >= 0; i-- {
			byNeighbours(columns[i], func(v *vertex) []*vertex { return v.after })
		}
		if n := crossings(columns); n < fewest {
			best, fewest = snapshot(columns), n
		}
	}
	for i := range columns {
		copy(columns[i], best[i])
	}
	renumber(columns)
}

func snapshot(columns [][]*vertex) [][]*vertex {
	out := make([][]*vertex, len(columns))
	for i, column := range columns {
		out[i] = slices.Clone(column)
	}
	return out
}

func byNeighbours(column []*vertex, neighbours func(*vertex) []*vertex) {
	middle := map[*vertex]float64{}
	for _, v := range column {
		middle[v] = float64(v.order)
		if n := neighbours(v); len(n) > 0 {
			sum := 0
			for _, u := range n {
				sum += u.order
			}
			middle[v] = float64(sum) / float64(len(n))
		}
	}
	slices.SortStableFunc(column, func(a, b *vertex) int { return cmp.Compare(middle[a], middle[b]) })
	for i, v := range column {
		v.order = i
	}
}

// crossings counts pairs of edges between neighbouring columns that cross.
func crossings(columns [][]*vertex) int {
	n := 0
	for _, column := range columns {
		var ends [][2]int
		for _, v := range column {
			for _, u := range v.after {
				ends = append(ends, [2]int{v.order, u.order})
			}
		}
		for i, a := range ends {
			for _, b := range ends[i+1:] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// relax gives every vertex a middle near its neighbours' without changing the
// order in its column, and starts the topmost at half its room.
func (p *plan) relax(columns [][]*vertex) {
	for _, column := range columns {
		y := 0.0
		for _, v := range column {
			v.mid = y + v.wideness/2
			y += v.wideness
		}
	}
	for range 3 * sweeps {
		for _, column := range columns {
			pull(column)
			separate(column)
		}
	}
	top := 0.0
	for i, column := range columns {
		for k, v := range column {
			if edge := v.mid - p.tall/2; i == 0 && k == 0 || edge < top {
				top = edge
			}
		}
	}
	for _, column := range columns {
		for _, v := range column {
			v.mid -= top
		}
	}
}

func pull(column []*vertex) {
	for _, v := range column {
		sum, n := 0.0, len(v.before)+len(v.after)
		for _, u := range v.before {
			sum += u.mid
		}
		for _, u := range v.after {
			sum += u.mid
		}
		if n > 0 {
			v.mid = (v.mid + sum/float64(n)) / 2
		}
	}
}

// separate pushes vertices that overlap apart, half down and half up.
func separate(column []*vertex) {
	gap := func(a, b *vertex) float64 { return (a.wideness + b.wideness) / 2 }
	before := make([]float64, len(column))
	for i, v := range column {
		before[i] = v.mid
	}
	moved := 0.0
	for i := 1; i < len(column); i++ {
		least := column[i-1].mid + gap(column[i-1], column[i])
		if column[i].mid < least {
			column[i].mid = least
		}
		moved += column[i].mid - before[i]
	}
	if len(column) > 1 && moved > 0 {
		shift := moved / float64(len(column))
		for _, v := range column {
			v.mid -= shift
		}
	}
}

// layDown sets waves under each other, at most three systems in a row, for
// paper that is too narrow for the columns.
func (p *plan) layDown(d layers, width float64) {
	const inRow = 3
	at := map[string]spot{}
	level := map[string]int{}
	y, n, row := 0.0, 0, 0
	for _, column := range d.Columns {
		p.titles = append(p.titles, placed{words: column.Title, spot: spot{0, y + 12}, rule: width})
		y += titleRoom
		for start := 0; start < len(column.Nodes); start += inRow {
			here := column.Nodes[start:min(start+inRow, len(column.Nodes))]
			for k, node := range here {
				s := spot{titleRoom + float64(k)*(p.node+betweenGap), y}
				p.boxes[n].spot = s
				if _, seen := at[node.ID]; !seen {
					at[node.ID], level[node.ID] = s, row
				}
				n++
			}
			y += p.tall + downGap/2
			row++
		}
		y += downGap / 2
	}
	for _, e := range d.Edges {
		to, ok := at[e[0]]
		from, found := at[e[1]]
		if ok && found && level[e[0]] > level[e[1]] {
			p.routes = append(p.routes, []spot{
				{from.x + p.node/2, from.y + p.tall}, {to.x + p.node/2, to.y},
			})
		}
	}
	p.height = y - downGap/2
}
