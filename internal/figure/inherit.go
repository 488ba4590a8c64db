package figure

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// before is the nearest number before one in the same sentence that has a name.
func (r *reader) before(i int) *number {
	n := r.found[i]
	for j := i - 1; j >= 0; j-- {
		m := r.found[j]
		if m.start < n.sentence.from {
			return nil
		}
		if len(m.indicator) > 0 && len(m.noun) > 0 && (kindOf[m.unit] != Duration || m.clause == n.clause) {
			return m
		}
	}
	return nil
}

// alike is the nearest named number before one in its sentence that has the
// same unit, else another.
func (r *reader) alike(i int, other *number) *number {
	n := r.found[i]
	for j := i - 1; j >= 0 && r.found[j].start >= n.sentence.from; j-- {
		if m := r.found[j]; m.unit == n.unit && len(m.noun) > 0 {
			return m
		}
	}
	return other
}

// inherit names a number after the one before it, with a verb of its own.
func (r *reader) inherit(i int, n *number, verb span) {
	m := r.before(i)
	if verb != (span{}) {
		m = r.alike(i, m)
	}
	switch {
	case m == nil && verb != (span{}):
		n.verb = verb
		r.set(n, []span{verb})
	case m == nil:
		r.lost(i, n)
	case verb != (span{}):
		if r.whole != nil && r.whole.sentence == n.sentence {
			m = r.whole
		}
		n.verb, n.noun = verb, m.noun
		r.set(n, append([]span{verb}, m.noun...))
	case n.crossed && m.unit == n.unit:
		n.noun = r.withoutVerb(m.noun)
		r.set(n, n.noun)
	case n.gap != (span{}) || m.gap != (span{}):
		n.verb, n.noun = m.verb, m.noun
		r.set(n, m.noun)
	default:
		n.verb, n.noun = m.verb, m.noun
		for _, parts := range m.indicator {
			r.add(n, parts)
		}
	}
}

// lost names a number for which neither its clause nor the figure before has a
// name by the nearest clause before that has a noun.
func (r *reader) lost(i int, n *number) {
	floor := n.sentence.from
	if i > 0 && r.found[i-1].next > floor {
		floor = r.found[i-1].next
	}
	end := n.from
	for end > floor {
		end = r.trim(span{floor, end}).to
		if end > floor && isBoundary(r.folded[end-1]) {
			end--
			continue
		}
		from := end
		for from > floor && !isBoundary(r.folded[from-1]) {
			from--
		}
		if p := r.phrase(r.subject(r.trim(span{from, end}))); p.noun.to-p.noun.from >= 2 {
			n.verb, n.noun = p.verb, []span{p.noun}
			r.set(n, []span{p.whole()})
			return
		}
		end = from - 1
	}
}

// levelTail is what 省级 in 国家级企业8家、省级66家 leaves out: the noun of the
// figure before behind its level.
func (r *reader) levelTail(m *number, text []rune) []span {
	if m == nil {
		return nil
	}
	s := m.noun[len(m.noun)-1]
	for _, w := range []string{"级", "以上"} {
		size := utf8.RuneCountInString(w)
		if at := r.index(s, w); at >= 0 && at+size+1 < s.to && strings.HasSuffix(string(text), w) && (w != "级" || len(text) <= 5) {
			return []span{{at + size, s.to}}
		}
	}
	return nil
}

// withoutVerb is a noun without 净增 and the like at its end.
func (r *reader) withoutVerb(parts []span) []span {
	parts = slices.Clone(parts)
	last := &parts[len(parts)-1]
	if k := r.hasBefore(last.to, "净增", "新增", "增加", "新登记", "新注册"); k > 0 && last.to-last.from > k {
		last.to -= k
	}
	for _, w := range []string{"入选", "获评", "获批", "入围", "被评为"} {
		if at := r.index(*last, w); at >= 0 {
			last.from = at + utf8.RuneCountInString(w)
			*last = r.stripFront(*last)
		}
	}
	return parts
}

// handsOut names the numbers of a list by 分别 and what stands before and
// behind it: A、B分别完成产值; A5个、B6亿元,分别增长7%、8%. It reports whether
// it did.
func (r *reader) handsOut(i int, n *number) bool {
	if at := r.index(n.lead, "分别"); at >= 0 {
		pre := r.trim(span{n.lead.from, at})
		if pre.from >= pre.to {
			pre = r.clauseBefore(i, n)
		}
		return r.handOut(i, n, phrase{noun: r.afterOf(r.afterPath(r.stripFront(pre)))}, r.phrase(span{at + 2, n.lead.to}))
	}
	switch size := r.listSize(i); {
	case n.each && size > 1 && n.lead.from < n.lead.to:
		return r.handOut(i, n, phrase{noun: r.afterOf(r.afterPath(r.stripFront(n.lead)))}, phrase{})
	case !n.each || n.lead.from < n.lead.to || i == 0:
		return false
	case size == 1:
		return r.ofAll(i, n)
	default:
		return r.ofThoseBefore(i, size)
	}
}

// ofThoseBefore gives the numbers of a list the names of as many before it.
func (r *reader) ofThoseBefore(i, size int) bool {
	n := r.found[i]
	if i < size {
		return false
	}
	of := r.found[i-size : i]
	if of[0].sentence != n.sentence || of[size-1].sentence != n.sentence || slices.ContainsFunc(of, func(m *number) bool { return len(m.indicator) != 1 }) {
		return false
	}
	for j, m := range r.found[i : i+size] {
		if j > 0 {
			r.carry(n, m)
		}
		m.noun, m.verb = of[j].noun, of[j].verb
		r.set(m, of[j].indicator[0])
	}
	return true
}

// ofAll gives a number the names of all figures of the clause before: 游客3万人
// 次、收入5亿元，均增长7%.
func (r *reader) ofAll(i int, n *number) bool {
	first := i
	for first > 0 && r.found[first-1].clause == r.found[i-1].clause && r.found[first-1].sentence == n.sentence && len(r.found[first-1].indicator) == 1 {
		first--
	}
	if i-first < 2 || r.found[i-1].clause == n.clause {
		return false
	}
	for _, m := range r.found[first:i] {
		if m.kind == Rank || m.grown {
			continue
		}
		r.add(n, m.indicator[0])
		n.noun = m.noun
	}
	return len(n.indicator) > 0
}

// handOut gives a number the names of a list, each with what stands behind 分别.
func (r *reader) handOut(i int, n *number, pre, post phrase) bool {
	items := r.items(pre, r.listSize(i))
	if len(items) < 2 {
		return false
	}
	n.each = true
	for _, parts := range items {
		if post.noun.from < post.noun.to {
			parts = append(slices.Clone(parts), post.noun)
		}
		r.add(n, parts)
	}
	n.noun = n.indicator[0]
	return true
}

// clauseBefore is the clause before the one of a number, up to what it says of
// its subject.
func (r *reader) clauseBefore(i int, n *number) span {
	floor := n.sentence.from
	if i > 0 && r.found[i-1].next > floor {
		floor = r.found[i-1].next
	}
	end := n.from
	for end > floor && isBoundary(r.folded[end-1]) {
		end--
	}
	from := end
	for from > floor && !isBoundary(r.folded[from-1]) {
		from--
	}
	return r.subject(span{from, end})
}

// subject is a clause up to the predicate that it ends with: 地区生产总值再上
// 新台阶.
func (r *reader) subject(s span) span {
	for i := s.from + 2; i < s.to; i++ {
		if !r.quoted[i] && predicates.Prefix(r.folded[i:s.to]) > 0 {
			return r.trim(span{s.from, i})
		}
	}
	return s
}
