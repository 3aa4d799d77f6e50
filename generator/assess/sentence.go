package assess

import (
	"strings"
	"time"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// say makes a statement: each {} of format becomes the next argument, a word
// (string) or a figure.
func say(format string, args ...any) evidence.Statement {
	var b strings.Builder
	var figures []evidence.Figure
	for _, arg := range args {
		head, tail, _ := strings.Cut(format, "{}")
		b.WriteString(head)
		switch a := arg.(type) {
		case string:
			b.WriteString(evidence.Word(a))
			if strings.HasSuffix(a, ".") && strings.HasPrefix(tail, ".") {
				tail = tail[1:] // "Abdiel R." ends the sentence by itself
			}
		case evidence.Figure:
			b.WriteString("{}")
			figures = append(figures, a)
		}
		format = tail
	}
	return evidence.Say(b.String()+format, figures...)
}

// join puts statements one after another, a space between.
func join(statements ...evidence.Statement) evidence.Statement {
	var words []string
	var figures []evidence.Figure
	for _, s := range statements {
		if s.Empty() {
			continue
		}
		var b strings.Builder
		for _, p := range s.Parts() {
			if p.Figure == nil {
				b.WriteString(p.Text)
				continue
			}
			b.WriteString("{}")
			figures = append(figures, *p.Figure)
		}
		words = append(words, b.String())
	}
	return evidence.Say(strings.Join(words, " "), figures...)
}

// upper begins a sentence with a capital.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// article is the word before a noun that begins a sentence.
func article(noun string) string {
	if noun != "" && strings.ContainsRune("aeiouAEIOU", rune(noun[0])) {
		return "An"
	}
	return "A"
}

// in the zone of the report, in which days begin and end.
func (in *Input) zoned(t time.Time) time.Time {
	if in.Zone == nil {
		return t.UTC()
	}
	return t.In(in.Zone)
}

// on is a date as a figure.
func (in *Input) on(t time.Time, formula string, at ...diag.Pos) evidence.Figure {
	return evidence.OnDay(in.zoned(t), formula, at...)
}

// by is a date as a figure, without its year where that is the year of as-of.
func (in *Input) by(t time.Time, formula string, at ...diag.Pos) evidence.Figure {
	return in.on(t, formula, at...).As(evidence.DayBy(in.zoned(t), in.zoned(in.AsOf)))
}

// daysSince counts whole calendar days from t to as-of.
func (in *Input) daysSince(t time.Time) int { return evidence.DaysBetween(t, in.zoned(in.AsOf)) }

// since is the days from t to as-of as a figure; of says which column t is.
func (in *Input) since(t time.Time, of string, at ...diag.Pos) evidence.Figure {
	return evidence.InDays(in.daysSince(t), "days from "+of+" to as-of", at...)
}

// older tells whether more than limit has passed from t to as-of. A day is a
// calendar day, so that a test on the last day allowed is not too old.
func (in *Input) older(t time.Time, limit time.Duration) bool {
	if limit%(24*time.Hour) == 0 {
		return in.daysSince(t) > int(limit/(24*time.Hour))
	}
	return in.AsOf.Sub(t) > limit
}

// at lists positions.
func at(pos ...diag.Pos) []diag.Pos { return pos }

// positions are the places of records, in their order.
func positions[T any](records []T, pos func(T) diag.Pos) []diag.Pos {
	out := make([]diag.Pos, 0, len(records))
	for _, r := range records {
		out = append(out, pos(r))
	}
	return out
}
