// Package report writes everything that is said, once: pages, sections,
// tables, figures and sentences. It knows no output format; the site, the
// packet and report.json are written from the same Report.
package report

import (
	"time"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
)

// A Report is one month as it will be read.
type Report struct {
	Company   string
	Currency  string // ISO 4217
	Month     string // "2026-05"
	MonthName string // "May 2026"
	AsOf      time.Time
	Draft     bool   // unsigned: DRAFT stands on every page
	Signer    Signer // zero when Draft
	BuildID   string // four groups of four hex digits over inputs, configuration and version
	Tool      Tool
	Paper     string   // "letter" or "a4"
	Signs     []string // who signs on paper: titles of the signature lines

	Headline Text
	Pages    []*Page // of the site; those with Nav in the order of the navigation
	Packet   []*Page // of the packet, cover first
	Workbook []Worksheet
	Glossary []Term   // words a reader may look up, sorted
	Figures  []Figure // every figure printed anywhere, in order of id
	Document *Document
}

// A Signer is who signs, as printed.
type Signer struct {
	Name        string
	Fingerprint string // "7f3a 91c4 0be2 5d18"
}

// A Tool is the program that built the report.
type Tool struct{ Name, Version, Commit string }

// A Term is a word of the glossary.
type Term struct{ Word, Means string }

// A Page is one page of the site, or one heading of the packet.
type Page struct {
	Path     string // file in the folder, "systems/vmh-01.html"; of the packet, an id such as "recovery"
	Nav      string // label in the navigation; "" stands in none
	Basis    bool   // in the second line of the navigation: what the report rests on, and how it judges
	Crumbs   []Crumb
	Kicker   string // the quiet line over the title
	Title    Text   // the headline: a finding, not a topic
	Lede     Text
	Sections []Section
	Explore  string // the explore page over the same facts; "" none
	Layout   Layout
}

// A Layout is how a page is set.
type Layout int

// The layouts. Cover and Summary exist in the packet only.
const (
	LayoutPlain Layout = iota
	LayoutCover
	LayoutSummary
)

// A Crumb is a step back up.
type Crumb struct{ Text, Href string }

// A Section is a heading with what stands under it.
type Section struct {
	ID     string // anchor, unique on the page
	Kicker string
	Title  Text // a finding; may be empty
	Blocks []Block
	Half   bool // two Half sections that follow each other stand side by side where there is room
}

// A Block is one thing on a page.
type Block interface{ block() }

// Text is a line of words, links, figures and states.
type Text []Span

// A Span is a run of one kind.
type Span struct {
	Text   string
	Kind   Kind
	Href   string       // relative to the folder's root: "data/jobs-csv-00001.html#r41"; "" no link. The writer makes it relative to its page
	Figure string       // id of the figure, "F-0147"; the site leads to figures/, the packet prints the code small and grey
	State  assess.State // of KindState
	Keep   bool         // no line break inside
}

// A Kind is how a span is set.
type Kind int

// The kinds of spans.
const (
	KindPlain Kind = iota
	KindStrong
	KindSmall // quieter, often on a line of its own under a label
	KindQuote // words of a source: <q>
	KindCode  // file names, hashes, commands: mono
	KindState // glyph and word of State; Text replaces the word when set
	KindBreak // a line break
)

// A Paragraph is running text.
type Paragraph struct {
	Text  Text
	Quiet bool // smaller and greyer: a caption, a link to more
	Alert bool // with a heavy rule at the left: what the report cannot see
}

// A List is a list.
type List struct {
	Items    []Text
	Numbered bool
}

// Keys are the large figures under a headline; four of them.
type Keys struct{ Items []Key }

// A Key is one large figure.
type Key struct{ Label, Value, Note Text }

// Facts are small labelled facts in a grid, on the page of a service or system.
type Facts struct{ Items []Fact }

// A Fact is a label with a value and a quiet note.
type Fact struct{ Label, Value, Note Text }

// Decisions are asked of leadership: at most five.
type Decisions struct{ Items []Ask }

// An Ask is one decision, or one next action, that leadership answers.
type Ask struct {
	Title, Why              Text
	Cost, AskedBy, DecideBy Text // empty Text prints "not set"
	Closes                  Text // the proof that will close it
	Step                    bool // a step that the evidence asks for: nobody asked it and its cost is not known, so neither is printed
}

// A Signatures block is lines to sign on paper.
type Signatures struct{ Lines []string }

// Prose is Markdown commentary, already parsed by its writer's own means.
type Prose struct{ Name, Markdown string }

// A Legend explains the states, in order.
type Legend struct{ Items []LegendItem }

// A LegendItem is a state with what it means in this place.
type LegendItem struct {
	State assess.State
	Means string
}

// A Table is rows of text under column heads.
type Table struct {
	Caption string // said to a screen reader; names what the rows are
	Columns []Column
	Rows    []TableRow
	Foot    []Text // one cell a column; none: no foot
	Wide    bool   // more than five columns: scrolls sideways on a phone, first column stays
}

// A Column is a head of a Table.
type Column struct {
	Title string
	Num   bool    // right-aligned tabular figures
	Share float64 // share of the width in the packet; 0: an equal share of the rest
}

// A TableRow is one row; ID is its anchor.
type TableRow struct {
	ID    string
	Cells []Text
	Mark  bool // the row the page is about
}

// A Matrix is the proof matrix: a state in each cell.
type Matrix struct {
	Caption string
	Corner  string       // head of the first column
	Columns []MatrixHead // the disciplines
	Rows    []MatrixRow
	Foot    []string // "Proven, of 14" then a count a column; none: no foot
}

// A MatrixHead is a column head, long for wide screens and short for narrow.
type MatrixHead struct{ Long, Short string }

// A MatrixRow is a service or system with its states.
type MatrixRow struct {
	Label Text
	Sub   string
	Cells []MatrixCell
}

// A MatrixCell is a state that leads to what it rests on.
type MatrixCell struct {
	State assess.State
	Href  string
	Says  string // in words: "Shipping, recovery: failed"
}

// A Contrast is a contradiction: two rows of two exports, quoted, and what
// they mean together.
type Contrast struct {
	ID      string // "X01"
	Subject Text
	Says    Text
	A, B    Quoted
}

// A Quoted is a row of a source in words, with its address.
type Quoted struct {
	Label Text // data set and place: "jobs.csv row 62"
	Text  string
}

// Records are the rows of one source as read.
type Records struct {
	Header []string
	Rows   []Record
}

// A Record is one row with what became of it. Its anchor is "r" and N.
type Record struct {
	N      int
	Cells  []string
	Status string // "used", "rejected", "duplicate", "set aside"
	Reason string
}

// A Chart is a picture of numbers with the quiet line that says measure, unit
// and period. The section's title states the finding; the table of the same
// numbers stands under it.
type Chart struct {
	ID      string // unique on its page, [a-z0-9-]
	Measure string
	Drawing Drawing
	Table   *Table // the same numbers; nil when the drawing's own labels are the table (bar lists)
}

func (Paragraph) block()  {}
func (List) block()       {}
func (Keys) block()       {}
func (Facts) block()      {}
func (Decisions) block()  {}
func (Signatures) block() {}
func (Prose) block()      {}
func (Legend) block()     {}
func (Table) block()      {}
func (Matrix) block()     {}
func (Contrast) block()   {}
func (Records) block()    {}
func (Chart) block()      {}

// A Figure is a printed number with its address.
type Figure struct {
	ID      string // "F-0147"
	Text    string // as printed
	Value   float64
	Unit    string
	Formula string
	Says    string // the sentence it stands in
	Sources []diag.Pos
}
