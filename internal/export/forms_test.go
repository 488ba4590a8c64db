package export_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao"
	"baogao/internal/export"
)

// harmful is a hit of which every text would be more than text as a formula, as HTML
// or as Markdown.
func harmful() *baogao.Hit {
	return &baogao.Hit{
		ID: "a#p1", Score: 2.5, Report: baogao.Meta{ID: "a", Title: "=HYPERLINK(\"x\")<b>", Year: 2022, Region: baogao.Region{Name: "[某]区"}},
		Paragraph: 1, Text: "办结*行政复议*<script>1_2_3\n# 第二行", Highlights: []baogao.Span{{Start: 3, End: 7}},
	}
}

// about is what a file says of itself.
var about = [][2]string{{"question", "复议 *"}, {"year", "2022"}}

// TestXLSX reads hits back, with as many columns as CSV has, and what the file says
// of itself.
func TestXLSX(t *testing.T) {
	var b bytes.Buffer
	w := export.New(&b, "xlsx", export.Options{About: about})
	for range 3 {
		if err := w.Write(harmful()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("hits")
	if err != nil || len(rows) != 4 || strings.Join(rows[0], " ") != strings.Join(export.Columns, " ") {
		t.Fatalf("%q, %v", rows, err)
	}
	got := map[string]string{}
	for i, name := range rows[0] {
		if i < len(rows[1]) {
			got[name] = rows[1][i]
		}
	}
	for name, want := range map[string]string{
		"title": "=HYPERLINK(\"x\")<b>", "year": "2022", "score": "2.5", "occurrences": "1", "text": "办结*行政复议*<script>1_2_3\n# 第二行", "plan": "false", "issuer": "",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if said, err := f.GetRows("about"); err != nil || len(said) != 2 || said[0][1] != "复议 *" || said[1][0] != "year" {
		t.Errorf("the file says of itself %q, %v", said, err)
	}

	b.Reset()
	if err := export.New(&b, "xlsx", export.Options{Grouped: true}).Flush(); err != nil {
		t.Fatal(err)
	}
	empty, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	if rows, err := empty.GetRows("hits"); err != nil || len(rows) != 1 || rows[0][len(rows[0])-1] != "report_occurrences" {
		t.Errorf("without hits the rows are %q, %v", rows, err)
	}
}

// TestMarkdown wants a hit as it is to be read, its marks in bold and nothing else
// that Markdown or HTML would act on.
func TestMarkdown(t *testing.T) {
	var b bytes.Buffer
	w := export.New(&b, "md", export.Options{About: about})
	if err := w.Write(harmful()); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`- question: 复议 \*` + "\n- year: 2022\n",
		`1. =HYPERLINK("x")&lt;b&gt;（\[某\]区，2022年度）` + "\n\n",
		`   > 办结\***行政复议**\*&lt;script&gt;1\_2\_3` + "\n" + `   > \# 第二行` + "\n\n   ",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s\ndoes not hold\n%s", &b, want)
		}
	}
	if strings.Contains(b.String(), "<script>") {
		t.Errorf("HTML stands in %s", &b)
	}
}
