package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// annotate makes the links. It returns the objects of each page's, and the
// objects by link.
func (f *finisher) annotate() (byPage [][]int, byLink []int) {
	byPage = make([][]int, len(f.pages))
	byLink = make([]int, len(f.links))
	for n, l := range f.links {
		goal := f.goals[l.to]
		r := l.rect
		object := f.objects.add(fmt.Sprintf("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]/Dest %s/Contents %s/StructParent %d>>",
			r[0], r[1], r[2], r[3], f.destination(goal), pdfText(l.says), len(f.pages)+n))
		byPage[l.page] = append(byPage[l.page], object)
		byLink[n] = object
	}
	return byPage, byLink
}

// destination is a place to go to.
func (f *finisher) destination(at place) string {
	return fmt.Sprintf("[%s /XYZ 0 %.2f null]", reference(f.pages[at.page]), f.paper.height-at.y)
}

// structure writes the tree of elements and returns the number of its root.
func (f *finisher) structure(_ [][]int, byLink []int) int {
	root := f.objects.add("")
	numbers := map[*element]int{}
	document := f.element(f.root, root, numbers, byLink)

	var parents strings.Builder
	for n, elements := range f.byMark {
		fmt.Fprintf(&parents, "%d [", n)
		for k, e := range elements {
			if k > 0 {
				parents.WriteByte(' ')
			}
			parents.WriteString(reference(numbers[e]))
		}
		parents.WriteString("] ")
	}
	for n, l := range f.links {
		fmt.Fprintf(&parents, "%d %s ", len(f.pages)+n, reference(numbers[l.element]))
	}
	f.objects[root] = fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>",
		reference(document), strings.TrimSpace(parents.String()), len(f.pages)+len(f.links))
	return root
}

// element writes an element and what is in it. What was not drawn is left out.
func (f *finisher) element(e *element, parent int, numbers map[*element]int, byLink []int) int {
	number := f.objects.add("")
	numbers[e] = number
	page := e.firstPage()
	var kids []string
	for _, c := range e.content {
		switch {
		case c.child != nil:
			if !c.child.empty() {
				kids = append(kids, reference(f.element(c.child, number, numbers, byLink)))
			}
		case c.link >= 0:
			kids = append(kids, fmt.Sprintf("<</Type/OBJR/Obj %s>>", reference(byLink[c.link])))
		case c.page == page:
			kids = append(kids, strconv.Itoa(c.mark))
		default:
			kids = append(kids, fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", reference(f.pages[c.page]), c.mark))
		}
	}
	s := "<</S/" + e.role + "/P " + reference(parent)
	if page >= 0 {
		s += "/Pg " + reference(f.pages[page])
	}
	if e.alt != "" {
		s += "/Alt " + pdfText(e.alt)
	}
	if e.attr != "" {
		s += "/A " + e.attr
	}
	if len(kids) == 1 {
		s += "/K " + kids[0]
	} else {
		s += "/K[" + strings.Join(kids, " ") + "]"
	}
	f.objects[number] = s + ">>"
	return number
}

// firstPage is the page of an element's own first stretch; -1 when it has none.
func (e *element) firstPage() int {
	for _, c := range e.content {
		if c.child == nil && c.link < 0 {
			return c.page
		}
	}
	return -1
}

// outline writes the bookmarks, sections under pages, and returns the entries
// of the catalog that show them.
func (f *finisher) outline() string {
	if len(f.bookmarks) == 0 {
		return ""
	}
	root := f.objects.add("")
	type entry struct {
		*bookmark
		number int
		kids   []*entry
	}
	var tops []*entry
	for _, b := range f.bookmarks {
		e := &entry{bookmark: b, number: f.objects.add("")}
		if b.level > 0 && len(tops) > 0 {
			top := tops[len(tops)-1]
			top.kids = append(top.kids, e)
			continue
		}
		tops = append(tops, e)
	}
	var put func(list []*entry, parent int)
	put = func(list []*entry, parent int) {
		for n, e := range list {
			s := "<</Title " + pdfText(e.title) + "/Parent " + reference(parent) + "/Dest " + f.destination(e.at)
			if n > 0 {
				s += "/Prev " + reference(list[n-1].number)
			}
			if n+1 < len(list) {
				s += "/Next " + reference(list[n+1].number)
			}
			if k := len(e.kids); k > 0 { // closed: the count is negative
				s += fmt.Sprintf("/First %s/Last %s/Count -%d", reference(e.kids[0].number), reference(e.kids[k-1].number), k)
				put(e.kids, e.number)
			}
			f.objects[e.number] = s + ">>"
		}
	}
	put(tops, root)
	f.objects[root] = fmt.Sprintf("<</Type/Outlines/First %s/Last %s/Count %d>>", reference(tops[0].number), reference(tops[len(tops)-1].number), len(tops))
	return "/Outlines " + reference(root) + "/PageMode/UseOutlines"
}
