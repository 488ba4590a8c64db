package web_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const received = "行政复议·受理" // a key that several samples have

// testFigures goes from a result to its figures and from one to where it stands, without
// a script: by the heads of the table, the form, the keys, and back.
func testFigures(t *testing.T, b *tab) {
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.visit(searchPath("q", question, "level", "district"))
	b.follow(".tabs a", "数字")
	total := b.figures(t, escapeHan("q="+question+"&level=district")).Total
	b.says(".summary", fmt.Sprintf("%d 个数字", total.Figures))
	b.says(".summary", fmt.Sprintf("%d 个指标，在 %d 篇报告的 %d 段里", total.Keys, total.Reports, total.Passages))
	b.follow(".listed thead a", "数值")
	if got := b.address(); !strings.Contains(got, "sort=-value") || b.count(`th[aria-sort="descending"]`) != 1 {
		t.Errorf("by value the page is at %s", got)
	}
	b.follow(".listed thead a", "数值")
	least := b.figures(t, escapeHan("sort=value&limit=1&level=district&q="+question)).Figures[0]
	if got := b.text(".listed tbody .value"); !strings.HasSuffix(got, least.Unit) || b.text(".listed tbody th a") != least.Indicator {
		t.Errorf("the least value is %s of %s, by the API %s of %s", got, b.text(".listed tbody th a"), least.Raw, least.Indicator)
	}
	b.click(`.ask input[name=indicator]`, "")
	b.press("受理")
	b.leave(func() { b.press(kb.Enter) })
	narrowed := b.figures(t, escapeHan("indicator=受理&level=district&q="+question)).Total.Figures
	b.says(".summary", fmt.Sprintf("%d 个数字", narrowed))
	b.follow(`.chips[aria-label="对数字的限定"] a`, "受理")
	b.follow(".summary a", "个指标")
	b.follow(".keys-listed tbody .value a", received)
	b.says(".summary", "1 个指标")
	value := b.text(".listed tbody .value a")
	b.follow(".listed tbody .value a", "")
	if n := b.count("a.num:target"); n != 1 {
		t.Fatalf("%s opens %s, which has no such number", value, b.address())
	}
	b.inView("a.num:target")
	b.follow("main a", "回到数字")
	if got := b.address(); !strings.Contains(got, "/figures?") || !strings.Contains(got, "key="+received) {
		t.Errorf("back is %s", got)
	}
	b.follow(".listed tbody th a", "")
	if got := b.address(); !strings.Contains(got, "/indicator?") || b.count(".heat td") == 0 {
		t.Errorf("the indicator is at %s", got)
	}
}

// testNumbers looks at what the numbers of a report are, by mouse and by keyboard, wide
// and narrow, and wants the marks of the question to be those there are without.
func testNumbers(t *testing.T, b *tab) {
	path := reportPath(marked, question)
	b.visit(path)
	marks := value[[]string](b, `[...document.querySelectorAll(".text mark")].map((e) => e.textContent)`)
	text := value[string](b, `document.querySelector(".text").innerText`)
	b.follow("article header a", "标出数字")
	numbers := b.count(".text a.num")
	if numbers < 10 {
		t.Fatalf("only %d numbers are marked", numbers)
	}
	if got := value[[]string](b, `[...document.querySelectorAll(".text mark")].map((e) => e.textContent)`); !slices.Equal(got, marks) {
		t.Errorf("with numbers the marks are %q, without %q", got, marks)
	}
	if got := value[string](b, `document.querySelector(".text").innerText`); got != text {
		t.Error("with numbers the text reads otherwise")
	}
	const open = `[...document.querySelectorAll(".record")].filter((e) => getComputedStyle(e).display !== "none").length`
	for _, width := range []int64{wide, phone} {
		b.size(width)
		if n := value[int](b, open); n != 0 {
			t.Errorf("%d px: %d records are open unasked", width, n)
		}
		for _, at := range []int{0, numbers / 2, numbers - 1} {
			value[bool](b, `(document.querySelectorAll(".text a.num")[%s].focus(), true)`, at)
			if n := value[int](b, open); n != 1 {
				t.Errorf("%d px: with the focus on number %d, %d records are open", width, at, n)
			}
			// What stands to an anchor follows where that was scrolled to in the next frame.
			out := value[string](b, `new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))).then(() => {
				const e = document.activeElement.closest(".numbered").querySelector(".record"), r = e.getBoundingClientRect(), n = document.activeElement.getClientRects()[0];
				const beside = r.top >= n.bottom - 1 || r.bottom <= n.top + 1 || r.left >= n.right - 1 || r.right <= n.left + 1;
				return r.left < 0 || r.right > innerWidth || r.top < 0 || r.bottom > innerHeight ? "leaves the window: " + JSON.stringify(r) : beside ? "" : "covers the number";
			})`)
			if out != "" {
				t.Errorf("%d px: the record of number %d %s", width, at, out)
			}
			b.picture(fmt.Sprintf("record-%d-%d.png", width, at))
			b.press(kb.Escape)
			if n := value[int](b, open); n != 0 {
				t.Errorf("%d px: after Escape %d records are open", width, n)
			}
		}
		if w := value[int](b, `document.documentElement.scrollWidth`); w > int(width) {
			t.Errorf("%d px: the page is %d px wide", width, w)
		}
	}
	b.size(wide)
	value[bool](b, `(document.activeElement.blur(), true)`)
	type place struct{ X, Y float64 }
	p := value[place](b, `(() => { const e = document.querySelector(".text a.num"); e.scrollIntoView({block: "center"}); const r = e.getClientRects()[0]; return {X: r.x + r.width / 2, Y: r.y + r.height / 2}; })()`)
	call(b, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: p.X, Y: p.Y})
	b.until(open + " === 1")
	b.says(".numbered:hover .record", "数值")
	b.focus(".text a.num", "")
	b.press(kb.Tab)
	b.says(".numbered:focus-within .record", "数值")
	b.leave(func() { b.press(kb.Enter) })
	if got := b.address(); !strings.Contains(got, "/indicator?") {
		t.Errorf("the record leads to %s", got)
	}
	b.visit(path + "&figures=1")
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.do(chromedp.Reload())
	b.focus(".text a.num", "")
	if n := value[int](b, open); n != 1 {
		t.Errorf("without a script %d records are open", n)
	}
	b.follow("article header a", "不标数字")
	if b.count(".num") != 0 {
		t.Error("the numbers are still marked")
	}
}

// testIndicator opens a dot and a cell, looks at one place, and at the whole on a phone.
func testIndicator(t *testing.T, b *tab) {
	path := "/indicator?key=" + url.QueryEscape(received)
	b.visit(path)
	if n := b.count(".dots circle"); n < 5 {
		t.Errorf("%d dots", n)
	}
	if n := b.count(".years li"); n < 3 {
		t.Errorf("the colours mean %d years", n)
	}
	for _, css := range []string{".heat td.hole", ".heat td a"} {
		if b.count(css) == 0 {
			t.Errorf("no %s", css)
		}
	}
	says := value[string](b, `document.querySelector(".dots li a[aria-label]").getAttribute("aria-label")`)
	b.leave(func() { value[bool](b, `(document.querySelector(".dots li svg a").focus(), true)`); b.press(kb.Enter) })
	number := b.text("a.num:target")
	if number == "" || !strings.Contains(strings.ReplaceAll(says, ",", ""), number) {
		t.Errorf("the dot %q opens %q at %s", says, number, b.address())
	}
	b.follow("main a", "回到指标")
	b.visit("/indicator?key=" + url.QueryEscape("抽查执法案卷"))
	b.follow(".heat td.silent a", "")
	if !strings.Contains(b.address(), "view=reports") || b.count(".hit") == 0 {
		t.Errorf("what is held and not said is at %s", b.address())
	}
	b.visit(path)
	b.follow(".dots .label a", "")
	if b.count(".drawing circle") == 0 || b.count(".dots circle") != 0 {
		t.Errorf("one place is no line: %s", b.address())
	}
	b.follow(".listed .value a", "")
	if b.count("a.num:target") != 1 {
		t.Errorf("the table behind a line leads to %s", b.address())
	}
	b.size(phone)
	for _, path := range []string{path, path + "&region=340000", "/figures?q=" + question, "/figures?group=key"} {
		b.visit(path)
		if w := value[int](b, `document.documentElement.scrollWidth`); w > int(phone) {
			t.Errorf("%s is %d px wide", path, w)
		}
	}
}
