package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// chains list the packages from input to output. A package may import those of
// the earlier lines of its chain; packages on one line do not know each other.
// What is in neither chain must be placed before it can be merged.
var chains = [][]string{
	{
		"diag name",
		"overlay",
		"config",
		"evidence",
		"source",
		"intake",
		"publish",
		"graph",
		"assess",
		"rank",
		"history",
		"report",
		"chart",
		"prose",
		"site explore packet workbook",
	},
	{
		"diag name",
		"sign",
		"seal",
	},
}

const (
	module = "proofpack/"
	ours   = module + "generator/"
)

// allowed tells for each placed package what it may import of generator.
func allowed() map[string][]string {
	may := map[string][]string{}
	for _, chain := range chains {
		var earlier []string
		for _, line := range chain {
			names := strings.Fields(line)
			for _, n := range names {
				may[n] = append(may[n], earlier...)
			}
			earlier = append(earlier, names...)
		}
	}
	return may
}

// home is the package that a folder belongs to. A folder such as
// report/reporttest holds what tests of report and of later packages share.
func home(folder string) (name string, forTests bool) {
	parent, base := path.Split(folder)
	if parent = strings.TrimSuffix(parent, "/"); parent != "" && base == parent+"test" {
		return parent, true
	}
	return folder, false
}

// imported are the packages of this module that the files of a folder import:
// those of the program for every system, and those of its tests.
func imported(t *testing.T, fsys fs.FS, folder string) (program, tests []string) {
	t.Helper()
	files, err := fs.Glob(fsys, path.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range parsed.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case !strings.HasPrefix(p, module):
			case strings.HasSuffix(name, "_test.go"):
				tests = append(tests, p)
			default:
				program = append(program, p)
			}
		}
	}
	return program, tests
}

// wrongImports are the sentences about folders of generator that are not placed
// and imports against the direction.
func wrongImports(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	may := allowed()
	var wrong []string
	err := fs.WalkDir(fsys, ".", func(folder string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir() || folder == ".":
			return nil
		case d.Name() == "testdata":
			return fs.SkipDir
		}
		name, forTests := home(folder)
		earlier, placed := may[name]
		if !placed {
			wrong = append(wrong, folder+" is in no chain: say where it stands")
			return nil
		}
		if forTests {
			earlier = append(slices.Clone(earlier), name)
		}
		program, _ := imported(t, fsys, folder)
		for _, p := range program {
			target, inside := strings.CutPrefix(p, ours)
			switch _, testOnly := home(target); {
			case p == strings.TrimSuffix(ours, "/"):
				wrong = append(wrong, folder+" imports generator, which is made of it")
			case !inside:
			case testOnly:
				wrong = append(wrong, folder+" imports "+target+", which is for tests")
			case !slices.Contains(earlier, target):
				wrong = append(wrong, folder+" imports "+target+", which does not come before it")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

func TestImportDirection(t *testing.T) {
	for _, sentence := range wrongImports(t, os.DirFS(".")) {
		t.Error("generator/" + sentence)
	}
}

// TestEmbeddedFoldersKnowNothing holds that templates, themes and sample are
// files that the program carries, not code.
func TestEmbeddedFoldersKnowNothing(t *testing.T) {
	for _, folder := range []string{"templates", "themes", "sample-data"} {
		program, _ := imported(t, os.DirFS(".."), folder)
		for _, p := range program {
			t.Errorf("%s imports %s", folder, p)
		}
	}
}

// TestImportDirectionSeesAWrongOne shows that the test above can fail.
func TestImportDirectionSeesAWrongOne(t *testing.T) {
	file := func(imports ...string) *fstest.MapFile {
		text := "package p\n"
		for _, i := range imports {
			text += "import _ " + strconv.Quote(i) + "\n"
		}
		return &fstest.MapFile{Data: []byte(text)}
	}
	for _, c := range []struct {
		fact string
		name string
		file *fstest.MapFile
		want []string
	}{
		{"an earlier package", "rank/a.go", file(ours+"assess", "fmt"), nil},
		{"a later package", "assess/a.go", file(ours + "rank"), []string{"assess imports rank, which does not come before it"}},
		{"a neighbour", "site/a.go", file(ours + "packet"), []string{"site imports packet, which does not come before it"}},
		{"the other chain", "sign/a.go", file(ours + "config"), []string{"sign imports config, which does not come before it"}},
		{"a file for another system", "seal/lock_plan9.go", file(ours + "site"), []string{"seal imports site, which does not come before it"}},
		{"the whole", "diag/a.go", file("proofpack/generator"), []string{"diag imports generator, which is made of it"}},
		{"a new folder", "mailer/a.go", file(), []string{"mailer is in no chain: say where it stands"}},
		{"a folder for tests", "report/reporttest/a.go", file(ours + "report"), nil},
		{"a folder for tests that looks ahead", "report/reporttest/a.go", file(ours + "site"), []string{"report/reporttest imports site, which does not come before it"}},
		{"a folder for tests in the program", "site/a.go", file(ours + "report/reporttest"), []string{"site imports report/reporttest, which is for tests"}},
		{"a folder for tests in a test", "site/a_test.go", file(ours + "report/reporttest"), nil},
	} {
		if diff := cmp.Diff(c.want, wrongImports(t, fstest.MapFS{c.name: c.file})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.fact, diff)
		}
	}
}
