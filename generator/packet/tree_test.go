package packet

import (
	"slices"
	"strings"
	"testing"
)

// A listed is an element of the structure as another program reads it.
type listed struct {
	role string
	kids []*listed
	line int
}

// structureOf is the tree that pdfinfo finds in a packet.
func structureOf(t *testing.T, p *Packet) *listed {
	t.Helper()
	root := &listed{}
	open := []*listed{root} // by depth
	for i, line := range strings.Split(tool(t, p, "pdfinfo", "-struct", "FILE"), "\n") {
		text := strings.TrimLeft(line, " ")
		if text == "" || text[0] == '/' { // attributes stand under their element
			continue
		}
		depth := (len(line) - len(text)) / 2
		if depth >= len(open) {
			t.Fatalf("line %d of the structure has no parent: %s", i+1, line)
		}
		role, _, _ := strings.Cut(text, " ")
		n := &listed{role: strings.TrimSuffix(role, ":"), line: i + 1}
		open[depth].kids = append(open[depth].kids, n)
		open = append(open[:depth+1], n)
	}
	return root
}

func (n *listed) walk(each func(*listed)) {
	each(n)
	for _, k := range n.kids {
		k.walk(each)
	}
}

// count is how many elements of a role are in an element.
func (n *listed) count(role string) int {
	found := 0
	n.walk(func(k *listed) {
		if k.role == role {
			found++
		}
	})
	return found
}

// mayHold are the elements that stand only in certain others (ISO 32000-1,
// 14.8.4), and those that hold nothing but certain others.
var mayHold = map[string][]string{
	"Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"}, "TR": {"TH", "TD"},
	"L": {"LI", "Caption"}, "LI": {"Lbl", "LBody"},
}

func TestTheStructureHasTheFormOfTheStandard(t *testing.T) {
	root := structureOf(t, rendered(t, everything()))
	if len(root.kids) != 1 || root.kids[0].role != "Document" {
		t.Fatalf("the tree begins with %d elements", len(root.kids))
	}
	tables, heading := 0, 0
	root.walk(func(n *listed) {
		for _, k := range n.kids {
			if inner, strict := mayHold[n.role]; strict && !slices.Contains(inner, k.role) {
				t.Errorf("line %d: %s in %s", k.line, k.role, n.role)
			}
			for parent, inner := range mayHold {
				if parent != n.role && slices.Contains(inner, k.role) && k.role != "TR" && k.role != "Caption" {
					t.Errorf("line %d: %s stands in %s, not in %s", k.line, k.role, n.role, parent)
				}
			}
		}
		switch {
		case n.role == "Table":
			tables++
			if head := n.count("TH"); head == 0 {
				t.Errorf("line %d: a table without heads", n.line)
			}
		case n.role == "TR" && n.count("TH")+n.count("TD") == 0:
			t.Errorf("line %d: a row without cells", n.line)
		case len(n.role) == 2 && n.role[0] == 'H' && n.role[1] >= '1' && n.role[1] <= '6':
			level := int(n.role[1] - '0')
			if level > heading+1 {
				t.Errorf("line %d: H%d follows H%d", n.line, level, heading)
			}
			heading = level
		}
	})
	if tables < 3 || root.count("Link") == 0 || root.count("Figure") == 0 || root.count("H1") == 0 {
		t.Errorf("%d tables, %d links, %d figures, %d titles: too few to show anything", tables, root.count("Link"), root.count("Figure"), root.count("H1"))
	}
}
