package report

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/graph"
	"proofpack/generator/history"
	"proofpack/generator/rank"

	"proofpack/generator/config"
	"proofpack/generator/publish"
)

// Input is everything that a report is written from.
type Input struct {
	Company string
	Month   string // "2026-05"
	Draft   bool
	Signer  Signer
	BuildID string
	Tool    Tool
	Paper   string
	Signs   []string

	Past    *history.Past // nil: nothing is known of earlier months
	Set     *evidence.Set
	Graph   *graph.Graph
	Result  *assess.Result
	Ranking *rank.Ranking
	Policy  config.Policy
	Publish *publish.Policy // what of the exports readers see; nil shows every column that is claimed

	Unread   []Unread          // files of the exports folder that were not read, with the reason
	Prose    map[string]string // Markdown by name: "method.md", and the user's "summary.md" when there is one
	Archive  string            // file name of the sealed archive
	Glossary []Term            // extra words
}

// An Unread file lay with the exports and is no source of the report; of a
// workbook, one of its sheets.
type Unread struct {
	File    string
	Sheet   string // "" when it is a whole file
	DataSet string // what it looks like; "" undecided
	Reason  string
}

// Place is the file, and the sheet where it is one.
func (u Unread) Place() string { return diag.Pos{File: u.File, Sheet: u.Sheet}.String() }

// New writes the report. Pages are built in a fixed order, so that figures are
// numbered the same for the same input.
func New(in Input) *Report {
	b := newBuilder(in)
	r := &Report{
		Company: in.Company, Currency: in.Set.Currency, Month: in.Month, MonthName: monthName(in.Month),
		AsOf: in.Set.AsOf, Draft: in.Draft, Signer: in.Signer, BuildID: in.BuildID, Tool: in.Tool,
		Paper: in.Paper, Signs: in.Signs,
	}
	r.Headline = b.headline()
	for _, p := range pages {
		r.Pages = append(r.Pages, p(b)...)
	}
	r.Packet = b.packet(r)
	r.Glossary = glossary
	r.Workbook = b.worksheets(r)
	r.Document = b.document(r)
	r.Workbook = b.withFigures(r.Workbook)
	r.Figures = b.figures
	r.Pages = append(r.Pages, b.figurePages()...)
	r.redact(in.Publish)
	return r
}

// pages lists the pages of the site in the order of the navigation, then those
// that others lead to.
var pages = []func(*builder) []*Page{
	one((*builder).summary),
	one((*builder).leader),
	one((*builder).ranking),
	one((*builder).recovery),
	one((*builder).patches),
	one((*builder).access),
	one((*builder).alerts),
	one((*builder).routine),
	one((*builder).changes),
	one((*builder).incidents),
	one((*builder).inventory),
	one((*builder).exceptions),
	one((*builder).regulated),
	one((*builder).trend),
	one((*builder).questions),
	one((*builder).contradictions),
	one((*builder).coverage),
	one((*builder).quality),
	one((*builder).rules),
	one((*builder).method),
	one((*builder).verify),
	(*builder).servicePages,
	(*builder).systemPages,
	(*builder).recordPages,
}

func one(page func(*builder) *Page) func(*builder) []*Page {
	return func(b *builder) []*Page { return []*Page{page(b)} }
}

// monthName is "May 2026" for "2026-05"; a month in another form stands as it is.
func monthName(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January 2006")
}
