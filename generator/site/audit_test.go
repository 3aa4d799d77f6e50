package site

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"proofpack/templates"
)

// audited are the functions that mark bytes as safe HTML, with who wrote those
// bytes. A new one is read by somebody before it stands here.
var audited = map[string]string{
	"frame":   "html/template",
	"page":    "html/template, a block at a time",
	"text":    "appendText",
	"title":   "appendSpan",
	"block":   "appendState",
	"table":   "appendText, appendAttr and literals",
	"matrix":  "appendText, appendCell, chart.AppendEscaped and literals",
	"records": "appendRecord and literals",
	"chart":   "appendRows, chart.AppendKeyMark and chart.AppendSVG",
	"prose":   "package prose",
}

// spread are the names whose bytes are appended as they are: tags, classes and
// attribute names that this package chooses among literals.
var spread = []string{"class", "tag", "open", "shut", "name"}

// TestUnescapedOutputIsAudited holds that only trusted makes safe HTML of bytes,
// that only audited functions call it, and that what they append as it is, is a
// literal or a word of this package's own.
func TestUnescapedOutputIsAudited(t *testing.T) {
	unsafe := []string{"HTML", "HTMLAttr", "JS", "JSStr", "URL", "CSS", "Srcset"}
	callers := map[string]bool{}
	conversions := 0
	eachFunction(t, filepath.Join("..", ".."), func(file string, f *ast.FuncDecl, at func(ast.Node) string) {
		inSite := filepath.Base(filepath.Dir(file)) == "site"
		ast.Inspect(f, func(n ast.Node) bool {
			call, is := n.(*ast.CallExpr)
			if !is {
				return true
			}
			switch fun := call.Fun.(type) {
			case *ast.SelectorExpr:
				if x, is := fun.X.(*ast.Ident); is && x.Name == "template" && slices.Contains(unsafe, fun.Sel.Name) {
					if conversions++; !inSite || f.Name.Name != "trusted" {
						t.Errorf("%s: template.%s outside of trusted", at(n), fun.Sel.Name)
					}
				}
			case *ast.Ident:
				switch {
				case !inSite:
				case fun.Name == "trusted":
					if callers[f.Name.Name] = true; audited[f.Name.Name] == "" {
						t.Errorf("%s: nobody audited what %s marks as safe", at(n), f.Name.Name)
					}
				case fun.Name == "appendAttr":
					if name, is := call.Args[1].(*ast.BasicLit); !is || name.Kind != token.STRING {
						t.Errorf("%s: %s names an attribute by something that is no literal", at(n), f.Name.Name)
					}
				case fun.Name == "append" && call.Ellipsis.IsValid() && !literal(call.Args[1]):
					t.Errorf("%s: %s appends something that is neither a literal nor a word of its own", at(n), f.Name.Name)
				}
			}
			return true
		})
	})
	if conversions == 0 {
		t.Error("not even trusted was found")
	}
	for name := range audited {
		if !callers[name] {
			t.Errorf("%s is on the list of the audited and marks nothing as safe any more", name)
		}
	}
}

// literal tells whether an expression can only be text of this package.
func literal(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.Ident:
		return slices.Contains(spread, e.Name)
	case *ast.CallExpr:
		f, is := e.Fun.(*ast.Ident)
		return is && f.Name == "className"
	}
	return false
}

// eachFunction reads every function of the program below a folder, tests and
// fetched packages apart.
func eachFunction(t *testing.T, root string, visit func(file string, f *ast.FuncDecl, at func(ast.Node) string)) {
	t.Helper()
	set := token.NewFileSet()
	at := func(n ast.Node) string {
		p := set.Position(n.Pos())
		return fmt.Sprintf("%s:%d", p.Filename, p.Line)
	}
	for _, folder := range []string{"cmd", "generator", "templates", "themes", "sample-data"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "node_modules" {
				return fs.SkipDir
			}
			if d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, d := range file.Decls {
				if f, is := d.(*ast.FuncDecl); is && f.Body != nil {
					visit(name, f, at)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestTemplatesStayOutOfScripts holds that no template puts anything into a
// script, a handler or a style, where html/template is weakest.
func TestTemplatesStayOutOfScripts(t *testing.T) {
	script := regexp.MustCompile(`(?is)<(script|style)\b([^>]*)>(.*?)</(?:script|style)>`)
	attribute := regexp.MustCompile(`(?is)\s(on[a-z]+|style)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)`)
	seen := 0
	err := fs.WalkDir(templates.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(templates.FS, name)
		if err != nil {
			return err
		}
		seen++
		for _, m := range script.FindAllSubmatch(text, -1) {
			if data := strings.Contains(string(m[2]), `type="application/json"`); !data && strings.Contains(string(m[3]), "{{") {
				t.Errorf("%s: an action inside <%s>: %s", name, m[1], m[3])
			}
		}
		for _, m := range attribute.FindAllSubmatch(text, -1) {
			t.Errorf("%s: the attribute %s=%s", name, m[1], m[2])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Errorf("only %d templates were read", seen)
	}
}
