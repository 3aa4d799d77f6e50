package source

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func TestNumbersAsExcelShowsThem(t *testing.T) {
	for _, c := range []struct{ fact, format, written, want string }{
		{"a whole number", "General", "42", "42"},
		{"a negative one", "General", "-7", "-7"},
		{"zero", "General", "0", "0"},
		{"minus zero", "General", "-0", "0"},
		{"noise of binary fractions", "General", "9.8000000000000007", "9.8"},
		{"noise below", "General", "0.29999999999999999", "0.3"},
		{"fifteen digits stay", "General", "123456789.012345", "123456789.012345"},
		{"the sixteenth is rounded", "General", "0.1234567890123456", "0.123456789012346"},
		{"zeros behind the point", "General", "1.50", "1.5"},
		{"a point without a fraction", "General", "5.", "5"},
		{"an identifier of many digits", "General", "123456789012345678901234567890", "123456789012345678901234567890"},
		{"zeros in front", "General", "007", "7"},
		{"an exponent", "General", "1.2E+3", "1200"},
		{"a small exponent", "General", "4.5e-3", "0.0045"},
		{"the smallest without exponent", "General", "1E-9", "0.000000001"},
		{"smaller", "General", "1.5E-10", "1.5E-10"},
		{"the largest without exponent", "General", "1E20", "100000000000000000000"},
		{"larger", "General", "1.25E+21", "1.25E+21"},
		{"a sign", "General", "+5", "5"},
		{"money", `"$"#,##0.00`, "3350", "3350"},
		{"money of an accountant", `_($* #,##0.00_);_($* \(#,##0.00\)`, "-12.5", "-12.5"},
		{"a share", "0%", "0.85", "85%"},
		{"a share with a fraction", "0.00%", "0.85119999999999996", "85.12%"},
		{"a share of Excel's own", "#9", "1", "100%"},
		{"leading zeros of a number", "00000", "123", "00123"},
		{"as many digits as zeros", "000", "123", "123"},
		{"a fraction where zeros are", "000", "1.5", "1.5"},
		{"a negative number where zeros are", "000", "-5", "-5"},
		{"one zero is a number", "0", "5", "5"},
		{"text", "@", "12", "12"},
		{"a unit in the format", `0.0" days"`, "3.5", "3.5"},
		{"scientific", "0.00E+00", "12345", "12345"},
		{"a colour and a condition", "[Red][>=100]0;0.0", "99.5", "99.5"},
		{"fractions", "# ?/?", "0.5", "0.5"},
	} {
		f := parseFormat(c.format)
		if n, own := strings.CutPrefix(c.format, "#"); own && len(n) < 3 && n[0] != ' ' {
			id, err := strconv.Atoi(n)
			if err != nil {
				t.Fatal(err)
			}
			f = builtInFormat(id)
		}
		if got, ok := f.number(c.written, from1900); !ok || got != c.want {
			t.Errorf("%s: %q in %q is %q (%v), want %q", c.fact, c.written, c.format, got, ok, c.want)
		}
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for _, v := range []string{"", "x", "1,5", "1.2.3", "1e", "e5", "0x10", "1_000", "NaN", "Inf", "--1", "1-2", ".", "1E400", "1 2"} {
		if got, ok := parseFormat("General").number(v, from1900); ok {
			t.Errorf("%q is %q", v, got)
		}
	}
}

func TestDecimalsReadBackAsTheNumber(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		x := (dice.Float64() - 0.5) * []float64{1, 1e3, 1e9, 1e-6, 1e25, 1e-20}[dice.IntN(6)]
		back, err := strconv.ParseFloat(decimal(x), 64)
		want, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 14, 64), 64)
		if err != nil || back != want {
			t.Fatalf("%v is %q, which is %v", x, decimal(x), back)
		}
	}
}

func TestDatesByFormatAndSystem(t *testing.T) {
	for _, c := range []struct {
		fact, format, written string
		from                  dateSystem
		want                  string
	}{
		{"a day", "yyyy-mm-dd", "46173", from1900, "2026-05-31"},
		{"a day of Excel's own", "#14", "46173", from1900, "2026-05-31"},
		{"a day and a time", "yyyy-mm-dd hh:mm", "46173.586805555555", from1900, "2026-05-31T14:05:00"},
		{"a day and a time of Excel's own", "#22", "46173.586805555555", from1900, "2026-05-31T14:05:00"},
		{"midnight where a time is shown", "m/d/yy h:mm", "46173", from1900, "2026-05-31T00:00:00"},
		{"a time where the day alone is shown", "d.m.yyyy", "46173.5", from1900, "2026-05-31T12:00:00"},
		{"noise just under midnight", "yyyy-mm-dd", "46172.999999999993", from1900, "2026-05-31"},
		{"a second before midnight", "yyyy-mm-dd", "46172.999988425923", from1900, "2026-05-30T23:59:59"},
		{"parts of a second that are shown", "hh:mm:ss.000", "0.5000014467592593", from1900, "12:00:00.125"},
		{"parts of a second that are not", "yyyy-mm-dd hh:mm:ss", "46173.5000014467592593", from1900, "2026-05-31T12:00:00"},
		{"a language and a calendar", "[$-407]d. mmmm yyyy;@", "46173", from1900, "2026-05-31"},
		{"letters in quotes", `dd"/"mm"/"yyyy`, "46173", from1900, "2026-05-31"},
		{"months in numbers", "mm/dd/yy", "46173", from1900, "2026-05-31"},
		{"a month alone", "mmmm", "46173", from1900, "2026-05-31"},
		{"an era", "ggge", "46173", from1900, "2026-05-31"},
		{"day 1", "yyyy-mm-dd", "1", from1900, "1900-01-01"},
		{"day 59", "yyyy-mm-dd", "59", from1900, "1900-02-28"},
		{"the day that never was", "yyyy-mm-dd", "60", from1900, "1900-02-29"},
		{"day 61", "yyyy-mm-dd", "61", from1900, "1900-03-01"},
		{"day 0 is no day", "yyyy-mm-dd", "0", from1900, "1900-01-00"},
		{"the last day", "yyyy-mm-dd", "2958465", from1900, "9999-12-31"},
		{"after the last", "yyyy-mm-dd", "2958466", from1900, "2958466"},
		{"before the first", "yyyy-mm-dd", "-1", from1900, "-1"},
		{"1904", "yyyy-mm-dd", "44711", from1904, "2026-05-31"},
		{"day 0 of 1904", "yyyy-mm-dd", "0", from1904, "1904-01-01"},
		{"the last day of 1904", "yyyy-mm-dd", "2957003", from1904, "9999-12-31"},
		{"after the last of 1904", "yyyy-mm-dd", "2957004", from1904, "2957004"},
		{"a time of day", "h:mm", "0.58680555555555558", from1900, "14:05:00"},
		{"a time of day of Excel's own", "#18", "0.25", from1900, "06:00:00"},
		{"half a day with AM", "h:mm AM/PM", "0.75", from1900, "18:00:00"},
		{"midnight", "h:mm", "0", from1900, "00:00:00"},
		{"a length of time in a time's format", "h:mm:ss", "1.0625", from1900, "25:30:00"},
		{"a day in a time's format", "h:mm", "46173.25", from1900, "2026-05-31T06:00:00"},
		{"hours that add up", "[h]:mm", "1.5", from1900, "36:00:00"},
		{"hours of Excel's own", "#46", "0.020833333333333332", from1900, "00:30:00"},
		{"minutes that add up", "[mm]:ss", "0.065972222222222224", from1900, "01:35:00"},
		{"seconds that add up", "[s]", "0.00109375", from1900, "00:01:35"},
		{"minutes and seconds", "mm:ss", "0.00109375", from1900, "00:01:35"},
		{"less than nothing", "[h]:mm", "-0.0625", from1900, "-01:30:00"},
		{"years of hours", "[h]:mm", "41.66666666666667", from1900, "1000:00:00"},
	} {
		f := parseFormat(c.format)
		if n, own := strings.CutPrefix(c.format, "#"); own {
			id, err := strconv.Atoi(n)
			if err != nil {
				t.Fatal(err)
			}
			f = builtInFormat(id)
		}
		if got, ok := f.number(c.written, c.from); !ok || got != c.want {
			t.Errorf("%s: %s in %q is %q (%v), want %q", c.fact, c.written, c.format, got, ok, c.want)
		}
	}
}

func TestEscapesOfCells(t *testing.T) {
	for _, c := range []struct{ fact, written, want string }{
		{"none", "a_b", "a_b"},
		{"a letter", "_x0041_", "A"},
		{"lower case digits", "_x00e9_t_x00E9_", "été"},
		{"an underscore before what looks like one", "_x005F_x0041_", "_x0041_"},
		{"a pair", "_xD83D__xDE00_", "😀"},
		{"half a pair", "_xD83D_x", "\ufffdx"},
		{"a line end of Windows", "a_x000D_\nb", "a\nb"},
		{"a carriage return alone", "a_x000D_b", "a\rb"},
		{"a control character", "_x0001_", "\x01"},
		{"too short", "_x041_", "_x041_"},
		{"no number", "_x00G1_", "_x00G1_"},
		{"cut off", "_x0041", "_x0041"},
		{"one behind another that is none", "_x_x0041_", "_xA"},
		{"nothing but the start", "_x", "_x"},
	} {
		if got := unescaped(c.written); got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.fact, c.written, got, c.want)
		}
	}
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		ref      string
		col, row int
		ok       bool
	}{
		{"A1", 1, 1, true}, {"Z9", 26, 9, true}, {"AA10", 27, 10, true}, {"XFD1048576", 16384, 1048576, true},
		{"XFE1", 0, 0, false}, {"A1048577", 0, 0, false}, {"A0", 0, 0, false}, {"A01", 0, 0, false}, {"1", 0, 0, false}, {"A", 0, 0, false},
		{"a1", 0, 0, false}, {"$A$1", 0, 0, false}, {"A1B", 0, 0, false}, {"AAAA1", 0, 0, false}, {"", 0, 0, false}, {"A99999999999999999999", 0, 0, false},
	} {
		col, row, ok := parseRef([]byte(c.ref))
		if ok != c.ok || ok && (col != c.col || row != c.row) {
			t.Errorf("%s: column %d, row %d, %v", c.ref, col, row, ok)
		}
		if ok && cellName(col-1, row) != c.ref {
			t.Errorf("%s is written %s", c.ref, cellName(col-1, row))
		}
	}
}
