package page

import (
	"strings"
	"testing"

	"baogao/internal/extract"
)

// TestMarksWithinLines: struck text goes, raised digits stay raised, and a hard
// blank parts no word of a sentence.
func TestMarksWithinLines(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"<p>全县受理<del>三十</del>三十一件，办结<s>旧数</s>三十件。</p>", "全县受理三十一件，办结三十件。"},
		{"<p>全县受理<span style='text-decoration: line-through'>三十</span>三十一件。</p><strike>删去的一段。</strike><p>后文。</p>", "全县受理三十一件。\n后文。"},
		{"<s><p>没有关闭的删除线后面是全文。</p><p>第二段也在。</p>", "没有关闭的删除线后面是全文。\n第二段也在。"},
		{"<p>深化改革<sup>1</sup>举措，面积3m<sup>2</sup>，见<sup>[12]</sup>。</p>", "深化改革¹举措，面积3m²，见[12]。"},
		{"<p>加强综合<b>执法</b>&nbsp;<b>大队</b>建设，人员&nbsp;&nbsp;到位。</p>", "加强综合执法大队建设，人员  到位。"},
		{"<p>时间：2023-01-20&nbsp;来源：办公室&nbsp;作者：周平。</p>", "时间：2023-01-20 来源：办公室 作者：周平。"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			if got, err := HTML([]byte(tt.in), extract.Limits{}); err != nil || got.Body != tt.want {
				t.Errorf("%q, %v, want %q", got.Body, err, tt.want)
			}
		})
	}
}

// TestHiddenText: beside a text that is shown, what is hidden is put there for
// search engines; where nothing else holds text, it is the text.
func TestHiddenText(t *testing.T) {
	text := strings.Repeat("<p>全县受理行政复议案件二十一件，办结十九件，纠错率有所下降。</p>", 8)
	spam := strings.Repeat("棋牌游戏，在线投注，注册送彩金。", 30)
	for _, how := range []string{`style="display: none"`, `style="visibility:hidden"`, "hidden", `aria-hidden="true"`} {
		got, err := HTML([]byte("<div>"+text+"</div><div "+how+">"+spam+"</div>"), extract.Limits{})
		if err != nil || strings.Contains(got.Body, "棋牌") || !strings.Contains(got.Body, "行政复议") {
			t.Errorf("%s: %v, %.60q", how, err, got.Body)
		}
		got, err = HTML([]byte("<h1>年度报告</h1><div "+how+">"+text+"</div>"), extract.Limits{})
		if err != nil || !strings.Contains(got.Body, "行政复议") {
			t.Errorf("%s, the only text: %v, %.60q", how, err, got.Body)
		}
	}
}
