package packet

// An element is a node of the document's structure, by which a reader's
// machine reads the packet aloud in order. Elements are made when a page is
// composed and are given their content when it is drawn, so that one that
// continues on the next page stays one.
type element struct {
	role    string // "P", "H1", "Table"; see ISO 32000-1, 14.8.4
	alt     string // a figure's content in words
	attr    string // attribute dictionary as PDF, such as a cell's scope
	content []content
}

// A content is a child of an element: another element, a stretch of a page, or a link.
type content struct {
	child *element
	page  int // index of the page
	mark  int // number of the stretch on its page; -1: none
	link  int // index of the link; -1: none
}

// add makes a child.
func (e *element) add(role string) *element {
	if e == nil {
		return nil
	}
	c := &element{role: role}
	e.content = append(e.content, content{child: c, mark: -1, link: -1})
	return c
}

// empty tells that nothing was drawn for an element or what is in it.
func (e *element) empty() bool {
	for _, c := range e.content {
		if c.child == nil || !c.child.empty() {
			return false
		}
	}
	return true
}

const (
	columnHead = "<</O/Table/Scope/Column>>"
	rowHead    = "<</O/Table/Scope/Row>>"
)
