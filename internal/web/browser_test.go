package web_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

var screenshots = flag.String("screenshots", "", "write pictures of all pages into this `folder`")

// TestBrowser uses the pages as people do, in one browser with a tab for each
// test.
func TestBrowser(t *testing.T) {
	browser := startBrowser(t)
	s := newSite(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *tab)
	}{
		{"search by typing", testTyping}, {"facets", testFacets}, {"region tree", testTree}, {"chips", testChips},
		{"first hit", testFirst}, {"form", testForm}, {"chart by mouse and keyboard", testChart}, {"table behind a chart", testTable}, {"sort", testSort}, {"pages", testPages},
		{"context", testContext}, {"copy", testCopy}, {"back", testBack}, {"address", testAddress}, {"long question", testLongQuestion},
		{"marks of a report", testMarks}, {"keys", testKeys}, {"anchors", testAnchors}, {"arrival", testArrival}, {"outline", testOutline}, {"headline", testHeadline}, {"published text", testPublished}, {"marks of the published text", testPublishedMarks},
		{"copies of a report", testCopies}, {"parts of a report", testParts},
		{"without script", testNoScript}, {"narrow", testNarrow}, {"dark", testDark}, {"motion", testMotion},
		{"views", testViews}, {"tiles", testTiles}, {"edges", testEdges}, {"order", testOrder}, {"figures", testFigures}, {"numbers of a report", testNumbers}, {"indicator", testIndicator}, {"keyboard", testKeyboard}, {"print", testPrint}, {"hostile texts", testHostile}, {"states", testStates},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, openTab(t, browser, s))
		})
	}
	for _, p := range s.pages(t) {
		t.Run("accessibility of "+p.name, func(t *testing.T) {
			t.Parallel()
			testAccessibility(t, openTab(t, browser, s), p)
		})
	}
}

// startBrowser starts Debian's Chromium with a profile of its own. It ends with
// the test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("the pages are not tried in a browser under -short")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium, so the pages are not tried in a browser; tools/install-test-tools.sh installs it")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), chromedp.ExecPath(path),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("force-color-profile", "srgb"),
		chromedp.WSURLReadTimeout(patience))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// patience is how long something may take before it is held to be lost.
const patience = 2 * time.Minute

// A tab is a tab with storage and history of its own. What the browser holds
// against a page, from an uncaught exception to a dialog, fails the test.
type tab struct {
	*site
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string
	at     string // the page that was last visited
}

func openTab(t *testing.T, browser context.Context, s *site) *tab {
	t.Helper()
	b := &tab{site: s, t: t}
	var cancel context.CancelFunc
	b.ctx, cancel = chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	if err := chromedp.Listen(b.ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.media("", "light")
	b.size(wide)
	t.Cleanup(func() {
		for _, fault := range b.takeFaults() {
			t.Errorf("%s: %s", b.at, fault)
		}
	})
	return b
}

// listen notes what is wrong with a page. A page that is an error by itself is
// noted by the browser too, and is none.
func (b *tab) listen(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, "exception: "+ev.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.faults = append(b.faults, "console."+string(ev.Type))
	case *cdplog.EventEntryAdded:
		if e := ev.Entry; e.Source != cdplog.EntrySourceNetwork || e.URL != b.URL+b.at {
			b.faults = append(b.faults, fmt.Sprintf("%s: %s %s", e.Source, e.Text, e.URL))
		}
	case *page.EventJavascriptDialogOpening:
		b.faults = append(b.faults, "dialog: "+ev.Message)
		go chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	}
}

// takeFaults returns what was noted, and forgets it.
func (b *tab) takeFaults() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	faults := b.faults
	b.faults = nil
	return faults
}

// call sends a command to a tab.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	res, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
	return res
}

// media emulates a medium, "" being the screen, and a colour scheme. There is
// no motion: it would make places uncertain.
func (b *tab) media(medium, scheme string) {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// Widths of screens, in pixels.
const (
	wide      = 1280
	phone     = 390
	small     = 360
	narrowest = 320
)

func (b *tab) size(width int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, map[int64]int64{wide: 900, phone: 844, small: 740, narrowest: 640}[width]))
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// visit opens a page of the site and waits until it is there.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.mu.Lock()
	b.at = path
	b.mu.Unlock()
	b.do(chromedp.Navigate(b.URL + path))
}

// value is what an expression of the page comes to. Each %s in it stands for an
// argument, which is written as a literal.
func value[T any](b *tab, expression string, args ...any) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](literal(expression, args), chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", literal(expression, args), err)
	}
	return v
}

func literal(expression string, args []any) string {
	literals := make([]any, len(args))
	for i, a := range args {
		text, err := json.Marshal(a)
		if err != nil {
			panic(err) // the arguments are texts and numbers
		}
		literals[i] = string(text)
	}
	return fmt.Sprintf(expression, literals...)
}

// until waits for an expression of the page to be true. While one page gives
// way to another there is nothing to ask, which is not true yet.
func (b *tab) until(expression string, args ...any) {
	b.t.Helper()
	expression = literal(expression, args)
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end) && b.ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
		var is bool
		if is, last = chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); is {
			return
		}
	}
	b.t.Fatalf("never came true: %s (%v)\nat %s", expression, last, value[string](b, "location.href"))
}

// found is the first element of a selector that has a text, and fails where
// there is none.
const found = `((css, text) => {
	const all = [...document.querySelectorAll(css)];
	const found = all.find((e) => (e.getAttribute("aria-label") || e.textContent).includes(text));
	if (!found) throw new Error(css + " with " + text + " is not among: " + all.map((e) => e.textContent).join(" | "));
	return found;
})`

// click clicks on an element with the mouse, where a person would: in its
// middle, if nothing covers it.
func (b *tab) click(css, text string) {
	b.t.Helper()
	type place struct {
		X, Y    float64
		Covered string
	}
	p := value[place](b, `((e) => {
		e.scrollIntoView({ block: "center", behavior: "instant" });
		const r = e.getClientRects()[0], x = r.x + r.width / 2, y = r.y + r.height / 2;
		const top = document.elementFromPoint(x, y);
		return { X: x, Y: y, Covered: top && e.contains(top) ? "" : String(top && top.outerHTML) };
	})(`+found+`(%s, %s))`, css, text)
	if p.Covered != "" {
		b.t.Fatalf("%s with %q cannot be clicked on, it is behind %.200s", css, text, p.Covered)
	}
	b.do(chromedp.MouseClickXY(p.X, p.Y))
}

// follow clicks on an element that leads to another page, and waits for it.
func (b *tab) follow(css, text string) {
	b.t.Helper()
	b.leave(func() { b.click(css, text) })
}

// leave does what leads to another page, and waits for it.
func (b *tab) leave(act func()) {
	b.t.Helper()
	value[bool](b, `window.former = true`)
	act()
	b.until(`!window.former && document.readyState === "complete"`)
}

// press types keys at what has the focus. As with a real keyboard, a key that
// the page acts on writes no letter.
func (b *tab) press(keys string, options ...chromedp.KeyOption) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, append(options, func(p *input.DispatchKeyEventParams) {
		if p.Type == input.DispatchKeyEventTypeKeyDown {
			p.Type = input.DispatchKeyEventTypeRawKeyDown
		}
	})...))
}

// focus puts the focus on an element.
func (b *tab) focus(css, text string) {
	b.t.Helper()
	value[bool](b, `(`+found+`(%s, %s).focus(), true)`, css, text)
}

// text is all that an element says, "" where there is none.
func (b *tab) text(css string) string {
	b.t.Helper()
	return strings.TrimSpace(value[string](b, `(document.querySelector(%s)?.innerText ?? "")`, css))
}

// count is how many elements there are of a selector.
func (b *tab) count(css string) int {
	b.t.Helper()
	return value[int](b, `document.querySelectorAll(%s).length`, css)
}

// says fails unless an element of the page says a text.
func (b *tab) says(css, text string) {
	b.t.Helper()
	if said := b.text(css); !strings.Contains(said, text) {
		b.t.Errorf("%s says %q, not %q", css, said, text)
	}
}
