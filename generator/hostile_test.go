package generator_test

import (
	"encoding/csv"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"proofpack/generator"
	"proofpack/generator/seal"
)

// hostile are names that somebody may give a system, and how pages and packet
// must show each.
var hostile = []struct{ name, shown string }{
	{"<script>alert(1)</script>", "<script>alert(1)</script>"},
	{`"><img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`},
	{"=cmd|'/c'!A1", "=cmd|'/c'!A1"},
	{"SRV\u202egnp.exe", "SRV[U+202E]gnp.exe"},
	{"web\u200b01", "web[U+200B]01"},
	{"iso\u2066late\u2069d", "iso[U+2066]late[U+2069]d"},
	{"bell\x0701", "bell[U+0007]01"},
	{strings.Repeat("long", 75), strings.Repeat("long", 75)},
	{"CON", "CON"},
	{"nul.txt", "nul.txt"},
	{"../../etc/passwd", "../../etc/passwd"},
	{`C:\Windows\System32`, `C:\Windows\System32`},
	{"{{.Company}}", "{{.Company}}"},
	{") Tj /JS (app.alert(1)", ") Tj /JS (app.alert(1)"},
	{"javascript:alert(1)", "javascript:alert(1)"},
	{"Mail-A", "Mail-A"},
	{"MAIL-A", "MAIL-A"},
	{"mail-b", "mail-b"},
	{"MAIL-B.", "MAIL-B."},
	{"пример-01", "пример-01"},
}

// hostileClient has a system of each hostile name, under a service of such a
// name, with jobs, alerts and samples.
func hostileClient(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "proofpack.yml"), "company: \"Halden \U0001F3ED <b>Supply</b> & Co.\"\ncurrency: USD\ntime-zone: UTC\n")
	table := func(file string, rows ...[]string) {
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "exports", "2026-05", file), b.String())
	}
	table("services.csv", []string{"svc_id", "name", "stops", "cost_per_hour_usd", "business_hours_per_day", "rto_hours", "owner"},
		[]string{"SVC-<i>1</i>", "<script>alert('service')</script>", "revenue", "100", "8", "4", "=HYPERLINK(\"http://x\",\"D. Ortiz\")"})
	systems := [][]string{{"asset_id", "name", "kind", "runs_on", "depends_on", "service_id", "owner", "monitored", "os", "support_ends", "last_seen"}}
	jobs := [][]string{{"job_id", "asset_id", "kind", "run_date", "result", "message"}}
	alerts := [][]string{{"alert_id", "raised", "asset_id", "signature", "severity", "text", "acknowledged_by", "closed", "ticket", "state"}}
	samples := [][]string{{"sample_date", "asset_id", "resource", "used_gb", "total_gb"}}
	for i, h := range hostile {
		systems = append(systems, []string{h.name, "", "server", "", "", "SVC-<i>1</i>", "D. Ortiz", "yes", "Windows", "2029-01-09", "2026-05-31"})
		jobs = append(jobs, []string{"JOB-" + h.name, h.name, "backup", "2026-05-30", "success", ""}, []string{"JOB-" + h.name, h.name, "backup", "2026-05-31", "failed", h.name})
		alerts = append(alerts, []string{fmt.Sprint("A-", i), "2026-05-20", h.name, h.name, "warning", h.name, "", "", h.name, "open"})
		samples = append(samples, []string{"2026-05-17", h.name, h.name, "100", "200"}, []string{"2026-05-24", h.name, h.name, "110", "200"}, []string{"2026-05-31", h.name, h.name, "120", "200"})
	}
	jobs = append(jobs, []string{"=1+1", "CON", "backup", "yesterday", "success", "@SUM(A1)"}) // is rejected
	for i := range 40 {                                                                        // so that one rejected row is within the limit
		jobs = append(jobs, []string{"JOB-CON", "CON", "backup", fmt.Sprintf("2026-04-%02d", i%28+1), "success", fmt.Sprint(i)})
	}
	table("inventory.csv", systems...)
	table("jobs.csv", jobs...)
	table("alerts.csv", alerts...)
	table("capacity.csv", samples...)
	write(t, filepath.Join(dir, "exports", "2026-05", "summary.md"), "A word of ours: <script>alert(2)</script> ![x](//host/x.png) [here](http://example.org) [there](javascript:alert(3)).\n")
	return dir
}

// TestHostileNames builds a month of names that were chosen to do harm: they are
// words on every page, and nothing else.
func TestHostileNames(t *testing.T) {
	o := options(hostileClient(t), t.TempDir())
	result, err := generator.Build(o)
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, filepath.Join(o.Out, result.Folder))

	t.Run("pages hold no element, script or address of a name", func(t *testing.T) {
		pages := website(t, b)
		for _, p := range pages {
			standsAlone(t, b, pages, p)
			for _, n := range p.elements {
				if n.Data == "img" || n.Data == "i" || n.Data == "b" {
					t.Errorf("%s has <%s>", p.name, n.Data)
				}
			}
		}
		figuresAgree(t, b, pages)
	})

	t.Run("names are words on pages and paper", func(t *testing.T) {
		text := ""
		for _, p := range website(t, b) {
			for _, n := range p.elements {
				if n.Data == "main" {
					text += textOf(n) + "\n"
				}
			}
		}
		paper := strings.Join(strings.Fields(tool(t, "pdftotext", "-raw", filepath.Join(b.dir, "packet.pdf"), "-")), "")
		for _, h := range hostile {
			has(t, "the site", text, h.shown)
			if squeezed := strings.Join(strings.Fields(h.shown), ""); !strings.Contains(paper, squeezed) {
				t.Errorf("the packet does not say %q", h.shown)
			}
		}
		has(t, "the site", text, "<script>alert('service')</script>")
		has(t, "the packet", b.packet, "Halden [U+1F3ED] <b>Supply</b> & Co.") // its fonts have no such character, and it is not left out
		has(t, "the summary", b.page(t, "index.html"), "Halden \U0001F3ED <b>Supply</b> & Co.")
		for _, where := range []string{text, paper} {
			if i := strings.IndexFunc(where, func(r rune) bool { return unicode.Is(unicode.Cf, r) && r != '\u00ad' }); i >= 0 {
				t.Errorf("a character that cannot be seen is printed as it is: %q", where[max(0, i-20):min(len(where), i+20)])
			}
		}
	})

	t.Run("names are words in the workbook, and no cell of theirs is a formula", func(t *testing.T) {
		text := ""
		for _, s := range b.workbook(t) {
			for _, r := range s.Rows {
				text += strings.Join(r.Cells, "\n") + "\n"
			}
		}
		for _, h := range hostile {
			// The ids of systems are without what turns or joins letters; rows as read stand on pages.
			has(t, "the workbook", text, strings.NewReplacer("[U+202E]", "", "[U+200B]", "").Replace(h.shown))
		}
		for part, xml := range b.workbookParts(t) {
			for _, f := range regexp.MustCompile(`<f>(.*?)</f>`).FindAllStringSubmatch(xml, -1) {
				if !regexp.MustCompile(`^((COUNTA|SUM)\(&#39;[A-Z][a-z ]+&#39;!\$[A-Z]\$\d+:\$[A-Z]\$\d+\)|COUNTIF\(&#39;[A-Z][a-z ]+&#39;!\$[A-Z]\$\d+:\$[A-Z]\$\d+,&#34;[A-Za-z0-9 ]+&#34;\)|&#39;Sources&#39;!\$[A-Z]\$\d+)$`).MatchString(f[1]) {
					t.Errorf("%s holds the formula %s", part, f[1])
				}
			}
		}
	})

	t.Run("file names are plain, short, and differ in more than case", func(t *testing.T) {
		plain := regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*[a-z0-9]$`)
		reserved := regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
		seen := map[string]bool{}
		for name := range tree(t, b.dir) {
			if len(name) > 120 || seen[strings.ToLower(name)] {
				t.Errorf("%s is long, or there twice", name)
			}
			seen[strings.ToLower(name)] = true
			for part := range strings.SplitSeq(path.Clean(name), "/") {
				if !plain.MatchString(part) || reserved.MatchString(part) || strings.Contains(part, "..") {
					t.Errorf("%s: no name for a file on every system", name)
				}
			}
		}
	})

	t.Run("tables that are written run nothing", func(t *testing.T) {
		files := tree(t, b.dir)
		for name, data := range unzipped(t, result.Archive) {
			if strings.Contains(name, "/data/records/") {
				files[name] = data
			}
		}
		n := 0
		for name, data := range files {
			if path.Ext(name) != ".csv" {
				continue
			}
			rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, cell := range slices.Concat(rows...) {
				if cell != "" && strings.ContainsRune("=+-@", rune(strings.TrimLeft(cell, " \t\r\n")[0])) {
					t.Errorf("%s: a spreadsheet would run %q", name, cell)
				}
			}
			n += len(rows)
		}
		if n < 10 {
			t.Errorf("only %d rows of tables", n)
		}
	})

	t.Run("the packet is sound and carries nothing that runs", func(t *testing.T) {
		packet := filepath.Join(b.dir, "packet.pdf")
		tool(t, "qpdf", "--check", packet)
		plain := tool(t, "qpdf", "--qdf", "--object-streams=disable", packet, "-")
		for _, key := range []string{"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/OpenAction"} {
			if regexp.MustCompile(regexp.QuoteMeta(key) + `\b`).MatchString(plain) {
				t.Errorf("the packet has %s", key)
			}
		}
	})

	v, err := generator.Verify(b.dir, seal.VerifyOptions{At: o.At})
	if err != nil || len(v.Failures) > 0 {
		t.Errorf("%v, %v", err, v)
	}
}
