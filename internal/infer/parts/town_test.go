package parts

import (
	"testing"

	"baogao/internal/gazetteer"
)

// named are the codes of the last place that a line of a document names, with the first one
// that it lies in and whether that was read as standing above it.
func named(l Line) (code string, inner bool) {
	for i, m := range l.Mentions {
		if i == len(l.Mentions)-1 {
			return m.Places[0].Code(), inner
		}
		inner = m.Inner
	}
	return "", false
}

// TestFormerTowns reads the names of towns that are in the table as what they have become.
func TestFormerTowns(t *testing.T) {
	for _, tt := range []struct {
		title, want string
		inner       bool // behind what it lies in
	}{
		{"长兴县雉城镇2009年度工作总结", "330522001", true},
		{"铜梁县蒲吕镇2010年工作总结", "500151004", true},     // the county is a district now
		{"南湖区七星镇2011年工作总结", "330402015", true},     // there are towns of the name elsewhere
		{"盘县淤泥乡2013年工作总结", "520281210", true},      // 淤泥彝族乡 of what is 盘州市 now
		{"潜江市泰丰办事处2018年工作总结", "429005005", true},   // 泰丰街道
		{"(江苏)2021年太仓市浮桥镇工作总结", "320585103", true}, // as a mirror writes it
		{"雉城镇2009年度工作总结", "330522001", false},
		{"苏州高新区(虎丘区)2022年工作总结", "320505", true},
	} {
		d := Read(Source{Title: tt.title})
		code, inner := named(d.Title[0])
		if code != tt.want || inner != tt.inner {
			t.Errorf("%s: %s, inner %t, want %s, %t; %v", tt.title, code, inner, tt.want, tt.inner, d.Title[0].Mentions)
		}
	}
}

// TestFormerNeedsTable holds names that no town has or had to none.
func TestFormerNeedsTable(t *testing.T) {
	for _, text := range []string{"推进小城镇建设", "我镇2020年工作总结", "各乡镇人民政府", "甲乙丙镇2020年"} {
		if name := former(text); name != "" {
			t.Errorf("%s: %s", text, name)
		}
	}
}

func TestSucceeds(t *testing.T) {
	for _, tt := range []struct {
		now, then string
		want      bool
	}{{"500151", "500224", true}, {"520281", "520222", true}, {"520281", "520281", false}, {"520221", "520222", false}} {
		p, _ := gazetteer.ByCode(tt.now)
		q, _ := gazetteer.ByCode(tt.then)
		if got := Succeeds(p, q); got != tt.want {
			t.Errorf("%s after %s: %t", p.Name(), q.Name(), got)
		}
	}
}

func TestOddlySpaced(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want bool
	}{
		{"某某 县 自然资源 局 2023年 政府信息 公开 情况", true},
		{"首页 政务公开 办事服务 互动交流 新闻中心", false}, // a menu
		{"2023年,我县 坚持依法行政,现将有关情况报告如下", false},
	} {
		if got := oddlySpaced(tt.in); got != tt.want {
			t.Errorf("%s: %t", tt.in, got)
		}
	}
}

func TestAddressInText(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"本报告可从网站(www.qichun.gov.cn)下载", "http://www.qichun.gov.cn"},
		{"可发邮件至信箱jtj@huidong.gov.cn。", "http://huidong.gov.cn"},
		{"网址:https://www.anji.gov.cn/a.html", "https://www.anji.gov.cn/a.html"},
		{"www.example.com", ""},
	} {
		if got := Read(Source{Lines: []string{tt.line}}).Address; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
		}
	}
}
