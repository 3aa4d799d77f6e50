package diag

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"company", "time-zone", "restore-test", "build", "open", "USD", "EUR"}
	for _, c := range []struct{ fact, word, want string }{
		{"two letters swapped", "biuld", "build"},
		{"a letter dropped", "tme-zone", "time-zone"},
		{"an underscore for a hyphen", "time_zone", "time-zone"},
		{"capitals", "Company", "company"},
		{"a short word with one slip", "opne", "open"},
		{"a short code with one swap", "UDS", "USD"},
		{"nothing near", "colour", ""},
		{"two slips in a short word are too many", "oxxn", ""},
		{"an empty word", "", ""},
		{"three slips in a long word", "restoretst", "restore-test"},
	} {
		if got := Nearest(c.word, known); got != c.want {
			t.Errorf("%s: Nearest(%q) = %q, want %q", c.fact, c.word, got, c.want)
		}
	}
}

func TestNearestOfNothing(t *testing.T) {
	if got := Nearest("build", nil); got != "" {
		t.Errorf("Nearest among no words = %q", got)
	}
}

func TestAConfigurationHasLines(t *testing.T) {
	for want, pos := range map[string]Pos{
		"proofpack.yml line 12":              {File: "proofpack.yml", Row: 12},
		"exports/jobs.csv.intake.yml line 2": {File: "exports/jobs.csv.intake.yml", Row: 2},
		"commentary/summary.md line 3":       {File: "commentary/summary.md", Row: 3},
		`exports/jobs.csv row 12, column 3`:  {File: "exports/jobs.csv", Row: 12, Column: 3},
	} {
		if got := pos.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
