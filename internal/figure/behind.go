package figure

import (
	"strings"

	"baogao/internal/figure/number"
)

// trailing reads the nouns that stand behind numbers.
type trailing struct {
	lists
	found mentions
}

// right is the noun behind a number, up to the next sign, nil if none stands
// there.
func (t *trailing) right(i int) []number.Span {
	n := t.found[i]
	from, end := t.reach(i)
	if t.At(from) == '的' {
		from++
	} else if n := behind.Prefix(t.Folded[min(from, end):end]); n > 0 && whole.Prefix(t.Folded[from:end]) <= n {
		return nil // 为民办实事项目, 在建项目 are names
	}
	s := t.cutRight(t.nounAt(min(from, end), end))
	if i+1 < len(t.found) && s.To == t.found[i+1].Start && t.EndsWith(s.To, "和", "与", "及") {
		s.To--
	}
	if s.To-s.From < 1 {
		return nil
	}
	if cut := t.served(n, s); cut != nil {
		return cut
	}
	parts := []number.Span{s}
	if i+1 < len(t.found) && t.Folded[s.To-1] == '级' && t.Joins(s.To, t.found[i+1].Start) {
		parts = append(parts, t.sharedTail(i+1)...)
	}
	return parts
}

// reach is where the noun behind a number may stand.
func (t *trailing) reach(i int) (from, end int) {
	from = t.found[i].Next
	if i+1 == len(t.found) {
		return from, len(t.Folded)
	}
	next := t.found[i+1]
	s := span(from, next.Start)
	if t.HasBoundary(s) {
		return from, next.Start
	}
	at := t.Index(s, "等")
	switch {
	case next.attributive && s.To-s.From <= 8 && t.At(from) != '的': // 19个总投资86亿元的文旅项目
		if i+2 < len(t.found) {
			return next.Next, t.found[i+2].Start
		}
		return next.Next, len(t.Folded)
	case next.lead.To < next.Start && t.Index(s, "、") < 0: // 为29个省份保供煤炭超35亿吨
		if next.lead.To-from < 2 {
			return from, from
		}
		return from, t.verbIn(span(from, next.lead.To))
	case at > from && t.Index(span(from, at), "、") < 0: // 2亿元的药厂等项目5个
		return from, at
	}
	return from, next.Start
}

// served is the noun behind a number of those for whom something is done: it
// ends before the verb, 向5个单位制发通知书, or goes on behind one that says no
// more than that it is done, 为9000名学生开展测评.
func (t *trailing) served(n *mention, s number.Span) []number.Span {
	to := t.EndsWith(n.lead.To, "向", "对", "给") || t.EndsWith(n.Start, "向", "对", "给")
	on := t.EndsWith(n.lead.To, "为") || t.EndsWith(n.Start, "为")
	for i := s.From + 1; i+2 < s.To && (to || on); i++ {
		m := doings.Prefix(t.Folded[i:s.To])
		switch {
		case m < 2 || t.Quoted[i]:
		case on && i+m < s.To && t.HasAny(i, "开展", "进行", "实施", "提供") > 0:
			return []number.Span{span(s.From, i), span(i+m, s.To)}
		case to:
			return []number.Span{span(s.From, i)}
		}
	}
	return nil
}

// nounAt is the text from a place on up to a sign that ends a noun. Where a
// list of what it is like goes before it, the noun stands behind the last 的.
func (t *trailing) nounAt(from, end int) number.Span {
	to := from
	for to < end && !number.IsBoundary(t.Folded[to]) {
		c := t.Folded[to]
		if c == '(' {
			if k := t.closing(to); k > 0 && k < end {
				to = k
				continue
			}
		}
		if strings.ContainsRune("、()", c) && !t.Quoted[to] && (c != '、' || to-from > 1) {
			break
		}
		to++
	}
	if to < end && t.Folded[to] == '、' {
		stop := to
		for stop < end && !number.IsBoundary(t.Folded[stop]) {
			stop++
		}
		if at := t.lastOf(span(to, stop)); at >= 0 && stop-at > 2 && stop < end {
			return span(at+1, stop)
		}
		if stop < end && stop-to > 1 {
			for i := from + 1; i < to-1; i++ { // 企业开展质量、品牌提升
				if doings.Prefix(t.Folded[i:to]) >= 2 && !t.Quoted[i] && i+2 < to {
					return span(from, i)
				}
			}
		}
	}
	return span(from, to)
}

// closing is the place behind a short bracket that opens at a place, where a
// word goes on behind it, else 0.
func (t *trailing) closing(i int) int {
	for k := i + 1; k < min(i+12, len(t.Folded)-1); k++ {
		if t.Folded[k] == ')' {
			if number.IsDigit(t.Folded[k+1]) || t.EndsHere(k+1) && k-i > 4 || number.IsDigit(t.Folded[i+1]) {
				return 0
			}
			return k + 1
		}
	}
	return 0
}

// verbIn is where the first verb stands within a span, its end if none does.
func (t *trailing) verbIn(s number.Span) int {
	for i := s.From + 1; i < s.To; i++ {
		if !t.Quoted[i] && doings.Prefix(t.Folded[i:s.To]) >= 2 {
			return i
		}
	}
	return s.To
}

// clauseBehind is what stands behind a number up to the end of its clause.
func (t *trailing) clauseBehind(n *mention) []number.Span {
	s := t.trim(span(n.Next, n.clause.To))
	if s.To <= s.From {
		return nil
	}
	return []number.Span{s}
}

// sharedTail is what 2家国家级、20家省级创新平台 says but once.
func (t *trailing) sharedTail(i int) []number.Span {
	parts := t.right(i)
	if len(parts) == 0 {
		return nil
	}
	if at := t.Index(parts[0], "级"); at >= 0 && at+1 < parts[0].To {
		return []number.Span{span(at+1, parts[0].To)}
	}
	return parts[1:]
}

// cutRight ends the noun behind a number where a verb or an adverb goes on.
func (t *trailing) cutRight(s number.Span) number.Span {
	for i := s.From + 2; i < s.To; i++ {
		n := goings.Prefix(t.Folded[i:])
		if n == 0 || t.Quoted[i] || t.Folded[i] == '均' && endsMean(t.Folded[i-1]) || whole.Prefix(t.Folded[i:]) > n || t.Has(i-1, "公共") {
			continue
		}
		s = t.trim(span(s.From, i))
		if t.EndsWith(s.To, "建设", "工作") && s.To-s.From > 3 {
			s.To -= 2
		}
		return s
	}
	return t.trim(s)
}
