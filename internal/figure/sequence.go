package figure

import (
	"slices"

	"baogao/internal/figure/number"
)

// sequences name numbers that follow one another in a list by the names of a list.
type sequences struct{ trailing }

// spread gives the names of a list to the numbers of a list: 城镇、农村居民人均
// 可支配收入分别增长5.2%、7%. What leads to the first holds for all.
func (q *sequences) spread(i int) {
	n := q.found[i]
	size := q.listSize(i)
	end := i + size
	if n.earlier && len(n.indicator) > 1 && size != len(n.indicator) {
		return
	}
	names := n.indicator
	if size == 1 {
		q.following(i, names)
		return
	}
	if len(names) != size {
		for j := i + 1; j < end; j++ {
			q.carry(n, q.found[j])
		}
		if len(names) > 1 {
			n.indicator = [][]number.Span{{q.join(names)}}
		}
		return
	}
	for j := i; j < end; j++ {
		m := q.found[j]
		if j > i {
			q.carry(n, m)
			m.noun = names[j-i]
		}
		m.indicator = [][]number.Span{names[j-i]}
	}
	n.noun = names[0]
	q.following(end-1, names)
}

// listSize is how many numbers the list has that begins with one.
func (q *sequences) listSize(i int) int {
	end := i + 1
	for end < len(q.found) && q.continues(end) {
		end++
	}
	return end - i
}

// continues reports whether a number goes on in the list of the one before.
func (q *sequences) continues(i int) bool {
	m, before := q.found[i], q.found[i-1]
	if !m.listed || m.begin != before.Next && m.lead.From < m.lead.To {
		return false
	}
	return m.lead.From >= m.lead.To && (m.spreads || number.KindOf[m.Unit] == number.KindOf[before.Unit]) && !q.isNamedBehind(i) && !q.isNamedBehind(i-1)
}

// isNamedBehind reports whether a noun behind a number may name it.
func (q *sequences) isNamedBehind(i int) bool {
	return q.found[i].namedBehind() && len(q.right(i)) > 0
}

// carry hands what leads to the first number of a list to another.
func (q *sequences) carry(n, m *mention) {
	m.Grown, m.down, m.levelled = n.Grown, n.down, n.levelled
	m.earlier, m.year = n.earlier, n.year
	m.gap, m.Ranked = n.gap, m.Ranked || n.Ranked
	if m.Bound == "" && !n.Approximate && n.Next == n.End && n.Bound != Range {
		m.Bound = n.Bound
	}
}

// following gives several names at once to the number behind a list that is
// reached by all of them: 从第8位、第4位双双跃居第1位.
func (q *sequences) following(last int, names [][]number.Span) {
	if len(names) < 2 || last+1 >= len(q.found) || !q.found[last].earlier {
		return
	}
	m := q.found[last+1]
	if m.clause != q.found[last].clause || m.lead.From < m.lead.To {
		return
	}
	m.indicator = names
	m.noun = names[0]
}

// join is the span from the first name of a list to the end of its last.
func (q *sequences) join(names [][]number.Span) number.Span {
	first, last := names[0], names[len(names)-1]
	return span(first[0].From, last[len(last)-1].To)
}

// handsOut names the numbers of a list by 分别 and what stands before and
// behind it: A、B分别完成产值; A5个、B6亿元,分别增长7%、8%. It reports whether
// it did.
func (q *sequences) handsOut(i int, n *mention) bool {
	if at := q.Index(n.lead, "分别"); at >= 0 {
		pre := q.trim(span(n.lead.From, at))
		if pre.From >= pre.To {
			pre = q.clauseBefore(i, n)
		}
		return q.handOut(i, n, phrase{noun: q.afterOf(q.afterPath(q.stripFront(pre)))}, q.phrase(span(at+2, n.lead.To)))
	}
	switch size := q.listSize(i); {
	case n.each && size > 1 && n.lead.From < n.lead.To:
		return q.handOut(i, n, phrase{noun: q.afterOf(q.afterPath(q.stripFront(n.lead)))}, phrase{})
	case !n.each || n.lead.From < n.lead.To || i == 0:
		return false
	case size == 1:
		return q.ofAll(i, n)
	default:
		return q.ofThoseBefore(i, size)
	}
}

// ofThoseBefore gives the numbers of a list the names of as many before it.
func (q *sequences) ofThoseBefore(i, size int) bool {
	n := q.found[i]
	if i < size {
		return false
	}
	of := q.found[i-size : i]
	if of[0].sentence != n.sentence || of[size-1].sentence != n.sentence || slices.ContainsFunc(of, func(m *mention) bool { return len(m.indicator) != 1 }) {
		return false
	}
	for j, m := range q.found[i : i+size] {
		if j > 0 {
			q.carry(n, m)
		}
		m.noun, m.verb = of[j].noun, of[j].verb
		m.set(of[j].indicator[0])
	}
	return true
}

// ofAll gives a number the names of all figures of the clause before: 游客3万人
// 次、收入5亿元，均增长7%.
func (q *sequences) ofAll(i int, n *mention) bool {
	first := i
	for first > 0 && q.found[first-1].clause == q.found[i-1].clause && q.found[first-1].sentence == n.sentence && len(q.found[first-1].indicator) == 1 {
		first--
	}
	if i-first < 2 || q.found[i-1].clause == n.clause {
		return false
	}
	for _, m := range q.found[first:i] {
		if m.Kind == Rank || m.Grown {
			continue
		}
		n.add(m.indicator[0])
		n.noun = m.noun
	}
	return len(n.indicator) > 0
}

// handOut gives a number the names of a list, each with what stands behind 分别.
func (q *sequences) handOut(i int, n *mention, pre, post phrase) bool {
	items := q.items(pre, q.listSize(i))
	if len(items) < 2 {
		return false
	}
	n.each = true
	for _, parts := range items {
		if post.noun.From < post.noun.To {
			parts = append(slices.Clone(parts), post.noun)
		}
		n.add(parts)
	}
	n.noun = n.indicator[0]
	return true
}

// clauseBefore is the clause before the one of a number, up to what it says of
// its subject.
func (q *sequences) clauseBefore(i int, n *mention) number.Span {
	floor := n.sentence.From
	if i > 0 && q.found[i-1].Next > floor {
		floor = q.found[i-1].Next
	}
	end := n.begin
	for end > floor && number.IsBoundary(q.Folded[end-1]) {
		end--
	}
	from := end
	for from > floor && !number.IsBoundary(q.Folded[from-1]) {
		from--
	}
	return q.subject(span(from, end))
}
