package source

import (
	"bytes"
	"strings"
)

// delimiters in the order in which they win where nothing else decides.
var delimiters = [...]byte{',', ';', '\t', '|'}

func delimiterName(d byte) string {
	if d == '\t' {
		return "tab"
	}
	return string(rune(d))
}

// delimiterOf reads an Options.Delimiter.
func delimiterOf(s string) (byte, bool) {
	if strings.EqualFold(s, "tab") || s == `\t` {
		return '\t', true
	}
	if len(s) != 1 || s[0] >= 0x7f || s[0] < ' ' && s[0] != '\t' || s[0] == '"' {
		return 0, false
	}
	return s[0], true
}

// sepLine reads the line by which Excel is told the delimiter: sep=; or, from
// tools that quote everything, "sep=;".
func sepLine(start []byte) (byte, bool) {
	line, _, _ := bytes.Cut(start, []byte{'\n'})
	line = bytes.Trim(bytes.TrimRight(line, "\r"), `"`)
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return delimiterOf(string(line[4:]))
	}
	return 0, false
}

// bestDelimiter cuts the first records with each delimiter. The one whose
// header knows clearly more names wins; else one that makes more than one cell;
// else the one for which most records agree on a number of cells above one,
// counted against those that can't be read; else the one that makes more cells.
func bestDelimiter(start []byte, last bool, score func(string) float64) (byte, []sampled) {
	type trial struct {
		delim   byte
		records []sampled
		known   float64
		agree   int
		width   int
	}
	var best trial
	for i, d := range delimiters {
		t := trial{delim: d, records: sample(start, last, d, 0)}
		t.width, t.agree = agreed(t.records)
		if at := headerAt(t.records, last, score); at >= 0 && score != nil {
			t.known = known(t.records[at].cells, score)
		}
		better := t.known >= best.known+1
		if diff := t.known - best.known; diff < 1 && diff > -1 {
			better = t.width > 1 && best.width <= 1
			if (t.width > 1) == (best.width > 1) {
				better = t.agree > best.agree || t.agree == best.agree && t.width > best.width
			}
		}
		if i == 0 || better {
			best = t
		}
	}
	return best.delim, best.records
}

// agreed is the number of cells above one that most records have, the larger of
// two as frequent, and how many have it, less those that can't be read.
func agreed(records []sampled) (width, agree int) {
	counts := map[int]int{}
	bad := 0
	for _, r := range records {
		switch {
		case r.bad:
			bad++
		case !r.aside && len(r.cells) > 1:
			counts[len(r.cells)]++
		}
	}
	for w, n := range counts {
		if n > agree || n == agree && w > width {
			width, agree = w, n
		}
	}
	return width, agree - bad
}
