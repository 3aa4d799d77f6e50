package themes

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What the design asks of every theme (06-site).
const (
	leastText   = 4.5 // contrast of text, WCAG 2.2
	leastMark   = 3.0 // contrast of marks that carry meaning
	leastColour = 13  // CIE76 between two states, as any eye sees them
)

// Tokens by what they are: each is held to its own measure on each ground.
var (
	grounds = []string{"paper", "surface"}
	texts   = []string{"ink", "ink-2", "ink-3", "link", "proven", "stale", "failed", "missing", "excepted", "na"}
	marks   = []string{"inside", "measured", "assumed", "target", "beyond", "rule-strong", "base", "focus"}
	states  = []string{"proven", "stale", "failed", "missing", "excepted"}
)

// schemes reads the tokens of a theme for light, dark and print; the latter two
// stand over the first.
func schemes(t *testing.T, theme string) map[string]map[string]string {
	t.Helper()
	sheet, err := fs.ReadFile(FS, theme+"/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, ok := strings.Cut(string(sheet), "@media (prefers-color-scheme:dark)")
	dark, paper, ok2 := strings.Cut(rest, "@media print")
	if !ok || !ok2 {
		t.Fatalf("%s: light, dark and print do not follow each other", theme)
	}
	token := regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{6})\b`)
	read := func(sheets ...string) map[string]string {
		all := map[string]string{}
		for _, s := range sheets {
			for _, m := range token.FindAllStringSubmatch(s, -1) {
				all[m[1]] = m[2]
			}
		}
		return all
	}
	return map[string]map[string]string{"light": read(light), "dark": read(light, dark), "print": read(light, paper)}
}

func names(t *testing.T) []string {
	t.Helper()
	entries, err := fs.ReadDir(FS, ".")
	if err != nil || len(entries) < 2 {
		t.Fatal("there are fewer themes than two", err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestContrast(t *testing.T) {
	for _, theme := range names(t) {
		for scheme, tokens := range schemes(t, theme) {
			check := func(name, ground string, least float64) {
				if tokens[name] == "" || tokens[ground] == "" {
					t.Errorf("%s, %s: --%s or --%s is no colour", theme, scheme, name, ground)
					return
				}
				if got := contrast(rgb(tokens[name]), rgb(tokens[ground])); got < least {
					t.Errorf("%s, %s: --%s on --%s has a contrast of %.2f, at least %.1f", theme, scheme, name, ground, got, least)
				}
			}
			for _, ground := range grounds {
				for _, name := range texts {
					check(name, ground, leastText)
				}
				for _, name := range marks {
					check(name, ground, leastMark)
				}
			}
			check("ink", "mark", leastText)
			check("ink-2", "mark", leastText)
			check("link", "mark", leastText)
			check("paper", "ink", leastText) // the strip of a draft
		}
	}
}

// TestStatesAreToldApart holds every pair of states to a distance that each kind
// of colour vision can see. Colour is never alone, and is still not to mislead.
func TestStatesAreToldApart(t *testing.T) {
	for _, theme := range names(t) {
		for scheme, tokens := range schemes(t, theme) {
			for vision, m := range visions {
				for i, a := range states {
					for _, b := range states[i+1:] {
						if got := distance(seen(m, rgb(tokens[a])), seen(m, rgb(tokens[b]))); got < leastColour {
							t.Errorf("%s, %s, %s: %s and %s are %.1f apart, at least %d", theme, scheme, vision, a, b, got, leastColour)
						}
					}
				}
			}
		}
	}
}

// TestNothingIsGreen holds the palette to the first principle.
func TestNothingIsGreen(t *testing.T) {
	for _, theme := range names(t) {
		for scheme, tokens := range schemes(t, theme) {
			for name, hex := range tokens {
				c := rgb(hex)
				if g := c[1] - max(c[0], c[2]); g > .03 {
					t.Errorf("%s, %s: --%s %s is green", theme, scheme, name, hex)
				}
			}
		}
	}
}

// TestThemesHaveTheSameTokens finds a token that one theme forgot.
func TestThemesHaveTheSameTokens(t *testing.T) {
	declared := regexp.MustCompile(`--([a-z0-9-]+):`)
	sets := map[string]map[string]bool{}
	for _, theme := range names(t) {
		sheet, err := fs.ReadFile(FS, theme+"/tokens.css")
		if err != nil {
			t.Fatal(err)
		}
		sets[theme] = map[string]bool{}
		for _, m := range declared.FindAllStringSubmatch(string(sheet), -1) {
			sets[theme][m[1]] = true
		}
	}
	sheet, err := fs.ReadFile(FS, "plain/site.css")
	if err != nil {
		t.Fatal(err)
	}
	for theme, tokens := range sets {
		for name := range sets["plain"] {
			if !tokens[name] {
				t.Errorf("%s has no --%s", theme, name)
			}
		}
		for _, m := range regexp.MustCompile(`var\(--([a-z0-9-]+)\)`).FindAllStringSubmatch(string(sheet), -1) {
			if !tokens[m[1]] {
				t.Errorf("site.css uses --%s, and %s does not have it", m[1], theme)
			}
		}
	}
}

func rgb(hex string) (c [3]float64) {
	for i := range c {
		if len(hex) == 7 {
			v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err == nil {
				c[i] = float64(v) / 255
			}
		}
	}
	return c
}

func linear(v float64) float64 {
	if v <= .04045 {
		return v / 12.92
	}
	return math.Pow((v+.055)/1.055, 2.4)
}

// contrast is the ratio of WCAG 2.2.
func contrast(a, b [3]float64) float64 {
	light := func(c [3]float64) float64 {
		return .2126*linear(c[0]) + .7152*linear(c[1]) + .0722*linear(c[2])
	}
	x, y := light(a), light(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// visions are the matrices of full protanopia, deuteranopia and tritanopia over
// linear sRGB (Machado, Oliveira and Fernandes 2009, severity 1).
var visions = map[string][3][3]float64{
	"common": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}},
	"deutan": {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}},
	"tritan": {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}},
}

// seen is a colour in linear sRGB as a kind of vision sees it.
func seen(m [3][3]float64, c [3]float64) (out [3]float64) {
	in := [3]float64{linear(c[0]), linear(c[1]), linear(c[2])}
	for i := range out {
		for k := range in {
			out[i] += m[i][k] * in[k]
		}
		out[i] = min(1, max(0, out[i]))
	}
	return out
}

// distance is CIE76 between two colours in linear sRGB, white point D65.
func distance(a, b [3]float64) float64 {
	lab := func(c [3]float64) [3]float64 {
		x := (.4124564*c[0] + .3575761*c[1] + .1804375*c[2]) / .95047
		y := .2126729*c[0] + .7151522*c[1] + .0721750*c[2]
		z := (.0193339*c[0] + .1191920*c[1] + .9503041*c[2]) / 1.08883
		f := func(t float64) float64 {
			if t > 216./24389 {
				return math.Cbrt(t)
			}
			return (24389./27*t + 16) / 116
		}
		return [3]float64{116*f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))}
	}
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}
