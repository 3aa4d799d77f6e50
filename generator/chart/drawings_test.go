package chart_test

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"proofpack/generator/assess"
	"proofpack/generator/chart"
	"proofpack/generator/report"
	"proofpack/generator/report/reporttest"
)

// TestSaysEveryValue holds every kind of drawing to its words: whoever does not
// see the picture learns the same numbers.
func TestSaysEveryValue(t *testing.T) {
	want := map[string][]string{
		"cost-bars":     {"Phones", "impact not declared", "Shipping", "$50,250", "assumed", "$1,800"},
		"capacity-line": {"DS-PROD-01", "5 Apr 2026 78 %", "31 May 2026 95.6 %", "13 Jun 2026"},
		"restore-dots":  {"22 h on 10 Mar 2024", "12 h on 14 Jul 2025, which proves no recovery", "Target 4 h", "No proof for 470 days"},
		"waterfall":     {"3. SQL-01", "from 4 h to 15 h", "assumed", "beyond the target", "Target 4 h"},
		"layers":        {"First: SAN-01", "VMH-01, NO RESTORE PROOF, needs SAN-01", "start with AD-01"},
		"target-bars":   {"Shipping: Missing, no proof of a recovery time, target 240 min", "Reporting: Missing, 95 min measured, no target declared"},
		"histogram":     {"up to 1 d: 14", "15 to 30 d: 0", "over 30 d: 6"},
		"strips":        {"Consolidate snapshots: failed 8 in a row", "31 May 2026: failed", "no run on record"},
		"calendar":      {"Capacity review", "31 Mar nothing due", "25 May no record"},
		"month-columns": {"Jun: 18 approved, 0 not approved", "May: 4 approved, 1 not approved, drift found 6 times"},
		"state-columns": {"Mar: no packet", "May: 12 proven, 7 failed, 4 not proven, 1 excepted or not applicable"},
		"shares":        {"patches.csv: 6278 rows used, 134 rejected, 40 duplicate, 210 set aside", "row count not declared", "12 rows declared"},
		"spans":         {"WMS-01, August update: Failed, from 20 Aug 2025 to 28 Feb 2026", "no end on record", "As of 31 May 2026"},
	}
	want["calendar"][1] = "30 Mar no record"
	for _, d := range reporttest.Drawings() {
		says := chart.Says(d.Drawing)
		for _, w := range want[d.Name] {
			if !strings.Contains(says, w) {
				t.Errorf("%s: does not say %q:\n%s", d.Name, w, says)
			}
		}
		if len(want[d.Name]) == 0 {
			t.Errorf("%s: no words are asked of it here", d.Name)
		}
	}
}

// TestEmptyDrawings holds the kinds to an answer in words when there are no numbers.
func TestEmptyDrawings(t *testing.T) {
	for _, d := range []report.Drawing{
		nil, report.CostBars{}, report.CapacityLine{Name: "DS-1"}, report.RestoreDots{}, report.Waterfall{}, report.Layers{},
		report.TargetBars{}, report.Histogram{}, report.Strips{}, report.Calendar{}, report.MonthColumns{}, report.StateColumns{}, report.Shares{}, report.Spans{},
	} {
		if says := chart.Says(d); !strings.Contains(says, "No ") && !strings.Contains(says, "no ") {
			t.Errorf("%T: says %q, not that there is nothing", d, says)
		}
		if h := chart.Height(d, 400); h < 0 || h > 300 {
			t.Errorf("%T: height %v", d, h)
		}
		chart.Draw(&recorder{width: 400}, d)
	}
}

// TestPicturesAreWellFormed parses every picture, and holds them to what the
// pages forbid.
func TestPicturesAreWellFormed(t *testing.T) {
	for _, d := range reporttest.Drawings() {
		var pictures []string
		if rows, ok := chart.Rows(d.Drawing); ok {
			for _, r := range rows {
				pictures = append(pictures, string(chart.AppendRow(nil, r)))
			}
		} else {
			pictures = append(pictures, string(chart.AppendSVG(nil, d.Drawing, "../")))
		}
		for _, k := range chart.Key(d.Drawing) {
			pictures = append(pictures, string(chart.AppendKeyMark(nil, k)))
		}
		for _, p := range pictures {
			x := xml.NewDecoder(strings.NewReader(p))
			for {
				tok, err := x.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v in %s", d.Name, err, p)
				}
				if e, ok := tok.(xml.StartElement); ok {
					for _, a := range e.Attr {
						if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
							t.Errorf("%s: attribute %s", d.Name, a.Name.Local)
						}
						if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.Contains(a.Value, "e+") {
							t.Errorf("%s: %s=%q", d.Name, a.Name.Local, a.Value)
						}
					}
				}
			}
			if strings.Contains(p, "<polyline") && !strings.Contains(p, `preserveAspectRatio="none"`) {
				t.Errorf("%s: a polyline outside a stretched picture", d.Name)
			}
		}
	}
}

// TestDrawStaysInside holds whole drawings, at the widths of paper and phone,
// to their canvas: no mark above it, below the height promised, or past an edge.
func TestDrawStaysInside(t *testing.T) {
	for _, width := range []float64{360, 395, 780} {
		for _, d := range reporttest.Drawings() {
			c := &recorder{width: width}
			chart.Draw(c, d.Drawing)
			height := chart.Height(d.Drawing, width)
			if c.top < -4 || c.foot > height+4 {
				t.Errorf("%s at %v: marks from %v to %v, height %v", d.Name, width, c.top, c.foot, height)
			}
			if c.left < -2 || c.right > width+2 {
				t.Errorf("%s at %v: marks from %v to %v: %q", d.Name, width, c.left, c.right, c.past)
			}
		}
	}
}

// TestNoWordIsLost draws every drawing whole, and looks for every word of its
// labels: paper has no table to fall back on.
func TestNoWordIsLost(t *testing.T) {
	for _, d := range reporttest.Drawings() {
		rows, ok := chart.Rows(d.Drawing)
		if !ok {
			continue
		}
		c := &recorder{width: 780}
		chart.Draw(c, d.Drawing)
		drawn := strings.Join(strings.Fields(strings.Join(c.words, " ")), "")
		for _, r := range rows {
			for _, words := range []string{r.Label.Plain(), r.Sub, r.Value, r.Note} {
				if w := strings.Join(strings.Fields(words), ""); !strings.Contains(drawn, w) {
					t.Errorf("%s: %q is not drawn", d.Name, words)
				}
			}
		}
	}
}

// A recorder is a canvas that remembers how far marks go and what words it got.
type recorder struct {
	width                  float64
	left, right, top, foot float64
	words                  []string
	past                   string
}

func (r *recorder) at(x chart.X, y float64, what string) {
	v := x.Frac*r.width + x.Off
	if v > r.right && v > r.width+2 || v < -2 {
		r.past = what
	}
	r.left, r.right = min(r.left, v), max(r.right, v)
	r.top, r.foot = min(r.top, y), max(r.foot, y)
}

func (r *recorder) area(x0, x1 chart.X, y, h float64, what string) {
	r.at(x0, y, what)
	r.at(x1, y+h, what)
}

func (r *recorder) Rect(x0, x1 chart.X, y, h float64, _ chart.Role)  { r.area(x0, x1, y, h, "rect") }
func (r *recorder) Hatch(x0, x1 chart.X, y, h float64, _ chart.Role) { r.area(x0, x1, y, h, "hatch") }
func (r *recorder) Box(x0, x1 chart.X, y, h float64, _ chart.Stroke, _ float64) {
	r.area(x0, x1, y, h, "box")
}
func (r *recorder) Line(a, b chart.Point, _ chart.Stroke) {
	r.at(a.X, a.Y, "line")
	r.at(b.X, b.Y, "line")
}
func (r *recorder) Polyline(pts []chart.Point, _ chart.Stroke) {
	for _, p := range pts {
		r.at(p.X, p.Y, "polyline")
	}
}
func (r *recorder) Curve(a, _, _, b chart.Point, _ chart.Stroke, _ bool) {
	r.at(a.X, a.Y, "curve")
	r.at(b.X, b.Y, "curve")
}
func (r *recorder) Dot(at chart.Point, radius float64, _ chart.Role, _ bool) {
	r.at(at.X, at.Y-radius, "dot")
	r.at(at.X, at.Y+radius, "dot")
}
func (r *recorder) Glyph(at chart.Point, size float64, _ assess.State) {
	r.at(at.X, at.Y-size/2, "glyph")
	r.at(at.X, at.Y+size/2, "glyph")
}
func (r *recorder) Text(at chart.Point, s string, f chart.Font) {
	r.words = append(r.words, s)
	w := chart.TextWidth(s, f)
	switch f.Anchor {
	case chart.Start:
		r.at(chart.X{Frac: at.X.Frac, Off: at.X.Off + w}, at.Y, s)
	case chart.Middle:
		r.at(chart.X{Frac: at.X.Frac, Off: at.X.Off + w/2}, at.Y, s)
		r.at(chart.X{Frac: at.X.Frac, Off: at.X.Off - w/2}, at.Y, s)
	case chart.End:
		r.at(chart.X{Frac: at.X.Frac, Off: at.X.Off - w}, at.Y, s)
	}
	r.at(at.X, at.Y-f.Size*.8, s)
}
func (r *recorder) Link(chart.X, chart.X, float64, float64, string) {}
func (r *recorder) Width() float64                                  { return r.width }
func (r *recorder) TextWidth(s string, f chart.Font) float64        { return chart.TextWidth(s, f) }
