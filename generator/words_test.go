package generator_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"proofpack/generator/report"
)

// unprinted are fields of the model that are addresses, or are for those who
// listen to a page.
var unprinted = map[string]bool{
	"ID": true, "Path": true, "Href": true, "Nav": true, "Explore": true, "Crumbs": true,
	"Caption": true, "Says": true, "Name": true, "Drawing": true, "Markdown": true,
}

// wordsOf calls each with every word that a value of the model has to print, and
// where it stands.
func wordsOf(v reflect.Value, at string, each func(word, at string)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			wordsOf(v.Elem(), at, each)
		}
	case reflect.Slice:
		for i := range v.Len() {
			wordsOf(v.Index(i), fmt.Sprintf("%s[%d]", at, i), each)
		}
	case reflect.String:
		for word := range strings.FieldsSeq(v.String()) {
			each(word, at)
		}
	case reflect.Struct:
		switch x := v.Interface().(type) {
		case report.MatrixHead: // one of the two is printed
			return
		case report.Span:
			if x.Kind == report.KindState && x.Text == "" {
				each(report.StateWord(x.State), at)
			}
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && !unprinted[f.Name] && v.Type().PkgPath() != "time" {
				wordsOf(v.Field(i), at+"."+f.Name, each)
			}
		}
	}
}

// wordsArePrinted fails a test when a word of the model is not in what pdftotext
// reads in the packet.
func wordsArePrinted(t *testing.T, b *built) {
	// A word may be broken at the end of a line: only white space is between its
	// halves, since cells are written one after the other.
	text := tool(t, "pdftotext", "-raw", filepath.Join(b.dir, "packet.pdf"), "-")
	text = strings.Join(strings.Fields(text), "")
	n, lost := 0, 0
	wordsOf(reflect.ValueOf(b.model.Packet), "packet", func(word, at string) {
		n++
		if !strings.Contains(text, word) {
			if lost++; lost <= 20 {
				t.Errorf("%q of %s is not in the packet", word, at)
			}
		}
	})
	if n < 500 {
		t.Errorf("the packet has only %d words", n)
	}
}

// TestTheHeadlineIsTheSameEverywhere: one sentence, on the first page of site
// and packet, in report.json and on the list of months.
func TestTheHeadlineIsTheSameEverywhere(t *testing.T) {
	b := build(t, client(t, "A-storage", nil))
	if len(b.doc.Headline) < 40 {
		t.Fatalf("the headline is %q", b.doc.Headline)
	}
	has(t, "the summary", b.page(t, "index.html"), b.doc.Headline)
	has(t, "the packet", b.bare(), b.doc.Headline)
	data, err := os.ReadFile(filepath.Join(b.dir, "..", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	has(t, "the list of months", closedUp(tags.ReplaceAllString(string(data), " ")), b.doc.Headline)
}
