package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A sectionView is what section.html sees.
type sectionView struct {
	ID, Kicker  string
	Title, Body template.HTML
	First       bool // stands close under the headline
}

// sections renders the sections of a page. Half sections that follow each other
// stand side by side.
func (s *sheet) sections(all []report.Section) (template.HTML, error) {
	var out []byte
	half := false
	for i := range all {
		if all[i].Half != half {
			if half = all[i].Half; half {
				out = append(out, "<div class=\"two\">\n"...)
			} else {
				out = append(out, "</div>\n"...)
			}
		}
		section, err := s.section(&all[i], i)
		if err != nil {
			return "", err
		}
		out = append(out, section...)
		out = append(out, '\n')
	}
	if half {
		out = append(out, "</div>\n"...)
	}
	return trusted(bytes.TrimSuffix(out, []byte("\n"))), nil
}

func (s *sheet) section(sec *report.Section, n int) (template.HTML, error) {
	view := sectionView{ID: sec.ID, Kicker: chart.Visible(sec.Kicker), Title: s.text(sec.Title)}
	view.First = n == 0 && view.Title == "" && !sec.Half
	if view.ID == "" && view.Title != "" {
		view.ID = "section-" + strconv.Itoa(n+1)
	}
	under := 1
	if view.Title != "" {
		under = 2
	}
	var body []byte
	for _, block := range sec.Blocks {
		html, err := s.block(block, under)
		if err != nil {
			return "", fmt.Errorf("section %q: %w", sec.ID, err)
		}
		body = append(body, html...)
		body = append(body, '\n')
	}
	view.Body = trusted(body)
	return s.fill("partials/section.html", view)
}

// label is a name for a region that no other region of the page has.
func (s *sheet) label(words string) string {
	words = chart.Visible(words)
	if words == "" {
		words = "Table"
	}
	s.labels[words]++
	if n := s.labels[words]; n > 1 {
		return words + ", " + strconv.Itoa(n)
	}
	return words
}
