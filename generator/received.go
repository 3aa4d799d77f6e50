package generator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"proofpack/generator/name"
	"proofpack/generator/seal"
)

// receivedPath is the list of what a build read, in its archive.
const receivedPath = "data/records/received.json"

// receivedFormat names the form of received.json.
const receivedFormat = "proofpack-received/1"

// A receivedFile is received.json: where each file that was read stood, so that
// the report can be built again from the archive alone.
type receivedFile struct {
	Format string  `json:"format"`
	Config string  `json:"config"` // name of the configuration
	Files  []place `json:"files"`  // in order of Path
}

// A place is a file of the archive and where it stood.
type place struct {
	Path string `json:"path"` // in the archive
	Name string `json:"name"` // from the folder of the configuration, as received
}

// receivedList is received.json; settings are the names of the files of
// data/config, by their names there.
func (in *input) receivedList(paths, settings map[string]string) ([]byte, error) {
	f := receivedFile{Format: receivedFormat, Config: path.Base(in.config.File), Files: []place{}}
	for _, r := range in.received {
		f.Files = append(f.Files, place{"data/sources/" + paths[r.name], r.name})
	}
	for slug, was := range settings {
		f.Files = append(f.Files, place{"data/config/" + slug, was})
	}
	slices.SortFunc(f.Files, func(a, b place) int { return strings.Compare(a.Path, b.Path) })
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f); err != nil {
		return nil, fmt.Errorf("received files: %w", err)
	}
	return b.Bytes(), nil
}

// readReceived reads received.json.
func readReceived(data []byte) (*receivedFile, error) {
	var f receivedFile
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("%s: %w", receivedPath, err)
	}
	if f.Format != receivedFormat || !fs.ValidPath(f.Config) {
		return nil, fmt.Errorf("%s: it is of the form %q; this program reads %s", receivedPath, f.Format, receivedFormat)
	}
	for _, p := range f.Files {
		if !fs.ValidPath(p.Name) || !fs.ValidPath(p.Path) {
			return nil, fmt.Errorf("%s: %q is no name of a file", receivedPath, p.Name)
		}
	}
	return &f, nil
}

// settings are the files of data/config: the configuration and the files of the
// user's own theme. names are where they stood, by their names there.
func (o *Options) settings(in *input) (docs []seal.Document, names map[string]string, err error) {
	names = map[string]string{}
	add := func(was string, data []byte) {
		slug := name.File(path.Base(was), 60)
		try := slug
		for n := 2; names[try] != ""; n++ {
			try = fmt.Sprintf("%d-%s", n, slug)
		}
		names[try] = was
		docs = append(docs, seal.Document{Path: try, Data: data})
	}
	add(o.configName(), in.configText)
	theme := in.config.Theme
	if theme == "" {
		return docs, names, nil
	}
	files, own, err := o.chosenTheme(theme)
	if err != nil || !own {
		return docs, names, err
	}
	err = fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, p)
		if err == nil {
			add(path.Join(theme, p), data)
		}
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("archive the theme: %w", err)
	}
	return docs, names, nil
}
