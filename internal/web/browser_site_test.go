package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
	"baogao/internal/web"
	"baogao/query"
)

// A site is the service over an index of the sample reports and of a few made
// for what the samples do not show, as it is met over the network.
type site struct {
	*httptest.Server
	searcher baogao.Searcher
}

const (
	samples = "../../samples/reports"
	marked  = "江苏省/徐州市/鼓楼区2021年法治政府建设情况报告.txt" // a sample that the question marks in several places
	copied  = "安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"  // a sample of which the site holds a copy
	copyID  = "转载/肥西县.txt"
	longID  = "长篇/汇编.txt"
	evilID  = "他人/投稿.txt"

	titledID = "安徽省/长题.txt" // a report with a long title

	longParagraphs = 1100
	evilText       = `"><img src=x onerror=alert(2)><script>alert(3)</script>`
	evilTitle      = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
)

func newSite(t *testing.T) *site {
	t.Helper()
	made := t.TempDir()
	writeReports(t, made)
	s := testkit.Open(t, testkit.Collect(t, corpus.Reports(t.Context(), []string{samples, made}, corpus.Options{})))
	server := httptest.NewServer(web.New(s, web.Options{}))
	t.Cleanup(server.Close)
	return &site{server, s}
}

// writeReports writes a copy of a sample, a report of more than one part, and
// one whose author tries to get markup onto the pages.
func writeReports(t *testing.T, dir string) {
	t.Helper()
	sample, err := os.ReadFile(filepath.Join(samples, copied))
	if err != nil {
		t.Fatal(err)
	}
	var long strings.Builder
	long.WriteString("规章制度汇编\n")
	for i := 1; i < longParagraphs; i++ {
		fmt.Fprintf(&long, "第%d条 各单位应当按照章程办理登记。\n", i)
	}
	for id, text := range map[string]string{
		titledID:           "安徽省合肥市肥西县上派镇综合行政执法领导小组办公室关于2022年度综合行政执法体制改革推进情况的报告\n\n现将推进情况报告如下。\n",
		"安徽省/metadata.csv": "file,issuer\n长题.txt,安徽省合肥市肥西县上派镇综合行政执法领导小组办公室\n",
		copyID:             "转载自县政府网站\n" + string(sample),
		longID:             long.String(),
		evilID:             "投稿\n" + evilText + "是一段危险文字。\n我们继续说明危险文字的来历。\n" + strings.Repeat("各单位收到投稿以后，应当逐件登记并答复投稿人。\n", 8),
		"他人/metadata.csv":  "file,title,issuer,source\n投稿.txt," + quoted(evilTitle) + "," + quoted(evilTitle) + ",javascript:alert(4)\n",
	} {
		name := filepath.Join(dir, id)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// quoted is a field of CSV.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// ask puts a question to the API, in pairs of parameters and values.
func (s *site) ask(t *testing.T, pairs ...string) *baogao.Result {
	t.Helper()
	res, err := http.Get(s.URL + "/api/v1" + searchPath(pairs...))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer := &baogao.Result{}
	if err := json.NewDecoder(res.Body).Decode(answer); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", res.Request.URL, res.Status, err)
	}
	return answer
}

// searchPath is the address of a search, of pairs of parameters and values.
func searchPath(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return "/search?" + v.Encode()
}

// reportPath is the address of a report with the marks of a question.
func reportPath(id, q string) string {
	return "/reports/" + url.PathEscape(id) + "?" + url.Values{"q": {q}}.Encode()
}

// cleaned is a report of which cleaning changed a paragraph.
func (s *site) cleaned(t *testing.T) *baogao.Report {
	t.Helper()
	for hit, err := range s.searcher.Hits(t.Context(), baogao.Request{Query: &query.Query{}}) {
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.searcher.Report(t.Context(), hit.Report.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Paragraphs {
			if p.Published != "" {
				return r
			}
		}
	}
	t.Fatal("no sample has a paragraph that cleaning changed")
	return nil
}

// A shownPage is a page of the site that is looked at as a whole.
type shownPage struct {
	name   string
	path   string
	status int
}

// pages are all kinds of pages there are, in the states they have.
func (s *site) pages(t *testing.T) []shownPage {
	t.Helper()
	hit := s.ask(t, "q", question, "year", "2023", "level", "district").Hits[0]
	cleaned := s.cleaned(t)
	return []shownPage{
		{"first", "/", 200},
		{"results", searchPath("q", question), 200},
		{"filtered", searchPath("q", question, "year", "2023", "level", "district", "context", hit.ID, "open", "510000"), 200},
		{"relaxed", searchPath("q", "行政复议量子纠缠"), 200},
		{"suggested", searchPath("q", "肥西县 2022年 行政复议"), 200},
		{"related", searchPath("q", "乡村振兴"), 200},
		{"empty", searchPath("q", "量子纠缠", "year", "2023"), 200},
		{"ambiguous", searchPath("q", "法治", "region", "鼓楼区"), 200},
		{"everything", searchPath("page", "3"), 200},
		{"carried", searchPath("q", longQuestion), 200},
		{"carried-report", reportPath(marked, longQuestion), 200},
		{"report", reportPath(marked, question), 200},
		{"published", reportPath(cleaned.Meta.ID, "") + "&view=published", 200},
		{"no-years", searchPath("q", "登记"), 200},
		{"trend", "/trend?q=" + url.QueryEscape(question), 200},
		{"trend-of-several", "/trend?q=" + url.QueryEscape(question) + "&q=" + url.QueryEscape("信访") + "&q=" + url.QueryEscape("法治") + "&level=district", 200},
		{"trend-by-city", "/trend?by=city&q=" + url.QueryEscape(question) + "&q=" + url.QueryEscape("信访"), 200},
		{"trend-of-nothing", "/trend?q=" + url.QueryEscape("量子纠缠") + "&year=1999", 200},
		{"map", "/map?q=" + url.QueryEscape(question) + "&q=" + url.QueryEscape("信访"), 200},
		{"map-of-a-province", "/map?region=510000&split=true&q=" + url.QueryEscape(question), 200},
		{"panel", "/panel?q=" + url.QueryEscape(question) + "&q=" + url.QueryEscape("信访"), 200},
		{"panel-by-district", "/panel?rows=district&measure=share&q=" + url.QueryEscape(question), 200},
		{"figures", "/figures?q=" + url.QueryEscape(question), 200},
		{"figures-of-a-key", "/figures?sort=-value&min=1&kind=count&status=achieved&key=" + url.QueryEscape(received), 200},
		{"figures-by-key", "/figures?group=key&q=" + url.QueryEscape(question), 200},
		{"figures-none", "/figures?indicator=" + url.QueryEscape("量子纠缠"), 200},
		{"indicator", "/indicator?key=" + url.QueryEscape(received), 200},
		{"indicator-of-a-place", "/indicator?region=340000&key=" + url.QueryEscape(received), 200},
		{"indicator-none", "/indicator?key=zq", 200},
		{"report-numbers", reportPath(marked, question) + "&figures=1", 200},
		{"targets-held", targetsPath("region", "肥西县"), 200},
		{"targets-of-nowhere", targetsPath(), 200},
		{"carried-trend", "/trend?q=" + url.QueryEscape(longQuestion), 200},
		{"advanced", "/advanced?q=within:sentence+" + url.QueryEscape(question) + "&region=510000&year=2019&year=2021..2023&level=district", 200},
		{"corpus", "/corpus", 200},
		{"province", "/corpus?region=510000", 200},
		{"help", "/help", 200},
		{"api", "/api", 200},
		{"error", "/search?year=abc", 400},
		{"missing", "/reports/none", 404},
	}
}
