package figure

import "baogao/internal/figure/number"

// isThreshold reports whether a found number is a limit within the name of what
// the next one counts.
func (r *reader) isThreshold(i int) bool {
	n := r.found[i]
	k := number.KindOf[n.Unit]
	if n.Ranked || k != Amount && k != Duration && k != Area && k != Quantity && n.Unit != "分" && !(k == Count && (n.Unit == "户" || n.Unit == "人") && n.Next > n.End) {
		return false
	}
	if i > 0 && k == Amount && r.found[i-1].Next == n.Start && r.Index(span(n.Next, min(n.Next+4, len(r.Folded))), "项目") >= 0 {
		return true // 1个50亿元项目
	}
	limited := n.Bound != "" && !n.Approximate && (n.Next > n.End || n.Ranged) || r.EndsWith(n.Start, "超", "超过", "不足", "低于", "高于", "大于", "逾")
	at := n.Next
	if r.At(at) == '的' {
		if n.Next == n.End && !limited {
			return false
		}
		at++
	}
	if r.EndsHere(at) || behind.Prefix(r.Folded[at:]) > 0 && r.At(at) != '及' {
		return false
	}
	if limited && n.Next > n.End {
		return r.thresholdBefore(n)
	}
	if r.EndsWith(n.Start, "总投资", "投资额", "计划投资", "完成投资", "总投资约", "总投资超", "年度投资", "产值") && !limited {
		return false
	}
	if i+1 >= len(r.found) || r.found[i+1].Start-at > 12 {
		return false
	}
	between := span(at, r.found[i+1].Start)
	if k != Amount || r.HasBoundary(between) {
		return false
	}
	return r.namesClass(between) && r.At(at) != '的' && (limited || n.Ranged || !r.EndsWith(n.Start, "投资", "组建", "设立", "安排"))
}

// namesClass reports whether a span has the name of things that limits set
// apart: 投资10亿元以上项目.
func (r *reader) namesClass(s number.Span) bool {
	for i := s.From; i < min(s.To, len(r.Folded)); i++ {
		if n := classes.Prefix(r.Folded[i:]); n > 0 && i+n <= s.To {
			return true
		}
	}
	return false
}

// thresholdBefore reports whether 10亿元以上 before a noun is a limit: it is
// unless it is what a verb has done.
func (r *reader) thresholdBefore(n *mention) bool {
	before := r.Folded[max(0, n.Start-8):n.Start]
	if k := number.KindOf[n.Unit]; k == Count {
		return verbs.Suffix(before) == 0 && adverbs.Suffix(before) == 0
	}
	return verbs.Suffix(before) == 0 || r.namesClass(span(n.Next, n.Next+10))
}
