package config

import (
	"fmt"
	"strings"

	"proofpack/generator/diag"
)

// A Source says how to read one export where recognising it needs help.
// Several sources may feed one data set.
type Source struct {
	Name      string // a name of the user's
	DataSet   string // one of DataSets
	File      string // glob relative to the folder of proofpack.yml, "/" separators; {month} stands for YYYY-MM; the newest match counts
	Sheet     string // of a workbook; "" when recognised
	Required  bool   // absent, the build is refused; true unless the configuration says otherwise
	Date      DateOrder
	Columns   []Pair   // canonical column, heading in the export
	Constants []Pair   // canonical column, the value that every row has
	Values    []Values // words of the export and what they mean
	Keep      Keep
	Intake    Intake
	Line      int // line of the configuration where it begins
}

// Values says what the words of one column mean.
type Values struct {
	Column string // canonical column
	Words  []Pair // Name as the export writes it, Value as we do
	Line   int
}

// Keep narrows an export to the rows whose column is one of some values; the
// others are set aside and counted. The zero Keep keeps every row.
type Keep struct {
	Column string   // heading in the export
	Is     []string // values that are kept
	Line   int
}

// A DateOrder is the form of the dates of an export.
type DateOrder string

// The forms of dates; "" means that the export's own values must prove it.
const (
	DateISO             DateOrder = "iso"            // 2026-10-31
	DateMonthDayYear    DateOrder = "month/day/year" // 10/31/2026
	DateDayMonthYear    DateOrder = "day/month/year" // 31/10/2026
	DateDotDayMonthYear DateOrder = "day.month.year" // 31.10.2026
	DateDashDayMonth    DateOrder = "day-month-year" // 31-10-2026
	DateDashMonthDay    DateOrder = "month-day-year" // 10-31-2026
	DateYearMonthDay    DateOrder = "year/month/day" // 2026/10/31
)

var dateOrders = []string{
	string(DateISO), string(DateMonthDayYear), string(DateDayMonthYear), string(DateDotDayMonthYear),
	string(DateDashDayMonth), string(DateDashMonthDay), string(DateYearMonthDay),
}

// Heading is the heading that the configuration gives for a canonical column.
func (s *Source) Heading(column string) (string, bool) { return find(s.Columns, column) }

// Constant is the value that the configuration gives every row in a column.
func (s *Source) Constant(column string) (string, bool) { return find(s.Constants, column) }

// Meaning is what the configuration says a word of a column means; letter case
// does not count.
func (s *Source) Meaning(column, word string) (string, bool) {
	for _, v := range s.Values {
		if v.Column == column {
			return find(v.Words, word)
		}
	}
	return "", false
}

func find(pairs []Pair, name string) (string, bool) {
	for _, p := range pairs {
		if strings.EqualFold(p.Name, name) {
			return p.Value, true
		}
	}
	return "", false
}

// sourcesField is the sources block: keys are names of the user's.
func sourcesField(to *[]Source) field {
	shape := schema{"type": "object", "additionalProperties": objectOf(sourceFields(&Source{}))}
	return field{"sources", "how to read exports where recognising them needs help, each under a name of yours", shape, func(r *reader, e entry) {
		for _, k := range r.keys(e.value, `"sources"`) {
			s := Source{Name: k.key, Required: true, Line: k.line, Intake: Intake{File: r.file, Line: k.line}}
			r.fields(k.value, `a source under "sources"`, sourceFields(&s))
			r.sourceIsWhole(&s, k)
			*to = append(*to, s)
		}
	}}
}

// sourceIsWhole says what a source lacks, and settles its data set.
func (r *reader) sourceIsWhole(s *Source, k entry) {
	has := map[string]bool{}
	for _, e := range k.value.keys {
		has[e.key] = true
	}
	if !has["data-set"] {
		if set, ok := dataSet(s.Name); ok {
			s.DataSet = set
		} else {
			fix := "add data-set: with one of " + strings.Join(DataSets, ", ")
			if near := diag.Nearest(s.Name, DataSets); near != "" {
				fix = "add data-set: " + near
			}
			r.say(k.line, "no-data-set", fmt.Sprintf("source %q does not say what its rows are", s.Name), fix)
		}
	}
	if !has["file"] {
		r.say(k.line, "no-file", fmt.Sprintf("source %q does not say which file it is", s.Name), "add file: with a path from this folder, such as exports/{month}/jobs*.csv")
	}
	for _, p := range s.Constants {
		if _, both := s.Heading(p.Name); both {
			r.say(p.Line, "two-origins", fmt.Sprintf("%q has both a column and a constant", p.Name), "keep one of the two")
		}
	}
}

// sourceFields are the keys of a source.
func sourceFields(s *Source) []field {
	return []field{
		dataSetField("data-set", "what its rows are; not needed where the name of the source says it", &s.DataSet),
		globField("file", "path from the folder of this file, * matches anything, the newest match counts", &s.File),
		textField("sheet", "sheet of a workbook, when it has several", &s.Sheet),
		boolField("required", "refuse to build when the file is absent (true unless said)", &s.Required),
		choiceField("date", "the form of its dates, where no value proves it", &s.Date, dateOrders),
		pairsField("columns", "our column: heading in the export", &s.Columns),
		valuesField(&s.Values),
		keepField(&s.Keep),
		pairsField("constant", "our column: the value that every row has", &s.Constants),
		intakeField(&s.Intake),
	}
}

func valuesField(to *[]Values) field {
	words := schema{"type": "object", "additionalProperties": schema{"type": []string{"string", "number", "boolean"}}}
	shape := schema{"type": "object", "additionalProperties": words}
	return field{"values", "our column: {word of the export: our word}", shape, func(r *reader, e entry) {
		for _, column := range r.keys(e.value, `"values"`) {
			*to = append(*to, Values{column.key, r.pairs(column), column.line})
		}
	}}
}

func keepField(to *Keep) field {
	fields := []field{
		textField("column", "heading in the export", &to.Column),
		listField("is", "values of that column whose rows are kept", &to.Is),
	}
	return field{"keep", "keep only rows whose column is one of these values; the others are set aside and counted", objectOf(fields), func(r *reader, e entry) {
		said := len(r.problems)
		r.fields(e.value, `"keep"`, fields)
		to.Line = e.line
		if len(r.problems) == said && (to.Column == "" || len(to.Is) == 0) {
			r.say(e.line, "half-keep", `"keep" needs a column and the values to keep`, "write keep: {column: Job Type, is: [Restore]}")
		}
	}}
}
