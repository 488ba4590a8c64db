package number

import (
	"slices"
	"unicode/utf8"
)

// A screen tells numbers that are no figures.
type screen struct{ *Text }

// rejected reports whether a number with its unit is part of a date, a name, an
// ordinal, a meeting or an announcement of text, and no figure.
func (s *screen) rejected(n *Number) bool {
	before := s.At(n.Start - 1)
	switch {
	case n.Ranked || n.Unit == "番":
		return false
	case s.isOrdinal(n.Start):
		return true
	case before == '过' && !s.EndsWith(n.Start, "超过", "通过", "不过") && (KindOf[n.Unit] == Amount || n.BareUnit):
		return true // 年营收过50亿元
	case n.Ranged && n.Value == 0, n.Unit == "%" && s.At(n.End) == '的' && s.EndsWith(n.Start, "超", "超过", "高于", "低于", "不足"):
		return true
	case before == '每' || before == '-' || before == '十' || before == '百' || before == '零' || before == '号' && n.BareUnit:
		return true
	case s.EndsWith(n.Start, "按照", "每满", "十四五", "十三五", "一窗", "零下", "不满", "未满", "年满", "满"):
		return true
	case s.isWord(n), s.isFine(n), s.At(n.End) == '级' && n.Unit != "个":
		return true
	}
	switch KindOf[n.Unit] {
	case Duration:
		return s.isDate(n)
	case Count:
		return s.isAnnounced(n)
	case Quantity:
		return s.isCapacity(n)
	case Index:
		return n.Unit == "点" && (n.Value <= 24 || IsDigit(s.At(n.End))) || n.Unit == "分" && IsDigit(s.At(n.Start-2))
	}
	return false
}

// isOrdinal reports whether 第 stands before a number, or before the list that
// it is in: 第1、2、3项.
func (s *screen) isOrdinal(i int) bool {
	for i > 1 && (IsDigit(s.Folded[i-1]) || s.Folded[i-1] == '、' && IsDigit(s.Folded[i-2])) {
		i--
	}
	return s.At(i-1) == '第'
}

// isFine reports whether a number is one end of what may be fined or asked for:
// 500元以上1000元以下.
func (s *screen) isFine(n *Number) bool {
	switch {
	case s.Has(n.End, "以上"):
		value, end := s.decimal(min(n.End+2, len(s.Folded)))
		for end < len(s.Folded) && factors[s.Folded[end]] > 0 {
			end++
		}
		size := units.Prefix(s.Folded[min(end, len(s.Folded)):])
		return value > 0 && s.Has(end+size, "以下")
	case s.Has(n.End, "以下"):
		return s.EndsWith(n.Start, "以上")
	}
	return false
}

// isWord reports whether a unit is the beginning of another word: 3方面, 5周年.
func (s *screen) isWord(n *Number) bool {
	size := utf8.RuneCountInString(n.Unit)
	return others.Prefix(s.Folded[n.End-size:]) > size || n.Unit == "期" && !s.EndsHere(n.End)
}

// isDate reports whether a number of years, months or days is a date, a period
// or an anniversary.
func (s *screen) isDate(n *Number) bool {
	i := n.End
	counted := s.EndsWith(n.Start, "连续", "历时", "长达", "缩短", "压缩", "延长", "缩减", "提前", "减少", "平均", "达", "至", "到", "近", "超", "超过", "以内", "不超过", "持续", "稳定运行", "保持", "为", "约", "仅")
	switch n.Unit {
	case "年":
		return n.Value >= 1000 || n.Ranged || s.At(i) == '代' || s.At(i) == '度' || s.At(i) == '期' || !s.EndsWith(n.Start, "连续", "历时", "长达", "持续", "缩短", "提前")
	case "月":
		return true
	case "日":
		return true
	case "岁":
		return n.Next > n.End || n.Ranged || !s.EndsHere(n.Next)
	case "周":
		return !counted
	case "季度", "个季度":
		return n.Unit == "季度" || !s.EndsWith(n.Start, "连续")
	case "分钟", "小时", "天", "秒":
		if s.EndsWith(n.Start, "×", "×", "近", "过去", "每") && n.Unit == "天" {
			return true
		}
		if n.Unit == "小时" && n.Value == 24 || n.Unit == "天" && (n.Value == 365 || n.Value == 7 && s.At(n.Start-1) == '×') {
			return true
		}
		if n.Unit == "分钟" && s.Index(Span{n.Next, min(n.Next+20, len(s.Folded))}, "圈") >= 0 {
			return true
		}
		return (n.Unit == "分钟" || n.Unit == "小时") && !s.EndsHere(n.Next) || s.HasAny(i, "内", "前", "后", "长假", "假期") > 0
	case "个月":
		return s.EndsWith(n.Start, "前") && !s.EndsWith(n.Start, "提前") || s.EndsWith(n.Start, "近", "过去", "未来") || s.HasAny(i, "内", "前", "后", "来") > 0
	case "个工作日", "工作日", "个小时":
		return s.At(i) == '内'
	}
	return false
}

// isAnnounced reports whether a number of things is one of what is said, or of
// where it is so.
func (s *screen) isAnnounced(n *Number) bool {
	if s.At(n.Start-1) == '的' && s.At(n.End) == '年' {
		return true
	}
	if !slices.Contains([]string{"个", "项", "大", "条", "类"}, n.Unit) || n.Factor > 1 {
		return false
	}
	if announced.Prefix(s.Folded[n.End:]) > 0 || s.At(n.End) == '"' && s.EndsHere(s.QuoteEnd(n.End)) {
		return true
	}
	if n.Unit == "个" && s.HasAny(n.End, "三年", "年行动", "五年", "百分") > 0 {
		return true
	}
	// 在14个领域, 与22个国家
	return s.EndsWith(n.Start, "在", "在全国", "在全省", "在全市", "在全区", "与", "以下", "下列", "如下", "同", "按", "分为", "每")
}

// isCapacity reports whether a quantity stands in the name of a project: 年产
// 10万吨项目, 220千伏.
func (s *screen) isCapacity(n *Number) bool {
	if s.EndsWith(n.Start, "年产", "日产", "日处理", "年处理", "年加工", "一期", "二期", "三期", "装机") && !s.EndsHere(n.Next) {
		return true
	}
	return n.Unit == "度" && (n.Value < 30 && !s.EndsHere(n.End) || n.Value == 360)
}
