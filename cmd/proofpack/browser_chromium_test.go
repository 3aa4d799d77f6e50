package main

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// pageTime bounds what one page may take, axe included, on a busy machine.
const pageTime = 60 * time.Second

// A browser is one running Chromium with a profile of its own.
type browser struct {
	ctx context.Context
	axe string // source of axe-core
}

// needs stops a test that lacks a program or a file: a failure where the build
// is checked, a skip where somebody works.
func needs(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not here: run make tools assets", what)
	}
	t.Skipf("%s is not here: run make tools assets", what)
}

// startBrowser starts Debian's Chromium and ends it with the test.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		needs(t, "chromium")
	}
	axe, err := os.ReadFile(filepath.Join("..", "..", "themes", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		needs(t, "axe-core")
	}
	if _, err := os.Stat(filepath.Join("..", "..", "themes", "plain", "assets", "js", "echarts.js")); err != nil {
		needs(t, "the charting library")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
	)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return &browser{ctx: ctx, axe: string(axe)}
}

// A screen is what a page is shown on.
type screen struct {
	width   int64 // CSS pixels
	scripts bool
}

// A tab shows one page after another, and notes what each says and asks for.
type tab struct {
	t   *testing.T
	b   *browser
	ctx context.Context
	on  screen

	mu      sync.Mutex
	said    []string          // on the console, by the page or about it
	asked   []string          // addresses
	waiting map[string]string // request -> address
}

// open opens a tab of a screen; it closes with the test.
func (b *browser) open(t *testing.T, on screen) *tab {
	t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	t.Cleanup(end)
	w := &tab{t: t, b: b, ctx: ctx, on: on, waiting: map[string]string{}}
	size := []chromedp.EmulateViewportOption{}
	if on.width < 600 {
		size = append(size, chromedp.EmulateMobile)
	}
	err := chromedp.Do(ctx, chromedp.EmulateViewport(on.width, 900, size...), chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on.scripts})
		return err
	}))
	if err == nil {
		err = chromedp.Listen(ctx, w.note)
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// prefer sets the colours that the reader's system asks for: light or dark.
func (w *tab) prefer(scheme string) {
	w.t.Helper()
	w.within(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	}))
}

// note keeps what the page said or asked for.
func (w *tab) note(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, a := range e.Args {
			words = append(words, string(a.Value), a.Description)
		}
		w.said = append(w.said, "console."+string(e.Type)+": "+strings.Join(words, " "))
	case *runtime.EventExceptionThrown:
		w.said = append(w.said, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		w.said = append(w.said, string(e.Entry.Level)+": "+e.Entry.Text+" "+e.Entry.URL)
	case *network.EventRequestWillBeSent:
		w.asked = append(w.asked, e.Request.URL)
		w.waiting[string(e.RequestID)] = e.Request.URL
	case *network.EventLoadingFailed:
		w.said = append(w.said, "not loaded: "+w.waiting[string(e.RequestID)]+": "+e.ErrorText)
	}
}

// show loads a file and waits until its fonts are there.
func (w *tab) show(path, anchor string) {
	w.t.Helper()
	w.mu.Lock()
	w.said, w.asked = nil, nil
	w.mu.Unlock()
	to := fileURL(path)
	if anchor != "" {
		to += "#" + anchor
	}
	w.within(chromedp.Navigate(to))
	ask[bool](w, `document.fonts.ready.then(() => true)`)
}

func (w *tab) within(action chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, end := context.WithTimeout(w.ctx, pageTime)
	defer end()
	if err := chromedp.Do(ctx, action); err != nil {
		w.t.Fatal(err)
	}
}

// heard is what the page said since it was shown, and what it asked for.
func (w *tab) heard() (said, asked []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string{}, w.said...), append([]string{}, w.asked...)
}

// ask evaluates an expression of the page; a promise is waited for.
func ask[T any](w *tab, expression string) T {
	w.t.Helper()
	ctx, end := context.WithTimeout(w.ctx, pageTime)
	defer end()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

// fileURL is the address of a file on this machine, with every character that
// an address cannot hold written as one that it can.
func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}
