package infer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
	"baogao/internal/infer/parts"
)

// isQuantity reports whether four digits that no 年 follows count, measure or
// number something: 2055人, 超2100, 第2035号. What begins like a measure word may
// be a place beside a year that stands free: 2024台州马拉松.
func isQuantity(l parts.Line, y dates.Year) bool {
	if y.Marked {
		return false
	}
	before, after := strings.TrimRight(l.Text[:y.At], " "), l.Text[y.End:]
	if chars.HasAnySuffix(before, quantityLeads) && !placeEnds(l, len(before)) {
		return true
	}
	if m := fraction.FindStringSubmatch(after); m != nil {
		if dates.Number(m[1]) < 1 || dates.Number(m[1]) > 12 {
			return true
		}
		after = after[len(m[0]):]
	}
	after = strings.TrimLeft(after, " ")
	return startsUnit(after) && !(standsFree(l, before) && placeBegins(l, len(l.Text)-len(after)))
}

// standsFree reports whether what follows the beginning of a line is parted
// from it: nothing, no Han or a place stands before.
func standsFree(l parts.Line, before string) bool {
	return before == "" || !unicode.Is(unicode.Han, chars.LastRune(before)) || placeEnds(l, len(before))
}

// fraction is what follows the point in 2024.6万户, or the month of 2022.11.
var fraction = regexp.MustCompile(`^\.(\d{1,9})`)

// placeBegins reports whether the name of a place begins at byte i. 个旧, 万载
// and the like are more often the end of an amount than the places.
func placeBegins(l parts.Line, i int) bool {
	_, ok := slices.BinarySearchFunc(l.Mentions, i, func(m gazetteer.Mention, i int) int { return m.Start - i })
	return ok && !chars.HasAnyPrefix(l.Text[i:], []string{"个", "万"})
}

// placeEnds reports whether the name of a place ends at byte i.
func placeEnds(l parts.Line, i int) bool {
	_, ok := slices.BinarySearchFunc(l.Mentions, i, func(m gazetteer.Mention, i int) int { return m.End - i })
	return ok
}

// quantityLeads stand before an amount or a number.
var quantityLeads = []string{
	"超", "超过", "破", "逾", "达", "至", "已致", "导致", "造成", "新增", "净增", "增加", "增长", "减少", "下降",
	"累计", "总计", "共计", "合计", "仅", "每", "不足", "至少", "最多", "拥有", "现有", "共有", "已有",
	"总量", "总数", "人数", "户数", "编号", "第", "no.", "$", "¥",
}

// startsUnit reports whether a text begins with a measure word or a unit, and
// not with a longer word that begins like one.
func startsUnit(s string) bool {
	return longUnit.MatchString(s) || s != "" && strings.Contains(shortUnits, chars.First(s, 1)) && !chars.HasAnyPrefix(s, notUnits)
}

// longUnit is a unit of more than one character or of Latin letters, or one
// that is a measure word only before some words.
var longUnit = regexp.MustCompile(`^(?:` +
	`人民币|人次|人份|美元|欧元|日元|英镑|港元|港币|澳门元|卢布|韩元` +
	`|公里|公顷|公斤|公吨|公升|英里|海里|英尺|英寸|英亩|平方|平米|立方|千米|千瓦|千克|千伏|千卡|千赫|千吨|千元|千人|千户|百万|百亿|十万` +
	`|兆瓦|兆赫|吉瓦|厘米|分米|毫米|微米|纳米|毫克|毫升|小时|分钟|周年|字节|像素|赫兹|马力|标箱|标准箱|集装箱|载重吨` +
	`|车次|航次|航班|班次|批次|场次|闸次|学时|课时|工时|度电|剂次|门课|块地|兵力|对(?:夫|新人|$|[,。;! ])|字(?:以内|左右|$|[,。;! ])` +
	`|[%‰℃㎡°+]` +
	`|(?:[kmgt]?wh?|[km]?v|[kcnm]?m[23²³]?|k?g|m?l|[mgt]b|[kmg]?hz|[km]?pa|t|ha|teu|ppm|rmb|usd|yuan|people|households|hectares|tons|million|billion)(?:$|[^a-z0-9])` +
	`)`)

// shortUnits are the measure words and units of one character, and what
// follows a round number: 2000余.
const shortUnits = "个名人亿万元吨米户家件项次辆台套条只头株棵场所座处张册卷页篇起例宗批班趟列架艘颗枚天秒余多岁斤亩瓦伏升克" +
	"支组双栋幢间种类款部位口片本份笔幅段匹尾羽根块粒滴顶盏瓶箱袋桶盒针倍层床票号具孔桩尊副幕朵磅盘"

// notUnits are words that begin like a measure word and follow years in
// titles: 2024人工智能大会.
var notUnits = []string{
	"人工", "人民", "人才", "人大", "人口", "人权", "人文", "人社", "人物", "人力", "人居", "人形", "人机", "人防", "人事", "人类",
	"个人所得", "个人信息", "个人养老", "名单", "名录", "名城", "名品", "名师", "名校", "名家", "名牌", "万里", "万物", "万村", "万企", "万州", "万宁",
	"家电", "家庭", "家居", "家具", "家政", "家装", "家校", "家园", "家乡", "项目", "次级", "套餐", "套期", "条例", "条件", "头部", "头条",
	"元旦", "元宵", "元宇宙", "天文", "天然", "天府", "天网", "天空", "天津", "多彩", "多措", "多哈", "台湾", "台州", "台胞", "台商", "户外", "户籍",
	"场景", "场馆", "场地", "座谈", "处置", "处理", "处罚", "张家", "起步", "起草", "例会", "例行", "宗教", "批复", "批准", "班子", "班组", "班线",
	"列车", "列入", "架构", "升级", "升学", "升旗", "克拉", "种业", "种植", "种子", "种质", "种粮", "种养", "所得", "所有", "所属",
	"支持", "支出", "支部", "支付", "支援", "支教", "支农", "支柱", "组织", "组工", "双十", "双碳", "双创", "双随机", "双减", "双拥", "双公示",
	"部门", "部分", "部委", "部署", "部级", "部队", "部省", "口岸", "口腔", "口碑", "片区", "片单", "份额", "笔试", "根治", "根本", "顶层", "票房", "号召", "具身", "具体",
	"羽毛", "盘点", "家长", "家风", "家访", "多元", "多部门", "多地", "多式", "岁末", "岁尾", "天气", "班主任", "台账", "台帐", "个体", "个性", "个案",
	"人均", "人间", "人行", "人员", "孔子", "孔庙", "孔雀", "尾矿", "部长", "幕后", "双百", "双高", "双一流", "批发", "票据", "针对", "针灸",
	"本科", "本市", "本区", "本级", "本地", "本土", "本届", "本县", "本省", "本年", "本街道", "本镇", "本局",
}
