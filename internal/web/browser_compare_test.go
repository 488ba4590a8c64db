package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"
)

// testViews goes from a result to each of its views in one click, without a script,
// and back to the passages that a number counts.
func testViews(t *testing.T, b *tab) {
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	at := func(path string, parts ...string) {
		t.Helper()
		got := b.address()
		for _, part := range append(parts, path+"?") {
			if !strings.Contains(got, part) {
				t.Errorf("%s lacks %s", got, part)
			}
		}
	}
	b.visit(searchPath("q", question, "level", "district"))
	b.follow(".tabs a", "趋势")
	at("/trend", "q="+question, "level=district")
	if n := b.count(".drawing circle"); n < 2 {
		t.Errorf("the picture has %d points", n)
	}
	b.click(".ask label:nth-of-type(2) input", "")
	b.press("信访")
	b.leave(func() { b.press(kb.Enter) })
	at("/trend", "q="+question, "q=信访", "level=district")
	if n := b.count(".asked li"); n != 2 {
		t.Errorf("%d questions are compared", n)
	}
	b.follow(".tabs a", "面板")
	at("/panel", "q="+question, "q=信访", "level=district")
	if b.count(".heat td.hole") == 0 || b.count(".heat td a") == 0 {
		t.Error("the panel has no holes, or no numbers that open")
	}
	b.follow(".tabs a", "地图")
	at("/map", "q="+question, "q=信访", "level=district")
	if n := b.count(".tiles > li"); n != 34 {
		t.Errorf("the map has %d tiles", n)
	}
	b.follow(".tiles a", "安徽")
	at("/map", "region=340000", "level=district")
	b.follow(".within .rows .value a", "")
	at("/search", "region=3401", "level=district")
	if b.count("#hit-1") == 0 {
		t.Error("a number of the map opens no passage")
	}
	b.follow(".tabs a", "趋势")
	at("/trend", "region=3401")
	b.follow(".tabs a", "报告")
	at("/search", "view=reports", "region=3401")
}

// testTiles wants a map whose tiles can be read and hit on a phone.
func testTiles(t *testing.T, b *tab) {
	b.size(phone)
	b.visit("/map?q=" + question)
	if wide := value[int](b, `document.documentElement.scrollWidth`); wide > int(phone) {
		t.Errorf("the map is %d px wide", wide)
	}
	small := value[[]string](b, `[...document.querySelectorAll(".tiles .tile")].filter((e) => {
		const inner = [...e.children].map((c) => c.getBoundingClientRect()), outer = e.getBoundingClientRect();
		return outer.width < 24 || outer.height < 24 || inner.some((r) => r.left < outer.left - .5 || r.right > outer.right + .5 || r.bottom > outer.bottom + .5 || r.top < outer.top - .5);
	}).map((e) => e.textContent.replace(/\s+/g, " "))`)
	if len(small) > 0 {
		t.Errorf("text stands out of the tiles, or they are small: %q", small)
	}
}

// testEdges wants what is wider than a phone to fade at the edge where it goes on, and
// no more once it is scrolled to, and to be reached by the keyboard. What is not held is
// drawn.
func testEdges(t *testing.T, b *tab) {
	b.size(phone)
	for _, path := range []string{"/panel?q=" + question, "/trend?q=" + question, "/map?q=" + question, "/corpus"} {
		b.visit(path)
		faults := value[[]string](b, `(async () => {
			const faults = [], drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			await drawn();
			for (const e of document.querySelectorAll(".scroll")) {
				const beyond = () => parseFloat(getComputedStyle(e).getPropertyValue("--beyond")), name = e.getAttribute("aria-label") + " ";
				const back = getComputedStyle(e).direction === "rtl", over = e.scrollWidth - e.clientWidth;
				if ((beyond() > 0) !== (over > 0)) faults.push(name + over + " px go on, and it fades for " + beyond());
				if (over > 0 && e.tabIndex !== 0) faults.push(name + "cannot be focused");
				e.scrollLeft = back ? -over : over;
				await drawn();
				if (beyond() > 0) faults.push(name + "fades at its end");
			}
			return faults;
		})()`)
		if len(faults) > 0 {
			t.Errorf("%s: %q", path, faults)
		}
	}
	b.visit("/panel?q=" + question)
	if b.count(".scroll") == 0 || b.count(".heat td.hole[colspan]") == 0 {
		t.Error("the panel does not draw what is not held")
	}
	b.visit("/trend?q=" + question)
	if value[bool](b, `[...document.querySelectorAll(".plot .long")].some((e) => e.scrollLeft !== 0)`) {
		t.Error("the picture does not begin at the newest years")
	}
}

// testOrder puts what is held in other orders.
func testOrder(t *testing.T, b *tab) {
	b.visit("/corpus")
	counts := `[...document.querySelectorAll(".matrix tbody tr")].map((r) => r.cells[1].textContent.trim() * 1)`
	rows := value[[]int](b, counts)
	for i, n := range rows {
		if n == 0 || i > 0 && n > rows[i-1] {
			t.Errorf("the rows have %v reports", rows)
			break
		}
	}
	b.follow(".matrix thead a", "地区")
	if again := value[[]int](b, counts); len(again) != len(rows) || !strings.Contains(b.address(), "order=code") {
		t.Errorf("%d rows at %s, were %d", len(again), b.address(), len(rows))
	}
	if b.count(`th[aria-sort="ascending"]`) != 1 || b.count(".holes a") == 0 {
		t.Error("the order is not told, or what is not held is not named")
	}
}
