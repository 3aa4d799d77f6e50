package source

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"
)

// headerAt is the index of the header among the first records of a file, or -1.
//
// It is the first record of the modal width (the number of cells that most
// records have) that knows the most names of the product. Where names don't
// decide, because there is no score or the tool is unknown, it is the first of
// that width of which at least half the cells look like headings. A header may
// be of another width than its rows: then it must know twice the names of any
// record of the modal width, or look like a header throughout where none does.
func headerAt(records []sampled, whole bool, score func(string) float64) int {
	width := modalWidth(records)
	if at := headerByName(records, width, score); at >= 0 {
		return at
	}
	first, best, form := -1, -1, 0.0 // of the modal width: the first record, the first like a header
	for i, r := range records {
		if r.bad || r.aside || len(r.cells) != width {
			continue
		}
		if first < 0 {
			first = i
		}
		if f := headingForm(r.cells); best < 0 && f >= 0.5 {
			best, form = i, f
		}
	}
	if best < 0 {
		best = first
	}
	if best == first && form >= likeHeader {
		return best
	}
	if at := headerOfNothing(records); whole && at >= 0 {
		return at
	}
	if form >= likeHeader {
		return best
	}
	if near := max(2, width/4); width >= 4 {
		for i, r := range records[:first] {
			if !r.bad && !r.aside && len(r.cells) >= width-near && len(r.cells) <= width+near && headingForm(r.cells) >= likeHeader {
				return i
			}
		}
	}
	return best
}

// likeHeader is the share of cells like headings from which a record looks like
// a header throughout. Headers have empty and odd headings, rows have numbers,
// dates and addresses.
const likeHeader = 0.85

// modalWidth is the number of cells that most records have; the larger of two
// as frequent. Leading lines of one cell don't count where a table of more
// follows: a preamble may be longer than its table.
func modalWidth(records []sampled) int {
	for i, r := range records {
		if len(r.cells) > 1 {
			if w := modal(records[i:]); w > 1 {
				return w
			}
			break
		}
	}
	return modal(records)
}

func modal(records []sampled) int {
	counts := map[int]int{}
	for _, r := range records {
		if !r.bad && !r.aside {
			counts[len(r.cells)]++
		}
	}
	width, most := 0, 0
	for w, n := range counts {
		if n > most || n == most && w > width {
			width, most = w, n
		}
	}
	return width
}

// headerByName is the index of the record with the most known names, or -1 when
// too few are known to decide.
func headerByName(records []sampled, width int, score func(string) float64) int {
	if score == nil {
		return -1
	}
	modal, other := -1, -1
	var modalKnown, otherKnown float64
	for i, r := range records {
		if r.bad || r.aside {
			continue
		}
		k := known(r.cells, score)
		if len(r.cells) == width && k > modalKnown {
			modal, modalKnown = i, k
		}
		if len(r.cells) != width && k > otherKnown {
			other, otherKnown = i, k
		}
	}
	switch {
	case otherKnown >= 2 && otherKnown >= 2*modalKnown && otherKnown >= modalKnown+2:
		return other
	case modalKnown >= 2 || modalKnown >= 1 && width <= 2:
		return modal
	}
	return -1
}

// known is how many names the cells of a record know.
func known(cells []string, score func(string) float64) float64 {
	sum := 0.0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			sum += score(c)
		}
	}
	return sum
}

// headerOfNothing finds the header of a report without rows under several
// narrow lines of preamble: the last record, far wider than any above it. -1
// when the file is not of this kind.
func headerOfNothing(records []sampled) int {
	last, above := -1, 0
	for i, r := range records {
		if r.bad || r.aside {
			continue
		}
		if last >= 0 {
			above = max(above, len(records[last].cells))
		}
		last = i
	}
	if last < 0 || above == 0 {
		return -1
	}
	if w := len(records[last].cells); w < 6 || w < 2*above || headingForm(records[last].cells) < likeHeader {
		return -1
	}
	return last
}

// headingForm is the share of cells that look like headings and differ from
// one another.
func headingForm(cells []string) float64 {
	seen := map[string]bool{}
	n := 0
	for _, c := range cells {
		c = strings.ToLower(strings.TrimSpace(c))
		if !seen[c] && looksLikeHeading(c) {
			n++
		}
		seen[c] = true
	}
	return float64(n) / float64(len(cells))
}

// looksLikeHeading says that a lower-case text is no number, date, address or
// other value.
func looksLikeHeading(s string) bool {
	if s == "" || len(s) > 120 || strings.ContainsAny(s, "@\\") || strings.Contains(s, "://") {
		return false
	}
	switch s {
	case "true", "false", "yes", "no", "none", "null", "n/a", "na", "unknown":
		return false
	}
	if strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return false
	}
	if len(s) > 1 && s[0] >= '0' && s[0] <= '9' && !unicode.IsLetter(rune(s[1])) {
		return false
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return false
	}
	_, err := netip.ParseAddr(s)
	return err != nil
}
