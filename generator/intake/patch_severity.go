package intake

import (
	"math"
	"strconv"
	"strings"

	"proofpack/generator/evidence"
)

// levelWords are the words and letters of scanners for how bad a finding is.
// What stands for no weakness at all is a remark.
var levelWords = map[string]string{
	"critical": evidence.SeverityCritical, "crit": evidence.SeverityCritical, "c": evidence.SeverityCritical, "urgent": evidence.SeverityCritical, "emergency": evidence.SeverityCritical, "very high": evidence.SeverityCritical,
	"high": evidence.SeverityHigh, "h": evidence.SeverityHigh, "important": evidence.SeverityHigh, "serious": evidence.SeverityHigh, "severe": evidence.SeverityHigh, "major": evidence.SeverityHigh,
	"medium": evidence.SeverityMedium, "med": evidence.SeverityMedium, "m": evidence.SeverityMedium, "moderate": evidence.SeverityMedium,
	"low": evidence.SeverityLow, "l": evidence.SeverityLow, "minor": evidence.SeverityLow, "minimal": evidence.SeverityLow, "negligible": evidence.SeverityLow,
	"info": evidence.SeverityInfo, "i": evidence.SeverityInfo, "informational": evidence.SeverityInfo, "information": evidence.SeverityInfo, "none": evidence.SeverityInfo, "log": evidence.SeverityInfo,
	"unspecified": "", "unknown": "", "untriaged": "", "not rated": "", "unrated": "",
}

// A levelScale says what the numbers of a column of severities mean.
type levelScale struct {
	names [6]string // by number; "" is no severity
	score bool      // the numbers are CVSS scores
	doubt bool      // nothing decides between two scales: the worse reading is taken
}

// The scales that scanners count on: Nessus from 0, Qualys from 1. What Qualys
// calls minimal is still a weakness.
var (
	fromZero = [6]string{evidence.SeverityInfo, evidence.SeverityLow, evidence.SeverityMedium, evidence.SeverityHigh, evidence.SeverityCritical}
	fromOne  = [6]string{"", evidence.SeverityLow, evidence.SeverityLow, evidence.SeverityMedium, evidence.SeverityHigh, evidence.SeverityCritical}
)

// levelsOf decides what the numbers of a column mean, from all of them: a 0
// stands on the scale from 0, a 5 on the one from 1, and what is neither whole
// nor up to 5 is a score. Where none of them decides, the headings do: a QID is
// Qualys', a plugin is Nessus'.
func levelsOf(cells []string, headings []heading) levelScale {
	var zero, five, whole, score bool
	for _, c := range cells {
		v, err := strconv.ParseFloat(strings.TrimSpace(c), 64)
		switch {
		case err != nil:
		case v != math.Trunc(v) || v > 5:
			score = true
		default:
			whole = true
			zero, five = zero || v == 0, five || v == 5
		}
	}
	switch {
	case score || zero && five:
		return levelScale{score: true}
	case five:
		return levelScale{names: fromOne}
	case zero || !whole:
		return levelScale{names: fromZero}
	}
	for _, h := range headings {
		switch {
		case h.key == "qid":
			return levelScale{names: fromOne}
		case strings.HasPrefix(h.key, "plugin"):
			return levelScale{names: fromZero}
		}
	}
	return levelScale{names: fromZero, doubt: true}
}

// level is the severity of a finding: by its word or number, else by its
// score. A word that nobody knows stays as written.
func (r *row) level(column string, cvss evidence.Number) string {
	v, col := r.cell(column)
	if isBlank(v) {
		return byScore(cvss)
	}
	if word, known := levelWords[foldWords(v)]; known {
		return word
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	scale := r.levels[col]
	switch {
	case err != nil:
		r.say(issue{code: "bad-word", column: column, col: col, text: "%[1]q is no severity that is known; it stays as written"}, v)
		return strings.TrimSpace(v)
	case scale.score && n >= 0 && n <= 10:
		return byScore(evidence.Known(n))
	case n < 0 || n > 5 || scale.names[int(n)] == "":
		r.bad(column, col, v, "bad-word", "is on no scale of severities")
		return byScore(cvss)
	}
	if scale.doubt {
		r.say(issue{code: "scale", column: column, col: col, text: "severity %[1]q can be counted from 0 or from 1: it is read as counted from 0, which is the worse", note: true}, v)
	}
	return scale.names[int(n)]
}

// byScore is the severity of a CVSS score by the bands of its specification;
// "" without a score.
func byScore(cvss evidence.Number) string {
	switch {
	case !cvss.Known:
		return ""
	case cvss.Value >= 9:
		return evidence.SeverityCritical
	case cvss.Value >= 7:
		return evidence.SeverityHigh
	case cvss.Value >= 4:
		return evidence.SeverityMedium
	case cvss.Value > 0:
		return evidence.SeverityLow
	}
	return evidence.SeverityInfo
}

// cvss is the base score of a finding, the newer version first. A cell may hold
// the vector behind the score, and the noise of binary fractions.
func (r *row) cvss() evidence.Number {
	for _, column := range []string{"cvss_v3", "cvss"} {
		v, col := r.cell(column)
		score, _, _ := strings.Cut(strings.TrimSpace(v), " ")
		if isBlank(score) || strings.EqualFold(score, "none") {
			continue
		}
		n, ok := r.styles[col].number(score)
		if ok && n >= 0 && n <= 10 {
			return evidence.Known(math.Round(n*10) / 10)
		}
		if meant := excelScore(strings.TrimSpace(v)); meant != "" {
			r.say(issue{code: "excel-date", column: column, col: col, text: "%[1]q is no score from 0 to 10: a spreadsheet took the score for a date, likely " + meant + "; it counts as missing"}, v)
			continue
		}
		r.bad(column, col, v, "bad-number", "is no score from 0 to 10")
	}
	return evidence.Number{}
}

// excelScore is what a score was before a spreadsheet made a date of it, where
// a day of 1 to 10 and a month of 1 to 9 can be told: 45354 is 3 March 2024 and
// was 3.3; "" when the cell is no such date. Both readings are offered where
// day and month can be either.
func excelScore(cell string) string {
	day, month := 0, 0
	if n, err := strconv.Atoi(cell); err == nil && n > 30000 && n < 80000 { // 1982 to 2119
		t := excelEpoch.AddDate(0, 0, n)
		day, month = t.Day(), int(t.Month())
	} else if s, ok := parseStamp(cell); ok && !s.open() {
		day, month = s.day, s.month
	} else if m := dayMonth.FindStringSubmatch(strings.ToLower(cell)); m != nil {
		day, _ = strconv.Atoi(m[1] + m[4]) // digits, by the pattern
		month = months[m[2]+m[3]]
	}
	if month == 0 || day == 0 || day > 10 && month > 10 {
		return ""
	}
	var offers []string
	for _, o := range [][2]int{{day, month}, {month, day}} {
		if text := strconv.Itoa(o[0]) + "." + strconv.Itoa(o[1]); o[1] < 10 && o[0] < 10 && (len(offers) == 0 || offers[0] != text) {
			offers = append(offers, text)
		}
	}
	return strings.Join(offers, " or ")
}
