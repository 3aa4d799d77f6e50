package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
)

// A company of scenario A with a folder of exports for each of three months.
type company struct {
	dir, out string
	key      *sign.Key
}

// exports are the files of the storage scenario; June has its incident.
func threeMonths(t *testing.T) *company {
	t.Helper()
	c := &company{dir: t.TempDir(), out: t.TempDir(), key: testKey(t)}
	write(t, filepath.Join(c.dir, "proofpack.yml"), "company: Halden Supply Co.\ncurrency: USD\ntime-zone: America/Los_Angeles\n")
	from := shared(t, "scenarios", "A-storage")
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, month := range []string{"2026-04", "2026-05", "2026-06"} {
		for _, e := range entries {
			name := e.Name()
			if name == "incidents-june.csv" && month != "2026-06" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(from, name))
			if err != nil {
				t.Fatal(err)
			}
			write(t, c.export(month, strings.Replace(name, "-june", "", 1)), string(data))
		}
	}
	return c
}

func (c *company) export(month, name string) string {
	return filepath.Join(c.dir, "exports", month, name)
}

func (c *company) archive(packet string) string {
	return filepath.Join(c.out, "archive", "proofpack-halden-supply-co-"+packet+".zip")
}

// build publishes a month, signed unless the change says otherwise.
func (c *company) build(t *testing.T, month string, change ...func(*generator.Options)) *generator.Built {
	t.Helper()
	o := options(c.dir, c.out)
	o.Month, o.Key, o.Draft = month, c.key, false
	for _, f := range change {
		f(&o)
	}
	return accepted(t, o)
}

func asDraft(o *generator.Options) { o.Key, o.Draft = nil, true }

// kept is history.json of a published packet.
func (c *company) kept(t *testing.T, packet string) (history.Chain, []evidence.Month, []byte) {
	t.Helper()
	v, err := seal.Verify(c.archive(packet), seal.VerifyOptions{Keep: []string{"data/records/history.json"}})
	if err != nil {
		t.Fatal(err)
	}
	data := v.Kept["data/records/history.json"]
	chain, months, err := history.ReadKept("history.json", data)
	if err != nil {
		t.Fatal(err)
	}
	return chain, months, data
}

func TestMonthsFollowEachOther(t *testing.T) {
	c := threeMonths(t)
	april, may := c.build(t, "2026-04"), c.build(t, "2026-05")
	june := c.build(t, "2026-06")
	if len(april.Set.Earlier) != 0 || len(may.Set.Earlier) != 1 || len(june.Set.Earlier) != 2 {
		t.Fatalf("%d, %d and %d earlier months, want 0, 1 and 2", len(april.Set.Earlier), len(may.Set.Earlier), len(june.Set.Earlier))
	}
	for i, want := range []struct{ full, month string }{{"2026-06-12", "2026-04"}, {"2026-06-13", "2026-05"}} {
		m := june.Set.Earlier[i]
		if len(m.Forecasts) != 1 || m.Name != want.month || m.Forecasts[0].FullOn.Format("2006-01-02") != want.full {
			t.Errorf("%s forecast %+v, want full on %s", m.Name, m.Forecasts, want.full)
		}
	}
	chain, _, _ := c.kept(t, "2026-06")
	want := history.Chain{
		Previous: &history.Link{Month: "2026-05", Archive: "proofpack-halden-supply-co-2026-05.zip", Seal: may.Seal},
		Gaps:     []string{}, Unused: []history.Unused{}, Notes: []string{},
	}
	if diff := cmp.Diff(want, chain); diff != "" {
		t.Errorf("chain of June (-want +got):\n%s", diff)
	}
	v, err := seal.Verify(june.Archive, seal.VerifyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	link := seal.Link{Period: "2026-05", File: "proofpack-halden-supply-co-2026-05.zip", There: true, Good: true, Months: 3, Since: "2026-04", Gaps: []string{}}
	if diff := cmp.Diff(&link, v.Chain); diff != "" || !v.Verified() {
		t.Errorf("verified %t, %v (-want +got):\n%s", v.Verified(), v.Failures, diff)
	}
	b := open(t, filepath.Join(c.out, june.Folder))
	for _, want := range []string{"April 2026", "May 2026", "June 2026", "This month follows May 2026", "since May 2026", "SNAP-ERP-01 did not happen"} {
		has(t, "the trend page", b.page(t, "trend.html"), want)
	}
	has(t, "the packet", b.bare(), "This packet follows that of May 2026")
	has(t, "the packet", b.packet, may.Seal)
	incident := &june.Set.Incidents[0]
	var said []int
	for _, w := range history.Warned(june.Set, incident) {
		said = append(said, w.Days, w.ErrorDays)
	}
	if diff := cmp.Diff([]int{48, 5, 17, 4}, said); diff != "" {
		t.Errorf("days before and error of the warnings (-want +got):\n%s", diff)
	}
}

func TestRecordsAreEnoughToBuildAgain(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-04")
	may := c.build(t, "2026-05")
	_, _, data := c.kept(t, "2026-05")
	elsewhere := &company{dir: c.dir, out: t.TempDir(), key: c.key}
	again := elsewhere.build(t, "2026-05", func(o *generator.Options) { o.History = data })
	if may.Seal != again.Seal {
		t.Error("built again from what its archive kept, May has another seal")
	}
	first, err := os.ReadFile(may.Archive)
	if err != nil {
		t.Fatal(err)
	}
	second, err := os.ReadFile(again.Archive)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) {
		t.Error("the same months gave other bytes")
	}
	other := (&company{dir: c.dir, out: t.TempDir(), key: c.key}).build(t, "2026-05")
	if other.Report.BuildID == may.Report.BuildID {
		t.Error("May without an earlier month has the build id of May after April")
	}
}

// spoil changes one byte of a published file in an archive.
func spoil(t *testing.T, path, old, with string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	write(t, path, string(bytes.Replace(data, []byte(old), []byte(with), 1)))
}

func TestTamperedMonthIsNamedAndNotUsed(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-04")
	spoil(t, c.archive("2026-04"), "VMH-01 has no owner", "VMH-01 has an owner")
	may := c.build(t, "2026-05")
	if len(may.Set.Earlier) != 0 {
		t.Errorf("May rests on %d earlier months", len(may.Set.Earlier))
	}
	chain, _, _ := c.kept(t, "2026-05")
	if chain.First || chain.Previous != nil || len(chain.Unused) != 1 || chain.Unused[0].Month != "2026-04" {
		t.Errorf("chain %+v, want April unused and nothing followed", chain)
	}
	if diff := cmp.Diff([]string{"2026-04"}, chain.Gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	b := open(t, filepath.Join(c.out, may.Folder))
	for _, page := range []string{"index.html", "data-quality.html", "trend.html"} {
		has(t, page, b.page(t, page), "April 2026")
		has(t, page, b.page(t, page), "does not verify")
	}
	has(t, "the packet's first page", folded(tool(t, "pdftotext", "-l", "1", filepath.Join(b.dir, "packet.pdf"), "-")), "Earlier month not used")
	has(t, "the trend page", b.page(t, "trend.html"), "There is no earlier month on record")
	if v, err := seal.Verify(may.Archive, seal.VerifyOptions{}); err != nil || !v.Verified() {
		t.Errorf("May does not verify: %v %v", err, v.Failures)
	}
}

func TestChainIsHeldAgainstTheArchiveBeside(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-04")
	may := c.build(t, "2026-05")
	list, err := os.ReadFile(filepath.Join(c.out, "index.html"))
	if err != nil || !strings.Contains(string(list), "<td>follows April 2026</td>") || !strings.Contains(string(list), "<td>first on record</td>") {
		t.Errorf("the list of months does not say what follows what (%v):\n%s", err, list)
	}
	april, err := os.ReadFile(c.archive("2026-04"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		fact    string
		change  func()
		there   bool
		good    bool
		reasons []sign.Reason
	}{
		{"as it was", func() {}, true, true, nil},
		{"changed", func() { spoil(t, c.archive("2026-04"), "VMH-01 has no owner", "VMH-01 has an owner") }, true, false, []sign.Reason{sign.Chain}},
		{"another one", func() {
			other := &company{dir: c.dir, out: t.TempDir(), key: c.key}
			other.build(t, "2026-04", func(o *generator.Options) { o.AsOf = "2026-04-29" })
			data, err := os.ReadFile(other.archive("2026-04"))
			if err != nil {
				t.Fatal(err)
			}
			write(t, c.archive("2026-04"), string(data))
		}, true, false, []sign.Reason{sign.Chain}},
		{"not there", func() {
			if err := os.Remove(c.archive("2026-04")); err != nil {
				t.Fatal(err)
			}
		}, false, false, nil},
	} {
		t.Run(tt.fact, func(t *testing.T) {
			write(t, c.archive("2026-04"), string(april))
			tt.change()
			v, err := seal.Verify(may.Archive, seal.VerifyOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var reasons []sign.Reason
			for _, f := range v.Failures {
				reasons = append(reasons, f.Reason)
			}
			if v.Chain.There != tt.there || v.Chain.Good != tt.good || cmp.Diff(tt.reasons, reasons) != "" {
				t.Errorf("there %t, good %t, failures %v; want %t, %t, %v", v.Chain.There, v.Chain.Good, v.Failures, tt.there, tt.good, tt.reasons)
			}
		})
	}
}

func TestSignedMonthsFollowSignedOnes(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-04", asDraft)
	if b := c.build(t, "2026-05"); len(b.Set.Earlier) != 0 {
		t.Error("a signed month rests on a draft")
	}
	if chain, _, _ := c.kept(t, "2026-05"); !chain.First {
		t.Errorf("chain %+v, want the first month", chain)
	}
	c.build(t, "2026-05", asDraft)
	if chain, _, _ := c.kept(t, "2026-05-draft"); chain.Previous == nil || !chain.Previous.Draft || len(chain.Notes) != 1 {
		t.Errorf("chain of a draft %+v, want that it follows a draft, and says so", chain)
	}
	c.build(t, "2026-06", asDraft)
	if chain, _, _ := c.kept(t, "2026-06-draft"); chain.Previous == nil || chain.Previous.Month != "2026-05" || chain.Previous.Draft {
		t.Errorf("chain of a draft %+v, want the signed month before the draft of it", chain)
	}
}

func TestNewestRevisionIsFollowed(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-04")
	second := c.build(t, "2026-04")
	june := c.build(t, "2026-06")
	chain, _, _ := c.kept(t, "2026-06")
	if chain.Previous == nil || chain.Previous.Seal != second.Seal || !strings.Contains(chain.Previous.Archive, ".r2") {
		t.Errorf("June follows %+v, want the second revision of April", chain.Previous)
	}
	if diff := cmp.Diff([]string{"2026-05"}, chain.Gaps); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
	v, err := seal.Verify(june.Archive, seal.VerifyOptions{})
	if err != nil || v.Chain.Months != 1 || !v.Chain.Good {
		t.Errorf("chain %+v (%v), want a good archive before a gap", v.Chain, err)
	}
}
