package packet

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// finishFonts gives the embedded fonts their own names, with the mark of a
// part, and tables that say which characters their glyphs are.
func (f *finisher) finishFonts() error {
	for face := range faces {
		if !f.added[face] {
			continue
		}
		used := make([]rune, 0, len(f.glyphs[face]))
		for r := range f.glyphs[face] {
			used = append(used, r)
		}
		slices.Sort(used)
		old := fmt.Sprintf("/utf8f%d", face)
		name := "/" + partMark(used) + "+" + f.types.fonts[face].name
		found := false
		for n, s := range f.objects {
			if !strings.HasPrefix(s, "<</Type /Font") || !strings.Contains(s, old+"\n") && !strings.Contains(s, old+" ") {
				continue
			}
			f.objects[n] = strings.Replace(s, old, name, 1)
			if strings.HasPrefix(s, "<</Type /FontDescriptor") {
				set := f.stream("", characterSet(used), true)
				f.objects[n] = with(f.objects[n], "/CIDSet "+reference(set))
			}
			if m, ok := numberAfter(s, "/ToUnicode "); ok && m < len(f.objects) {
				table := characterTable(used)
				f.objects[m] = fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(table), table)
				found = true
			}
		}
		if !found {
			return errRaw
		}
	}
	return nil
}

// partMark is the six letters before the name of a font that is embedded in
// part; another part has another mark.
func partMark(used []rune) string {
	sum := sha256.Sum256([]byte(string(used)))
	mark := make([]byte, 6)
	for n := range mark {
		mark[n] = 'A' + sum[n]%26
	}
	return string(mark)
}

// characterSet has a bit for every code that the embedded part of a font has a
// glyph for, the first code in the highest bit.
func characterSet(used []rune) []byte {
	set := []byte{0x80} // the glyph for what is missing
	for _, r := range used {
		for int(r)/8 >= len(set) {
			set = append(set, 0)
		}
		set[r/8] |= 0x80 >> (r % 8)
	}
	return set
}

// characterTable maps the codes of a font, which are the characters themselves.
func characterTable(used []rune) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const most = 100 // entries in one block
	for len(used) > 0 {
		n := min(most, len(used))
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, r := range used[:n] {
			fmt.Fprintf(&b, "<%04X> <%04X>\n", r, r)
		}
		b.WriteString("endbfchar\n")
		used = used[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}
