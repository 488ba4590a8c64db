package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/engine"
	"baogao/internal/testkit"
	"baogao/internal/web"
)

// heldReports are two reports of Sichuan itself, two of districts in it, of which
// one is of 2022, one of a town, two of Jiangsu and one of which nothing is known.
// Passages with 信访 stand in all but those of Jiangsu.
func heldReports() []*baogao.Report {
	var all []*baogao.Report
	for i, r := range []struct {
		code   string
		level  baogao.Level
		year   int
		kind   baogao.Kind
		saying int // passages
	}{
		{"510000", baogao.Province, 2021, baogao.Work, 2}, {"510000", baogao.Province, 2022, baogao.RuleOfLaw, 1},
		{"510904", baogao.District, 2022, baogao.RuleOfLaw, 3}, {"510105", baogao.District, 2020, baogao.RuleOfLaw, 1},
		{"510904100", baogao.Street, 2021, baogao.Other, 1},
		{"320100", baogao.City, 2022, baogao.RuleOfLaw, 0}, {"320106", baogao.District, 2022, baogao.RuleOfLaw, 0},
		{"", "", 0, "", 1},
	} {
		m := baogao.Meta{ID: "r" + strconv.Itoa(i), Title: "报告", Level: r.level, Year: r.year, Kind: r.kind}
		if r.code != "" {
			m.Region = ask.Regions(r.code[:6])[0]
			if len(r.code) > 6 {
				m.Region = baogao.Region{Code: r.code, Name: m.Region.Name + "某镇", Path: append(append([]string{}, m.Region.Path...), "某镇")}
			}
		}
		report := &baogao.Report{Meta: m}
		for n := range 4 {
			text := fmt.Sprintf("第%d篇第%d段没有别的。", i, n)
			if n < r.saying {
				text = fmt.Sprintf("第%d篇办结信访事项%d件。", i, n)
			}
			report.Paragraphs = append(report.Paragraphs, baogao.Paragraph{Number: n + 1, Text: text})
			report.Passages = append(report.Passages, baogao.Passage{Paragraph: n + 1, Text: text})
		}
		all = append(all, report)
	}
	return all
}

// heldFilters are asked for together with 信访, which the field q adds to.
var heldFilters = []struct {
	filter                  string
	held, passages, reports int
	lacking, lackingChinese string // what is not held, where nothing is
}{
	{"", 8, 9, 6, "", ""},
	{"region=510000", 5, 8, 5, "", ""},
	{"region==四川", 2, 3, 2, "", ""},
	{"region=遂宁", 2, 4, 2, "", ""},
	{"region==遂宁", 0, 0, 0, "四川省遂宁市 itself", "四川省遂宁市本级"},
	{"region=江苏", 2, 0, 0, "", ""},
	{"region=鼓楼区", 1, 0, 0, "", ""},
	{"region=西藏", 0, 0, 0, "西藏自治区", "西藏自治区"},
	{"region=西藏&region=江苏", 2, 0, 0, "", ""},
	{"region=西藏,新疆", 0, 0, 0, "西藏自治区 or 新疆维吾尔自治区", "西藏自治区、新疆维吾尔自治区"},
	{"region=火星", 0, 0, 0, "火星", "火星"},
	{"region=unknown", 1, 1, 1, "", ""},
	{"level=district", 3, 4, 2, "", ""},
	{"level=country", 0, 0, 0, "level country", "国家"},
	{"level=市", 1, 0, 0, "", ""},
	{"level=unknown", 1, 1, 1, "", ""},
	{"year=2022", 4, 4, 2, "", ""},
	{"year=2019", 0, 0, 0, "year 2019", "2019年"},
	{"year=..2019", 0, 0, 0, "year ..2019", "2019年及以前"},
	{"year=2023..", 0, 0, 0, "year 2023..", "2023年及以后"},
	{"year=2020..2021", 3, 4, 3, "", ""},
	{"year=unknown", 1, 1, 1, "", ""},
	{"kind=work", 1, 2, 1, "", ""},
	{"kind=other&level=district", 0, 0, 0, "level district, kind other", "区县“其他”类"},
	{"region=四川&level=区县&year=2022", 1, 3, 1, "", ""},
	{"region=四川&level=区县&year=2021", 0, 0, 0, "四川省, level district, year 2021", "四川省区县2021年"},
	{"region=江苏&year=2022&kind=法治", 2, 0, 0, "", ""},
	{"region=江苏&year=2018,2020..2021", 0, 0, 0, "江苏省, year 2018 or 2020..2021", "江苏省2018年、2020至2021年"},
	{"q=region:重庆", 0, 0, 0, "重庆市", "重庆市"},
	{"q=level:street year:2022", 0, 0, 0, "level street, year 2022", "街道乡镇2022年"},
	{"q=-region:四川 -level:city", 2, 1, 1, "", ""},
	{"q=-region:四川&region=510904", 0, 0, 0, "四川省遂宁市安居区, -region:四川", "四川省遂宁市安居区符合“-region:四川”"},
	{"q=(level:city OR year:2022) -year:2022", 0, 0, 0, "level:city OR year:2022 and -year:2022", "符合“level:city OR year:2022”且符合“-year:2022”"},
	{"report=r5", 1, 0, 0, "", ""},
	{"report=r5&year=2021", 0, 0, 0, "year 2021, report r5", "2021年符合“report:r5”"},
}

// TestHeldAgree asks page, command and API the same of each filter, and wants the
// same of held, found and not held, as the reports above have it.
func TestHeldAgree(t *testing.T) {
	index := testkit.Build(t, heldReports())
	opened, err := engine.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	site := httptest.NewServer(web.New(opened, web.Options{}))
	defer site.Close()
	for _, tt := range heldFilters {
		t.Run(tt.filter, func(t *testing.T) {
			v, err := url.ParseQuery(tt.filter)
			if err != nil {
				t.Fatal(err)
			}
			v.Set("q", strings.TrimSpace("信访 "+v.Get("q")))
			v.Set("exact", "true")
			english, chinese := "", fmt.Sprintf("所查的%d篇报告都没有提到", tt.held)
			if tt.held == 0 {
				english = "no report of " + tt.lacking + " is held, so that nothing is found does not mean that nothing is said"
				chinese = "馆藏里没有" + tt.lackingChinese + "的报告，所以不是“没有提到”"
			}
			missed := ""
			if tt.held > 0 && tt.reports == 0 {
				missed = "没有找到“" + v.Get("q") + "”："
			}
			total := baogao.Total{Passages: tt.passages, Reports: tt.reports, Occurrences: tt.passages}
			if tt.reports > 0 {
				chinese = fmt.Sprintf("%d 段，出自 %d 篇报告，共出现 %d 次；所查共 %d 篇", tt.passages, tt.reports, tt.passages, tt.held)
			}
			page, _ := testkit.Get(t, site.URL+"/search?"+v.Encode(), http.StatusOK)
			if got := summaryOf(page); !strings.HasPrefix(got, missed+chinese+"。") {
				t.Errorf("the page says %q, want %q", got, chinese)
			}
			for language, notHeld := range map[string]string{"en": english, "zh": chinese} {
				want := answerOf{tt.held, total, notHeld}
				if tt.held > 0 {
					want.NotHeld = ""
				}
				v.Set("lang", language)
				body, _ := testkit.Get(t, site.URL+"/api/v1/search?"+v.Encode(), http.StatusOK)
				if got := readAnswer(t, body); got != want {
					t.Errorf("the API answers %+v, want %+v", got, want)
				}
			}
			if v.Has("report") {
				return // the command has no such filter
			}
			testCommand(t, index, v, answerOf{tt.held, total, english})
		})
	}
}

// testCommand asks the command in its forms.
func testCommand(t *testing.T, index string, v url.Values, want answerOf) {
	args := []string{"--index", index, "--exact"}
	for _, field := range []string{"region", "level", "year", "kind"} {
		for _, value := range v[field] {
			args = append(args, "--"+field, value)
		}
	}
	asked := func(more ...string) (code int, out, errors string) {
		var stdout, stderr strings.Builder
		code = run(t.Context(), append(append(args[:len(args):len(args)], more...), "--", v.Get("q")), &stdout, &stderr)
		return code, stdout.String(), stderr.String()
	}
	code, out, _ := asked("--format", "json")
	if got := readAnswer(t, out); (code == exitFound) != (want.Total.Passages > 0) || got != want {
		t.Errorf("the command answers %+v with code %d, want %+v", got, code, want)
	}
	if _, out, _ = asked("--format", "csv", "--count"); !strings.HasSuffix(out, fmt.Sprintf("\n%d,%d,%d,%d\n", want.Total.Passages, want.Total.Reports, want.Total.Occurrences, want.Held)) {
		t.Errorf("the command counts %q, want %+v", out, want)
	}
	if want.Total.Passages > 0 {
		return
	}
	notHeld := want.NotHeld
	switch {
	case want.Held == 1:
		notHeld = "nothing is found in the 1 report held within the filters"
	case want.Held > 1:
		notHeld = fmt.Sprintf("nothing is found in the %d reports held within the filters", want.Held)
	}
	for _, form := range [][]string{nil, {"--count"}, {"--facets"}, {"--by", "report"}} {
		if _, out, _ = asked(form...); !strings.Contains(out, notHeld+"\n") || want.Held == 0 && regexp.MustCompile(`\b0 (passages|reports)`).MatchString(out) {
			t.Errorf("%q: the command says %q, want %q", form, out, notHeld)
		}
	}
	for _, form := range [][]string{{"--format", "csv"}, {"--format", "jsonl"}, {"--format", "csv", "--all"}, {"--format", "jsonl", "--count"}} {
		if _, _, notes := asked(form...); !strings.Contains(notes, "search: note: "+notHeld+"\n") {
			t.Errorf("%q: the command notes %q, want %q", form, notes, notHeld)
		}
	}
}

// An answerOf is what an answer in JSON says of what is held and found.
type answerOf struct {
	Held    int
	Total   baogao.Total
	NotHeld string // the text of the warning that nothing is held
}

func readAnswer(t *testing.T, body string) answerOf {
	t.Helper()
	var res baogao.Result
	if err := json.Unmarshal([]byte(body), &res); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	a := answerOf{Held: res.Held, Total: res.Total}
	for _, w := range res.Warnings {
		if w.ID == ask.NothingHeld {
			a.NotHeld = w.Text
		}
	}
	return a
}

var tag = regexp.MustCompile(`<[^>]*>`)

// summaryOf is what a page says of its result.
func summaryOf(page string) string {
	_, said, _ := strings.Cut(page, `<p class="summary" role="status">`)
	said, _, _ = strings.Cut(said, "</p>")
	return tag.ReplaceAllString(said, "")
}
