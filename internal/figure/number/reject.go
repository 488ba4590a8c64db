package number

import (
	"slices"
	"unicode/utf8"
)

// rejected reports whether a number with its unit is part of a date, a name, an
// ordinal, a meeting or an announcement of text, and no figure.
func (r *reader) rejected(n *Number) bool {
	before := r.At(n.Start - 1)
	switch {
	case n.Ranked || n.Unit == "番":
		return false
	case r.isOrdinal(n.Start):
		return true
	case before == '过' && !r.EndsWith(n.Start, "超过", "通过", "不过") && (KindOf[n.Unit] == Amount || n.BareUnit):
		return true // 年营收过50亿元
	case n.Ranged && n.Value == 0, n.Unit == "%" && r.At(n.End) == '的' && r.EndsWith(n.Start, "超", "超过", "高于", "低于", "不足"):
		return true
	case before == '每' || before == '-' || before == '十' || before == '百' || before == '零' || before == '号' && n.BareUnit:
		return true
	case r.EndsWith(n.Start, "按照", "每满", "十四五", "十三五", "一窗", "零下", "不满", "未满", "年满", "满"):
		return true
	case r.isWord(n), r.isFine(n), r.At(n.End) == '级' && n.Unit != "个":
		return true
	}
	switch KindOf[n.Unit] {
	case Duration:
		return r.isDate(n)
	case Count:
		return r.isAnnounced(n)
	case Quantity:
		return r.isCapacity(n)
	case Index:
		return n.Unit == "点" && (n.Value <= 24 || IsDigit(r.At(n.End))) || n.Unit == "分" && IsDigit(r.At(n.Start-2))
	}
	return false
}

// isOrdinal reports whether 第 stands before a number, or before the list that
// it is in: 第1、2、3项.
func (r *reader) isOrdinal(i int) bool {
	for i > 1 && (IsDigit(r.Folded[i-1]) || r.Folded[i-1] == '、' && IsDigit(r.Folded[i-2])) {
		i--
	}
	return r.At(i-1) == '第'
}

// isFine reports whether a number is one end of what may be fined or asked for:
// 500元以上1000元以下.
func (r *reader) isFine(n *Number) bool {
	switch {
	case r.Has(n.End, "以上"):
		value, end := r.decimal(min(n.End+2, len(r.Folded)))
		for end < len(r.Folded) && factors[r.Folded[end]] > 0 {
			end++
		}
		size := units.Prefix(r.Folded[min(end, len(r.Folded)):])
		return value > 0 && r.Has(end+size, "以下")
	case r.Has(n.End, "以下"):
		return r.EndsWith(n.Start, "以上")
	}
	return false
}

// isWord reports whether a unit is the beginning of another word: 3方面, 5周年.
func (r *reader) isWord(n *Number) bool {
	size := utf8.RuneCountInString(n.Unit)
	return others.Prefix(r.Folded[n.End-size:]) > size || n.Unit == "期" && !r.EndsHere(n.End)
}

// isDate reports whether a number of years, months or days is a date, a period
// or an anniversary.
func (r *reader) isDate(n *Number) bool {
	i := n.End
	counted := r.EndsWith(n.Start, "连续", "历时", "长达", "缩短", "压缩", "延长", "缩减", "提前", "减少", "平均", "达", "至", "到", "近", "超", "超过", "以内", "不超过", "持续", "稳定运行", "保持", "为", "约", "仅")
	switch n.Unit {
	case "年":
		return n.Value >= 1000 || n.Ranged || r.At(i) == '代' || r.At(i) == '度' || r.At(i) == '期' || !r.EndsWith(n.Start, "连续", "历时", "长达", "持续", "缩短", "提前")
	case "月":
		return true
	case "日":
		return true
	case "岁":
		return n.Next > n.End || n.Ranged || !r.EndsHere(n.Next)
	case "周":
		return !counted
	case "季度", "个季度":
		return n.Unit == "季度" || !r.EndsWith(n.Start, "连续")
	case "分钟", "小时", "天", "秒":
		if r.EndsWith(n.Start, "×", "×", "近", "过去", "每") && n.Unit == "天" {
			return true
		}
		if n.Unit == "小时" && n.Value == 24 || n.Unit == "天" && (n.Value == 365 || n.Value == 7 && r.At(n.Start-1) == '×') {
			return true
		}
		if n.Unit == "分钟" && r.Index(Span{n.Next, min(n.Next+20, len(r.Folded))}, "圈") >= 0 {
			return true
		}
		return (n.Unit == "分钟" || n.Unit == "小时") && !r.EndsHere(n.Next) || r.HasAny(i, "内", "前", "后", "长假", "假期") > 0
	case "个月":
		return r.EndsWith(n.Start, "前") && !r.EndsWith(n.Start, "提前") || r.EndsWith(n.Start, "近", "过去", "未来") || r.HasAny(i, "内", "前", "后", "来") > 0
	case "个工作日", "工作日", "个小时":
		return r.At(i) == '内'
	}
	return false
}

// isAnnounced reports whether a number of things is one of what is said, or of
// where it is so.
func (r *reader) isAnnounced(n *Number) bool {
	if r.At(n.Start-1) == '的' && r.At(n.End) == '年' {
		return true
	}
	if !slices.Contains([]string{"个", "项", "大", "条", "类"}, n.Unit) || n.Factor > 1 {
		return false
	}
	if announced.Prefix(r.Folded[n.End:]) > 0 || r.At(n.End) == '"' && r.EndsHere(r.QuoteEnd(n.End)) {
		return true
	}
	if n.Unit == "个" && r.HasAny(n.End, "三年", "年行动", "五年", "百分") > 0 {
		return true
	}
	// 在14个领域, 与22个国家
	return r.EndsWith(n.Start, "在", "在全国", "在全省", "在全市", "在全区", "与", "以下", "下列", "如下", "同", "按", "分为", "每")
}

// isCapacity reports whether a quantity stands in the name of a project: 年产
// 10万吨项目, 220千伏.
func (r *reader) isCapacity(n *Number) bool {
	if r.EndsWith(n.Start, "年产", "日产", "日处理", "年处理", "年加工", "一期", "二期", "三期", "装机") && !r.EndsHere(n.Next) {
		return true
	}
	return n.Unit == "度" && (n.Value < 30 && !r.EndsHere(n.End) || n.Value == 360)
}
