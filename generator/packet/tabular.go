package packet

import (
	"encoding/binary"
	"errors"
	"slices"
)

// A font may hold a second set of figures that are all of one width, under the
// OpenType feature "tnum". The PDF library reaches glyphs by character only, so
// a copy of the font is made in which the figures lead to those glyphs.

// withTabularFigures is such a copy; nil when the font has no second set.
func (f *font) withTabularFigures() (*font, error) {
	damaged := false
	tables := tablesOf(f.file, &damaged)
	if len(tables["GSUB"].b) == 0 {
		return nil, nil
	}
	swap := substitutes(tables["GSUB"], "tnum")
	sub, err := unicodeMap(tables["cmap"])
	if err != nil {
		return nil, err
	}
	byRune := map[rune]int{}
	changed := false
	eachGlyph(sub, func(r rune, glyph int) {
		if glyph == 0 || r == 0xFFFF {
			return
		}
		if other, ok := swap[glyph]; ok && r >= '0' && r <= '9' {
			glyph, changed = other, true
		}
		byRune[r] = glyph
	})
	if damaged {
		return nil, errFont
	}
	if !changed {
		return nil, nil
	}
	file, err := withMap(f.file, segmentMap(byRune))
	if err != nil {
		return nil, err
	}
	return parseFont(file)
}

// substitutes are the glyphs that a feature puts in place of others, one for
// one. See "GSUB" in the OpenType specification.
func substitutes(gsub table, feature string) map[int]int {
	out := map[int]int{}
	features, lookups := gsub.from(gsub.u16(6)), gsub.from(gsub.u16(8))
	for i := range features.u16(0) {
		at := 2 + 6*i
		if at+4 > len(features.b) || string(features.b[at:at+4]) != feature {
			continue
		}
		f := features.from(features.u16(at + 4))
		for k := range f.u16(2) {
			substitute(lookups.from(lookups.u16(2+2*f.u16(4+2*k))), out)
		}
		break // the feature of the first script; the others name the same lookups
	}
	return out
}

// The kinds of lookups that are followed.
const (
	singleSubstitution = 1
	extendedLookup     = 7
)

// substitute adds what one lookup puts in place.
func substitute(lookup table, out map[int]int) {
	for i := range lookup.u16(4) {
		kind, sub := lookup.u16(0), lookup.from(lookup.u16(6+2*i))
		if kind == extendedLookup {
			kind, sub = sub.u16(2), sub.from(sub.u32(4))
		}
		if kind != singleSubstitution || *lookup.damaged {
			continue
		}
		for n, glyph := range covered(sub.from(sub.u16(2))) {
			if sub.u16(0) == 1 {
				out[glyph] = (glyph + sub.u16(4)) & 0xFFFF
			} else if n < sub.u16(4) {
				out[glyph] = sub.u16(6 + 2*n)
			}
		}
	}
}

// covered are the glyphs of a coverage table, in order.
func covered(t table) []int {
	var out []int
	switch t.u16(0) {
	case 1:
		for i := range t.u16(2) {
			out = append(out, t.u16(4+2*i))
		}
	case 2:
		for i := range t.u16(2) {
			from, to := t.u16(4+6*i), t.u16(6+6*i)
			for g := from; g <= to && len(out) < planeEnd; g++ {
				out = append(out, g)
			}
		}
	}
	return out
}

// segmentMap is a cmap table (format 4) of characters and their glyphs.
func segmentMap(byRune map[rune]int) []byte {
	runes := make([]rune, 0, len(byRune))
	for r := range byRune {
		runes = append(runes, r)
	}
	slices.Sort(runes)
	type segment struct{ start, end, delta int }
	var segments []segment
	for _, r := range runes {
		c, delta := int(r), byRune[r]-int(r)
		if n := len(segments) - 1; n >= 0 && segments[n].end+1 == c && segments[n].delta == delta {
			segments[n].end = c
			continue
		}
		segments = append(segments, segment{c, c, delta})
	}
	segments = append(segments, segment{0xFFFF, 0xFFFF, 1})
	be := binary.BigEndian
	count := uint16(len(segments))
	body := be.AppendUint16(nil, 4)
	body = be.AppendUint16(body, 16+8*count)
	body = be.AppendUint16(body, 0) // language
	body = be.AppendUint16(body, 2*count)
	body = append(body, make([]byte, 6)...) // for a search that nobody makes
	put := func(of func(segment) int) {
		for _, s := range segments {
			body = be.AppendUint16(body, uint16(of(s)))
		}
	}
	put(func(s segment) int { return s.end })
	body = be.AppendUint16(body, 0)
	put(func(s segment) int { return s.start })
	put(func(s segment) int { return s.delta & 0xFFFF })
	put(func(segment) int { return 0 })
	head := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12} // one map: Windows, Unicode
	return append(head, body...)
}

// withMap is a font file with another cmap table, which is put at its end.
func withMap(file, cmap []byte) ([]byte, error) {
	out := slices.Clone(file)
	for len(out)%4 != 0 {
		out = append(out, 0)
	}
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		at := 12 + 16*i
		if string(file[at:at+4]) == "cmap" {
			binary.BigEndian.PutUint32(out[at+8:], uint32(len(out)))
			binary.BigEndian.PutUint32(out[at+12:], uint32(len(cmap)))
			return append(out, cmap...), nil
		}
	}
	return nil, errors.New("its table \"cmap\" is missing")
}
