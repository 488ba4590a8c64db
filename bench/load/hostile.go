package load

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// hostileStatuses are those of answers to hostile requests, beside 503.
var hostileStatuses = []int{
	http.StatusOK, http.StatusNotModified, http.StatusBadRequest, http.StatusNotFound, http.StatusGone, http.StatusRequestURITooLong,
}

// An ordeal is a request that is made to be slow, to take memory or to break
// something.
type ordeal struct {
	name    string
	path    string // {report} stands for the id of a report
	headers []string

	status int
	ms     []float64
	bytes  int
}

// repeated is a text many times, percent-encoded.
func repeated(n int, text string) string { return strings.Repeat(url.PathEscape(text), n) }

// numbered joins n texts, each with its number for %d.
func numbered(n int, format, between string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
	}
	return strings.Join(all, between)
}

// spans is n different values of the filter on years.
func spans(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("year=%d..%d", 1900+i/50, 2000+i%50)
	}
	return strings.Join(all, "&")
}

// common are words that stand in very many passages.
const common = "的 一 和 在 为 有 发展 工作 建设 管理 应当 人民 政府 国家 经济 社会 企业 规定 部门 服务"

// characters are common ones, as many as a question holds words but one.
const characters = "的一国在人了有中是年和大业不为发会工经上地市要个产这出行作生家以成到日民来我部对进多全建他公开们场展时理新" +
	"方主企资实学报制政济用同于法高长现本月定化加动合品重关机分力自外者区能设后就等体下万元社过前面农也得与说之员而务利电文" +
	"事可种总改三各好金第司其从平代当天水省提商十管内小技位目起海所立已通入量子问度北保心还科委都术使明着次将增基名向门应里" +
	"美由规今题记点计去强两些表系办教正条最达特革收二期并程厂如道际及西口京华任调性导组东路活广意比投决交统党南安此领结营项" +
	"情解议义山先车然价放世间因共院步物界"

// each joins the common characters, each in its place in a format for %c.
func each(format, between string) string {
	var all []string
	for _, c := range characters {
		all = append(all, strings.ReplaceAll(format, "%c", string(c)))
	}
	return strings.Join(all, between)
}

// ordeals are the hostile requests.
var ordeals = []ordeal{
	{name: "every passage", path: searchPath("")},
	{name: "every passage, by year", path: searchPath("", "sort", "-year", "limit", "200")},
	{name: "every passage, by region, with cells", path: searchPath("", "sort", "region", "cells", "true", "limit", "200")},
	{name: "every passage and copy, the last ones", path: searchPath("", "all_copies", "true", "offset", "500000", "limit", "200")},
	{name: "common word, the last ones", path: searchPath("发展", "offset", "41000", "limit", "200")},
	{name: "offset beyond all", path: searchPath("", "offset", "2147483647")},
	{name: "page beyond all", path: "/search?q=&page=1000000&limit=100"},
	{name: "common words, one of them", path: searchPath(strings.ReplaceAll(common, " ", " OR "))},
	{name: "common words, all of them", path: searchPath(common)},
	{name: "common words in a report", path: searchPath("within:report " + common)},
	{name: "common words in a sentence", path: searchPath("within:sentence 发展 工作 建设")},
	{name: "without a common word", path: searchPath("-的")},
	{name: "without common words in a report", path: searchPath("within:report -(的 -发展) -(一 -工作)")},
	{name: "fields with common words", path: searchPath("title:的 OR section:的 OR issuer:政府 OR number:号 OR title:法 OR section:一")},
	{name: "a common word of four characters", path: searchPath("人民政府 OR 国务院 OR 社会主义 OR 有关部门")},
	{name: "a long sentence in quotes", path: searchPath(`"` + strings.Repeat("中华人民共和国", 900) + `"`)},
	{name: "a pasted text", path: searchPath(strings.Repeat("根据中华人民共和国行政复议法的规定办理火星移民", 300))},
	{name: "words that nothing holds", path: searchPath(strings.Repeat("火星移民 飞碟入户 ", 128))},
	{name: "256 words", path: searchPath(numbered(256, "第%d", " "))},
	{name: "256 alternatives", path: searchPath(numbered(256, "%d月", " OR "))},
	{name: "256 alternatives of one letter", path: searchPath(strings.Repeat("法|的|一|人|", 64))},
	{name: "common characters, one of them", path: searchPath(each("%c", " OR "))},
	{name: "common characters, one of them in a sentence", path: searchPath("within:sentence "+each("%c", " OR "), "cells", "true", "limit", "200")},
	{name: "common characters, one of them in a report", path: searchPath("within:report " + each("%c", " OR "))},
	{name: "common characters, none of them", path: searchPath(each("-%c", " "))},
	{name: "common characters in titles", path: searchPath(each("title:%c", " OR "))},
	{name: "common characters in headings", path: searchPath(each("section:%c", " OR "))},
	{name: "punctuation", path: searchPath("，")},
	{name: "256 exclusions", path: searchPath(strings.Repeat("-的 ", 256))},
	{name: "exclusions to the end of an address", path: "/api/v1/search?q=" + repeated(20_000, "-a ")},
	{name: "parentheses 32 deep", path: searchPath(strings.Repeat("(的 OR ", 32) + "一" + strings.Repeat(")", 32))},
	{name: "9,999 parentheses", path: searchPath(strings.Repeat("(", 9_999))},
	{name: "9,999 quotes", path: searchPath(strings.Repeat(`"`, 9_999))},
	{name: "9,999 minus signs", path: searchPath(strings.Repeat("-", 9_999))},
	{name: "one Latin word of 60,000 letters", path: searchPath(strings.Repeat("a", 60_000))},
	{name: "combining marks", path: searchPath("法" + strings.Repeat("\u0301", 9_999))},
	{name: "emoji", path: searchPath(strings.Repeat("🏳️‍🌈", 1_000))},
	{name: "regular expression", path: searchPath(`(a+)+$ /(.*)*x/ ^(([a-z])+.)+[A-Z]([a-z])+$`)},
	{name: "query string of an engine", path: searchPath(`+title:foo^2 /re.*/ * ? "法治"~3 [* TO *]`)},
	{name: "script", path: "/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`)},
	{name: "NUL", path: searchPath("法治\x00发展")},
	{name: "invalid UTF-8", path: "/search?q=%ff%fe%ed%a0%80"},
	{name: "2,000 regions", path: searchPath("的") + "&" + numbered(2_000, "region=x%d", "&")},
	{name: "5,000 spans of years", path: searchPath("的") + "&" + spans(5_000)},
	{name: "all regions of a name, 250 times", path: searchPath(strings.Repeat("region:鼓楼区 OR ", 250) + "的")},
	{name: "filter on a region of 60,000 letters", path: searchPath("的", "region", strings.Repeat("a", 60_000))},
	{name: "region of 60,000 letters", path: "/api/v1/regions?q=" + strings.Repeat("a", 60_000)},
	{name: "region of 7,000 characters", path: "/api/v1/regions?q=" + repeated(7_000, "县")},
	{name: "cursor of nothing", path: searchPath("的", "cursor", "00000000-00000000-e7ff0000000000000-ffffffff")},
	{name: "10,000 ETags", path: searchPath("的"), headers: []string{"If-None-Match: " + numbered(10_000, `"%d"`, ", ")}},
	{name: "address too long", path: searchPath(strings.Repeat("的", 15_000))},
	{name: "page of 1,000 spans of years", path: "/search?q=&" + spans(1_000)},
	{name: "page of 1,400 regions", path: "/search?q=&" + numbered(1_400, "region=x%d", "&")},
	{name: "page with a region of 16,000 letters", path: "/search?q=&region=" + strings.Repeat("a", 16_000)},
	{name: "page with 1,700 regions unfolded", path: "/search?q=&" + numbered(1_700, "open=%d", "&")},
	{name: "page of a long question", path: "/search?q=" + repeated(3_200, "-a ")},
	{name: "page of common words in a report", path: "/search?limit=100&q=" + url.QueryEscape("within:report "+common)},
	{name: "page of words that nothing holds", path: "/search?q=" + url.QueryEscape(strings.Repeat("火星移民 飞碟入户 ", 100))},
	{name: "page too long to repeat", path: "/search?q=" + repeated(20_000, "-a ")},
	{name: "report with marks on common words", path: "/reports/{report}?q=" + url.QueryEscape(strings.ReplaceAll(common, " ", " OR "))},
	{name: "report with marks of a question that it does not answer", path: "/reports/{report}?q=" + url.QueryEscape("人民 政府 国家 飞碟")},
	{name: "report with marks of a pasted text", path: "/reports/{report}?q=" + repeated(100, "根据中华人民共和国行政复议法的规定")},
	{name: "surroundings of a passage far off", path: "/context?id={report}%23p9223372036854775807"},
	{name: "file above the files", path: "/static/..%2f..%2fpages.go"},
}

// placed puts a report of the index into a path.
func (g *Siege) placed(path string) string {
	return strings.Replace(path, "{report}", url.PathEscape(g.pool.reports[0]), 1)
}

// endure asks the hostile requests one by one.
func (g *Siege) endure(ctx context.Context) error {
	g.watch(&g.stress, 50*time.Millisecond, func() {
		for _, o := range ordeals {
			g.askThrice(ctx, &o)
			g.hostile = append(g.hostile, o)
		}
	})
	return nil
}

func (g *Siege) askThrice(ctx context.Context, o *ordeal) {
	for range 3 {
		r, err := g.get(ctx, g.placed(o.path), o.headers...)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			g.fault("hostile: %s: no answer: %v", o.name, err)
			return
		}
		o.status, o.bytes = r.Status, max(o.bytes, len(r.Body))
		o.ms = append(o.ms, r.MS)
		if r.Status != http.StatusServiceUnavailable && !slices.Contains(hostileStatuses, r.Status) {
			g.fault("hostile: %s: %d", o.name, r.Status)
		}
	}
}
