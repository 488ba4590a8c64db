package figure

import "baogao/internal/figure/number"

// limits tell limits within names from figures.
type limits struct {
	*number.Text
	found []*number.Number
}

// figures are the numbers that are no limits.
func (l *limits) figures() mentions {
	room, kept := make([]mention, len(l.found)), make(mentions, 0, len(l.found))
	for i, n := range l.found {
		if m := &room[i]; !l.isThreshold(i) {
			m.Number = *n
			kept = append(kept, m)
		}
	}
	return kept
}

// isThreshold reports whether a found number is a limit within the name of what
// the next one counts.
func (l *limits) isThreshold(i int) bool {
	n := l.found[i]
	k := number.KindOf[n.Unit]
	if n.Ranked || k != Amount && k != Duration && k != Area && k != Quantity && n.Unit != "分" && !(k == Count && (n.Unit == "户" || n.Unit == "人") && n.Next > n.End) {
		return false
	}
	if i > 0 && k == Amount && l.found[i-1].Next == n.Start && l.Index(span(n.Next, min(n.Next+4, len(l.Folded))), "项目") >= 0 {
		return true // 1个50亿元项目
	}
	limited := n.Bound != "" && !n.Approximate && (n.Next > n.End || n.Ranged) || l.EndsWith(n.Start, "超", "超过", "不足", "低于", "高于", "大于", "逾")
	at := n.Next
	if i+1 < len(l.found) && k == Amount && l.isEither(n, l.found[i+1]) {
		return true
	}
	if l.At(at) == '的' {
		if n.Next == n.End && !limited {
			return false
		}
		at++
	}
	if l.EndsHere(at) || behind.Prefix(l.Folded[at:]) > 0 && l.At(at) != '及' {
		return false
	}
	if limited && n.Next > n.End {
		return l.thresholdBefore(n)
	}
	if l.EndsWith(n.Start, "总投资", "投资额", "计划投资", "完成投资", "总投资约", "总投资超", "年度投资", "产值") && !limited {
		return false
	}
	if i+1 >= len(l.found) || l.found[i+1].Start-at > 12 {
		return false
	}
	between := span(at, l.found[i+1].Start)
	if k != Amount || l.HasBoundary(between) {
		return false
	}
	return l.namesClass(between) && l.At(at) != '的' && (limited || n.Ranged || !l.EndsWith(n.Start, "投资", "组建", "设立", "安排"))
}

// isEither reports whether an amount and the next number are limits of one name,
// parted by 或: 10亿元或1亿美元项目.
func (l *limits) isEither(n, next *number.Number) bool {
	return l.At(n.Next) == '或' && next.Start == n.Next+1 && number.KindOf[next.Unit] == Amount && l.namesClass(span(next.Next, next.Next+6))
}

// namesClass reports whether a span has the name of things that limits set
// apart: 投资10亿元以上项目.
func (l *limits) namesClass(s number.Span) bool {
	for i := s.From; i < min(s.To, len(l.Folded)); i++ {
		if n := classes.Prefix(l.Folded[i:]); n > 0 && i+n <= s.To {
			return true
		}
	}
	return false
}

// thresholdBefore reports whether 10亿元以上 before a noun is a limit: it is
// unless it is what a verb has done.
func (l *limits) thresholdBefore(n *number.Number) bool {
	before := l.Folded[max(0, n.Start-8):n.Start]
	if k := number.KindOf[n.Unit]; k == Count {
		return verbs.Suffix(before) == 0 && adverbs.Suffix(before) == 0
	}
	return verbs.Suffix(before) == 0 || l.namesClass(span(n.Next, n.Next+10))
}
