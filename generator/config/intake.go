package config

import (
	"fmt"
	"time"

	"proofpack/generator/diag"
)

// An Intake is the intake record auditors ask for: where an export came from
// and how many rows it must have. It stands beside the export as
// <file>.intake.yml, or under intake: of its source.
type Intake struct {
	File         string         // where the record stands
	System       string         // the tool it came from: "Veeam"
	Report       string         // the report or query
	ExtractedBy  string         // a person
	Filters      string         // as set in the tool
	RowsExpected *int           // records after the header; nil: nobody declared a count
	TimeZone     *time.Location // of dates in the export without one; nil: the configured zone
	Line         int            // line where it begins
	extractedAt  string
}

// ParseIntake reads the intake record that stands beside an export. It answers
// every problem at once, in the order of lines.
func ParseIntake(name string, data []byte) (*Intake, []*diag.Problem) {
	r := &reader{file: name}
	in := &Intake{File: name, Line: 1}
	if text, ok := r.plain(data); ok {
		if root := r.tree(text); root != nil {
			r.fields(root, theRecord, intakeFields(in))
		}
	}
	return in, r.sorted()
}

const theRecord = `the intake record`

// Declared tells whether anything at all is declared.
func (in *Intake) Declared() bool {
	return in.System != "" || in.Report != "" || in.ExtractedBy != "" || in.Filters != "" ||
		in.RowsExpected != nil || in.TimeZone != nil || in.extractedAt != ""
}

// ExtractedAt is when the export was made; the zero time when nobody says. A
// time without a zone stands in the record's own, else in zone; a day without a
// time means its last instant.
func (in *Intake) ExtractedAt(zone *time.Location) time.Time {
	if in.TimeZone != nil {
		zone = in.TimeZone
	}
	t, _ := instant(in.extractedAt, zone)
	return t
}

// instantForms are the forms of a date and time in our own files.
var instantForms = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02 15:04:05", "2006-01-02 15:04",
}

func instant(text string, zone *time.Location) (time.Time, bool) {
	for _, form := range instantForms {
		if t, err := time.ParseInLocation(form, text, zone); err == nil {
			return t, true
		}
	}
	if day, err := time.ParseInLocation("2006-01-02", text, zone); err == nil {
		return day.AddDate(0, 0, 1).Add(-time.Nanosecond), true
	}
	return time.Time{}, false
}

// intakeField is the record under intake: of a source.
func intakeField(to *Intake) field {
	return field{"intake", "where the export came from and how many rows it must have", objectOf(intakeFields(&Intake{})), func(r *reader, e entry) {
		to.Line = e.line
		r.fields(e.value, `"intake"`, intakeFields(to))
	}}
}

// intakeFields are the keys of an intake record.
func intakeFields(in *Intake) []field {
	return []field{
		textField("system", "the tool the export came from", &in.System),
		textField("report", "the report or query", &in.Report),
		textField("extracted-by", "who made the export", &in.ExtractedBy),
		instantField("extracted-at", "when, such as 2026-11-02T08:10", &in.extractedAt),
		textField("filters", "filters that were set in the tool", &in.Filters),
		countField("rows-expected", "how many records the tool says there are, without the header; fewer read means the export is short", &in.RowsExpected),
		zoneField("time-zone", "IANA time zone of dates in the export that name none", &in.TimeZone),
	}
}

func instantField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string"}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok {
			return
		}
		if _, good := instant(w, time.UTC); !good {
			r.say(e.value.line, "bad-time", fmt.Sprintf("%q is not a date and time", w), "write it as 2026-11-02T08:10")
			return
		}
		*to = w
	}}
}
