package packet

import (
	"fmt"
	"strconv"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/border"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"proofpack/generator/report"
)

// A provider renders maroto's rows, columns and components on pages of the PDF
// library. Maroto's own provider has no repeated table heads, no outline and no
// structure, sets lines without leading, and loses what is taller than a page.
//
// Cells hold places on the sheet itself, in points from its upper left corner.
type provider struct {
	pdf    *fpdf.Fpdf
	paper  paper
	types  *typeface
	added  [faces]bool
	glyphs [faces]map[rune]bool // characters drawn, for the table that makes text searchable

	left, x, y float64 // where maroto's grid stands
	face       face    // chosen font; -1: none
	size       float64
	page       int // index of the page under way; -1: none
	marks      int // marked stretches on it
	byMark     [][]*element
	links      []link
	bookmarks  []*bookmark
	goals      map[string]place // where the packet's pages begin
	signature  *SignatureBox
	err        error
}

// A link is an area that leads to a page of the packet.
type link struct {
	page int
	rect [4]float64 // left, bottom, right, top from the lower left corner
	to   string
	says string

	element *element
}

// A place is a height on a page, in points from the top.
type place struct {
	page int
	y    float64
}

var _ core.Provider = (*provider)(nil)

func newProvider(p paper, t *typeface) *provider {
	f := fpdf.NewCustom(&fpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: fpdf.SizeType{Wd: p.width, Ht: p.height}})
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	// The finished file has dates of its own; without these the library asks the clock.
	f.SetCreationDate(time.Unix(0, 0).UTC())
	f.SetModificationDate(time.Unix(0, 0).UTC())
	return &provider{pdf: f, paper: p, types: t, face: -1, page: -1, goals: map[string]place{}}
}

// turn begins a page.
func (p *provider) turn() {
	p.pdf.AddPage()
	p.page++
	p.marks, p.face = 0, -1
	p.byMark = append(p.byMark, nil)
	p.left, p.x, p.y = marginSide, marginSide, marginTop
}

// tagged draws the content of an element; without one it is an artifact, which
// readers pass over.
func (p *provider) tagged(e *element, draw func()) {
	if e == nil {
		p.artifact(draw)
		return
	}
	p.pdf.RawWriteStr("/" + e.role + " <</MCID " + strconv.Itoa(p.marks) + ">> BDC")
	e.content = append(e.content, content{page: p.page, mark: p.marks, link: -1})
	p.byMark[p.page] = append(p.byMark[p.page], e)
	p.marks++
	draw()
	p.pdf.RawWriteStr("EMC")
}

func (p *provider) artifact(draw func()) {
	p.pdf.RawWriteStr("/Artifact BMC")
	draw()
	p.pdf.RawWriteStr("EMC")
}

// choose selects a font.
func (p *provider) choose(f face, size float64) {
	if p.face == f && p.size == size {
		return
	}
	name := "f" + strconv.Itoa(int(f))
	if !p.added[f] {
		p.pdf.AddUTF8FontFromBytes(name, "", p.types.fonts[f].file)
		p.added[f], p.glyphs[f] = true, map[rune]bool{}
	}
	p.pdf.SetFont(name, "", size)
	p.face, p.size = f, size
}

// write draws a run with its baseline at y.
func (p *provider) write(r run, x, y float64) {
	if r.glyph {
		p.glyph(r.state, x+float64(r.size*.52), y-float64(r.size*.345), r.size*1.04)
		return
	}
	if r.text == "" {
		return
	}
	p.choose(r.face, r.size)
	for _, c := range r.text {
		p.glyphs[r.face][c] = true
	}
	p.pdf.SetTextColor(int(r.tone.r), int(r.tone.g), int(r.tone.b))
	if r.track != 0 {
		p.pdf.RawWriteStr(fmt.Sprintf("q %.3f Tc", r.track*r.size))
		defer p.pdf.RawWriteStr("Q")
	}
	p.pdf.Text(x, y, r.text)
}

// CreateRow moves down by a row of maroto's grid.
func (p *provider) CreateRow(height float64) { p.x, p.y = p.left, p.y+height }

// CreateCol draws the background and the borders of a cell of maroto's grid.
func (p *provider) CreateCol(width, height float64, _ *entity.Config, style *props.Cell) {
	if style != nil {
		p.artifact(func() { p.border(p.x, p.y, width, height, style) })
	}
	p.x += width
}

func (p *provider) border(x, y, w, h float64, c *props.Cell) {
	if b := c.BackgroundColor; b != nil {
		p.fill(x, y, w, h, tone{uint8(b.Red), uint8(b.Green), uint8(b.Blue)})
	}
	t := ink
	if b := c.BorderColor; b != nil {
		t = tone{uint8(b.Red), uint8(b.Green), uint8(b.Blue)}
	}
	for _, edge := range []struct {
		is             border.Type
		x1, y1, x2, y2 float64
	}{{border.Top, x, y, x + w, y}, {border.Bottom, x, y + h, x + w, y + h}, {border.Left, x, y, x, y + h}, {border.Right, x + w, y, x + w, y + h}} {
		if c.BorderType == border.Full || c.BorderType == edge.is {
			p.stroke(edge.x1, edge.y1, edge.x2, edge.y2, c.BorderThickness, t)
		}
	}
}

// AddText sets one of maroto's texts.
func (p *provider) AddText(words string, cell *entity.Cell, t *props.Text) {
	s := settingOf(t)
	y := cell.Y + t.Top
	width := cell.Width - t.Left - t.Right
	p.artifact(func() {
		for _, l := range p.textLines(words, s, width) {
			x := cell.X + t.Left
			switch t.Align {
			case align.Right:
				x += width - l.width
			case align.Center:
				x += (width - l.width) / 2
			}
			for _, r := range l.runs {
				p.write(r.run, x+r.x, y+l.rise)
			}
			y += l.height + t.VerticalPadding
		}
	})
}

func (p *provider) textLines(words string, s setting, width float64) []line {
	return p.types.breakLines(p.types.set(report.Text{{Text: words}}, s, nil), width, s)
}

// settingOf is the setting that one of maroto's texts asks for; its family is
// the number of a face.
func settingOf(t *props.Text) setting {
	s := setting{size: t.Size, tone: ink}
	if n, err := strconv.Atoi(t.Family); err == nil && n >= 0 && n < int(fallback) {
		s.face = face(n)
	}
	if t.Color != nil {
		s.tone = tone{uint8(t.Color.Red), uint8(t.Color.Green), uint8(t.Color.Blue)}
	}
	return s
}

// GetFontHeight is the height of a line.
func (p *provider) GetFontHeight(f *props.Font) float64 { return f.Size * leading }

// GetLinesQuantity is how many lines words need.
func (p *provider) GetLinesQuantity(words string, t *props.Text, width float64) int {
	return len(p.textLines(words, settingOf(t), width))
}

// AddLine draws one of maroto's lines, level.
func (p *provider) AddLine(cell *entity.Cell, l *props.Line) {
	y := cell.Y + float64(cell.Height*l.OffsetPercent/100)
	p.artifact(func() { p.stroke(cell.X, y, cell.X+float64(cell.Width*l.SizePercent/100), y, l.Thickness, ink) })
}
