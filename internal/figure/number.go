package figure

import (
	"strconv"
	"strings"

	"baogao/internal/analyzer"
)

// A number is a number of the text with its unit, and what is learnt of it.
type number struct {
	start, end  int // as of a Figure
	next        int // behind the words that belong to it, as 以上 and 左右
	value, high float64
	factor      float64 // of 万 and the like, 1 if none is written
	ranged      bool
	unit        string
	kind        Kind
	bound       Bound
	approximate bool
	bareUnit    bool // no unit is written
	attributive bool // a 的 follows, and what it measures stands behind that

	// Of what stands before it.
	from      int  // the text that belongs to it begins here
	lead      span // that text without the words that only lead to a number
	listed    bool // the next of a list: a 、 or 和 and nothing else stands before it
	grown     bool // 增长, 下降
	down      bool
	levelled  bool // 提高到, 降至
	earlier   bool // 由A…
	each      bool // 分别, 均, 各
	gap       span // the word and the place of a difference, 高于全省
	ranked    bool
	crossed   bool   // 突破
	tail      string // what a name lacks: 比 of 占比
	changed   bool   // the verb in front says that it has changed: 精简材料36%
	clause    span   // between the commas
	sentence  span
	indicator [][]span // names, each of parts; more than one where a number holds for several
	verb      span     // the part of the name that is a verb, in front
	noun      []span   // the name without the verb
	status    Status
	spreads   bool    // it is in a list that 分别 hands out
	part      *number // the whole that it is a part of, behind 其中
	act       span    // the verb of the list that it goes on
	used      int     // behind the noun behind the number, where that names it
	year      int
}

// digits is a number in digits.
func isDigit(c rune) bool { return c >= '0' && c <= '9' }

func isLatin(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// numbers finds the numbers of the text that are figures.
func (r *reader) numbers() {
	for i := 0; i < len(r.folded); {
		n, next := r.numberAt(i)
		if n != nil && !r.quoted[n.start] && !r.rejected(n) {
			r.found = append(r.found, n)
		}
		i = max(next, i+1)
	}
	r.fillUnits()
	r.found = drop(r.found, r.isThreshold)
}

func drop(list []*number, bad func(i int) bool) []*number {
	var kept []*number
	for i := range list {
		if !bad(i) {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// numberAt reads the number that begins at a place, if one does, and gives
// where the search goes on.
func (r *reader) numberAt(i int) (*number, int) {
	switch c := r.folded[i]; {
	case isDigit(c):
		return r.digitsAt(i)
	case c == '第' || c == '前':
		return r.rankAt(i)
	case c == '翻':
		return r.doublingAt(i)
	case c == '万' && r.has(i, "万亿元") && r.endsWith(i, "突破", "超", "超过", "迈上", "达", "达到", "跨越", "跨上", "站上"):
		return &number{start: i, end: i + 3, next: i + 3, value: 1e12, factor: 1e12, unit: "元"}, i + 3
	case analyzer.ChineseDigit(c) > 0 || c == '两' || c == '十' || c == '半':
		return r.chineseAt(i)
	}
	return nil, i + 1
}

// digitsAt reads a number in digits with its unit, and its range.
func (r *reader) digitsAt(i int) (*number, int) {
	value, end := r.decimal(i)
	if r.partOfName(i, end) {
		return nil, r.skipName(end)
	}
	n := &number{start: i, value: value}
	r.unitAt(n, end)
	if to := r.rangeAt(n); to > 0 {
		return n, n.end
	}
	n.value *= n.factor
	r.trail(n)
	return n, n.end
}

// decimal reads digits, with commas between thousands and a point.
func (r *reader) decimal(i int) (float64, int) {
	var b strings.Builder
	for isDigit(r.at(i)) {
		b.WriteRune(r.at(i))
		i++
	}
	for b.Len() <= 12 && r.at(i) == ',' && isDigit(r.at(i+1)) && isDigit(r.at(i+2)) && isDigit(r.at(i+3)) && !isDigit(r.at(i+4)) && b.Len() > 0 && r.text[i] == ',' {
		b.WriteString(string(r.folded[i+1 : i+4]))
		i += 4
	}
	if point := r.hasAny(i, " . ", "."); point > 0 && isDigit(r.at(i+point)) {
		b.WriteByte('.')
		for i += point; isDigit(r.at(i)); i++ {
			b.WriteRune(r.at(i))
		}
	}
	value, err := strconv.ParseFloat(b.String(), 64)
	if err != nil {
		return 0, i
	}
	return value, i
}

// partOfName reports whether digits are part of a code, a formula, a date or
// another name: PM2.5, 1+3+N, 2021-2025, 3.5.1, 0851-1234567.
func (r *reader) partOfName(i, end int) bool {
	before, after := r.at(i-1), r.at(end)
	if before == ' ' && isLatin(r.at(i-2)) {
		return true // GB/T 2260
	}
	switch {
	case isLatin(before) || before == '+' || before == '.' || before == '/' || before == '_' || before == '×' || before == '@' || before == '#' || before == '№' || before == '[' || before == '^':
		return true
	case after == '+' || after == '×' || after == '/' || after == '_' || after == '.' && isDigit(r.at(end+1)) || after == ']':
		return true
	case isLatin(after):
		return !r.has(end, "pflops") && !r.has(end, "eflops")
	case before == '-' && (isDigit(r.at(i-2)) || isLatin(r.at(i-2))):
		return true // what goes on from a number that took no range
	case (after == '-' || after == ':') && r.at(i) == '0' && isDigit(r.at(i+1)):
		return true // area codes and hours
	case before == ':' && isDigit(r.at(i-2)) || after == ':' && isDigit(r.at(end+1)):
		return !r.inRatio(i)
	case before == '(' && after == ')', before == '〔':
		return true
	}
	return false
}

// skipName is the end of the code or formula that goes on at a place.
func (r *reader) skipName(i int) int {
	for c := r.at(i); isDigit(c) || isLatin(c) || c == '+' || c == '.' || c == '/' || c == '-' || c == '_' || c == '×'; c = r.at(i) {
		i++
	}
	return i
}

// inRatio reports whether the number at a place is part of one such as
// 8:41:51, said to be a share or a ratio.
func (r *reader) inRatio(i int) bool {
	for isDigit(r.at(i-1)) || r.at(i-1) == ':' || r.at(i-1) == '.' {
		i--
	}
	i = r.beforeLevel(i)
	return r.endsWith(i, "比", "比重", "比例", "结构", "构成", "比例关系")
}

// beforeLevel is where the words end that stand before 为, 达到, 调整至 and a
// number.
func (r *reader) beforeLevel(i int) int {
	for {
		n := r.hasBefore(i, "为", "达", "到", "优化", "调整", "至", "由", "从", "是", "降", "升", "提升", "提高", "超")
		if n == 0 {
			return i
		}
		i -= n
	}
}

// factors are the words of powers of ten.
var factors = map[rune]float64{'十': 10, '百': 1e2, '千': 1e3, '万': 1e4, '亿': 1e8}

// unitAt reads the powers of ten and the unit behind digits that end at a
// place.
func (r *reader) unitAt(n *number, end int) {
	n.factor = 1
	i := r.more(n, end)
	for f, ok := factors[r.at(i)]; ok && !r.startsUnit(i); f, ok = factors[r.at(i)] {
		n.factor *= f
		i = r.more(n, i+1)
	}
	i = r.more(n, i)
	size := units.Prefix(r.folded[i:])
	if size > 0 && r.has(i+size, "/") {
		if more := units.Prefix(r.folded[i+size+1:]); more > 0 {
			size += 1 + more
		}
	}
	n.unit, n.bareUnit = string(r.folded[i:i+size]), size == 0
	n.end = i + size
	n.next = n.end
}

// startsUnit reports whether a power of ten belongs to a unit: 千瓦, 千米, 百分点.
func (r *reader) startsUnit(i int) bool {
	return r.hasAny(i, "千瓦", "千米", "千克", "千伏", "百分点", "千卡") > 0
}

// more skips 余 and 多 and notes them.
func (r *reader) more(n *number, i int) int {
	if c := r.at(i); c == '余' || c == '多' && r.at(i+1) != '元' && !r.has(i, "多式") || c == '几' {
		n.approximate, n.bound = true, Min
		return i + 1
	}
	return i
}

// rangeAt reads the upper end of a range, and gives where it ends, 0 where
// there is none.
func (r *reader) rangeAt(n *number) int {
	i := n.end
	if i >= len(r.folded) {
		return 0
	}
	switch r.folded[i] {
	case '-', '~':
		for r.at(i) == '-' || r.at(i) == '~' {
			i++
		}
	case '至', '到':
		i++
	default:
		return 0
	}
	if !isDigit(r.at(i)) {
		return 0
	}
	high, end := r.decimal(i)
	if r.at(end) == '-' || isLatin(r.at(end)) {
		return 0
	}
	upper := &number{}
	r.unitAt(upper, end)
	if upper.bareUnit || !n.bareUnit && n.unit != upper.unit || high*upper.factor <= n.value*n.factor && n.factor > 1 {
		return 0
	}
	if n.bareUnit && n.factor == 1 {
		n.factor = upper.factor
	}
	n.unit, n.bareUnit = upper.unit, false
	n.value, n.high = n.value*n.factor, high*upper.factor
	n.ranged, n.bound = true, Range
	n.end, n.next = upper.end, upper.end
	n.approximate = n.approximate || upper.approximate
	r.trail(n)
	return n.end
}

// trail reads the words behind a unit that belong to the number: 以上, 左右.
func (r *reader) trail(n *number) {
	i := n.end
	if r.at(i) == '(' { // 套(间)
		for j := i + 1; j < min(i+4, len(r.folded)); j++ {
			if r.folded[j] == ')' && j > i+1 && units.Prefix(r.folded[i+1:j]) == j-i-1 {
				i = j + 1
				break
			}
		}
	}
	switch {
	case r.has(i, "及以上"):
		n.bound, i = Min, i+3
	case r.has(i, "以上"):
		n.bound, i = Min, i+2
	case r.has(i, "以内") || r.has(i, "以下") || r.has(i, "之内"):
		n.bound, i = Max, i+2
	case r.has(i, "左右") || r.has(i, "上下"):
		n.approximate, i = true, i+2
	case r.at(i) == '余' || r.at(i) == '多' && !r.has(i, "多式"):
		n.approximate, n.bound, i = true, Min, i+1
	case r.has(i, "之多") || r.has(i, "大关"):
		i += 2
	}
	n.next = i
}

// rankAt reads 第3位, 第一, 前10名.
func (r *reader) rankAt(i int) (*number, int) {
	j := i + 1
	var value float64
	if isDigit(r.at(j)) {
		value, j = r.decimal(j)
	} else if value, j = r.chinese(j); value == 0 {
		return nil, i + 1
	}
	n := &number{start: i, value: value, factor: 1, unit: "位", kind: Rank, ranked: true}
	if r.folded[i] == '前' {
		n.bound = Max
	}
	c := r.at(j)
	written := (c == '位' || c == '名') && r.at(j+1) != '次' && r.at(j+1) != '置'
	if written {
		j++
	}
	n.end, n.next = j, j
	if r.has(j, "以内") {
		n.next = j + 2
	}
	if !written && !r.endsHere(n.next) {
		return nil, i + 1
	}
	if !written && !r.ranksHere(i) {
		return nil, i + 1
	}
	if written && r.folded[i] == '前' && !r.ranksHere(i) {
		return nil, i + 1
	}
	return n, j
}

// endsHere reports whether a clause or an item of a list ends at a place.
func (r *reader) endsHere(i int) bool {
	return i >= len(r.folded) || strings.ContainsRune(",、。;!?)( \n", r.folded[i]) || r.hasAny(i, "和", "的", "升至", "跃", "上升", "提升", "行列", "以") > 0
}

// ranksHere reports whether the words before a place say that a rank follows.
func (r *reader) ranksHere(i int) bool {
	before := r.folded[max(0, i-12):i]
	if last := len(r.found) - 1; last >= 0 && r.found[last].ranked && r.joins(r.found[last].next, i) {
		return true
	}
	if n := places.Suffix(before); n > 0 {
		return true
	}
	return ranking.Suffix(before) > 0
}

// doublingAt reads 翻番 and 翻两番.
func (r *reader) doublingAt(i int) (*number, int) {
	if r.has(i, "翻番") {
		return &number{start: i, end: i + 2, next: i + 2, value: 1, factor: 1, unit: "番", grown: true}, i + 2
	}
	if value, j := r.chinese(i + 1); value > 0 && r.at(j) == '番' {
		return &number{start: i, end: j + 1, next: j + 1, value: value, factor: 1, unit: "番", grown: true}, j + 1
	}
	return nil, i + 1
}

// chineseAt reads the Chinese numbers that are figures: 九成, 一倍, 两个百分点.
func (r *reader) chineseAt(i int) (*number, int) {
	value, j := r.chinese(i)
	if r.folded[i] == '半' || value == 0 {
		return nil, i + 1
	}
	n := &number{start: i, value: value, factor: 1}
	switch {
	case r.at(j) == '成' && value <= 10 && !r.formsWord(i, j):
		n.value, n.unit, n.end = value*10, "%", j+1
		if r.at(j+1) == '半' {
			n.value, n.end = n.value+5, j+2
		}
	case r.at(j) == '倍' && r.at(j+1) != '增' && r.at(j+1) != '数':
		n.unit, n.end = "倍", j+1
	case r.has(j, "个百分点"):
		n.unit, n.end = "个百分点", j+4
	default:
		return nil, j
	}
	n.next = n.end
	r.trail(n)
	return n, n.end
}

// formsWord reports whether 成 behind a numeral begins another word: 一成立,
// 三成套.
func (r *reader) formsWord(i, j int) bool {
	if strings.ContainsRune("立效果长功为员套熟本就都品绩交型", r.at(j+1)) && r.at(j+1) != 0 {
		return true
	}
	return i > 0 && strings.ContainsRune("第十百之其统唯专逐一", r.folded[i-1])
}

// chinese reads a Chinese number up to 99.
func (r *reader) chinese(i int) (float64, int) {
	digit := func(i int) (int, int) {
		if r.at(i) == '两' {
			return 2, i + 1
		}
		if d := analyzer.ChineseDigit(r.at(i)); d > 0 && r.at(i) != '十' {
			return d, i + 1
		}
		return 0, i
	}
	tens, j := digit(i)
	if r.at(j) != '十' {
		return float64(tens), j
	}
	if j == i {
		tens = 1
	}
	ones, k := digit(j + 1)
	return float64(10*tens + ones), k
}

// fillUnits gives numbers without a unit the one of the next in their list:
// 164.8、234.8亿元, 快于全国3.4个、1个百分点. What finds none is no figure.
func (r *reader) fillUnits() {
	for i := len(r.found) - 1; i >= 0; i-- {
		n := r.found[i]
		if i+1 < len(r.found) {
			r.fillUnit(n, r.found[i+1])
		}
	}
	r.found = drop(r.found, func(i int) bool { return r.found[i].bareUnit && !r.hasNoUnit(r.found[i]) })
}

func (r *reader) fillUnit(n, next *number) {
	if !r.joins(n.next, next.start) {
		return
	}
	switch {
	case n.bareUnit && !next.bareUnit && isDigit(r.folded[next.start]):
		if next.unit == "位" || next.unit == "年" {
			return
		}
		n.unit, n.bareUnit = next.unit, false
		if n.factor == 1 {
			n.factor = next.factor
			n.value *= next.factor
		}
	case n.unit == "个" && (next.unit == "个百分点" || next.unit == "百分点"):
		n.unit = "个百分点"
	}
}

// joins reports whether only the sign or word of a list stands between two
// places.
func (r *reader) joins(from, to int) bool {
	if to-from < 1 || to-from > 2 {
		return false
	}
	s := string(r.folded[from:to])
	return s == "、" || s == "和" || s == "," || s == ":" || s == "与" || s == "及" || s == "以及"
}

// people are those who are counted without a unit: 惠及300万群众.
var people = []string{"群众", "妇女", "居民", "学生", "中小学生", "老人", "老年人", "职工", "人口", "市民", "农民", "游客", "村民"}

// hasNoUnit reports whether a number without a unit is a figure none the less:
// a part of a ratio, the value of an index.
func (r *reader) hasNoUnit(n *number) bool {
	if n.factor >= 1e4 && r.hasAny(n.next, people...) > 0 {
		n.unit = "人"
		return true
	}
	if n.ranged || n.factor > 1 && !r.endsHere(n.next) {
		return false
	}
	if r.at(n.end) == ':' || r.at(n.start-1) == ':' {
		n.kind = Rate
		return r.inRatio(n.start)
	}
	if n.factor >= 1e8 && r.endsHere(n.next) {
		n.unit = "元"
		return true
	}
	if !r.endsHere(n.next) {
		return false
	}
	if r.endsWith(r.beforeLevel(n.start), "指数", "得分", "评分", "系数", "分值", "综合指数", "容积率") {
		n.kind = Index
		return true
	}
	return false
}
