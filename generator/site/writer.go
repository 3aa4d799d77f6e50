package site

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A writer renders the pages of one report. Its templates are parsed once.
type writer struct {
	r         *report.Report
	o         Options
	templates *template.Template
	paths     map[string]bool // pages and what lies beside them, for links in commentary
	frames    map[string]frame
	body      bytes.Buffer // what is under the headline of the page being rendered
}

// A frame is the head and foot of a page, the same for all pages of one depth
// that stand in the same place of the navigation.
type frame struct{ mast, foot template.HTML }

func newWriter(r *report.Report, o Options) (*writer, error) {
	t, err := parse(o.Templates)
	if err != nil {
		return nil, err
	}
	w := &writer{r: r, o: o, templates: t, paths: map[string]bool{}, frames: map[string]frame{}}
	for _, p := range r.Pages {
		w.paths[p.Path] = true
	}
	for _, p := range o.Beside {
		w.paths[p] = true
	}
	return w, nil
}

// parse reads all templates, each named by its full path, so that an error of
// one says where it stands.
func parse(files fs.FS) (*template.Template, error) {
	t := template.New("")
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		// Without the end of the file's last line, blocks stand close.
		_, err = t.New(name).Parse(strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("site: templates: %w", err)
	}
	return t, nil
}

// fill renders one template to the end of the page's body.
func (w *writer) fill(name string, view any) error {
	return w.templates.ExecuteTemplate(&w.body, name, view)
}

// roomForFrame is about what a page has around its body, in bytes.
const roomForFrame = 8 << 10

// A pageView is what base.html sees.
type pageView struct {
	Name, Month, Company string
	Base                 string // "" or "../": the way to the folder's root
	Mast, Foot           template.HTML
	Crumbs               []crumbView
	Kicker               string
	Headline, Lede, Body template.HTML
	Explore              string
}

type crumbView struct{ Text, Href string }

// page renders one page.
func (w *writer) page(p *report.Page) ([]byte, error) {
	s := &sheet{writer: w, page: p, base: base(p.Path), labels: map[string]int{}}
	f, err := w.frame(p, s.base)
	if err != nil {
		return nil, err
	}
	view := pageView{
		Name: chart.Visible(nameOf(p)), Month: w.r.MonthName, Company: chart.Visible(w.r.Company),
		Base: s.base, Mast: f.mast, Foot: f.foot, Kicker: chart.Visible(p.Kicker),
		Headline: s.title(p.Title), Lede: s.text(p.Lede),
	}
	for _, c := range p.Crumbs {
		view.Crumbs = append(view.Crumbs, crumbView{chart.Visible(c.Text), s.href(c.Href)})
	}
	if p.Explore != "" && w.paths[p.Explore] {
		view.Explore = s.href(p.Explore)
	}
	w.body.Reset()
	if err := s.sections(p.Sections); err != nil {
		return nil, err
	}
	if s.err != nil {
		return nil, s.err
	}
	view.Body = trusted(w.body.Bytes())
	page := bytes.NewBuffer(make([]byte, 0, w.body.Len()+roomForFrame))
	if err := w.templates.ExecuteTemplate(page, "base.html", view); err != nil {
		return nil, err
	}
	page.WriteByte('\n')
	return page.Bytes(), nil
}

// base is the way from a page up to the folder's root.
func base(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

// nameOf is what a window or a bookmark calls a page.
func nameOf(p *report.Page) string {
	if p.Nav != "" {
		return p.Nav
	}
	return strings.TrimSuffix(p.Title.Plain(), ".")
}
