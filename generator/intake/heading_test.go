package intake

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestParseHeading(t *testing.T) {
	for _, c := range []struct {
		fact, written string
		want          heading
	}{
		{"case, spaces and underscores say nothing", "  System_ID ", heading{key: "systemid"}},
		{"a byte order mark is dropped", "\ufeffControl ID", heading{key: "controlid"}},
		{"double spaces collapse", "Autonomous system  number", heading{key: "autonomoussystemnumber"}},
		{"a bracketed remark is dropped", "Email Address [Required]", heading{key: "emailaddress"}},
		{"a bracketed unit is kept", "BackupSize(GB)", heading{key: "backupsize", base: "backupsize", unit: "GB"}},
		{"a bracketed zone is kept", "Date (UTC)", heading{key: "date", zone: "UTC"}},
		{"a zone as last word is kept", "Start time UTC", heading{key: "starttimeutc", base: "starttime", zone: "UTC"}},
		{"a unit as last word is kept", "used_gb", heading{key: "usedgb", base: "used", unit: "GB"}},
		{"a percent sign is a unit", "Used %", heading{key: "usedpercent", base: "used", unit: "%"}},
		{"a currency is a unit", "cost_per_hour_usd", heading{key: "costperhourusd", base: "costperhour", unit: "USD"}},
		{"a unit alone is a name", "minutes", heading{key: "minutes"}},
		{"a custom field of Jira is its own name", "Custom field (Change start date)", heading{key: "changestartdate"}},
		{"a key around every field is dropped", "fields.name", heading{key: "name"}},
		{"dots of flattened JSON are no letters", "labels.alertname", heading{key: "labelsalertname"}},
		{"a heading of remarks only keeps them", "(empty)", heading{key: "empty"}},
		{"an empty heading has no key", "", heading{}},
		{"full-width letters are letters", "Ｈｏｓｔ", heading{key: "host"}},
	} {
		t.Run(c.fact, func(t *testing.T) {
			if diff := cmp.Diff(c.want, parseHeading(c.written), cmp.AllowUnexported(heading{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFoldKeepsScriptsApart(t *testing.T) {
	for _, c := range []struct {
		fact, a, b string
		same       bool
	}{
		{"capitals", "VMH-01", "vmh-01", true},
		{"full-width forms", "ＶＭＨ-01", "VMH-01", true},
		{"a soft hyphen", "VM\u00adH-01", "VMH-01", true},
		{"a non-breaking space", "SQL\u00a001", "sql 01", true},
		{"sharp s", "Straße", "STRASSE", true},
		{"a Cyrillic letter is no Latin one", "VМH-01", "VMH-01", false},
	} {
		if got := fold(c.a) == fold(c.b); got != c.same {
			t.Errorf("%s: %q and %q: same %v, want %v", c.fact, c.a, c.b, got, c.same)
		}
	}
}

func TestScore(t *testing.T) {
	for cell, want := range map[string]float64{
		"JobName": 1, "asset_id": 1, "Date (UTC)": 1, "used_gb": 1, "Plugin ID": 1, "asset.display_fqdn": 1,
		"": 0, "UNCLASSIFIED//FOUO": 0, "TestCompany": 0, "04 Feb 2026 10:00AM GMT-0500": 0, "192.168.1.10": 0,
	} {
		if got := Score(cell); got != want {
			t.Errorf("Score(%q) = %v, want %v", cell, got, want)
		}
	}
}

func FuzzParseHeading(f *testing.F) {
	for _, s := range []string{"", "used_gb", "Date (UTC)", "Custom field (x", ")(", "[[]]", "\xff", "%%%", "ﬁeld (ＧＢ)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h := parseHeading(s)
		if h.base != "" && h.unit == "" && h.zone == "" {
			t.Errorf("%q has the base %q without unit or zone", s, h.base)
		}
		if again := parseHeading(h.key); utf8.ValidString(s) && h.unit == "" && h.zone == "" && again.unit == "" && again.key != h.key {
			t.Errorf("the key of %q is %q, and its own key is %q", s, h.key, again.key)
		}
		Score(s)
	})
}
