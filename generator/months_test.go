package generator_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
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
	b, err := generator.Build(o)
	var refused *generator.Refused
	if errors.As(err, &refused) {
		for _, p := range refused.Problems {
			t.Error(p)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
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

// A finding whose row is deleted is no longer reported; nothing calls it fixed.
func TestDeletedRowIsNoLongerReported(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-05")
	path := c.export("2026-06", "tasks.csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept := ""
	for _, line := range strings.SplitAfter(string(data), "\n") {
		if !strings.Contains(line, "Capacity review") {
			kept += line
		}
	}
	if kept == string(data) {
		t.Fatal("the export has no such task")
	}
	write(t, path, kept)
	june := c.build(t, "2026-06")
	b := open(t, filepath.Join(c.out, june.Folder))
	classes := map[string]string{}
	for _, d := range b.doc.Diff {
		classes[d.ID] = d.Class
		if d.Class == "fixed with proof" && strings.HasPrefix(d.Check, "GOV") {
			t.Errorf("%s is called fixed", d.ID)
		}
	}
	if got := classes["GOV-01/TSK-07"]; got != "no longer reported" {
		t.Errorf("the finding of the task is %q, want no longer reported", got)
	}
	has(t, "the trend page", b.page(t, "trend.html"), "no longer reported")
}

// A limit that was changed is listed where the limits stand and in the diff,
// and what it moved is not called better or worse.
func TestChangedLimitIsListed(t *testing.T) {
	c := threeMonths(t)
	c.build(t, "2026-05")
	config := filepath.Join(c.dir, "proofpack.yml")
	data, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	write(t, config, string(data)+"policy:\n  capacity: {warn: 20d, critical: 5d}\n")
	june := c.build(t, "2026-06", func(o *generator.Options) { o.AsOf = "2026-06-01" })
	b := open(t, filepath.Join(c.out, june.Folder))
	listed := false
	for _, d := range b.doc.Diff {
		listed = listed || d.ID == "limit/capacity.warn" && d.Class == "rule changed"
		if d.Check == "MON-05" && d.Class != "rule changed" {
			t.Errorf("%s is %s although its limit is another one", d.ID, d.Class)
		}
	}
	if !listed {
		t.Errorf("the diff does not list the limit: %+v", b.doc.Diff)
	}
	has(t, "the rules page", b.page(t, "rules.html"), "limits are not what they were in May 2026")
}

// An account that is published by pseudonym stands in no record by its login,
// and is still recognised a month later.
func TestRecordsHideWhatPagesHide(t *testing.T) {
	c := threeMonths(t)
	for _, month := range []string{"2026-04", "2026-05", "2026-06"} {
		write(t, c.export(month, "accounts.csv"), "login,display_name,enabled,privileged,mfa\nada.byron@halden.example,Ada Byron,true,true,true\nbob.stone@halden.example,Bob Stone,true,false,true\n")
	}
	plain, err := os.ReadFile(filepath.Join(c.dir, "proofpack.yml"))
	if err != nil {
		t.Fatal(err)
	}
	c.build(t, "2026-04")
	write(t, filepath.Join(c.dir, "proofpack.yml"), string(plain)+"publish: {accounts: {login: pseudonym, display_name: drop}}\n")
	keyed := func(o *generator.Options) {
		o.PseudonymKey = func() ([]byte, error) { return []byte("0123456789abcdef"), nil }
	}
	may := c.build(t, "2026-05", keyed)
	if m := may.Set.Earlier[0]; len(m.Accounts)+len(m.Findings)+len(m.Systems) > 0 {
		t.Errorf("a record whose names were hidden by other rules has names: %+v", m)
	}
	june := c.build(t, "2026-06", keyed)
	if diff := cmp.Diff([]evidence.PastAccount{{Key: "ada.byron@halden.example", Privileged: true, Enabled: true}, {Key: "bob.stone@halden.example", Enabled: true}}, sortedAccounts(june.Set.Last().Accounts)); diff != "" {
		t.Errorf("accounts of May as June knows them (-want +got):\n%s", diff)
	}
	_, _, data := c.kept(t, "2026-06")
	v, err := seal.Verify(june.Archive, seal.VerifyOptions{Keep: []string{"data/records/records.json"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range [][]byte{data, v.Kept["data/records/records.json"]} {
		if len(text) == 0 || bytes.Contains(text, []byte("ada.byron")) || !bytes.Contains(text, []byte("person-")) {
			t.Errorf("records of %d bytes name an account that is published by pseudonym, or none", len(text))
		}
	}
}

func sortedAccounts(all []evidence.PastAccount) []evidence.PastAccount {
	return slices.SortedFunc(slices.Values(all), func(a, b evidence.PastAccount) int { return strings.Compare(a.Key, b.Key) })
}

// Without this month's samples the last forecast on record is carried forward,
// and the high bound is that of no evidence.
func TestForecastIsCarriedForward(t *testing.T) {
	c := threeMonths(t)
	if err := os.Remove(c.export("2026-05", "capacity.csv")); err != nil {
		t.Fatal(err)
	}
	alone := (&company{dir: c.dir, out: t.TempDir(), key: c.key}).build(t, "2026-05")
	c.build(t, "2026-04")
	may := c.build(t, "2026-05")
	b := open(t, filepath.Join(c.out, may.Folder))
	for _, page := range []string{"systems/vmh-01.html", "alerts-capacity.html"} {
		has(t, page, b.page(t, page), "carried forward from April 2026")
	}
	if was, is := alone.Ranking.Systems[0].Exposure.High, may.Ranking.Systems[0].Exposure.High; was != is {
		t.Errorf("the high bound is %d with an earlier month and %d without", is, was)
	}
	lost := 0
	for _, d := range b.doc.Diff {
		if d.Check == "MON-05" && d.Class == "input missing" {
			lost++
		}
	}
	if lost == 0 {
		t.Errorf("the diff does not say that the capacity export is gone: %+v", b.doc.Diff)
	}
}
