package chart

import "proofpack/generator/report"

// AppendSVG draws a drawing that is not a list, without its key, as one picture
// with every value as its label. Links of the drawing are relative to base, the
// way up to the folder's root.
func AppendSVG(b []byte, d report.Drawing, base string) []byte {
	f := of(d)
	c := &svg{b: make([]byte, 0, 4096), width: typical, base: base}
	if n := Natural(d); n > 0 {
		c.width, c.exact = n, true
	}
	var height float64
	if p, ok := f.(plotter); ok {
		height = p.plot(c)
	} else {
		f.draw(c)
		height = f.height(typical)
	}
	return c.append(b, height, f.says())
}

// A plotter is a figure that can be drawn without its key; it answers how tall
// it is then.
type plotter interface {
	plot(c Canvas) (height float64)
}

// AppendRow draws the mark of a row. A row that says nothing is decoration.
func AppendRow(b []byte, r Row) []byte {
	c := &svg{width: typical}
	r.Draw(c, Whole)
	return c.append(b, r.Height, r.Says)
}

// AppendKeyMark draws the mark of an entry of a key.
func AppendKeyMark(b []byte, k KeyItem) []byte {
	c := &svg{width: keyMark, exact: true}
	k.Draw(c, Whole)
	return c.append(b, 12, "")
}

// append writes the picture: what was drawn in its frame.
func (c *svg) append(b []byte, height float64, says string) []byte {
	b = append(b, `<svg class="`...)
	if c.exact {
		b = append(b, `fixed" viewBox="0 0 `...)
		b = appendNumber(b, c.width)
		b = append(b, ' ')
		b = appendNumber(b, height)
		b = append(b, `" width="`...)
		b = appendNumber(b, c.width)
	} else {
		b = append(b, `plot" width="100%`...)
	}
	b = append(b, `" height="`...)
	b = appendNumber(b, height)
	switch {
	case says == "":
		b = append(b, `" aria-hidden="true`...)
	case c.links != nil: // links inside a picture would be lost to who can't see it
		b = append(b, `" role="group" aria-label="`...)
		b = AppendEscaped(b, says)
	default:
		b = append(b, `" role="img" aria-label="`...)
		b = AppendEscaped(b, says)
	}
	b = append(b, `" focusable="false">`...)
	if c.links == nil {
		b = append(b, c.b...)
		return append(b, `</svg>`...)
	}
	b = append(b, `<g aria-hidden="true">`...)
	b = append(b, c.b...)
	b = append(b, `</g>`...)
	b = append(b, c.links...)
	return append(b, `</svg>`...)
}
