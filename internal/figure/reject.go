package figure

import (
	"slices"
	"unicode/utf8"
)

// rejected reports whether a number with its unit is part of a date, a name, an
// ordinal, a meeting or an announcement of text, and no figure.
func (r *reader) rejected(n *number) bool {
	before := r.at(n.start - 1)
	switch {
	case n.ranked || n.unit == "番":
		return false
	case r.isOrdinal(n.start):
		return true
	case before == '过' && !r.endsWith(n.start, "超过", "通过", "不过") && (kindOf[n.unit] == Amount || n.bareUnit):
		return true // 年营收过50亿元
	case n.ranged && n.value == 0, n.unit == "%" && r.at(n.end) == '的' && r.endsWith(n.start, "超", "超过", "高于", "低于", "不足"):
		return true
	case before == '每' || before == '-' || before == '十' || before == '百' || before == '零' || before == '号' && n.bareUnit:
		return true
	case r.endsWith(n.start, "按照", "每满", "十四五", "十三五", "一窗", "零下", "不满", "未满", "年满", "满"):
		return true
	case r.isWord(n), r.isFine(n), r.at(n.end) == '级' && n.unit != "个":
		return true
	}
	switch kindOf[n.unit] {
	case Duration:
		return r.isDate(n)
	case Count:
		return r.isAnnounced(n)
	case Quantity:
		return r.isCapacity(n)
	case Index:
		return n.unit == "点" && (n.value <= 24 || isDigit(r.at(n.end))) || n.unit == "分" && isDigit(r.at(n.start-2))
	}
	return false
}

// isOrdinal reports whether 第 stands before a number, or before the list that
// it is in: 第1、2、3项.
func (r *reader) isOrdinal(i int) bool {
	for i > 1 && (isDigit(r.folded[i-1]) || r.folded[i-1] == '、' && isDigit(r.folded[i-2])) {
		i--
	}
	return r.at(i-1) == '第'
}

// isFine reports whether a number is one end of what may be fined or asked for:
// 500元以上1000元以下.
func (r *reader) isFine(n *number) bool {
	switch {
	case r.has(n.end, "以上"):
		value, end := r.decimal(min(n.end+2, len(r.folded)))
		for end < len(r.folded) && factors[r.folded[end]] > 0 {
			end++
		}
		size := units.Prefix(r.folded[min(end, len(r.folded)):])
		return value > 0 && r.has(end+size, "以下")
	case r.has(n.end, "以下"):
		return r.endsWith(n.start, "以上")
	}
	return false
}

// isWord reports whether a unit is the beginning of another word: 3方面, 5周年.
func (r *reader) isWord(n *number) bool {
	size := utf8.RuneCountInString(n.unit)
	return others.Prefix(r.folded[n.end-size:]) > size || n.unit == "期" && !r.endsHere(n.end)
}

// isDate reports whether a number of years, months or days is a date, a period
// or an anniversary.
func (r *reader) isDate(n *number) bool {
	i := n.end
	counted := r.endsWith(n.start, "连续", "历时", "长达", "缩短", "压缩", "延长", "缩减", "提前", "减少", "平均", "达", "至", "到", "近", "超", "超过", "以内", "不超过", "持续", "稳定运行", "保持", "为", "约", "仅")
	switch n.unit {
	case "年":
		return n.value >= 1000 || n.ranged || r.at(i) == '代' || r.at(i) == '度' || r.at(i) == '期' || !r.endsWith(n.start, "连续", "历时", "长达", "持续", "缩短", "提前")
	case "月":
		return true
	case "日":
		return true
	case "岁":
		return n.next > n.end || n.ranged || !r.endsHere(n.next)
	case "周":
		return !counted
	case "季度", "个季度":
		return n.unit == "季度" || !r.endsWith(n.start, "连续")
	case "分钟", "小时", "天", "秒":
		if r.endsWith(n.start, "×", "×", "近", "过去", "每") && n.unit == "天" {
			return true
		}
		if n.unit == "小时" && n.value == 24 || n.unit == "天" && (n.value == 365 || n.value == 7 && r.at(n.start-1) == '×') {
			return true
		}
		if n.unit == "分钟" && r.index(span{n.next, min(n.next+20, len(r.folded))}, "圈") >= 0 {
			return true
		}
		return (n.unit == "分钟" || n.unit == "小时") && !r.endsHere(n.next) || r.hasAny(i, "内", "前", "后", "长假", "假期") > 0
	case "个月":
		return r.endsWith(n.start, "前", "近", "过去", "未来") || r.hasAny(i, "内", "前", "后", "来") > 0
	case "个工作日", "工作日", "个小时":
		return r.at(i) == '内'
	}
	return false
}

// isAnnounced reports whether a number of things is one of what is said, or of
// where it is so.
func (r *reader) isAnnounced(n *number) bool {
	if r.at(n.start-1) == '的' && r.at(n.end) == '年' {
		return true
	}
	if !slices.Contains([]string{"个", "项", "大", "条", "类"}, n.unit) || n.factor > 1 {
		return false
	}
	if announced.Prefix(r.folded[n.end:]) > 0 || r.at(n.end) == '"' && r.endsHere(r.quoteEnd(n.end)) {
		return true
	}
	if n.unit == "个" && r.hasAny(n.end, "三年", "年行动", "五年", "百分") > 0 {
		return true
	}
	// 在14个领域, 与22个国家
	return r.endsWith(n.start, "在", "在全国", "在全省", "在全市", "在全区", "与", "以下", "下列", "如下", "同", "按", "分为", "每")
}

// quoteEnd is where the name ends that a quotation mark at a place begins.
func (r *reader) quoteEnd(i int) int {
	for i < len(r.folded) && r.quoted[i] {
		i++
	}
	return i
}

// isCapacity reports whether a quantity stands in the name of a project: 年产
// 10万吨项目, 220千伏.
func (r *reader) isCapacity(n *number) bool {
	if r.endsWith(n.start, "年产", "日产", "日处理", "年处理", "年加工", "一期", "二期", "三期", "装机") && !r.endsHere(n.next) {
		return true
	}
	return n.unit == "度" && (n.value < 30 && !r.endsHere(n.end) || n.value == 360)
}

// isThreshold reports whether a found number is a limit within the name of what
// the next one counts.
func (r *reader) isThreshold(i int) bool {
	n := r.found[i]
	k := kindOf[n.unit]
	if n.ranked || k != Amount && k != Duration && k != Area && k != Quantity && !(k == Count && (n.unit == "户" || n.unit == "人") && n.next > n.end) {
		return false
	}
	if i > 0 && k == Amount && r.found[i-1].next == n.start && r.index(span{n.next, min(n.next+4, len(r.folded))}, "项目") >= 0 {
		return true // 1个50亿元项目
	}
	limited := n.bound != "" && !n.approximate && (n.next > n.end || n.ranged) || r.endsWith(n.start, "超", "超过", "不足", "低于", "高于", "大于", "逾")
	at := n.next
	if r.at(at) == '的' {
		if n.next == n.end && !limited {
			return false
		}
		at++
	}
	if r.endsHere(at) || behind.Prefix(r.folded[at:]) > 0 && r.at(at) != '及' {
		return false
	}
	if limited && n.next > n.end {
		return r.thresholdBefore(n)
	}
	if r.endsWith(n.start, "总投资", "投资额", "计划投资", "完成投资", "总投资约", "总投资超", "年度投资", "产值") && !limited {
		return false
	}
	if i+1 >= len(r.found) || r.found[i+1].start-at > 12 {
		return false
	}
	between := span{at, r.found[i+1].start}
	if k != Amount || r.hasBoundary(between) {
		return false
	}
	return r.namesClass(between) && r.at(at) != '的' && (limited || n.ranged || !r.endsWith(n.start, "投资", "组建", "设立", "安排"))
}

// namesClass reports whether a span has the name of things that limits set
// apart: 投资10亿元以上项目.
func (r *reader) namesClass(s span) bool {
	for i := s.from; i < min(s.to, len(r.folded)); i++ {
		if n := classes.Prefix(r.folded[i:]); n > 0 && i+n <= s.to {
			return true
		}
	}
	return false
}

// thresholdBefore reports whether 10亿元以上 before a noun is a limit: it is
// unless it is what a verb has done.
func (r *reader) thresholdBefore(n *number) bool {
	before := r.folded[max(0, n.start-8):n.start]
	if k := kindOf[n.unit]; k == Count {
		return verbs.Suffix(before) == 0 && adverbs.Suffix(before) == 0
	}
	return verbs.Suffix(before) == 0 || r.namesClass(span{n.next, n.next + 10})
}

func (r *reader) hasBoundary(s span) bool {
	for i := s.from; i < s.to; i++ {
		if isBoundary(r.folded[i]) {
			return true
		}
	}
	return false
}
