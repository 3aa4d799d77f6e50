package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// widths are those of a desk and of a phone.
var widths = []int64{1280, 390}

// TestPagesInABrowser opens every kind of page from disk, at a desk and on a
// phone, by day and by night: nothing that axe-core objects to, nothing wider
// than the screen, no word on the console, no request that leaves the folder.
func TestPagesInABrowser(t *testing.T) {
	b := startBrowser(t)
	for _, p := range sites(t) {
		kinds := p.kinds(t)
		for _, width := range widths {
			t.Run(fmt.Sprintf("%s at %d", p.name, width), func(t *testing.T) {
				t.Parallel()
				w := b.open(t, screen{width, true})
				for _, page := range kinds {
					for _, wrong := range w.judge(p.share, filepath.Join(p.share, filepath.FromSlash(page))) {
						t.Errorf("%s: %s", page, wrong)
					}
				}
			})
		}
		t.Run(p.name+" without scripts", func(t *testing.T) {
			t.Parallel()
			withoutScripts(t, b, &p, kinds)
		})
		t.Run(p.name+" in a folder of odd letters", func(t *testing.T) {
			t.Parallel()
			oddFolder(t, b, &p, kinds)
		})
	}
}

// withoutScripts holds that an evidence page has no script, so that it is the
// same where they are blocked, and that an explore page says there where its
// facts stand without them.
func withoutScripts(t *testing.T, b *browser, p *published, kinds []string) {
	const notice = `[...document.querySelectorAll('noscript a')].filter(a => a.checkVisibility()).map(a => a.href)`
	const tools = `document.getElementById('explore').checkVisibility()`
	w := b.open(t, screen{1280, false})
	for _, page := range kinds {
		path := filepath.Join(p.share, filepath.FromSlash(page))
		w.show(path, "")
		wrong := append(w.strays(p.share), w.deadLinks()...)
		if letters := ask[int](w, `document.querySelector('main').innerText.length`); letters < 60 {
			wrong = append(wrong, fmt.Sprintf("%d letters", letters))
		}
		if !strings.Contains(page, "/explore/") {
			if n := ask[int](w, `document.querySelectorAll('script, noscript').length`); n > 0 {
				wrong = append(wrong, fmt.Sprintf("%d scripts", n))
			}
		} else {
			if len(ask[[]string](w, notice)) == 0 || ask[bool](w, tools) {
				wrong = append(wrong, "does not say where its facts stand without scripts, or shows tools that do nothing")
			}
			with := b.open(t, screen{1280, true})
			with.show(path, "")
			if len(ask[[]string](with, notice)) > 0 || !ask[bool](with, tools) {
				wrong = append(wrong, "says that scripts are off when they are on")
			}
		}
		for _, s := range wrong {
			t.Errorf("%s: %s", page, s)
		}
	}
}

// oddFolder holds that a copy works wherever it is put: style, fonts, scripts
// and links, with every letter in the path that an address cannot hold.
func oddFolder(t *testing.T, b *browser, p *published, kinds []string) {
	share := filepath.Join(t.TempDir(), "Übersicht & Bericht #3, 100% (Отчёт) ?")
	if err := os.CopyFS(share, os.DirFS(p.share)); err != nil {
		t.Fatal(err)
	}
	w := b.open(t, screen{1280, true})
	for _, page := range kinds {
		w.show(filepath.Join(share, filepath.FromSlash(page)), "")
		for _, wrong := range append(w.strays(share), w.deadLinks()...) {
			t.Errorf("%s: %s", page, wrong)
		}
		if font := ask[string](w, `getComputedStyle(document.querySelector('h1')).fontFamily`); !strings.Contains(font, "Source Serif") {
			t.Errorf("%s: the headline is in %s: the style sheet was not found", page, font)
		}
		if strings.Contains(page, "/explore/") && !ask[bool](w, `document.querySelectorAll('#rows tr').length > 0 && document.querySelector('#chart svg') !== null`) {
			t.Errorf("%s: no rows or no chart", page)
		}
	}
	w.show(filepath.Join(share, filepath.Base(p.month), "figures", "f-00001.html"), "F-0002")
	if got := ask[string](w, `document.querySelector(':target')?.id ?? 'nothing'`); got != "F-0002" {
		t.Errorf("a link to a figure points at %s", got)
	}
}

// TestExploreAnswers works the tools of the explore page as its reader would.
func TestExploreAnswers(t *testing.T) {
	b := startBrowser(t)
	p := site(t, "sample", filepath.Join("..", "..", "sample-data"), "2026-06", "--draft")
	w := b.open(t, screen{1280, true})
	w.show(filepath.Join(p.month, "explore", "ranking.html"), "")
	rows := func() int { return ask[int](w, `document.querySelectorAll('#rows tr').length`) }
	all := len(p.doc.Services) + len(p.doc.Systems)
	if got := rows(); got != min(all, 50) {
		t.Errorf("%d rows are listed, want %d", got, all)
	}
	w.within(chromedp.SendKeys(chromedp.ID("filter"), strings.ToLower(p.doc.Systems[0].ID)))
	if got := rows(); got == 0 || got >= all {
		t.Errorf("%d rows are listed that hold %s", got, p.doc.Systems[0].ID)
	}
	w.within(chromedp.Click(chromedp.CSS("button[type=reset]")))
	w.within(chromedp.SetValue(chromedp.ID("kind"), "Service"))
	ask[bool](w, `document.getElementById('kind').dispatchEvent(new Event('change', {bubbles: true}))`)
	if got := rows(); got != len(p.doc.Services) {
		t.Errorf("%d services are listed, want %d", got, len(p.doc.Services))
	}
	w.within(chromedp.Click(chromedp.CSS("th[data-key=name] button")))
	if got := ask[[]string](w, `[...document.querySelectorAll('#rows th')].map(e => e.textContent)`); len(got) < 2 || got[0] > got[1] {
		t.Errorf("sorted by name: %v", got)
	}
	for _, wrong := range append(w.strays(p.share), w.deadLinks()...) {
		t.Error(wrong)
	}
}

// TestTheBrowserSeesWhatIsWrong shows that the tests above can fail: a page with
// one of each fault gets a complaint for each.
func TestTheBrowserSeesWhatIsWrong(t *testing.T) {
	b := startBrowser(t)
	dir := t.TempDir()
	folder := filepath.Join(dir, "share")
	page := filepath.Join(folder, "page.html")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		page: `<!doctype html><html lang="en"><head><title>Faults</title><link rel="icon" href="data:,"><link rel="stylesheet" href="../outside.css"><link rel="stylesheet" href="none.css"></head>
<body><main><h1>Faults</h1><p style="color:#bbb;background:#fff">pale</p><p style="width:2000px">wide</p><a href="nowhere.html">on</a><a href="https://example.test/">out</a>
<script>console.log('word')</script></main></body></html>`,
		filepath.Join(dir, "outside.css"): "p{margin:0}",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w := b.open(t, screen{390, true})
	all := strings.Join(append(w.judge(folder, page), w.deadLinks()...), "\n")
	for _, want := range []string{"light: color-contrast", "dark: color-contrast", "too wide: ", `console: console.log: "word"`, "asks for " + fileURL(filepath.Join(dir, "outside.css")), "not loaded: ", "leads to no file: ", "leads to https://example.test/"} {
		if !strings.Contains(all, want) {
			t.Errorf("no complaint %q in:\n%s", want, all)
		}
	}
}
