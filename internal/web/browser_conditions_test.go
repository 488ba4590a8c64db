package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"baogao"
)

// testNoScript does without the script what can be done with it.
func testNoScript(t *testing.T, b *tab) {
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.visit("/")
	b.click("#q", "")
	b.press(question)
	b.leave(func() { b.press(kb.Enter) })
	b.totals(b.ask(t, "q", question))
	if n := b.count(".quotation button, .steps:not([hidden]), .keys:not([hidden])"); n != 0 {
		t.Errorf("%d things are offered that need the script", n)
	}
	b.follow("header nav a", "高级检索")
	b.click("label", "区县")
	b.follow("main button", "搜索")
	b.totals(b.ask(t, "q", question, "level", "district"))
	b.follow(".chips a", "区县")
	b.follow(".facet a", "2023年")
	b.totals(b.ask(t, "q", question, "year", "2023"))
	b.follow(".chips a", "2023年")
	b.totals(b.ask(t, "q", question))
	b.follow("#regions a", "展开四川省")
	b.follow("#regions a:not(.fold)", "绵阳市")
	b.totals(b.ask(t, "q", question, "region", "510700"))
	b.follow("#hit-1 a.context", "上下文")
	if b.count("#hit-1 .around .here mark") == 0 {
		t.Error("what stands around the passage is not shown")
	}
	b.follow("#hit-1 a.context", "收起上下文")
	if b.count(".around") != 0 {
		t.Error("what stands around the passage is still shown")
	}
	b.follow("#hit-1 h2 a", "")
	if b.count(".text mark") == 0 {
		t.Error("the report has no marks")
	}
	b.click(".outline summary", "目录")
	b.until(`document.querySelector(".outline a").checkVisibility()`)
	b.click(".places-found summary", "所在段落")
	b.click(".places-found a", "段")
	b.until(`document.querySelector("mark:target")`)
	b.follow("main header a", "回到搜索结果")
	b.totals(b.ask(t, "q", question, "region", "510700"))
	b.follow(".chips a", "绵阳市")
	b.follow(".pager [rel=next]", "下一页")
	b.says(".pager [aria-current]", "2")
}

// testNarrow holds every page to the width of a phone with letters of twice the
// size, and to the narrowest that WCAG asks for: nothing but tables scrolls
// sideways.
func testNarrow(t *testing.T, b *tab) {
	for _, p := range b.pages(t) {
		b.visit(p.path)
		for _, screen := range []struct {
			width   int64
			letters string
		}{{small, "100%"}, {small, "200%"}, {narrowest, "100%"}} {
			b.size(screen.width)
			value[bool](b, `(document.documentElement.style.fontSize = %s, true)`, screen.letters)
			if width := value[int64](b, `document.scrollingElement.scrollWidth`); width > screen.width {
				out := value[[]string](b, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 &&
					!e.closest(".scroll, .hidden")).map((e) => e.outerHTML.slice(0, 80))`)
				t.Errorf("%s with letters of %s is %d px wide for a screen of %d: %q", p.name, screen.letters, width, screen.width, out[:min(len(out), 4)])
			}
		}
	}
	b.size(phone)
	b.visit(searchPath("q", question))
	b.click(".skip-facets", "筛选")
	b.until(`location.hash === "#facets"`)
	b.follow(".facet a", "2023年")
	b.totals(b.ask(t, "q", question, "year", "2023"))
}

// testDark compares the colours of the two schemes. How they contrast is part
// of testAccessibility.
func testDark(t *testing.T, b *tab) {
	for _, path := range []string{searchPath("q", question), reportPath(marked, question), "/corpus"} {
		b.visit(path)
		const colours = `[document.documentElement, document.querySelector("main"), document.querySelector("main a"), document.querySelector("header.site")].map((e) => {
			const s = getComputedStyle(e);
			return s.color + " on " + s.backgroundColor;
		})`
		b.media("", "light")
		light := value[[]string](b, colours)
		b.media("", "dark")
		dark := value[[]string](b, colours)
		for i := range light {
			if light[i] == dark[i] {
				t.Errorf("%s: part %d has %s in both schemes", path, i, light[i])
			}
		}
	}
}

// testMotion looks for movement where the reader wants none.
func testMotion(t *testing.T, b *tab) {
	const moving = `[getComputedStyle(document.documentElement).scrollBehavior, String([...document.querySelectorAll("*")].filter((e) => {
		const s = getComputedStyle(e);
		return parseFloat(s.transitionDuration) > 0 || s.animationName !== "none";
	}).length)].join(" ")`
	b.visit(reportPath(marked, question))
	if got := value[string](b, moving); got != "auto 0" {
		t.Errorf("with reduced motion the page has %s (scrolling, moving elements)", got)
	}
	b.press("n")
	b.inView("mark.now")
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}}})
	if got := value[string](b, `getComputedStyle(document.documentElement).scrollBehavior`); got != "auto" {
		t.Errorf("where motion is wanted a page moves to its place at load, %s", got)
	}
}

func testPrint(t *testing.T, b *tab) {
	for path, kept := range map[string][]string{
		searchPath("q", question):    {".summary", ".hit blockquote", ".hit h2"},
		reportPath(marked, question): {"h1", ".facts", ".text", ".source", ".quotation"},
		"/corpus":                    {"h1", "table"},
	} {
		b.visit(path)
		b.media("print", "dark")
		visible := `[...document.querySelectorAll(%s)].some((e) => e.checkVisibility())`
		for _, gone := range []string{"header.site", "footer.site", ".facets", ".tools", ".pager", ".acts", "#found", "form", "button"} {
			if value[bool](b, visible, gone) {
				t.Errorf("%s prints %s", path, gone)
			}
		}
		if n := value[int](b, `[...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() && e.clientHeight > 0 &&
			getComputedStyle(e).overflow !== "visible" && e.scrollHeight > e.clientHeight + 1).length`); n > 0 {
			t.Errorf("%s cuts off %d elements in print", path, n)
		}
		for _, css := range kept {
			if !value[bool](b, visible, css) {
				t.Errorf("%s does not print %s", path, css)
			}
		}
		ink := value[string](b, `getComputedStyle(document.querySelector("main")).color + " on " + getComputedStyle(document.documentElement).backgroundColor`)
		if ink != "rgb(0, 0, 0) on rgb(255, 255, 255)" {
			t.Errorf("%s prints %s", path, ink)
		}
		b.media("", "light")
	}
}

// testHostile shows markup of questions, texts, titles and sources as text.
// That nothing of it runs is seen by the tab, which is tried out at the end.
func testHostile(t *testing.T, b *tab) {
	for _, q := range []string{evilTitle, evilText, `'"><svg onload=alert(5)>`, `javascript:alert(6)`, `</title><script>alert(7)</script>`} {
		b.visit(searchPath("q", q))
		if got := value[string](b, `document.querySelector("#q").value`); got != q {
			t.Errorf("the question %q has become %q", q, got)
		}
		if got := b.text("h1"); !strings.Contains(got, q) {
			t.Errorf("%q is not shown as it was typed: %q", q, got)
		}
	}
	b.visit(searchPath("q", "危险文字"))
	b.says(".hit h2", evilTitle)
	b.says(".hits", evilText)
	b.click("#hit-1 a.context", "上下文")
	b.until(`document.querySelector("#hit-1 .around")`)
	b.says(".around", evilText)
	b.follow("#hit-1 h2 a", "")
	b.says("h1", evilTitle)
	b.says(".text", evilText)
	if got := value[[]string](b, `[...document.querySelectorAll("a")].map((e) => e.protocol)`); slices.Contains(got, "javascript:") {
		t.Error("a source that is a script can be clicked on")
	}
	if n := b.count("img, main script, svg[onload]"); n != 0 {
		t.Errorf("%d elements of the texts are elements of the page", n)
	}
	if faults := b.takeFaults(); len(faults) > 0 {
		t.Errorf("hostile texts act: %q", faults)
	}
	value[bool](b, `(document.body.append(Object.assign(document.createElement("script"), { textContent: "alert(8)" })), true)`)
	b.until(`document.querySelector("body > script")`)
	b.visit("/")
	if faults := b.takeFaults(); len(faults) == 0 || !strings.Contains(faults[0], "Content Security Policy") {
		t.Errorf("a script in the page is not noticed: %q", faults)
	}
}

// testStates reads what pages say where there is little to show.
func testStates(t *testing.T, b *tab) {
	b.visit(searchPath("q", "量子纠缠 行政复议", "year", "2023", "exact", "true"))
	b.says(".summary", "所查的5篇报告都没有提到。")
	for _, way := range []string{"只要有其中一个词就算", "也找用词相近的段落"} {
		b.says(".notice", way)
	}
	b.follow(".notice a", "只要有其中一个词就算")
	b.totals(b.ask(t, "q", "量子纠缠 OR 行政复议", "year", "2023"))

	// What is alike elsewhere does not hide that the filters leave nothing.
	b.visit(searchPath("q", "行政复议", "region", "510000", "year", "1999"))
	inRegion, anywhere := b.ask(t, "q", "行政复议", "region", "510000"), b.ask(t, "q", "行政复议")
	b.says(".summary", fmt.Sprintf("馆藏里没有四川省1999年的报告，所以不是“没有提到”。不加限定时有 %d 段", anywhere.Total.Passages))
	b.says(".notice", fmt.Sprintf("去掉所有限定（%d段）", anywhere.Total.Passages))
	b.follow(".notice a", fmt.Sprintf("去掉年份的限定（%d段）", inRegion.Total.Passages))
	b.totals(inRegion)
	b.visit(searchPath("q", "行政复议", "region", "510000", "year", "1999", "kind", "work"))
	b.follow(".notice a", "馆藏里有没有")
	if at := b.address(); !strings.HasSuffix(at, "/corpus?kind=work&region=510000") {
		t.Errorf("what is held leads to %s", at)
	}

	// What cleaning changed can be quoted in the characters of the source.
	glossed := b.ask(t, "q", "行政复议", "region", "350102", "year", "2023").Hits
	i := slices.IndexFunc(glossed, func(h baogao.Hit) bool { return h.Published != "" })
	if i < 0 {
		t.Fatal("no hit was changed by cleaning")
	}
	b.visit(searchPath("q", "行政复议", "region", "350102", "year", "2023"))
	hit := fmt.Sprintf("#hit-%d ", i+1)
	b.click(hit+"summary", "引用")
	b.says(hit+"details[open]", "与来源的字符不尽相同")
	b.click(hit+"summary", "引用")
	b.click(hit+"summary", "来源原样")
	b.says(hit+"details[open] .quotation", glossed[i].Published)

	b.visit(searchPath("q", "行政复议量子纠缠"))
	relaxed := b.ask(t, "q", "行政复议量子纠缠")
	if !relaxed.Relaxed {
		t.Fatal("the question has exact answers")
	}
	b.says(".summary", "没有段落完全匹配")
	b.says(".summary", fmt.Sprint(relaxed.Total.Passages))
	b.says(".notice", "减少词语")

	b.visit(searchPath("q", "法治", "region", "鼓楼区"))
	b.says(".notice", "“鼓楼区”可能指几个地方")
	b.follow(".notice a", "福建省福州市鼓楼区")
	b.totals(b.ask(t, "q", "法治", "region", "350102"))
	b.visit(searchPath("q", "法治 region:鼓楼区"))
	b.follow(".notice a", "江苏省徐州市鼓楼区")
	b.totals(b.ask(t, "q", "法治 region:320302"))

	for path, says := range map[string]string{
		"/search?year=abc": "2020..2024", "/reports/none": "请重新搜索", "/nowhere": "没有页面", "/search?page=0": "从首页重新搜索",
	} {
		b.visit(path)
		b.says("main", says)
		b.follow("main a", "回到首页")
		if b.count("main form") != 1 {
			t.Errorf("%s does not lead to the first page", path)
		}
	}
}
