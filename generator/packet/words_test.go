package packet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"proofpack/generator/report"
)

// unprinted are the fields of the model that are addresses, or are said only to
// those who listen.
var unprinted = map[string]bool{
	"ID": true, "Path": true, "Href": true, "Nav": true, "Explore": true, "Crumbs": true,
	"Caption": true, "Says": true, "Name": true, "Drawing": true, "Markdown": true,
}

// A stamper puts a word of its own into every text of a model, so that a text
// that is lost is known by its word.
type stamper struct {
	where map[string]string // by word
	n     int
}

func (s *stamper) word(path string) string {
	s.n++
	w := fmt.Sprintf("Q%dQ", s.n)
	s.where[w] = path
	return w
}

// stamp returns a copy of a value with a word in each of its texts.
func (s *stamper) stamp(v reflect.Value, path string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c := reflect.New(v.Type().Elem())
			c.Elem().Set(s.stamp(v.Elem(), path))
			return c
		}
	case reflect.Interface:
		if !v.IsNil() {
			out.Set(s.stamp(v.Elem(), path))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			out.Index(i).Set(s.stamp(v.Index(i), fmt.Sprintf("%s[%d]", path, i)))
		}
	case reflect.Struct:
		s.stampStruct(v, out, path)
	case reflect.String:
		if v.String() != "" {
			out.SetString(v.String() + " " + s.word(path))
		}
	}
	return out
}

func (s *stamper) stampStruct(v, out reflect.Value, path string) {
	if head, ok := v.Interface().(report.MatrixHead); ok { // one of the two is printed
		w := s.word(path)
		out.Set(reflect.ValueOf(report.MatrixHead{Long: head.Long + " " + w, Short: head.Short + " " + w}))
		return
	}
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		switch {
		case unprinted[name] || !v.Type().Field(i).IsExported() || v.Type().PkgPath() == "time":
		case name == "Figure" && v.Field(i).Kind() == reflect.String && v.Field(i).String() != "":
			out.Field(i).SetString("F-" + s.word(path))
		default:
			out.Field(i).Set(s.stamp(v.Field(i), path+"."+name))
		}
	}
}

func TestEveryTextOfTheModelIsPrinted(t *testing.T) {
	for _, paper := range []string{"letter", "a4"} {
		t.Run(paper, func(t *testing.T) {
			s := &stamper{where: map[string]string{}}
			r := everything()
			r.Paper = paper
			r.Packet = s.stamp(reflect.ValueOf(r.Packet), "Packet").Interface().([]*report.Page)
			r.Company += " " + s.word("Company")
			r.MonthName += " " + s.word("MonthName")
			r.BuildID += " " + s.word("BuildID")
			r.Signer.Name += " " + s.word("Signer.Name")
			r.Signer.Fingerprint += " " + s.word("Signer.Fingerprint")
			// A word may be broken at the end of a line; what is between the halves
			// is white space only, since cells are written one after the other.
			all := strings.Join(strings.Fields(strings.Join(textOf(t, rendered(t, r)), " ")), "")
			lost := 0
			for n := range s.n {
				if w := fmt.Sprintf("Q%dQ", n+1); !strings.Contains(all, w) {
					lost++
					t.Errorf("%s is not in the packet: %s", w, s.where[w])
				}
			}
			if s.n < 1000 {
				t.Errorf("the model has only %d texts", s.n)
			}
			t.Logf("%d texts, %d lost", s.n, lost)
		})
	}
}

func TestARowTallerThanAPageIsSplit(t *testing.T) {
	const most = 9600
	var long strings.Builder
	for n := range most {
		fmt.Fprintf(&long, "w%04dx ", n)
	}
	table := report.Table{Columns: []report.Column{{Title: "Name"}, {Title: "HeadOfWhy"}, {Title: "Count", Num: true}}, Rows: []report.TableRow{
		{Cells: []report.Text{words("before"), words("short"), words("1")}},
		{Cells: []report.Text{words("tall"), words(long.String()), words("2")}},
		{Cells: []report.Text{words("after"), words("short"), words("3")}},
	}}
	pages := textOf(t, rendered(t, only(plainPage(table))))
	all := strings.Fields(strings.Join(pages, " "))
	seen := map[string]int{}
	for _, w := range all {
		seen[w]++
	}
	for n := range most {
		if w := fmt.Sprintf("w%04dx", n); seen[w] != 1 {
			t.Fatalf("%s stands %d times", w, seen[w])
		}
	}
	if seen["before"] != 1 || seen["tall"] != 1 || seen["after"] != 1 {
		t.Errorf("rows before and after: %d, %d, %d", seen["before"], seen["tall"], seen["after"])
	}
	if len(pages) < 8 {
		t.Errorf("9,600 words on %d pages", len(pages))
	}
	if seen["HeadOfWhy"] != len(pages) {
		t.Errorf("the head stands %d times on %d pages", seen["HeadOfWhy"], len(pages))
	}
}

func TestAWordTooLongForItsLineIsBroken(t *testing.T) {
	word := strings.Repeat("abcdefghij", 60)
	address := "https://tickets.example.org/browse/" + strings.Repeat("CHG-10442-", 30)
	table := report.Table{Columns: []report.Column{{Title: "A"}, {Title: "B", Share: .1}}, Rows: []report.TableRow{{Cells: []report.Text{words("x"), words(word)}}}}
	p := rendered(t, only(plainPage(report.Paragraph{Text: words(word)}, report.Paragraph{Text: words(address)}, table)))
	all := strings.Join(strings.Fields(strings.Join(textOf(t, p), " ")), "")
	if n := strings.Count(all, word); n != 2 {
		t.Errorf("the long word stands %d times, not twice", n)
	}
	if !strings.Contains(all, address) {
		t.Error("the address is not whole")
	}
	within(t, p)
}

func TestLineFeedsBreakLines(t *testing.T) {
	p := rendered(t, only(plainPage(report.Paragraph{Text: words("first\nsecond\r\nthird\rfourth")})))
	if all := strings.Join(textOf(t, p), ""); !strings.Contains(all, "first\nsecond\nthird\nfourth\n") {
		t.Errorf("got %q", all)
	}
}
