package publish

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// A column is one column of a source with what becomes of it.
type column struct {
	heading   string
	names     []string // canonical columns that are read from it, sorted
	treatment config.Treatment
	own       bool // by a rule of the configuration
	unclaimed bool // nothing reads it
}

// Columns are the columns of one source as readers see them.
type Columns struct {
	Header    []string // headings that are shown
	Masked    []string // headings whose cells are masked or pseudonyms
	Dropped   []string // headings that a rule leaves out
	Unclaimed []string // headings left out because nothing claims them
	at        []int    // index into the cells of a row
	treatment []config.Treatment
	policy    *Policy
}

// strictness orders treatments where two columns are read from one heading, or
// one value stands in two columns. A pseudonym tells no more than an absence,
// and it can be followed, so it goes first; a mask tells a letter.
var strictness = []config.Treatment{config.Pseudonym, config.Drop, config.Mask, config.Show}

func stricter(a, b config.Treatment) config.Treatment {
	if slices.Index(strictness, a) <= slices.Index(strictness, b) {
		return a
	}
	return b
}

// columns are the columns of a source in the order of the file.
func (p *Policy) columns(in *evidence.Input) []column {
	read := map[string][]string{}
	for name, heading := range in.Columns {
		read[heading] = append(read[heading], name)
	}
	for name, headings := range in.Composed {
		for _, h := range headings {
			read[h] = append(read[h], name)
		}
	}
	all := make([]column, len(in.Header))
	for i, h := range in.Header {
		c := column{heading: h, names: read[h], treatment: config.Show}
		if strings.TrimSpace(h) == "" {
			c.heading = fmt.Sprintf("col_%d", i+1)
		}
		slices.Sort(c.names)
		c.treatment, c.own = p.together(in.DataSet, c.names)
		// Of two columns with one heading, one may be claimed and the other not;
		// which is which the heading doesn't tell, so neither is shown.
		if len(c.names) == 0 || slices.Contains(in.Unmapped, c.heading) || slices.Contains(in.AlsoSeen, c.heading) {
			if r, found := p.rule(in.DataSet, c.heading); found {
				c.treatment, c.own = r.Treatment, r.Own()
			} else if c.treatment == config.Show {
				c.treatment, c.unclaimed = config.Drop, true
			}
		}
		all[i] = c
	}
	return all
}

// together is the treatment of a heading that some canonical columns are read
// from. What the configuration says goes before any default; a default counts
// only where each of the columns has one, for the others need the cell.
func (p *Policy) together(dataSet string, names []string) (t config.Treatment, own bool) {
	t = config.Show
	byDefault, all := config.Show, len(names) > 0
	for _, name := range names {
		switch r, found := p.rule(dataSet, name); {
		case !found:
			all = false
		case !r.Own():
			byDefault = stricter(byDefault, r.Treatment)
		case own:
			t = stricter(t, r.Treatment)
		default:
			t, own = r.Treatment, true
		}
	}
	if !own && all {
		t = byDefault
	}
	return t, own
}

// Columns says which columns of a source are shown.
func (p *Policy) Columns(in *evidence.Input) Columns {
	out := Columns{policy: p}
	for i, c := range p.columns(in) {
		switch {
		case c.unclaimed:
			out.Unclaimed = append(out.Unclaimed, c.heading)
			continue
		case c.treatment == config.Drop:
			out.Dropped = append(out.Dropped, c.heading)
			continue
		case c.treatment != config.Show:
			out.Masked = append(out.Masked, c.heading)
		}
		out.Header = append(out.Header, c.heading)
		out.at, out.treatment = append(out.at, i), append(out.treatment, c.treatment)
	}
	return out
}

// Withheld are the headings of which a reader sees less than was exported.
func (c *Columns) Withheld() []string {
	return slices.Concat(c.Masked, c.Dropped, c.Unclaimed)
}

// Row is a row as readers see it, a cell for each of Header.
func (c *Columns) Row(cells []string) []string {
	if len(cells) == 0 {
		return nil
	}
	row := make([]string, len(c.at))
	for i, at := range c.at {
		if at < len(cells) {
			row[i] = c.policy.cell(cells[at], c.treatment[i])
		}
	}
	return row
}

// cell is one cell by the treatment of its column; an empty one stays empty,
// for that nothing was written is a fact of its own.
func (p *Policy) cell(cell string, t config.Treatment) string {
	if strings.TrimSpace(cell) == "" {
		return cell
	}
	switch t {
	case config.Mask:
		return masked(cell)
	case config.Pseudonym:
		parts := partsOf(cell)
		for i, part := range parts {
			parts[i] = p.pseudonym(part)
		}
		return strings.Join(parts, "; ")
	case config.Drop:
		return withheld
	case config.Show:
	}
	return p.Text(cell)
}
