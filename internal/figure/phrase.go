package figure

import (
	"strings"

	"baogao/internal/figure/number"
)

// A phrase is the text before a number without ballast: a verb, if one stands
// in front, and a noun.
type phrase struct{ verb, noun number.Span }

func (p phrase) empty() bool    { return p.verb.From >= p.verb.To && p.noun.From >= p.noun.To }
func (p phrase) verbOnly() bool { return p.verb.From < p.verb.To && p.noun.From >= p.noun.To }

// whole is the phrase with its verb.
func (p phrase) whole() number.Span {
	if p.verb.From < p.verb.To && p.verb.To == p.noun.From {
		return span(p.verb.From, p.noun.To)
	}
	return p.noun
}

// phrase reads the text before a number.
func (r *reader) phrase(s number.Span) phrase {
	s = r.stripFront(s)
	s = r.afterPath(s)
	s = r.stripFront(s)
	s = r.afterAnd(s)
	s = r.beforeVerbs(r.afterItems(s))
	s = r.afterOf(s)
	s = r.afterSuch(s)
	s = r.afterActor(s)
	s = r.stripFront(s)
	if r.EndsWith(s.To, "亿元", "万元", "万亿", "千亿", "百亿") {
		s = r.subject(s) // 出口首次突破百亿元、达117亿元
	}
	if r.EndsWith(s.To, "等") || s.To-s.From < 2 && !r.Has(s.From, "占") || s.From >= s.To {
		return phrase{}
	}
	return r.parseVerb(s)
}

// afterPath cuts phrases that say by which way, for whom, in what and where:
// 依托…平台, 通过…, 在…中.
func (r *reader) afterPath(s number.Span) number.Span {
	if n := paths.Prefix(r.Runes(s)); n > 0 {
		s = r.behindPath(s, n)
	}
	if n := r.HasAny(s.From, "为", "向", "给", "对"); n > 0 {
		for i := s.From + 3; i < min(s.From+10, s.To-2); i++ {
			if doings.Prefix(r.Folded[i:s.To]) >= 2 {
				return span(i, s.To)
			}
		}
		if r.Folded[s.From] == '为' && s.To-s.From > 2 && whole.Prefix(r.Runes(s)) == 0 {
			s.From++
		}
	}
	for i := s.From + 2; i < s.To-1; i++ {
		rest := r.Folded[i+1 : s.To]
		if r.Folded[i] == '中' && r.Folded[i-1] != '集' && max(doings.Prefix(rest), both.Prefix(rest)) > 1 && !r.Quoted[i] && whole.Prefix(r.Folded[i:]) == 0 {
			return span(i+1, s.To)
		}
	}
	return r.afterPlace(s)
}

// afterPlace cuts 在…中 and the like, and what follows it where something stands
// in front: 经开区在全省考评中.
func (r *reader) afterPlace(s number.Span) number.Span {
	at := r.Index(s, "在")
	if at < 0 || whole.Prefix(r.Folded[at:]) > 0 || r.EndsWith(at, "现", "存", "潜", "外", "内") {
		return s
	}
	for i := at + 3; i < s.To; i++ {
		if r.Quoted[i] || !strings.ContainsRune("中上下内里", r.Folded[i]) || whole.Prefix(r.Folded[i:]) > 0 {
			continue
		}
		switch {
		case at == s.From:
			return span(i+1, s.To)
		case at-s.From >= 3:
			return span(s.From, at)
		}
		return s
	}
	return s
}

// behindPath is what stands behind a phrase such as 依托…平台: the verb at the
// end, or the first verb with its noun.
func (r *reader) behindPath(s number.Span, n int) number.Span {
	for i := s.From + n + 2; i < s.To; i++ {
		if r.Quoted[i] {
			continue
		}
		if m := doings.Prefix(r.Folded[i:s.To]); m >= 2 && (i+m == s.To || s.To-i-m >= 2 && i-s.From >= 4) && !r.verbJoins(i, m) {
			return span(i, s.To)
		}
	}
	return s
}

// afterItems drops the items of a list before the last that begins with a verb:
// 打造品牌、培育企业.
func (r *reader) afterItems(s number.Span) number.Span {
	for i := s.To - 1; i > s.From; i-- {
		if r.Folded[i] != '、' || r.Quoted[i] || i+1 >= s.To {
			continue
		}
		rest := r.Folded[i+1 : s.To]
		if n := doings.Prefix(rest); n >= 2 && n+2 <= len(rest) && !r.verbJoins(i+1, n) && !r.verbBefore(span(s.From, i)) {
			return r.stripFront(span(i+1, s.To))
		}
		if n := adverbs.Prefix(rest); n >= 2 && n < len(rest) {
			return r.stripFront(span(i+1, s.To))
		}
	}
	return s
}

// afterAnd cuts what stands before 并 and a verb: 回应并解决.
func (r *reader) afterAnd(s number.Span) number.Span {
	for i := s.To - 2; i > s.From; i-- {
		if r.Folded[i] != '并' || r.Quoted[i] || r.EndsWith(i, "合", "兼", "归", "一") {
			continue
		}
		if rest := r.stripFront(span(i+1, s.To)); doings.Prefix(r.Folded[rest.From:rest.To]) >= 2 && rest.To-rest.From > 3 {
			return rest
		}
	}
	return s
}

// beforeVerbs drops the last item of a list that is a verb and no more, of what
// the list before has done: 培训、覆盖近880人次.
func (r *reader) beforeVerbs(s number.Span) number.Span {
	for i := s.To - 1; i > s.From+1; i-- {
		if r.Folded[i] != '、' || r.Quoted[i] {
			continue
		}
		if n := r.HasAny(i+1, "覆盖", "惠及", "涉及", "受益", "参与"); n > 0 && i+1+n == s.To {
			return span(s.From, i)
		}
		return s
	}
	return s
}

// afterSuch cuts the examples before the last 等 of a span.
func (r *reader) afterSuch(s number.Span) number.Span {
	for i := s.To - 4; i > s.From; i-- {
		if r.Folded[i] == '等' && !r.Quoted[i] && r.HasAny(i, "等级", "等次", "等额", "等外") == 0 && !r.EndsWith(i, "高", "中", "初", "平", "同", "对", "均") {
			return r.stripFront(span(i+1, s.To))
		}
	}
	return s
}

// verbBefore reports whether a span is a verb and no more, so that a list of
// verbs goes on behind it: 新建和加密建设、改造提升.
func (r *reader) verbBefore(s number.Span) bool {
	s = r.stripFront(s)
	text := r.Folded[s.From:s.To]
	return verbs.Prefix(text) == len(text) || verbs.Prefix(text) > 0 && verbs.Suffix(text) > 0
}

// afterOf cuts what stands before the last 的 of a span.
func (r *reader) afterOf(s number.Span) number.Span {
	at := r.lastOf(s)
	if at < 0 || s.To-at-1 < 2 {
		return s
	}
	for _, w := range []string{"以上的", "以下的", "以内的"} {
		if r.EndsWith(at+1, w) {
			return s
		}
	}
	if p := r.Index(s, "占"); p >= 0 && p < at {
		return s
	}
	return r.stripFront(span(at+1, s.To))
}

// lastOf is where the last 的 stands outside names.
func (r *reader) lastOf(s number.Span) int {
	for i := s.To - 1; i >= s.From; i-- {
		if r.Folded[i] == '的' && !r.Quoted[i] && r.At(i+1) != '士' {
			return i
		}
	}
	return -1
}

// afterActor cuts who did it, where a verb or 共, 已 follows.
func (r *reader) afterActor(s number.Span) number.Span {
	for i := s.To - 2; i > s.From; i-- {
		n := r.HasAny(i, "累计", "共计", "共", "已", "合计")
		if n == 0 || i+n >= s.To || r.Quoted[i] || r.EndsWith(i, "公", "中", "与") || whole.Prefix(r.Folded[i:]) > n {
			continue
		}
		if rest := r.Folded[i+n : s.To]; max(verbs.Prefix(rest), manners.Prefix(rest)) >= 2 && !r.allVerbs(rest) {
			return r.stripFront(span(i+n, s.To))
		}
	}
	if doings.Prefix(r.Runes(s)) >= 2 {
		return s
	}
	for i := s.From + 2; i+2 < s.To; i++ {
		n := doings.Prefix(r.Folded[i:s.To])
		if n >= 2 && s.To-i-n >= 2 && !r.Quoted[i] && actors.Suffix(r.Folded[s.From:i]) > 0 && nouns.Prefix(r.Folded[i:]) == 0 {
			return span(i, s.To)
		}
	}
	return s
}

// parseVerb parts a span into the verb in front and the noun.
func (r *reader) parseVerb(s number.Span) phrase {
	text := r.Runes(s)
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	if n := causing.Prefix(text); n > 0 {
		// 支持企业开展: who does it, and the verb; the noun stands behind the number
		for i := n + 1; i < len(text); i++ {
			if m := verbs.Prefix(text[i:]); m >= 2 && i+m == len(text) {
				return phrase{verb: span(s.From+i, s.To)}
			}
		}
	}
	s = r.afterLight(s)
	text = r.Runes(s)
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	n := verbs.Prefix(text)
	if m := doings.Prefix(text[1:]); n == 0 && text[0] == '新' && m >= 2 {
		n = m + 1
	}
	if n == 0 || len(text)-n < 2 || r.verbJoins(s.From, n) || text[n] == '(' {
		return phrase{noun: s}
	}
	k := r.verbsEnd(s.From+n, s.To)
	return phrase{verb: span(s.From, k), noun: span(k, s.To)}
}

// afterLight takes verbs off the front that say no more than that something was
// done.
func (r *reader) afterLight(s number.Span) number.Span {
	for s.From < s.To {
		n := lightVerbs.Prefix(r.Runes(s))
		if n == 0 || s.To-s.From-n < 2 || verbs.Prefix(r.Runes(s)) > n || r.verbJoins(s.From, n) {
			break
		}
		s.From += n
		s.From += r.HasAny(s.From, "了", "并")
		s = r.strip(s, false)
	}
	return s
}

// verbsEnd is where the verbs end of which the first ends at a place.
func (r *reader) verbsEnd(k, to int) int {
	for {
		m := r.HasAny(k, "了")
		if m == 0 {
			m = verbs.Prefix(r.Folded[k:to])
			if m < 2 || to-k-m < 2 || r.At(k+m) == '(' || r.verbJoins(k, m) {
				return k
			}
		}
		k += m
	}
}

// lastVerb is the last verb of several.
func (r *reader) lastVerb(s number.Span) number.Span {
	if n := doings.Suffix(r.Folded[s.From:s.To]); n > 0 {
		return span(s.To-n, s.To)
	}
	return s
}

// allVerbs reports whether a text is verbs and adverbs and nothing else.
func (r *reader) allVerbs(text []rune) bool {
	last := both.Suffix(text)
	for len(text) > 0 {
		n := max(verbs.Prefix(text), adverbs.Prefix(text), manners.Prefix(text))
		if n == 0 {
			return false
		}
		text = text[n:]
		if len(text) == 0 && n <= last {
			return false
		}
	}
	return true
}
