package explore_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"proofpack/generator/explore"
	"proofpack/generator/report"
)

// theme is a theme with a charting library of one line.
var theme = fstest.MapFS{
	"assets/js/echarts.js":               {Data: []byte("var echarts={};")},
	"assets/licenses/echarts.txt":        {Data: []byte("a")},
	"assets/licenses/echarts-notice.txt": {Data: []byte("b")},
	"assets/licenses/echarts-d3.txt":     {Data: []byte("c")},
	"assets/licenses/zrender.txt":        {Data: []byte("d")},
	"assets/licenses/tslib.txt":          {Data: []byte("e")},
}

func sample() (*report.Report, explore.Ranking) {
	r := &report.Report{
		Company: "Halden Supply Co.", Currency: "USD", Month: "2026-05", MonthName: "May 2026", AsOf: time.Date(2026, 5, 31, 23, 59, 59, 0, time.UTC),
		Signer: report.Signer{Name: "Dana Ortiz"}, BuildID: "7f3a 91c4 0be2 5d18", Tool: report.Tool{Name: "proofpack", Version: "1.0.0"},
		Pages: []*report.Page{{Path: "index.html", Nav: "Summary"}, {Path: "ranking.html", Nav: "Ranking"}, {Path: "services/shipping.html"}},
	}
	return r, explore.Ranking{Days: 30, Subjects: []explore.Subject{
		{Kind: "Service", Rank: 1, Name: "Phones", Undeclared: true, Recovery: "missing", Hours: 4},
		{Kind: "Service", Rank: 2, Name: "Shipping", Href: "services/shipping.html", Low: 16179, Likely: 46226, High: 87829, Recovery: "missing", Hours: 20, Because: "VMH-01: 3 servers run on it"},
		{Kind: "System", Rank: 1, Name: "VMH-01", Low: 16179, Likely: 46226, Unbounded: true, Recovery: "proven", Hours: 20.04, Measured: true},
	}}
}

func written(t *testing.T, r *report.Report, k explore.Ranking, theme fs.FS) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if err := explore.Pages(r, k, theme, func(path string, data []byte) error {
		if files[path] != nil {
			t.Errorf("%s is written twice", path)
		}
		files[path] = data
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// rows are the rows of the data files, put together as the script does.
func rows(t *testing.T, files map[string][]byte) []map[string]any {
	t.Helper()
	var all []map[string]any
	for n := 1; ; n++ {
		data, ok := files[fmt.Sprintf("explore/data/ranking-%d.js", n)]
		if !ok {
			return all
		}
		text, ok := bytes.CutPrefix(data, []byte("(self.proofpackRows=self.proofpackRows||[]).push("))
		text, end := bytes.CutSuffix(text, []byte(");\n"))
		if !ok || !end {
			t.Fatalf("data file %d is no call: %.80s", n, data)
		}
		var columns map[string][]any
		if err := json.Unmarshal(text, &columns); err != nil {
			t.Fatal(err)
		}
		for i := range columns["name"] {
			row := map[string]any{}
			for key, values := range columns {
				row[key] = values[i]
			}
			all = append(all, row)
		}
	}
}

func TestRowsSayWhatIsUnknown(t *testing.T) {
	r, k := sample()
	got := rows(t, written(t, r, k, theme))
	want := []map[string]any{
		{"order": 0., "kind": "Service", "rank": 1., "name": "Phones", "href": "", "low": nil, "lowText": "not declared", "likely": nil, "likelyText": "not declared",
			"high": nil, "highText": "impact not declared", "hours": 4., "hoursText": "4 h, assumed", "recovery": "Missing", "because": ""},
		{"order": 1., "kind": "Service", "rank": 2., "name": "Shipping", "href": "services/shipping.html", "low": 16179., "lowText": "$16,179", "likely": 46226., "likelyText": "$46,226",
			"high": 87829., "highText": "$87,829", "hours": 20., "hoursText": "20 h, assumed", "recovery": "Missing", "because": "VMH-01: 3 servers run on it"},
		{"order": 2., "kind": "System", "rank": 1., "name": "VMH-01", "href": "", "low": 16179., "lowText": "$16,179", "likely": 46226., "likelyText": "$46,226",
			"high": nil, "highText": "no high bound", "hours": 20., "hoursText": "20 h, measured", "recovery": "Proven", "because": ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestDataFilesAreCut(t *testing.T) {
	for _, tt := range []struct{ rows, files int }{{0, 1}, {1, 1}, {5000, 1}, {5001, 2}, {10000, 2}} {
		r, k := sample()
		k.Subjects = make([]explore.Subject, tt.rows)
		files := written(t, r, k, theme)
		if got := len(rows(t, files)); got != tt.rows {
			t.Errorf("%d rows came out as %d", tt.rows, got)
		}
		n := 0
		for path := range files {
			if strings.HasPrefix(path, "explore/data/") {
				n++
			}
		}
		if n != tt.files {
			t.Errorf("%d rows in %d files, want %d", tt.rows, n, tt.files)
		}
	}
}

func TestPageKeepsThePolicy(t *testing.T) {
	r, k := sample()
	files := written(t, r, k, theme)
	page := string(files["explore/ranking.html"])
	for _, want := range []string{
		`content="default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"`,
		`<noscript>`, `The same facts stand without them under <a href="../ranking.html">Ranking</a>`, `Data to 31 May 2026`,
		`2 services and 1 system by exposure over 30 days`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "integrity" {
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
			if (a.Key == "src" || a.Key == "href") && regexp.MustCompile(`^([a-z]+:|//)`).MatchString(a.Val) && a.Val != "data:," {
				t.Errorf("<%s> leads outside: %s", n.Data, a.Val)
			}
			if n.Data == "script" && a.Key == "src" {
				if files[filepath.ToSlash(filepath.Join("explore", a.Val))] == nil {
					t.Errorf("there is no script %s", a.Val)
				}
			}
			if n.Data == "script" && a.Key == "type" && a.Val != "application/json" {
				t.Errorf("a script of type %s", a.Val)
			}
		}
	}
}

func TestWithoutTheLibraryThePageSaysSo(t *testing.T) {
	r, k := sample()
	files := written(t, r, k, fstest.MapFS{})
	page := string(files["explore/ranking.html"])
	if !strings.Contains(page, "built without its charting library") || strings.Contains(page, "echarts") {
		t.Errorf("the page does not say that it has no charts:\n%s", page)
	}
	if files["assets/echarts.js"] != nil {
		t.Error("a library came out of nowhere")
	}
}

func TestDraftIsSaid(t *testing.T) {
	r, k := sample()
	r.Draft, r.Signer = true, report.Signer{}
	if page := string(written(t, r, k, theme)["explore/ranking.html"]); !strings.Contains(page, "<strong>DRAFT</strong>") {
		t.Error("the page does not say DRAFT")
	}
}

func TestSameRankingSameBytes(t *testing.T) {
	r, k := sample()
	if diff := cmp.Diff(written(t, r, k, theme), written(t, r, k, theme)); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
}

// TestHostileNamesStayData puts what breaks pages into every string, and holds
// the page to the same elements and the data to the same words.
func TestHostileNamesStayData(t *testing.T) {
	shape := func(page []byte) string {
		root, err := html.Parse(bytes.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for n := range root.Descendants() {
			if n.Type == html.ElementNode {
				b.WriteString("<" + n.Data)
				for _, a := range n.Attr {
					b.WriteString(" " + a.Key)
				}
			}
		}
		return b.String()
	}
	r, k := sample()
	calm := shape(written(t, r, k, theme)["explore/ranking.html"])
	for _, p := range []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `<!--<script>`, `"];alert(1)//`, "\u2028alert(1)", `{{.}}`, `<img src=x onerror=alert(1)>`, "\u202egpj", "\xff",
	} {
		r, k := sample()
		r.Company, r.Signer.Name, r.Pages[0].Nav = p, p, p
		for i := range k.Subjects {
			k.Subjects[i].Name, k.Subjects[i].Because = p, p
		}
		files := written(t, r, k, theme)
		if got := shape(files["explore/ranking.html"]); got != calm {
			t.Errorf("%q changed the page", p)
		}
		for _, row := range rows(t, files) {
			name := row["name"].(string)
			if strings.ContainsAny(name, "\u2028\u202e") || len(name) == 0 {
				t.Errorf("%q became %q", p, name)
			}
			if utf8.ValidString(p) && !strings.ContainsAny(p, "\u2028\u202e") && name != p {
				t.Errorf("%q became %q", p, name)
			}
		}
		for path, data := range files {
			if strings.HasPrefix(path, "explore/data/") && bytes.ContainsAny(data, "<>") {
				t.Errorf("%q: a data file holds < or >", p)
			}
		}
	}
}

// TestOnlyOptionsOfTheLibrary reads this package's source: go-echarts renders
// labels as running code, so nothing but Validate and JSON is called of it.
func TestOnlyOptionsOfTheLibrary(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source to read", err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if m := regexp.MustCompile(`\.(Render|RenderContent|RenderSnippet|JSONNotEscaped|AddJSFuncs|AddJSFuncStrs)\(|FuncOpts|template\.(HTML|JS|URL|CSS)\(`).Find(data); m != nil {
			t.Errorf("%s calls %s", f, m)
		}
	}
}
