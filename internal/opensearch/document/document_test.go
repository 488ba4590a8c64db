package document

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"baogao"
)

// TestRuns makes the pairs of units that the cluster finds words by.
func TestRuns(t *testing.T) {
	for text, want := range map[string]string{
		"":       "",
		"复议":     "复␟议 议␟ ",
		"复 议":    "复␟␠ ␠␟议 议␟ ",
		"12件":    "12␟件 件␟ ",
		"PDF 文件": "pdf␟␠ ␠␟文 文␟件 件␟ ",
	} {
		if got := runIn(text); got != want {
			t.Errorf("%q runs as %q, want %q", text, got, want)
		}
	}
}

// TestTokens makes terms ones that the cluster parts at blanks and does not cut.
func TestTokens(t *testing.T) {
	if got := Token("a b\tc\x00"); got != "a␠b␠c␠" {
		t.Errorf("%q", got)
	}
	long := strings.Repeat("长", 60)
	if a, b := Token(long), Token(long+"长"); a == b || len(a) > longestToken || a != Token(long) {
		t.Errorf("%q and %q", a, b)
	}
}

// TestDocuments makes documents of a report and the report of them again, and fills
// what their sources do not keep.
func TestDocuments(t *testing.T) {
	r := &baogao.Report{
		Meta: baogao.Meta{ID: "a.txt", Title: "年度报告", Year: 2023, Kind: "rule-of-law", Level: "city"},
		Passages: []baogao.Passage{
			{Paragraph: 1, Text: "一、概况", Section: []string{}, Heading: 1},
			{Paragraph: 2, Piece: 1, Text: "办理复议", Section: []string{"一、概况"}, Figures: 2},
			{Paragraph: 2, Piece: 2, Text: "案件12件。", Section: []string{"一、概况"}, Plan: true},
		},
	}
	f := FacetsOf(r)
	class, err := ParseClass(f.Class)
	if err != nil || class.Reported != 2023 || class.Level != "city" || f.Chars != 14 {
		t.Errorf("%+v of class %+v, %v", f, class, err)
	}
	d := Report{Facets: f, Details: Details{Meta: r.Meta}}
	var passages []Passage
	for i := range r.Passages {
		made := PassageOf(&r.Passages[i], f)
		made.Index(&r.Meta)
		made.Streams, made.Region, made.Level, made.Kind, made.Code, made.Name = Streams{}, nil, "", "", "", ""
		text, err := json.Marshal(made)
		if err != nil {
			t.Fatal(err)
		}
		var p Passage
		if err := json.Unmarshal(text, &p); err != nil {
			t.Fatal(err)
		}
		p.Complete(&r.Meta)
		if !reflect.DeepEqual(p.Facets, f) {
			t.Errorf("facets %+v, of %+v", p.Facets, f)
		}
		passages = append(passages, p)
	}
	back := d.Whole(passages)
	if !reflect.DeepEqual(back.Passages, r.Passages) {
		t.Errorf("passages %+v, of %+v", back.Passages, r.Passages)
	}
	if len(back.Paragraphs) != 2 || back.Paragraphs[1].Text != "办理复议案件12件。" {
		t.Errorf("paragraphs %+v", back.Paragraphs)
	}
}
