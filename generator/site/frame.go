package site

import (
	"bytes"
	"strings"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// The pages that the head and foot of every page lead to, where they exist.
const (
	verifyPage  = "verify.html"
	qualityPage = "data-quality.html"
)

// A frameView is what mast.html and foot.html see.
type frameView struct {
	Base, Company, Month, AsOf string
	Draft                      bool
	Signer, Key                string    // Key is the beginning of the fingerprint
	Verify, Quality            string    // links; "" where there is no such page
	PDF, Workbook              string    // links; "" where there is no such file
	Nav, Basis                 []navView // the two lines of the navigation
	Packet, Build, Tool        string
}

type navView struct {
	Text, Href string
	Here       bool
}

// frame is the head and foot for a page, rendered once for all pages alike.
func (w *writer) frame(p *report.Page, base string) (frame, error) {
	here := ""
	if p.Nav != "" {
		here = p.Path
	}
	key := base + "\x00" + here
	if f, done := w.frames[key]; done {
		return f, nil
	}
	r := w.r
	view := frameView{
		Base: base, Company: chart.Visible(r.Company), Month: r.MonthName, AsOf: r.AsOf.Format("2 Jan 2006"),
		Draft: r.Draft, Signer: chart.Visible(r.Signer.Name), Key: keyStart(r.Signer.Fingerprint),
		Packet: r.Month, Build: r.BuildID, Tool: strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version),
	}
	if w.paths[verifyPage] {
		view.Verify = base + verifyPage
	}
	if w.paths[qualityPage] {
		view.Quality = base + qualityPage
	}
	if w.o.Packet != "" {
		view.PDF = base + w.o.Packet
	}
	if w.o.Workbook != "" {
		view.Workbook = base + w.o.Workbook
	}
	for _, page := range r.Pages {
		entry := navView{chart.Visible(page.Nav), base + page.Path, page.Path == here}
		switch {
		case page.Nav == "":
		case page.Basis:
			view.Basis = append(view.Basis, entry)
		default:
			view.Nav = append(view.Nav, entry)
		}
	}
	var f frame
	var b bytes.Buffer
	if err := w.templates.ExecuteTemplate(&b, "partials/mast.html", view); err != nil {
		return f, err
	}
	f.mast = trusted(b.Bytes())
	b.Reset()
	if err := w.templates.ExecuteTemplate(&b, "partials/foot.html", view); err != nil {
		return f, err
	}
	f.foot = trusted(b.Bytes())
	w.frames[key] = f
	return f, nil
}

// keyStart is the first two groups of a fingerprint, enough to compare at a glance.
func keyStart(fingerprint string) string {
	groups := strings.Fields(fingerprint)
	return strings.Join(groups[:min(2, len(groups))], " ")
}
