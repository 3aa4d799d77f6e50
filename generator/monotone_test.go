package generator

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// every takes everything away in turn, not a choice of it: make monotone.
var every = flag.Bool("every", false, "take every row and cell away, not some of them")

// only takes away from the exports whose names begin so, while something is
// being looked into.
var only = flag.String("only", "", "exports to take away from, by the beginning of their names")

// A most is how many rows and cells of one export are taken away; columns and
// whole exports always all are.
type most struct{ rows, cells, columns int }

// TestRemovingEvidenceNeverImprovesAnything takes rows, cells, columns and
// whole exports away from folders whose intake records declare how many rows
// there are, as somebody would who wants to look better, and reads, judges and
// ranks what is left: no proof may be gained, no high bound may fall, and no
// bad finding may go without another that names what is short.
func TestRemovingEvidenceNeverImprovesAnything(t *testing.T) {
	for _, name := range []string{"A-storage", "A-storage-control", "B-hidden", "B-hidden-control"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			takeAway(t, scenarioFolder(t, name), most{rows: 12, cells: 20, columns: 99})
		})
	}
	months := sampleMonths(t)
	if !*every {
		months = months[len(months)-1:]
	}
	for _, month := range months {
		t.Run("sample "+month, func(t *testing.T) {
			t.Parallel()
			takeAway(t, sampleFolder(t, month), most{rows: 2, cells: 5, columns: 3})
		})
	}
}

// open are the columns whose loss may lower a high bound or close a finding; the
// README's limits list them. A score that nobody gives is what the policy says by severity
// (13-decisions). A system that rests on nothing leaves the same cells blank as
// one whose links were lost: when some of its links are left, nothing shows it.
var open = map[string]bool{"epss": true, "depends on": true, "depends_on": true, "business service": true}

// takeAway takes things away from a folder, one at a time, and reports what
// got better.
func takeAway(t *testing.T, m *monotone, most most) {
	if *every {
		most.rows, most.cells, most.columns = 1<<30, 1<<30, 1<<30
	}
	before := m.judge()
	if before == nil {
		t.Fatal("the whole month is refused")
	}
	n := 0
	for _, file := range slices.Sorted(maps.Keys(m.exports)) {
		if *only != "" && !strings.HasPrefix(file, *only) {
			continue
		}
		rows := m.exports[file]
		less := func(what, column string, left [][]string) {
			n++
			m.write(file, left)
			for _, problem := range improved(before, m.judge(), open[strings.ToLower(column)]) {
				t.Errorf("%s %s: %s", file, what, problem)
			}
			m.write(file, rows)
		}
		less("without its rows", "", rows[:1])
		for _, i := range m.some(1, len(rows), most.rows) {
			less(fmt.Sprintf("without row %d", i+1), "", slices.Delete(slices.Clone(rows), i, i+1))
		}
		var filled []int
		for i, r := range rows[1:] {
			for column, value := range r {
				if value != "" {
					filled = append(filled, (i+1)*len(rows[0])+column)
				}
			}
		}
		for _, c := range m.some(0, len(filled), most.cells) {
			i, column := filled[c]/len(rows[0]), filled[c]%len(rows[0])
			left := slices.Clone(rows)
			left[i] = slices.Clone(rows[i])
			left[i][column] = ""
			less(fmt.Sprintf("row %d without %s = %s", i+1, rows[0][column], rows[i][column]), rows[0][column], left)
		}
		for _, column := range m.some(0, len(rows[0]), most.columns) {
			var left [][]string
			for _, r := range rows {
				left = append(left, slices.Delete(slices.Clone(r), column, column+1))
			}
			less("without the column "+rows[0][column], rows[0][column], left)
		}
		m.without(file, func() {
			n++
			if after := m.judge(); after != nil {
				t.Errorf("%s is gone, its record stands, and the month is read", file)
			}
		})
	}
	after := m.judge()
	if problems := improved(before, after, false); len(problems) > 0 || len(after.findings) != len(before.findings) {
		t.Errorf("everything is back, and something is not as it was: %v", problems)
	}
	t.Logf("%d deletions, %d findings", n, len(before.findings))
}

// sampleMonths are the months of the sample.
func sampleMonths(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join("..", "sample-data", "exports"))
	if err != nil {
		t.Fatal(err)
	}
	var months []string
	for _, e := range entries {
		if e.IsDir() {
			months = append(months, e.Name())
		}
	}
	return months
}
