package workbook

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"proofpack/generator/intake"
	"proofpack/generator/source"
)

// filled is what a person may write into a column.
func filled(c *intake.Column) any {
	switch c.Kind {
	case intake.KindDate:
		return time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)
	case intake.KindNumber, intake.KindHours, intake.KindMinutes, intake.KindMoney, intake.KindPercent, intake.KindSize:
		return 4
	case intake.KindCadence:
		return "monthly"
	default:
	}
	if len(c.Words) > 0 {
		return c.Words[0]
	}
	return "X-" + strings.ToUpper(c.Name[:1]) + "1"
}

// TestAFilledTemplateIsRecognised fills each template with one row and reads
// it back: what it is needs no mapping, and no row is lost.
func TestAFilledTemplateIsRecognised(t *testing.T) {
	templates := 0
	for _, d := range intake.DataSets() {
		if !d.Template {
			continue
		}
		templates++
		t.Run(d.Name, func(t *testing.T) {
			data, err := Template(&d)
			if err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			sheet := f.GetSheetList()[0]
			for i := range d.Columns {
				c := &d.Columns[i]
				name := cell(i, 2)
				if style, err := f.GetColStyle(sheet, columnName(i)); err != nil {
					t.Fatal(err)
				} else if err := f.SetCellStyle(sheet, name, name, style); err != nil {
					t.Fatal(err)
				}
				if day, is := filled(c).(time.Time); is { // as a person types it: a number under the form of the column
					err = f.SetCellValue(sheet, name, day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24)
				} else {
					err = f.SetCellValue(sheet, name, filled(c))
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			var b bytes.Buffer
			if _, err := f.WriteTo(&b); err != nil {
				t.Fatal(err)
			}
			for _, file := range []string{strings.ReplaceAll(d.Name, " ", "-") + ".xlsx", "mine.xlsx"} {
				tables, err := source.ReadAll(file, bytes.NewReader(b.Bytes()), source.Options{Score: intake.Score})
				if err != nil {
					t.Fatal(err)
				}
				if len(tables) != 1 || tables[0].Sheet != sheet {
					t.Fatalf("%s: %d tables, the first of the sheet %s", file, len(tables), tables[0].Sheet)
				}
				_, readings, problems := intake.Load(intake.Options{Files: []intake.File{{Table: tables[0]}}, AsOf: time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC), MaxRejected: 5})
				r := readings[0]
				if len(problems) > 0 || r.DataSet != d.Name || r.Input.Used != 1 {
					t.Errorf("%s: read as %q (%s), input %+v, problems %v", file, r.DataSet, r.Reason, r.Input, problems)
					continue
				}
				if len(r.Input.Unmapped) > 0 || len(r.Input.AlsoSeen) > 0 || len(r.Input.Columns) != len(d.Columns) {
					t.Errorf("%s: unmapped %v, also seen %v, %d of %d columns", file, r.Input.Unmapped, r.Input.AlsoSeen, len(r.Input.Columns), len(d.Columns))
				}
			}
		})
	}
	if templates < 10 {
		t.Errorf("%d templates", templates)
	}
}

// TestATemplateHelps holds that closed lists are offered, and that each head
// says what it means.
func TestATemplateHelps(t *testing.T) {
	for _, d := range intake.DataSets() {
		if !d.Template {
			continue
		}
		data, err := Template(&d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Template(&d)
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%s: two templates differ (%v)", d.Name, err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		sheet := f.GetSheetList()[0]
		offered := map[string]string{}
		lists, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range lists {
			offered[strings.TrimRight(strings.SplitN(v.Sqref, ":", 2)[0], "2")] = strings.Trim(v.Formula1, `"`)
		}
		comments, err := f.GetComments(sheet)
		if err != nil || len(comments) != len(d.Columns) {
			t.Errorf("%s: %d comments over %d columns (%v)", d.Name, len(comments), len(d.Columns), err)
		}
		for i := range d.Columns {
			c := &d.Columns[i]
			words := strings.Join(c.Words, ",")
			if strings.ContainsAny(strings.Join(c.Words, ""), ":,") {
				words = ""
			}
			if got := offered[columnName(i)]; got != words {
				t.Errorf("%s, %s: offers %q, want %q", d.Name, c.Name, got, words)
			}
		}
	}
}

func TestColumnNames(t *testing.T) {
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := columnName(col); got != want {
			t.Errorf("column %d is %s, want %s", col, got, want)
		}
	}
}
