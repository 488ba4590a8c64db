package figure

import (
	"strings"

	"baogao/internal/figure/number"
)

// right is the noun behind a number, up to the next sign, nil if none stands
// there.
func (r *reader) right(i int) []number.Span {
	n := r.found[i]
	from, end := r.reach(i)
	if r.At(from) == '的' {
		from++
	} else if from < end && behind.Prefix(r.Folded[from:end]) > 0 {
		return nil
	}
	s := r.cutRight(r.nounAt(min(from, end), end))
	if i+1 < len(r.found) && s.To == r.found[i+1].Start && r.EndsWith(s.To, "和", "与", "及") {
		s.To--
	}
	if s.To-s.From < 1 {
		return nil
	}
	if cut := r.served(n, s); cut != nil {
		return cut
	}
	parts := []number.Span{s}
	if i+1 < len(r.found) && r.Folded[s.To-1] == '级' && r.Joins(s.To, r.found[i+1].Start) {
		parts = append(parts, r.sharedTail(i+1)...)
	}
	return parts
}

// reach is where the noun behind a number may stand.
func (r *reader) reach(i int) (from, end int) {
	from = r.found[i].Next
	if i+1 == len(r.found) {
		return from, len(r.Folded)
	}
	next := r.found[i+1]
	s := span(from, next.Start)
	if r.HasBoundary(s) {
		return from, next.Start
	}
	at := r.Index(s, "等")
	switch {
	case next.attributive && s.To-s.From <= 8 && r.At(from) != '的': // 19个总投资86亿元的文旅项目
		if i+2 < len(r.found) {
			return next.Next, r.found[i+2].Start
		}
		return next.Next, len(r.Folded)
	case next.lead.To < next.Start && r.Index(s, "、") < 0: // 为29个省份保供煤炭超35亿吨
		if next.lead.To-from < 2 {
			return from, from
		}
		return from, r.verbIn(span(from, next.lead.To))
	case at > from && r.Index(span(from, at), "、") < 0: // 2亿元的药厂等项目5个
		return from, at
	}
	return from, next.Start
}

// served is the noun behind a number of those for whom something is done: it
// ends before the verb, 向5个单位制发通知书, or goes on behind one that says no
// more than that it is done, 为9000名学生开展测评.
func (r *reader) served(n *mention, s number.Span) []number.Span {
	to := r.EndsWith(n.lead.To, "向", "对", "给") || r.EndsWith(n.Start, "向", "对", "给")
	on := r.EndsWith(n.lead.To, "为") || r.EndsWith(n.Start, "为")
	for i := s.From + 1; i+2 < s.To && (to || on); i++ {
		m := doings.Prefix(r.Folded[i:s.To])
		switch {
		case m < 2 || r.Quoted[i]:
		case on && i+m < s.To && r.HasAny(i, "开展", "进行", "实施", "提供") > 0:
			return []number.Span{span(s.From, i), span(i+m, s.To)}
		case to:
			return []number.Span{span(s.From, i)}
		}
	}
	return nil
}

// nounAt is the text from a place on up to a sign that ends a noun. Where a
// list of what it is like goes before it, the noun stands behind the last 的.
func (r *reader) nounAt(from, end int) number.Span {
	to := from
	for to < end && !number.IsBoundary(r.Folded[to]) {
		c := r.Folded[to]
		if c == '(' {
			if k := r.closing(to); k > 0 && k < end {
				to = k
				continue
			}
		}
		if strings.ContainsRune("、()", c) && !r.Quoted[to] && (c != '、' || to-from > 1) {
			break
		}
		to++
	}
	if to < end && r.Folded[to] == '、' {
		stop := to
		for stop < end && !number.IsBoundary(r.Folded[stop]) {
			stop++
		}
		if at := r.lastOf(span(to, stop)); at >= 0 && stop-at > 2 && stop < end {
			return span(at+1, stop)
		}
		if stop < end && stop-to > 1 {
			for i := from + 1; i < to-1; i++ { // 企业开展质量、品牌提升
				if doings.Prefix(r.Folded[i:to]) >= 2 && !r.Quoted[i] && i+2 < to {
					return span(from, i)
				}
			}
		}
	}
	return span(from, to)
}

// closing is the place behind a short bracket that opens at a place, where a
// word goes on behind it, else 0.
func (r *reader) closing(i int) int {
	for k := i + 1; k < min(i+12, len(r.Folded)-1); k++ {
		if r.Folded[k] == ')' {
			if number.IsDigit(r.Folded[k+1]) || r.EndsHere(k+1) && k-i > 4 || number.IsDigit(r.Folded[i+1]) {
				return 0
			}
			return k + 1
		}
	}
	return 0
}

// verbIn is where the first verb stands within a span, its end if none does.
func (r *reader) verbIn(s number.Span) int {
	for i := s.From + 1; i < s.To; i++ {
		if !r.Quoted[i] && doings.Prefix(r.Folded[i:s.To]) >= 2 {
			return i
		}
	}
	return s.To
}

// clauseBehind is what stands behind a number up to the end of its clause.
func (r *reader) clauseBehind(n *mention) []number.Span {
	s := r.trim(span(n.Next, n.clause.To))
	if s.To <= s.From {
		return nil
	}
	return []number.Span{s}
}

// sharedTail is what 2家国家级、20家省级创新平台 says but once.
func (r *reader) sharedTail(i int) []number.Span {
	parts := r.right(i)
	if len(parts) == 0 {
		return nil
	}
	if at := r.Index(parts[0], "级"); at >= 0 && at+1 < parts[0].To {
		return []number.Span{span(at+1, parts[0].To)}
	}
	return parts[1:]
}

// cutRight ends the noun behind a number where a verb or an adverb goes on.
func (r *reader) cutRight(s number.Span) number.Span {
	for i := s.From + 2; i < s.To; i++ {
		n := goings.Prefix(r.Folded[i:])
		if n == 0 || r.Quoted[i] || whole.Prefix(r.Folded[i:]) > n || r.Has(i-1, "公共") {
			continue
		}
		s = r.trim(span(s.From, i))
		if r.EndsWith(s.To, "建设", "工作") && s.To-s.From > 3 {
			s.To -= 2
		}
		return s
	}
	return r.trim(s)
}
