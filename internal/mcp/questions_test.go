package mcp_test

import (
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"baogao"
	"baogao/internal/testkit"
)

const (
	feixi22 = "安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"
	feixi21 = "安徽省/合肥市/肥西县2021年度法治政府建设情况.txt"
)

// TestQuestions answers what researchers ask of the sample reports as a model does:
// by calls of tools. The numbers were read in the reports.
func TestQuestions(t *testing.T) {
	s := openSamples(t)
	c := connect(t, s)
	ask := func(t *testing.T, tool string, args map[string]any) asked { return call(t, c, tool, args) }
	for question, answer := range map[string]func(t *testing.T){
		"how many reports speak of reconsideration, and how often": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "行政复议", "limit": 1})
			if a.Total != (baogao.Total{Passages: 47, Reports: 20, Occurrences: 75}) || a.Held != 20 || a.Matched != "exact" {
				t.Errorf("%+v", a)
			}
		},
		"how many applications Feixi received in 2021 and in 2022": func(t *testing.T) {
			for year, want := range map[string]string{"2021": "全年收到行政复议申请62件，受理55件，审结51件", "2022": "全年收到行政复议申请97件，受理88件，审结80件"} {
				a := ask(t, "search", map[string]any{"question": "收到行政复议申请", "region": []string{"肥西县"}, "year": []string{year}})
				if len(a.Hits) != 1 || !strings.Contains(a.Hits[0].Quoted.Text, want) {
					t.Errorf("%s: %+v", year, a.Hits)
				}
				quotes(t, s, a)
			}
		},
		"how often officials of Qilin stood in court": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "行政机关负责人出庭应诉率", "region": []string{"麒麟区"}})
			if len(a.Hits) != 1 || !strings.Contains(a.Hits[0].Quoted.Text, "行政机关负责人出庭应诉率100%，其中正职占38%") {
				t.Errorf("%+v", a.Hits)
			}
			quotes(t, s, a)
		},
		"whether anybody speaks of 府院联动": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "府院联动"})
			if a.Matched != "similar" || a.Total.Passages != 0 || a.Held != 20 || len(a.Hits) != 0 || len(a.Similar) == 0 {
				t.Errorf("%+v", a)
			}
			quotes(t, s, a)
		},
		"what Beijing says": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "行政复议", "region": []string{"北京"}})
			if a.Held != 0 || a.Total.Reports != 0 {
				t.Errorf("%+v", a)
			}
			if got := ask(t, "regions", map[string]any{"name": "北京"}).Regions; len(got) != 1 || got[0].Held != 0 {
				t.Errorf("%+v", got)
			}
		},
		"at which level it is spoken of most": func(t *testing.T) {
			a := ask(t, "trend", map[string]any{"questions": []string{"行政复议"}, "by": "level"})
			most := a.Rows[0]
			for _, r := range a.Rows {
				if *r.Counts[0].Rate > *most.Counts[0].Rate {
					most = r
				}
			}
			if most.Value != "street" || most.Counts[0].Held != 4 || *most.Counts[0].Share != 1 {
				t.Errorf("%+v", most)
			}
		},
		"how it went on over the years": func(t *testing.T) {
			a := ask(t, "trend", map[string]any{"questions": []string{"行政复议", "营商环境"}, "year": []string{"2020..2024"}})
			held, passages := 0, 0
			for _, r := range a.Rows {
				held += r.Counts[0].Held
				passages += *r.Counts[1].Passages
			}
			business := ask(t, "search", map[string]any{"question": "营商环境", "year": []string{"2020..2024"}})
			if len(a.Rows) != 5 || held != 19 || passages != business.Total.Passages {
				t.Errorf("%+v", a)
			}
		},
		"in which provinces and years it is spoken of, and where that is not known": func(t *testing.T) {
			a := ask(t, "panel", map[string]any{"questions": []string{"行政复议", "府院联动"}, "measure": "passages"})
			held, found := 0, 0.0
			for _, r := range a.Rows {
				for i, n := range r.Held {
					held += n
					if known := n > 0; known != (r.Cells[0][i] != nil) || known != (r.Cells[1][i] != nil) || known && *r.Cells[1][i] != 0 {
						t.Errorf("%s %s: %d held, %v", r.Name, a.Years[i], n, r.Cells)
					}
					if r.Cells[0][i] != nil {
						found += *r.Cells[0][i]
					}
				}
			}
			if held != 20 || found != 47 || len(a.Rows) < 31 {
				t.Errorf("%d held, %v found, %d rows", held, found, len(a.Rows))
			}
		},
		"what numbers of applications are told, the largest first": func(t *testing.T) {
			a := ask(t, "figures", map[string]any{"indicator": "行政复议 申请", "unit": []string{"件"}, "status": []string{"achieved"}, "sort": "-value"})
			for i, f := range a.Figures {
				p, err := s.Passage(t.Context(), f.Passage)
				if err != nil || !strings.Contains(p.Text, f.Quoted.Text) || !strings.HasSuffix(string([]rune(p.Text)[f.Start:f.End]), "件") || i > 0 && f.Value > a.Figures[i-1].Value {
					t.Errorf("%+v %v", f, err)
				}
			}
			if len(a.Figures) < 5 || a.Figures[0].Value != 2208 {
				t.Errorf("%+v", a.Figures)
			}
		},
		"how many applications a city alone received, and the whole province": func(t *testing.T) {
			a := ask(t, "figures", map[string]any{"key": "行政复议·收", "region": []string{"四川省绵阳市"}})
			if len(a.Figures) != 1 || a.Figures[0].Raw != "327件" || a.Figures[0].Scope != "市本级" {
				t.Errorf("%+v", a.Figures)
			}
			a = ask(t, "figures", map[string]any{"key": "行政复议·收", "region": []string{"浙江"}})
			if len(a.Figures) != 1 || a.Figures[0].Value != 11420 || a.Figures[0].Scope != "全省" {
				t.Errorf("%+v", a.Figures)
			}
		},
		"a word mistyped": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "行政复仪"})
			if len(a.Suggestions) != 1 || a.Suggestions[0].Question != "行政复议" || a.Suggestions[0].Passages != 47 {
				t.Errorf("%+v", a.Suggestions)
			}
		},
		"a place among the words": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "肥西县 行政复议"})
			if len(a.Suggestions) != 1 || a.Suggestions[0].Question != "行政复议" || a.Suggestions[0].Passages != 6 || a.Suggestions[0].Reports != 2 {
				t.Errorf("%+v", a.Suggestions)
			}
		},
		"what is planned": func(t *testing.T) {
			a := ask(t, "search", map[string]any{"question": "行政复议 plan:yes", "region": []string{"浙江"}})
			if len(a.Hits) != 1 || !a.Hits[0].Plan || !strings.Contains(a.Hits[0].Quoted.Text, "发布指导性案例不少于20件") {
				t.Errorf("%+v", a.Hits)
			}
			quotes(t, s, a)
		},
		"how to cite Feixi's report": func(t *testing.T) {
			a := ask(t, "cite", map[string]any{"id": feixi22})
			if a.Citation != "肥西县人民政府. 关于2022年度法治政府建设情况的报告: 肥政〔2023〕11号[Z]. 2023-01-31.\n" {
				t.Errorf("%q", a.Citation)
			}
			plain := ask(t, "cite", map[string]any{"id": feixi21 + "#p9", "style": "plain", "question": "收到行政复议申请"})
			if !strings.Contains(plain.Citation, "全年收到行政复议申请62件") {
				t.Errorf("%q", plain.Citation)
			}
		},
		"what a report is built of, and how it ends": func(t *testing.T) {
			outline := ask(t, "report", map[string]any{"id": feixi22, "outline": true})
			if len(outline.Paragraphs) != 3 || outline.Last != 18 {
				t.Errorf("last %d of %+v", outline.Last, outline.Paragraphs)
			}
			end := ask(t, "report", map[string]any{"id": feixi22, "from": outline.Last - 1})
			if len(end.Paragraphs) != 2 || end.Paragraphs[0].Quoted.Text != "肥西县人民政府" || end.Next != nil {
				t.Errorf("%+v", end)
			}
		},
	} {
		t.Run(question, answer)
	}
}

// quotes holds every quotation to its passage at its place.
func quotes(t *testing.T, s baogao.Searcher, a asked) {
	t.Helper()
	for _, h := range append(a.Hits, a.Similar...) {
		p, err := s.Passage(t.Context(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if text := []rune(p.Text); string(text[h.Start:h.End]) != h.Quoted.Text {
			t.Errorf("%s is not quoted right: %+v", h.ID, h)
		}
	}
}

// TestWholeReport reads a report to its end, each paragraph once.
func TestWholeReport(t *testing.T) {
	var long []baogao.Paragraph
	var passages []baogao.Passage
	for n := 1; n <= 40; n++ {
		text := strings.Repeat("依法行政，", 100)
		long = append(long, baogao.Paragraph{Number: n, Text: text})
		passages = append(passages, baogao.Passage{Paragraph: n, Text: text})
	}
	c := connect(t, testkit.Open(t, []*baogao.Report{{Meta: baogao.Meta{ID: "a"}, Paragraphs: long, Passages: passages}}))
	n := 0
	for args := map[string]any{"id": "a"}; ; {
		res, err := c.CallTool(t.Context(), &mcp.CallToolParams{Name: "report", Arguments: args})
		if err != nil || res.IsError {
			t.Fatal(err, texts(res))
		}
		a := call(t, c, "report", args)
		for _, p := range a.Paragraphs {
			if n++; p.Number != n {
				t.Fatalf("paragraph %d stands at %d", p.Number, n)
			}
		}
		if a.Next == nil {
			break
		}
		args["from"] = a.Next
	}
	if n != 40 {
		t.Errorf("%d paragraphs", n)
	}
}
