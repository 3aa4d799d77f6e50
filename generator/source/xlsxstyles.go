package source

import "unicode/utf8"

// cellStyles are how the cells of a workbook show their numbers, by the index
// that a cell gives.
type cellStyles struct {
	formats []numberFormat
	none    bool // the workbook has no styles at all
}

// readStyles reads number formats and the cell formats that use them.
func (p *pack) readStyles(name string) (*cellStyles, error) {
	s := &cellStyles{}
	if name == "" {
		s.none = true
		return s, nil
	}
	x, err := p.xml(name, nil)
	if err != nil {
		return nil, err
	}
	defer x.close()
	if err := x.root(spaceMain, "styleSheet"); err != nil {
		return nil, err
	}
	codes := map[int]numberFormat{}
	var ids []int
	err = x.each(func() error {
		switch {
		case x.is("numFmts"):
			return x.each(func() error { return x.numFmt(codes) })
		case x.is("cellXfs"):
			return x.each(func() error {
				id, err := x.index("numFmtId", 0)
				if ids = append(ids, id); err == nil && len(ids) > maxStyles {
					err = x.fail("there are more than 65,536 cell formats")
				}
				return err
			})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		f, custom := codes[id]
		if !custom {
			f = builtInFormat(id)
		}
		s.formats = append(s.formats, f)
	}
	return s, x.end()
}

// numFmt takes one number format; those of Excel itself may be given anew.
func (x *xmlReader) numFmt(codes map[int]numberFormat) error {
	if !x.is("numFmt") {
		return x.fail("there is a <%.60s> among the number formats", x.name)
	}
	id, err := x.index("numFmtId", -1)
	if err != nil {
		return err
	}
	code := string(x.attr("formatCode"))
	if utf8.RuneCountInString(code) > maxFormatCode {
		return x.fail("a number format is longer than 255 characters")
	}
	if len(codes) > maxStyles {
		return x.fail("there are more than 65,536 number formats")
	}
	codes[id] = parseFormat(code)
	return nil
}

// index is an attribute that is a number from 0; otherwise when it is absent
// or empty, and a fault when that is -1.
func (x *xmlReader) index(name string, otherwise int) (int, error) {
	v := x.attr(name)
	if len(v) == 0 && otherwise >= 0 {
		return otherwise, nil
	}
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' || n > 1<<30 {
			return 0, x.fail("%s=%.40q is no number", name, v)
		}
		n = n*10 + int(c-'0')
	}
	if len(v) == 0 {
		return 0, x.fail("<%s> has no %s", x.name, name)
	}
	return n, nil
}

// at is the format of a cell's style.
func (s *cellStyles) at(i int) (numberFormat, bool) {
	if i < len(s.formats) {
		return s.formats[i], true
	}
	return numberFormat{}, i == 0 || s.none
}
