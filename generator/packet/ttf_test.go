package packet

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"proofpack/generator/report"
)

func TestFontsAreMeasuredAsTheFileSays(t *testing.T) {
	types, err := readTypeface(testFonts(t))
	if err != nil {
		t.Fatal(err)
	}
	inter := types.fonts[sans]
	// As read by hand from the font's hmtx table, in thousandths.
	for r, want := range map[rune]float64{' ': 281, '0': 631, '1': 407, 'A': 690, 'W': 985, 'm': 876} {
		if got := inter.width(r); got != want {
			t.Errorf("%q is %v wide, not %v", r, got, want)
		}
	}
	for _, r := range "Łukasz ½ × – “” → Ольга é\u00a0" {
		if !inter.has(r) {
			t.Errorf("no glyph for %q", r)
		}
	}
	for _, r := range "漢\U0001F600\u0007" {
		if inter.has(r) {
			t.Errorf("a glyph for %q", r)
		}
	}
	if inter.name != "Inter-Regular" || types.fonts[serif].name != "SourceSerif4-SemiBold" || types.fonts[mono].name != "IBMPlexMono" && types.fonts[mono].name != "IBMPlexMono-Regular" {
		t.Errorf("names %s, %s, %s", inter.name, types.fonts[serif].name, types.fonts[mono].name)
	}
	for _, f := range []face{sansFigures, sansStrongFigures} {
		for d := '0'; d <= '9'; d++ {
			if got, want := types.fonts[f].width(d), types.fonts[f].width('0'); got != want {
				t.Errorf("face %d: %q is %v wide, 0 is %v", f, d, got, want)
			}
		}
	}
	if types.fonts[sans].width('1') == types.fonts[sans].width('0') {
		t.Error("the figures of running text are all of one width")
	}
}

func TestAFontThatCannotBeUsedIsNamed(t *testing.T) {
	good := testFonts(t)
	cut := good.Regular[:len(good.Regular)/2]
	renamed := bytes.Replace(good.Regular, []byte("cmap"), []byte("cmaq"), 1)
	for _, c := range []struct {
		name, want string
		spoil      func(*Fonts)
	}{
		{"none given", "not a TrueType file", func(f *Fonts) { f.Serif = nil }},
		{"cut short", "cut short or damaged", func(f *Fonts) { f.Serif = cut }},
		{"a table missing", `table "cmap" is missing`, func(f *Fonts) { f.Serif = renamed }},
		{"PostScript outlines", "PostScript outlines", func(f *Fonts) { f.Serif = append([]byte("OTTO"), good.Serif[4:]...) }},
		{"a web font", "web font", func(f *Fonts) { f.Serif = []byte("wOF2xxxxxxxxxxxx") }},
		{"no font at all", "not a TrueType file", func(f *Fonts) { f.Serif = []byte("<html>") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := good
			c.spoil(&f)
			_, err := Render(everything(), f)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "source-serif-4-semibold.ttf") {
				t.Errorf("got %v", err)
			}
		})
	}
	f := good
	f.Fallback = good.Mono
	if _, err := Render(everything(), f); err != nil {
		t.Errorf("with a fallback: %v", err)
	}
}

func TestReadFonts(t *testing.T) {
	testFonts(t)
	if _, err := ReadFonts(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "inter-regular.ttf") {
		t.Errorf("of an empty folder: %v", err)
	}
	m := fstest.MapFS{}
	for _, file := range fontFiles[:len(fontFiles)-1] {
		b, err := fs.ReadFile(os.DirFS(fontFolder), file.name)
		if err != nil {
			t.Fatal(err)
		}
		m[file.name] = &fstest.MapFile{Data: b}
	}
	if f, err := ReadFonts(m); err != nil || f.Fallback != nil {
		t.Errorf("without a fallback: %v", err)
	}
	m["fallback.ttf"] = &fstest.MapFile{Data: []byte("x")}
	if f, err := ReadFonts(m); err != nil || string(f.Fallback) != "x" {
		t.Errorf("with a fallback: %v", err)
	}
}

func TestCharactersThatNoFontHasAreTokens(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"an emoji", "a \U0001F600 b", "a [U+1F600] b"},
		{"a character without a glyph", "漢字", "[U+6F22][U+5B57]"},
		{"an override of direction", "abc\u202edef", "abc[U+202E]def"},
		{"a zero width space", "abc\u200bdef", "abc[U+200B]def"},
		{"a control character", "abc\x07def", "abc[U+0007]def"},
		{"a tab is a blank", "abc\tdef", "abc def"},
		{"broken UTF-8", "abc\xffdef", "abc[U+FFFD]def"},
		{"what fonts have stays", "Łukasz Żak, Ольга – ½ × 3 → “x”", "Łukasz Żak, Ольга – ½ × 3 → “x”"},
		{"PDF syntax", `(a\) <</JS (x)>> %`, `(a\) <</JS (x)>> %`},
		{"a page number's alias", "{nb} {current}", "{nb} {current}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := report.Table{Columns: []report.Column{{Title: c.in}}, Rows: []report.TableRow{{Cells: []report.Text{words(c.in)}}}}
			p := rendered(t, only(plainPage(report.Paragraph{Text: words(c.in)}, table)))
			if n := strings.Count(strings.Join(textOf(t, p), ""), c.want); n != 3 {
				t.Errorf("%q stands %d times, not 3", c.want, n)
			}
		})
	}
}

func FuzzFont(f *testing.F) {
	fonts, err := readFonts()
	if err != nil {
		f.Skip(err)
	}
	f.Add(fonts.Mono[:4096])
	f.Add([]byte("\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00cmap\x00\x00\x00\x00\x00\x00\x00\x1c\x00\x00\x00\x04\x00\x00\x00\x01"))
	f.Add([]byte("true"))
	f.Fuzz(func(t *testing.T, b []byte) {
		font, err := parseFont(b)
		if err == nil && !font.has('x') {
			t.Error("a font without letters was taken")
		}
	})
}

func FuzzText(f *testing.F) {
	fonts, err := readFonts()
	if err != nil {
		f.Skip(err)
	}
	for _, s := range []string{"", " ", "\n\n", "a\r\nb", "\U0001F600\u202e\u0000", "(\\)", "{nb}", "\xff\xfe", strings.Repeat("x", 5000), "$1,234.50 of 13 June 2026", "\u2003\u00a0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		span := report.Text{{Text: s, Figure: s}, {Text: s, Kind: report.KindState}, {Text: s, Kind: report.KindCode, Keep: true}, {Text: s, Kind: report.KindSmall, Href: s}}
		page := plainPage(report.Paragraph{Text: span}, report.Keys{Items: []report.Key{{Label: span, Value: span, Note: span}}},
			report.Decisions{Items: []report.Ask{{Title: span, Why: span, Cost: span}}}, report.Signatures{Lines: []string{s}}, report.Prose{Name: "x.md", Markdown: s},
			report.Table{Columns: []report.Column{{Title: s, Num: true}, {Title: "x / " + s}}, Rows: []report.TableRow{{Cells: []report.Text{span, nil}}}, Foot: []report.Text{span}},
			report.Matrix{Corner: s, Columns: []report.MatrixHead{{Long: s, Short: s}}, Rows: []report.MatrixRow{{Label: span, Sub: s, Cells: []report.MatrixCell{{}}}}, Foot: []string{s, s}})
		page.Path, page.Kicker, page.Title = s, s, span
		r := only(page)
		r.Company, r.MonthName, r.BuildID, r.Signer.Name = s, s, s, s
		if _, err := Render(r, fonts); err != nil {
			t.Error(err)
		}
	})
}
