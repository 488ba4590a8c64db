package figure

import (
	"strings"

	"baogao/internal/analyzer"
	"baogao/internal/figure/number"
)

// stripFront takes adverbs, times and places off the front.
func (r *reader) stripFront(s number.Span) number.Span { return r.strip(s, true) }

// strip is stripFront, with or without what says how the verb behind is done.
func (r *reader) strip(s number.Span, how bool) number.Span {
	for before := (span(-1, -1)); s != before; {
		before = s
		s = r.trim(s)
		s.From = min(s.From+r.markSize(s.From), s.To)
		text := r.Runes(s)
		time, place, adverb, manner := r.timeSize(s), ahead.Prefix(text), adverbs.Prefix(text), manners.Prefix(text)
		switch {
		case time > 0:
			s.From += time
		case place > 0 && !r.Has(s.From+place, "平均"):
			s.From += place
		case adverb > 0 && whole.Prefix(text) <= adverb && !r.ofRate(s, adverb):
			s.From += adverb
		case how && manner > 0 && r.saysHow(s, manner):
			s.From += manner
		}
	}
	return s
}

// saysHow reports whether the word at the front of a span says how the verb
// behind it is done, and is no part of a verb or of a name.
func (r *reader) saysHow(s number.Span, n int) bool {
	text := r.Runes(s)
	verb := doings.Prefix(text[n:])
	return verb > 0 && verbs.Prefix(text) <= n && !r.verbJoins(s.From+n, verb)
}

// markSize is the length of the number of a list, or of a remark, at a place:
// （三）, 1., （下同）.
func (r *reader) markSize(i int) int {
	if r.Has(i, "(下同)") {
		return 4
	}
	k, open := i, r.Has(i, "(")
	if open {
		k++
	}
	from := k
	for number.IsDigit(r.At(k)) || analyzer.ChineseDigit(r.At(k)) > 0 {
		k++
	}
	if closed := open && r.Has(k, ")") || !open && number.IsDigit(r.At(k-1)) && r.HasAny(k, ".", "、") > 0; k > from && closed {
		return k + 1 - i
	}
	return 0
}

// ofRate reports whether the adverb at the front of a span is part of the name
// of a rate: 按期办结率.
func (r *reader) ofRate(s number.Span, n int) bool {
	if n < 2 || r.At(s.To-1) != '率' || r.HasAny(s.From, "按期", "按时", "如期", "提前") == 0 {
		return false
	}
	m := doings.Prefix(r.Folded[s.From+n : s.To])
	return m > 0 && r.At(s.From+n+m) == '率'
}

// timeSize is the length of a time at the front: 2022年, 截至12月底, 1-9月.
func (r *reader) timeSize(s number.Span) int {
	start := s.From + r.HasAny(s.From, "截至", "截止")
	i := start
	for i < s.To && (number.IsDigit(r.Folded[i]) || strings.ContainsRune("-~", r.Folded[i])) {
		i++
	}
	n := r.HasAny(i, "年度", "年底", "年末", "月底", "月末", "年", "月份", "月")
	if i == start || n == 0 || i+n > s.To {
		return 0
	}
	for n > 0 {
		i += n
		k := i
		for number.IsDigit(r.At(k)) {
			k++
		}
		if n = r.HasAny(k, "月底", "月末", "月份", "月", "日"); k == i || n == 0 {
			break
		}
		n += k - i
	}
	i += r.HasAny(i, "的")
	i += r.HasAny(i, "以来", "全年")
	return min(i, s.To) - s.From
}

// verbJoins reports whether a verb is the beginning of a noun: 办结率, 投资额,
// 出口.
func (r *reader) verbJoins(i, n int) bool {
	if whole.Prefix(r.Folded[i:]) > n {
		return true
	}
	if n == 1 {
		return !strings.ContainsRune("获签建种", r.Folded[i])
	}
	return strings.ContainsRune("率额量业价费数", r.At(i+n)) && whole.Prefix(r.Folded[min(i+n, len(r.Folded)):]) == 0
}
