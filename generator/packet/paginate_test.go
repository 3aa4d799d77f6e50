package packet

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stub is a row of a known height; its lines are 10 points high.
func stub(name string, lines int) *item {
	p := &passage{}
	for n := range lines {
		p.lines = append(p.lines, line{height: 10, runs: []placedRun{{run: run{text: fmt.Sprintf("%s%d", name, n)}}}})
	}
	return one(p)
}

// kept, whole and under change a row.
func kept(i *item) *item               { i.keep = true; return i }
func uncut(i *item) *item              { i.whole = true; return i }
func under(head, i *item) *item        { i.head, i.whole = head, true; return i }
func after(gap float64, i *item) *item { i.before = gap; return i }

// layout is what stands on each page: the first words of each row and its lines.
func layout(pages [][]*item) []string {
	var out []string
	for _, page := range pages {
		var rows []string
		for _, i := range page {
			p := i.cells[0].part.(*passage)
			rows = append(rows, fmt.Sprintf("%s+%d", p.lines[0].runs[0].text, len(p.lines)))
		}
		out = append(out, strings.Join(rows, " "))
	}
	return out
}

func TestPaginate(t *testing.T) {
	head := func() *item { return kept(uncut(stub("h", 1))) }
	h := head()
	for _, c := range []struct {
		name  string
		items []*item
		want  []string // with 100 points a page
	}{
		{"nothing is one empty page", nil, []string{""}},
		{"what fits to the point stays", []*item{stub("a", 4), stub("b", 6)}, []string{"a0+4 b0+6"}},
		{"one line more is cut", []*item{stub("a", 4), stub("b", 7)}, []string{"a0+4 b0+6", "b6+1"}},
		{"the space above counts, but not at the top of a page", []*item{uncut(stub("a", 5)), after(10, uncut(stub("b", 5))), after(10, stub("c", 2))}, []string{"a0+5", "b0+5 c0+2"}},
		{"a row that is whole moves", []*item{uncut(stub("a", 6)), uncut(stub("b", 5))}, []string{"a0+6", "b0+5"}},
		{"a headline moves with what follows", []*item{stub("a", 8), kept(uncut(stub("t", 1))), stub("b", 5)}, []string{"a0+8", "t0+1 b0+5"}},
		{"a headline stays when a few lines follow it", []*item{stub("a", 4), kept(uncut(stub("t", 1))), stub("b", 8)}, []string{"a0+4 t0+1 b0+5", "b5+3"}},
		{"two headlines stay together", []*item{stub("a", 7), kept(uncut(stub("t", 1))), kept(uncut(stub("u", 1))), uncut(stub("b", 2))}, []string{"a0+7", "t0+1 u0+1 b0+2"}},
		{"a row taller than a page is cut until it is placed", []*item{uncut(stub("a", 25)), stub("b", 1)}, []string{"a0+10", "a10+10", "a20+5 b0+1"}},
		{"a row taller than a page begins where there is room for it", []*item{uncut(stub("a", 2)), uncut(stub("b", 15))}, []string{"a0+2 b0+8", "b8+7"}},
		{"a row taller than a page does not begin at the foot", []*item{uncut(stub("a", 6)), uncut(stub("b", 15))}, []string{"a0+6", "b0+10", "b10+5"}},
		{"a chain taller than a page is broken", []*item{kept(uncut(stub("a", 6))), kept(uncut(stub("b", 6))), stub("c", 1)}, []string{"a0+6", "b0+6 c0+1"}},
		{"a table's head stands again", []*item{h, under(h, stub("a", 5)), under(h, stub("b", 5)), under(h, stub("c", 4))}, []string{"h0+1 a0+5", "h0+1 b0+5 c0+4"}},
		{"a table's head is not left alone", []*item{stub("x", 8), h, under(h, stub("a", 3))}, []string{"x0+8", "h0+1 a0+3"}},
		{"a tall row of a table stands under its head on every page", []*item{h, under(h, stub("a", 20))}, []string{"h0+1 a0+9", "h0+1 a9+9", "h0+1 a18+2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, err := paginate(c.items, 100)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, layout(pages)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestWhatCannotBeCutIsRefused(t *testing.T) {
	if _, err := paginate([]*item{one(&drawn{height: 101})}, 100); !errors.Is(err, errTall) {
		t.Errorf("got %v", err)
	}
	if _, err := paginate([]*item{one(&drawn{height: 100})}, 100); err != nil {
		t.Errorf("as tall as the page: %v", err)
	}
}

func TestACutKeepsTwoLinesAtEitherEnd(t *testing.T) {
	p := stub("a", 5).cells[0].part.(*passage)
	p.least = 2
	for room, want := range map[float64][2]int{9: {0, 5}, 19: {0, 5}, 20: {2, 3}, 30: {3, 2}, 40: {3, 2}, 49: {3, 2}, 50: {5, 0}} {
		head, rest := p.cut(room)
		got := [2]int{linesOf(head), linesOf(rest)}
		if got != want {
			t.Errorf("with %v points: %v, not %v", room, got, want)
		}
	}
}

func linesOf(p part) int {
	if q, ok := p.(*passage); ok && q != nil {
		return len(q.lines)
	}
	return 0
}

func TestARowOfCellsIsCutAsOne(t *testing.T) {
	i := &item{cells: []cell{{part: stub("a", 2).cells[0].part, share: .5}, {share: .1}, {part: stub("b", 9).cells[0].part, share: .4}}}
	head, rest := i.cut(40)
	if head == nil || rest == nil {
		t.Fatal("it is not cut")
	}
	if got := [3]int{linesOf(head.cells[0].part), linesOf(head.cells[2].part), linesOf(rest.cells[2].part)}; got != [3]int{2, 4, 5} {
		t.Errorf("got %v", got)
	}
	if rest.cells[0].part != nil || len(rest.cells) != 3 {
		t.Error("the cell that was all printed stands again")
	}
}
