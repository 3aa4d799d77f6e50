package main

import (
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
)

// thin leaves two on a page of each kind of row that are alike in elements and
// classes, and two of every list: a thousand rows of one export take axe a
// quarter of a minute and say the same as two.
const thin = `const seen = {};
for (const list of document.querySelectorAll('main tbody, main ol, main ul')) {
	let kept = 0;
	for (const row of [...list.children]) {
		const kind = [row, ...row.querySelectorAll('*')].map(e => e.tagName + '.' + (e.getAttribute('class') || '') + (e.textContent ? '' : '0')).join();
		seen[kind] = (seen[kind] || 0) + 1;
		if (seen[kind] > 2 && kept >= 2) row.remove(); else kept++;
	}
}`

// violations runs axe-core over the page: all its rules, or those of a list.
// preload is off: axe would ask for the style sheet itself, which no page of a
// file share may.
const violations = `(only => axe.run(document, {preload: false, resultTypes: ['violations'], ...(only ? {runOnly: {type: 'rule', values: only}} : {})}).then(r => r.violations.map(v =>
	v.id + ' (' + v.nodes.length + '): ' + v.nodes[0].target.join(' ') + ': ' + v.nodes[0].html.slice(0, 160) + ' ' + v.nodes[0].any.concat(v.nodes[0].all).map(c => c.message).join('; '))))`

// tooWide names what reaches beyond the right edge outside of a region that
// scrolls, when the page as a whole does.
const tooWide = `(w => {
	if (document.documentElement.scrollWidth <= w && document.body.scrollWidth <= w) return [];
	const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > w + .5 && !e.closest('.tw, .scroll, .vh, svg svg, .skip, .mast nav ul'));
	return ['too wide: ' + document.documentElement.scrollWidth + ' of ' + w + ' px'].concat(wide.slice(0, 3).map(e => 'too wide: ' + e.outerHTML.slice(0, 120)));
})`

// A complaint is what is wrong with a page, in words.
type complaint = string

// judge shows a page and says what is wrong with it: words on the console,
// requests that leave the folder, a page wider than its screen, and what
// axe-core sees. folder is where everything must come from.
//
// The page is loaded once. In the dark nothing but colours is another, so axe
// runs its rules on colour a second time there, and the rest is heard again.
func (w *tab) judge(folder, path string) []complaint {
	w.t.Helper()
	w.prefer("light")
	w.show(path, "")
	wide := fmt.Sprintf("%s(%d)", tooWide, w.on.width)
	wrong := ask[[]string](w, wide)
	w.prefer("dark")
	wrong = append(wrong, ask[[]string](w, wide)...)
	wrong = append(wrong, w.strays(folder)...)

	ask[bool](w, thin+w.b.axe+";true")
	for _, v := range ask[[]string](w, violations+"(['color-contrast', 'link-in-text-block'])") {
		wrong = append(wrong, "dark: "+v)
	}
	w.prefer("light")
	for _, v := range ask[[]string](w, violations+"()") {
		wrong = append(wrong, "light: "+v)
	}
	return wrong
}

// strays are what the page shown said and where it asked beyond the folder.
func (w *tab) strays(folder string) []complaint {
	said, asked := w.heard()
	var wrong []complaint
	for _, s := range said {
		wrong = append(wrong, "console: "+s)
	}
	if len(asked) == 0 {
		wrong = append(wrong, "no request was seen, not even for the page")
	}
	for _, address := range asked {
		if !strings.HasPrefix(address, fileURL(folder)+"/") && address != "data:," {
			wrong = append(wrong, "asks for "+address)
		}
	}
	return wrong
}

// deadLinks are the links of the page shown that lead to no file, as the
// browser works their addresses out.
func (w *tab) deadLinks() []complaint {
	w.t.Helper()
	var dead []complaint
	links := ask[[]string](w, `[...new Set([...document.querySelectorAll('a[href]')].map(a => a.href.animVal === undefined ? a.href : new URL(a.href.animVal, document.baseURI).href))]`)
	slices.Sort(links)
	for _, link := range links {
		to, err := url.Parse(link)
		if err != nil || to.Scheme != "file" {
			dead = append(dead, "leads to "+link)
			continue
		}
		if info, err := os.Stat(to.Path); err != nil || info.IsDir() {
			dead = append(dead, "leads to no file: "+link)
		}
	}
	return dead
}
