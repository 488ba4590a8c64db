package web_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"baogao"
)

// allowClipboard lets the pages and the test use the clipboard, as a person
// who clicks may.
func allowClipboard(b *tab) {
	b.t.Helper()
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(b.ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: browser.PermissionSettingGranted,
			BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// occurrences are the marks of a question in one report, by the API.
func occurrences(t *testing.T, b *tab, id string) int {
	t.Helper()
	n := 0
	for _, h := range b.ask(t, "q", question, "limit", "100").Hits {
		if h.Report.ID == id {
			n += len(h.Highlights)
		}
	}
	return n
}

// shownMark is the number of the mark that is stepped to, from 1.
const shownMark = `[...document.querySelectorAll(".text mark")].findIndex((e) => e.classList.contains("now")) + 1`

func testMarks(t *testing.T, b *tab) {
	b.visit(reportPath(marked, question))
	marks := occurrences(t, b, marked)
	if got := b.count(".text mark"); got != marks || marks < 2 {
		t.Fatalf("%d places are marked, by the API %d", got, marks)
	}
	b.says("#found", fmt.Sprintf("共 %d 处", marks))
	for i, button := range []string{"下一处", "下一处", "上一处", "上一处"} {
		want := []int{1, 2, 1, marks}[i]
		b.click("#found button", button)
		if got := value[int](b, shownMark); got != want {
			t.Errorf("after button %d the mark is %d, not %d", i+1, got, want)
		}
		b.says("#found", fmt.Sprintf("第 %d 处，共 %d 处", want, marks))
		b.inView(".text mark.now")
	}
	b.click(".places-found summary", "所在段落")
	b.click(".places-found a", "段")
	b.until(`location.hash === "#m1" && document.querySelector("mark:target")`)
	b.inView("mark:target")
}

// inView fails unless an element is on the screen with nothing before it.
func (b *tab) inView(css string) {
	b.t.Helper()
	if !value[bool](b, `(() => {
		const e = document.querySelector(%s), r = e.getClientRects()[0];
		return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2));
	})()`, css) {
		b.t.Errorf("%s cannot be seen", css)
	}
}

// testKeys steps through marks by keys of one letter, and turns them off.
func testKeys(t *testing.T, b *tab) {
	b.visit(reportPath(marked, question))
	b.press("n")
	if got := value[int](b, shownMark); got != 1 {
		t.Errorf("n leads to mark %d, not to the first", got)
	}
	b.press("n")
	b.press("p")
	if got := value[int](b, shownMark); got != 1 {
		t.Errorf("n and p lead to mark %d, not to the first", got)
	}
	if !value[bool](b, `document.activeElement.matches("mark.now") && document.activeElement.matches(":focus")`) {
		t.Error("the mark does not have the focus")
	}
	b.press("/")
	b.until(`document.activeElement.id === "q"`)
	b.press("n")
	if got := value[string](b, `document.activeElement.value`); got != question+"n" && got != "n"+question && got != "n" {
		t.Errorf("typed into the form, / and n make %q", got)
	}
	b.visit(reportPath(marked, question))
	b.click("#keys", "快捷键")
	for _, when := range []string{"turned off", "turned off on the page before"} {
		b.until(`document.querySelector("#keys").getAttribute("aria-pressed") === "false"`)
		b.press("n/")
		if value[int](b, shownMark) != 0 || value[bool](b, `document.activeElement.id === "q"`) {
			t.Errorf("keys of one letter act though %s", when)
		}
		b.visit(reportPath(marked, question))
	}
	b.click("#keys", "快捷键")
	b.press("n")
	if got := value[int](b, shownMark); got != 1 {
		t.Errorf("turned on again, n leads to mark %d, not to the first", got)
	}
	b.press("p", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	if got := value[int](b, shownMark); got != 1 {
		t.Error("a key of the browser acts on the page")
	}
}

func testAnchors(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	hit := b.ask(t, "q", question).Hits[0]
	b.follow("#hit-1 h2 a", hit.Report.Title)
	b.until(`location.hash === %s`, fmt.Sprintf("#p%d", hit.Paragraph))
	b.inView(":target mark")
	b.says(":target", strings.Fields(hit.Text)[0])
	b.click(".para .number", "1")
	b.until(`location.hash.startsWith("#p1") && document.querySelector(":target")`)
	if value[string](b, `getComputedStyle(document.querySelector(":target")).backgroundColor`) ==
		value[string](b, `getComputedStyle(document.documentElement).backgroundColor`) {
		t.Error("the paragraph of the address does not stand out")
	}
	b.follow("main header a", "回到搜索结果")
	b.totals(b.ask(t, "q", question))
}

// testArrival opens hits, and finds their first line below the bar at once: the
// page is not still moving.
func testArrival(t *testing.T, b *tab) {
	hits := b.ask(t, "q", question).Hits
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}}})
	for _, width := range []int64{phone, wide, narrowest} {
		b.size(width)
		for _, q := range []string{question, question + ` OR "` + strings.Repeat("这样的话哪里也没有", 3) + `"`} {
			for _, h := range hits[:3] {
				b.visit("/")
				b.visit(reportPath(h.Report.ID, q) + fmt.Sprintf("#p%d", h.Paragraph))
				places := value[[]float64](b, `(() => {
					const line = document.querySelector(":target").getClientRects()[0], bar = document.querySelector("#found").getBoundingClientRect();
					const was = scrollY;
					return new Promise((done) => setTimeout(() => done([line.top, bar.bottom, innerHeight - line.top, scrollY - was]), 100));
				})()`)
				if places[0] < places[1] || places[2] < 0 {
					t.Errorf("%d px, %s: the line stands at %.0f, the bar ends at %.0f", width, h.ID, places[0], places[1])
				}
				if places[3] != 0 {
					t.Errorf("%d px, %s: the page moves on by %.0f", width, h.ID, places[3])
				}
			}
		}
	}
}

// testOutline goes to a heading by the outline, which stands open beside the text
// where there is room, and counts the marks below each.
func testOutline(t *testing.T, b *tab) {
	b.visit(reportPath(marked, question))
	r, err := b.searcher.Report(t.Context(), marked)
	if err != nil {
		t.Fatal(err)
	}
	var headings []string
	for _, p := range r.Paragraphs {
		if p.Heading > 0 && !p.Title {
			headings = append(headings, p.Text)
		}
	}
	if got := value[[]string](b, `[...document.querySelectorAll(".outline a")].map((e) => e.textContent)`); !slices.Equal(got, headings) || len(got) < 3 {
		t.Errorf("the outline has %q, the report %q", got, headings)
	}
	if got, want := value[int](b, `[...document.querySelectorAll(".outline .count")].reduce((n, e) => n + parseInt(e.textContent), 0)`), occurrences(t, b, marked); got != want {
		t.Errorf("the outline counts %d marks, there are %d", got, want)
	}
	const beside = `document.querySelector(".outline ol").checkVisibility() && document.querySelector(".outline").getBoundingClientRect().right <= document.querySelector("article").getBoundingClientRect().left`
	if !value[bool](b, beside) {
		t.Error("the outline does not stand beside the text")
	}
	b.click(".outline a", headings[2])
	b.until(`document.querySelector(":target")?.textContent === %s`, headings[2])
	b.inView(":target")
	b.inView(".outline a")
	b.size(phone)
	b.visit(reportPath(marked, question))
	if value[bool](b, `document.querySelector(".outline ol").checkVisibility()`) {
		t.Error("on a phone the outline is open unasked")
	}
}

// testHeadline wants the lines of a title broken where its parts end.
func testHeadline(t *testing.T, b *tab) {
	const lines = `(() => {
		const h = document.querySelector("h1"), lines = [];
		let top = -1e9;
		for (const node of h.childNodes) {
			for (let i = 0; i < (node.data?.length ?? 0); i++) {
				const range = new Range();
				range.setStart(node, i);
				range.setEnd(node, i + 1);
				const y = range.getBoundingClientRect().top;
				if (y > top + 5) { lines.push(""); top = y; }
				lines[lines.length - 1] += node.data[i];
			}
		}
		return lines;
	})()`
	b.do(chromedp.EmulateViewport(700, 900))
	b.visit("/reports/" + url.PathEscape(titledID))
	if got, want := value[[]string](b, lines), []string{"安徽省合肥市肥西县上派镇综合行政执法领导小组办公室", "关于2022年度综合行政执法体制改革推进情况的报告"}; !slices.Equal(got, want) {
		t.Errorf("the lines of the title are %q, want %q", got, want)
	}
	b.do(chromedp.EmulateViewport(narrowest, 640))
	if got := value[[]string](b, lines); len(got) < 3 || !slices.ContainsFunc(got, func(l string) bool { return strings.HasPrefix(l, "关于") }) {
		t.Errorf("where a part has no room the lines are %q", got)
	}
}

// testPublished reads a report in the characters of its source.
func testPublished(t *testing.T, b *tab) {
	r := b.cleaned(t)
	b.visit(reportPath(r.Meta.ID, ""))
	at := slices.IndexFunc(r.Paragraphs, func(p baogao.Paragraph) bool { return p.Published != "" })
	paragraph := fmt.Sprintf("#p%d", r.Paragraphs[at].Number)
	shown := func() string {
		return value[string](b, `document.querySelector(%s).closest(".para, h2, h3, h4, h5").textContent`, paragraph)
	}
	clean := shown()
	if strings.Contains(clean, r.Paragraphs[at].Published) {
		t.Errorf("the paragraph is shown as published unasked: %q", clean)
	}
	b.follow("main header a", "来源原样")
	if got := shown(); !strings.Contains(got, r.Paragraphs[at].Published) {
		t.Errorf("the paragraph is %q, published as %q", got, r.Paragraphs[at].Published)
	}
	changed := 0
	for _, p := range r.Paragraphs {
		if p.Published != "" {
			changed++
		}
	}
	if got := b.count(".text .changed"); got != changed {
		t.Errorf("%d paragraphs are shown as changed, not %d", got, changed)
	}
	b.follow("main header a", "清理后的文本")
	if got := shown(); got != clean {
		t.Errorf("back at the cleaned text the paragraph is %q, before %q", got, clean)
	}
}

// testPublishedMarks wants as many marks in the characters of the source as in the
// cleaned ones, and the word in each once glosses are taken out.
func testPublishedMarks(t *testing.T, b *tab) {
	const word = "行政復議" // as the sample has it, in Traditional characters and glossed
	glossed := b.ask(t, "q", question, "region", "350102").Hits
	if !slices.ContainsFunc(glossed, func(h baogao.Hit) bool { return strings.Contains(h.Text, word) && !strings.Contains(h.Published, word) }) {
		t.Fatal("no hit has a gloss within the word")
	}
	b.visit(reportPath(glossed[0].Report.ID, question))
	marks := b.count(".text mark")
	b.follow("main header a", "来源原样")
	texts := value[[]string](b, `[...document.querySelectorAll(".text mark")].map((e) => e.textContent)`)
	if len(texts) != marks || marks == 0 {
		t.Errorf("%d marks in the source's characters, %d in the cleaned ones", len(texts), marks)
	}
	for _, text := range texts {
		if han := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Han, r) {
				return r
			}
			return -1
		}, text); han != word {
			t.Errorf("%q is marked", text)
		}
	}
	b.press("n")
	b.inView("mark.now")
}

// testCopies finds a report and its copy, each from the other.
func testCopies(t *testing.T, b *tab) {
	b.visit("/reports/" + strings.ReplaceAll(copied, "/", "%2F"))
	if b.count(".about ul a") == 0 {
		b.visit("/reports/" + strings.ReplaceAll(copyID, "/", "%2F"))
	}
	b.says(".about", "相同文本")
	first := b.address()
	b.follow(".about ul a[href^='/reports/']", "")
	b.says(".notice", "副本")
	b.follow(".notice a", "另一篇报告")
	if got := b.address(); got != first {
		t.Errorf("the copy leads to %s, not to %s", got, first)
	}
	b.visit(searchPath("q", question))
	n := b.ask(t, "q", question).Total.Reports
	b.follow(".facet a", "相同文本的副本也算")
	b.totals(b.ask(t, "q", question, "all_copies", "true"))
	if got := b.ask(t, "q", question, "all_copies", "true").Total.Reports; got != n+1 {
		t.Errorf("with its copy there are %d reports, without %d", got, n)
	}
}

// testParts turns over a long report, and reaches a paragraph of its last part
// from a search.
func testParts(t *testing.T, b *tab) {
	b.visit(reportPath(longID, ""))
	if n := b.count(".text .para"); n != 1000 {
		t.Errorf("%d paragraphs are shown at once, not 1000", n)
	}
	b.follow(".parts a", fmt.Sprintf("第1001至%d段", longParagraphs))
	if n := b.count(".text .para"); n != longParagraphs-1000 {
		t.Errorf("the last part has %d paragraphs, not %d", n, longParagraphs-1000)
	}
	last := fmt.Sprintf("第%d条", longParagraphs-1)
	b.says(".text .para:last-child", last)
	b.visit(searchPath("q", `"`+last+`"`))
	b.follow(".hit h2 a", "")
	b.until(`document.querySelector(":target mark")`)
	b.inView(":target mark")
}

// testKeyboard reaches everything of a page by the tab key, in the order it is
// read, and always sees where it is.
func testKeyboard(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	const focused = `(() => {
		const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
		const name = e.getAttribute("aria-label") || e.value || e.textContent.trim();
		const seen = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.top >= 0 && r.bottom <= innerHeight;
		return [e.closest("[id]")?.id ?? "", name, seen ? "" : "unseen"];
	})()`
	var order []string
	wanted := value[[]string](b, `[...document.querySelectorAll("#hit-1 a:not(details:not([open]) a), #hit-1 summary")].map((e) => e.textContent.trim())`)
	var hit []string
	for range 200 {
		b.press(kb.Tab)
		at := value[[]string](b, focused)
		order = append(order, at[1])
		if at[2] != "" {
			t.Errorf("the focus is not seen on %q", at[1])
		}
		if strings.HasPrefix(at[0], "hit-1") {
			hit = append(hit, at[1])
		} else if strings.HasPrefix(at[0], "hit-2") {
			break
		}
	}
	if order[0] != "跳到正文" || !slices.Contains(order[:4], question) {
		t.Errorf("the tab key goes %q, not first past the head and to the form", order[:4])
	}
	if !slices.Equal(hit, wanted) {
		t.Errorf("the tab key reaches %q of a hit, which has %q", hit, wanted)
	}
	b.visit(searchPath("q", question))
	b.press(kb.Tab)
	b.press(kb.Enter)
	b.until(`location.hash === "#main"`)
	b.press(kb.Tab)
	if !value[bool](b, `document.activeElement.closest("main") !== null`) {
		t.Error("behind the skip link the focus is not in the text")
	}
}
