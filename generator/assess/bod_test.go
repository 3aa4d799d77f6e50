package assess

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/config"
	"proofpack/generator/evidence"
)

// TestTimelinesAreThoseOfTheDirective holds the table to the published one, all
// sixteen rows in their order.
func TestTimelinesAreThoseOfTheDirective(t *testing.T) {
	file, err := os.Open("../../../shared/reference/bod-26-04.csv")
	if err != nil {
		t.Fatalf("the reference is not beside the repository: %v", err)
	}
	defer file.Close()
	want, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	yes := func(b bool) string {
		if b {
			return "yes"
		}
		return "no"
	}
	var got [][]string
	for i, row := range timelines {
		impact := "partial"
		if row.Total {
			impact = "total"
		}
		got = append(got, []string{want[i+1][0], yes(row.KEV), yes(row.Public), yes(row.Automatable), impact, row.remediation.String()})
	}
	if diff := cmp.Diff(want[1:], got); diff != "" || len(got) != 16 {
		t.Errorf("%d rows (-want +got)\n%s", len(got), diff)
	}
}

func TestEveryCircumstanceHasATimeline(t *testing.T) {
	seen := map[circumstance]bool{}
	for _, row := range timelines {
		seen[row.circumstance] = true
		if got := timeline(row.circumstance); got != row.remediation {
			t.Errorf("%+v: %s, want %s", row.circumstance, got, row.remediation)
		}
	}
	if len(seen) != 16 {
		t.Errorf("%d circumstances, want 16", len(seen))
	}
}

func TestSpansOfTimelines(t *testing.T) {
	p := config.Defaults()
	for r, want := range map[remediation]time.Duration{inSixty: 60 * day, inFourteen: 14 * day, inThree: 3 * day, inThreeForensic: 3 * day} {
		if got, dated := r.span(p); got != want || !dated || p.Limit(r.limit()).Text() != evidence.Of(wholeDays(want), "day", "days") && p.Limit(r.limit()).Text() == "" {
			t.Errorf("%s: %s, limit %s", r, got, p.Limit(r.limit()).Text())
		}
	}
	if _, dated := onUpgrade.span(p); dated {
		t.Error("what waits for the next upgrade has a day")
	}
}

func TestWhatNobodySaysCountsAgainstIt(t *testing.T) {
	f := &evidence.PatchFinding{KEV: evidence.Yes}
	all := circumstance{true, true, true, true}
	for _, c := range []struct {
		fact string
		of   *evidence.System
		want circumstance
	}{
		{"a system that the inventory lacks", nil, all},
		{"a system that says nothing", &evidence.System{}, all},
		{"one that the internet reaches", &evidence.System{Public: evidence.Yes}, all},
		{"one that it does not reach", &evidence.System{Public: evidence.No}, circumstance{true, false, true, true}},
	} {
		if got := circumstances(f, c.of); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.fact, got, c.want)
		}
	}
	f.Automatable, f.Total = evidence.No, evidence.No
	if got, want := circumstances(f, &evidence.System{Public: evidence.No}), (circumstance{KEV: true}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
