package infer

import (
	"reflect"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/infer/poll"
)

// A hard case is a document invented for what is difficult about it.
var hardCases = []struct {
	name                      string
	doc                       Document
	region, level, year, kind string // "-" where it does not matter
}{
	{"shared name, city only in the text", Document{
		Title: "鼓楼区人民政府关于2021年度法治政府建设情况的报告",
		Lines: []string{
			"2021年,鼓楼区在市委、市政府的坚强领导下,深入推进法治政府建设,现将有关情况报告如下:",
			"一、主要做法", "区政府常务会议学法12次,全区行政执法人员全部持证上岗,福州市首个区级复议中心在我区揭牌。",
			"二、存在问题", "全区行政执法力量不足,规范性文件审查还不够细。",
			"鼓楼区人民政府", "2022年2月10日"},
	}, "350102", "district", "2021", ruleOfLaw},
	{"shared name without a clue", Document{
		Title: "市中区人民政府2020年度法治政府建设情况报告",
		Lines: []string{"2020年,我区扎实推进依法行政工作,全区行政复议案件办结率100%,区政府规范性文件全部备案。"},
	}, "", "district", "2020", ruleOfLaw},
	{"district that ended, report of its time", Document{
		Title: "卢湾区2009年度依法行政工作情况报告",
		Lines: []string{"2009年,卢湾区认真贯彻国务院《全面推进依法行政实施纲要》,全区行政执法水平不断提高。", "卢湾区人民政府", "2010年1月20日"},
	}, "310103", "district", "2009", ruleOfLaw},
	{"shared name, one of them ended before the report", Document{
		Title: "市中区政府工作报告",
		Lines: []string{"——2024年1月10日在市中区第十九届人民代表大会第三次会议上", "各位代表:", "现在,我代表区人民政府向大会报告工作,请予审议。",
			"一、2023年工作回顾", "过去一年,全区地区生产总值增长6%,济南市重点项目考核居全市前列,山东省级园区落户我区。"},
	}, "370103", "district", "2023", work},
	{"shared name, report from before the other ended", Document{
		Title: "济宁市市中区人民政府2010年依法行政工作报告",
		Lines: []string{"2010年,市中区各部门认真落实依法行政各项要求,区政府受理行政复议申请9件。"},
	}, "370802", "district", "2010", ruleOfLaw},
	{"county made a district", Document{
		Title: "双流县人民政府2013年度依法行政工作报告",
		Lines: []string{"2013年,双流县委、县政府坚持依法行政,全县清理规范性文件30件。", "双流县人民政府", "2014年1月8日"},
	}, "510122", "district", "2013", ruleOfLaw},
	{"zone of a city", Document{
		Title: "合肥高新区2022年度法治政府建设工作报告",
		Lines: []string{"2022年,合肥高新区管委会坚持依法行政,园区行政执法更加规范。", "合肥高新技术产业开发区管理委员会", "2023年1月5日"},
	}, "340176", "district", "2022", ruleOfLaw},
	{"zone that is not in the table", Document{
		Title: "遂宁经济技术开发区管理委员会关于2023年度法治政府建设情况的报告",
		Lines: []string{"2023年,遂宁经开区坚持法治引领,行政执法质量稳步提升。", "遂宁经济技术开发区管理委员会", "2024年1月15日"},
	}, "510900", "district", "2023", ruleOfLaw},
	{"corps", Document{
		Title: "新疆生产建设兵团2022年法治政府建设情况报告",
		Lines: []string{"2022年,兵团坚持以习近平法治思想为指导,深入推进法治兵团建设,行政执法队伍更加规范。", "新疆生产建设兵团", "2023年3月30日"},
	}, "650000", "province", "2022", ruleOfLaw},
	{"autonomous prefecture", Document{
		Title: "凉山州人民政府2021年度法治政府建设工作报告",
		Lines: []string{"2021年,凉山州深入推进法治政府建设,全州行政执法监督不断加强,西昌市、会理市入选省级示范。", "凉山彝族自治州人民政府", "2022年2月25日"},
	}, "513400", "city", "2021", ruleOfLaw},
	{"autonomous county", Document{
		Title: "2022年北川县法治政府建设报告",
		Lines: []string{"2022年,北川羌族自治县坚持依法行政,全县行政执法案卷评查优秀率98%。", "北川羌族自治县人民政府", "2023年1月30日"},
	}, "510726", "district", "2022", ruleOfLaw},
	{"autonomous region calls itself 全区", Document{
		Title: "2023年自治区政府工作报告",
		Lines: []string{"各位代表:", "现在,我代表自治区人民政府,向大会报告工作,请予审议。", "一、2022年工作回顾",
			"全区地区生产总值增长2.9%,南宁市、柳州市、桂林市、北海市增速加快。", "我区对东盟进出口大幅增长,全区粮食总产量创新高,广西形象更加亮丽。"},
	}, "450000", "province", "2022", work},
	{"department", Document{
		Title: "南京市鼓楼区司法局2022年度法治政府建设情况报告",
		Lines: []string{"2022年,区司法局在区委、区政府的领导下,认真履行行政复议、行政应诉职责。", "南京市鼓楼区司法局", "2023年1月12日"},
	}, "320106", "district", "2022", ruleOfLaw},
	{"department of a province", Document{
		Title: "四川省教育厅2023年法治政府建设工作情况",
		Lines: []string{"2023年,四川省教育厅坚持依法治教,修订行政规范性文件管理办法,全省依法治校示范校达到500所。"},
	}, "510000", "province", "2023", ruleOfLaw},
	{"town", Document{
		Title: "三家镇2023年度法治政府建设工作总结",
		Lines: []string{"2023年,三家镇在区委、区政府的坚强领导下,深入推进依法行政,镇党委带头学法。", "遂宁市安居区三家镇人民政府", "2023年12月20日"},
	}, "510904110", "street", "2023", ruleOfLaw},
	{"fragment of a street", Document{
		Lines: []string{"街道党工委坚持每月学法,街道综合行政执法大队全年开展执法检查300余次,化解纠纷45件。",
			"我街道组织法律顾问审查合同80份,街道司法所开展法治宣传20场,莞城街道人大工委对依法行政情况开展评议。", "下一步,莞城街道将持续规范行政执法。2023年普法活动覆盖各社区。"},
	}, "441900006", "street", "2023", "-"},
	{"clue only in the path", Document{
		Path:  "四川/遂宁/安居区2022.txt",
		Lines: []string{"一是深入学习。全区组织学法活动40场。", "二是规范执法。我区行政执法人员全部持证,区政府重大行政决策全部合法性审查,行政复议案件全部办结。"},
	}, "510904", "district", "2022", ruleOfLaw},
	{"title only in the path", Document{
		Path:  "reports/2024年沈阳市政府工作报告.txt",
		Lines: []string{"全市地区生产总值增长6.1%,固定资产投资增长7%。", "我市新增市场主体20万户,民生实事全部办结。"},
	}, "210100", "city", "2023", work},
	{"county under a province", Document{
		Title: "仙桃市2022年政府工作报告",
		Lines: []string{"各位代表:", "现在,我代表市人民政府向大会报告工作,请予审议。", "2021年,全市上下奋力拼搏,地区生产总值突破900亿元。"},
	}, "429004", "district", "2021", work},
	{"municipality", Document{
		Title: "上海市2022年法治政府建设情况报告",
		Lines: []string{"2022年,上海市坚持全面依法治市,本市行政复议体制改革全面落地,浦东新区法规制定稳步推进。", "上海市人民政府", "2023年3月28日"},
	}, "310000", "province", "2022", ruleOfLaw},
	{"whole country", Document{
		Title: "2024年国务院政府工作报告",
		Lines: []string{"各位代表:", "现在,我代表国务院,向大会报告政府工作,请予审议。", "一、2023年工作回顾", "过去一年,我国国内生产总值增长5.2%。"},
	}, baogao.CountryCode, "country", "2023", work},
	{"law", Document{
		Title: "四川省行政执法监督条例",
		Lines: []string{"第一条 为了加强行政执法监督,根据有关法律,结合四川省实际,制定本条例。", "第二条 本省行政区域内的行政执法监督适用本条例。", "第三条 本条例自2022年1月1日起施行。"},
	}, "510000", "province", "-", other},
	{"plan for the rule of law is no report", Document{
		Title: "安居区法治政府建设实施方案",
		Lines: []string{"为深入推进法治政府建设,制定本方案。", "一、总体要求", "到2025年,全区法治政府建设取得明显进展。", "二、保障措施", "各责任单位要加强领导。"},
	}, "510904", "district", "-", other},
	{"addressed to the bureaus of all cities", Document{
		Title: "关于做好2022年行政执法案卷评查工作的通知",
		Lines: []string{"各市司法局:", "为规范行政执法,现就做好案卷评查工作通知如下。", "特此通知。"},
	}, "", "province", "2022", other},
	{"addressed to the government above", Document{
		Lines: []string{"市人民政府:", "2022年,我区认真落实法治政府建设各项任务,现将法治政府建设情况报告如下:", "芜湖市湾沚区行政执法人员全部持证上岗,区政府复议案件办结率100%。"},
	}, "340210", "district", "2022", ruleOfLaw},
	{"nothing known", Document{Lines: []string{"天气晴朗。"}}, "", "", "", ""},
	{"empty", Document{}, "", "", "", ""},
}

func TestInfer(t *testing.T) {
	for _, tt := range hardCases {
		t.Run(tt.name, func(t *testing.T) {
			in := Infer(tt.doc)
			for _, f := range []struct {
				field string
				got   Guess
				want  string
			}{{"region", in.Region, tt.region}, {"level", in.Level, tt.level}, {"year", in.Year, tt.year}, {"kind", in.Kind, tt.kind}} {
				if f.want != "-" {
					checkGuess(t, f.field, f.got, f.want)
				}
			}
		})
	}
}

func checkGuess(t *testing.T, field string, got Guess, want string) {
	t.Helper()
	if got.Value != want {
		t.Errorf("%s = %q (%.2f), want %q; %v, %v", field, got.Value, got.Confidence, want, got.Candidates, got.Evidence)
	}
}

func TestInferIssue(t *testing.T) {
	body := []string{"2022年,安居区坚持依法行政,根据川府发〔2021〕8号文件要求,2022年3月5日召开全区会议。", "全区行政执法更加规范。"}
	signed := []string{"中共遂宁市安居区委", "遂宁市安居区人民政府", "2023年2月28日"}
	tests := []struct {
		name                      string
		doc                       Document
		issuer, number, published string
	}{
		{"signature", Document{Lines: append(body[:2:2], signed...)}, "中共遂宁市安居区委、遂宁市安居区人民政府", "", "2023-02-28"},
		{"running text only", Document{Lines: body}, "", "", ""},
		{"date in words", Document{Lines: append(body[:2:2], "安居区人民政府", "二〇二三年二月二十八日")}, "安居区人民政府", "", "2023-02-28"},
		{"line of its own", Document{Lines: append([]string{"遂安委(2023)21号"}, body...)}, "", "遂安委〔2023〕21号", ""},
		{"fact table", Document{
			Facts: []baogao.Fact{{Label: "发布机构", Value: "鼓楼区人民政府办公室"}, {Label: "生成日期", Value: "2023-01-20"}, {Label: "文号", Value: "鼓政[2023]15号"}, {Label: "废止日期", Value: "2030-01-01"}},
			Lines: body,
		}, "鼓楼区人民政府办公室", "鼓政〔2023〕15号", "2023-01-20"},
		{"title", Document{Title: "鼓楼区政府关于2022年度法治政府建设工作情况的报告", Lines: body}, "鼓楼区政府", "", ""},
		{"source line", Document{Lines: append([]string{"来源:安居日报 时间:2023-03-02"}, body...)}, "", "", "2023-03-02"},
		{"address", Document{Address: "http://www.example.gov.cn/ztzl/202301/t20230120_381.html", Lines: body}, "", "", "2023-01-20"},
		{"delivery", Document{Lines: append([]string{"政府工作报告", "--2026年2月4日在内蒙古自治区第十四届人民代表大会第五次会议上"}, body...)}, "", "", "2026-02-04"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := Infer(tt.doc)
			if in.Issuer.Value != tt.issuer || in.Number.Value != tt.number || in.Published.Value != tt.published {
				t.Errorf("issuer, number, published = %q, %q, %q, want %q, %q, %q",
					in.Issuer.Value, in.Number.Value, in.Published.Value, tt.issuer, tt.number, tt.published)
			}
		})
	}
}

func TestInferSameTwice(t *testing.T) {
	for _, tt := range hardCases {
		want := Infer(tt.doc)
		for range 5 {
			if got := Infer(tt.doc); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %+v, then %+v", tt.name, want, got)
			}
		}
	}
}

// TestEvidence holds every piece of evidence to the text it quotes.
func TestEvidence(t *testing.T) {
	for _, tt := range hardCases {
		in := Infer(tt.doc)
		for _, g := range in.guesses() {
			for _, e := range g.Evidence {
				if got := quote(tt.doc, e); got != e.Text && e.Line != InFacts {
					t.Errorf("%s: evidence %+v stands at %q", tt.name, e, got)
				}
			}
		}
	}
}

// TestEvidenceOrder holds the first evidence for a division to be its title,
// then who signs, even where the name is shared and a mention is not.
func TestEvidenceOrder(t *testing.T) {
	d := Document{
		Title: "太平镇2023年度法治政府建设工作总结",
		Lines: []string{
			"2023年,在区委坚强领导下,镇党委带头学法。", "一、主要做法",
			"全镇普法20场,襄阳市枣阳市太平镇人民调解委员会化解纠纷。", "枣阳市太平镇综合执法大队办案8件。", "湖北省枣阳市太平镇司法所审查合同。",
			"枣阳市太平镇普法。", "枣阳市太平镇执法。", "枣阳市太平镇调解。", "太平镇人民政府", "2023年12月20日",
		},
	}
	in := Infer(d)
	got := in.Region.Evidence
	if in.Region.Value != "420683103" || len(got) != 5 || got[0].Line != 8 || got[1].Line != InTitle {
		t.Errorf("region %s: %+v, want the signature, the title and three mentions", in.Region.Value, got)
	}
	for _, tt := range hardCases {
		in := Infer(tt.doc)
		for _, g := range in.guesses() {
			for i, e := range g.Evidence {
				for _, o := range g.Evidence[:i] {
					if e.Line == o.Line && e.Line != InFacts && e.Start < o.End && o.Start < e.End {
						t.Errorf("%s: %+v and %+v stand at one place", tt.name, e, o)
					}
				}
			}
			if len(g.Evidence) > 5 {
				t.Errorf("%s: %d pieces of evidence", tt.name, len(g.Evidence))
			}
		}
	}
}

// FuzzInfer holds evidence and confidence to their terms for any text.
func FuzzInfer(f *testing.F) {
	for _, tt := range hardCases {
		f.Add(tt.doc.Path, tt.doc.Title, strings.Join(tt.doc.Lines, "\n"))
	}
	f.Add("縣／２０２２年", "關於２０２２年度法治政府建設情況的報告", "鼓樓區政府〔２０２３〕１５號\n\xff區人民政府\n２０２３年１月２０日")
	f.Add("", "我代表,国务院2024年", "我代表,国务院\n二十年十月十日\n2023-2-30\n市中区市市中区\n\xff县2023年")
	f.Fuzz(func(t *testing.T, path, title, text string) {
		d := Document{Path: path, Title: title, Lines: strings.Split(text, "\n")}
		in := Infer(d)
		for _, g := range in.guesses() {
			if g.Confidence < 0 || g.Confidence > 1 || g.Value != "" && g.Confidence < poll.Threshold {
				t.Errorf("value %q with confidence %v", g.Value, g.Confidence)
			}
			for _, e := range g.Evidence {
				if got := quote(d, e); got != string([]rune(e.Text)) {
					t.Errorf("evidence %+v stands at %q", e, got)
				}
			}
		}
	})
}

// quote reads the characters that evidence points to.
func quote(d Document, e Evidence) string {
	text := ""
	switch {
	case e.Line >= 0:
		text = d.Lines[e.Line]
	case e.Line == InTitle:
		text = d.Title
	case e.Line == InPath:
		text = d.Path
	}
	runes := []rune(text)
	if e.Start < 0 || e.End > len(runes) || e.Start > e.End {
		return "outside"
	}
	return string(runes[e.Start:e.End])
}

func BenchmarkInfer(b *testing.B) {
	line := "2023年,全市上下坚持稳中求进,遂宁市安居区、船山区和射洪市招商引资成效明显,全市地区生产总值增长6.5%,行政执法更加规范。"
	d := Document{Title: "遂宁市政府工作报告", Lines: strings.Split(strings.Repeat(line+"\n", 330), "\n")}
	for b.Loop() {
		Infer(d)
	}
}
