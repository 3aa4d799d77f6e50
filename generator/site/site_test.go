package site_test

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/report"
	"proofpack/generator/report/reporttest"
	"proofpack/generator/site"
)

var beside = []string{"packet.pdf", "explore/ranking.html"}

// rendered is every file of a site by its path.
func rendered(t *testing.T, r *report.Report) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := site.Files(r, site.Options{Packet: "packet.pdf", Beside: beside}, func(path string, data []byte) error {
		files[path] = data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEveryPageOfTheReportIsWritten(t *testing.T) {
	r := reporttest.Sample()
	files := rendered(t, r)
	for _, p := range r.Pages {
		if files[p.Path] == nil {
			t.Errorf("%s is not written", p.Path)
		}
	}
	if files["assets/site.css"] == nil {
		t.Error("there is no style sheet")
	}
}

func TestSameReportSameBytes(t *testing.T) {
	if diff := cmp.Diff(rendered(t, reporttest.Sample()), rendered(t, reporttest.Sample())); diff != "" {
		t.Errorf("two sites of one report differ (-first +second):\n%s", diff)
	}
}

// TestPagesAreInert holds every page to what a file share allows: no script, no
// style attribute, no handler, no address outside the folder, the policy present.
func TestPagesAreInert(t *testing.T) {
	const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:">`
	handler := regexp.MustCompile(`(?i)<[^>]* on[a-z]+ *=`)
	outside := regexp.MustCompile(`(?i)(src|href)="([a-z][a-z0-9+.-]*:|//|\\)`)
	for path, data := range rendered(t, reporttest.Sample()) {
		page := string(data)
		if strings.HasSuffix(path, ".css") {
			if regexp.MustCompile(`(?i)https?:|@import|url\("?//`).MatchString(page) {
				t.Errorf("%s reaches outside", path)
			}
			continue
		}
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		if !strings.Contains(page, policy) {
			t.Errorf("%s: no content security policy", path)
		}
		for _, forbidden := range []string{"<script", " style=", "javascript:", "<iframe", "<base", "<form", "@import"} {
			if strings.Contains(strings.ToLower(page), forbidden) {
				t.Errorf("%s: holds %s", path, forbidden)
			}
		}
		if m := handler.FindString(page); m != "" {
			t.Errorf("%s: a handler: %s", path, m)
		}
		for _, m := range outside.FindAllString(page, -1) {
			if m != `href="data:` {
				t.Errorf("%s: leads outside: %s", path, m)
			}
		}
	}
}

func TestDraftIsSaidOnEveryPage(t *testing.T) {
	r := reporttest.Sample()
	r.Draft, r.Signer = true, report.Signer{}
	for path, data := range rendered(t, r) {
		if strings.HasSuffix(path, ".html") && !bytes.Contains(data, []byte("<strong>DRAFT</strong> Unsigned")) {
			t.Errorf("%s does not say DRAFT", path)
		}
	}
	for path, data := range rendered(t, reporttest.Sample()) {
		if strings.HasSuffix(path, ".html") && bytes.Contains(data, []byte("DRAFT")) {
			t.Errorf("%s says DRAFT, and is signed", path)
		}
	}
}

func TestFiguresLeadToTheirFormula(t *testing.T) {
	page := string(rendered(t, reporttest.Sample())["services/shipping.html"])
	want := `<a class="fig" data-figure="F-0002" href="../figures/f-00001.html#F-0002">$50,250</a>`
	if !strings.Contains(page, want) {
		t.Errorf("no %s", want)
	}
}

// one is a report of one page with one section.
func one(blocks ...report.Block) *report.Report {
	return &report.Report{
		Company: "C", Month: "2026-05", MonthName: "May 2026", AsOf: time.Date(2026, 5, 31, 0, 0, 0, 0, time.UTC),
		Pages: []*report.Page{{Path: "index.html", Nav: "Summary", Title: report.Text{{Text: "T."}}, Sections: []report.Section{{ID: "s", Blocks: blocks}}}},
	}
}

func TestWordsOfABlock(t *testing.T) {
	text := func(spans ...report.Span) report.Paragraph { return report.Paragraph{Text: spans} }
	tests := []struct {
		name  string
		block report.Block
		want  string
	}{
		{"plain words are escaped", text(report.Span{Text: `<b>"a" & 'b'`}), `<p class="text">&lt;b&gt;&#34;a&#34; &amp; &#39;b&#39;</p>`},
		{"words of a source are quoted", text(report.Span{Text: "OK", Kind: report.KindQuote}), `<q>OK</q>`},
		{"a file name is code", text(report.Span{Text: "jobs.csv", Kind: report.KindCode}), `<code>jobs.csv</code>`},
		{"a state has a glyph and its word", text(report.Span{Kind: report.KindState, State: assess.Stale}),
			`<span class="st stale"><svg aria-hidden="true" focusable="false"><use href="#g-stale"/></svg>Stale</span>`},
		{"the zero state is missing", text(report.Span{Kind: report.KindState}), `<use href="#g-missing"/></svg>Missing</span>`},
		{"a state nobody knows is missing", text(report.Span{Kind: report.KindState, State: 99}), `<use href="#g-missing"/></svg>Missing</span>`},
		{"words in place of the state's own", text(report.Span{Kind: report.KindState, Text: "No owner"}), `</svg>No owner</span>`},
		{"a line that must not break", text(report.Span{Text: "4-hour", Keep: true}), `<span class="nb">4-hour</span>`},
		{"an override of direction is seen", text(report.Span{Text: "a\u202egpj"}), `a[U+202E]gpj`},
		{"a null is seen", text(report.Span{Text: "a\x00b"}), `a[U+0000]b`},
		{"a broken letter is replaced", text(report.Span{Text: "a\xffb"}), "a\ufffdb"},
		{"a decision without a cost says so", report.Decisions{Items: []report.Ask{{Title: report.Text{{Text: "Decide"}}}}}, `<dt>Cost</dt><dd>not set</dd>`},
		{"a table without rows says so", report.Table{Columns: []report.Column{{Title: "A"}, {Title: "B"}}}, `<td colspan="2">nothing on record</td>`},
		{"a cell of a matrix that names nothing", report.Matrix{Rows: []report.MatrixRow{{Cells: []report.MatrixCell{{}}}}}, `<svg role="img" aria-label="Missing" class="missing"`},
		{"a row keeps its number", report.Records{Header: []string{"h"}, Rows: []report.Record{{N: 41, Cells: []string{"x"}, Status: "used"}}}, `<tr id="r41"><th scope="row" class="n">41</th>`},
		{"a blank cell of a source stays blank", report.Records{Header: []string{"h"}, Rows: []report.Record{{N: 2, Cells: []string{""}, Status: "used"}}}, `<td class="what">used</td><td></td></tr>`},
		{"a rejected row has its reason", report.Records{Rows: []report.Record{{N: 2, Status: "rejected", Reason: "no key"}}}, `<td class="what rejected">rejected<small>no key</small></td>`},
		{"two regions of one name are told apart", report.Table{Caption: "A", Columns: []report.Column{{Title: "x"}}}, `aria-label="A"`},
		{"an absence in a contradiction is not quoted", report.Contrast{A: report.Quoted{Text: "no row"}}, `<p>no row</p>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := string(rendered(t, one(tt.block))["index.html"])
			if !strings.Contains(page, tt.want) {
				_, after, _ := strings.Cut(page, "<section")
				t.Errorf("no %s in\n<section%s", tt.want, after)
			}
		})
	}
}

func TestBadPagesAreRefused(t *testing.T) {
	words := func(s, href string) report.Block {
		return report.Paragraph{Text: report.Text{{Text: s, Href: href}}}
	}
	tests := []struct {
		name string
		edit func(*report.Report)
		want string
	}{
		{"a link to a page that is not there", func(r *report.Report) { *r = *one(words("a", "gone.html")) }, "gone.html, and there is no such file"},
		{"a link to an anchor that is not there", func(r *report.Report) { *r = *one(words("a", "index.html#gone")) }, "#gone, and there is no such place"},
		{"a link by the wrong case", func(r *report.Report) { *r = *one(words("a", "Index.html")) }, "not a file of this folder"},
		{"a script as a link", func(r *report.Report) { *r = *one(words("a", "javascript:alert(1)")) }, "not a file of this folder"},
		{"an address on the network", func(r *report.Report) { *r = *one(words("a", "//host/share")) }, "not a file of this folder"},
		{"a way out of the folder", func(r *report.Report) { *r = *one(words("a", "../x.html")) }, "not a file of this folder"},
		{"a figure that no page explains", func(r *report.Report) { *r = *one(report.Paragraph{Text: report.Text{{Text: "5", Figure: "F-9999"}}}) }, "figures/f-00020.html#F-9999"},
		{"two pages of one name", func(r *report.Report) { r.Pages = append(r.Pages, r.Pages[0]) }, "two files are named"},
		{"a name that Windows keeps", func(r *report.Report) { r.Pages[0].Path = "con.html" }, "Windows"},
		{"a name that is too long", func(r *report.Report) { r.Pages[0].Path = strings.Repeat("a", 44) + ".html" }, "49 characters, 48"},
		{"two elements of one id", func(r *report.Report) { r.Pages[0].Sections = append(r.Pages[0].Sections, r.Pages[0].Sections[0]) }, `two elements have the id "s"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := one()
			tt.edit(r)
			err := site.Files(r, site.Options{}, func(string, []byte) error { return nil })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
	r := one()
	r.Pages[0].Path = strings.Repeat("a", 43) + ".html" // 48 characters: the most
	if err := site.Files(r, site.Options{}, func(string, []byte) error { return nil }); err != nil && strings.Contains(err.Error(), "characters") {
		t.Errorf("a name of 48 characters is refused: %v", err)
	}
}

func TestFilesStopsWhereWritingFails(t *testing.T) {
	full := errors.New("no space left")
	n := 0
	err := site.Files(reporttest.Sample(), site.Options{Beside: beside}, func(string, []byte) error {
		if n++; n == 3 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 3 {
		t.Errorf("error %v after %d files", err, n)
	}
}

func TestAMisspeltFieldSaysWhere(t *testing.T) {
	files := overlaid{"partials/keys.html": "{{range .Items}}\n{{.Lable}}{{end}}"}
	err := site.Files(reporttest.Sample(), site.Options{Templates: files, Beside: beside}, func(string, []byte) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "partials/keys.html:2") {
		t.Errorf("error %v does not say where", err)
	}
}

func TestArchiveIndex(t *testing.T) {
	months := []site.Month{
		{Folder: "2026-05.r2", Name: "May 2026, revision 2", Headline: `Shipping <b> has "no" proof.`, PDF: "packet.pdf", Signer: "Dana Ortiz", Chain: "follows 2026-04"},
		{Folder: "2026-04", Name: "April 2026", Headline: "Nothing is proven."},
	}
	page, err := site.ArchiveIndex(months, "Halden", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<h1>2 packets, April 2026 to May 2026, revision 2</h1>`, `href="2026-05.r2/assets/site.css"`, `<a href="2026-04/index.html">April 2026</a>`,
		`Shipping &lt;b&gt; has &#34;no&#34; proof.`, `DRAFT, unsigned`, `not checked`,
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	empty, err := site.ArchiveIndex(nil, "Halden", nil)
	if err != nil || !strings.Contains(string(empty), "No packet has been published yet.") {
		t.Errorf("without a month: %v\n%s", err, empty)
	}
	if _, err := site.ArchiveIndex([]site.Month{{Folder: "../x"}}, "Halden", nil); err == nil {
		t.Error("a folder outside the archive is linked")
	}
}

// BenchmarkPage renders a thousand pages of one kind: the one with most figures,
// and a common one.
func BenchmarkPage(b *testing.B) {
	for _, name := range []string{"services/shipping.html", "recovery.html", "systems/vmh-01.html"} {
		b.Run(name, func(b *testing.B) {
			r := reporttest.Sample()
			for _, p := range r.Pages {
				if p.Path != name {
					continue
				}
				for i := range 1000 {
					copied := *p
					copied.Nav, copied.Path = "", fmt.Sprintf("pages/p-%d.html", i)
					r.Pages = append(r.Pages, &copied)
				}
				break
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := site.Files(r, site.Options{Beside: beside, Packet: "packet.pdf"}, func(string, []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/page")
		})
	}
}
