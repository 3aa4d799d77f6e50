package generator_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator"
	"proofpack/generator/evidence"
	"proofpack/generator/seal"
)

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
