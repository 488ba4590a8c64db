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
	const sheet = "<style>/* .x{} */ body{color:red} @media print{.main{display:none}} div.seo, #seo { position: absolute; left: -9999px }</style>"
	for _, how := range []string{
		`style="display: none"`, `style="visibility:hidden"`, "hidden", `aria-hidden="true"`, `style="position:absolute;left:-9999px"`, `style="font-size: 0px"`,
		`style="height:0;overflow:hidden"`, `style="OPACITY:0 !important"`, `style="text-indent:-999em"`, `class="a Seo"`, `id="seo"`,
	} {
		got, err := HTML([]byte(sheet+"<div class=main>"+text+"</div><div "+how+">"+spam+"</div>"), extract.Limits{})
		if err != nil || strings.Contains(got.Body, "棋牌") || !strings.Contains(got.Body, "行政复议") {
			t.Errorf("%s: %v, %.60q", how, err, got.Body)
		}
		got, err = HTML([]byte(sheet+"<h1>年度报告</h1><div "+how+">"+text+"</div>"), extract.Limits{})
		if err != nil || !strings.Contains(got.Body, "行政复议") {
			t.Errorf("%s, the only text: %v, %.60q", how, err, got.Body)
		}
	}
}

// TestShownText: styles that move or shrink what is to be seen hide nothing.
func TestShownText(t *testing.T) {
	const text = "<p>全县受理行政复议案件二十一件，办结十九件，纠错率有所下降，各乡镇严格执行重大行政决策程序，加强执法监督，规范执法行为，提升服务水平，优化营商环境，推进政务公开，完善制度机制，强化责任落实，取得明显成效，人民群众满意度进一步提高。</p>"
	for _, how := range []string{
		`style="text-indent:-21.0pt;margin-left:-150px"`, `style="font-size:0.9em;opacity:0.95"`, `style="height:0"`, `style="width:0px;overflow:visible"`, `style="left:-1px"`,
		`class="tab"`, `class="pane on"`,
	} {
		got, err := HTML([]byte("<style>.list .tab{display:none} .on{display:none} .pane.on{display:block} .on{display:block}</style>"+text+"<div "+how+">这一段照常显示。</div>"), extract.Limits{})
		if err != nil || !strings.Contains(got.Body, "这一段照常显示") {
			t.Errorf("%s: %v, %.60q", how, err, got.Body)
		}
	}
	got, err := HTML([]byte(text+`<marquee height="1" width=1>在线投注</marquee><marquee height=80>滚动的通知</marquee>`), extract.Limits{})
	if err != nil || strings.Contains(got.Body, "投注") || !strings.Contains(got.Body, "滚动的通知") {
		t.Errorf("marquees: %v, %.400q", err, got.Body)
	}
}
