package infer

import (
	"testing"

	"baogao"
)

const ruleOfLaw, work, other = string(baogao.RuleOfLaw), string(baogao.Work), string(baogao.Other)

// openings are first lines, ends and middles of reports as they are
// published, invented, of places of all sorts.
var openings = []struct {
	name                      string
	doc                       Document
	region, level, year, kind string
	issuer, number, published string
}{
	{"shared name, told by the signature", Document{
		Title: "江北区2023年法治政府建设年度报告",
		Lines: []string{"2023年,江北区坚持以习近平法治思想为指引,统筹推进法治政府建设,现将有关情况报告如下:", "一、2023年工作情况",
			"(一)依法履职。全区梳理权责清单事项4200项,区级部门公开率100%。", "宁波市江北区人民政府", "2024年3月12日"},
	}, "330205", "district", "2023", ruleOfLaw, "宁波市江北区人民政府", "", "2024-03-12"},
	{"autonomous county", Document{
		Title: "景宁畲族自治县人民政府关于2022年度法治政府建设情况的报告",
		Lines: []string{"景政〔2023〕6号", "2022年,景宁畲族自治县深入学习贯彻习近平法治思想,全县行政执法满意度持续提升。",
			"一、主要举措和成效", "县政府受理行政复议案件21件,畲乡普法品牌影响扩大。", "景宁畲族自治县人民政府", "2023年2月16日"},
	}, "331127", "district", "2022", ruleOfLaw, "景宁畲族自治县人民政府", "景政〔2023〕6号", "2023-02-16"},
	{"banner", Document{
		Title: "准格尔旗2021年法治政府建设工作报告",
		Lines: []string{"2021年,在旗委的坚强领导下,准格尔旗人民政府认真落实法治政府建设各项任务,现将有关情况报告如下。",
			"全旗行政执法人员2100名全部持证上岗,旗政府常务会议学法8次。", "二、存在的问题", "我旗基层执法力量仍显薄弱。"},
	}, "150622", "district", "2021", ruleOfLaw, "", "", ""},
	{"autonomous banner, work report", Document{
		Title: "政府工作报告",
		Lines: []string{"——2024年1月8日在鄂温克族自治旗第十三届人民代表大会第三次会议上", "各位代表:", "现在,我代表旗人民政府向大会报告工作,请予审议。",
			"一、2023年工作回顾", "全旗地区生产总值增长5.1%,牧区民生实事全部办结。", "二、2024年重点工作", "2024年,全旗上下要抓好以下工作。"},
	}, "150724", "district", "2023", work, "", "", "2024-01-08"},
	{"county-level city", Document{
		Title: "诸暨市人民政府2020年度法治政府建设工作报告",
		Lines: []string{"2020年,诸暨市坚持和发展新时代“枫桥经验”,深入推进依法行政。", "一、主要工作情况",
			"全市人民调解组织化解纠纷1.2万件,市政府行政复议局受理案件96件,绍兴市对我市考核为优秀。", "诸暨市人民政府", "2021年1月25日"},
	}, "330681", "district", "2020", ruleOfLaw, "诸暨市人民政府", "", "2021-01-25"},
	{"town with its county and city", Document{
		Title: "安吉县天荒坪镇人民政府2023年法治政府建设工作总结",
		Lines: []string{"2023年以来,天荒坪镇在县委、县政府的正确领导下,全面推进镇域依法治理,现将工作情况总结如下:",
			"一是加强领导。镇党委书记履行推进法治建设第一责任人职责。", "二是规范执法。全镇综合执法队办案86件。", "天荒坪镇人民政府", "2023年12月11日"},
	}, "330523108", "street", "2023", ruleOfLaw, "安吉县天荒坪镇人民政府", "", "2023-12-11"},
	{"乡", Document{
		Title: "遂昌县高坪乡2022年度法治政府建设情况报告",
		Lines: []string{"2022年,高坪乡坚持党建引领,法治乡村建设取得新成效。", "全乡开展普法宣传32场次,乡政府法律顾问审查合同15份。", "高坪乡人民政府", "2023年1月6日"},
	}, "331123203", "street", "2022", ruleOfLaw, "高坪乡人民政府", "", "2023-01-06"},
	{"justice bureau of a county", Document{
		Title: "绩溪县司法局2021年度法治政府建设工作情况报告",
		Lines: []string{"2021年,县司法局认真履行行政复议应诉、行政执法监督职能,现将有关情况报告如下:", "一、工作开展情况",
			"全年办理行政复议案件18件,组织全县行政执法案卷评查。", "绩溪县司法局", "2022年1月7日"},
	}, "341824", "district", "2021", ruleOfLaw, "绩溪县司法局", "", "2022-01-07"},
	{"police of a city", Document{
		Title: "嘉兴市公安局关于2023年度法治政府建设情况的报告",
		Lines: []string{"市委依法治市办:", "2023年,全市公安机关坚持严格规范公正文明执法,现将有关情况报告如下:", "一、工作情况",
			"全年办理行政复议答复案件120件,执法监督体系更加健全。", "嘉兴市公安局", "2024年1月15日"},
	}, "330400", "city", "2023", ruleOfLaw, "嘉兴市公安局", "", "2024-01-15"},
	{"zone with a code of its city", Document{
		Title: "绵阳高新区管委会2022年法治政府建设工作报告",
		Lines: []string{"2022年,绵阳高新区管委会深入学习贯彻习近平法治思想,全区行政执法水平不断提高。", "管委会法律顾问审查合同210份,行政应诉案件9件。", "绵阳高新区管委会", "2023年1月18日"},
	}, "510700", "district", "2022", ruleOfLaw, "绵阳高新区管委会", "", "2023-01-18"},
	{"district merged since", Document{
		Title: "杭州市下城区人民政府2019年法治政府建设工作报告",
		Lines: []string{"2019年,下城区紧扣法治政府建设目标,全区行政机关负责人出庭应诉率达到100%。", "区政府受理行政复议案件77件。", "杭州市下城区人民政府", "2020年2月20日"},
	}, "330103", "district", "2019", ruleOfLaw, "杭州市下城区人民政府", "", "2020-02-20"},
	{"county made a district, after it", Document{
		Title: "即墨区2020年度法治政府建设情况报告",
		Lines: []string{"2020年,即墨区认真落实青岛市法治政府建设部署,全区依法行政水平进一步提升。", "区政府办理行政复议案件64件。", "青岛市即墨区人民政府", "2021年2月1日"},
	}, "370215", "district", "2020", ruleOfLaw, "青岛市即墨区人民政府", "", "2021-02-01"},
	{"Traditional", Document{
		Title: "寧鄉市2022年法治政府建設情況報告",
		Lines: []string{"2022年,寧鄉市縱深推進法治政府建設,全市行政執法水平持續提升,長沙市督察組給予肯定。",
			"市政府辦理行政復議案件132件,行政機關負責人出庭應訴率100%。", "寧鄉市人民政府", "2023年3月15日"},
	}, "430182", "district", "2022", ruleOfLaw, "宁乡市人民政府", "", "2023-03-15"},
	{"fragment of a county", Document{
		Lines: []string{"续开展行政执法专项监督。全县32个执法单位全部完成案卷自评,县司法局抽查案卷180册。",
			"(三)化解纠纷。2022年,县政府共收到行政复议申请25件,受理23件;泗县人民法院审结行政案件41件。",
			"我县在宿州市年度考核中位列第二,行政规范性文件备案率100%。"},
	}, "341324", "district", "2022", ruleOfLaw, "", "", ""},
	{"fragment of a work report", Document{
		Lines: []string{"规模以上工业增加值增长9.2%,固定资产投资增长11%,社会消费品零售总额增长8%,全区居民人均可支配收入增长6%。",
			"民生实事全部办结。吴兴区入选全国百强区,织里镇童装产业营收突破700亿元,八里店镇新增学位1800个,区政府系统办理建议提案310件。",
			"二、2024年主要工作", "2024年经济社会发展的主要预期目标是:地区生产总值增长6.5%。湖州市“六新湖州”建设在我区落地见效。"},
	}, "330502", "district", "2023", work, "", "", ""},
	{"autonomous prefecture, notice number in a table", Document{
		Title: "甘孜藏族自治州人民政府2023年度法治政府建设情况报告",
		Facts: []baogao.Fact{{Label: "发布机构", Value: "甘孜州人民政府办公室"}, {Label: "文号", Value: "甘府[2024]9号"}, {Label: "成文日期", Value: "2024-03-20"}},
		Lines: []string{"2023年,全州上下坚持依法治州,行政执法监督不断加强,康定市、泸定县入选示范。", "州政府受理行政复议申请88件。"},
	}, "513300", "city", "2023", ruleOfLaw, "甘孜藏族自治州人民政府", "甘府〔2024〕9号", "2024-03-20"},
	{"an event in the opening is no publication", Document{
		Title: "南湖区2022年法治政府建设情况报告",
		Lines: []string{"2022年3月18日在全区法治工作会议上,区长部署了法治政府建设重点任务,全区行政执法更加规范。", "嘉兴市南湖区行政复议案件调解率46%,区政府规范性文件全部备案。"},
	}, "330402", "district", "2022", ruleOfLaw, "", "", ""},
	{"page lines above the text", Document{
		Title: "2023年度渝北区法治政府建设年度报告",
		Lines: []string{"发布时间:2024-03-28 来源:区司法局 字号:大 中 小", "2023年,渝北区坚持以习近平法治思想为指导,高质量推进法治政府建设,现将有关情况报告如下。",
			"一、主要举措", "全区重大行政决策合法性审查率100%,重庆市首个执法监督平台在我区上线。"},
	}, "500112", "district", "2023", ruleOfLaw, "", "", "2024-03-28"},
	{"party and government, number below the title", Document{
		Title: "中共石棉县委 石棉县人民政府关于2022年度法治政府建设情况的报告",
		Lines: []string{"石委[2023]14号", "市委、市政府:", "2022年,我县深入贯彻依法行政部署,现将法治政府建设情况报告如下。", "全县执法人员持证上岗率100%,雅安市督察反馈问题全部整改。",
			"中共石棉县委", "石棉县人民政府", "2023年3月1日"},
	}, "511824", "district", "2022", ruleOfLaw, "中共石棉县委、石棉县人民政府", "石委〔2023〕14号", "2023-03-01"},
	{"fragment of a county-level city", Document{
		Lines: []string{"行政复议主渠道作用日益显现。2021年,瑞安市行政复议局收到申请210件,温州市中级人民法院审结涉我市行政案件35件。",
			"全市建成综合行政执法队13支,塘下镇、马屿镇率先实现一支队伍管执法。市司法局组织行政规范性文件清理,保留186件。"},
	}, "330381", "district", "2021", ruleOfLaw, "", "", ""},
	{"fragment of a street that names its district more often", Document{
		Lines: []string{"街道法治建设领导小组召开会议4次,听取行政执法工作汇报。2022年,我街道办理上海市徐汇区行政复议案件答复2件,徐汇区司法局派员指导。",
			"天平路街道综合行政执法队立案95件,徐汇区人大代表视察街道法治观察点。", "徐汇区行政规范性文件意见征集点设在天平路街道社区党群服务中心。"},
	}, "310104003", "street", "2022", ruleOfLaw, "", "", ""},
	{"district of Beijing, department with the year last", Document{
		Title: "北京市怀柔区水务局法治政府建设年度情况报告(2023年)",
		Lines: []string{"2023年,怀柔区水务局坚持依法治水,完善行政执法制度。", "全年开展水行政执法检查3400次,行政处罚52件。", "北京市怀柔区水务局", "2024年1月31日"},
	}, "110116", "district", "2023", ruleOfLaw, "北京市怀柔区水务局", "", "2024-01-31"},
	{"prefecture called 地区", Document{
		Title: "喀什地区行署2022年法治政府建设工作报告",
		Lines: []string{"2022年,喀什地区坚持依法治疆方略,地区行政执法监督体系不断完善。", "疏勒县、莎车县行政复议工作获自治区肯定,行署常务会议学法6次。", "喀什地区行政公署", "2023年2月3日"},
	}, "653100", "city", "2022", ruleOfLaw, "喀什地区行政公署", "", "2023-02-03"},
}

func TestOpenings(t *testing.T) {
	for _, tt := range openings {
		t.Run(tt.name, func(t *testing.T) {
			in := Infer(tt.doc)
			for _, f := range []struct {
				field string
				got   Guess
				want  string
			}{
				{"region", in.Region, tt.region}, {"level", in.Level, tt.level}, {"year", in.Year, tt.year}, {"kind", in.Kind, tt.kind},
				{"issuer", in.Issuer, tt.issuer}, {"number", in.Number, tt.number}, {"published", in.Published, tt.published},
			} {
				checkGuess(t, f.field, f.got, f.want)
			}
		})
	}
}
