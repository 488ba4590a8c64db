package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/internal/figure/number"
)

// inherit names a number after the one before it, with a verb of its own.
func (r *namer) inherit(i int, n *mention, verb number.Span) {
	if verb == (number.Span{}) && r.takesSubject(i, n) {
		return
	}
	m := r.found.before(i)
	if verb != (number.Span{}) {
		m = r.found.alike(i, m)
	}
	switch {
	case m == nil && verb != (number.Span{}):
		n.verb = verb
		n.set([]number.Span{verb})
	case m == nil:
		r.lost(i, n)
	case verb != (number.Span{}):
		if r.whole != nil && r.whole.sentence == n.sentence {
			m = r.whole
		}
		n.verb, n.noun = verb, r.withoutVerb(m.noun)
		n.set(append([]number.Span{verb}, n.noun...))
	case n.crossed && m.Unit == n.Unit:
		n.noun = r.withoutVerb(m.noun)
		n.set(n.noun)
	case n.gap != (number.Span{}) || m.gap != (number.Span{}):
		n.verb, n.noun = m.verb, m.noun
		n.set(m.noun)
	default:
		n.verb, n.noun = m.verb, m.noun
		for _, parts := range m.indicator {
			n.add(parts)
		}
	}
}

// takesSubject names a number after the clause before its own where that has no
// number and tells how something measured fares: 进出口总额稳定增长，力争突破200亿元. It
// reports whether it does.
func (r *namer) takesSubject(i int, n *mention) bool {
	if n.begin == 0 || n.begin != n.clause.From || r.At(n.begin-1) != ',' {
		return false
	}
	clause := r.clauseOf(n.begin-1, n.sentence.From)
	if i > 0 && clause.From < r.found[i-1].Next {
		return false
	}
	name := r.phrase(r.subject(clause)).whole()
	size := name.To - name.From
	if size < 3 || name.To >= clause.To || bare.Prefix(r.Runes(name)) == size || !r.mayTell(n, name) {
		return false
	}
	n.noun = []number.Span{name}
	n.set(n.noun)
	return true
}

// clauseOf is the clause that ends at a place, from no further than a floor on.
func (r *namer) clauseOf(end, floor int) number.Span {
	from := end
	for from > floor && !number.IsBoundary(r.Folded[from-1]) {
		from--
	}
	return r.trim(span(from, end))
}

// mayTell reports whether the unit of a number is one that what a noun names is
// measured in: 率 in percent, 总额 in money.
func (r *namer) mayTell(n *mention, noun number.Span) bool {
	last := r.Folded[noun.To-1]
	text := r.Runes(noun)
	switch k := number.KindOf[n.Unit]; {
	case n.Grown || n.Ranked || n.gap != (number.Span{}) || k == Growth:
		return measured(text) || measures.Suffix(text) > 0
	case n.Unit == "%" || n.Unit == "‰":
		return strings.ContainsRune("率度比重例", last)
	case k == Amount:
		return strings.ContainsRune("值额入资款贷税润债口模", last) || measures.Suffix(text) > 0 && !strings.ContainsRune("率积数次量度比重", last)
	case k == Count:
		return strings.ContainsRune("数量口", last) || strings.HasSuffix(string(text), "主体")
	}
	return last == '量' || last == '积' || last == '程'
}

// lost names a number for which neither its clause nor the figure before has a
// name by the nearest clause before that has a noun.
func (r *namer) lost(i int, n *mention) {
	floor := n.sentence.From
	if i > 0 && r.found[i-1].Next > floor {
		floor = r.found[i-1].Next
	}
	end := n.begin
	for end > floor {
		end = r.trim(span(floor, end)).To
		if end > floor && number.IsBoundary(r.Folded[end-1]) {
			end--
			continue
		}
		from := end
		for from > floor && !number.IsBoundary(r.Folded[from-1]) {
			from--
		}
		if p := r.phrase(r.subject(r.trim(span(from, end)))); p.noun.To-p.noun.From >= 2 {
			n.verb, n.noun = p.verb, []number.Span{p.noun}
			n.set([]number.Span{p.whole()})
			return
		}
		end = from - 1
	}
}

// levelTail is what 省级 in 国家级企业8家、省级66家 leaves out: the noun of the
// figure before behind its level.
func (r *namer) levelTail(m *mention, text []rune) []number.Span {
	if m == nil {
		return nil
	}
	s := m.noun[len(m.noun)-1]
	for _, w := range []string{"级", "以上"} {
		size := utf8.RuneCountInString(w)
		if at := r.Index(s, w); at >= 0 && at+size+1 < s.To && strings.HasSuffix(string(text), w) && (w != "级" || len(text) <= 5) {
			return []number.Span{span(at+size, s.To)}
		}
	}
	return nil
}

// withoutArea is a noun without 播种面积 at its end before a crop that is told of
// it: 粮食播种面积200亩、产量70吨.
func (r *namer) withoutArea(parts []number.Span, crop []rune) []number.Span {
	if last := &parts[len(parts)-1]; crop[len(crop)-1] == '产' || strings.HasSuffix(string(crop), "产量") {
		if k := r.HasBefore(last.To, "播种面积", "种植面积", "面积"); last.To-last.From > k {
			last.To -= k
		}
	}
	return parts
}

// withoutVerb is a noun without 净增 and the like at its end.
func (r *namer) withoutVerb(parts []number.Span) []number.Span {
	parts = slices.Clone(parts)
	last := &parts[len(parts)-1]
	if k := r.HasBefore(last.To, "净增", "新增", "增加", "新登记", "新注册", "新签约", "新竣工", "新投产", "新开工", "开工", "完工", "竣工", "投产", "建成"); k > 0 && last.To-last.From > k {
		last.To -= k
	}
	for _, w := range []string{"入选", "获评", "获批", "入围", "被评为"} {
		if at := r.Index(*last, w); at >= 0 {
			last.From = at + utf8.RuneCountInString(w)
			*last = r.stripFront(*last)
		}
	}
	return parts
}
