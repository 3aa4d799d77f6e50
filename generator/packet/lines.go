package packet

import "unicode/utf8"

// A placed run stands at a place on its line.
type placedRun struct {
	run
	x float64
}

// A line is a line of set words.
type line struct {
	runs   []placedRun
	width  float64
	trail  float64 // width of a figure's code that ends the line: hung beside a column of numbers
	height float64
	rise   float64 // from the top of the line to the baseline
}

// baseline is where the letters of a line stand, in sizes below the top of
// a line that is one size high.
const baseline = .79

// breakLines puts words on lines no wider than width. A word that is wider is
// broken inside; no character is lost. In a column of numbers the code of a
// figure hangs beside the column and takes no room on the line.
func (t *typeface) breakLines(words []word, width float64, s setting) []line {
	var lines []line
	var row []word
	used := 0.0
	flush := func() {
		lines = append(lines, newLine(row, s))
		row, used = nil, 0
	}
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w.fresh && i > 0 {
			flush()
		}
		if len(row) == 0 {
			w.space = 0
		}
		hang := 0.0
		if s.numbers && !w.fresh {
			hang = w.codes()
		}
		if w.bare() && hang > 0 && len(row) > 0 { // one more code beside the column
			row = append(row, w)
			continue
		}
		if len(row) > 0 && used+w.space+w.width-hang > width+.01 {
			flush()
			w.space = 0
		}
		for w.width-hang > width+.01 {
			head, rest := t.split(w, width)
			if len(rest.runs) == 0 {
				break
			}
			row = append(row, head)
			flush()
			w = rest
		}
		row = append(row, w)
		used += w.space + w.width
	}
	if len(row) > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// breakEvenly is breakLines for headlines: as many lines, of like lengths.
func (t *typeface) breakEvenly(words []word, width float64, s setting) []line {
	lines := t.breakLines(words, width, s)
	if len(lines) < 2 || len(lines) > 4 {
		return lines
	}
	low, high := min(width, max(width*.5, longestWord(words))), width
	for range 8 {
		mid := (low + high) / 2
		if n := len(t.breakLines(words, mid, s)); n > len(lines) {
			low = mid
		} else {
			high = mid
		}
	}
	return t.breakLines(words, high, s)
}

// breakWell is breakLines for running text: a single short word is not left on
// the last line when the lines before it can spare another.
func (t *typeface) breakWell(words []word, width float64, s setting) []line {
	lines := t.breakLines(words, width, s)
	n := len(lines)
	if n < 2 || lines[n-1].width > width*.16 {
		return lines
	}
	for narrow := width * .98; narrow > width*.82; narrow -= float64(width * .02) {
		other := t.breakLines(words, narrow, s)
		if len(other) > n {
			break
		}
		if other[n-1].width > width*.2 {
			return other
		}
	}
	return lines
}

// newLine places words side by side; runs that are alike become one, so that
// the blanks between words are in the file and can be searched and copied.
func newLine(words []word, s setting) line {
	l := line{height: s.lineHeight()}
	l.rise = (l.height-s.size)/2 + float64(s.size*baseline)
	for i, w := range words {
		if i > 0 && w.space > 0 {
			l.space(w.space)
		}
		for _, r := range w.runs {
			if n := len(l.runs) - 1; n >= 0 && l.runs[n].like(r) {
				l.runs[n].text += r.text
				l.runs[n].width += r.width
			} else {
				l.runs = append(l.runs, placedRun{r, l.width})
			}
			l.width += r.width
		}
	}
	for n := len(l.runs) - 1; n > 0 && l.runs[n].code; n-- {
		l.trail = l.width - l.runs[n].x
	}
	return l
}

// space puts a blank after the last run.
func (l *line) space(width float64) {
	if n := len(l.runs) - 1; n >= 0 && !l.runs[n].glyph {
		l.runs[n].text += " "
		l.runs[n].width += width
	}
	l.width += width
}

// split cuts a word so that its head fits, after a mark where one stands in the
// last part of what fits, else after any character; at least one.
func (t *typeface) split(w word, width float64) (head, rest word) {
	head, rest = word{space: w.space}, word{}
	for i, r := range w.runs {
		if head.width+r.width <= width {
			head.runs = append(head.runs, r)
			head.width += r.width
			continue
		}
		first, second := t.splitRun(r, width-head.width, len(head.runs) == 0)
		if first.text != "" || first.glyph {
			head.runs = append(head.runs, first)
			head.width += first.width
		}
		if second.text != "" || second.glyph {
			rest.runs = append(rest.runs, second)
		}
		rest.runs = append(rest.runs, w.runs[i+1:]...)
		break
	}
	for _, r := range rest.runs {
		rest.width += r.width
	}
	return head, rest
}

// splitRun cuts a run; must says that its head may not be empty.
func (t *typeface) splitRun(r run, width float64, must bool) (head, rest run) {
	if r.glyph {
		if must {
			return r, run{}
		}
		return run{}, r
	}
	used, end, good := 0.0, 0, 0
	for i, c := range r.text {
		step := t.width(string(c), r.face, r.size) + float64(r.track*r.size)
		if used+step > width && !(must && i == 0) {
			break
		}
		used += step
		end = i + utf8.RuneLen(c)
		switch c {
		case '/', '\\', '-', '_', '.', ',', ':', ';', '=', '&', '?', ' ':
			if used > width*.4 {
				good = end
			}
		}
	}
	if good > 0 && end < len(r.text) {
		end = good
	}
	head, rest = r, r
	head.text, rest.text = r.text[:end], r.text[end:]
	head.width = 0
	if end > 0 {
		head.width = t.width(head.text, r.face, r.size) + float64(r.track*r.size*float64(utf8.RuneCountInString(head.text)))
	}
	rest.width = max(0, r.width-head.width)
	return head, rest
}
