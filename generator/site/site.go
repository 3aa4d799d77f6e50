// Package site renders a report as a folder of HTML that needs no server and
// runs no script: evidence pages, the rows of sources, and figures.
package site

import (
	"fmt"
	"io/fs"

	"proofpack/generator/diag"
	"proofpack/generator/report"
	"proofpack/templates"
	"proofpack/themes"
)

// Options say how a site is rendered. The zero value is the built-in look.
type Options struct {
	Templates fs.FS               // templates laid under the user's; nil for the built-in ones
	Theme     fs.FS               // the folder of the theme; nil for the plain one
	Packet    string              // path of the board packet beside the pages, "packet.pdf"; "" none
	Workbook  string              // path of the evidence workbook beside the pages, "evidence.xlsx"; "" none
	Beside    []string            // paths that others write into the same folder, to which pages may link
	Problem   func(*diag.Problem) // told what commentary could not be printed as meant; nil: nobody
}

// Files renders every page of the report and what the pages need, and yields
// each as a path inside the folder with its bytes, in a fixed order. It stops at
// the first error of yield. A path that can't be a file everywhere, one that is
// there twice, and a link that leads nowhere are errors: nothing half-linked is
// published.
func Files(r *report.Report, o Options, yield func(path string, data []byte) error) error {
	if o.Templates == nil {
		o.Templates = templates.FS
	}
	if o.Theme == nil {
		plain, err := fs.Sub(themes.FS, "plain")
		if err != nil {
			return fmt.Errorf("site: theme: %w", err)
		}
		o.Theme = plain
	}
	w, err := newWriter(r, o)
	if err != nil {
		return err
	}
	links := NewLinks(o.Beside...)
	give := func(path string, data []byte) error {
		if err := links.Add(path, data); err != nil {
			return fmt.Errorf("site: %w", err)
		}
		return yield(path, data)
	}
	if err := assets(o.Theme, give); err != nil {
		return err
	}
	for _, p := range r.Pages {
		data, err := w.page(p)
		if err != nil {
			return fmt.Errorf("site: %s: %w", p.Path, err)
		}
		if err := give(p.Path, data); err != nil {
			return err
		}
	}
	if err := links.Check(); err != nil {
		return fmt.Errorf("site: %w", err)
	}
	return nil
}
