package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"proofpack/generator/chart"
	"proofpack/templates"
)

// A Month is one published packet, as the archive lists it.
type Month struct {
	Folder   string // "2026-05", beside the archive's page
	Name     string // "May 2026"
	Headline string
	PDF      string // path of the packet inside Folder; "" none
	Signer   string // "" unsigned
	Chain    string // what follows it in the chain, in words; "" not checked
}

// An archiveView is what archive.html sees.
type archiveView struct {
	Company, Headline string
	Newest            string // folder whose style sheet the page borrows; "" none
	Months            []Month
}

// ArchiveIndex is the page above the months, newest month first as given. It
// borrows the style sheet of the newest month and reads well without it.
func ArchiveIndex(months []Month, company string, files fs.FS) ([]byte, error) {
	if files == nil {
		files = templates.FS
	}
	t, err := parse(files)
	if err != nil {
		return nil, err
	}
	view := archiveView{Company: chart.Visible(company), Headline: archiveHeadline(months)}
	for _, m := range months {
		if !target.MatchString(m.Folder) || !target.MatchString(m.PDF) {
			return nil, fmt.Errorf("site: archive: %q is not a folder of the archive", m.Folder)
		}
		m.Name, m.Headline = strings.ReplaceAll(chart.Visible(m.Name), " ", "\u00a0"), chart.Visible(m.Headline) // a month stands on one line
		m.Signer, m.Chain = chart.Visible(m.Signer), chart.Visible(m.Chain)
		view.Months = append(view.Months, m)
	}
	if len(months) > 0 {
		view.Newest = months[0].Folder
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "pages/archive.html", view); err != nil {
		return nil, fmt.Errorf("site: archive: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func archiveHeadline(months []Month) string {
	switch n := len(months); n {
	case 0:
		return "No packet has been published yet."
	case 1:
		return "1 packet, " + months[0].Name
	default:
		return strconv.Itoa(n) + " packets, " + months[n-1].Name + " to " + months[0].Name
	}
}
