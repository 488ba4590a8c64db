package kind

import "regexp"

// A sign is a word that speaks for a kind.
type sign struct {
	word   string
	weight float64
}

// openSigns are words of the title and the lines above the text.
var openSigns = map[string][]sign{
	work: {{"政府工作报告", 14}, {"行署工作报告", 14}, {"行政公署工作报告", 14}, {"管委会工作报告", 14}, {"代表大会", 3}},
	ruleOfLaw: {
		{"法治政府建设", 9}, {"依法行政", 7}, {"法治政府", 3}, {"法治建设", 6},
	},
}

// reportWords make a title that names rule of law the title of a report.
var reportWords = []string{"报告", "情况", "总结", "年报", "自查"}

// otherTitles end or hold titles of what is no yearly report.
var otherTitles = []string{
	"条例", "办法", "规定", "通知", "意见", "方案", "决定", "细则", "批复", "公告", "决议", "规划", "纲要", "规则", "令", "函",
	"通报", "解读", "要点", "指南", "措施", "准则", "宪法", "法典", "章程", "发布会", "简介", "答记者问", "图解", "一图读懂", "名词解释", "解释",
}

// ofNews are titles that tell of what was done with a report: 全国人大常委会举行会议 审议…工作报告.
var ofNews = regexp.MustCompile(`召开|举行|审议|讨论|听取|主持|出席|会见|出版|发行|收听收看|作(?:政府|全国|最高).{0,8}工作报告|闭幕|开幕|初审`)

// ofMeeting are such titles that end in the name of the report.
var ofMeeting = regexp.MustCompile(`(?:召开|举行).{0,40}(?:讨论|审议|听取)`)

// meets begins what tells of a meeting and is no report given to it: 9月9日上午,县人大常委会举行会议.
var meets = regexp.MustCompile(`^[ (]*(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午|晚)?,?[^。;]{2,40}(?:举行|召开)[^。;]{0,24}(?:会议|大会)`)

// reportEnds end the titles of reports, whatever they are on.
var reportEnds = regexp.MustCompile(`(?:报告|总结|年报|公报|汇报|情况|白皮书)[》)]?(?:\(.{0,16}\))?(?:\.\w+)?$`)

// reviewAndPlan are titles of reports that end in what they plan: 2011年工作总结暨2012年工作要点.
var reviewAndPlan = regexp.MustCompile(`(?:总结|工作情况|工作报告).{0,2}(?:暨|和|及|与|、).*(?:要点|计划|规划|意见|措施|方案)$`)

// A subject is what a text says that it reports, and the kind that tells.
type subject struct {
	kind   string
	title  *regexp.Regexp
	weight float64
	needs  []string // of opens: words of which a line has one where it fits
	unless []string // of opens: words of lines that are about something else
}

// reportEnd is what the title of a report says behind its subject.
const reportEnd = `.{0,12}(?:报告|年报|情况|总结|汇报)`

// subjects are what titles of reports name, and the kinds they tell, the first that
// fits. Work reports and those on the rule of law are told by openSigns, which count
// together with others.
var subjects = []subject{
	{kind: other, title: regexp.MustCompile(`执法数据|执法统计|审计|环境状况|环境质量|解读|答记者问|新闻|座谈会(?:[^上]|$)|工作会议(?:[^上]|$)|调研报告|公众满意度|诉.{2,}案$`)},
	{kind: statistics, title: regexp.MustCompile(`统计公报|统计快报|社会发展公报|国民经济.{0,8}公报`)},
	{kind: disclosure, title: regexp.MustCompile(`(?:信息|政务)公开` + reportEnd + `|信息公开(?:工作)?年度`)},
	{kind: congress, title: regexp.MustCompile(`(?:检察院|法院|常务委员会|常委会|人大|人民代表大会|主席团)(?:\(.{0,12}\)|(?:19|20)\d\d年度?|上半年|关于)?.{0,8}工作(?:情况)?(?:的)?报告|行政审判.{0,8}(?:报告|白皮书)`)},
	{kind: budget, title: regexp.MustCompile(`预算(?:调整|执行|\(?草案|公开|编制|情况|收支|报告|说明)|财政预算|部门预算|单位预算|决算|预决算|国民经济和社会发展.{0,4}计划|计划(?:草案)?的?执行情况|(?:财政|预算)收支.{0,6}(?:执行|情况).{0,8}报告`)},
	{kind: other, title: regexp.MustCompile(`国民经济和社会发展`)},
	{kind: work, title: regexp.MustCompile(`(?:年度?|政府|办事处|街道|镇|乡|局|管委会|委员会|办公室|[^与和一地会建化制]区|县|市)(?:政府)?(?:工作|全年工作|上半年工作)(?:总结|情况总结|情况汇报|小结)|年度?总结(?:及|和|暨|$)`)},
}

// opens are what the first sentences of reports say that follows.
var opens = []subject{
	{kind: disclosure, title: regexp.MustCompile(`(?:编制|公布|公开|发布|现将|现就|报告).{0,44}信息公开.{0,12}(?:年报|报告|情况)`), weight: 9, needs: []string{"信息公开"}},
	{kind: disclosure, title: regexp.MustCompile(`信息公开条例.{0,80}(?:编制|公布|发布|公开|制作|形成).{0,30}(?:年度?报告|年报|本报告)`), weight: 10, needs: []string{"信息公开条例"}},
	{kind: disclosure, title: regexp.MustCompile(`^[ ]*(?:(?:19|20)\d\d年,)?\p{Han}{2,20}信息公开工作(?:紧紧|坚持|在|认真|以|严格|深入|全面|按照|扎实)`), weight: 6, needs: []string{"信息公开工作"}, unless: []string{"法治政府"}},
	{kind: disclosure, title: regexp.MustCompile(`^[ ]*\(一\)主动公开(?:政府信息)?(?:的?情况)?(?:$|[。:])`), weight: 5, needs: []string{"主动公开"}},
	{kind: budget, title: regexp.MustCompile(`(?:委托|现将|报告).{0,60}(?:预算执行|预算\(?草案|财政预算|财政决算|收支决算|决算(?:\(?草案|情况)|国民经济和社会发展.{0,4}计划)`), weight: 12, needs: []string{"预算", "决算", "国民经济和社会发展"}},
	{kind: congress, title: regexp.MustCompile(`受.{0,16}(?:人大常委会|常务委员会|主席团|人民法院|检察院|法院).{0,6}(?:的)?委托|我代表[^,。;]{0,16}(?:检察院|法院|常务委员会|常委会|主席团)`), weight: 14, needs: []string{"委托", "我代表"}},
	{kind: congress, title: regexp.MustCompile(`(?:现将|报告).{0,24}(?:法院|检察).{0,24}工作.{0,12}(?:情况|报告)|我(?:代表)?[^,。;国]{0,6}院.{0,6}向大会(?:作)?报告`), weight: 10, needs: []string{"法院", "检察", "院"}},
	{kind: work, title: regexp.MustCompile(`(?:现将|现就)[^,。;法信预决]{0,20}(?:年度?|全年|一年来的?|主要)工作(?:(?:开展|完成)?(?:总结|情况|小结)[^,。;法信预决]{0,24}|汇报|报告)如下`), weight: 5, needs: []string{"如下"}, unless: []string{"法治", "依法行政", "信息公开", "政务公开", "预算", "决算"}},
	{kind: statistics, title: regexp.MustCompile(`^初步核算|[,。]初步核算`), weight: 3, needs: []string{"初步核算"}},
}

// reportSigns are words of the other kinds of reports; each counts once.
var reportSigns = map[string][]sign{
	disclosure: {
		{"政府信息公开条例", 3}, {"依申请公开", 2}, {"主动公开政府信息", 2}, {"主动公开信息", 2}, {"统计期限", 3}, {"信息公开申请", 2},
		{"所列数据", 2}, {"信息公开工作", 2.5}, {"信息公开指南", 1}, {"信息公开目录", 1}, {"信息公开年度报告", 4}, {"信息处理费", 2}, {"本年度报告", 1.5}, {"结转下年度", 3}, {"本年度报告由", 2},
	},
	statistics: {
		{"初步核算", 4}, {"按可比价", 4}, {"比上年增长", 3}, {"一、综合", 6}, {"本公报", 8}, {"农林牧渔业", 2}, {"年末户籍人口", 3}, {"年末常住人口", 2}, {"年末全", 1.5},
		{"比上年末", 2}, {"全年粮食", 1.5}, {"居民消费价格", 1.5}, {"建筑业总产值", 1.5}, {"货物周转量", 2}, {"第一产业增加值", 2}, {"快递业务量", 1}, {"二、农业", 3},
		{"二、工业", 2}, {"年均汇率", 1}, {"城镇化率", 0.5},
	},
	budget: {
		{"预算执行情况", 5}, {"预算草案", 5}, {"预算(草案)", 6}, {"决算草案", 5}, {"计划执行情况", 5}, {"计划草案", 5}, {"计划(草案)", 5}, {"完成预算的", 4}, {"为预算的", 4}, {"转移支付", 2},
		{"政府性基金", 3}, {"国有资本经营预算", 4}, {"社会保险基金预算", 3}, {"收支平衡", 2}, {"三公经费", 1.5}, {"一般公共预算支出", 1.5}, {"上解", 2}, {"部门预算", 3}, {"财政拨款", 3},
	},
	congress: {
		{"批准逮捕", 3}, {"提起公诉", 3}, {"检察机关", 3}, {"检察建议", 3}, {"公益诉讼", 2}, {"我院", 3}, {"两级法院", 4}, {"全市法院", 3}, {"审判执行", 3}, {"审结", 1.5}, {"法官", 1.5}, {"检察官", 1.5},
		{"常委会组成人员", 5}, {"听取和审议", 4}, {"听取审议", 4}, {"执法检查", 0.5}, {"人事任免", 3}, {"任免", 1.5}, {"代表建议", 1}, {"代表视察", 1.5}, {"专题询问", 3}, {"人大工作", 2},
		{"人大代表", 0.5}, {"县人大常委会在", 4}, {"市人大常委会在", 4}, {"区人大常委会在", 4}, {"主席团在", 4},
	},
}

// workSigns are words of work reports; each counts once.
var workSigns = []sign{
	{"向大会报告", 8}, {"请予审议", 5}, {"各位代表", 4}, {"工作回顾", 4}, {"报告工作", 3}, {"政府工作报告", 2}, {"作工作报告", 4},
	{"地区生产总值", 1.5}, {"一般公共预算收入", 1}, {"固定资产投资", 1}, {"社会消费品零售总额", 1}, {"招商引资", 0.8},
	{"民生实事", 1.2}, {"乡村振兴", 0.5}, {"营商环境", 0.3}, {"就业", 0.3}, {"义务教育", 0.3}, {"养老", 0.5}, {"学位", 0.5},
	{"建议提案", 0.8}, {"政协", 0.4}, {"自身建设", 0.8}, {"双拥", 0.8}, {"城镇新增就业", 1}, {"居民人均可支配收入", 1},
	{"三公", 0.5}, {"区政府系统", 1}, {"生态环境", 0.3}, {"医疗", 0.3}, {"文化", 0.2}, {"产业", 0.3}, {"项目", 0.3},
	{"人大代表", 0.5}, {"国防动员", 0.6}, {"民族宗教", 0.5}, {"重点做好以下", 1}, {"今年工作", 0.8}, {"主要预期目标", 1.5},
	{"市场主体", 0.3}, {"房地产", 0.3}, {"粮食", 0.3}, {"群众满意率", 0.4}, {"同比增长", 0.8}, {"公立医院", 0.3},
}

// lawSigns are words of rule-of-law reports. Their weight is multiplied by
// the share of paragraphs that hold one, as work reports have a paragraph on
// the subject too.
var lawSigns = []string{
	"法治政府", "依法行政", "行政执法", "行政复议", "行政应诉", "重大行政决策", "规范性文件", "合法性审查", "法律顾问", "普法",
	"习近平法治思想", "依法治", "法治建设", "第一责任人", "公正文明执法", "应诉", "司法所", "法治宣传", "政务公开", "人民调解", "权责清单", "执法",
	"放管服", "行政许可", "行政处罚", "行政审批", "行政决策", "证明事项", "双随机", "府院联动", "行政争议", "出庭", "矛盾纠纷", "公共法律服务",
}

// otherSigns are phrases of what is no report; each counts once.
var otherSigns = []sign{
	{"特此通知", 6}, {"印发给你们", 8}, {"印发你们", 8}, {"请认真贯彻执行", 4}, {"请遵照执行", 4}, {"本办法", 4}, {"本条例", 5}, {"本法", 3}, {"本规定", 4}, {"本细则", 4},
	{"制定本", 14},
	{"自发布之日起", 4}, {"起施行", 4}, {"本报讯", 5}, {"新华社", 3}, {"央视网消息", 6}, {"本方案", 3}, {"本意见", 2}, {"实施方案", 1},
	{"主要任务", 1.5}, {"保障措施", 2}, {"总体要求", 1}, {"指导思想", 1}, {"基本原则", 1.5}, {"责任单位", 2}, {"各有关单位", 3},
	{"申报", 1.5}, {"记者", 1.5}, {"央视", 3}, {"批准这个报告", 12}, {"收悉", 4}, {"提案", 0.3}, {"答复如下", 4}, {"联系人", 2}, {"行动计划", 0.8}, {"附件", 1},
	{"本次会议", 0.5}, {"中央委员会向大会", 10}, {"届委员会向大会", 10}, {"本指南", 4}, {"本规划", 4}, {"重点任务", 1}, {"征求意见", 1.5}, {"推进计划", 0.5},
}
