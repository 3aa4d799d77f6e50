package chart

import (
	"strings"
	"unicode/utf8"
)

// advance is how far each printable ASCII character of Inter Regular moves the
// pen, in thousandths of the font size (read from the font's hmtx table).
var advance = [95]uint16{
	281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360,
	631, 407, 610, 618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511,
	966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903, 753, 765,
	639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456,
	323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600,
	612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
}

// The widest that Inter's semi-bold is over its regular in common words, and
// what a character outside ASCII is taken to need.
const (
	boldFactor  = 1.05
	wideAdvance = 1000
	restAdvance = 640
)

// TextWidth is how wide words are, near enough to lay them out: both surfaces
// break lines by it, so that a figure has one height everywhere.
func TextWidth(s string, f Font) float64 {
	sum := 0
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~':
			sum += int(advance[r-' '])
		case r >= 0x1100:
			sum += wideAdvance
		default:
			sum += restAdvance
		}
	}
	w := float64(sum) / 1000 * f.Size
	if f.Bold {
		w *= boldFactor
	}
	return w
}

// wrap breaks words into lines no wider than width; a word that is wider is
// broken inside. No character is lost.
func wrap(s string, width float64, f Font) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if TextWidth(next, f) <= width {
			line = next
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for TextWidth(word, f) > width {
			head := headOf(word, width, f)
			lines = append(lines, head)
			word = word[len(head):]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// headOf is as much of a word as fits, at least one character.
func headOf(word string, width float64, f Font) string {
	end := 0
	for end < len(word) {
		_, size := utf8.DecodeRuneInString(word[end:])
		next := end + size
		if end > 0 && TextWidth(word[:next], f) > width {
			break
		}
		end = next
	}
	return word[:end]
}
