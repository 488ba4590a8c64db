// Package number reads the numbers of a text that may be figures: in digits and
// in Chinese, with their powers of ten, their units, their ranges and the words
// that bound them. Dates, codes, ordinals and parts of names are none.
package number

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// Kind is what a figure measures.
type Kind string

// The kinds of figures.
const (
	Count    Kind = "count"    // things: 14件
	Amount   Kind = "amount"   // money: 5亿元
	Rate     Kind = "rate"     // a share or a level in percent: 办结率100%
	Growth   Kind = "growth"   // a change: 增长8%, 提高2个百分点, 翻一番
	Gap      Kind = "gap"      // the distance to another place or plan: 高于全省0.5个百分点
	Rank     Kind = "rank"     // a place among others: 居全省第3位
	Duration Kind = "duration" // 缩短至1个工作日
	Area     Kind = "area"     // 营造林310万亩
	Quantity Kind = "quantity" // what is weighed or measured: 615亿斤, 600公里
	Index    Kind = "index"    // a ratio or a score: 是2019年的2.3倍
)

// Bound says of which side of a value the true one lies.
type Bound string

// The bounds of values. The empty Bound is the value itself.
const (
	Min   Bound = "min"   // 以上, 超, 突破, 余
	Max   Bound = "max"   // 以内, 不超过, 前3
	Range Bound = "range" // from Value to High
)

// A Number is a number of a text with its unit.
type Number struct {
	Start, End  int // of the number, and behind its unit
	Next        int // behind the words that belong to it, as 以上 and 左右
	Value, High float64
	Factor      float64 // of 万 and the like, 1 if none is written
	Ranged      bool    // from Value to High
	Unit        string
	Kind        Kind // where the number itself says so, as in 第3位
	Bound       Bound
	Approximate bool
	BareUnit    bool // no unit is written
	Ranked      bool // 第3位
	Grown       bool // 翻番
}

// MayHold reports whether a text has what all numbers have: a digit, or one of
// the words that stand with Chinese ones. Most texts have none, and no more is
// done for them.
func MayHold(text string) bool {
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b-'0' <= 9 || b == 0xEF && i+2 < len(text) && text[i+1] == 0xBC && text[i+2]-0x90 <= 9 {
			return true
		}
	}
	for _, w := range [...]string{"第", "前", "倍", "番", "百分点", "百分點", "亿元", "億元"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	for rest := text; ; {
		i := strings.Index(rest, "成")
		if i < 0 {
			return false
		}
		if before, _ := utf8.DecodeLastRuneInString(rest[:i]); analyzer.ChineseDigit(before) > 0 || before == '两' || before == '兩' {
			return true
		}
		rest = rest[i+len("成"):]
	}
}

type reader struct {
	*Text
	found []*Number
}

// Read reads the numbers of a text, in their order.
func Read(t *Text) []*Number {
	r := &reader{Text: t}
	r.numbers()
	r.fillUnits()
	return r.found
}

// IsDigit reports whether a folded character is a digit.
func IsDigit(c rune) bool { return c >= '0' && c <= '9' }

func isLatin(c rune) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// numbers finds the numbers of the text that are figures.
func (r *reader) numbers() {
	for i := 0; i < len(r.Folded); {
		n, next := r.numberAt(i)
		if n != nil && !r.Quoted[n.Start] && !r.rejected(n) {
			r.found = append(r.found, n)
		}
		i = max(next, i+1)
	}
}

// numberAt reads the number that begins at a place, if one does, and gives
// where the search goes on.
func (r *reader) numberAt(i int) (*Number, int) {
	switch c := r.Folded[i]; {
	case IsDigit(c):
		return r.digitsAt(i)
	case c == '第' || c == '前':
		return r.rankAt(i)
	case c == '翻':
		return r.doublingAt(i)
	case c == '万' && r.Has(i, "万亿元") && r.EndsWith(i, "突破", "超", "超过", "迈上", "达", "达到", "跨越", "跨上", "站上"):
		return &Number{Start: i, End: i + 3, Next: i + 3, Value: 1e12, Factor: 1e12, Unit: "元"}, i + 3
	case analyzer.ChineseDigit(c) > 0 || c == '两' || c == '十' || c == '半':
		return r.chineseAt(i)
	}
	return nil, i + 1
}

// digitsAt reads a number in digits with its unit, and its range.
func (r *reader) digitsAt(i int) (*Number, int) {
	value, end := r.decimal(i)
	if r.partOfName(i, end) {
		return nil, r.skipName(end)
	}
	n := &Number{Start: i, Value: value, Factor: 1}
	if r.Has(end, ":1") && !IsDigit(r.At(end+2)) && r.At(end+2) != ':' && r.At(end+2) != '.' && r.At(i-1) != ':' {
		n.Kind, n.BareUnit, n.End = Index, true, end+2 // 2.2:1
		r.trail(n)
		return n, n.End
	}
	r.unitAt(n, end)
	if to := r.rangeAt(n); to > 0 {
		return n, n.End
	}
	n.Value *= n.Factor
	r.trail(n)
	return n, n.End
}

// decimal reads digits, with commas between thousands and a point.
func (r *reader) decimal(i int) (float64, int) {
	var b strings.Builder
	for IsDigit(r.At(i)) {
		b.WriteRune(r.At(i))
		i++
	}
	for b.Len() <= 12 && r.At(i) == ',' && IsDigit(r.At(i+1)) && IsDigit(r.At(i+2)) && IsDigit(r.At(i+3)) && !IsDigit(r.At(i+4)) && b.Len() > 0 && r.Published[i] == ',' {
		b.WriteString(string(r.Folded[i+1 : i+4]))
		i += 4
	}
	if point := r.HasAny(i, " . ", "."); point > 0 && IsDigit(r.At(i+point)) {
		b.WriteByte('.')
		for i += point; IsDigit(r.At(i)); i++ {
			b.WriteRune(r.At(i))
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
	before, after := r.At(i-1), r.At(end)
	if before == ' ' && isLatin(r.At(i-2)) {
		return true // GB/T 2260
	}
	switch {
	case isLatin(before) || before == '+' || before == '.' || before == '/' || before == '_' || before == '×' || before == '@' || before == '#' || before == '№' || before == '[' || before == '^':
		return true
	case after == '+' || after == '×' || after == '/' || after == '_' || after == '.' && IsDigit(r.At(end+1)) || after == ']':
		return true
	case isLatin(after):
		size := units.Prefix(r.Folded[end:])
		return size == 0 || isLatin(r.At(end+size))
	case before == '-' && (IsDigit(r.At(i-2)) || isLatin(r.At(i-2))):
		return true // what goes on from a number that took no range
	case (after == '-' || after == ':') && r.At(i) == '0' && IsDigit(r.At(i+1)):
		return true // area codes and hours
	case before == ':' && IsDigit(r.At(i-2)) || after == ':' && IsDigit(r.At(end+1)):
		return !r.inRatio(i)
	case before == '(' && after == ')', before == '〔':
		return true
	}
	return false
}

// skipName is the end of the code or formula that goes on at a place.
func (r *reader) skipName(i int) int {
	for c := r.At(i); IsDigit(c) || isLatin(c) || c == '+' || c == '.' || c == '/' || c == '-' || c == '_' || c == '×'; c = r.At(i) {
		i++
	}
	return i
}

// inRatio reports whether the number at a place is part of one such as
// 8:41:51, said to be a share or a ratio.
func (r *reader) inRatio(i int) bool {
	for IsDigit(r.At(i-1)) || r.At(i-1) == ':' || r.At(i-1) == '.' {
		i--
	}
	i = r.beforeLevel(i)
	return r.EndsWith(i, "比", "比重", "比例", "结构", "构成", "比例关系")
}

// beforeLevel is where the words end that stand before 为, 达到, 调整至 and a
// number.
func (r *reader) beforeLevel(i int) int {
	for {
		n := r.HasBefore(i, "为", "达", "到", "优化", "调整", "至", "由", "从", "是", "降", "升", "提升", "提高", "超", "缩小", "收窄", "控制在", "在", "扩大")
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
func (r *reader) unitAt(n *Number, end int) {
	n.Factor = 1
	i := r.more(n, end)
	for f, ok := factors[r.At(i)]; ok && !r.startsUnit(i); f, ok = factors[r.At(i)] {
		n.Factor *= f
		i = r.more(n, i+1)
	}
	i = r.more(n, i)
	if r.At(i) == ' ' && units.Prefix(r.Folded[i+1:]) > 0 && r.At(i+1) != '%' && !IsDigit(r.At(i+2)) {
		i++ // 291 项
	}
	size := units.Prefix(r.Folded[i:])
	if size > 0 && r.Has(i+size, "/") {
		if more := units.Prefix(r.Folded[i+size+1:]); more > 0 {
			size += 1 + more
		}
	}
	n.Unit, n.BareUnit = string(r.Folded[i:i+size]), size == 0
	n.End = i + size
	n.Next = n.End
}

// startsUnit reports whether a power of ten belongs to a Unit: 千瓦, 千米, 百分点.
func (r *reader) startsUnit(i int) bool {
	return r.HasAny(i, "千瓦", "千米", "千克", "千伏", "百分点", "千卡") > 0
}

// more skips 余 and 多 and notes them.
func (r *reader) more(n *Number, i int) int {
	if c := r.At(i); c == '余' || c == '多' && r.At(i+1) != '元' && !r.Has(i, "多式") || c == '几' {
		n.Approximate, n.Bound = true, Min
		return i + 1
	}
	return i
}

// rangeAt reads the upper end of a range, and gives where it ends, 0 where
// there is none.
func (r *reader) rangeAt(n *Number) int {
	i := n.End
	if i >= len(r.Folded) {
		return 0
	}
	switch r.Folded[i] {
	case '-', '~':
		for r.At(i) == '-' || r.At(i) == '~' {
			i++
		}
	case '至', '到':
		i++
	default:
		return 0
	}
	if !IsDigit(r.At(i)) {
		return 0
	}
	high, end := r.decimal(i)
	if r.At(end) == '-' || isLatin(r.At(end)) {
		return 0
	}
	upper := &Number{}
	r.unitAt(upper, end)
	if upper.BareUnit || !n.BareUnit && n.Unit != upper.Unit || high*upper.Factor <= n.Value*n.Factor && n.Factor > 1 {
		return 0
	}
	if n.BareUnit && n.Factor == 1 {
		n.Factor = upper.Factor
	}
	n.Unit, n.BareUnit = upper.Unit, false
	n.Value, n.High = n.Value*n.Factor, high*upper.Factor
	n.Ranged, n.Bound = true, Range
	n.End, n.Next = upper.End, upper.End
	n.Approximate = n.Approximate || upper.Approximate
	r.trail(n)
	return n.End
}

// trail reads the words behind a unit that belong to the number: 以上, 左右.
func (r *reader) trail(n *Number) {
	i := n.End
	if r.At(i) == '(' { // 套(间)
		for j := i + 1; j < min(i+4, len(r.Folded)); j++ {
			if r.Folded[j] == ')' && j > i+1 && units.Prefix(r.Folded[i+1:j]) == j-i-1 {
				i = j + 1
				break
			}
		}
	}
	switch {
	case r.Has(i, "及以上"):
		n.Bound, i = Min, i+3
	case r.Has(i, "以上"):
		n.Bound, i = Min, i+2
	case r.Has(i, "以内") || r.Has(i, "以下") || r.Has(i, "之内"):
		n.Bound, i = Max, i+2
	case r.Has(i, "左右") || r.Has(i, "上下"):
		n.Approximate, i = true, i+2
	case r.At(i) == '余' || r.At(i) == '多' && !r.Has(i, "多式"):
		n.Approximate, n.Bound, i = true, Min, i+1
	case r.Has(i, "之多") || r.Has(i, "大关"):
		i += 2
	}
	n.Next = i
}

// rankAt reads 第3位, 第一, 前10名.
func (r *reader) rankAt(i int) (*Number, int) {
	j := i + 1
	var value float64
	if IsDigit(r.At(j)) {
		value, j = r.decimal(j)
	} else if value, j = r.chinese(j); value == 0 {
		return nil, i + 1
	}
	n := &Number{Start: i, Value: value, Factor: 1, Unit: "位", Kind: Rank, Ranked: true}
	if r.Folded[i] == '前' {
		n.Bound = Max
	}
	c := r.At(j)
	written := (c == '位' || c == '名') && r.At(j+1) != '次' && r.At(j+1) != '置'
	if written {
		j++
	}
	n.End, n.Next = j, j
	if r.Has(j, "以内") {
		n.Next = j + 2
	}
	if !written && !r.EndsHere(n.Next) {
		return nil, i + 1
	}
	if !written && !r.ranksHere(i) {
		return nil, i + 1
	}
	if written && r.Folded[i] == '前' && !r.ranksHere(i) {
		return nil, i + 1
	}
	return n, j
}

// EndsHere reports whether a clause or an item of a list ends at a place.
func (t *Text) EndsHere(i int) bool {
	return i >= len(t.Folded) || strings.ContainsRune(",、。;!?)( \n", t.Folded[i]) || t.HasAny(i, "和", "的", "升至", "跃", "上升", "提升", "行列", "以") > 0
}

// ranksHere reports whether the words before a place say that a rank follows.
func (r *reader) ranksHere(i int) bool {
	before := r.Folded[max(0, i-12):i]
	if last := len(r.found) - 1; last >= 0 && r.found[last].Ranked && r.Joins(r.found[last].Next, i) {
		return true
	}
	if n := Places.Suffix(before); n > 0 {
		return true
	}
	if r.Folded[i] == '第' && IsDigit(r.At(i+1)) {
		for j := i - 2; j >= max(0, i-20) && !IsBoundary(r.Folded[j]); j-- {
			if Ranking.Prefix(r.Folded[j:i]) > 1 || r.Folded[j] == '居' {
				return true // 居中部地区第1
			}
		}
	}
	return Ranking.Suffix(before) > 0
}

// doublingAt reads 翻番 and 翻两番.
func (r *reader) doublingAt(i int) (*Number, int) {
	if r.Has(i, "翻番") {
		return &Number{Start: i, End: i + 2, Next: i + 2, Value: 1, Factor: 1, Unit: "番", Grown: true}, i + 2
	}
	if value, j := r.chinese(i + 1); value > 0 && r.At(j) == '番' {
		return &Number{Start: i, End: j + 1, Next: j + 1, Value: value, Factor: 1, Unit: "番", Grown: true}, j + 1
	}
	return nil, i + 1
}

// chineseAt reads the Chinese numbers that are figures: 九成, 一倍, 两个百分点.
func (r *reader) chineseAt(i int) (*Number, int) {
	value, j := r.chinese(i)
	if r.Folded[i] == '半' || value == 0 {
		return nil, i + 1
	}
	n := &Number{Start: i, Value: value, Factor: 1}
	switch {
	case r.At(j) == '成' && value <= 10 && !r.formsWord(i, j):
		n.Value, n.Unit, n.End = value*10, "%", j+1
		if c := r.At(j + 1); c == '半' {
			n.Value, n.End = n.Value+5, j+2
		} else if d := analyzer.ChineseDigit(c); d > 0 && r.EndsHere(j+2) {
			n.Value, n.End = n.Value+float64(d), j+2
		}
	case r.At(j) == '倍' && r.At(j+1) != '增' && r.At(j+1) != '数':
		n.Unit, n.End = "倍", j+1
	case r.Has(j, "个百分点"):
		n.Unit, n.End = "个百分点", j+4
	default:
		return nil, j
	}
	n.Next = n.End
	r.trail(n)
	return n, n.End
}

// formsWord reports whether 成 behind a numeral begins another word: 一成立,
// 三成套.
func (r *reader) formsWord(i, j int) bool {
	if strings.ContainsRune("立效果长功为员套熟本就都品绩交型", r.At(j+1)) && r.At(j+1) != 0 {
		return true
	}
	return i > 0 && strings.ContainsRune("第十百之其统唯专逐一", r.Folded[i-1])
}

// chinese reads a Chinese number up to 99.
func (r *reader) chinese(i int) (float64, int) {
	digit := func(i int) (int, int) {
		if r.At(i) == '两' {
			return 2, i + 1
		}
		if d := analyzer.ChineseDigit(r.At(i)); d > 0 && r.At(i) != '十' {
			return d, i + 1
		}
		return 0, i
	}
	tens, j := digit(i)
	if r.At(j) != '十' {
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
	r.found = slices.DeleteFunc(r.found, func(n *Number) bool { return n.BareUnit && !r.hasNoUnit(n) })
}

func (r *reader) fillUnit(n, next *Number) {
	if !r.Joins(n.Next, next.Start) {
		return
	}
	switch {
	case n.BareUnit && !next.BareUnit && IsDigit(r.Folded[next.Start]):
		if next.Unit == "位" || next.Unit == "年" {
			return
		}
		n.Unit, n.BareUnit = next.Unit, false
		if n.Factor == 1 {
			n.Factor = next.Factor
			n.Value *= next.Factor
		}
	case n.Unit == "个" && (next.Unit == "个百分点" || next.Unit == "百分点"):
		n.Unit = "个百分点"
	}
}

// Joins reports whether only the sign or word of a list stands between two
// Places.
func (t *Text) Joins(from, to int) bool {
	if to-from < 1 || to-from > 2 {
		return false
	}
	s := string(t.Folded[from:to])
	return s == "、" || s == "和" || s == "," || s == ":" || s == "与" || s == "及" || s == "以及"
}

// people are those who are counted without a Unit: 惠及300万群众.
var people = []string{"群众", "妇女", "居民", "学生", "中小学生", "老人", "老年人", "职工", "人口", "市民", "农民", "游客", "村民", "毕业生", "大学生", "劳动力", "儿童", "农牧民", "脱贫人口"}

// countsPeople reports whether people are named at a place, up to a sign.
func (r *reader) countsPeople(i int) bool {
	for j := i; j < min(i+8, len(r.Folded)) && !IsBoundary(r.Folded[j]) && r.Folded[j] != '、' && !IsDigit(r.Folded[j]); j++ {
		if r.HasAny(j, people...) > 0 {
			return true
		}
	}
	return false
}

// hasNoUnit reports whether a number without a unit is a figure none the less:
// a part of a ratio, the value of an index.
func (r *reader) hasNoUnit(n *Number) bool {
	if n.Factor >= 1e4 && r.countsPeople(n.Next) {
		n.Unit = "人"
		return true
	}
	if n.Factor >= 1e4 && n.Factor < 1e8 && r.EndsHere(n.Next) && !r.EndsWith(n.Start, "过") && r.EndsWith(n.Start, "超", "达", "达到", "突破", "近", "约", "为", "人数", "总数", "逾", "至", "到") {
		n.Kind = Count
		return true
	}
	if n.Ranged || n.Factor > 1 && !r.EndsHere(n.Next) {
		return false
	}
	if n.Kind == Index {
		return r.inRatio(n.Start)
	}
	if r.At(n.End) == ':' || r.At(n.Start-1) == ':' {
		n.Kind = Rate
		return r.inRatio(n.Start)
	}
	if n.Factor >= 1e8 && r.EndsHere(n.Next) {
		n.Unit = "元"
		return true
	}
	if !r.EndsHere(n.Next) {
		return false
	}
	if r.EndsWith(r.beforeLevel(n.Start), "指数", "倍差", "得分", "评分", "系数", "分值", "综合指数", "容积率") {
		n.Kind = Index
		return true
	}
	return false
}
