package site

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
)

// The font files of the site: what the style sheet asks for by its own folder.
// The latin ones come first; a page with other letters asks for the rest.
var fonts = []string{"inter", "source-serif-4", "plex-mono", "inter-ext", "source-serif-4-ext"}

// The licenses that go along with the fonts, as their terms ask.
var fontLicenses = []string{"inter", "source-serif-4", "ibm-plex-mono"}

// assets yields the style sheet and the fonts. A theme without font files, as in
// a program built without them, has no rules that name one.
func assets(theme fs.FS, yield func(path string, data []byte) error) error {
	files, err := fontFiles(theme)
	if err != nil {
		return err
	}
	sheet, err := styleSheet(theme, len(files) > 0)
	if err != nil {
		return err
	}
	if err := yield("assets/site.css", sheet); err != nil {
		return err
	}
	for _, f := range files {
		if err := yield("assets/"+f.name, f.data); err != nil {
			return err
		}
	}
	return nil
}

// styleSheet joins the theme's sheets into one: tokens, fonts, layout.
func styleSheet(theme fs.FS, withFonts bool) ([]byte, error) {
	parts := []string{"tokens.css", "site.css"}
	if withFonts {
		parts = []string{"tokens.css", "fonts.css", "site.css"}
	}
	var b bytes.Buffer
	for _, name := range parts {
		data, err := fs.ReadFile(theme, name)
		if err != nil {
			return nil, fmt.Errorf("site: theme: %w", err)
		}
		b.Write(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

type file struct {
	name string
	data []byte
}

// fontFiles are the fonts and their licenses; none unless all are there.
func fontFiles(theme fs.FS) ([]file, error) {
	var files []file
	read := func(from, to string) error {
		data, err := fs.ReadFile(theme, from)
		if err != nil {
			return err
		}
		files = append(files, file{to, data})
		return nil
	}
	var errs error
	for _, name := range fonts {
		errs = errors.Join(errs, read("assets/fonts/"+name+".woff2", name+".woff2"))
	}
	for _, name := range fontLicenses {
		errs = errors.Join(errs, read("assets/licenses/"+name+".txt", "license-"+name+".txt"))
	}
	if errors.Is(errs, fs.ErrNotExist) {
		return nil, nil
	}
	if errs != nil {
		return nil, fmt.Errorf("site: theme: %w", errs)
	}
	return files, nil
}
