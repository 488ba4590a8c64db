package figure

import (
	"strings"

	"baogao/internal/analyzer"
)

// stripFront takes adverbs, times and places off the front.
func (r *reader) stripFront(s span) span { return r.strip(s, true) }

// strip is stripFront, with or without what says how the verb behind is done.
func (r *reader) strip(s span, how bool) span {
	for before := (span{-1, -1}); s != before; {
		before = s
		s = r.trim(s)
		s.from = min(s.from+r.markSize(s.from), s.to)
		text := r.runes(s)
		time, place, adverb, manner := r.timeSize(s), ahead.Prefix(text), adverbs.Prefix(text), manners.Prefix(text)
		switch {
		case time > 0:
			s.from += time
		case place > 0 && !r.has(s.from+place, "平均"):
			s.from += place
		case adverb > 0 && whole.Prefix(text) <= adverb && !r.ofRate(s, adverb):
			s.from += adverb
		case how && manner > 0 && r.saysHow(s, manner):
			s.from += manner
		}
	}
	return s
}

// saysHow reports whether the word at the front of a span says how the verb
// behind it is done, and is no part of a verb or of a name.
func (r *reader) saysHow(s span, n int) bool {
	text := r.runes(s)
	verb := doings.Prefix(text[n:])
	return verb > 0 && verbs.Prefix(text) <= n && !r.verbJoins(s.from+n, verb)
}

// markSize is the length of the number of a list at a place: （三）, 1.
func (r *reader) markSize(i int) int {
	k, open := i, r.has(i, "(")
	if open {
		k++
	}
	from := k
	for isDigit(r.at(k)) || analyzer.ChineseDigit(r.at(k)) > 0 {
		k++
	}
	if closed := open && r.has(k, ")") || !open && isDigit(r.at(k-1)) && r.hasAny(k, ".", "、") > 0; k > from && closed {
		return k + 1 - i
	}
	return 0
}

// ofRate reports whether the adverb at the front of a span is part of the name
// of a rate: 按期办结率.
func (r *reader) ofRate(s span, n int) bool {
	if n < 2 || r.at(s.to-1) != '率' || r.hasAny(s.from, "按期", "按时", "如期", "提前") == 0 {
		return false
	}
	m := doings.Prefix(r.folded[s.from+n : s.to])
	return m > 0 && r.at(s.from+n+m) == '率'
}

// timeSize is the length of a time at the front: 2022年, 截至12月底, 1-9月.
func (r *reader) timeSize(s span) int {
	start := s.from + r.hasAny(s.from, "截至", "截止")
	i := start
	for i < s.to && (isDigit(r.folded[i]) || strings.ContainsRune("-~", r.folded[i])) {
		i++
	}
	n := r.hasAny(i, "年度", "年底", "年末", "月底", "月末", "年", "月份", "月")
	if i == start || n == 0 || i+n > s.to {
		return 0
	}
	for n > 0 {
		i += n
		k := i
		for isDigit(r.at(k)) {
			k++
		}
		if n = r.hasAny(k, "月底", "月末", "月份", "月", "日"); k == i || n == 0 {
			break
		}
		n += k - i
	}
	i += r.hasAny(i, "的")
	i += r.hasAny(i, "以来", "全年")
	return min(i, s.to) - s.from
}

// verbJoins reports whether a verb is the beginning of a noun: 办结率, 投资额,
// 出口.
func (r *reader) verbJoins(i, n int) bool {
	if whole.Prefix(r.folded[i:]) > n {
		return true
	}
	if n == 1 {
		return !strings.ContainsRune("获签建种", r.folded[i])
	}
	return strings.ContainsRune("率额量业价费数", r.at(i+n)) && whole.Prefix(r.folded[min(i+n, len(r.folded)):]) == 0
}
