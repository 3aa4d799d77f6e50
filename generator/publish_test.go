package generator_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator"
	sampledata "proofpack/sample-data"
)

// sample lays out the sample's month, with more configuration and some exports
// changed.
func sample(t *testing.T, more string, change map[string]func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, sampledata.FS); err != nil {
		t.Fatal(err)
	}
	if config, err := os.ReadFile(filepath.Join(dir, "proofpack.yml")); err != nil {
		write(t, filepath.Join(dir, "proofpack.yml"), "company: Orrin Vale Fixtures\ncurrency: USD\ntime-zone: America/Denver\n"+more)
	} else {
		write(t, filepath.Join(dir, "proofpack.yml"), string(config)+"\n"+more)
	}
	exports := filepath.Join(dir, "exports", "2026-05")
	if _, err := os.Stat(exports); err != nil { // the sample as init writes it
		if err := os.CopyFS(exports, os.DirFS(filepath.Join(dir, "2026-05"))); err != nil {
			t.Fatal(err)
		}
	}
	for name, edit := range change {
		text, err := os.ReadFile(filepath.Join(exports, name))
		if err != nil {
			t.Fatal(err)
		}
		after := edit(string(text))
		if after == string(text) {
			t.Fatalf("%s was not changed", name)
		}
		write(t, filepath.Join(exports, name), after)
	}
	return dir
}

// hidden hides every name of a person and of a host that the sample has.
const hidden = `
publish:
  accounts: {login: pseudonym, sam_account_name: pseudonym, mail: pseudonym, display_name: pseudonym, account_id: drop}
  sign-ins: {login: pseudonym, ip: drop}
  access-reviews: {reviewer: pseudonym, login: pseudonym}
  leavers: {login: pseudonym, name: pseudonym}
  people: {name: pseudonym, login: pseudonym}
  inventory: {name: pseudonym, fqdn: drop, serial: mask}
`

func withPseudonyms(key string) func(*generator.Options) {
	return func(o *generator.Options) {
		o.PseudonymKey = func() ([]byte, error) { return bytes.Repeat([]byte(key), 32), nil }
	}
}

// published is everything that a reader can open, by name: the folder, the text
// and metadata of the packet, and the records of the archive, which holds the folder again.
func published(t *testing.T, b *built) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(b.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
		all[name] = name + "\n" + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	pdf := filepath.Join(b.dir, "packet.pdf")
	all["packet, as text"] = b.packet
	all["packet, read in order"] = folded(tool(t, "pdftotext", pdf, "-"))
	all["packet, about it"] = tool(t, "pdfinfo", pdf)
	all["packet, unpacked"] = tool(t, "qpdf", "--qdf", "--object-streams=disable", pdf, "-")
	for part, text := range b.workbookParts(t) {
		all["workbook: "+part] = text
	}
	zips, err := filepath.Glob(filepath.Join(filepath.Dir(b.dir), "archive", "*.zip"))
	if err != nil || len(zips) != 1 {
		t.Fatalf("archives %v: %v", zips, err)
	}
	z, err := zip.OpenReader(zips[0])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	for _, f := range z.File {
		if _, inside, _ := strings.Cut(f.Name, "/"); strings.HasPrefix(inside, "data/sources/") || strings.HasPrefix(inside, "data/config/") || strings.HasPrefix(inside, "data/published/") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all["archive: "+f.Name] = f.Name + "\n" + string(data)
	}
	return all
}

// column reads one column of an export of a folder.
func column(t *testing.T, dir, file, heading string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "exports", "2026-05", file))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], heading)
	if at < 0 {
		t.Fatalf("%s has no column %s", file, heading)
	}
	var all []string
	for _, r := range rows[1:] {
		if r[at] != "" {
			all = append(all, r[at])
		}
	}
	return all
}

func TestHiddenNamesStandNowhere(t *testing.T) {
	dir := sample(t, hidden, nil)
	b := build(t, dir, withPseudonyms("k"))
	var names []string
	for _, c := range [][2]string{{"accounts.csv", "userPrincipalName"}, {"accounts.csv", "displayName"}, {"accounts.csv", "id"}, {"ad-users.csv", "Name"}, {"ad-users.csv", "SamAccountName"},
		{"leavers.csv", "login"}, {"leavers.csv", "name"}, {"inventory.csv", "Asset Name"}, {"inventory.csv", "FQDN"}, {"inventory.csv", "Serial"}} {
		for _, name := range column(t, dir, c[0], c[1]) {
			names = append(names, name)
			if user, _, is := strings.Cut(name, "@"); is {
				names = append(names, user)
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var forms []string
	for _, n := range names {
		if n = strings.ToLower(n); len(n) > 3 && !slices.Contains(plain, n) {
			forms = append(forms, n, strings.NewReplacer(".", "-", " ", "-").Replace(n))
		}
	}
	if len(forms) < 100 {
		t.Fatalf("only %d names are looked for", len(forms))
	}
	for where, text := range published(t, b) {
		if strings.HasSuffix(where, ".pdf") || strings.Contains(where, "assets/") {
			continue // compressed, and read as text above; libraries
		}
		text = strings.ToLower(text)
		for _, form := range forms {
			if at := standsIn(text, form); at >= 0 {
				t.Errorf("%s: %q", where, text[max(0, at-80):min(len(text), at+40)])
				break
			}
		}
	}
}

// plain are names of the sample that are words of the report as well: they are
// hidden in their own columns and stay in sentences.
var plain = []string{"packing", "shipping", "reception", "printer"}

// standsIn is where a name stands in a text as a word of its own; -1 nowhere.
func standsIn(text, name string) int {
	letter := func(s string) bool {
		return s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= '0' && s[0] <= '9' || s[0] >= 0x80)
	}
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 {
			return -1
		}
		at := from + i
		if (at == 0 || !letter(text[at-1:])) && !letter(text[at+len(name):]) {
			return at
		}
		from = at + 1
	}
}

func TestHidingChangesNoCount(t *testing.T) {
	plain := build(t, sample(t, "", nil))
	b := build(t, sample(t, hidden, nil), withPseudonyms("k"))
	for _, c := range []struct {
		what      string
		want, got any
	}{
		{"counts", plain.doc.Counts, b.doc.Counts},
		{"cells", plain.doc.Cells, b.doc.Cells},
		{"findings", len(plain.doc.Findings), len(b.doc.Findings)},
		{"systems", len(plain.doc.Systems), len(b.doc.Systems)},
		{"contradictions", len(plain.doc.Contradictions), len(b.doc.Contradictions)},
		{"actions", len(plain.doc.Actions), len(b.doc.Actions)},
		{"pages", len(plain.pages(t)), len(b.pages(t))},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-shown +hidden):\n%s", c.what, diff)
		}
	}
	subjects := map[string]map[string]bool{}
	for i, f := range plain.doc.Findings {
		h := b.doc.Findings[i]
		if f.Check != h.Check || f.State != h.State || !slices.Equal(f.Sources, h.Sources) {
			t.Fatalf("finding %d: %+v became %+v", i, f, h)
		}
		if subjects[f.Subject.ID] == nil {
			subjects[f.Subject.ID] = map[string]bool{}
		}
		subjects[f.Subject.ID][h.Subject.ID] = true
	}
	for s, as := range subjects {
		if len(as) != 1 {
			t.Errorf("%s goes by %v", s, as)
		}
	}
}

// TestOnePersonHasOnePseudonym holds that a login of one export, and the name
// of its owner in another, are told by one pseudonym, in every month of a key.
func TestOnePersonHasOnePseudonym(t *testing.T) {
	dir := sample(t, hidden, nil)
	row := func(b *built, page, id string) string {
		text, err := os.ReadFile(filepath.Join(b.dir, "data", page))
		if err != nil {
			t.Fatal(err)
		}
		_, row, _ := strings.Cut(string(text), `<tr id="`+id+`">`)
		row, _, _ = strings.Cut(row, "</tr>")
		return row
	}
	person := regexp.MustCompile(`person-[0-9a-f]{8}`)
	b := build(t, dir, withPseudonyms("k"))
	account := person.FindAllString(row(b, "accounts-csv-00001.html", "r2"), -1) // Maren Okafor
	people := person.FindAllString(row(b, "people-xlsx-people-00001.html", "r5"), -1)
	users := person.FindAllString(row(b, "ad-users-csv-00001.html", "r2"), -1)
	all := slices.Concat(account, people, users)
	slices.Sort(all)
	if n := len(all); n < 6 || len(slices.Compact(all)) != 1 {
		t.Errorf("one person goes by %v, %v and %v", account, people, users)
	}
	again, other := build(t, dir, withPseudonyms("k")), build(t, dir, withPseudonyms("x"))
	one, two := published(t, b), published(t, again)
	for name := range one {
		if one[name] != two[name] && !strings.HasPrefix(name, "packet, ") { // poppler and qpdf stamp what they write
			t.Errorf("two builds with one key differ in %s", name)
		}
	}
	if strings.Contains(fmt.Sprint(published(t, other)), account[0]) {
		t.Error("a pseudonym of one key stands in a report of another")
	}
	for name, text := range one {
		if strings.HasSuffix(name, "/seal.json") && !strings.Contains(text, `"key_id": "`) {
			t.Error("the seal doesn't name the key")
		}
		if strings.Contains(text, strings.Repeat("6b", 32)) || strings.Contains(text, strings.Repeat("k", 32)) {
			t.Errorf("%s holds the key", name)
		}
	}
}

func TestColumnsThatNothingClaimsAreNotPublished(t *testing.T) {
	change := map[string]func(string) string{"recovery-plan.csv": func(s string) string {
		lines := strings.Split(strings.TrimSpace(s), "\n")
		for i := range lines {
			lines[i] += ",zanzibar" + fmt.Sprint(i)
		}
		lines[0] = strings.TrimSuffix(lines[0], "zanzibar0") + "Shoe size"
		return strings.Join(append(lines, "SVC-DSP,9,CORE-SW,,Nobody at All,,2099-13-45,,zanzibar-late"), "\n") + "\n"
	}}
	for where, text := range published(t, build(t, sample(t, "", change))) {
		if strings.Contains(text, "zanzibar") {
			t.Errorf("%s holds a cell of a column that nothing claims", where)
		}
	}
	b := build(t, sample(t, "publish: {recovery-plan: {Shoe size: show}}\n", change))
	has(t, "the rows of the source", b.page(t, "data/recovery-plan-csv-00001.html"), "zanzibar1")
	has(t, "the page of data quality", b.page(t, "data-quality.html"), "the configuration (line")
}

func TestRulesThatCannotBeKept(t *testing.T) {
	for _, c := range []struct {
		fact, rule, want string
		usage            bool
	}{
		{"a misspelt column", "publish: {accounts: {display_nam: drop}}\n", `did you mean "display_name"?`, true},
		{"a pseudonym without a key", "publish: {accounts: {login: pseudonym}}\n", "there is no key to make them with", false},
	} {
		_, err := generator.Build(options(sample(t, c.rule, nil), t.TempDir()))
		var refused *generator.Refused
		if !errors.As(err, &refused) || refused.Usage != c.usage || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.fact, err)
		}
	}
}
