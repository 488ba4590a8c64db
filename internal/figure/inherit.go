package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/internal/figure/number"
)

// before is the nearest number before one in the same sentence that has a name.
func (r *reader) before(i int) *mention {
	n := r.found[i]
	for j := i - 1; j >= 0; j-- {
		m := r.found[j]
		if m.Start < n.sentence.From {
			return nil
		}
		if len(m.indicator) > 0 && len(m.noun) > 0 && (number.KindOf[m.Unit] != Duration || m.clause == n.clause) {
			return m
		}
	}
	return nil
}

// alike is the nearest named number before one in its sentence that has the
// same unit, else another.
func (r *reader) alike(i int, other *mention) *mention {
	n := r.found[i]
	for j := i - 1; j >= 0 && r.found[j].Start >= n.sentence.From; j-- {
		if m := r.found[j]; m.Unit == n.Unit && len(m.noun) > 0 {
			return m
		}
	}
	return other
}

// inherit names a number after the one before it, with a verb of its own.
func (r *reader) inherit(i int, n *mention, verb number.Span) {
	m := r.before(i)
	if verb != (number.Span{}) {
		m = r.alike(i, m)
	}
	switch {
	case m == nil && verb != (number.Span{}):
		n.verb = verb
		r.set(n, []number.Span{verb})
	case m == nil:
		r.lost(i, n)
	case verb != (number.Span{}):
		if r.whole != nil && r.whole.sentence == n.sentence {
			m = r.whole
		}
		n.verb, n.noun = verb, m.noun
		r.set(n, append([]number.Span{verb}, m.noun...))
	case n.crossed && m.Unit == n.Unit:
		n.noun = r.withoutVerb(m.noun)
		r.set(n, n.noun)
	case n.gap != (number.Span{}) || m.gap != (number.Span{}):
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
func (r *reader) lost(i int, n *mention) {
	floor := n.sentence.From
	if i > 0 && r.found[i-1].Next > floor {
		floor = r.found[i-1].Next
	}
	end := n.begin
	for end > floor {
		end = r.trim(span(floor, end)).To
		if end > floor && number.IsBoundary(r.Folded[end-1]) {
			end--
			continue
		}
		from := end
		for from > floor && !number.IsBoundary(r.Folded[from-1]) {
			from--
		}
		if p := r.phrase(r.subject(r.trim(span(from, end)))); p.noun.To-p.noun.From >= 2 {
			n.verb, n.noun = p.verb, []number.Span{p.noun}
			r.set(n, []number.Span{p.whole()})
			return
		}
		end = from - 1
	}
}

// levelTail is what 省级 in 国家级企业8家、省级66家 leaves out: the noun of the
// figure before behind its level.
func (r *reader) levelTail(m *mention, text []rune) []number.Span {
	if m == nil {
		return nil
	}
	s := m.noun[len(m.noun)-1]
	for _, w := range []string{"级", "以上"} {
		size := utf8.RuneCountInString(w)
		if at := r.Index(s, w); at >= 0 && at+size+1 < s.To && strings.HasSuffix(string(text), w) && (w != "级" || len(text) <= 5) {
			return []number.Span{span(at+size, s.To)}
		}
	}
	return nil
}

// withoutVerb is a noun without 净增 and the like at its end.
func (r *reader) withoutVerb(parts []number.Span) []number.Span {
	parts = slices.Clone(parts)
	last := &parts[len(parts)-1]
	if k := r.HasBefore(last.To, "净增", "新增", "增加", "新登记", "新注册"); k > 0 && last.To-last.From > k {
		last.To -= k
	}
	for _, w := range []string{"入选", "获评", "获批", "入围", "被评为"} {
		if at := r.Index(*last, w); at >= 0 {
			last.From = at + utf8.RuneCountInString(w)
			*last = r.stripFront(*last)
		}
	}
	return parts
}

// handsOut names the numbers of a list by 分别 and what stands before and
// behind it: A、B分别完成产值; A5个、B6亿元,分别增长7%、8%. It reports whether
// it did.
func (r *reader) handsOut(i int, n *mention) bool {
	if at := r.Index(n.lead, "分别"); at >= 0 {
		pre := r.trim(span(n.lead.From, at))
		if pre.From >= pre.To {
			pre = r.clauseBefore(i, n)
		}
		return r.handOut(i, n, phrase{noun: r.afterOf(r.afterPath(r.stripFront(pre)))}, r.phrase(span(at+2, n.lead.To)))
	}
	switch size := r.listSize(i); {
	case n.each && size > 1 && n.lead.From < n.lead.To:
		return r.handOut(i, n, phrase{noun: r.afterOf(r.afterPath(r.stripFront(n.lead)))}, phrase{})
	case !n.each || n.lead.From < n.lead.To || i == 0:
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
	if of[0].sentence != n.sentence || of[size-1].sentence != n.sentence || slices.ContainsFunc(of, func(m *mention) bool { return len(m.indicator) != 1 }) {
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
func (r *reader) ofAll(i int, n *mention) bool {
	first := i
	for first > 0 && r.found[first-1].clause == r.found[i-1].clause && r.found[first-1].sentence == n.sentence && len(r.found[first-1].indicator) == 1 {
		first--
	}
	if i-first < 2 || r.found[i-1].clause == n.clause {
		return false
	}
	for _, m := range r.found[first:i] {
		if m.Kind == Rank || m.Grown {
			continue
		}
		r.add(n, m.indicator[0])
		n.noun = m.noun
	}
	return len(n.indicator) > 0
}

// handOut gives a number the names of a list, each with what stands behind 分别.
func (r *reader) handOut(i int, n *mention, pre, post phrase) bool {
	items := r.items(pre, r.listSize(i))
	if len(items) < 2 {
		return false
	}
	n.each = true
	for _, parts := range items {
		if post.noun.From < post.noun.To {
			parts = append(slices.Clone(parts), post.noun)
		}
		r.add(n, parts)
	}
	n.noun = n.indicator[0]
	return true
}

// clauseBefore is the clause before the one of a number, up to what it says of
// its subject.
func (r *reader) clauseBefore(i int, n *mention) number.Span {
	floor := n.sentence.From
	if i > 0 && r.found[i-1].Next > floor {
		floor = r.found[i-1].Next
	}
	end := n.begin
	for end > floor && number.IsBoundary(r.Folded[end-1]) {
		end--
	}
	from := end
	for from > floor && !number.IsBoundary(r.Folded[from-1]) {
		from--
	}
	return r.subject(span(from, end))
}

// subject is a clause up to the predicate that it ends with: 地区生产总值再上
// 新台阶.
func (r *reader) subject(s number.Span) number.Span {
	for i := s.From + 2; i < s.To; i++ {
		if !r.Quoted[i] && predicates.Prefix(r.Folded[i:s.To]) > 0 {
			return r.trim(span(s.From, i))
		}
	}
	return s
}
