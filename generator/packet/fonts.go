package packet

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"proofpack/generator/chart"
)

// Fonts are the fonts of the packet: static TrueType files, embedded as far as
// they are used.
type Fonts struct {
	Regular, SemiBold, Bold []byte // sans serif: text and figures
	Serif, SerifBold        []byte // headlines, semi-bold and bold
	Mono                    []byte // hashes, file names, commands
	Fallback                []byte // for characters that the others lack; empty: none
}

// fontFiles are the names of the fonts in a theme's folder of fonts.
var fontFiles = []struct {
	name string
	of   func(*Fonts) *[]byte
}{
	{"inter-regular.ttf", func(f *Fonts) *[]byte { return &f.Regular }},
	{"inter-semibold.ttf", func(f *Fonts) *[]byte { return &f.SemiBold }},
	{"inter-bold.ttf", func(f *Fonts) *[]byte { return &f.Bold }},
	{"source-serif-4-semibold.ttf", func(f *Fonts) *[]byte { return &f.Serif }},
	{"source-serif-4-bold.ttf", func(f *Fonts) *[]byte { return &f.SerifBold }},
	{"plex-mono-regular.ttf", func(f *Fonts) *[]byte { return &f.Mono }},
	{"fallback.ttf", func(f *Fonts) *[]byte { return &f.Fallback }},
}

// ReadFonts reads the fonts from a theme's folder of fonts. A file that is not
// there is an error, but for fallback.ttf, which a theme may add.
func ReadFonts(folder fs.FS) (Fonts, error) {
	var f Fonts
	for _, file := range fontFiles {
		b, err := fs.ReadFile(folder, file.name)
		if file.name == "fallback.ttf" && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Fonts{}, fmt.Errorf("font: %w", err)
		}
		*file.of(&f) = b
	}
	return f, nil
}

// A face is one of the fonts.
type face int

const (
	sans face = iota
	sansStrong
	sansBold
	serif
	serifStrong
	mono
	fallback
	sansFigures       // sans with figures all of one width
	sansStrongFigures // sansStrong with such figures
	faces
)

// strong is the heavier face of the same design.
func (f face) strong() face {
	switch f {
	case sans:
		return sansStrong
	case sansFigures:
		return sansStrongFigures
	case serif:
		return serifStrong
	default:
		return f
	}
}

// figures is the face of the same design whose figures are all of one width,
// for columns of numbers.
func (f face) figures() face {
	switch f {
	case sans:
		return sansFigures
	case sansStrong:
		return sansStrongFigures
	default:
		return f
	}
}

// A typeface is the fonts as read.
type typeface struct {
	fonts [faces]*font  // nil where none was given
	chain [faces][]face // where each face looks for a character, itself first
}

// readTypeface reads the fonts and says which one cannot be used, and why.
func readTypeface(f Fonts) (*typeface, error) {
	t := &typeface{}
	for i, file := range fontFiles {
		b := *file.of(&f)
		if len(b) == 0 && face(i) == fallback {
			continue
		}
		font, err := parseFont(b)
		if err != nil {
			return nil, fmt.Errorf("the font %s cannot be used: %w", file.name, err)
		}
		t.fonts[i] = font
	}
	for _, f := range []face{sans, sansStrong} {
		figures, err := t.fonts[f].withTabularFigures()
		if err != nil {
			return nil, fmt.Errorf("the font %s cannot be used: %w", fontFiles[f].name, err)
		}
		if figures == nil {
			figures = t.fonts[f]
		}
		t.fonts[f.figures()] = figures
	}
	order := []face{sans, serif, mono, sansStrong, sansBold, serifStrong, fallback}
	for f := range faces {
		if t.fonts[f] == nil {
			continue
		}
		t.chain[f] = append(t.chain[f], f)
		for _, next := range order {
			if t.fonts[next] != nil && !slices.Contains(t.chain[f], next) {
				t.chain[f] = append(t.chain[f], next)
			}
		}
	}
	return t, nil
}

// of is the face that prints a character in place of f; ok is false when no
// font has it.
func (t *typeface) of(f face, r rune) (face, bool) {
	for _, next := range t.chain[f] {
		if t.fonts[next].has(r) {
			return next, true
		}
	}
	return f, false
}

// width is how wide words are in one face, in points.
func (t *typeface) width(words string, f face, size float64) float64 {
	sum := 0.0
	for _, r := range words {
		sum += t.fonts[f].width(r)
	}
	return float64(sum/1000) * size
}

// printable is words with line ends as "\n" and every character that would
// leave no mark, or turn the order of others, as a visible token.
func printable(s string) string {
	clean := true
	for _, r := range s {
		if r < ' ' || r > '~' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	out := make([]rune, 0, len(s))
	for _, r := range chart.Visible(s) {
		if r == '\t' {
			r = ' '
		}
		out = append(out, r)
	}
	return lineEnds.Replace(string(out))
}

// lineEnds makes the line ends of every system one.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// token is what stands for a character that no font has.
func token(r rune) string { return fmt.Sprintf("[U+%04X]", r) }
