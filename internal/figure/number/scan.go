package number

import (
	"strings"

	"baogao/internal/analyzer"
)

// A scanner finds the numbers of a text, each with its unit.
type scanner struct {
	*Text
	found []*Number
}

// factors are the words of powers of ten.
var factors = map[rune]float64{'十': 10, '百': 1e2, '千': 1e3, '万': 1e4, '亿': 1e8}

// numbers finds the numbers of the text that are figures.
func (s *scanner) numbers() {
	for i := 0; i < len(s.Folded); {
		if !begins(s.Folded[i]) {
			i++
			continue
		}
		n, next := s.numberAt(i)
		if n != nil && !s.Quoted[n.Start] && !(&screen{s.Text}).rejected(n) {
			s.found = append(s.found, n)
		}
		i = max(next, i+1)
	}
}

// begins reports whether a number may begin with a folded character.
func begins(c rune) bool {
	switch c {
	case '第', '前', '翻', '万', '两', '十', '半', '一', '二', '三', '四', '五', '六', '七', '八', '九':
		return true
	}
	return IsDigit(c)
}

// numberAt reads the number that begins at a place, if one does, and gives
// where the search goes on.
func (s *scanner) numberAt(i int) (*Number, int) {
	switch c := s.Folded[i]; {
	case IsDigit(c):
		return s.digitsAt(i)
	case c == '第' || c == '前':
		return s.rankAt(i)
	case c == '翻':
		return s.doublingAt(i)
	case c == '万' && s.Has(i, "万亿元") && s.EndsWith(i, "突破", "超", "超过", "迈上", "达", "达到", "跨越", "跨上", "站上"):
		return &Number{Start: i, End: i + 3, Next: i + 3, Value: 1e12, Factor: 1e12, Unit: "元"}, i + 3
	}
	return s.chineseAt(i)
}

// digitsAt reads a number in digits with its unit, and its range.
func (s *scanner) digitsAt(i int) (*Number, int) {
	value, end := s.decimal(i)
	if s.partOfName(i, end) {
		return nil, s.skipName(end)
	}
	n := &Number{Start: i, Value: value, Factor: 1}
	if s.Has(end, ":1") && !IsDigit(s.At(end+2)) && s.At(end+2) != ':' && s.At(end+2) != '.' && s.At(i-1) != ':' {
		n.Kind, n.BareUnit, n.End = Index, true, end+2 // 2.2:1
		s.trail(n)
		return n, n.End
	}
	s.unitAt(n, end)
	if to := s.rangeAt(n); to > 0 {
		return n, n.End
	}
	n.Value *= n.Factor
	s.trail(n)
	return n, n.End
}

// partOfName reports whether digits are part of a code, a formula, a date or
// another name: PM2.5, 1+3+N, 2021-2025, 3.5.1, 0851-1234567.
func (s *scanner) partOfName(i, end int) bool {
	before, after := s.At(i-1), s.At(end)
	if before == ' ' && isLatin(s.At(i-2)) {
		return true // GB/T 2260
	}
	switch {
	case isLatin(before) || before == '+' || before == '.' || before == '/' || before == '_' || before == '×' || before == '@' || before == '#' || before == '№' || before == '[' || before == '^':
		return true
	case after == '+' || after == '×' || after == '/' || after == '_' || after == '.' && IsDigit(s.At(end+1)) || after == ']':
		return true
	case isLatin(after):
		size := units.Prefix(s.Folded[end:])
		return size == 0 || isLatin(s.At(end+size))
	case before == '-' && (IsDigit(s.At(i-2)) || isLatin(s.At(i-2))):
		return true // what goes on from a number that took no range
	case (after == '-' || after == ':') && s.At(i) == '0' && IsDigit(s.At(i+1)):
		return true // area codes and hours
	case before == ':' && IsDigit(s.At(i-2)) || after == ':' && IsDigit(s.At(end+1)):
		return !s.inRatio(i)
	case before == '(' && after == ')', before == '〔':
		return true
	}
	return false
}

// skipName is the end of the code or formula that goes on at a place.
func (s *scanner) skipName(i int) int {
	for c := s.At(i); IsDigit(c) || isLatin(c) || c == '+' || c == '.' || c == '/' || c == '-' || c == '_' || c == '×'; c = s.At(i) {
		i++
	}
	return i
}

// unitAt reads the powers of ten and the unit behind digits that end at a
// place.
func (s *scanner) unitAt(n *Number, end int) {
	n.Factor = 1
	i := s.more(n, end)
	for f, ok := factors[s.At(i)]; ok && !s.startsUnit(i); f, ok = factors[s.At(i)] {
		n.Factor *= f
		i = s.more(n, i+1)
	}
	i = s.more(n, i)
	if s.At(i) == ' ' && units.Prefix(s.Folded[i+1:]) > 0 && s.At(i+1) != '%' && !IsDigit(s.At(i+2)) {
		i++ // 291 项
	}
	size := units.Prefix(s.Folded[i:])
	if size > 0 && s.Has(i+size, "/") {
		if more := units.Prefix(s.Folded[i+size+1:]); more > 0 {
			size += 1 + more
		}
	}
	n.Unit, n.BareUnit = s.folded(Span{i, i + size}), size == 0
	n.End = i + size
	n.Next = n.End
}

// startsUnit reports whether a power of ten belongs to a Unit: 千瓦, 千米, 百分点.
func (s *scanner) startsUnit(i int) bool {
	return s.HasAny(i, "千瓦", "千米", "千克", "千伏", "百分点", "千卡") > 0
}

// more skips 余 and 多 and notes them.
func (s *scanner) more(n *Number, i int) int {
	if c := s.At(i); c == '余' || c == '多' && s.At(i+1) != '元' && !s.Has(i, "多式") || c == '几' {
		n.Approximate, n.Bound = true, Min
		return i + 1
	}
	return i
}

// rangeAt reads the upper end of a range, and gives where it ends, 0 where
// there is none.
func (s *scanner) rangeAt(n *Number) int {
	i := n.End
	if i >= len(s.Folded) {
		return 0
	}
	switch s.Folded[i] {
	case '-', '~':
		for s.At(i) == '-' || s.At(i) == '~' {
			i++
		}
	case '至', '到':
		i++
	default:
		return 0
	}
	if !IsDigit(s.At(i)) {
		return 0
	}
	high, end := s.decimal(i)
	if s.At(end) == '-' || isLatin(s.At(end)) {
		return 0
	}
	upper := &Number{}
	s.unitAt(upper, end)
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
	s.trail(n)
	return n.End
}

// trail reads the words behind a unit that belong to the number: 以上, 左右.
func (s *scanner) trail(n *Number) {
	i := n.End
	if s.At(i) == '(' { // 套(间)
		for j := i + 1; j < min(i+4, len(s.Folded)); j++ {
			if s.Folded[j] == ')' && j > i+1 && units.Prefix(s.Folded[i+1:j]) == j-i-1 {
				i = j + 1
				break
			}
		}
	}
	switch {
	case s.Has(i, "及以上"):
		n.Bound, i = Min, i+3
	case s.Has(i, "以上"):
		n.Bound, i = Min, i+2
	case s.Has(i, "以内") || s.Has(i, "以下") || s.Has(i, "之内"):
		n.Bound, i = Max, i+2
	case s.Has(i, "左右") || s.Has(i, "上下"):
		n.Approximate, i = true, i+2
	case s.At(i) == '余' || s.At(i) == '多' && !s.Has(i, "多式"):
		n.Approximate, n.Bound, i = true, Min, i+1
	case s.Has(i, "之多") || s.Has(i, "大关"):
		i += 2
	}
	n.Next = i
}

// rankAt reads 第3位, 第一, 前10名.
func (s *scanner) rankAt(i int) (*Number, int) {
	j := i + 1
	var value float64
	if IsDigit(s.At(j)) {
		value, j = s.decimal(j)
	} else if value, j = s.chinese(j); value == 0 {
		return nil, i + 1
	}
	n := &Number{Start: i, Value: value, Factor: 1, Unit: "位", Kind: Rank, Ranked: true}
	if s.Folded[i] == '前' {
		n.Bound = Max
	}
	c := s.At(j)
	written := (c == '位' || c == '名') && s.At(j+1) != '次' && s.At(j+1) != '置'
	if written {
		j++
	}
	n.End, n.Next = j, j
	if s.Has(j, "以内") {
		n.Next = j + 2
	}
	if !written && !s.EndsHere(n.Next) {
		return nil, i + 1
	}
	if !written && !s.ranksHere(i) {
		return nil, i + 1
	}
	if written && s.Folded[i] == '前' && !s.ranksHere(i) {
		return nil, i + 1
	}
	return n, j
}

// ranksHere reports whether the words before a place say that a rank follows.
func (s *scanner) ranksHere(i int) bool {
	before := s.Folded[max(0, i-12):i]
	if last := len(s.found) - 1; last >= 0 && s.found[last].Ranked && s.Joins(s.found[last].Next, i) {
		return true
	}
	if n := Places.Suffix(before); n > 0 {
		return true
	}
	if s.Folded[i] == '第' && IsDigit(s.At(i+1)) {
		for j := i - 2; j >= max(0, i-20) && !IsBoundary(s.Folded[j]); j-- {
			if Ranking.Prefix(s.Folded[j:i]) > 1 || s.Folded[j] == '居' {
				return true // 居中部地区第1
			}
		}
	}
	return Ranking.Suffix(before) > 0
}

// doublingAt reads 翻番 and 翻两番.
func (s *scanner) doublingAt(i int) (*Number, int) {
	if s.Has(i, "翻番") {
		return &Number{Start: i, End: i + 2, Next: i + 2, Value: 1, Factor: 1, Unit: "番", Grown: true}, i + 2
	}
	if value, j := s.chinese(i + 1); value > 0 && s.At(j) == '番' {
		return &Number{Start: i, End: j + 1, Next: j + 1, Value: value, Factor: 1, Unit: "番", Grown: true}, j + 1
	}
	return nil, i + 1
}

// chineseAt reads the Chinese numbers that are figures: 九成, 一倍, 两个百分点.
func (s *scanner) chineseAt(i int) (*Number, int) {
	value, j := s.chinese(i)
	if s.Folded[i] == '半' || value == 0 {
		return nil, i + 1
	}
	n := Number{Start: i, Value: value, Factor: 1}
	switch {
	case s.At(j) == '成' && value <= 10 && !s.formsWord(i, j):
		n.Value, n.Unit, n.End = value*10, "%", j+1
		if c := s.At(j + 1); c == '半' {
			n.Value, n.End = n.Value+5, j+2
		} else if d := analyzer.ChineseDigit(c); d > 0 && s.EndsHere(j+2) {
			n.Value, n.End = n.Value+float64(d), j+2
		}
	case s.At(j) == '倍' && s.At(j+1) != '增' && s.At(j+1) != '数':
		n.Unit, n.End = "倍", j+1
	case s.Has(j, "个百分点"):
		n.Unit, n.End = "个百分点", j+4
	default:
		return nil, j
	}
	n.Next = n.End
	found := &n
	s.trail(found)
	return found, n.End
}

// formsWord reports whether 成 behind a numeral begins another word: 一成立,
// 三成套.
func (s *scanner) formsWord(i, j int) bool {
	if strings.ContainsRune("立效果长功为员套熟本就都品绩交型", s.At(j+1)) && s.At(j+1) != 0 {
		return true
	}
	return i > 0 && strings.ContainsRune("第十百之其统唯专逐一", s.Folded[i-1])
}
