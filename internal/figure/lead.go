package figure

import (
	"strings"
	"unicode/utf8"

	"baogao/internal/figure/lexicon"
	"baogao/internal/figure/number"
)

// isStop reports whether a folded character ends a sentence.
func isStop(c rune) bool { return c == '。' || c == '!' || c == '?' || c == '\n' }

// leads read what leads to each number.
type leads struct {
	lists
	found mentions
	year  int // that is reported on
}

// read finds for each number the text before it that belongs to it, and parts
// it into what only leads to the number and the rest.
func (l *leads) read() {
	for i, n := range l.found {
		floor := 0
		if i > 0 {
			floor = l.found[i-1].Next
		}
		l.place(n)
		n.begin = l.leadStart(n, floor)
		n.listed = i > 0 && l.Joins(l.found[i-1].Next, n.Start)
		n.attributive = l.At(n.Next) == '的'
		n.lead = l.trim(span(n.begin, n.Start))
		l.stripLead(n)
		if n.listed {
			n.lead = span(n.Start, n.Start)
			n.spreads = l.found[i-1].each || l.found[i-1].spreads || l.found[i-1].Unit != n.Unit && len(l.split(l.found[i-1].lead, true)) == 2
		}
		if n.Unit == "" && l.At(n.End) == ':' {
			n.each = true
		}
	}
}

// place finds the clause and the sentence of a number.
func (l *leads) place(n *mention) {
	i := n.Start
	for i > 0 && !number.IsBoundary(l.Folded[i-1]) {
		i--
	}
	j := n.Next
	for j < len(l.Folded) && !number.IsBoundary(l.Folded[j]) {
		j++
	}
	n.clause = span(i, j)
	for i > 0 && !isStop(l.Folded[i-1]) {
		i--
	}
	for j < len(l.Folded) && !isStop(l.Folded[j]) {
		j++
	}
	n.sentence = span(i, j)
}

// leadStart is where the text before a number begins that belongs to it: behind
// the last figure, comma or opening bracket.
func (l *leads) leadStart(n *mention, floor int) int {
	depth := 0
	for i := n.Start; i > floor; i-- {
		switch c := l.Folded[i-1]; {
		case c == ')':
			depth++
		case c == '(' && depth > 0:
			depth--
		case c == '(', number.IsBoundary(c) && depth == 0 && !l.Quoted[i-1]:
			return i
		case l.Published[i-1] == '—' && i-2 >= 0 && l.Published[i-2] == '—':
			return i
		}
	}
	return floor
}

// stripLead takes the words off the end of what stands before a number that
// only lead to it, and notes what they say.
func (l *leads) stripLead(n *mention) {
	for {
		before := n.lead
		l.stripWord(n)
		n.lead = l.trim(n.lead)
		if n.lead == before || n.lead.From >= n.lead.To {
			break
		}
	}
	if n.Unit == "番" {
		n.Grown = true
	}
}

func (l *leads) stripWord(n *mention) {
	text := l.Folded[n.lead.From:n.lead.To]
	cut := func(size int) bool {
		n.lead.To -= size
		return size > 0
	}
	switch {
	case number.KindOf[n.Unit] == Duration && cut(l.HasBefore(n.lead.To, "连续", "历时", "长达", "持续")):
	case cut(l.levelSize(n, text)):
		n.levelled = true
		n.Grown, n.down = false, false
	case !n.levelled && !n.Grown && n.gap == (number.Span{}) && cut(l.growthSize(n, text)):
	case n.Unit == "倍" && cut(l.timesSize(text)):
	case cut(l.comparisonSize(text)):
	case cut(l.wordSize(nearly, text)):
		n.Approximate = true
	case l.stripGap(n):
	case atMost.Suffix(text) > atLeast.Suffix(text) && cut(atMost.Suffix(text)):
		if n.Bound == "" {
			n.Bound = Max
		}
	case cut(l.wordSize(atLeast, text)):
		n.crossed = l.Has(n.lead.To, "突破") || l.Has(n.lead.To, "迈上") || l.Has(n.lead.To, "跨越")
		if n.Bound == "" {
			n.Bound = Min
		}
	case cut(l.eachSize(text)):
		n.each = true
	case n.Ranked && cut(l.rankSize(text)):
	case cut(l.fromSize(n, text)):
		n.earlier = true
	default:
		if string(text) != "占" {
			cut(l.wordSize(fillers, text))
		}
	}
}

// parted are the characters before which a word of one character is part of
// another one: 签约, 国有, 作为, 统计.
var parted = map[rune]string{
	'约': "签履条制集节合", '近': "附最接临", '有': "国所拥公私共持占含民享专", '为': "作成行认因", '共': "公中", '计': "统审设合总累预会",
	'在': "现存潜所内外", '达': "抵发雷到", '是': "于就", '还': "返归偿退", '仅': "不", '超': "反赶", '破': "侦突", '逾': "", '占': "抢侵", '已': "而",
}

// wordSize is the length of the word of a class that a text ends with, 0 where
// it is the end of a longer word.
func (l *leads) wordSize(x lexicon.Lexicon, text []rune) int {
	size := x.Suffix(text)
	if size == 1 && len(text) > 1 && strings.ContainsRune(parted[text[len(text)-1]], text[len(text)-2]) {
		return 0
	}
	return size
}

// eachSize is the length of 均, 分别 and the like at the end of a text, 0 where its
// 均 is the end of 平均, 年均, 人均.
func (l *leads) eachSize(text []rune) int {
	size := each.Suffix(text)
	if at := len(text) - size; size > 0 && at > 0 && text[at] == '均' && endsMean(text[at-1]) {
		return 0
	}
	return size
}

// endsMean reports whether 均 behind a character is no word of its own: 平均, 人均.
func endsMean(before rune) bool {
	return strings.ContainsRune("平年月日季周人户亩地", before)
}

// levelSize is the length of 提高到 and the like at the end of a text. 到 and 至
// alone end words too: 收到.
func (l *leads) levelSize(n *mention, text []rune) int {
	size := levels.Suffix(text)
	if size == 1 && (len(text) > 1 && strings.ContainsRune("不收达接得做遇见看找拿感提听走来甚乃以直截", text[len(text)-2])) {
		return 0
	}
	if n.Ranked && size == 1 {
		return 1
	}
	return size
}

// growthSize is the length of 增长 and the like at the end of a text, and notes
// it. What grows by things counted is a count: 增加学位, 净增.
func (l *leads) growthSize(n *mention, text []rune) int {
	up, down := growthUp.Suffix(text), growthDown.Suffix(text)
	size := max(up, down)
	if size == 0 || size == 1 && (len(text) == 1 || strings.ContainsRune("新净倍年递税稀", text[len(text)-2]) && text[len(text)-1] != '翻') {
		return 0
	}
	if n.Ranked {
		return 0
	}
	if last := text[len(text)-1]; (last == '速' || last == '幅') && n.Unit != "%" {
		return 0
	}
	switch number.KindOf[n.Unit] {
	case Count, Area, Quantity:
		n.down = down > 0
		if size == len(text) {
			return 0
		}
		if n.Unit == "番" {
			n.Grown = true
		}
		if text[len(text)-1] == '量' {
			return 0
		}
		return size
	}
	n.Grown, n.down = true, down > 0
	return size
}

// comparisonSize is the length of 同比, 较2020年, 比“十三五”末 at the end of a
// text.
func (l *leads) comparisonSize(text []rune) int {
	if size := comparing.Suffix(text); size > 0 {
		return size
	}
	for _, w := range []string{"平均的", "平均水平的", "平均值的"} {
		if at := len(text) - utf8.RuneCountInString(w); at > 0 && beginsWith(text[at:], w) && number.Places.Suffix(text[:at]) > 0 {
			return len(text) - at + number.Places.Suffix(text[:at]) // 是全国平均的70%
		}
	}
	for i := len(text) - 1; i >= max(0, len(text)-12); i-- {
		if number.IsBoundary(text[i]) {
			return 0
		}
		if (text[i] == '较' || text[i] == '比') && (i == 0 || !strings.ContainsRune("占对同环可相评赛好百之", text[i-1])) {
			last := text[len(text)-1]
			if strings.ContainsRune("年末初底期度月前", last) {
				return len(text) - i
			}
		}
	}
	return 0
}

// timesSize is the length of 是2019年的 at the end of a text.
func (l *leads) timesSize(text []rune) int {
	for i := len(text) - 2; i >= max(0, len(text)-12) && text[len(text)-1] == '的'; i-- {
		if text[i] == '是' || text[i] == '为' {
			return len(text) - i
		}
	}
	return 0
}

// stripGap takes 高于全省 and the like off, and notes them: what stands behind
// the word is the place or plan that is compared with.
func (l *leads) stripGap(n *mention) bool {
	k := number.KindOf[n.Unit]
	if n.gap != (number.Span{}) || k != Growth && k != Rate && k != Amount && n.Unit != "倍" || n.Ranked {
		return false
	}
	for i := n.lead.To - 1; i >= max(n.lead.From, n.lead.To-14); i-- {
		size := gaps.Prefix(l.Folded[i:n.lead.To])
		if size == 0 {
			continue
		}
		if i > n.lead.From && gaps.Prefix(l.Folded[i-1:n.lead.To]) > size {
			continue
		}
		if size == 1 && k == Amount || !l.isReference(span(i+size, n.lead.To), size) {
			continue
		}
		n.gap = span(i, n.lead.To)
		n.down = gapsDown.Prefix(l.Folded[i:n.lead.To]) > 0
		n.lead.To = i
		return true
	}
	return false
}

// isReference reports whether a span is what something is compared with: a
// place, an average, a plan, a year.
func (l *leads) isReference(s number.Span, size int) bool {
	text := l.Folded[s.From:s.To]
	if len(text) == 0 || l.Index(s, "、") >= 0 {
		return false
	}
	for _, w := range []string{"全国", "全省", "全市", "全区", "全州", "全部", "平均", "水平", "目标", "均", "同期", "任务", "计划", "预期", "其他", "省定", "国家", "序时", "增速", "去年", "上年", "地区", "西部", "省", "城镇", "农村", "收入", "增幅", "指标", "GDP", "生产总值", "要求"} {
		if l.Index(s, w) >= 0 {
			return size > 1 || number.Places.Prefix(text) == len(text) || len(text) <= 6
		}
	}
	return number.Places.Prefix(text) > 0
}

// rankSize is the length of 居全省 and the like at the end of a text.
func (l *leads) rankSize(text []rune) int {
	if size := number.Places.Suffix(text); size > 0 {
		return size
	}
	size := number.Ranking.Suffix(text)
	if size == 1 && len(text) > 1 && strings.ContainsRune("排行安邻定", text[len(text)-2]) {
		return 0
	}
	if size == 0 {
		size = l.rankedAmong(text)
	}
	if size == 0 && len(text) >= 4 {
		for _, w := range []string{"连续两年", "连续三年", "连续四年", "连续五年", "连续多年", "名次", "综合", "成绩"} {
			if n := utf8.RuneCountInString(w); beginsWith(text[max(0, len(text)-n):], w) {
				return n
			}
		}
	}
	return size
}

// rankedAmong is the length of 排名全球城市 at the end of a text, whatever it is
// that something is ranked among, if more stands before.
func (l *leads) rankedAmong(text []rune) int {
	for i := len(text) - 3; i >= max(1, len(text)-14); i-- {
		for _, w := range []string{"排名", "位居", "位列", "名列", "保持在", "排在", "进至", "居全国", "居全省", "居全市", "居中部", "居西部", "居东部", "居长三角"} {
			if beginsWith(text[i:], w) {
				return len(text) - i
			}
		}
	}
	return 0
}

// fromSize is the length of 由 and 从 with a time or place behind at the end of
// a text: 从2020年的, 由上年的.
func (l *leads) fromSize(n *mention, text []rune) int {
	if size := froms.Suffix(text); size > 0 {
		n.year = yearIn(text[len(text)-size:], l.year)
		return size
	}
	for i := len(text) - 1; i >= max(0, len(text)-14); i-- {
		if text[i] != '从' && text[i] != '由' {
			continue
		}
		rest := text[i+1:]
		s := strings.TrimSuffix(string(rest), "的")
		for _, w := range []string{"年", "末", "底", "初", "期", "前", "原来", "全国", "全省", "全市", "西部", "时"} {
			if strings.HasSuffix(s, w) {
				n.year = yearIn(rest, l.year)
				return len(text) - i
			}
		}
		return 0
	}
	return 0
}

// yearIn is the year that a text names, 0 if none: 2020年, and 上年 of what is reported on
// another.
func yearIn(text []rune, reported int) int {
	for i := 0; i+5 <= len(text); i++ {
		if text[i+4] == '年' && number.IsDigit(text[i]) && number.IsDigit(text[i+3]) {
			y := 0
			for _, c := range text[i : i+4] {
				if !number.IsDigit(c) {
					y = 0
					break
				}
				y = 10*y + int(c-'0')
			}
			if y >= 1949 && y < 2100 {
				return y
			}
		}
	}
	for i := 1; i < len(text) && reported > 0; i++ {
		if text[i] == '年' && (text[i-1] == '上' || text[i-1] == '去') {
			return reported - 1
		}
	}
	return 0
}

// beginsWith reports whether a text begins with a word.
func beginsWith(text []rune, word string) bool {
	i := 0
	for _, c := range word {
		if i == len(text) || text[i] != c {
			return false
		}
		i++
	}
	return true
}
