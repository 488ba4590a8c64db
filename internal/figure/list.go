package figure

import (
	"slices"
	"strings"

	"baogao/internal/figure/number"
)

// lists read the names of a list, and what they share.
type lists struct{ phrases }

// allRates reports whether a span is a list of rates, each of which the number
// holds for: 办复率、满意率100%.
func (l *lists) allRates(s number.Span) bool {
	parts := l.split(s, true)
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if !strings.ContainsRune("率", l.Folded[p.To-1]) {
			return false
		}
	}
	return true
}

// split parts a span at the signs of lists, and at their words.
func (l *lists) split(s number.Span, words bool) []number.Span {
	var parts []number.Span
	from := s.From
	for i := s.From; i < s.To; i++ {
		c := l.Folded[i]
		cut := 0
		switch {
		case l.Quoted[i]:
		case c == '、':
			cut = 1
		case !words:
		case (c == '和' || c == '与' || c == '及') && i > from && len(parts) == 0 && l.HasAny(i, "和谐", "和美", "和平", "及时", "及格") == 0 && !l.EndsWith(i, "以", "共", "参", "普", "涉"):
			cut = 1
		case c == '和' && i > from && l.HasAny(i, "和谐", "和美", "和平") == 0 && !l.EndsWith(i, "共"):
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
func (l *lists) items(p phrase, size int) [][]number.Span {
	if p.verb.From < p.verb.To && l.At(p.verb.To) == '、' {
		p = phrase{noun: span(p.verb.From, p.noun.To)}
	}
	parts := l.split(p.noun, true)
	if coarse := l.split(p.noun, false); size > 1 && len(parts) != size && len(coarse) == size {
		parts = coarse
	}
	if len(parts) < 2 {
		return nil
	}
	parts[0] = l.stripFront(parts[0])
	if parts[0].From >= parts[0].To {
		return nil
	}
	last := parts[len(parts)-1]
	tail := l.tailOf(parts[:len(parts)-1], last)
	if p.verb.From < p.verb.To && size > 1 {
		tail = number.Span{}
	}
	if at := l.Index(last, "等"); at > last.From && at+1 < last.To {
		tail = span(at+1, last.To)
		parts[len(parts)-1].To = at
	}
	head := l.headOf(parts)
	var list [][]number.Span
	for i, s := range parts {
		var name []number.Span
		if i > 0 && head.From < head.To {
			name = append(name, head)
		}
		name = append(name, s)
		if (i < len(parts)-1 || parts[i].To <= tail.From) && tail.From < tail.To && !l.hasTail(s) {
			name = append(name, l.withoutOverlap(s, tail))
		}
		list = append(list, name)
	}
	if size <= 1 && p.verb.From < p.verb.To && p.verb.To <= p.noun.From && verbs.Prefix(l.Folded[p.verb.From:p.verb.To]) > 0 {
		for i := range list {
			list[i] = append([]number.Span{p.verb}, list[i]...)
		}
	}
	return list
}

// withoutOverlap is a tail without what an item ends with: 人均可支配收入 behind
// 城镇居民, of 居民人均可支配收入.
func (l *lists) withoutOverlap(s, tail number.Span) number.Span {
	for n := min(s.To-s.From, tail.To-tail.From-1); n > 0; n-- {
		if slices.Equal(l.Folded[s.To-n:s.To], l.Folded[tail.From:tail.From+n]) {
			return span(tail.From+n, tail.To)
		}
	}
	return tail
}

// hasTail reports whether an item of a list says itself what is measured.
func (l *lists) hasTail(s number.Span) bool {
	text := l.Folded[s.From:s.To]
	n := measures.Suffix(text)
	return n >= 2 && n < len(text) || n == len(text) && n >= 3 || strings.ContainsRune("率数", text[len(text)-1])
}

// tailOf is what the items of a list share with the end of the last, which
// alone has it: 居民人均可支配收入 of 城镇、农村居民人均可支配收入.
func (l *lists) tailOf(items []number.Span, last number.Span) number.Span {
	for _, s := range items {
		if l.hasTail(s) {
			return number.Span{}
		}
	}
	first := items[len(items)-1]
	n := first.To - first.From
	text := l.Folded[last.From:last.To]
	end := l.Folded[first.To-1]
	switch m := measures.Suffix(text); {
	case (end == '存' || end == '进') && (text[0] == '贷' || text[0] == '出') && len(text) > 1:
		return span(last.From+1, last.To)
	case n <= 4 && len(text) > n+1 && (n == 1 || doings.Prefix(l.Folded[first.From:first.To]) == n):
		return span(last.From+n, last.To)
	case n == 2 && len(text) > 3 && strings.ContainsRune("级镇乡村县城", end), n <= 4 && n >= 2 && len(text) > n+1 && text[n-1] == end:
		return span(last.From+n, last.To) // 国控、省控断面优良率
	case m > 0 && m < len(text):
		for k := m; text[len(text)-1] == '率'; m = k { // 回收利用率
			if k += verbs.Suffix(text[:len(text)-m]); k == m || k+2 > len(text) {
				break
			}
		}
		return span(last.To-m, last.To)
	case n <= 2 && len(text) > n+1:
		return span(last.From+n, last.To)
	}
	return number.Span{}
}

// headOf is what the items of a list share with the beginning of the first:
// 规上工业 of 规上工业总产值、增加值, 机关 of 机关存、贷款余额.
func (l *lists) headOf(parts []number.Span) number.Span {
	first := parts[0]
	text := l.Folded[first.From:first.To]
	rest := parts[1:]
	if l.bareMeasures(rest) {
		if m := measures.Suffix(text); m > 0 && m < len(text) {
			return span(first.From, first.To-m)
		}
	}
	if last := text[len(text)-1]; len(text) > 1 && (last == '存' || last == '一' && text[len(text)-2] == '第') {
		return span(first.From, first.To-1)
	}
	return number.Span{}
}

func (l *lists) bareMeasures(parts []number.Span) bool {
	return !slices.ContainsFunc(parts, func(s number.Span) bool {
		text := l.Folded[s.From:s.To]
		if text[len(text)-1] == '率' {
			return true
		}
		return measures.Suffix(text) != len(text)
	})
}

// sharesMeasure reports whether a span is a list of things that share what is
// measured: A市、B市经济总量突破2000亿元.
func (l *lists) sharesMeasure(s number.Span) bool {
	parts := l.split(s, true)
	last := parts[len(parts)-1]
	return len(parts) > 1 && l.hasTail(last) && l.tailOf(parts[:len(parts)-1], last) != (number.Span{})
}

// allBare reports whether names say no more than what is measured: 总量和增速.
func (l *lists) allBare(items [][]number.Span) bool {
	return !slices.ContainsFunc(items, func(parts []number.Span) bool {
		text := l.Folded[parts[0].From:parts[0].To]
		return len(parts) > 1 || bare.Prefix(text) != len(text)
	})
}
