package site

import (
	"html/template"
	"path"

	"proofpack/generator/chart"
	"proofpack/generator/prose"
	"proofpack/generator/report"
)

// The views below are what the partials of the same names see.
type (
	paragraphView struct {
		Text         template.HTML
		Quiet, Alert bool
	}
	listView struct {
		Items    []template.HTML
		Numbered bool
	}
	noted     struct{ Label, Value, Note template.HTML }
	notedView struct{ Items []noted }
	askView   struct {
		Title, Why, Closes      template.HTML
		Cost, AskedBy, DecideBy template.HTML
		Undated                 bool // a step without a date: nothing stands beside it
	}
	decisionsView struct {
		Level int // of the headings
		Items []askView
	}
	signaturesView struct{ Lines []string }
	proseView      struct{ Body template.HTML }
	legendItem     struct {
		State template.HTML
		Means string
	}
	legendView struct{ Items []legendItem }
	quotedView struct {
		Label template.HTML
		Text  string
		Row   bool // words of a row, quoted; else ours, that there is none
	}
	contrastView struct {
		Level         int // of the heading
		ID            string
		Subject, Says template.HTML
		A, B          quotedView
	}
)

// block renders one block under a heading of the given level.
func (s *sheet) block(block report.Block, under int) error {
	switch b := block.(type) {
	case report.Paragraph:
		return s.fill("partials/paragraph.html", paragraphView{s.text(b.Text), b.Quiet, b.Alert})
	case report.List:
		view := listView{Numbered: b.Numbered}
		for _, item := range b.Items {
			view.Items = append(view.Items, s.text(item))
		}
		return s.fill("partials/list.html", view)
	case report.Keys:
		view := notedView{}
		for _, k := range b.Items {
			view.Items = append(view.Items, noted{s.text(k.Label), s.orNotSet(k.Value), s.text(k.Note)})
		}
		return s.fill("partials/keys.html", view)
	case report.Facts:
		view := notedView{}
		for _, f := range b.Items {
			view.Items = append(view.Items, noted{s.text(f.Label), s.orNotSet(f.Value), s.text(f.Note)})
		}
		return s.fill("partials/facts.html", view)
	case report.Decisions:
		view := decisionsView{Level: under + 1}
		for _, a := range b.Items {
			ask := askView{Title: s.title(a.Title), Why: s.text(a.Why), Closes: s.text(a.Closes), DecideBy: s.orNotSet(a.DecideBy), Undated: a.Step && len(a.DecideBy) == 0}
			if !a.Step {
				ask.Cost, ask.AskedBy = s.orNotSet(a.Cost), s.orNotSet(a.AskedBy)
			}
			view.Items = append(view.Items, ask)
		}
		return s.fill("partials/decisions.html", view)
	case report.Signatures:
		view := signaturesView{}
		for _, line := range b.Lines {
			view.Lines = append(view.Lines, chart.Visible(line))
		}
		return s.fill("partials/signatures.html", view)
	case report.Prose:
		return s.fill("partials/prose.html", proseView{s.prose(b, under)})
	case report.Legend:
		view := legendView{}
		for _, item := range b.Items {
			view.Items = append(view.Items, legendItem{trusted(appendState(nil, item.State, "")), chart.Visible(item.Means)})
		}
		return s.fill("partials/legend.html", view)
	case report.Contrast:
		return s.fill("partials/contrast.html", contrastView{under + 1, chart.Visible(b.ID), s.text(b.Subject), s.text(b.Says), s.quoted(b.A), s.quoted(b.B)})
	case report.Table:
		return s.table(b)
	case report.Matrix:
		return s.matrix(b)
	case report.Records:
		return s.records(b)
	case report.Chart:
		return s.chart(b)
	}
	return nil
}

// quoted is a row in words. A label that leads to no row names a data set that
// has none, and the words beside it are ours.
func (s *sheet) quoted(q report.Quoted) quotedView {
	view := quotedView{Label: s.text(q.Label), Text: chart.Visible(q.Text)}
	for _, span := range q.Label {
		view.Row = view.Row || span.Href != ""
	}
	return view
}

// prose is commentary as HTML. Package prose has made it safe; its links lead to
// files of the page's own folder.
func (s *sheet) prose(p report.Prose, under int) template.HTML {
	folder := path.Dir(s.page.Path)
	doc, problems := prose.Parse(p.Name, []byte(p.Markdown), func(to string) bool {
		return s.paths[path.Join(folder, to)]
	})
	if s.o.Problem != nil {
		for _, problem := range problems {
			s.o.Problem(problem)
		}
	}
	return trusted([]byte(doc.HTML(under)))
}
