package seal

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"proofpack/generator/diag"
	names "proofpack/generator/name"
	"proofpack/generator/sign"
)

// A Document is a file of the archive that is at hand as a whole.
type Document struct {
	Path string // inside its folder of the archive, in the form of name.Check
	Data []byte
}

// A Source is a file as it was received. It goes into the archive byte by byte.
type Source struct {
	Path   string                        // inside data/sources/, in the form of name.Check; name.File makes one
	SHA256 string                        // as it was read for the packet
	Open   func() (io.ReadCloser, error) // called twice; nil: only the digest is archived
}

// A bag is the archive of a month on its way into the zip.
type bag struct {
	name    string
	payload []packed // names from the bag's folder
	tags    []packed
	seal    string // SHA-256 of the tag manifest: names the seal in the next month's chain
}

// compose builds the bag of a published folder that is complete.
func (w *press) compose() (*bag, error) {
	b := &bag{name: w.bag}
	for _, e := range w.staged.manifest() {
		name := w.staged.dir + "/" + e.Path
		b.payload = append(b.payload, packed{bagPublished + e.Path, w.staged.files[e.Path], func() (io.ReadCloser, error) { return w.out.Open(name) }})
	}
	archived := map[string]bool{}
	for _, s := range w.Sources {
		if s.Open == nil {
			continue
		}
		f, err := measure(s)
		if err != nil {
			return nil, err
		}
		b.payload, archived[s.Path] = append(b.payload, f), true
	}
	for _, d := range w.Config {
		b.payload = append(b.payload, inMemory(bagConfig+d.Path, d.Data))
	}
	for _, d := range w.Records {
		b.payload = append(b.payload, inMemory(bagRecords+d.Path, d.Data))
	}
	record, err := w.record(archived)
	if err != nil {
		return nil, err
	}
	return b, w.close(b, record)
}

// measure reads a source once, and compares it with what the packet was made from.
func measure(s Source) (packed, error) {
	f := packed{name: bagSources + s.Path, open: s.Open}
	r, err := s.Open()
	if err != nil {
		return f, fmt.Errorf("seal: archive source: %w", err)
	}
	m := newSum()
	_, err = io.Copy(m, r)
	if err = errors.Join(err, r.Close()); err != nil {
		return f, fmt.Errorf("seal: archive source %s: %w", s.Path, err)
	}
	if f.stat = m.stat(); f.sha256 != s.SHA256 {
		return f, diag.At(diag.Pos{File: s.Path}, "changed-while-read", "the export changed while the packet was made from it; nothing was published.",
			"build again when nobody writes in the exports folder")
	}
	return f, nil
}

// record is seal.json, completed.
func (w *press) record(archived map[string]bool) ([]byte, error) {
	r := w.Record
	r.Format, r.Draft, r.Revision, r.Supersedes = recordFormat, w.Key == nil, w.revision, w.supersedes
	r.Limits = append(standingLimits(), r.Limits...)
	r.Sources = filled(r.Sources)
	for i, s := range r.Sources {
		r.Sources[i].Archived = archived[s.Path]
	}
	r.Outputs = nil
	for _, e := range w.staged.manifest() {
		if !strings.HasPrefix(e.Path, sealDir+"/") {
			r.Outputs = append(r.Outputs, Output{e.Path, w.staged.files[e.Path].size, e.SHA256})
		}
	}
	return r.bytes()
}

// close adds the tag files and the signature: the bag is sealed.
func (w *press) close(b *bag, record []byte) error {
	var list Manifest
	bytes := int64(0)
	for _, f := range b.payload {
		list = append(list, Entry{f.sha256, f.name})
		bytes += f.size
	}
	info := fmt.Sprintf("Source-Organization: %s\nExternal-Identifier: %s\nBag-Group-Identifier: proofpack-%s\nBagging-Date: %s\nPayload-Oxum: %d.%d\nBag-Software-Agent: %s\n",
		oneLine(w.Record.Org), b.name, names.Slug(w.Record.Org, maxCompany), w.Record.AsOf[:len("2006-01-02")], bytes, len(b.payload), oneLine(w.tool()))
	help := w.instructions()
	help.bag, help.list, help.p7s = b.name, bagTagList, bagSign
	if _, has := w.staged.files[packetFile]; has {
		help.packetAt = bagPublished + packetFile
	}
	b.tags = []packed{
		inMemory(bagInfo, []byte(info)),
		inMemory(bagDeclaration, []byte(bagText)),
		inMemory(bagList, list.Bytes()),
		inMemory(bagRecord, record),
		inMemory(bagHelp, help.forBag()),
	}
	var tagList Manifest
	for _, f := range b.tags {
		tagList = append(tagList, Entry{f.sha256, f.name})
	}
	text := tagList.Bytes()
	b.tags, b.seal = append(b.tags, inMemory(bagTagList, text)), digestOf(text)
	if w.Key == nil {
		return nil
	}
	p7s, err := sign.Detached(w.Key, text, w.At)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	b.tags = append(b.tags, inMemory(bagSign, p7s))
	return nil
}

// files are all files of the bag as they stand in the zip.
func (b *bag) files() []packed {
	var all []packed
	for _, f := range append(append([]packed{}, b.payload...), b.tags...) {
		f.name = b.name + "/" + f.name
		all = append(all, f)
	}
	return all
}
