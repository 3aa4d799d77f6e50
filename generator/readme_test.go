package generator_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/assess"
	"proofpack/generator/intake"
)

// TestReadme holds what README.md says of data sets and checks to the code;
// UPDATE=1 writes it there.
func TestReadme(t *testing.T) {
	const name = "../README.md"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	for _, part := range []struct{ name, want string }{
		{"columns", columnTables()},
		{"checks", checkTable()},
	} {
		begin, end := "<!-- "+part.name+": UPDATE=1 go test ./generator -->\n", "<!-- end of "+part.name+" -->\n"
		before, rest, found := strings.Cut(readme, begin)
		got, after, closed := strings.Cut(rest, end)
		if !found || !closed {
			t.Fatalf("README.md lacks the lines %q and %q", begin, end)
		}
		if diff := cmp.Diff(part.want, got); diff != "" && os.Getenv("UPDATE") == "" {
			t.Errorf("%s; write them with UPDATE=1 (-code +README.md):\n%s", part.name, diff)
		}
		readme = before + begin + part.want + end + after
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, []byte(readme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// columnTables is a table of columns for each data set that is read.
func columnTables() string {
	var b strings.Builder
	for _, d := range intake.DataSets() {
		fmt.Fprintf(&b, "\n#### %s: a row is %s\n\n| column | needed | holds |\n|---|---|---|\n", d.Name, d.Row)
		for _, c := range d.Columns {
			holds := c.Meaning
			if len(c.Words) > 0 {
				holds += ": `" + strings.Join(c.Words, "`, `") + "`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, needed(c.Required), holds)
		}
	}
	return b.String() + "\n"
}

// needed says whether a column must be there.
func needed(groups []string) string {
	var all []string
	for _, g := range groups {
		if g != "yes" {
			g = "one of *" + g + "*"
		}
		all = append(all, g)
	}
	return strings.Join(all, ", ")
}

// checkTable is a line for each check.
func checkTable() string {
	var b strings.Builder
	b.WriteString("| check | question |\n|---|---|\n")
	for _, c := range assess.Checks {
		fmt.Fprintf(&b, "| %s | %s |\n", c.ID, c.Question)
	}
	return b.String()
}
