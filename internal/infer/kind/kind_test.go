package kind

import (
	"strings"
	"testing"

	"baogao/internal/infer/parts"
)

// TestMixed leaves open of what kind a text is that has a little of several kinds.
func TestMixed(t *testing.T) {
	filler := strings.Repeat("几年来各项事业都有了新的发展,人民群众的生活逐步改善。", 30)
	lines := []string{"主要任务已经提出。" + filler, "快递业务量增加,收支平衡,转移支付的办法照旧,学位、政协、房地产都有进展。" + filler}
	if got := Guess(parts.Read(parts.Source{Lines: lines})); got.Value != "" {
		t.Errorf("%s (%.2f), want none; %v", got.Value, got.Confidence, got.Candidates)
	}
}

func TestKinds(t *testing.T) {
	for _, tt := range []struct{ title, line, want string }{
		{"某镇2011年工作总结暨2012年工作要点", "2011年,我镇完成各项任务。", work},
		{"行署工作报告", "我代表行署作工作报告。", work},
		{"", "2022年,县审计局围绕中心,现将2022年工作总结和2023年工作安排报告如下:", work},
		{"", "2022年,我局推进依法行政,现将2022年工作情况报告如下:行政执法、行政复议、法治宣传都有进展。", ruleOfLaw},
		{"《2023年政府工作报告》名词解释", "一码通办:指凭一个二维码办事。", other},
		{"国务院召开会议 讨论政府工作报告", "会议认为,过去一年成绩不易。", other},
		{"常委会举行会议 审议预算执行情况的报告", "会议听取了预算执行情况的报告。", other},
		{"关于某县2021年预算执行情况的报告", "受县人民政府委托,现将预算执行情况报告如下。", budget},
		{"", "9月9日上午,县人大常委会举行第四十四次会议。会议听取并审议通过了县政府关于2019年财政决算草案和2020年上半年财政预算执行情况的报告。", other},
		{"", "2014年,塘湾乡人民政府信息公开工作紧紧围绕全乡工作大局,不断加强制度建设。", disclosure},
		{"", "(一)主动公开情况。2021年县乡村振兴局以县门户网站为主要公开平台,公开98条。(二)依申请公开情况。本年度未收到依申请公开件。", disclosure},
		{"某贸易公司诉某县人民政府补偿协议案", "县政府与该公司订立协议,2019年县政府作出决定。", other},
		{"在某地区2013年经济工作会议上的行署工作报告", "我代表行署,就2012年工作向会议报告。", work},
	} {
		source := parts.Source{Title: tt.title, Lines: []string{tt.line}}
		if got := Guess(parts.Read(source)); got.Value != tt.want {
			t.Errorf("%s %s: %s (%.2f), want %s; %v", tt.title, tt.line, got.Value, got.Confidence, tt.want, got.Candidates)
		}
	}
}
