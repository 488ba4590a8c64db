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

// phrases read the text before a number.
type phrases struct{ front }

// phrase reads the text before a number.
func (p *phrases) phrase(s number.Span) phrase {
	s = p.stripFront(s)
	s = p.afterPath(s)
	s = p.stripFront(s)
	s = p.afterAnd(s)
	s = p.beforeVerbs(p.afterItems(s))
	s = p.afterOf(s)
	s = p.afterSuch(s)
	s = p.afterActor(s)
	s = p.stripFront(s)
	if p.EndsWith(s.To, "亿元", "万元", "万亿", "千亿", "百亿") {
		s = p.subject(s) // 出口首次突破百亿元、达117亿元
	}
	if p.EndsWith(s.To, "等") || s.To-s.From < 2 && !p.Has(s.From, "占") || s.From >= s.To {
		return phrase{}
	}
	return p.parseVerb(s)
}

// afterPath cuts phrases that say by which way, for whom, in what and where:
// 依托…平台, 通过…, 在…中.
func (p *phrases) afterPath(s number.Span) number.Span {
	if n := paths.Prefix(p.Runes(s)); n > 0 {
		s = p.behindPath(s, n)
	}
	if n := p.HasAny(s.From, "为", "向", "给", "对"); n > 0 {
		for i := s.From + 3; i < min(s.From+24, s.To-2); i++ {
			if doings.Prefix(p.Folded[i:s.To]) >= 2 && !p.Quoted[i] {
				return span(i, s.To)
			}
		}
		if p.Folded[s.From] == '为' && s.To-s.From > 2 && whole.Prefix(p.Runes(s)) == 0 {
			s.From++
		}
	}
	for i := s.From + 2; i < s.To-1; i++ {
		rest := p.Folded[i+1 : s.To]
		if p.Folded[i] == '中' && p.Folded[i-1] != '集' && max(doings.Prefix(rest), both.Prefix(rest)) > 1 && !p.Quoted[i] && whole.Prefix(p.Folded[i:]) == 0 {
			return span(i+1, s.To)
		}
	}
	return p.afterPlace(s)
}

// afterPlace cuts 在…中 and the like, and what follows it where something stands
// in front: 经开区在全省考评中.
func (p *phrases) afterPlace(s number.Span) number.Span {
	at := p.Index(s, "在")
	if at < 0 || whole.Prefix(p.Folded[at:]) > 0 || p.EndsWith(at, "现", "存", "潜", "外", "内") {
		return s
	}
	for i := at + 3; i < s.To; i++ {
		if p.Quoted[i] || !strings.ContainsRune("中上下内里", p.Folded[i]) || whole.Prefix(p.Folded[i:]) > 0 {
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
func (p *phrases) behindPath(s number.Span, n int) number.Span {
	for i := s.From + n + 2; i < s.To; i++ {
		if p.Quoted[i] {
			continue
		}
		if m := doings.Prefix(p.Folded[i:s.To]); m >= 2 && (i+m == s.To || s.To-i-m >= 2 && i-s.From >= 4) && !p.verbJoins(i, m) {
			return span(i, s.To)
		}
	}
	return s
}

// afterItems drops the items of a list before the last that begins with a verb:
// 打造品牌、培育企业.
func (p *phrases) afterItems(s number.Span) number.Span {
	for i := s.To - 1; i > s.From; i-- {
		if p.Folded[i] != '、' || p.Quoted[i] || i+1 >= s.To {
			continue
		}
		rest := p.Folded[i+1 : s.To]
		if n := doings.Prefix(rest); n >= 2 && n+2 <= len(rest) && !p.verbJoins(i+1, n) && !p.verbBefore(span(s.From, i)) {
			return p.stripFront(span(i+1, s.To))
		}
		if p.HasAny(i+1, "为", "向") > 0 && whole.Prefix(rest) == 0 && len(rest) > 4 {
			return p.afterPath(span(i+1, s.To))
		}
		if n := adverbs.Prefix(rest); n >= 2 && n < len(rest) {
			return p.stripFront(span(i+1, s.To))
		}
	}
	return s
}

// afterAnd cuts what stands before 并 and a verb: 回应并解决.
func (p *phrases) afterAnd(s number.Span) number.Span {
	for i := s.To - 2; i > s.From; i-- {
		if p.Folded[i] != '并' || p.Quoted[i] || p.EndsWith(i, "合", "兼", "归", "一") {
			continue
		}
		if rest := p.stripFront(span(i+1, s.To)); doings.Prefix(p.Folded[rest.From:rest.To]) >= 2 && rest.To-rest.From > 3 {
			return rest
		}
	}
	return s
}

// beforeVerbs drops the last item of a list that is a verb and no more, of what
// the list before has done: 培训、覆盖近880人次.
func (p *phrases) beforeVerbs(s number.Span) number.Span {
	for i := s.To - 1; i > s.From+1; i-- {
		if p.Folded[i] != '、' || p.Quoted[i] {
			continue
		}
		if n := p.HasAny(i+1, "覆盖", "惠及", "涉及", "受益", "参与"); n > 0 && i+1+n == s.To {
			return span(s.From, i)
		}
		return s
	}
	return s
}

// afterSuch cuts the examples before the last 等 of a span.
func (p *phrases) afterSuch(s number.Span) number.Span {
	for i := s.To - 4; i > s.From; i-- {
		if p.Folded[i] == '等' && !p.Quoted[i] && p.HasAny(i, "等级", "等次", "等额", "等外") == 0 && !p.EndsWith(i, "高", "中", "初", "平", "同", "对", "均") {
			return p.stripFront(span(i+1, s.To))
		}
	}
	return s
}

// verbBefore reports whether a span is a verb and no more, so that a list of
// verbs goes on behind it: 新建和加密建设、改造提升.
func (p *phrases) verbBefore(s number.Span) bool {
	s = p.stripFront(s)
	text := p.Folded[s.From:s.To]
	return verbs.Prefix(text) == len(text) || verbs.Suffix(text) > 2 || verbs.Prefix(text) > 0 && verbs.Suffix(text) > 0
}

// afterOf cuts what stands before the last 的 of a span.
func (p *phrases) afterOf(s number.Span) number.Span {
	at := p.lastOf(s)
	if at < 0 || s.To-at-1 < 2 {
		return s
	}
	for _, w := range []string{"以上的", "以下的", "以内的"} {
		if p.EndsWith(at+1, w) {
			return s
		}
	}
	if p := p.Index(s, "占"); p >= 0 && p < at {
		return s
	}
	if p.isShareOfDoers(s) {
		return s
	}
	return p.stripFront(span(at+1, s.To))
}

// isShareOfDoers reports whether a span is the share of those that do something:
// 实施垃圾分类的村占比.
func (p *phrases) isShareOfDoers(s number.Span) bool {
	return p.EndsWith(s.To, "占比", "比例", "比重") && p.lastOf(s) >= s.From+4 && doings.Prefix(p.Runes(s)) > 0 && p.Index(span(s.From, s.To-2), "占") < 0
}

// lastOf is where the last 的 stands outside names.
func (p *phrases) lastOf(s number.Span) int {
	for i := s.To - 1; i >= s.From; i-- {
		if p.Folded[i] == '的' && !p.Quoted[i] && p.At(i+1) != '士' {
			return i
		}
	}
	return -1
}

// afterActor cuts who did it, where a verb or 共, 已 follows.
func (p *phrases) afterActor(s number.Span) number.Span {
	for i := s.To - 2; i > s.From; i-- {
		n := p.HasAny(i, "累计", "共计", "共", "已", "合计")
		if n == 0 || i+n >= s.To || p.Quoted[i] || p.EndsWith(i, "公", "中", "与") || whole.Prefix(p.Folded[i:]) > n {
			continue
		}
		if rest := p.Folded[i+n : s.To]; max(verbs.Prefix(rest), manners.Prefix(rest)) >= 2 && !p.allVerbs(rest) {
			return p.stripFront(span(i+n, s.To))
		}
	}
	if doings.Prefix(p.Runes(s)) >= 2 {
		return s
	}
	for i := s.From + 2; i+2 < s.To; i++ {
		n := doings.Prefix(p.Folded[i:s.To])
		if rate := p.Folded[i+n : s.To]; len(rate) > 0 && rate[len(rate)-1] == '率' && measures.Prefix(rate) == len(rate) {
			continue // 城区回收利用率
		}
		if n >= 2 && s.To-i-n >= 2 && !p.Quoted[i] && actors.Suffix(p.Folded[s.From:i]) > 0 && nouns.Prefix(p.Folded[i:]) == 0 {
			return span(i, s.To)
		}
	}
	return s
}

// parseVerb parts a span into the verb in front and the noun.
func (p *phrases) parseVerb(s number.Span) phrase {
	text := p.Runes(s)
	if p.allVerbs(text) {
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
	s = p.afterLight(s)
	text = p.Runes(s)
	if p.allVerbs(text) {
		return phrase{verb: s}
	}
	n := verbs.Prefix(text)
	if m := doings.Prefix(text[1:]); n == 0 && text[0] == '新' && m >= 2 {
		n = m + 1
	}
	if n == 0 || len(text)-n < 2 || p.verbJoins(s.From, n) || text[n] == '(' {
		return phrase{noun: s}
	}
	k := p.verbsEnd(s.From+n, s.To)
	return phrase{verb: span(s.From, k), noun: span(k, s.To)}
}

// afterLight takes verbs off the front that say no more than that something was
// done.
func (p *phrases) afterLight(s number.Span) number.Span {
	for s.From < s.To {
		n := lightVerbs.Prefix(p.Runes(s))
		if n == 0 || s.To-s.From-n < 2 || p.isShareOfDoers(s) || verbs.Prefix(p.Runes(s)) > n || p.verbJoins(s.From, n) {
			break
		}
		s.From += n
		if whole.Prefix(p.Runes(s)) == 0 {
			s.From += p.HasAny(s.From, "了", "并")
		}
		s = p.strip(s, false)
	}
	return s
}

// verbsEnd is where the verbs end of which the first ends at a place.
func (p *phrases) verbsEnd(k, to int) int {
	for {
		m := p.HasAny(k, "了")
		if m == 0 {
			m = verbs.Prefix(p.Folded[k:to])
			if m < 2 || to-k-m < 2 || p.At(k+m) == '(' || p.verbJoins(k, m) {
				return k
			}
		}
		k += m
	}
}

// lastVerb is the last verb of several.
func (p *phrases) lastVerb(s number.Span) number.Span {
	if n := doings.Suffix(p.Folded[s.From:s.To]); n > 0 {
		return span(s.To-n, s.To)
	}
	return s
}

// allVerbs reports whether a text is verbs and adverbs and nothing else.
func (p *phrases) allVerbs(text []rune) bool {
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

// subject is a clause up to the predicate that it ends with: 地区生产总值再上
// 新台阶.
func (p *phrases) subject(s number.Span) number.Span {
	for i := s.From + 2; i < s.To; i++ {
		if !p.Quoted[i] && predicates.Prefix(p.Folded[i:s.To]) > 0 {
			return p.trim(span(s.From, i))
		}
	}
	return s
}
