package figure

import (
	"slices"
	"strings"

	"baogao/internal/figure/number"
)

// spread gives the names of a list to the numbers of a list: 城镇、农村居民人均
// 可支配收入分别增长5.2%、7%. What leads to the first holds for all.
func (r *reader) spread(i int) {
	n := r.found[i]
	size := r.listSize(i)
	end := i + size
	if n.earlier && len(n.indicator) > 1 && size != len(n.indicator) {
		return
	}
	names := n.indicator
	if size == 1 {
		r.following(i, names)
		return
	}
	if len(names) != size {
		for j := i + 1; j < end; j++ {
			r.carry(n, r.found[j])
		}
		if len(names) > 1 {
			n.indicator = [][]number.Span{{r.join(names)}}
		}
		return
	}
	for j := i; j < end; j++ {
		m := r.found[j]
		if j > i {
			r.carry(n, m)
			m.noun = names[j-i]
		}
		m.indicator = [][]number.Span{names[j-i]}
	}
	n.noun = names[0]
	r.following(end-1, names)
}

// listSize is how many numbers the list has that begins with one.
func (r *reader) listSize(i int) int {
	end := i + 1
	for end < len(r.found) && r.continues(end) {
		end++
	}
	return end - i
}

// continues reports whether a number goes on in the list of the one before.
func (r *reader) continues(i int) bool {
	m, before := r.found[i], r.found[i-1]
	if !m.listed || m.begin != before.Next && m.lead.From < m.lead.To {
		return false
	}
	return m.lead.From >= m.lead.To && (m.spreads || number.KindOf[m.Unit] == number.KindOf[before.Unit]) && !r.isNamedBehind(i) && !r.isNamedBehind(i-1)
}

// isNamedBehind reports whether a noun behind a number may name it.
func (r *reader) isNamedBehind(i int) bool {
	return r.namesBehind(r.found[i]) && len(r.right(i)) > 0
}

// carry hands what leads to the first number of a list to another.
func (r *reader) carry(n, m *mention) {
	m.Grown, m.down, m.levelled = n.Grown, n.down, n.levelled
	m.earlier, m.year = n.earlier, n.year
	m.gap, m.Ranked = n.gap, m.Ranked || n.Ranked
	if m.Bound == "" && !n.Approximate && n.Next == n.End && n.Bound != Range {
		m.Bound = n.Bound
	}
}

// following gives several names at once to the number behind a list that is
// reached by all of them: 从第8位、第4位双双跃居第1位.
func (r *reader) following(last int, names [][]number.Span) {
	if len(names) < 2 || last+1 >= len(r.found) || !r.found[last].earlier {
		return
	}
	m := r.found[last+1]
	if m.clause != r.found[last].clause || m.lead.From < m.lead.To {
		return
	}
	m.indicator = names
	m.noun = names[0]
}

// join is the span from the first name of a list to the end of its last.
func (r *reader) join(names [][]number.Span) number.Span {
	first, last := names[0], names[len(names)-1]
	return span(first[0].From, last[len(last)-1].To)
}

// allRates reports whether a span is a list of rates, each of which the number
// holds for: 办复率、满意率100%.
func (r *reader) allRates(s number.Span) bool {
	parts := r.split(s, true)
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if !strings.ContainsRune("率", r.Folded[p.To-1]) {
			return false
		}
	}
	return true
}

// split parts a span at the signs of lists, and at their words.
func (r *reader) split(s number.Span, words bool) []number.Span {
	var parts []number.Span
	from := s.From
	for i := s.From; i < s.To; i++ {
		c := r.Folded[i]
		cut := 0
		switch {
		case r.Quoted[i]:
		case c == '、':
			cut = 1
		case !words:
		case (c == '和' || c == '与' || c == '及') && i > from && len(parts) == 0 && r.HasAny(i, "和谐", "和美", "和平", "及时", "及格") == 0 && !r.EndsWith(i, "以", "共", "参", "普", "涉"):
			cut = 1
		case c == '和' && i > from && r.HasAny(i, "和谐", "和美", "和平") == 0 && !r.EndsWith(i, "共"):
			cut = 1
		}
		if cut > 0 && i > from {
			parts = append(parts, span(from, i))
			from = i + cut
		}
	}
	if from < s.To {
		parts = append(parts, span(from, s.To))
	}
	return parts
}

// items are the names of a list before a number, with the head and the tail
// that they share put back.
func (r *reader) items(p phrase, size int) [][]number.Span {
	if p.verb.From < p.verb.To && r.At(p.verb.To) == '、' {
		p = phrase{noun: span(p.verb.From, p.noun.To)}
	}
	parts := r.split(p.noun, true)
	if coarse := r.split(p.noun, false); size > 1 && len(parts) != size && len(coarse) == size {
		parts = coarse
	}
	if len(parts) < 2 {
		return nil
	}
	parts[0] = r.stripFront(parts[0])
	if parts[0].From >= parts[0].To {
		return nil
	}
	last := parts[len(parts)-1]
	tail := r.tailOf(parts[:len(parts)-1], last)
	if p.verb.From < p.verb.To && size > 1 {
		tail = number.Span{}
	}
	if at := r.Index(last, "等"); at > last.From && at+1 < last.To {
		tail = span(at+1, last.To)
		parts[len(parts)-1].To = at
	}
	head := r.headOf(parts)
	var list [][]number.Span
	for i, s := range parts {
		var name []number.Span
		if i > 0 && head.From < head.To {
			name = append(name, head)
		}
		name = append(name, s)
		if (i < len(parts)-1 || parts[i].To <= tail.From) && tail.From < tail.To && !r.hasTail(s) {
			name = append(name, r.withoutOverlap(s, tail))
		}
		list = append(list, name)
	}
	if size <= 1 && p.verb.From < p.verb.To && p.verb.To <= p.noun.From && verbs.Prefix(r.Folded[p.verb.From:p.verb.To]) > 0 {
		for i := range list {
			list[i] = append([]number.Span{p.verb}, list[i]...)
		}
	}
	return list
}

// withoutOverlap is a tail without what an item ends with: 人均可支配收入 behind
// 城镇居民, of 居民人均可支配收入.
func (r *reader) withoutOverlap(s, tail number.Span) number.Span {
	for n := min(s.To-s.From, tail.To-tail.From-1); n > 0; n-- {
		if slices.Equal(r.Folded[s.To-n:s.To], r.Folded[tail.From:tail.From+n]) {
			return span(tail.From+n, tail.To)
		}
	}
	return tail
}

// hasTail reports whether an item of a list says itself what is measured.
func (r *reader) hasTail(s number.Span) bool {
	text := r.Folded[s.From:s.To]
	n := measures.Suffix(text)
	return n >= 2 && n < len(text) || n == len(text) && n >= 3 || text[len(text)-1] == '率'
}

// tailOf is what the items of a list share with the end of the last, which
// alone has it: 居民人均可支配收入 of 城镇、农村居民人均可支配收入.
func (r *reader) tailOf(items []number.Span, last number.Span) number.Span {
	for _, s := range items {
		if r.hasTail(s) {
			return number.Span{}
		}
	}
	first := items[len(items)-1]
	n := first.To - first.From
	text := r.Folded[last.From:last.To]
	end := r.Folded[first.To-1]
	switch m := measures.Suffix(text); {
	case (end == '存' || end == '进') && (text[0] == '贷' || text[0] == '出') && len(text) > 1:
		return span(last.From+1, last.To)
	case n <= 4 && len(text) > n+1 && (n == 1 || doings.Prefix(r.Folded[first.From:first.To]) == n):
		return span(last.From+n, last.To)
	case n == 2 && len(text) > 3 && strings.ContainsRune("级镇乡村县城", end):
		return span(last.From+n, last.To)
	case m > 0 && m < len(text):
		return span(last.To-m, last.To)
	case n <= 2 && len(text) > n+1:
		return span(last.From+n, last.To)
	}
	return number.Span{}
}

// headOf is what the items of a list share with the beginning of the first:
// 规上工业 of 规上工业总产值、增加值, 机关 of 机关存、贷款余额.
func (r *reader) headOf(parts []number.Span) number.Span {
	first := parts[0]
	text := r.Folded[first.From:first.To]
	rest := parts[1:]
	if bareMeasures(r, rest) {
		if m := measures.Suffix(text); m > 0 && m < len(text) {
			return span(first.From, first.To-m)
		}
	}
	if last := text[len(text)-1]; len(text) > 1 && (last == '存' || last == '一' && text[len(text)-2] == '第') {
		return span(first.From, first.To-1)
	}
	return number.Span{}
}

func bareMeasures(r *reader, parts []number.Span) bool {
	return !slices.ContainsFunc(parts, func(s number.Span) bool {
		text := r.Folded[s.From:s.To]
		if text[len(text)-1] == '率' {
			return true
		}
		return measures.Suffix(text) != len(text)
	})
}
