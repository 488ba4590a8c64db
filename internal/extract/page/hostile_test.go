package page

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"baogao/internal/extract"
)

func TestPagesWithoutText(t *testing.T) {
	tests := []struct {
		in   string
		want error
	}{
		{`<html><frameset cols="20%,80%"><frame src="l.htm"><frame src="m.htm"><noframes>请用支持框架的浏览器</noframes></frameset></html>`, errFrames},
		{`<div id="app"></div><noscript>请启用 JavaScript</noscript><script src="app.js"></script>`, errScripted},
		{`<p>&nbsp;</p><img src="1.jpg">`, errNoText},
		{``, errNoText},
		{`<!-- 全是注释`, errNoText},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got, err := HTML([]byte(tt.in), extract.Limits{}); err != tt.want {
				t.Errorf("HTML(%q) = %q, %v, want %v", tt.in, got.Body, err, tt.want)
			}
		})
	}
}

func TestTextLimit(t *testing.T) {
	page := []byte("<p>" + strings.Repeat("字", 100))
	if _, err := HTML(page, extract.Limits{Bytes: 300}); err != nil {
		t.Errorf("a text of 300 bytes: %v", err)
	}
	if _, err := HTML(page, extract.Limits{Bytes: 299}); err == nil {
		t.Error("a text of 300 bytes passes a limit of 299")
	}
	if _, err := Markdown(strings.Repeat("字", 100), extract.Limits{Bytes: 299}); err == nil {
		t.Error("a Markdown of 300 bytes passes a limit of 299")
	}
}

// hostileSize is how many bytes of a hostile text are read.
const hostileSize = 1 << 19

// patience is how long half a megabyte of anything may take: a hundred times what
// as much prose takes on this machine as busy as it is, and five seconds. What
// grows with the square of the size takes longer.
func patience(read func(prose string)) time.Duration {
	const line = "全年受理行政复议案件十四件。\n\n"
	prose, start := strings.Repeat(line, hostileSize/len(line)), time.Now()
	read(prose)
	return 5*time.Second + 100*time.Since(start)
}

// TestHostileMarkup reads what nobody writes. The text at the end must be
// found all the same, in a time that grows with the size alone.
func TestHostileMarkup(t *testing.T) {
	if testing.Short() {
		t.Skip("what nobody writes is not read under -short")
	}
	limit := patience(func(prose string) { HTML([]byte(prose), extract.Limits{}) })
	fill := func(s string) string { return strings.Repeat(s, hostileSize/len(s)) }
	deep := func(s, e string, n int) string { return strings.Repeat(s, n) + "索引号" + strings.Repeat(e, n) }
	for _, in := range []string{
		fill("<div>"), fill("<p>x"), fill("<b>"), fill("<font a=1><p>x"), fill("<a href=x>"), fill("<table><tr><td>"),
		fill("<ul><li>"), fill("<h1>x"), fill("<ruby>字<rt>"), fill("<span hidden>字"), fill("</div>"), fill("<td>x"),
		strings.Repeat("<div>", 900) + fill("</p>"), strings.Repeat("<div>", 900) + fill("</span>"),
		"<ul>" + strings.Repeat("<b>", 900) + fill("<li></li>") + "</ul>", "<p " + fill("class=a ") + ">", "<p class='" + fill("a ") + "'>",
		"<title>" + fill("_字") + "</title>", fill("字 "), fill("字\n"), fill("&"), fill("< "), fill("<!-- -->"),
		fill(deep("<div>", "</div><div>甲</div>", 300)), fill(deep("<div>", "</div>", 300)), strings.Repeat("<table><tr><td>", 330) + fill("字<br>"),
		strings.Repeat("<div>", 900) + strings.Repeat("<br>", 1_000_000),
	} {
		t.Run(in[:min(len(in), 40)], func(t *testing.T) {
			start := time.Now()
			got, err := HTML([]byte(in+"<p>结尾的一句话，不能丢。"), extract.Limits{})
			took := time.Since(start)
			t.Logf("took %v of %v", took, limit)
			if took > limit {
				t.Error("that is too long")
			}
			if err != nil || !strings.Contains(got.Body, "结尾的一句话，不能丢。") {
				t.Errorf("the sentence at the end is lost, %v", err)
			}
		})
	}
}

func TestTooManyElements(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a page of 13 MB")
	}
	if _, err := HTML([]byte(strings.Repeat("<p>", maxNodes+2)), extract.Limits{}); err == nil || !strings.Contains(err.Error(), "split it") {
		t.Errorf("a page of %d elements: %v", maxNodes+2, err)
	}
}

// TestDepthLimit reads a page nested deeper than the limit: it comes out flat,
// and whole.
func TestDepthLimit(t *testing.T) {
	in := strings.Repeat("<div>层", 50) + prose + strings.Repeat("</div>尾", 50)
	got, err := HTML([]byte(in), extract.Limits{Depth: 10})
	if err != nil || strings.Count(got.Body, "层") != 50 || strings.Count(got.Body, "尾") != 50 {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

// FuzzHTML holds two laws: no page makes the reader panic, and of a page that
// is one paragraph of Chinese no character is lost.
func FuzzHTML(f *testing.F) {
	for _, name := range []string{"trs", "table2005", "catalogue", "broken", "word"} {
		data, err := os.ReadFile("testdata/html/" + name + ".html")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range []string{"<p>全县坚持依法行政。</p>", "<table><tr><td>一<td>二", "<p\x00<!--<a href='", "<ruby>字<rt>zì"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, err := HTML(data, extract.Limits{}); err == nil && strings.TrimSpace(got.Body) == "" {
			t.Errorf("HTML(%q) has neither text nor error", data)
		}
		text := han(string(data))
		if len(text) == 0 {
			return
		}
		got, err := HTML([]byte("<html><body><p>"+text+"</p></body></html>"), extract.Limits{})
		if err != nil || got.Body != text {
			t.Errorf("a paragraph of %q reads %q, %v", text, got.Body, err)
		}
		got, err = HTML([]byte("<div><ul><li><a href=/>首页</a></ul>"+string(data)+"</div>"), extract.Limits{})
		if err != nil && err != errNoText && err != errScripted && err != errFrames && !strings.Contains(err.Error(), "; ") {
			t.Errorf("an error without a next step: %v, %q", err, got.Body)
		}
	})
}

func han(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return r
		}
		return -1
	}, s)
}
