package ask_test

import (
	"fmt"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/testkit"
	"baogao/query"
)

// TestReadAliases reads lists in each form, and names the file and the line of what
// cannot be read.
func TestReadAliases(t *testing.T) {
	for _, tt := range []struct{ name, text, err string }{
		{"lines", "府院联动 = 府院联席 | 府院会商\n\n# 复议\n复议=行政复议\n", ""},
		{"full width", "\ufeff府院联动＝府院联席｜府院会商\n", ""},
		{"CSV with a head", "name,alias,alias\n府院联动,府院联席,\"府院,会商\"\n复议,行政复议\n", ""},
		{"CSV and lines", "府院联动,府院联席\r\n复议 = 行政复议\r\n", ""},
		{"empty", "", "a.txt: no aliases in it"},
		{"comments", "# 府院联动 = 府院联席\n", "a.txt: no aliases in it"},
		{"no other name", "复议 = 行政复议\n府院联动 = \n", "a.txt:2: no other name of 府院联动"},
		{"a word alone", "复议 = 行政复议\n\n府院联动\n", "a.txt:3: no other name of 府院联动"},
		{"no word", " = 府院联席\n", "a.txt:1: no word in front"},
		{"a quotation mark left open", "府院联动,\"府院联席\n", "a.txt:1: "},
		{"a second sign", "府院联动 = 府院联席 = 府院会商\n", "a.txt:1: 府院联席 = 府院会商 has a second ="},
		{"a field", "府院联动 = region:四川\n", "a.txt:1: region:四川 filters"},
		{"a field in Chinese", "府院联动 = 地区：四川\n", "a.txt:1: 地区：四川 filters"},
		{"a colon in a word", "府院联动 = 12345：热线\n", ""},
		{"no word behind", "府院联动 = 《》\n", "a.txt:1: 《》 is no word"},
		{"a blank in the word", "法治政府 = 法制政府\n府院 联动 = 府院联席\n", "a.txt:2: 府院 联动 has a blank in it, so questions ask for 府院 and 联动 each by itself"},
		{"a blank in the word of a CSV", "府院\u3000联动,府院联席\n", "a.txt:1: 府院\u3000联动 has a blank in it"},
		{"a blank in another name", "府院联动 = 府院联席 | 府院 会商\n", "a.txt:1: 府院 会商 has a blank in it: write |"},
		{"a blank between Latin words", "营商环境 = doing business | ease of doing business\n", ""},
		{"too many", "府院联动 = " + manyNames(51) + "\n", "a.txt:1: 府院联动 has more than 50"},
	} {
		_, err := ask.ReadAliases("a.txt", tt.text)
		if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.err)) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
		}
	}
}

func manyNames(n int) string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("别名%d", i))
	}
	return strings.Join(names, "|")
}

// TestAliases wants a word to find what its other names do, in either script, each of
// them counted, and nothing else of it where words are asked for as typed.
func TestAliases(t *testing.T) {
	texts := []string{"建立府院联动机制", "召开府院联席会议", "府院联动与府院联席并行", "办理行政复议案件", "复议纠错", "府院会商"}
	var reports []*baogao.Report
	for i, text := range texts {
		reports = append(reports, &baogao.Report{
			Meta:       baogao.Meta{ID: fmt.Sprint(i)},
			Passages:   []baogao.Passage{{Paragraph: 1, Text: text + fmt.Sprintf("，第%d号材料所述", i)}},
			Paragraphs: []baogao.Paragraph{{Number: 1, Text: text + fmt.Sprintf("，第%d号材料所述", i)}},
		})
	}
	s := testkit.Open(t, reports)
	aliases, err := ask.ReadAliases("a.txt", "府院联动 = 府院联席 | 府院会商\n复议 = 行政复议\n府院联席 = 府院联动\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		question string
		exact    bool
		passages int
		counts   string
	}{
		{"府院联动", false, 4, "府院联动 2 府院联席 2 府院会商 1"},
		{"府院聯動", false, 4, "府院聯動 2 府院联席 2 府院会商 1"},
		{"府院联动", true, 2, ""},
		{"府院联席", false, 3, "府院联席 2 府院联动 2"},
		{"府院联动 并行", false, 1, "府院联动 1 府院联席 1 府院会商 0"},
		{"复议", false, 2, "复议 2 行政复议 1"},
		{"所述 -府院联动", false, 2, ""},
		{"府院", false, 4, ""},
		{"府院联动 OR 复议", false, 6, "府院联动 4 府院联席 4 府院会商 3 复议 6 行政复议 5"},
	} {
		q, err := ask.Read(ask.WithAliases(t.Context(), aliases), s, ask.Typed{Question: tt.question, Exact: tt.exact}, ask.English)
		if err != nil {
			t.Fatal(err)
		}
		q.Request.Exact = true
		res, err := q.Search(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		counts, err := q.CountAliases(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, c := range counts {
			said = append(said, fmt.Sprint(c.Name, " ", c.Passages))
		}
		if got := strings.Join(said, " "); res.Total.Passages != tt.passages || got != tt.counts {
			t.Errorf("%q, exact %v: %d passages, %q; want %d, %q", tt.question, tt.exact, res.Total.Passages, got, tt.passages, tt.counts)
		}
	}
	q, err := ask.Read(t.Context(), s, ask.Typed{Question: "府院联动"}, ask.English)
	if err != nil || q.Request.Query.String() != "府院联动" {
		t.Errorf("without aliases 府院联动 is asked for as %s, %v", q.Request.Query, err)
	}
}

// TestAliasesKeepTheBound wants a question whose aliases are too many to be refused.
func TestAliasesKeepTheBound(t *testing.T) {
	aliases, err := ask.ReadAliases("a.txt", "甲 = "+manyNames(50)+"\n乙 = "+manyNames(50)+"\n")
	if err != nil {
		t.Fatal(err)
	}
	s := testkit.Open(t, nil)
	ctx := ask.WithAliases(t.Context(), aliases)
	_, err = ask.Read(ctx, s, ask.Typed{Question: strings.Repeat("甲 OR 乙 OR ", query.MaxLeaves/100+1) + "丙"}, ask.English)
	if err == nil || !strings.Contains(err.Error(), "words with their aliases") {
		t.Errorf("%v", err)
	}
}
