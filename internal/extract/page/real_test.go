package page

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strings"
	"testing"

	"baogao/internal/extract"
)

// realText is a line of the collected texts.
type realText struct{ ID, Title, Text, HTML string }

// realTexts reads a file of texts that is no part of the project.
func realTexts(t *testing.T, name, what string) []realText {
	t.Helper()
	file := "../../../../shared/data/" + name
	in, err := os.Open(file)
	if err != nil {
		t.Skip(file + " is missing: " + what)
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	var texts []realText
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		var text realText
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := lines.Err(); err != nil || len(texts) == 0 {
		t.Fatalf("%s: %d texts, %v", file, len(texts), err)
	}
	return texts
}

// missing are the lines of a text that a body does not hold.
func missing(text, body string) []string {
	body = letters(body)
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.Contains(body, letters(line)) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

// TestRealPages compares the text of pages of the central government with the
// text that others took out of them: no line of theirs may be missing.
func TestRealPages(t *testing.T) {
	pages := 0
	for _, page := range realTexts(t, "policy_pages.jsonl.gz", "25 pages with the text others took out of them") {
		if page.HTML == "" {
			continue
		}
		pages++
		got, err := HTML([]byte(page.HTML), extract.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", page.ID, err)
		}
		if lost := missing(page.Text, got.Body); len(lost) > 0 {
			t.Errorf("%s: missing %q", page.ID, lost)
		}
	}
	if pages == 0 {
		t.Error("no pages among the texts")
	}
}

// Chrome of a made-up site, without names that would tell what it is.
const (
	siteHead = `<div><ul><li><a href=/a>首页</a><li><a href=/b>政务公开</a><li><a href=/c>办事服务</a><li><a href=/d>互动交流</a></ul></div>`
	siteSide = `<div><h3>栏目</h3><ul><li><a href=1>机构职能</a><li><a href=2>政策文件</a><li><a href=3>财政信息</a></ul></div>`
	siteFoot = `<div><a href=5>上一篇：某某通知</a><a href=6>下一篇：某某公告</a></div><div>主办单位：某某市人民政府办公室　未经许可，不得转载。</div>`
)

// layouts are ways to set the lines of a text in a page.
var layouts = []struct {
	name  string
	write func(lines []string) string
}{
	{"paragraphs", func(l []string) string { return siteSide + "<div>" + each("<p>", "</p>", l) + "</div>" }},
	{"line ends in a cell", func(l []string) string {
		return "<table><tr><td>" + siteSide + "</td><td>&nbsp;</td><td>" + each("", "<br>", l) + "</td></tr></table>"
	}},
	{"tags left open", func(l []string) string { return siteSide + "<div>" + each("<p><font size=3><b>", "", l) }},
	{"blocks left open", func(l []string) string { return siteSide + each("<div>", "", l) }},
	{"no container", func(l []string) string { return each("<div><div>", "</div></div>", l) + siteSide }},
	{"rows", func(l []string) string { return siteSide + "<table>" + each("<tr><td>", "</td></tr>", l) + "</table>" }},
	{"three parts", func(l []string) string {
		a, b := len(l)/5, len(l)/2
		part := func(l []string) string { return "<div>" + each("<p>", "</p>", l) + "</div>" }
		return part(l[:a]) + siteSide + part(l[a:b]) + siteSide + part(l[b:])
	}},
}

func each(before, after string, lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(before + html.EscapeString(l) + after)
	}
	return b.String()
}

// TestRealTextsInPages sets real reports in pages of every layout: no line may
// be lost.
func TestRealTextsInPages(t *testing.T) {
	for _, r := range realTexts(t, "province_work_reports_2026.jsonl.gz", "15 reports of provinces") {
		for _, layout := range layouts {
			page := fmt.Sprintf("<title>%s_某某市人民政府</title>%s%s%s", html.EscapeString(r.Title), siteHead, layout.write(strings.Split(r.Text, "\n")), siteFoot)
			got, err := HTML([]byte(page), extract.Limits{})
			if err != nil {
				t.Fatalf("%s: %s: %v", r.ID, layout.name, err)
			}
			if lost := missing(r.Text, got.Body); len(lost) > 0 {
				t.Errorf("%s: %s: missing %q", r.ID, layout.name, lost)
			}
			if strings.Contains(got.Body, "互动交流\n") && !strings.Contains(r.Text, "互动交流\n") {
				t.Errorf("%s: %s: the menu is in the text", r.ID, layout.name)
			}
		}
	}
}
