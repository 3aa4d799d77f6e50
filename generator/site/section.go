package site

import (
	"fmt"
	"html/template"
	"strconv"

	"proofpack/generator/chart"
	"proofpack/generator/report"
)

// A sectionView is what section.html sees: the beginning of a section.
type sectionView struct {
	ID, Kicker string
	Title      template.HTML
	First      bool // stands close under the headline
}

// sections renders the sections of a page. Half sections that follow each other
// stand side by side.
func (s *sheet) sections(all []report.Section) error {
	half := false
	for i := range all {
		if all[i].Half != half {
			if half = all[i].Half; half {
				s.body.WriteString("<div class=\"two\">\n")
			} else {
				s.body.WriteString("</div>\n")
			}
		}
		if err := s.section(&all[i], i); err != nil {
			return fmt.Errorf("section %q: %w", all[i].ID, err)
		}
	}
	if half {
		s.body.WriteString("</div>\n")
	}
	return nil
}

func (s *sheet) section(sec *report.Section, n int) error {
	view := sectionView{ID: sec.ID, Kicker: chart.Visible(sec.Kicker), Title: s.title(sec.Title)}
	view.First = n == 0 && view.Title == "" && !sec.Half
	if view.ID == "" && view.Title != "" {
		view.ID = "section-" + strconv.Itoa(n+1)
	}
	under := 1
	if view.Title != "" {
		under = 2
	}
	if err := s.fill("partials/section.html", view); err != nil {
		return err
	}
	for _, block := range sec.Blocks {
		s.body.WriteByte('\n')
		if err := s.block(block, under); err != nil {
			return err
		}
	}
	s.body.WriteString("</section>\n")
	return nil
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
