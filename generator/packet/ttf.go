package packet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// planeEnd is the first character that a font of the packet cannot hold: the
// PDF library writes two bytes a character and cannot go beyond.
const planeEnd = 0x10000

// absent marks a character without a glyph in a font's table of advances.
const absent = math.MaxUint16

// A font is what is read of a TrueType file: which characters it has and how
// far each moves the pen. Its outlines are left to the PDF library.
type font struct {
	file    []byte
	name    string   // PostScript name, as in "Inter-Regular"
	advance []uint16 // by character, in thousandths of the size, rounded as the PDF's own table of widths
}

// has tells whether the font has a glyph for a character.
func (f *font) has(r rune) bool { return r >= 0 && r < planeEnd && f.advance[r] != absent }

// width is how far a character moves the pen, in thousandths of the size.
func (f *font) width(r rune) float64 {
	if !f.has(r) {
		return 0
	}
	return float64(f.advance[r])
}

var errFont = errors.New("it is cut short or damaged")

// A table is one table of a TrueType file. Reading past its end gives zero and
// leaves damaged set, so that a reader need not ask at every step.
type table struct {
	b       []byte
	damaged *bool
}

func (t table) u16(at int) int {
	if at < 0 || at+2 > len(t.b) {
		*t.damaged = true
		return 0
	}
	return int(binary.BigEndian.Uint16(t.b[at:]))
}

func (t table) u32(at int) int { return t.u16(at)<<16 | t.u16(at+2) }

func (t table) from(at int) table {
	if at < 0 || at > len(t.b) {
		*t.damaged = true
		return table{nil, t.damaged}
	}
	return table{t.b[at:], t.damaged}
}

// parseFont reads a static TrueType file. It refuses what the PDF library
// would print warnings about or fall over.
func parseFont(file []byte) (*font, error) {
	damaged := false
	whole := table{file, &damaged}
	switch v := whole.u32(0); v {
	case 0x00010000, 0x74727565:
	case 0x4F54544F:
		return nil, errors.New("it has PostScript outlines; a TrueType file (.ttf) is needed")
	case 0x774F4632, 0x774F4646:
		return nil, errors.New("it is a web font; a TrueType file (.ttf) is needed")
	default:
		return nil, errors.New("it is not a TrueType file (.ttf)")
	}
	tables := tablesOf(file, &damaged)
	if damaged {
		return nil, errFont
	}
	for _, name := range []string{"head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "name", "post", "OS/2"} {
		if len(tables[name].b) == 0 {
			return nil, fmt.Errorf("its table %q is missing", name)
		}
	}
	if _, variable := tables["fvar"]; variable {
		return nil, errors.New("it is a variable font; a static one is needed")
	}
	if fsType := tables["OS/2"].u16(8); fsType == 2 || fsType&0x0300 != 0 {
		return nil, errors.New("its license does not allow to embed a part of it")
	}
	if tables["name"].u16(0) != 0 || tables["head"].u16(52) != 0 || tables["hhea"].u16(32) != 0 || tables["head"].u16(50) > 1 {
		return nil, errors.New("its tables are of a form that is not known")
	}
	f := &font{file: file, name: postScriptName(tables["name"])}
	if err := f.measure(tables); err != nil {
		return nil, err
	}
	if damaged {
		return nil, errFont
	}
	return f, nil
}

// tablesOf lists the tables of a font file by name.
func tablesOf(file []byte, damaged *bool) map[string]table {
	whole := table{file, damaged}
	out := map[string]table{}
	for i := range whole.u16(4) {
		at := 12 + 16*i
		if at+16 > len(file) {
			*damaged = true
			return out
		}
		start, size := whole.u32(at+8), whole.u32(at+12)
		if start > len(file) || size > len(file)-start {
			*damaged = true
			return out
		}
		out[string(file[at:at+4])] = table{file[start : start+size], damaged}
	}
	return out
}

// measure fills the table of advances from cmap and hmtx.
func (f *font) measure(tables map[string]table) error {
	perEm, glyphs, metrics := tables["head"].u16(18), tables["maxp"].u16(4), tables["hhea"].u16(34)
	if perEm == 0 || glyphs == 0 || metrics == 0 || metrics > glyphs || len(tables["hmtx"].b) < 4*metrics {
		return errFont
	}
	locaEntry := 2 + 2*tables["head"].u16(50)
	if len(tables["loca"].b) < locaEntry*(glyphs+1) {
		return errFont
	}
	f.advance = make([]uint16, planeEnd)
	for r := range f.advance {
		f.advance[r] = absent
	}
	sub, err := unicodeMap(tables["cmap"])
	if err != nil {
		return err
	}
	hmtx := tables["hmtx"]
	eachGlyph(sub, func(r rune, glyph int) {
		if glyph <= 0 || glyph >= glyphs || r <= 0 || r >= 0xFFFF {
			return
		}
		units := hmtx.u16(4 * min(glyph, metrics-1))
		f.advance[r] = uint16(min(math.Round(float64(units)*1000/float64(perEm)), absent-1))
	})
	if !f.has(' ') || !f.has('x') || !f.has('[') {
		return errors.New("it lacks Latin letters")
	}
	return nil
}

// unicodeMap is the segment map (format 4) of a cmap table.
func unicodeMap(cmap table) (table, error) {
	for i := range cmap.u16(2) {
		at := 4 + 8*i
		platform, encoding := cmap.u16(at), cmap.u16(at+2)
		if platform != 0 && !(platform == 3 && encoding == 1) {
			continue
		}
		if sub := cmap.from(cmap.u32(at + 4)); sub.u16(0) == 4 {
			return sub, nil
		}
	}
	return table{}, errors.New("it has no map from Unicode to its glyphs")
}

// eachGlyph calls do for every character of a segment map.
func eachGlyph(sub table, do func(r rune, glyph int)) {
	segments := sub.u16(6) / 2
	ends, starts := 14, 16+2*segments
	deltas, offsets := starts+2*segments, starts+4*segments
	for i := range segments {
		start, end := sub.u16(starts+2*i), sub.u16(ends+2*i)
		delta, offset := sub.u16(deltas+2*i), sub.u16(offsets+2*i)
		for r := start; r <= end && !*sub.damaged; r++ {
			glyph := r + delta
			if offset != 0 {
				glyph = sub.u16(offsets + 2*i + offset + 2*(r-start))
				if glyph != 0 {
					glyph += delta
				}
			}
			do(rune(r), glyph&0xFFFF)
		}
	}
}

// postScriptName is the name by which PDF readers list the font.
func postScriptName(names table) string {
	for i := range names.u16(2) {
		at := 6 + 12*i
		if names.u16(at+6) != 6 {
			continue
		}
		start := names.u16(4) + names.u16(at+10)
		size := names.u16(at + 8)
		if start+size > len(names.b) {
			continue
		}
		var b strings.Builder
		for _, c := range names.b[start : start+size] {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' {
				b.WriteByte(c)
			}
		}
		if b.Len() > 0 {
			return b.String()
		}
	}
	return "Font"
}
