package figure

import (
	"strings"

	"baogao/internal/analyzer"
	"baogao/internal/figure/number"
)

// A front takes what tells nothing of a name off its front: adverbs, times, places,
// marks.
type front struct{ *number.Text }

// trim drops blanks, and the signs of lists in front.
func (f *front) trim(s number.Span) number.Span {
	for s.From < s.To && isLoose(f.Folded[s.From]) {
		s.From++
	}
	for s.From < s.To && isOpen(f.Folded[s.To-1]) {
		s.To--
	}
	return s
}

// isLoose reports whether a folded character in front of a name is none of it.
func isLoose(c rune) bool {
	switch c {
	case ',', ')', '·', '-', ';':
		return true
	}
	return isOpen(c)
}

// isOpen reports whether a folded character at either end of a name is none of it.
func isOpen(c rune) bool {
	return c == ' ' || c == '、' || c == ':' || c >= '①' && c <= '⑳'
}

// stripFront takes adverbs, times and places off the front.
func (f *front) stripFront(s number.Span) number.Span { return f.strip(s, true) }

// strip is stripFront, with or without what says how the verb behind is done.
func (f *front) strip(s number.Span, how bool) number.Span {
	for before := (span(-1, -1)); s != before; {
		before = s
		s = f.trim(s)
		s.From = min(s.From+f.markSize(s.From), s.To)
		text := f.Runes(s)
		time, place, adverb, manner := max(f.timeSize(s), f.sinceSize(s)), ahead.Prefix(text), adverbs.Prefix(text), manners.Prefix(text)
		switch {
		case time > 0:
			s.From += time
		case place > 0 && !f.Has(s.From+place, "平均"):
			s.From += place
		case adverb > 0 && whole.Prefix(text) <= adverb && !f.ofRate(s, adverb):
			s.From += adverb
		case how && manner > 0 && f.saysHow(s, manner):
			s.From += manner
		}
	}
	return s
}

// saysHow reports whether the word at the front of a span says how the verb
// behind it is done, and is no part of a verb or of a name.
func (f *front) saysHow(s number.Span, n int) bool {
	text := f.Runes(s)
	verb := doings.Prefix(text[n:])
	return verb > 0 && verbs.Prefix(text) <= n && !f.verbJoins(s.From+n, verb)
}

// markSize is the length of the number of a list, or of a remark, at a place:
// （三）, 1., （下同）.
func (f *front) markSize(i int) int {
	if f.Has(i, "(下同)") {
		return 4
	}
	k, open := i, f.Has(i, "(")
	if open {
		k++
	}
	from := k
	for number.IsDigit(f.At(k)) || analyzer.ChineseDigit(f.At(k)) > 0 {
		k++
	}
	if closed := open && f.Has(k, ")") || !open && number.IsDigit(f.At(k-1)) && f.HasAny(k, ".", "、") > 0; k > from && closed {
		return k + 1 - i
	}
	return 0
}

// ofRate reports whether the adverb at the front of a span is part of the name
// of a rate: 按期办结率.
func (f *front) ofRate(s number.Span, n int) bool {
	if n < 2 || f.At(s.To-1) != '率' || f.HasAny(s.From, "按期", "按时", "如期", "提前") == 0 {
		return false
	}
	m := doings.Prefix(f.Folded[s.From+n : s.To])
	return m > 0 && f.At(s.From+n+m) == '率'
}

// timeSize is the length of a time at the front: 2022年, 截至12月底, 1-9月.
func (f *front) timeSize(s number.Span) int {
	start := s.From + f.HasAny(s.From, "截至", "截止")
	i := start
	for i < s.To && (number.IsDigit(f.Folded[i]) || strings.ContainsRune("-~", f.Folded[i])) {
		i++
	}
	n := f.HasAny(i, "年度", "年底", "年末", "月底", "月末", "年", "月份", "月")
	if i == start || n == 0 || i+n > s.To {
		return 0
	}
	for n > 0 {
		i += n
		k := i
		for number.IsDigit(f.At(k)) {
			k++
		}
		if n = f.HasAny(k, "月底", "月末", "月份", "月", "日"); k == i || n == 0 {
			break
		}
		n += k - i
	}
	i += f.HasAny(i, "的")
	i += f.HasAny(i, "以来", "全年")
	return min(i, s.To) - s.From
}

// sinceSize is the length of a short time at the front that begins with something:
// 开园以来.
func (f *front) sinceSize(s number.Span) int {
	for i := s.From + 1; i < min(s.From+8, s.To-3) && !number.IsBoundary(f.Folded[i]); i++ {
		if f.Has(i, "以来") && !f.Quoted[i] {
			return i + 2 - s.From
		}
	}
	return 0
}

// verbJoins reports whether a verb is the beginning of a noun: 办结率, 投资额,
// 出口.
func (f *front) verbJoins(i, n int) bool {
	if whole.Prefix(f.Folded[i:]) > n {
		return true
	}
	if n == 1 {
		return !strings.ContainsRune("获签建种", f.Folded[i])
	}
	return strings.ContainsRune("率额量业价费数", f.At(i+n)) && whole.Prefix(f.Folded[min(i+n, len(f.Folded)):]) == 0
}
