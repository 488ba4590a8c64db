package figure

import (
	"strings"
)

// A phrase is the text before a number without ballast: a verb, if one stands
// in front, and a noun.
type phrase struct{ verb, noun span }

func (p phrase) empty() bool    { return p.verb.from >= p.verb.to && p.noun.from >= p.noun.to }
func (p phrase) verbOnly() bool { return p.verb.from < p.verb.to && p.noun.from >= p.noun.to }

// whole is the phrase with its verb.
func (p phrase) whole() span {
	if p.verb.from < p.verb.to && p.verb.to == p.noun.from {
		return span{p.verb.from, p.noun.to}
	}
	return p.noun
}

// phrase reads the text before a number.
func (r *reader) phrase(s span) phrase {
	s = r.stripFront(s)
	s = r.afterPath(s)
	s = r.stripFront(s)
	s = r.afterAnd(s)
	s = r.beforeVerbs(r.afterItems(s))
	s = r.afterOf(s)
	s = r.afterSuch(s)
	s = r.afterActor(s)
	s = r.stripFront(s)
	if r.endsWith(s.to, "亿元", "万元", "万亿", "千亿", "百亿") {
		s = r.subject(s) // 出口首次突破百亿元、达117亿元
	}
	if r.endsWith(s.to, "等") || s.to-s.from < 2 && !r.has(s.from, "占") || s.from >= s.to {
		return phrase{}
	}
	return r.parseVerb(s)
}

// afterPath cuts phrases that say by which way, for whom, in what and where:
// 依托…平台, 通过…, 在…中.
func (r *reader) afterPath(s span) span {
	if n := paths.Prefix(r.runes(s)); n > 0 {
		s = r.behindPath(s, n)
	}
	if n := r.hasAny(s.from, "为", "向", "给", "对"); n > 0 {
		for i := s.from + 3; i < min(s.from+10, s.to-2); i++ {
			if doings.Prefix(r.folded[i:s.to]) >= 2 {
				return span{i, s.to}
			}
		}
		if r.folded[s.from] == '为' && s.to-s.from > 2 && whole.Prefix(r.runes(s)) == 0 {
			s.from++
		}
	}
	for i := s.from + 2; i < s.to-1; i++ {
		rest := r.folded[i+1 : s.to]
		if r.folded[i] == '中' && r.folded[i-1] != '集' && max(doings.Prefix(rest), both.Prefix(rest)) > 1 && !r.quoted[i] && whole.Prefix(r.folded[i:]) == 0 {
			return span{i + 1, s.to}
		}
	}
	return r.afterPlace(s)
}

// afterPlace cuts 在…中 and the like, and what follows it where something stands
// in front: 经开区在全省考评中.
func (r *reader) afterPlace(s span) span {
	at := r.index(s, "在")
	if at < 0 || whole.Prefix(r.folded[at:]) > 0 || r.endsWith(at, "现", "存", "潜", "外", "内") {
		return s
	}
	for i := at + 3; i < s.to; i++ {
		if r.quoted[i] || !strings.ContainsRune("中上下内里", r.folded[i]) || whole.Prefix(r.folded[i:]) > 0 {
			continue
		}
		switch {
		case at == s.from:
			return span{i + 1, s.to}
		case at-s.from >= 3:
			return span{s.from, at}
		}
		return s
	}
	return s
}

// behindPath is what stands behind a phrase such as 依托…平台: the verb at the
// end, or the first verb with its noun.
func (r *reader) behindPath(s span, n int) span {
	for i := s.from + n + 2; i < s.to; i++ {
		if r.quoted[i] {
			continue
		}
		if m := doings.Prefix(r.folded[i:s.to]); m >= 2 && (i+m == s.to || s.to-i-m >= 2 && i-s.from >= 4) && !r.verbJoins(i, m) {
			return span{i, s.to}
		}
	}
	return s
}

// afterItems drops the items of a list before the last that begins with a verb:
// 打造品牌、培育企业.
func (r *reader) afterItems(s span) span {
	for i := s.to - 1; i > s.from; i-- {
		if r.folded[i] != '、' || r.quoted[i] || i+1 >= s.to {
			continue
		}
		rest := r.folded[i+1 : s.to]
		if n := doings.Prefix(rest); n >= 2 && n+2 <= len(rest) && !r.verbJoins(i+1, n) && !r.verbBefore(span{s.from, i}) {
			return r.stripFront(span{i + 1, s.to})
		}
		if n := adverbs.Prefix(rest); n >= 2 && n < len(rest) {
			return r.stripFront(span{i + 1, s.to})
		}
	}
	return s
}

// afterAnd cuts what stands before 并 and a verb: 回应并解决.
func (r *reader) afterAnd(s span) span {
	for i := s.to - 2; i > s.from; i-- {
		if r.folded[i] != '并' || r.quoted[i] || r.endsWith(i, "合", "兼", "归", "一") {
			continue
		}
		if rest := r.stripFront(span{i + 1, s.to}); doings.Prefix(r.folded[rest.from:rest.to]) >= 2 && rest.to-rest.from > 3 {
			return rest
		}
	}
	return s
}

// beforeVerbs drops the last item of a list that is a verb and no more, of what
// the list before has done: 培训、覆盖近880人次.
func (r *reader) beforeVerbs(s span) span {
	for i := s.to - 1; i > s.from+1; i-- {
		if r.folded[i] != '、' || r.quoted[i] {
			continue
		}
		if n := r.hasAny(i+1, "覆盖", "惠及", "涉及", "受益", "参与"); n > 0 && i+1+n == s.to {
			return span{s.from, i}
		}
		return s
	}
	return s
}

// afterSuch cuts the examples before the last 等 of a span.
func (r *reader) afterSuch(s span) span {
	for i := s.to - 4; i > s.from; i-- {
		if r.folded[i] == '等' && !r.quoted[i] && r.hasAny(i, "等级", "等次", "等额", "等外") == 0 && !r.endsWith(i, "高", "中", "初", "平", "同", "对", "均") {
			return r.stripFront(span{i + 1, s.to})
		}
	}
	return s
}

// verbBefore reports whether a span is a verb and no more, so that a list of
// verbs goes on behind it: 新建和加密建设、改造提升.
func (r *reader) verbBefore(s span) bool {
	s = r.stripFront(s)
	text := r.folded[s.from:s.to]
	return verbs.Prefix(text) == len(text) || verbs.Prefix(text) > 0 && verbs.Suffix(text) > 0
}

// afterOf cuts what stands before the last 的 of a span.
func (r *reader) afterOf(s span) span {
	at := r.lastOf(s)
	if at < 0 || s.to-at-1 < 2 {
		return s
	}
	for _, w := range []string{"以上的", "以下的", "以内的"} {
		if r.endsWith(at+1, w) {
			return s
		}
	}
	if p := r.index(s, "占"); p >= 0 && p < at {
		return s
	}
	return r.stripFront(span{at + 1, s.to})
}

// lastOf is where the last 的 stands outside names.
func (r *reader) lastOf(s span) int {
	for i := s.to - 1; i >= s.from; i-- {
		if r.folded[i] == '的' && !r.quoted[i] && r.at(i+1) != '士' {
			return i
		}
	}
	return -1
}

// afterActor cuts who did it, where a verb or 共, 已 follows.
func (r *reader) afterActor(s span) span {
	for i := s.to - 2; i > s.from; i-- {
		n := r.hasAny(i, "累计", "共计", "共", "已", "合计")
		if n == 0 || i+n >= s.to || r.quoted[i] || r.endsWith(i, "公", "中", "与") || whole.Prefix(r.folded[i:]) > n {
			continue
		}
		if rest := r.folded[i+n : s.to]; max(verbs.Prefix(rest), manners.Prefix(rest)) >= 2 {
			return r.stripFront(span{i + n, s.to})
		}
	}
	if doings.Prefix(r.runes(s)) >= 2 {
		return s
	}
	for i := s.from + 2; i+2 < s.to; i++ {
		n := doings.Prefix(r.folded[i:s.to])
		if n >= 2 && s.to-i-n >= 2 && !r.quoted[i] && actors.Suffix(r.folded[s.from:i]) > 0 && nouns.Prefix(r.folded[i:]) == 0 {
			return span{i, s.to}
		}
	}
	return s
}

// parseVerb parts a span into the verb in front and the noun.
func (r *reader) parseVerb(s span) phrase {
	text := r.runes(s)
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	if n := causing.Prefix(text); n > 0 {
		// 支持企业开展: who does it, and the verb; the noun stands behind the number
		for i := n + 1; i < len(text); i++ {
			if m := verbs.Prefix(text[i:]); m >= 2 && i+m == len(text) {
				return phrase{verb: span{s.from + i, s.to}}
			}
		}
	}
	s = r.afterLight(s)
	text = r.runes(s)
	if r.allVerbs(text) {
		return phrase{verb: s}
	}
	n := verbs.Prefix(text)
	if m := doings.Prefix(text[1:]); n == 0 && text[0] == '新' && m >= 2 {
		n = m + 1
	}
	if n == 0 || len(text)-n < 2 || r.verbJoins(s.from, n) || text[n] == '(' {
		return phrase{noun: s}
	}
	k := r.verbsEnd(s.from+n, s.to)
	return phrase{verb: span{s.from, k}, noun: span{k, s.to}}
}

// afterLight takes verbs off the front that say no more than that something was
// done.
func (r *reader) afterLight(s span) span {
	for s.from < s.to {
		n := lightVerbs.Prefix(r.runes(s))
		if n == 0 || s.to-s.from-n < 2 || verbs.Prefix(r.runes(s)) > n || r.verbJoins(s.from, n) {
			break
		}
		s.from += n
		s.from += r.hasAny(s.from, "了", "并")
		s = r.strip(s, false)
	}
	return s
}

// verbsEnd is where the verbs end of which the first ends at a place.
func (r *reader) verbsEnd(k, to int) int {
	for {
		m := r.hasAny(k, "了")
		if m == 0 {
			m = verbs.Prefix(r.folded[k:to])
			if m < 2 || to-k-m < 2 || r.at(k+m) == '(' || r.verbJoins(k, m) {
				return k
			}
		}
		k += m
	}
}

// lastVerb is the last verb of several.
func (r *reader) lastVerb(s span) span {
	if n := doings.Suffix(r.folded[s.from:s.to]); n > 0 {
		return span{s.to - n, s.to}
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
