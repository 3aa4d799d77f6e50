package overlay

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var builtIn = fstest.MapFS{
	"base.html":         {Data: []byte("base")},
	"pages/home.html":   {Data: []byte("home")},
	"pages/system.html": {Data: []byte("system")},
	"tokens.css":        {Data: []byte("tokens")},
}

func TestAUsersFileReplacesTheBuiltInOne(t *testing.T) {
	over, problems, err := Lay(builtIn, fstest.MapFS{"pages/home.html": {Data: []byte("ours")}}, "themes/ours")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	for name, want := range map[string]string{"pages/home.html": "ours", "pages/system.html": "system", "base.html": "base"} {
		if got, err := fs.ReadFile(over, name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if diff := cmp.Diff([]string{"pages/home.html"}, over.Replaced()); diff != "" {
		t.Errorf("replaced (-want +got):\n%s", diff)
	}
	if _, err := over.Open("pages/none.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file of neither: %v", err)
	}
	matches, err := fs.Glob(over, "pages/*.html")
	if diff := cmp.Diff([]string{"pages/home.html", "pages/system.html"}, matches); diff != "" || err != nil {
		t.Errorf("listing: %v (-want +got):\n%s", err, diff)
	}
}

func TestWithoutAFolderNothingIsReplaced(t *testing.T) {
	over, problems, err := Lay(builtIn, nil, "")
	if err != nil || len(problems) > 0 || len(over.Replaced()) > 0 {
		t.Fatal(problems, err, over.Replaced())
	}
	if err := fstest.TestFS(over, "base.html", "pages/home.html", "pages/system.html", "tokens.css"); err != nil {
		t.Error(err)
	}
}

func TestAFileThatReplacesNothing(t *testing.T) {
	for _, c := range []struct{ fact, name, want string }{
		{"a misspelt name", "pages/hme.html", `themes/ours/pages/hme.html: this file replaces no built-in file. Did you mean "pages/home.html"?`},
		{"another folder", "home.html", `themes/ours/home.html: this file replaces no built-in file. Did you mean "pages/home.html"?`},
		{"capitals", "Tokens.css", `themes/ours/Tokens.css: this file replaces no built-in file. Did you mean "tokens.css"?`},
		{"nothing near", "notes/readme.txt", `themes/ours/notes/readme.txt: this file replaces no built-in file Fix:`},
	} {
		over, problems, err := Lay(builtIn, fstest.MapFS{c.name: {Data: []byte("x")}}, "themes/ours")
		if err != nil || len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), c.want) {
			t.Errorf("%s: %v, %v; want %s", c.fact, problems, err, c.want)
			continue
		}
		if len(over.Replaced()) > 0 {
			t.Errorf("%s: it counts as replaced", c.fact)
		}
	}
}

func TestFilesOfTheSystemAreNoOverrides(t *testing.T) {
	user := fstest.MapFS{".DS_Store": {}, "Thumbs.db": {}, "pages/desktop.ini": {}, "~$home.html": {}, ".git/config": {}}
	if _, problems, err := Lay(builtIn, user, "themes/ours"); err != nil || len(problems) > 0 {
		t.Error(problems, err)
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	user := fstest.MapFS{
		"base.html":  {Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")},
		"tokens.css": {Data: make([]byte, MaxBytes+1)},
	}
	over, problems, err := Lay(builtIn, user, "themes/ours")
	if err != nil || len(problems) != 2 || problems[0].Code != "not-a-file" || problems[1].Code != "too-large" {
		t.Fatal(problems, err)
	}
	if got, err := fs.ReadFile(over, "base.html"); err != nil || string(got) != "base" {
		t.Errorf("the built-in file must stand: %q, %v", got, err)
	}
}

type broken struct{}

func (broken) Open(string) (fs.File, error) { return nil, errors.New("share is gone") }

func TestAFolderThatCannotBeRead(t *testing.T) {
	if _, _, err := Lay(builtIn, broken{}, "themes/ours"); err == nil || !strings.Contains(err.Error(), "overlay: themes/ours: share is gone") {
		t.Errorf("got %v", err)
	}
}
