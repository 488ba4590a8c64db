package figure

import (
	"slices"
	"strings"
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
			n.indicator = [][]span{{r.join(names)}}
		}
		return
	}
	for j := i; j < end; j++ {
		m := r.found[j]
		if j > i {
			r.carry(n, m)
			m.noun = names[j-i]
		}
		m.indicator = [][]span{names[j-i]}
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
	if !m.listed || m.from != before.next && m.lead.from < m.lead.to {
		return false
	}
	return m.lead.from >= m.lead.to && (m.spreads || kindOf[m.unit] == kindOf[before.unit]) && !r.isNamedBehind(i) && !r.isNamedBehind(i-1)
}

// isNamedBehind reports whether a noun behind a number may name it.
func (r *reader) isNamedBehind(i int) bool {
	return r.namesBehind(r.found[i]) && len(r.right(i)) > 0
}

// carry hands what leads to the first number of a list to another.
func (r *reader) carry(n, m *number) {
	m.grown, m.down, m.levelled = n.grown, n.down, n.levelled
	m.earlier, m.year = n.earlier, n.year
	m.gap, m.ranked = n.gap, m.ranked || n.ranked
	if m.bound == "" && !n.approximate && n.next == n.end && n.bound != Range {
		m.bound = n.bound
	}
}

// following gives several names at once to the number behind a list that is
// reached by all of them: 从第8位、第4位双双跃居第1位.
func (r *reader) following(last int, names [][]span) {
	if len(names) < 2 || last+1 >= len(r.found) || !r.found[last].earlier {
		return
	}
	m := r.found[last+1]
	if m.clause != r.found[last].clause || m.lead.from < m.lead.to {
		return
	}
	m.indicator = names
	m.noun = names[0]
}

// join is the span from the first name of a list to the end of its last.
func (r *reader) join(names [][]span) span {
	first, last := names[0], names[len(names)-1]
	return span{first[0].from, last[len(last)-1].to}
}

// allRates reports whether a span is a list of rates, each of which the number
// holds for: 办复率、满意率100%.
func (r *reader) allRates(s span) bool {
	parts := r.split(s, true)
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if !strings.ContainsRune("率", r.folded[p.to-1]) {
			return false
		}
	}
	return true
}

// split parts a span at the signs of lists, and at their words.
func (r *reader) split(s span, words bool) []span {
	var parts []span
	from := s.from
	for i := s.from; i < s.to; i++ {
		c := r.folded[i]
		cut := 0
		switch {
		case r.quoted[i]:
		case c == '、':
			cut = 1
		case !words:
		case (c == '和' || c == '与' || c == '及') && i > from && len(parts) == 0 && r.hasAny(i, "和谐", "和美", "和平", "及时", "及格") == 0 && !r.endsWith(i, "以", "共", "参", "普", "涉"):
			cut = 1
		case c == '和' && i > from && r.hasAny(i, "和谐", "和美", "和平") == 0 && !r.endsWith(i, "共"):
			cut = 1
		}
		if cut > 0 && i > from {
			parts = append(parts, span{from, i})
			from = i + cut
		}
	}
	if from < s.to {
		parts = append(parts, span{from, s.to})
	}
	return parts
}

// items are the names of a list before a number, with the head and the tail
// that they share put back.
func (r *reader) items(p phrase, size int) [][]span {
	if p.verb.from < p.verb.to && r.at(p.verb.to) == '、' {
		p = phrase{noun: span{p.verb.from, p.noun.to}}
	}
	parts := r.split(p.noun, true)
	if coarse := r.split(p.noun, false); size > 1 && len(parts) != size && len(coarse) == size {
		parts = coarse
	}
	if len(parts) < 2 {
		return nil
	}
	parts[0] = r.stripFront(parts[0])
	if parts[0].from >= parts[0].to {
		return nil
	}
	last := parts[len(parts)-1]
	tail := r.tailOf(parts[:len(parts)-1], last)
	if p.verb.from < p.verb.to && size > 1 {
		tail = span{}
	}
	if at := r.index(last, "等"); at > last.from && at+1 < last.to {
		tail = span{at + 1, last.to}
		parts[len(parts)-1].to = at
	}
	head := r.headOf(parts)
	var list [][]span
	for i, s := range parts {
		var name []span
		if i > 0 && head.from < head.to {
			name = append(name, head)
		}
		name = append(name, s)
		if (i < len(parts)-1 || parts[i].to <= tail.from) && tail.from < tail.to && !r.hasTail(s) {
			name = append(name, r.withoutOverlap(s, tail))
		}
		list = append(list, name)
	}
	if size <= 1 && p.verb.from < p.verb.to && p.verb.to <= p.noun.from && verbs.Prefix(r.folded[p.verb.from:p.verb.to]) > 0 {
		for i := range list {
			list[i] = append([]span{p.verb}, list[i]...)
		}
	}
	return list
}

// withoutOverlap is a tail without what an item ends with: 人均可支配收入 behind
// 城镇居民, of 居民人均可支配收入.
func (r *reader) withoutOverlap(s, tail span) span {
	for n := min(s.to-s.from, tail.to-tail.from-1); n > 0; n-- {
		if slices.Equal(r.folded[s.to-n:s.to], r.folded[tail.from:tail.from+n]) {
			return span{tail.from + n, tail.to}
		}
	}
	return tail
}

// hasTail reports whether an item of a list says itself what is measured.
func (r *reader) hasTail(s span) bool {
	text := r.folded[s.from:s.to]
	n := measures.Suffix(text)
	return n >= 2 && n < len(text) || n == len(text) && n >= 3 || text[len(text)-1] == '率'
}

// tailOf is what the items of a list share with the end of the last, which
// alone has it: 居民人均可支配收入 of 城镇、农村居民人均可支配收入.
func (r *reader) tailOf(items []span, last span) span {
	for _, s := range items {
		if r.hasTail(s) {
			return span{}
		}
	}
	first := items[len(items)-1]
	n := first.to - first.from
	text := r.folded[last.from:last.to]
	end := r.folded[first.to-1]
	switch m := measures.Suffix(text); {
	case (end == '存' || end == '进') && (text[0] == '贷' || text[0] == '出') && len(text) > 1:
		return span{last.from + 1, last.to}
	case n <= 4 && len(text) > n+1 && (n == 1 || doings.Prefix(r.folded[first.from:first.to]) == n):
		return span{last.from + n, last.to}
	case n == 2 && len(text) > 3 && strings.ContainsRune("级镇乡村县城", end):
		return span{last.from + n, last.to}
	case m > 0 && m < len(text):
		return span{last.to - m, last.to}
	case n <= 2 && len(text) > n+1:
		return span{last.from + n, last.to}
	}
	return span{}
}

// headOf is what the items of a list share with the beginning of the first:
// 规上工业 of 规上工业总产值、增加值, 机关 of 机关存、贷款余额.
func (r *reader) headOf(parts []span) span {
	first := parts[0]
	text := r.folded[first.from:first.to]
	rest := parts[1:]
	if bareMeasures(r, rest) {
		if m := measures.Suffix(text); m > 0 && m < len(text) {
			return span{first.from, first.to - m}
		}
	}
	if last := text[len(text)-1]; len(text) > 1 && (last == '存' || last == '一' && text[len(text)-2] == '第') {
		return span{first.from, first.to - 1}
	}
	return span{}
}

func bareMeasures(r *reader, parts []span) bool {
	return !slices.ContainsFunc(parts, func(s span) bool {
		text := r.folded[s.from:s.to]
		if text[len(text)-1] == '率' {
			return true
		}
		return measures.Suffix(text) != len(text)
	})
}
