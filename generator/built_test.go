package generator_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"proofpack/generator/report"
)

// A built month as tests read it.
type built struct {
	dir    string // the published folder
	model  *report.Report
	doc    document
	packet string // text of the packet, white space folded
}

type document struct {
	Headline string
	Counts   map[string]int
	Cells    map[string]int
	Services []struct {
		ID, Name string
		Rank     int
		Ladder   []struct {
			Label  string
			Amount *int64
		}
		Drivers    []struct{ System, Text string }
		Drifts     []struct{ Name string }
		FourProofs map[string]string `json:"four_proofs"`
		Exposure   struct{ Low, Likely, High *int64 }
	}
	Systems []struct {
		ID   string
		Rank int
	}
	Findings       []finding
	Contradictions []struct {
		ID, Text string
		Subject  struct{ Kind, ID string }
		A, B     struct {
			File *string
			Row  *int
		}
	}
	Incidents []struct {
		ID            string
		BusinessHours float64 `json:"business_hours"`
		Cost          float64
		Parts         map[string]float64
		ChangesBefore []string `json:"changes_before"`
		Warned        []struct {
			Month      string
			DaysBefore int `json:"days_before"`
			Text       string
		}
	}
	Capacity []struct {
		System, Resource string
		UsedPercent      float64 `json:"used_percent"`
		PerDay           float64 `json:"per_day"`
		FullOn           *string `json:"full_on"`
		Days             *int
	}
	Recovery []struct {
		Service        string
		Order          []string
		State          string
		MinutesAtLeast float64  `json:"minutes_at_least"`
		TargetMinutes  *float64 `json:"target_minutes"`
		PlanProblems   []string `json:"plan_problems"`
		Cycles         []string
	}
	Actions   []struct{ Text, Proof string }
	Questions []struct {
		CanBeAnswered bool `json:"can_be_answered"`
	}
	Sources []struct {
		DataSet  string `json:"data_set"`
		File     string
		RowsRead int `json:"rows_read"`
		Used     int `json:"rows_used"`
		Rejected int `json:"rows_rejected"`
		Dup      int `json:"rows_duplicate"`
		Aside    int `json:"rows_set_aside"`
	}
	Diff []struct {
		Class, ID, Check string
	}
	Figures []struct{ ID, Text string }
	Unknown []struct {
		Name     string
		DataSets map[string]int `json:"data_sets"`
	} `json:"unknown_systems"`
}

type finding struct {
	ID, Check, State, Text string
	Subject                struct{ Kind, ID string }
	Services               []string
	Sources                []struct {
		File string
		Row  int
	}
}

// pages are the paths of all pages of the site, sorted.
func (b *built) pages(t *testing.T) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(b.dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".html") {
			all = append(all, name)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d pages: %v", len(all), err)
	}
	return all
}

// tool runs a program that `make tools` installs.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("%s is needed: run make tools", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

var tags = regexp.MustCompile(`<[^>]*>`)

// page is the text of a page of the site.
func (b *built) page(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	text := tags.ReplaceAllString(string(data), " ")
	for _, p := range [][2]string{{"&#39;", "'"}, {"&#34;", `"`}, {"&quot;", `"`}, {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		text = strings.ReplaceAll(text, p[0], p[1])
	}
	return closedUp(text)
}

// closedUp takes out the blanks that a tag or a code leaves beside marks.
func closedUp(text string) string {
	return strings.ReplaceAll(spaced.ReplaceAllString(folded(text), "$1"), "( ", "(")
}

var spaced = regexp.MustCompile(` ([.,;:)])`)

// texts are the sentences of findings, and their states.
func (b *built) texts() string {
	var all []string
	for _, f := range b.doc.Findings {
		all = append(all, fmt.Sprintf("%s %s %s: %s", f.Check, f.Subject.ID, f.State, f.Text))
	}
	return strings.Join(all, "\n")
}

// finding is a finding by its id; its state is "no finding" when there is none.
func (b *built) finding(id string) finding {
	for _, f := range b.doc.Findings {
		if f.ID == id {
			return f
		}
	}
	return finding{State: "no finding"}
}

// bare is the packet's text without the codes of figures.
func (b *built) bare() string {
	return closedUp(regexp.MustCompile(`F-\d{4,}`).ReplaceAllString(b.packet, " "))
}

func has(t *testing.T, where, text, want string) {
	t.Helper()
	if !strings.Contains(text, want) {
		t.Errorf("%s does not say %q", where, want)
	}
}
