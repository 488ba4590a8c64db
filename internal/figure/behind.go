package figure

import (
	"strings"
)

// right is the noun behind a number, up to the next sign, nil if none stands
// there.
func (r *reader) right(i int) []span {
	n := r.found[i]
	from, end := r.reach(i)
	if r.at(from) == '的' {
		from++
	} else if from < end && behind.Prefix(r.folded[from:end]) > 0 {
		return nil
	}
	s := r.cutRight(r.nounAt(min(from, end), end))
	if i+1 < len(r.found) && s.to == r.found[i+1].start && r.endsWith(s.to, "和", "与", "及") {
		s.to--
	}
	if s.to-s.from < 1 {
		return nil
	}
	if cut := r.served(n, s); cut != nil {
		return cut
	}
	parts := []span{s}
	if i+1 < len(r.found) && r.folded[s.to-1] == '级' && r.joins(s.to, r.found[i+1].start) {
		parts = append(parts, r.sharedTail(i+1)...)
	}
	return parts
}

// reach is where the noun behind a number may stand.
func (r *reader) reach(i int) (from, end int) {
	from = r.found[i].next
	if i+1 == len(r.found) {
		return from, len(r.folded)
	}
	next := r.found[i+1]
	s := span{from, next.start}
	if r.hasBoundary(s) {
		return from, next.start
	}
	at := r.index(s, "等")
	switch {
	case next.attributive && s.to-s.from <= 8 && r.at(from) != '的': // 19个总投资86亿元的文旅项目
		if i+2 < len(r.found) {
			return next.next, r.found[i+2].start
		}
		return next.next, len(r.folded)
	case next.lead.to < next.start && r.index(s, "、") < 0: // 为29个省份保供煤炭超35亿吨
		if next.lead.to-from < 2 {
			return from, from
		}
		return from, r.verbIn(span{from, next.lead.to})
	case at > from && r.index(span{from, at}, "、") < 0: // 2亿元的药厂等项目5个
		return from, at
	}
	return from, next.start
}

// served is the noun behind a number of those for whom something is done: it
// ends before the verb, 向5个单位制发通知书, or goes on behind one that says no
// more than that it is done, 为9000名学生开展测评.
func (r *reader) served(n *number, s span) []span {
	to := r.endsWith(n.lead.to, "向", "对", "给") || r.endsWith(n.start, "向", "对", "给")
	on := r.endsWith(n.lead.to, "为") || r.endsWith(n.start, "为")
	for i := s.from + 1; i+2 < s.to && (to || on); i++ {
		m := doings.Prefix(r.folded[i:s.to])
		switch {
		case m < 2 || r.quoted[i]:
		case on && i+m < s.to && r.hasAny(i, "开展", "进行", "实施", "提供") > 0:
			return []span{{s.from, i}, {i + m, s.to}}
		case to:
			return []span{{s.from, i}}
		}
	}
	return nil
}

// nounAt is the text from a place on up to a sign that ends a noun. Where a
// list of what it is like goes before it, the noun stands behind the last 的.
func (r *reader) nounAt(from, end int) span {
	to := from
	for to < end && !isBoundary(r.folded[to]) {
		c := r.folded[to]
		if c == '(' {
			if k := r.closing(to); k > 0 && k < end {
				to = k
				continue
			}
		}
		if strings.ContainsRune("、()", c) && !r.quoted[to] && (c != '、' || to-from > 1) {
			break
		}
		to++
	}
	if to < end && r.folded[to] == '、' {
		stop := to
		for stop < end && !isBoundary(r.folded[stop]) {
			stop++
		}
		if at := r.lastOf(span{to, stop}); at >= 0 && stop-at > 2 && stop < end {
			return span{at + 1, stop}
		}
		if stop < end && stop-to > 1 {
			for i := from + 1; i < to-1; i++ { // 企业开展质量、品牌提升
				if doings.Prefix(r.folded[i:to]) >= 2 && !r.quoted[i] && i+2 < to {
					return span{from, i}
				}
			}
		}
	}
	return span{from, to}
}

// closing is the place behind a short bracket that opens at a place, where a
// word goes on behind it, else 0.
func (r *reader) closing(i int) int {
	for k := i + 1; k < min(i+12, len(r.folded)-1); k++ {
		if r.folded[k] == ')' {
			if isDigit(r.folded[k+1]) || r.endsHere(k+1) && k-i > 4 || isDigit(r.folded[i+1]) {
				return 0
			}
			return k + 1
		}
	}
	return 0
}

// verbIn is where the first verb stands within a span, its end if none does.
func (r *reader) verbIn(s span) int {
	for i := s.from + 1; i < s.to; i++ {
		if !r.quoted[i] && doings.Prefix(r.folded[i:s.to]) >= 2 {
			return i
		}
	}
	return s.to
}

// clauseBehind is what stands behind a number up to the end of its clause.
func (r *reader) clauseBehind(n *number) []span {
	s := r.trim(span{n.next, n.clause.to})
	if s.to <= s.from {
		return nil
	}
	return []span{s}
}

// sharedTail is what 2家国家级、20家省级创新平台 says but once.
func (r *reader) sharedTail(i int) []span {
	parts := r.right(i)
	if len(parts) == 0 {
		return nil
	}
	if at := r.index(parts[0], "级"); at >= 0 && at+1 < parts[0].to {
		return []span{{at + 1, parts[0].to}}
	}
	return parts[1:]
}

// cutRight ends the noun behind a number where a verb or an adverb goes on.
func (r *reader) cutRight(s span) span {
	for i := s.from + 2; i < s.to; i++ {
		n := goings.Prefix(r.folded[i:])
		if n == 0 || r.quoted[i] || whole.Prefix(r.folded[i:]) > n || r.has(i-1, "公共") {
			continue
		}
		s = r.trim(span{s.from, i})
		if r.endsWith(s.to, "建设", "工作") && s.to-s.from > 3 {
			s.to -= 2
		}
		return s
	}
	return r.trim(s)
}
