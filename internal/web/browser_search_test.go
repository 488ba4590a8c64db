package web_test

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"baogao"
	"baogao/internal/cite"
	"baogao/internal/study"
)

const question = "行政复议"

// totals fails unless the page says the totals of an answer.
func (b *tab) totals(res *baogao.Result) {
	b.t.Helper()
	want := []int{res.Total.Passages, res.Total.Reports}
	if res.Total.Occurrences > 0 {
		want = append(want, res.Total.Occurrences)
	}
	got := value[[]int](b, `[...document.querySelectorAll(".summary strong")].map((e) => Number(e.textContent.replace(/\D/g, "")))`)
	if !slices.Equal(got, want) {
		b.t.Errorf("the page says %d, the API %d (passages, reports, occurrences) at %s", got, want, b.address())
	}
}

// address is that of the page.
func (b *tab) address() string { return value[string](b, `decodeURIComponent(location.href)`) }

// titles are the titles of the hits.
func (b *tab) titles() []string {
	return value[[]string](b, `[...document.querySelectorAll(".hit h2")].map((e) => e.textContent)`)
}

// counts are the numbers beside the values of a facet, by name.
func (b *tab) counts(facet string) map[string]int {
	return value[map[string]int](b, `Object.fromEntries([...`+found+`(".facet", %s).querySelectorAll("li")].map((e) =>
		[e.querySelector(".name").textContent, Number(e.querySelector(".count").textContent.replace(/\D/g, ""))]))`, facet)
}

func testTyping(t *testing.T, b *tab) {
	b.visit("/")
	b.click("#q", "")
	b.press(question)
	b.leave(func() { b.press(kb.Enter) })
	res := b.ask(t, "q", question)
	b.totals(res)
	if n := b.count(".hit"); n != baogao.DefaultLimit {
		t.Errorf("%d hits are shown, not %d", n, baogao.DefaultLimit)
	}
	if got := value[string](b, `document.querySelector("#q").value`); got != question {
		t.Errorf("the question has become %q", got)
	}
	hits := study.Interleave(res.Hits, "")
	for i, title := range b.titles() {
		if want := cmp.Or(hits[i].Report.Title, "（无标题）"); title != want {
			t.Errorf("hit %d is %s, by the API %s", i+1, title, want)
		}
	}
	if !value[bool](b, `[...document.querySelectorAll(".hit blockquote")].every((e) => e.querySelector("mark")?.textContent.length === %s.length)`, question) {
		t.Error("not every passage has its words marked")
	}
	if got, want := value[string](b, `document.title`), question+" · 报告"; got != want {
		t.Errorf("the tab is called %q, not %q", got, want)
	}
}

func testFacets(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	years := b.counts("年份")
	b.follow(".facet a", "2023年")
	b.totals(b.ask(t, "q", question, "year", "2023"))
	if got := value[int](b, `Number(document.querySelector(".summary strong").textContent)`); got != years["2023年"] {
		t.Errorf("the facet promised %d passages, there are %d", years["2023年"], got)
	}
	b.follow(".facet a", "2024年")
	both := b.ask(t, "q", question, "year", "2023", "year", "2024")
	b.totals(both)
	if want := years["2023年"] + years["2024年"]; both.Total.Passages != want {
		t.Errorf("two years have %d passages, their sum is %d", both.Total.Passages, want)
	}
	if got := b.counts("年份")["2022年"]; got != years["2022年"] {
		t.Errorf("beside two years a third has %d passages, without them %d", got, years["2022年"])
	}
	b.follow(".facet a", "区县")
	b.totals(b.ask(t, "q", question, "year", "2023", "year", "2024", "level", "district"))
	if got := b.count(".facet .chosen"); got != 3 {
		t.Errorf("%d values are ticked, not 3", got)
	}
	b.follow(".facet a", "2023年")
	b.totals(b.ask(t, "q", question, "year", "2024", "level", "district"))
}

// testTree goes down the tree to a district, and chooses on each level.
func testTree(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	if got, want := b.counts("地区")["四川省"], b.ask(t, "q", question, "region", "510000").Total.Passages; got != want {
		t.Errorf("the tree counts %d passages in a province, the API %d", got, want)
	}
	b.follow("#regions a", "展开四川省")
	b.totals(b.ask(t, "q", question))
	b.follow("#regions a", "展开内江市")
	for _, place := range []struct{ name, code string }{{"四川省", "510000"}, {"内江市", "511000"}, {"市中区", "511002"}} {
		want := b.ask(t, "q", question, "region", place.code)
		if got := b.counts("地区")[place.name]; got != want.Total.Passages {
			t.Errorf("the tree counts %d passages in %s, the API %d", got, place.name, want.Total.Passages)
		}
		b.follow("#regions li > a:not(.fold)", place.name)
		b.totals(want)
		if !value[bool](b, found+`("#regions a:not(.fold)", %s).classList.contains("chosen")`, place.name) {
			t.Errorf("%s is not shown as chosen", place.name)
		}
		b.follow(".chips a", place.name)
	}
	b.totals(b.ask(t, "q", question))
	b.follow("#regions li > a:not(.fold)", "四川省")
	b.follow("#regions li > a:not(.fold)", "内江市")
	b.totals(b.ask(t, "q", question, "region", "511000"))
	b.follow(".chips a", "内江市")
	if value[bool](b, found+`("#regions a", "内江市").getClientRects().length === 0`) {
		t.Error("what was unfolded has folded up")
	}
}

func testChips(t *testing.T, b *tab) {
	b.visit(searchPath("q", question, "region", "四川", "year", "2020..2022", "kind", "rule-of-law", "sort", "-year"))
	b.totals(b.ask(t, "q", question, "region", "510000", "year", "2020..2022", "kind", "rule-of-law"))
	b.says(".chips", "地区：四川省")
	b.says(".chips", "年份：2020至2022年")
	b.follow(".chips a", "年份")
	b.totals(b.ask(t, "q", question, "region", "510000", "kind", "rule-of-law"))
	b.follow(".chips a", "全部移除")
	b.totals(b.ask(t, "q", question))
	if n := b.count(".chips"); n != 0 {
		t.Errorf("%d lists of filters are left", n)
	}
	if !strings.Contains(b.address(), "sort=-year") {
		t.Errorf("the order is lost: %s", b.address())
	}
}

// testChart opens bars, and finds as many passages as they say.
func testChart(t *testing.T, b *tab) {
	for _, bar := range []struct {
		chart, name, field, value string
		keyboard                  bool
	}{
		{".by-year", "2023年", "year", "2023", false},
		{".by-year", "2021年", "year", "2021", true},
		{".by-region", "四川省", "region", "510000", false},
		{".by-region", "安徽省", "region", "340000", true},
	} {
		b.visit(searchPath("q", question))
		n := value[int](b, `Number(`+found+`(%s, %s).querySelector(".hidden").textContent.match(/(\d+)段/)[1])`, bar.chart+" a.bar", bar.name)
		if bar.keyboard {
			b.focus(bar.chart+" a.bar", bar.name)
			b.leave(func() { b.press(kb.Enter) })
		} else {
			b.follow(bar.chart+" a.bar", bar.name)
		}
		res := b.ask(t, "q", question, bar.field, bar.value)
		b.totals(res)
		if n != res.Total.Passages {
			t.Errorf("the bar of %s says %d, its passages are %d", bar.name, n, res.Total.Passages)
		}
	}
}

// testTable opens the table behind a chart, which says of each bar what the bar
// says.
func testTable(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	for _, chart := range []string{".by-year", ".by-region"} {
		table := chart + " .data"
		if value[bool](b, `document.querySelector(%s).checkVisibility()`, table+" table") {
			t.Errorf("the table of %s is open unasked", chart)
		}
		b.click(table+" summary", "数据表")
		b.until(`document.querySelector(%s).checkVisibility()`, table+" table")
		bars := value[[]string](b, `[...document.querySelectorAll(%s)].map((e) => [...e.querySelectorAll(".label, .value, .held")].map((e) => e.textContent).join(" "))`, chart+" .bars li:not(.more)")
		rows := value[[][]string](b, `[...document.querySelectorAll(%s)].map((e) => [...e.cells].map((c) => c.textContent))`, table+" tbody tr")
		var said []string
		for _, row := range rows {
			said = append(said, fmt.Sprintf("%s %s %s篇", row[0], row[7], row[3]))
		}
		for _, bar := range bars {
			if !slices.Contains(said, bar) {
				t.Errorf("the bar says %s, the table %q", bar, said)
			}
		}
		if len(bars) < 5 {
			t.Errorf("there are %d bars", len(bars))
		}
	}
	share := value[string](b, found+`("table tr", "2023年").cells[4].textContent`)
	found, held := b.ask(t, "q", question, "year", "2023").Total.Reports, b.ask(t, "year", "2023").Total.Reports
	if want := strconv.FormatFloat(100*float64(found)/float64(held), 'f', 1, 64) + "%"; share != want {
		t.Errorf("the share of reports is %s, not %s", share, want)
	}
}

// testFirst wants hits, not the way to narrow them, on the screen one begins with.
func testFirst(t *testing.T, b *tab) {
	for width, least := range map[int64]int{phone: 500, wide: 330} {
		b.size(width)
		for _, path := range []string{searchPath("q", question), searchPath("q", "法治"), searchPath("q", question, "year", "2023", "level", "district"), searchPath("q", question, "view", "reports")} {
			b.visit(path)
			if y := value[int](b, `Math.round(document.querySelector(".hit").getBoundingClientRect().top + scrollY)`); y > least {
				t.Errorf("%s: at %d px the first hit begins at %d, below %d", path, width, y, least)
			}
		}
	}
	b.visit(searchPath("q", question))
	hit := b.ask(t, "q", question).Hits[0].Report
	if got, want := strings.ReplaceAll(b.text("#hit-1 .hit > :first-child"), "\n", ""), strings.Join(hit.Region.Path, " › ")+strconv.Itoa(hit.Year)+"年度"; !strings.HasPrefix(got, want) {
		t.Errorf("the hit begins %q, not with place and year, %q", got, want)
	}
}

// testForm narrows a search by the form, and finds what the signs of the query
// language find.
func testForm(t *testing.T, b *tab) {
	b.visit("/")
	b.follow("header nav a", "高级检索")
	b.click("#words", "")
	b.press("行政复议 受理")
	b.click("label", "同一句")
	b.click("input[list]", "")
	b.press("四川、安徽省")
	b.click("label", "区县")
	b.click("input[name=from]", "")
	b.press("2020")
	b.click("input[name=to]", "")
	b.press("2023")
	b.leave(func() { b.press(kb.Enter) })
	asked := []string{"q", "within:sentence 行政复议 受理", "region", "510000", "region", "340000", "level", "district", "year", "2020..2023"}
	b.totals(b.ask(t, asked...))
	if at, want := value[string](b, `location.pathname + location.search`), searchPath(asked...); at != want {
		t.Errorf("the form leads to %s, not to %s", at, want)
	}
	b.follow("header nav a", "高级检索")
	state := value[string](b, `[...document.querySelectorAll("main input")].filter((e) => e.type === "text" || e.checked).map((e) => e.value).join("|")`)
	if want := "行政复议 受理|sentence|510000|340000||district|2020|2023"; state != want {
		t.Errorf("the form has become %s, want %s", state, want)
	}
	b.click("label", "四川省")
	b.click("label", "同一段")
	b.follow("main button", "搜索")
	b.totals(b.ask(t, "q", "行政复议 受理", "region", "340000", "level", "district", "year", "2020..2023"))
}

func testSort(t *testing.T, b *tab) {
	b.visit(searchPath("q", question, "limit", "50"))
	for _, sort := range []struct {
		name string
		by   baogao.Sort
	}{{"年份，新的在前", baogao.ByYearDown}, {"年份，旧的在前", baogao.ByYear}, {"地区", baogao.ByRegion}, {"相关程度", baogao.ByRelevance}} {
		b.follow(".tools a", sort.name)
		var want []string
		for _, h := range b.ask(t, "q", question, "limit", "50", "sort", string(sort.by)).Hits {
			want = append(want, cmp.Or(h.Report.Title, "（无标题）"))
		}
		if got := b.titles(); !slices.Equal(got, want) {
			t.Errorf("by %s:\ngot  %q\nwant %q", sort.name, got, want)
		}
		b.says(".tools strong", sort.name)
	}
}

// testPages turns all pages and meets every passage once.
func testPages(t *testing.T, b *tab) {
	res := b.ask(t, "q", question, "limit", "100")
	b.visit(searchPath("q", question))
	links := func() []string {
		return value[[]string](b, `[...document.querySelectorAll(".hit h2 a")].map((e) => decodeURIComponent(e.href))`)
	}
	all := links()
	for b.count(".pager [rel=next]") > 0 {
		b.follow(".pager [rel=next]", "下一页")
		all = append(all, links()...)
	}
	if len(all) != res.Total.Passages || len(slices.Compact(slices.Sorted(slices.Values(all)))) != len(all) {
		t.Errorf("the pages lead to %d passages, there are %d", len(all), res.Total.Passages)
	}
	last := (res.Total.Passages + baogao.DefaultLimit - 1) / baogao.DefaultLimit
	b.says(".pager [aria-current]", strconv.Itoa(last))
	b.follow(".pager [rel=prev]", "上一页")
	b.says(".pager [aria-current]", strconv.Itoa(last-1))
	b.follow(".pager a", "首页")
	if got := links(); !slices.Equal(got, all[:len(got)]) {
		t.Error("the first page is another one than before")
	}
	b.follow(".tools a", "每页50段")
	if n := b.count(".hit"); n != min(50, res.Total.Passages) {
		t.Errorf("%d hits of 50 are shown", n)
	}
	b.visit(searchPath("q", question, "page", "99"))
	b.says(".notice", "没有第 99 页")
	b.follow(".notice a", "到最后一页")
	b.says(".pager [aria-current]", strconv.Itoa(last))
}

// testContext unfolds what stands around a passage, in its place and by the
// address.
func testContext(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	hit := b.ask(t, "q", question).Hits[1]
	b.click("#hit-2 a.context", "上下文")
	b.until(`document.querySelector("#hit-2 .around")`)
	b.says("#hit-2 .around .here", strings.Fields(hit.Text)[0])
	if n := b.count(".around p"); n < 2 {
		t.Errorf("%d paragraphs are shown around the passage", n)
	}
	b.says("#hit-2 a.context", "收起")
	if b.count("#hit-2 .around .here mark") == 0 {
		t.Error("the words are not marked in the paragraph")
	}
	shown, address := b.text("#hit-2 .around"), value[string](b, `location.href`)
	if !strings.Contains(b.address(), "context="+hit.ID[:5]) {
		t.Errorf("the address does not say what is unfolded: %s", b.address())
	}
	b.click("#hit-2 a.context", "收起")
	b.until(`!document.querySelector(".around") && !location.search.includes("context")`)
	b.do(chromedp.Navigate(address))
	if got := b.text("#hit-2 .around"); got != shown {
		t.Errorf("by its address the page shows %q, before %q", got, shown)
	}
	b.click("#hit-2 a.context", "收起")
	b.until(`!document.querySelector(".around")`)
}

// testCopy copies a quotation with its citation: the sentences with marks, what
// is selected in the passage, and what is selected in a report.
func testCopy(t *testing.T, b *tab) {
	allowClipboard(b)
	b.visit(searchPath("q", question))
	hit := b.ask(t, "q", question).Hits[0]
	reference := cite.OfHit(&hit).Reference(time.Now()).String()
	b.click("#hit-1 .cite summary", "引用")
	copied := func(css string) string {
		b.click(css+" button", "复制")
		b.until(`document.querySelector(%s + " button").textContent === "已复制"`, css)
		text := value[string](b, `navigator.clipboard.readText()`)
		b.until(`document.querySelector(%s + " button").textContent === "复制"`, css)
		return text
	}
	work := cite.OfHit(&hit)
	if got, want := copied("#hit-1 .quotation"), work.Record(time.Now()).Quotation+"\n"+reference; got != want {
		t.Errorf("the clipboard has\n%s, want\n%s", got, want)
	}
	selectAll := func(css string) {
		value[bool](b, `document.getSelection().selectAllChildren(document.querySelector(%s)) ?? true`, css)
	}
	selectAll("#hit-1 blockquote mark")
	if got, want := copied("#hit-1 .quotation"), "“"+b.text("#hit-1 blockquote mark")+"”\n"+reference; got != want {
		t.Errorf("of a selection the clipboard has\n%s, want\n%s", got, want)
	}
	selectAll("#hit-2 blockquote")
	if got := copied("#hit-1 .quotation"); !strings.HasPrefix(got, work.Record(time.Now()).Quotation) {
		t.Errorf("of a selection in another passage the clipboard has %s", got)
	}

	b.visit(reportPath(hit.Report.ID, question))
	selectAll(".text .para")
	got := copied(".quotation")
	quote, rest, _ := strings.Cut(got, "\n")
	first := b.text(".text .para p")
	if quote != cite.Quote(first) || !strings.Contains(rest, hit.Report.Number) {
		t.Errorf("of a selection in a report the clipboard has\n%s, selected is\n%s", got, first)
	}
}

// testBack changes a search step by step, and goes all the way back.
func testBack(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	type state struct{ address, main string }
	seen := func() state {
		return state{value[string](b, `location.href`), value[string](b, `document.querySelector("main").innerText`)}
	}
	var states []state
	for _, step := range []func(){
		func() { b.follow(".facet a", "2023年") },
		func() { b.follow(".facet a", "区县") },
		func() { b.click("#hit-1 a.context", "上下文"); b.until(`document.querySelector(".around")`) },
		func() { b.follow("#hit-1 h2 a", "") },
	} {
		states = append(states, seen())
		step()
	}
	states[2] = state{} // unfolding is no step of its own
	unfolded := states[3]
	for _, want := range []state{unfolded, states[1], states[0]} {
		value[bool](b, `(history.back(), true)`)
		b.until(`location.href === %s && document.readyState === "complete"`, want.address)
		if got := seen(); got != want {
			t.Errorf("back at %s the page is another one:\n%s\nbefore\n%s", got.address, got.main, want.main)
		}
	}
	if got := value[string](b, `document.querySelector("#q").value`); got != question {
		t.Errorf("the question has become %q", got)
	}
}

// testAddress opens the address of a search in a tab that knows nothing else.
func testAddress(t *testing.T, b *tab) {
	b.visit(searchPath("q", question))
	b.follow(".facet a", "2023年")
	b.follow(".facet a", "区县")
	b.follow("#regions a", "展开重庆市")
	b.follow(".tools a", "年份，旧的在前")
	b.click("#hit-2 a.context", "上下文")
	b.until(`document.querySelector(".around")`)
	const all = `[document.title, document.querySelector("main").innerText, document.querySelectorAll(".chosen").length].join("\n")`
	address := value[string](b, `location.href`)
	if u, err := url.Parse(address); err != nil || u.Query().Get("q") != question || u.Query().Get("sort") != "year" {
		t.Errorf("%s does not say the question and the order", address)
	}
	fresh := openTab(t, b.ctx, b.site)
	fresh.visit(strings.TrimPrefix(address, b.URL))
	if got, want := value[string](fresh, all), value[string](b, all); got != want {
		t.Errorf("the same address gives another page:\n%s\nbefore\n%s", got, want)
	}
}
