package gazetteer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plausible reports whether the name at byte i of a text, which stands in no
// chain, is a name and not a word.
func plausible(text string, i int, name string, short bool) bool {
	after := text[i+len(name):]
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	switch {
	case short:
		return !words[name] && !hasAnyPrefix(after, notAfterShort)
	case commonNames[name]:
		return startsTitle(text[:i], after) || strings.HasSuffix(name, "县") && strings.TrimSpace(text[:i]) == "" && bureau.MatchString(after)
	case BeginsWord(lastRune(name), after):
		return false
	case strings.HasPrefix(name, "代") && stemLength(name) == 1 && strings.HasPrefix(after, "长"):
		return false // 代县长 is an acting head of a county, wherever that is
	case stemLength(name) == 1:
		// 任县 is in 担任县长, 东街道 in 江东街道.
		return !unicode.Is(unicode.Han, before) || strings.ContainsRune("在和与及对从到是由向为", before)
	}
	return true
}

// insideWord reports whether a town's name at byte i of a text is the end of
// a longer one: 大街街道 in 银杏大街街道 at the start of a clause. In running
// words, as in 来到大街街道, that cannot be told.
func insideWord(text string, i int) bool {
	const most = 3 // characters before the name
	const between = "表在和与及对从到是由向为将的了以共我本原于经按据各如等该驻至距区县市州盟旗镇乡村道年月日"
	before := last(text[:i], most+1)
	n := 0
	for before != "" {
		c, size := utf8.DecodeLastRuneInString(before)
		if !unicode.Is(unicode.Han, c) {
			break
		}
		if n == 0 && strings.ContainsRune(between, c) {
			return false
		}
		before = before[:len(before)-size]
		n++
	}
	return n > 0 && n <= most
}

// bureau is an organ that a name stands before: 和县文化旅游体育局.
var bureau = regexp.MustCompile(`^\p{Han}{2,12}?(?:局|委员会|办公室)`)

// congress is the congress of a division: 城区第十九届人民代表大会.
var congress = regexp.MustCompile(`^第[一二三四五六七八九十百]{1,4}届人(?:民代表)?大会?`)

// startsTitle reports whether a name between two texts stands as the organ or
// the place of a title, a signature or a first sentence: 新城区人民政府,
// 2022年新城区法治政府建设, 2023年,城关镇坚持.
func startsTitle(before, after string) bool {
	if congress.MatchString(after) {
		return true
	}
	before = strings.TrimSuffix(strings.TrimSpace(last(before, 12)), ",")
	if before != "" && !strings.HasSuffix(before, "年") && !strings.HasSuffix(before, "年度") && before != "中共" {
		return false
	}
	return hasAnyPrefix(after, []string{
		"人民政府", "政府", "委", "党委", "20", "关于", "法治", "依法行政", "办事处",
		"坚持", "认真", "深入", "全面", "扎实", "积极", "严格", "在", "以",
	})
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// stemLength counts the characters before the word for the unit.
func stemLength(name string) int {
	return utf8.RuneCountInString(stem(name))
}

func hasAnyPrefix(s string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// last returns the last n characters of s.
func last(s string, n int) string {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// BeginsWord reports whether a word for a unit is part of another word, by what
// follows it: 合作市场, 江南区域, 资源县级, 城镇化.
func BeginsWord(unit rune, after string) bool { return hasAnyPrefix(after, notAfter[unit]) }

var notAfter = map[rune][]string{
	'市': {"场", "值", "政公用"},
	'区': {"域", "间", "划"},
	'县': {"域", "级"},
	'镇': {"化"},
	'乡': {"村", "镇", "土"},
	'道': {"路"},
}

// notAfterShort begins what turns a short name into the name of something
// else, often far away: 南京路, 北京银行, 长沙村.
var notAfterShort = []string{
	"公司", "集团", "消防", "路", "东路", "西路", "南路", "北路", "中路", "环路", "村", "大道", "街", "大街", "社区", "银行", "广场", "大厦", "花园", "公园",
	"河", "桥", "大桥", "隧道", "港湾", "湾",
	"金沙", "葡京", "新葡京", "威尼斯", "银河娱乐", "永利", "太阳城", "皇冠", // casinos that mirrors put their links to
	"国际", "同志", "合作组织", "精神", "小学", "幼儿园",
}

// features turn a short name, also in a chain, into the name of water or land: 山东省东平湖.
var features = []string{"湖保护", "湖条例", "湖流域", "湖水", "湖湿地", "湖生态", "运河"}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// commonNames are full names that are words as well. They count only in a
// chain: 西安市新城区.
var commonNames = set(`新城区 新市区 城区 郊区 矿区 东区 西区 南区 北区 老城区 和县 南市区 北市区 南郊区 新区
	中心街道 城区街道 中心镇 中心乡 城关镇 城关街道 城镇 建制镇 重点镇 特色镇 开发区街道`)

// words are short names that are words as well, or the names of other things.
// They count only in a chain: 遂宁安居.
var words = set(`合作 资源 共和 公安 会同 中方 和平 新建 友好 振兴 南部 复兴 延长 港口 友谊 解放 新兴 和政 龙江 古城 新和 平和 安新 运河 前进 平安 市中 大关
	定安 金山 河西 惠民 江南 定结 南市 富裕 太平 大新 同心 宏伟 南海 兴业 青山 平原 资兴 光明 大兴 新华 定日 滨海 河口 大城 大安 文昌 路桥 东方
	天全 红旗 海港 大通 大方 上街 定海 安宁 华龙 资中 双城 永定 方正 新安 富民 东风 新城 城中 牡丹 南长 三门 上高 通海 兴国 伊州 白河 新民 安居
	东海 西湖 太湖 乐业 江海 长安 亚东 上林 政和 卫东 中原 天桥 惠农 福安 老城 江口 乌兰 新市 建水 安国 朝阳 南沙 江山 同安 白云 合水 云龙 马关
	南关 建平 天山 南开 宁国 开平 东明 四方 清河 民权 民乐 安定 天等 同德 清水 南郊 利通 万年 从江 江汉 灯塔 泰山 永新 建宁 大田 城西 城关 凤凰
	兴安 三原 海城 通道 温泉 朝天 大港 兴和 爱民 城东 城北 城南 城区 九龙 长寿 江东 永丰 小河 东湖 东城 西城 南山 东山 开原 工农 同仁 全州 河东
	湖滨 新区 安平 永安 青云 高新 铁西 铁东 铁山 桥东 桥西 路南 路北 红岗 向阳 东兴 西市 北市 站前 双塔 金牛 金沙 石门 大名 永兴 长江 黄河 矿区 郊区
	莲花 龙山 龙泉 吉利 宁安 海州 黄山 新丰 新河 建设 工业 先锋 革新 新青 红星 双桥 江源 大观 明山 平山 建华 恒山 梨树 东丰 西丰 阳明 东安`)
