package gazetteer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mention is a name of divisions found in a line. Names that follow each
// other without a gap, or with 人民政府 between them, are read as a chain:
// 南京市鼓楼区 leaves only one 鼓楼区.
type mention struct {
	start, end int     // bytes in the line
	places     []int32 // what the name may mean
	short      bool    // written without the word for its unit
	inner      bool    // followed by a division of its own: the 南京市 of 南京市鼓楼区
	guest      bool    // visited, helped or learnt from
}

// find returns the names in a line in order. At each character the longest
// name is taken, so that no name is found inside a longer one.
func (t *table) find(line string) []mention { return t.findJoined(line, isJoint) }

// findInPath returns the names in a path, where every folder may hold what
// lies in the one above: 四川省/2022/江油.txt.
func (t *table) findInPath(path string) []mention {
	return t.findJoined(path, func(_, _ string) bool { return true })
}

// findJoined returns the names in a line. joint says whether a gap between
// two names keeps them together, given it and what follows the second.
func (t *table) findJoined(line string, joint func(gap, after string) bool) []mention {
	var found []mention
	prevEnd := 0 // where the last mention ended
	for i := 0; i < len(line); {
		name, places, short := t.longest(line[i:])
		_, size := utf8.DecodeRuneInString(line[i:])
		if name == "" {
			i += size
			continue
		}
		m := mention{start: i, end: i + len(name), places: places, short: short}
		chained := len(found) > 0 && joint(line[prevEnd:i], line[m.end:]) && t.chain(&found[len(found)-1], &m)
		if !chained && (!plausible(line, i, name, short) || t.places[places[0]].rung == town && insideWord(line, i)) {
			i += size
			continue
		}
		m.guest = isGuest(line, m)
		found = append(found, m)
		i, prevEnd = m.end, m.end
	}
	return found
}

// isJoint reports whether the text between two names keeps them together. A
// bureau keeps its branches: 北京市公安局朝阳分局.
func isJoint(gap, after string) bool {
	switch gap {
	case "", " ", "/", "_", "人民政府", "委", "中共":
		return true
	}
	return strings.HasSuffix(gap, "局") && strings.HasPrefix(after, "分局") && atMost(gap, 12)
}

// longest returns the longest name that s begins with, and its meanings.
func (t *table) longest(s string) (name string, places []int32, short bool) {
	mask := t.lengths[firstTwo(s)]
	if mask == 0 {
		return "", nil, false
	}
	end, n := 0, 0
	var ends [32]int
	for n < 31 && end < len(s) && mask>>(n+1) != 0 {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
		n++
		ends[n] = end
	}
	for ; n >= 2; n-- {
		if mask&(1<<n) == 0 {
			continue
		}
		name = s[:ends[n]]
		if cut := t.lendsUnit(s, name); cut != "" {
			name = cut
		}
		if places = t.findable(name); places != nil {
			return name, places, false
		}
		if places = t.byShort[name]; places != nil {
			return name, places, !endsInUnit(name)
		}
	}
	return "", nil, false
}

// findable returns what a full name may mean in running text: 东城区 is a
// district, whatever town is called so, and 科技工业园 is nothing.
func (t *table) findable(name string) []int32 {
	places := t.byName[name]
	if isTownName(name) || !slices.ContainsFunc(places, t.isTown) {
		return places
	}
	if places = slices.DeleteFunc(slices.Clone(places), t.isTown); len(places) == 0 {
		return nil
	}
	return places
}

func (t *table) isTown(i int32) bool { return t.places[i].rung == town }

// endsInUnit reports whether a short name still says what it is: 恩施州,
// 合肥高新区.
func endsInUnit(name string) bool {
	return hasAnySuffix(name, []string{"州", "县", "旗", "区"})
}

// lendsUnit cuts 乐山市 to 乐山 before 中区, as 市中区 is one of its districts.
func (t *table) lendsUnit(s, name string) string {
	const unit = "市"
	cut, ok := strings.CutSuffix(name, unit)
	if !ok || len(s) < len(name)+6 {
		return ""
	}
	for _, child := range t.byName[s[len(cut):len(name)+6]] {
		for _, parent := range t.byName[name] {
			if t.under(child, parent) {
				return cut
			}
		}
	}
	return ""
}

// chain reads m as a division below the mention before it, or as the same
// again, and reports whether it can be one.
func (t *table) chain(before, m *mention) bool {
	var lower, upper []int32
	for _, p := range m.places {
		for _, q := range before.places {
			if q != 0 && (p == q || t.places[q].rung < t.places[p].rung) && t.under(p, q) {
				lower = append(lower, p)
				upper = append(upper, q)
			}
		}
	}
	if len(lower) == 0 {
		return false
	}
	m.places, before.places, before.inner = distinct(lower), distinct(upper), true
	return true
}

func distinct(ids []int32) []int32 {
	var list []int32
	seen := map[int32]bool{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	return list
}

// isGuest reports whether a place is named as one that is visited, helped or
// learnt from: 赴成都市考察, 对口支援甘孜州, 宁波市经验.
func isGuest(text string, m mention) bool {
	before, after := last(text[:m.start], 10), first(text[m.end:], 8)
	if i := strings.LastIndexAny(before, clauseEnds); i >= 0 {
		before = before[i:]
	}
	if i := strings.IndexAny(after, clauseEnds); i >= 0 {
		after = after[:i]
	}
	return containsAny(before, []string{"赴", "学习", "借鉴", "考察", "对口", "支援", "帮扶", "结对", "对接", "协作", "兄弟"}) ||
		containsAny(after, []string{"考察", "经验", "对口", "结对", "先进做法", "协作"})
}

// clauseEnds are the marks between clauses.
const clauseEnds = ",。;:"

// plausible reports whether the name at byte i of a line, which stands in no
// chain, is a name and not a word.
func plausible(line string, i int, name string, short bool) bool {
	after := line[i+len(name):]
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	switch {
	case short:
		return !words[name] && !hasAnyPrefix(after, notAfterShort)
	case commonNames[name]:
		return startsTitle(line[:i], after)
	case hasAnyPrefix(after, notAfter[lastRune(name)]):
		return false
	case strings.HasPrefix(name, "代") && stemLength(name) == 1 && strings.HasPrefix(after, "长"):
		return false // 代县长 is an acting head of a county, wherever that is
	case stemLength(name) == 1:
		// 任县 is in 担任县长, 东街道 in 江东街道.
		return !unicode.Is(unicode.Han, before) || strings.ContainsRune("在和与及对从到是由向为", before)
	}
	return true
}

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
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// notAfter lists, by the last character of a name, what would make that
// character part of another word: 合作市场, 江南区域, 资源县级, 城镇化.
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
	"河", "桥", "大桥", "隧道", "港湾",
	"国际", "同志", "合作组织", "精神", "小学", "幼儿园",
}

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
	湖滨 新区 安平 永安 青云 高新 铁西 铁东 铁山 桥东 桥西 路南 路北 红岗 向阳 东兴 西市 站前 双塔 金牛 金沙 石门 大名 永兴 长江 黄河 矿区 郊区
	莲花 龙山 龙泉 吉利 宁安 海州 黄山 新丰 新河 建设 工业 先锋 革新 新青 红星 双桥 江源 大观 明山 平山 建华 恒山 梨树 东丰 西丰 阳明 东安`)
