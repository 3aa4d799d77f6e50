package sign

import (
	"bytes"
	"errors"
	"fmt"
)

// Bounds of a PDF that this program wrote: a packet of 400 pages has 5,000
// objects, and a signed one has two revisions.
const (
	maxObjects   = 1 << 20
	maxRevisions = 8
)

// A document is a PDF in the form that the packet is written in: classic cross
// reference tables, no object streams, no encryption.
type document struct {
	lexer
	trailer dict        // of the newest revision
	table   int         // offset of the newest cross reference table
	newest  map[int]int // offsets of the objects that the newest revision wrote
	offsets map[int]int // offsets of all objects in use, the newest of each
	size    int         // one more than the highest object number
	revs    int         // number of revisions
}

// open reads the cross reference tables, newest first.
func open(b []byte) (*document, error) {
	d := &document{lexer: b, offsets: map[int]int{}}
	tail := bytes.LastIndex(b, []byte("startxref"))
	if tail < 0 || !bytes.HasSuffix(b, []byte("\n%%EOF\n")) {
		return nil, errors.New("it does not end as a PDF of this program ends")
	}
	at, end, ok := d.number(tail + len("startxref"))
	if !ok || string(b[end:]) != "\n%%EOF\n" {
		return nil, errors.New("it does not end as a PDF of this program ends")
	}
	d.table = at
	for limit := tail; ; {
		if d.revs++; d.revs > maxRevisions || at >= limit {
			return nil, errors.New("its revisions do not follow each other")
		}
		limit = at
		trailer, err := d.section(at)
		if err != nil {
			return nil, err
		}
		if d.revs == 1 {
			d.trailer = trailer
		}
		if _, older := trailer.values["Prev"]; !older {
			break
		}
		if at, ok = d.numberAt(trailer, "Prev"); !ok {
			return nil, errPDF
		}
	}
	if d.size, ok = d.numberAt(d.trailer, "Size"); !ok || d.size > maxObjects {
		return nil, errors.New("its trailer lacks a plausible Size")
	}
	for n := range d.offsets {
		if n >= d.size {
			return nil, errors.New("it has objects beyond its Size")
		}
	}
	return d, nil
}

// section reads the cross reference table at a place and its trailer.
func (d *document) section(at int) (dict, error) {
	bad := errors.New("its cross reference table is damaged, or is not of the classic form")
	if !bytes.HasPrefix(d.lexer[at:], []byte("xref")) {
		return dict{}, bad
	}
	found := map[int]int{}
	i := at + len("xref")
	for {
		if t, end := d.token(d.skip(i)); t == "trailer" {
			i = end
			break
		}
		from, end, ok := d.number(i)
		if !ok {
			return dict{}, bad
		}
		count, end, ok := d.number(end)
		if !ok || count > maxObjects {
			return dict{}, bad
		}
		for n := from; n < from+count; n++ {
			offset, e, ok := d.number(end)
			if !ok {
				return dict{}, bad
			}
			_, e, ok = d.number(e) // generation; 65535 for the head of the free list
			kind, e := d.token(d.skip(e))
			if !ok || kind != "n" && kind != "f" {
				return dict{}, bad
			}
			if end = e; kind == "n" {
				if _, twice := found[n]; twice {
					return dict{}, bad
				}
				found[n] = offset
			}
		}
		i = end
	}
	trailer, err := d.dict(i, 0)
	if err != nil {
		return dict{}, bad
	}
	for _, k := range []string{"XRefStm", "Encrypt"} {
		if _, has := trailer.values[k]; has {
			return dict{}, fmt.Errorf("its trailer has %s, which a packet never has", k)
		}
	}
	if d.newest == nil {
		d.newest = found
	}
	for n, offset := range found {
		if _, newer := d.offsets[n]; !newer {
			d.offsets[n] = offset
		}
	}
	return trailer, nil
}

// object is where the value of an object begins.
func (d *document) object(n int) (int, error) {
	at, ok := d.offsets[n]
	if !ok || at >= len(d.lexer) {
		return 0, fmt.Errorf("object %d is missing", n)
	}
	head := fmt.Appendf(nil, "%d 0 obj", n)
	if !bytes.HasPrefix(d.lexer[at:], head) {
		return 0, fmt.Errorf("object %d is not at its place", n)
	}
	return d.skip(at + len(head)), nil
}

// dictionary is the dictionary that an object is.
func (d *document) dictionary(n int) (dict, error) {
	at, err := d.object(n)
	if err != nil {
		return dict{}, err
	}
	v, err := d.dict(at, 0)
	if err != nil {
		return dict{}, fmt.Errorf("object %d: %w", n, err)
	}
	return v, nil
}

// follow is the dictionary under a key, which stands there or in an object of its own.
func (d *document) follow(in dict, key string) (dict, error) {
	v, ok := in.values[key]
	if !ok {
		return dict{}, fmt.Errorf("%s is missing", key)
	}
	if n, _, ok := d.reference(v.At); ok {
		return d.dictionary(n)
	}
	return d.dict(v.At, 0)
}

// items are the items of the array under a key, which stands there or in an object of its own.
func (d *document) items(in dict, key string) ([]span, error) {
	v, ok := in.values[key]
	if !ok {
		return nil, fmt.Errorf("%s is missing", key)
	}
	at := v.At
	if n, _, ok := d.reference(at); ok {
		var err error
		if at, err = d.object(n); err != nil {
			return nil, err
		}
	}
	if at >= len(d.lexer) || d.lexer[at] != '[' {
		return nil, errPDF
	}
	all, err := d.array(at, 0)
	if err != nil {
		return nil, err
	}
	return all[:len(all)-1], nil
}

// root is the object number of the catalog.
func (d *document) root() (int, error) {
	n, ok := d.referenceAt(d.trailer, "Root")
	if !ok {
		return 0, errors.New("its trailer lacks Root")
	}
	return n, nil
}

// page is the object number of a page, the first being 0.
func (d *document) page(index int) (int, error) {
	root, err := d.root()
	if err != nil {
		return 0, err
	}
	catalog, err := d.dictionary(root)
	if err != nil {
		return 0, err
	}
	top, ok := d.referenceAt(catalog, "Pages")
	if !ok {
		return 0, errors.New("its catalog lacks Pages")
	}
	var pages []int
	if err := d.walk(top, 0, map[int]bool{}, &pages); err != nil {
		return 0, err
	}
	if index < 0 || index >= len(pages) {
		return 0, fmt.Errorf("it has %d pages, and page %d was asked for", len(pages), index+1)
	}
	return pages[index], nil
}

func (d *document) walk(n, depth int, seen map[int]bool, pages *[]int) error {
	if depth > maxDepth || seen[n] {
		return errors.New("its page tree is a knot")
	}
	seen[n] = true
	node, err := d.dictionary(n)
	if err != nil {
		return err
	}
	if _, inner := node.values["Kids"]; !inner {
		*pages = append(*pages, n)
		return nil
	}
	kids, err := d.items(node, "Kids")
	if err != nil {
		return err
	}
	for _, k := range kids {
		kid, _, ok := d.reference(k.At)
		if !ok {
			return errPDF
		}
		if err := d.walk(kid, depth+1, seen, pages); err != nil {
			return err
		}
	}
	return nil
}
