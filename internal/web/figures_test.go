package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/testkit"
)

// figures puts a question to the API, in pairs of parameters and values.
func (s *site) figures(t *testing.T, query string) *baogao.FigureResult {
	t.Helper()
	answer := &baogao.FigureResult{}
	if err := json.Unmarshal(get(t, s.URL+"/api/v1/figures?"+query, http.StatusOK), answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

var (
	figureTotals = regexp.MustCompile(`>([\d,]+)</strong> 个数字.*?>([\d,]+)</strong> 个指标.*?在 ([\d,]+) 篇报告的 ([\d,]+) 段里`)
	figureRows   = regexp.MustCompile(`<th scope="row"><a href="([^"]*)">([^<]*)</a>.*?</th><td class="value"><a href="([^"]*)">([^<]*)</a>`)
	groupRows    = regexp.MustCompile(`<th scope="row"><a href="([^"]*)">([^<]*)</a></th><td class="value"><a href="([^"]*)" aria-label="[^"]*">([\d,]+)</a>`)
)

// saysTotals is what a page of figures says of its whole result.
func saysTotals(page []byte) string {
	found := figureTotals.FindStringSubmatch(string(page))
	if found == nil {
		return "0 0 0 0"
	}
	return fmt.Sprint(digits(found[1]), digits(found[2]), digits(found[3]), digits(found[4]))
}

// TestFiguresPageCountsAsTheAPI asks the page and the API the same, in each way to narrow
// figures, and wants the same totals and the same values in the same order.
func TestFiguresPageCountsAsTheAPI(t *testing.T) {
	s := newSite(t)
	filled := 0
	for _, question := range []string{"q=" + question, "q=", "q=法治&level=district", "q=复议&year=2022&region=四川"} {
		for _, by := range []string{
			"", "&indicator=受理", "&indicator=行政复议·受理", "&key=行政复议·受理", "&unit=件", "&unit=％&sort=-value", "&kind=rate&sort=value", "&kind=rule-of-law&kind=count", "&status=target", "&status=目标&status=earlier",
			"&min=10&max=1万&sort=-year", "&sort=region", "&sort=key&limit=50", "&min=1e300",
		} {
			asked := escapeHan(question + by)
			answer := s.figures(t, asked+map[bool]string{true: "&limit=20"}[!strings.Contains(by, "limit")])
			page := get(t, s.URL+"/figures?"+asked, http.StatusOK)
			total := answer.Total
			if got, want := saysTotals(page), fmt.Sprint(total.Figures, total.Keys, total.Reports, total.Passages); got != want {
				t.Errorf("%s: the page says %s, the API %s", question+by, got, want)
			}
			rows := figureRows.FindAllStringSubmatch(string(page), -1)
			if len(rows) != len(answer.Figures) {
				t.Errorf("%s: %d rows, the API gives %d", question+by, len(rows), len(answer.Figures))
				continue
			}
			for i, f := range answer.Figures {
				if filled++; rows[i][2] != f.Indicator || !strings.HasSuffix(rows[i][4], f.Unit) || !strings.HasSuffix(rows[i][3], fmt.Sprintf("-n%d", f.Start)) {
					t.Errorf("%s: row %d is %q, by the API %s %s", question+by, i, rows[i], f.Indicator, f.Raw)
				}
			}
		}
	}
	if filled < 200 {
		t.Errorf("only %d rows", filled)
	}
	for query, want := range map[string]int{"min=ten": 400, "status=hoped": 400, "kind=novel": 400, "group=page": 400, "sort=size": 400, "format=doc": 400, "page=99999": 200, "key=zq": 200} {
		get(t, s.URL+"/figures?"+query, want)
	}
}

// TestEveryFigureOpens follows the values, the indicators and the counts of tables.
func TestEveryFigureOpens(t *testing.T) {
	s := newSite(t)
	page := string(get(t, s.URL+"/figures?"+escapeHan("q="+question+"&limit=50"), http.StatusOK))
	for i, row := range figureRows.FindAllStringSubmatch(page, -1) {
		if i%5 > 0 && !*all {
			continue
		}
		address, anchor, _ := strings.Cut(strings.ReplaceAll(row[3], "&amp;", "&"), "#")
		report := string(get(t, s.URL+address, http.StatusOK))
		_, there, ok := strings.Cut(report, `id="`+anchor+`"`)
		there, record, _ := strings.Cut(there, `class="record"`)
		record, _, _ = strings.Cut(record, "</span></span></span>")
		if !ok || !strings.Contains(record, row[2]) || !strings.Contains(record, row[4]) || !strings.ContainsAny(there, "0123456789一二三四五六七八九十百零") {
			t.Errorf("%s %s opens %s, where %.200s is %.300s", row[2], row[4], address+"#"+anchor, there, record)
		}
		if !strings.Contains(report, "← 回到数字") {
			t.Errorf("%s does not lead back", address)
		}
		if indicator := string(get(t, s.URL+strings.ReplaceAll(row[1], "&amp;", "&"), http.StatusOK)); !strings.Contains(indicator, `class="heat`) && !strings.Contains(indicator, "heat values") && !strings.Contains(indicator, "没有这个指标的数字") {
			t.Errorf("%s leads to %s, which has no panel", row[2], row[1])
		}
	}
	grouped := string(get(t, s.URL+"/figures?"+escapeHan("group=key&limit=50&q="+question), http.StatusOK))
	groups := groupRows.FindAllStringSubmatch(grouped, -1)
	if len(groups) < 20 {
		t.Fatalf("%d groups", len(groups))
	}
	for _, g := range groups {
		list := get(t, s.URL+strings.ReplaceAll(g[3], "&amp;", "&"), http.StatusOK)
		if got := strings.Fields(saysTotals(list)); got[0] != fmt.Sprint(digits(g[4])) || got[1] != "1" {
			t.Errorf("%s has %s figures, and opens %s", g[2], g[4], got)
		}
	}
}

// TestNumbersOfPublishedText wants the same numbers marked in the text as it was
// published, with what was cleaned away within them.
func TestNumbersOfPublishedText(t *testing.T) {
	s := newSite(t)
	marked := 0
	for _, f := range s.figures(t, "limit=200").Figures {
		path := reportPath(f.Report, "") + "&figures=1"
		cleaned, published := string(get(t, s.URL+path, http.StatusOK)), string(get(t, s.URL+path+"&view=published", http.StatusOK))
		if n := strings.Count(cleaned, `<a class="num"`); n == 0 || n != strings.Count(published, `<a class="num"`) || n != strings.Count(cleaned, `class="record"`) {
			t.Errorf("%s: %d numbers are marked, %d in the published text", f.Report, n, strings.Count(published, `<a class="num"`))
		}
		if strings.Contains(published, "清理改动过") && !strings.Contains(published, "清理改动过 0 段") {
			marked++
		}
		if plain := string(get(t, s.URL+reportPath(f.Report, ""), http.StatusOK)); strings.Contains(plain, `class="num"`) {
			t.Errorf("%s: numbers are marked unasked", f.Report)
		}
		if marked > 3 && !*all {
			break
		}
	}
	if marked == 0 {
		t.Error("no report with numbers was cleaned")
	}
}

// TestFiguresAreFiles wants files with all figures of a result, and of a panel, as the
// pages have them.
func TestFiguresAreFiles(t *testing.T) {
	s := newSite(t)
	total := s.figures(t, escapeHan("limit=0&q="+question)).Total
	for path, want := range map[string]int{
		"/figures?format=csv&page=2&q=": total.Figures + 1, "/figures?format=csv&group=key&q=": total.Keys + 1, "/figures?format=jsonl&sort=value&q=": total.Figures,
	} {
		body, header := testkit.Get(t, s.URL+path+escapeHan(question), http.StatusOK)
		rows := strings.Count(body, "\n")
		if strings.Contains(path, "csv") {
			records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			rows = len(records)
		}
		if rows != want || !strings.HasPrefix(header.Get("Content-Disposition"), "attachment; ") {
			t.Errorf("%s: %d rows, want %d; %v", path, rows, want, header)
		}
	}
	for path, want := range map[string]string{
		"/figures?format=about&indicator=%E5%8F%97%E7%90%86":                                                   "indicator,受理",
		"/figures?format=xlsx":                                                                                 "PK",
		"/indicator?format=xlsx&key=" + url.QueryEscape("行政复议·受理"):                                             "PK",
		"/indicator?format=csv&key=" + url.QueryEscape("行政复议·受理"):                                              "place_code,place,of_year,state,held,indicator",
		"/indicator?format=csv&wide=true&key=" + url.QueryEscape("行政复议·受理"):                                    ",NA,",
		"/indicator?format=json&key=" + url.QueryEscape("行政复议·受理"):                                             `"state":"not held"`,
		"/indicator?format=about&key=" + url.QueryEscape("行政复议·受理"):                                            "NA,no report is held",
		"/indicator?format=csv&status=target&key=" + url.QueryEscape("行政复议·受理") + "&level=" + "city&year=1931": "place_code",
	} {
		if body := string(get(t, s.URL+path, http.StatusOK)); !strings.Contains(body, want) {
			t.Errorf("%s has no %s: %.300s", path, want, body)
		}
	}
	get(t, s.URL+"/indicator?format=doc&key=a", http.StatusBadRequest)
}

var panelValues = regexp.MustCompile(`<td class="(m\d)">(.*?)</td>`)

// TestIndicatorPageIsThePanel holds the cells of the page to the panel of its file, and
// wants what is not held, what is held and not said, and what is said apart.
func TestIndicatorPageIsThePanel(t *testing.T) {
	s := newSite(t)
	for _, query := range []string{"key=行政复议·受理", "key=行政复议·收&level=district", "key=城镇新增就业&unit=人", "key=负责人出庭应诉率&year=2020..2023", "key=行政复议·受理&region=四川"} {
		var panel struct {
			Rows []struct {
				Cells []struct {
					State  string
					Values []baogao.FoundFigure
				}
			}
		}
		asked := escapeHan(query)
		if err := json.Unmarshal(get(t, s.URL+"/indicator?format=json&"+asked, http.StatusOK), &panel); err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for _, row := range panel.Rows {
			said := false
			for _, c := range row.Cells {
				said = said || len(c.Values) > 0
			}
			for _, c := range row.Cells {
				if said {
					count[c.State]++
				}
			}
		}
		page := string(get(t, s.URL+"/indicator?"+asked, http.StatusOK))
		got := map[string]int{"said": len(panelValues.FindAllString(page, -1)), "not held": strings.Count(page, `<td class="hole">`), "not said": strings.Count(page, `<td class="silent">`)}
		for _, state := range []string{"said", "not held", "not said"} {
			if got[state] != count[state] || count["said"] == 0 {
				t.Errorf("%s: %d cells of the page are %s, by the file %d", query, got[state], state, count[state])
			}
		}
	}
	for path, want := range map[string]string{
		"/indicator?key=zq": "篇报告</a>里没有这个指标的数字", "/indicator?key=zq&year=1931": "一篇报告也没有收录", "/figures?key=zq": "篇报告</a>里没有这样的数字", "/figures?year=1931": "一篇报告也没有收录",
	} {
		if page := string(get(t, s.URL+path, http.StatusOK)); !strings.Contains(page, want) {
			t.Errorf("%s does not say %s", path, want)
		}
	}
	if page := string(get(t, s.URL+"/indicator", http.StatusOK)); !strings.Contains(page, "<strong>按指标合计</strong>") {
		t.Error("without a key the page does not lead to all keys")
	}
}
