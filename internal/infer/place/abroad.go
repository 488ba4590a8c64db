package place

import (
	"slices"
	"strings"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
)

// abroadFactor is left of a vote for a city or what lies in one, in a document
// about other states: there its short name mostly stands by chance. 伊美 are Iran
// and the United States, 别尔哥罗德州 ends in 德州, 俄称多地 holds 称多.
const abroadFactor = 0.15

// states are other states as documents name them; those that few speak of are
// left out, and those whose names are words.
var states = []string{
	"美国", "俄罗斯", "乌克兰", "以色列", "伊朗", "英国", "法国", "德国", "日本", "韩国", "朝鲜", "印度", "巴基斯坦", "巴勒斯坦", "叙利亚", "伊拉克",
	"黎巴嫩", "也门", "土耳其", "沙特", "埃及", "阿富汗", "越南", "泰国", "缅甸", "柬埔寨", "菲律宾", "马来西亚", "新加坡", "蒙古国", "哈萨克斯坦",
	"意大利", "西班牙", "葡萄牙", "荷兰", "比利时", "瑞士", "瑞典", "挪威", "芬兰", "波兰", "匈牙利", "塞尔维亚", "希腊", "加拿大", "墨西哥", "巴西",
	"阿根廷", "智利", "秘鲁", "古巴", "委内瑞拉", "澳大利亚", "新西兰", "南非", "尼日利亚", "埃塞俄比亚", "肯尼亚", "苏丹", "刚果", "利比亚", "黑山总",
	"加沙", "欧盟", "北约",
}

var wordsOfStates = chars.NewWords(states)

// ownWords are how a document speaks of a unit of its own.
var ownWords = []string{
	"我省", "我市", "我州", "我盟", "我区", "我县", "我旗", "我镇", "我乡", "全省", "全市", "全县", "省委", "市委", "州委", "区委", "县委", "旗委", "镇党委", "乡党委",
	"街道党", "街道办",
}

// isAbroad reports whether a document is about other states: it names them in
// its title or twice, no place of ours in full, and no unit as its own.
func isAbroad(d *parts.Document) bool {
	lines := slices.Concat(d.Title, d.Facts, d.Lines)
	if slices.ContainsFunc(append(lines, d.Path), namesInFull) {
		return false
	}
	named := 0
	for _, l := range lines {
		wordsOfStates.Each(l.Text, func(_, _ int) { named++ })
		if l.Number == parts.InTitle {
			named *= 2
		}
	}
	return named >= 2 && !slices.ContainsFunc(lines, func(l parts.Line) bool { return chars.ContainsAny(l.Text, ownWords) })
}

// namesInFull reports whether a line names a place with the word for its unit,
// with what it lies in, or as one that governs: 德州市, 山东德州, 凉山州人民政府.
func namesInFull(l parts.Line) bool {
	return slices.ContainsFunc(l.Mentions, func(m gazetteer.Mention) bool {
		if m.Inner || m.Places[0] == gazetteer.Country {
			return m.Inner
		}
		name := l.Text[m.Start:m.End]
		return strings.HasPrefix(l.Text[m.End:], "人民政府") || slices.ContainsFunc(m.Places, func(p gazetteer.Place) bool { return p.Name() == name })
	})
}

// chance is what is left of a vote for a place that a document names, by what
// the document is about.
func (t *unitTally) chance(p gazetteer.Place) float64 {
	if t.abroad && p != gazetteer.Country && p.Parent() != gazetteer.Country {
		return abroadFactor
	}
	return 1
}

// isLocal reports whether a level is that of cities or of what lies in them.
func isLocal(level baogao.Level) bool {
	return level == baogao.City || level == baogao.District || level == baogao.Street
}
