package place_test

import (
	"strings"
	"testing"

	"baogao/internal/infer"
)

// TestPassing holds what is no report to no county or town by a name in passing, and what
// speaks as one to its place.
func TestPassing(t *testing.T) {
	for _, tt := range []struct{ name, title, text, region, level string }{
		{"news that visits", "一条链上的茶叶", "本报讯 记者在安吉县天荒坪镇看到,茶山上已经开工。\n在普安县,口岸仓正在验收。", "", ""},
		{"news with organs of a county", "茶叶开采", "本报讯 安吉县委书记说,全县开采。县政府组织采茶工到岗。", "", ""},
		{"news that is titled by its place", "浙江苍南:台风来临前", "本报讯 台风将至,当地转移群众。", "330327", "district"},
		{"a river of a province", "浙江省钱塘江管理条例", "第一条 为了管理钱塘江,制定本条例。\n第二条 省人民政府加强领导。\n第三条 本条例自发布之日起施行。", "", ""},
		{"a word in a title", "各地冬修水利加快推进", "本报讯 各地水利工程开工。", "", ""},
		{"a person in a title", "王岐山出席论坛", "本报讯 论坛开幕。", "", ""},
		{"whom a letter answers", "回信勉励上海市虹口区嘉兴路街道志愿者", "本报讯 回信全文播发。", "", ""},
		{"a case at court", "某某诉山东省济南市历城区人民政府补偿协议案", "第一条 原告不服。\n第二条 被告答辩。\n第三条 判决如下。", "", ""},
		{"a notice of a county", "安吉县人民政府办公室关于印发安吉县茶园管理办法的通知", "各乡镇人民政府:\n现印发给你们,请认真贯彻执行。\n安吉县人民政府办公室\n2022年3月1日", "330523", "district"},
		{"a notice that speaks as a county", "关于做好防汛工作的通知", "各乡镇:\n为做好我县防汛工作,经安吉县人民政府同意,现通知如下。\n一、我县各单位值守。\n特此通知。", "330523", "district"},
		{"a scenic area that a law calls its own", "碧螺湾风景区筹备处规程", "第一条 为办理碧螺湾风景特定区(以下简称本区)筹备事宜,制定本规程。\n第二条 本区土地的取得。\n第三条 本区军事设施搬迁。", "", ""},
		{"any town of a law", "义务劳动办法", "第一条 为组织劳动,制定本办法。\n第二条 以本乡镇为限。\n第三条 在本乡镇以外有职业的,除外。", "", ""},
		{"a prefecture abroad", "新闻摘要", "本报讯 日本熊本县发生地震。\n熊本县交通受阻,熊本县政府设立对策本部。", "", ""},
		{"courts listed below a paper", "最高人民法院关于相互认可判决的安排", "第一条 依照基本法,制定本安排。\n第二条 判决的范围。\n第三条 附件列明法院。\n成都高新技术产业开发区人民法院\n洛阳市高新技术开发区人民法院", "", ""},
		{"a bureau of a ministry for zones", "经济部产业园区管理局编制表", "本编制表依组织法订定。", "", ""},
		{"an office of a city that ends like a district", "辅导委员会台北市服务处编制表", "本编制表依组织法订定。", "", ""},
	} {
		in := infer.Infer(infer.Document{Title: tt.title, Lines: strings.Split(tt.text, "\n")})
		below := in.Region.Value
		if tt.region == "" && len(below) == 6 && below[4:] == "00" {
			below = "" // what it lies in may be told
		}
		if below != tt.region || tt.level != "" && in.Level.Value != tt.level || tt.level == "" && (in.Level.Value == "district" || in.Level.Value == "street") {
			t.Errorf("%s: kind %s, region %s (%.2f), level %s, want %s, %s", tt.name, in.Kind.Value, in.Region.Value, in.Region.Confidence, in.Level.Value, tt.region, tt.level)
		}
	}
}

// TestNoCountry holds what any government calls its organs to say nothing for the country.
func TestNoCountry(t *testing.T) {
	in := infer.Infer(infer.Document{Lines: []string{
		"第五条 烟花的标准由公安部门会同财政部门核定,商务部门配合。", "第六条 国家机关的办公场所、省级以上经济开发区,不得燃放。",
		"第七条 民政部门、公安部门和财政部门各负其责。", "第八条 国家机关和国家工作人员应当带头。",
	}})
	if in.Region.Value != "" || in.Level.Value != "" {
		t.Errorf("region %s (%.2f), level %s, want none", in.Region.Value, in.Region.Confidence, in.Level.Value)
	}
}

// TestListed holds reports that name no division to the county of the towns that they list.
func TestListed(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"宋家沟、三井、岚漪三镇建成服务站。", "140929"},
		{"组织平海、稔山、黄埠等镇执法人员培训。", "441323"},
		{"太平镇建成服务站。", ""}, // one town is no list
		{"甲镇、乙镇、丙镇建成服务站。", ""},
	} {
		in := infer.Infer(infer.Document{Title: "2021年法治政府建设情况报告", Lines: []string{"2021年,县农业农村局坚持依法行政,现将有关情况报告如下。", "一、规范执法。" + tt.line, "我县执法人员全部持证。"}})
		if got := in.Region.Value; got != tt.want && !(tt.want == "" && len(got) == 9) {
			t.Errorf("%s: %s (%.2f), want %s; %v", tt.line, got, in.Region.Confidence, tt.want, in.Region.Candidates)
		}
	}
}
