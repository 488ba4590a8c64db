package infer

import (
	"testing"

	"baogao"
)

// TestAbroad reads texts about other states in which the short names of places
// stand by chance, and texts of places that speak of other states.
func TestAbroad(t *testing.T) {
	for _, tt := range []struct {
		title, text   string
		region, level string // "" is unknown
		sure          bool   // as certain as what is shown without a mark
	}{
		{"伊朗称伊美谈判取得进展", "伊朗外交部发言人表示，伊美双方同意下周再次举行会谈。美国方面没有回应。", "", "", false},
		{"俄称多地遇袭 乌称多处受损", "俄罗斯国防部通报，俄军拦截无人机。乌克兰方面说，多处设施受损。", "", "", false},
		{"某州抗议持续", "美国明尼苏达州多地举行抗议，美国马里兰州也有集会。", "", "", false},
		{"亚拉巴马州进入紧急状态", "飓风在美国东南部登陆，美国亚拉巴马州宣布进入紧急状态。", "", "", false},
		{"世界大学生运动会在成都开幕", "来自法国、日本等地的运动员抵达成都。", "", "", false},
		{"代表团访问北京", "法国和德国的代表团在北京访问。", "110000", "province", true},
		{"德州市外贸稳步增长", "德州对德国、日本出口增长两成。", "371400", "city", true},
		{"德州外贸稳步增长", "全市对德国、日本、韩国出口增长两成，市政府出台措施。", "371400", "city", true},
		{"山东德州外贸稳步增长", "当地对德国、日本出口增长两成。", "371400", "city", true},
		{"凉山州2021年法治政府建设情况", "凉山州人民政府与美国、法国的友好城市交流，依法办理涉外案件。", "513400", "city", true},
		{"成都大力发展会展业", "成都全年举办展览80场，来自德国的企业首次参展。", "510100", "city", true},
	} {
		in := Infer(Document{Title: tt.title, Lines: []string{tt.text}})
		sure := in.Region.Value != "" && in.Region.Confidence >= baogao.SureEnough
		if in.Region.Value != tt.region || in.Level.Value != tt.level || sure != tt.sure {
			t.Errorf("%s: region %q %v, level %q %v, want %q, %q, sure %t", tt.title, in.Region.Value, in.Region.Confidence, in.Level.Value, in.Level.Confidence, tt.region, tt.level, tt.sure)
		}
	}
}
