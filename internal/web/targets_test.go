package web_test

import (
	"encoding/csv"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"baogao/corpus"
	"baogao/internal/testkit"
	"baogao/internal/web"
)

// targetSite is a site over the reports of a district on two years, whose targets came
// to each of the ends there are.
func targetSite(t *testing.T) *site {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "2022年遂宁市安居区政府工作报告\n\n一、2021年工作回顾\n\n全区各项工作扎实推进。\n\n二、2022年工作安排\n\n地区生产总值增长6%以上，城镇新增就业2000人，居民消费价格涨幅控制在3%以内，研发投入强度达到2.1%，固定资产投资增长8%左右。\n\n" +
			"到2025年，森林覆盖率达到46%。<b>新建公园</b>6个。\n",
		"b.txt": "2023年遂宁市安居区政府工作报告\n\n一、2022年工作回顾\n\n全区地区生产总值增长6.4%，城镇新增就业1950人，居民消费价格上涨1.2%，固定资产投资增长7.6%。\n\n二、2023年工作安排\n\n地区生产总值增长6.5%。\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := testkit.Open(t, testkit.Collect(t, corpus.Reports(t.Context(), []string{dir}, corpus.Options{})))
	server := httptest.NewServer(web.New(s, web.Options{}))
	t.Cleanup(server.Close)
	return &site{server, s}
}

// targetsPath is the address of the page, of pairs of parameters and values.
func targetsPath(pairs ...string) string {
	return strings.Replace(searchPath(pairs...), "/search", "/targets", 1)
}

// TestTargetsPage wants each end on the page, its number to open the targets that it
// counts, and each sentence its passage.
func TestTargetsPage(t *testing.T) {
	s := targetSite(t)
	page := string(get(t, s.URL+targetsPath("region", "安居区"), 200))
	for _, want := range []string{
		"目标与结果：四川省遂宁市安居区", "<h2>2022年的目标</h2>", "<h2>2023年的目标</h2>", `<span class="verdict reached">达到</span>`, `<span class="verdict missed">未达到</span>`,
		`<span class="verdict silent">未报告</span>`, `<span class="verdict hole">未收录报告</span>`, `<span class="verdict unsure">不可比</span>`,
		"<strong>增长6%以上</strong>", "<strong>增长6.4%</strong>", "目标是8%左右，7.6%算不算达到，报告没有说", "不确定是哪一年的目标", "2021年度报告第",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "<b>") || strings.Index(page, "2023年的目标") > strings.Index(page, "2022年的目标") {
		t.Error("markup of a report is markup of the page, or years are not the newest first")
	}
	links, _ := s.read(t, targetsPath("region", "安居区"))
	opened := 0
	for _, link := range links {
		at, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(at.Path, "/reports/"):
			if _, ids := s.read(t, strings.Split(link, "#")[0]); !ids[at.Fragment] {
				t.Errorf("%s opens no passage", link)
			}
			opened++
		case at.Path == "/targets" && at.Query().Get("format") == "csv":
			records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(get(t, s.URL+link, 200)), "\ufeff"))).ReadAll()
			if err != nil || len(records) != 1+strings.Count(page, `<span class="verdict `) {
				t.Errorf("%s has %d records, %v", link, len(records), err)
			}
		case at.Path == "/targets" && !at.Query().Has("format"):
			other := string(get(t, s.URL+link, 200))
			if n := strings.Count(other, `<span class="verdict `); n == 0 {
				t.Errorf("%s shows no targets", link)
			}
		}
	}
	if opened < 8 {
		t.Errorf("%d passages are opened", opened)
	}
	missed := string(get(t, s.URL+targetsPath("region", "安居区", "verdict", "missed"), 200))
	if strings.Count(missed, `<span class="verdict `) != 1 || !strings.Contains(missed, "城镇新增就业") {
		t.Error("a verdict is not filtered on")
	}
	for path, want := range map[string]string{
		targetsPath():                                   "先选一个地区",
		targetsPath("region", "北京"):                     "没有收录这里的报告",
		targetsPath("region", "安居区", "year", "2023"):    "没有收录这里的报告",
		targetsPath("region", "安居区", "indicator", "就业"): "城镇新增就业",
		"/corpus?region=510904":                         "遂宁市安居区的目标与结果",
	} {
		if got := string(get(t, s.URL+path, 200)); !strings.Contains(got, want) && !strings.Contains(got, strings.TrimPrefix(want, "遂宁市")) {
			t.Errorf("%s does not say %s", path, want)
		}
	}
	for _, path := range []string{targetsPath("region", "安居区", "verdict", "won"), targetsPath("region", "安居区", "format", "pdf"), targetsPath("format", "csv"), targetsPath("region", "安居区", "year", "x")} {
		get(t, s.URL+path, 400)
	}
	for form, want := range map[string]string{"xlsx": "PK", "jsonl": `"verdict":"missed"`, "md": "| missed |"} {
		if got := string(get(t, s.URL+targetsPath("region", "安居区", "format", form), 200)); !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", form, want)
		}
	}
}

// TestKeysAreAnEdition has answers under another table of keys for others.
func TestKeysAreAnEdition(t *testing.T) {
	s := targetSite(t).searcher
	tags := map[string]bool{}
	for _, keys := range []string{"", "a", "b"} {
		for _, path := range []string{"/api/v1/figures", "/targets"} {
			rec := httptest.NewRecorder()
			web.New(s, web.Options{Keys: keys}).ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
			tags[path+rec.Header().Get("ETag")] = true
		}
	}
	if len(tags) != 6 || tags["/targets"] {
		t.Errorf("ETags %v", tags)
	}
}

// TestTargetsInBrowser uses the page without its script, wide and on a phone.
func TestTargetsInBrowser(t *testing.T) {
	browser := startBrowser(t)
	s := targetSite(t)
	b := openTab(t, browser, s)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.visit("/corpus?region=510904")
	b.follow("main a", "目标与结果")
	b.follow(".verdicts a", "未达到")
	if n := b.count(".pairs > li"); n != 1 || !strings.Contains(b.address(), "verdict=missed") {
		t.Errorf("%d targets at %s", n, b.address())
	}
	b.follow(".pairs dd a", "")
	if !strings.Contains(b.address(), "/reports/a.txt") {
		t.Errorf("a target opens %s", b.address())
	}
	for _, width := range []int64{wide, phone} {
		b.size(width)
		b.visit(targetsPath("region", "安居区"))
		if is := value[int64](b, `document.documentElement.scrollWidth`); is > width {
			t.Errorf("the page is %d px wide on %d", is, width)
		}
		columns := value[[]float64](b, `[...document.querySelector(".pairs dl:has(div + div)").children].map((e) => e.getBoundingClientRect().left)`)
		if apart := len(slices.Compact(columns)) > 1; apart != (width == wide) {
			t.Errorf("target and result stand at %v on %d px", columns, width)
		}
	}
	testAccessibility(t, openTab(t, browser, s), shownPage{"targets", targetsPath("region", "安居区"), 200})
}
