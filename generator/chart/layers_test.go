package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"proofpack/generator/report"
)

// wide is a figure of so many waves of so many systems, each of which needs two
// of the wave before it and one of the first.
func wide(waves, systems int) report.Layers {
	d := report.Layers{}
	id := func(w, s int) string { return fmt.Sprintf("S-%02d-%02d", w, s%systems) }
	for w := range waves {
		column := report.Layer{Title: fmt.Sprint(w + 1)}
		for s := range systems {
			column.Nodes = append(column.Nodes, report.LayerNode{ID: id(w, s), Label: id(w, s), Sub: "NO RESTORE PROOF"})
			if w > 0 {
				d.Edges = append(d.Edges, [2]string{id(w, s), id(w-1, s)}, [2]string{id(w, s), id(w-1, s+1)}, [2]string{id(w, s), id(0, s)})
			}
		}
		d.Columns = append(d.Columns, column)
	}
	return d
}

func TestLayersNeverOverlap(t *testing.T) {
	for _, width := range []float64{300, 400, 780, 2000} {
		for _, d := range []report.Layers{wide(1, 1), wide(2, 3), wide(5, 4), wide(9, 7)} {
			p := layers(d).plan(width)
			for i, a := range p.boxes {
				if a.x < 0 || a.x+p.node > width+.01 || a.y < 0 || a.y+p.tall > p.height+.01 {
					t.Errorf("%d waves in %v: %s stands outside", len(d.Columns), width, a.Label)
				}
				for _, b := range p.boxes[i+1:] {
					if a.x < b.x+p.node && b.x < a.x+p.node && a.y < b.y+p.tall && b.y < a.y+p.tall {
						t.Errorf("%d waves in %v: %s and %s overlap", len(d.Columns), width, a.Label, b.Label)
					}
				}
			}
		}
	}
}

func TestLayersStandInTheirWave(t *testing.T) {
	d := wide(4, 3)
	p := layers(d).plan(2000)
	n := 0
	for w, column := range d.Columns {
		for range column.Nodes {
			if want := nodeEdge + float64(w)*(p.node+acrossGap); p.boxes[n].x != want {
				t.Errorf("%s stands at %v, want %v", p.boxes[n].Label, p.boxes[n].x, want)
			}
			n++
		}
	}
	if len(p.routes) != len(d.Edges) {
		t.Errorf("%d edges drawn of %d", len(p.routes), len(d.Edges))
	}
}

// TestLayersUncross holds the order of columns to what they are sorted for.
func TestLayersUncross(t *testing.T) {
	d := report.Layers{
		Columns: []report.Layer{
			{Nodes: []report.LayerNode{{ID: "a"}, {ID: "b"}, {ID: "c"}}},
			{Nodes: []report.LayerNode{{ID: "x"}, {ID: "y"}, {ID: "z"}}},
		},
		Edges: [][2]string{{"x", "c"}, {"y", "b"}, {"z", "a"}},
	}
	p := plan{}
	columns, _ := p.vertices(layers(d))
	if crossings(columns) != 3 {
		t.Fatalf("%d crossings as given, want 3", crossings(columns))
	}
	if uncross(columns); crossings(columns) != 0 {
		t.Errorf("%d crossings left", crossings(columns))
	}
}

func TestLayersSetCirclesAside(t *testing.T) {
	d := wide(2, 2)
	d.Edges = append(d.Edges, [2]string{"S-00-00", "S-01-00"}, [2]string{"S-00-01", "S-00-01"}, [2]string{"S-00-01", "nobody"})
	d.Cycles = []string{"S-00-00 needs S-01-00, and S-01-00 needs S-00-00"}
	c := &svg{width: 800, exact: true}
	height := layers(d).plot(c)
	if got := len(layers(d).plan(800).routes); got != len(wide(2, 2).Edges) {
		t.Errorf("%d edges drawn, want %d", got, len(wide(2, 2).Edges))
	}
	if !strings.Contains(string(c.b), "Set aside, a circle: S-00-00 needs S-01-00") || height <= layers(wide(2, 2)).plan(800).height {
		t.Error("the circle is not named")
	}
}

func TestWrapLosesNothing(t *testing.T) {
	f := Font{Size: textSize}
	for _, s := range []string{"", "one", "a few words here", strings.Repeat("x", 300), "\xff\xfe broken \xff", "日本語の長い名前のシステム", "a\u00a0b c"} {
		lines := wrap(s, 60, f)
		if got, want := strings.Join(strings.Fields(strings.Join(lines, " ")), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Errorf("%q became %q", want, got)
		}
		for _, l := range lines {
			if TextWidth(l, f) > 60 && len([]rune(l)) > 1 {
				t.Errorf("%q is %v wide", l, TextWidth(l, f))
			}
		}
	}
}

func TestAppendNumber(t *testing.T) {
	inf := math.Inf(1)
	for v, want := range map[float64]string{0: "0", -.001: "0", 1: "1", 1.5: "1.5", 1.25: "1.25", 1.005: "1", 2.999: "3", -3.14159: "-3.14", -.5: "-0.5", 12345.678: "12345.68", inf: "0", -inf: "0"} {
		if got := string(appendNumber(nil, v)); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func TestAppendEscaped(t *testing.T) {
	for s, want := range map[string]string{
		"plain words, 31 h × $9": "plain words, 31 h × $9",
		`<b a="1" c='2'>&</b>`:   "&lt;b a=&#34;1&#34; c=&#39;2&#39;&gt;&amp;&lt;/b&gt;",
		"a\tb\nc":                "a\tb\nc",
		"\x00\x1b\x7f":           "[U+0000][U+001B][U+007F]",
		"\u202egpj\u2066x\u200b": "[U+202E]gpj[U+2066]x[U+200B]",
		"\ufeffstart\U000e0041":  "[U+FEFF]start[U+E0041]",
		"cut \xe2\x82 short":     "cut \ufffd\ufffd short",
		"é ñ 日本 \U0001F600 – ’":  "é ñ 日本 \U0001F600 – ’",
	} {
		if got := string(AppendEscaped(nil, s)); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}
