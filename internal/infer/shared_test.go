package infer

import (
	"testing"
)

// TestSharedNames holds a shared name to what tells which place it is, and to
// no answer where nothing does.
func TestSharedNames(t *testing.T) {
	tests := []struct {
		name, path string
		lines      []string
		want       string
	}{
		{"鼓楼区 and nothing else", "", []string{"鼓楼区坚持依法行政,全区行政执法更加规范,区政府学法9次,我区复议案件31件。"}, ""},
		{"鼓楼区, city", "", []string{"鼓楼区坚持依法行政,全区行政执法更加规范,区政府学法9次。", "开封市考核为优秀。"}, "410204"},
		{"鼓楼区, one city oftener", "", []string{"鼓楼区坚持依法行政,全区行政执法更加规范。", "南京市政府肯定,南京市司法局指导,南京市试点,徐州市来访。"}, "320106"},
		{"鼓楼区, a city that is visited", "", []string{"鼓楼区坚持依法行政,全区行政执法更加规范。", "组织骨干赴徐州市考察,福州市督察组给予肯定。"}, "350102"},
		{"鼓楼区, folder", "江苏省/徐州市/鼓楼.txt", []string{"全区坚持依法行政,区政府学法9次,我区复议案件31件。"}, "320302"},
		{"鼓楼区, folder of the year between", "江苏省/徐州市/2023/鼓楼.txt", []string{"全区坚持依法行政,区政府学法9次,我区复议案件31件。"}, "320302"},
		{"鼓楼区, number", "", []string{"徐鼓政发〔2023〕8号", "鼓楼区人民政府关于2022年度法治政府建设情况的报告", "2022年,我区坚持依法行政。"}, "320302"},
		{"通江街道, city", "", []string{"通江街道2023年度法治政府建设总结", "街道党工委学法6次,我街道化解纠纷,哈尔滨市试点。"}, "230102010"},
		{"东湖街道, shared district", "", []string{"东湖街道2024年度法治政府建设情况", "街道工委学法6次,我街道宣传朝阳区产业政策。"}, "110105043"},
		{"中村乡, unit above", "", []string{"中村乡2025年法治政府建设情况", "在市委、市政府的领导下,我乡依法行政,乡党委学法6次。"}, "532302201"},
		{"towns of one county", "", []string{"全区推进综合执法,白马镇、史家镇、凌家镇挂牌,区政府学法9次,我区复议案件31件。"}, "511002"},
		{"a town of two words in a longer name", "", []string{"2025年,银杏大街街道坚持依法行政,街道党工委学法6次,我街道化解纠纷。"}, ""},
		{"a town that is in no table", "", []string{"2025年,银杏大街街道坚持依法行政,街道党工委学法6次,文峰区司法局指导,文峰区委督察。"}, "410502"},
		{"科技工业园 is no town", "", []string{"建设科技工业园,全市科技工业园产值增长。"}, ""},
		{"branch of a bureau", "", []string{"北京市公安局朝阳分局2023年法治政府建设情况报告", "朝阳分局规范执法。"}, "110105"},
		{"a word that is a district, with its congress", "", []string{"政府工作报告", "——2023年1月5日在城区第十九届人民代表大会第三次会议上", "我区获评晋城市先进,全区增长6%。"}, "140502"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := Infer(Document{Path: tt.path, Lines: tt.lines})
			if in.Region.Value != tt.want {
				t.Errorf("region = %q (%.2f), want %q; %v", in.Region.Value, in.Region.Confidence, tt.want, in.Region.Candidates)
			}
		})
	}
}
