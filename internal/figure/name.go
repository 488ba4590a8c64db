package figure

import (
	"slices"
	"strings"

	"baogao/internal/figure/number"
)

// A namer names what each number measures.
type namer struct {
	sequences
	whole *mention // what the parts behind 其中 are parts of
}

// read names what each number measures: by what stands before it, else by the
// noun behind it, else by the figure before.
func (r *namer) read() {
	for i, n := range r.found {
		if n.indicator != nil {
			continue // by the list that it is part of
		}
		r.name(i, n)
		r.spread(i)
	}
}

// name names one number.
func (r *namer) name(i int, n *mention) {
	if i > 0 && r.found[i-1].used > n.lead.From && r.found[i-1].used <= n.Start {
		n.lead.From = min(r.found[i-1].used, n.lead.To)
		n.lead = r.trim(n.lead)
	}
	if r.Index(span(n.begin, n.Start), "其中") >= 0 {
		r.whole = r.found.before(i)
	}
	if r.whole != nil && r.whole.sentence == n.sentence {
		n.part = r.whole
	}
	if r.handsOut(i, n) {
		return
	}
	left := r.phrase(n.lead)
	right := r.right(i)
	if left.empty() && len(right) == 0 && r.EndsWith(n.lead.To, "等") {
		left = r.phrase(span(n.lead.From, n.lead.To-1))
	}
	if len(right) > 0 && r.At(n.Start-1) == '、' {
		left = phrase{} // a new item of a list, named behind its number
	}
	switch {
	case !left.empty() && !left.verbOnly() && r.isSize(n, right):
		return // 某公司18兆瓦风电机组: it is part of a name
	case left.empty() && (n.Ranked || number.KindOf[n.Unit] == Duration && r.EndsWith(n.Start, "连续") && r.found.before(i) != nil):
		r.inherit(i, n, number.Span{})
	case (left.empty() || left.verbOnly()) && len(right) > 0 && n.namedBehind():
		n.noun, n.used = right, right[0].To
		if left.verbOnly() && left.verb.To == n.lead.To && lightVerbs.Suffix(r.Folded[left.verb.From:left.verb.To]) == 0 && doings.Suffix(r.Folded[left.verb.From:left.verb.To]) > 0 {
			n.verb = r.lastVerb(left.verb)
			right = append([]number.Span{n.verb}, right...)
		}
		n.set(right)
	case !left.empty() && !n.attributive && r.prefersBehind(n, right):
		n.noun, n.used = right, right[0].To
		n.set(right)
	case left.empty():
		r.inherit(i, n, number.Span{})
	case left.verbOnly():
		r.inherit(i, n, left.verb)
	default:
		r.byLeft(i, n, left, right)
	}
}

// prefersBehind reports whether the noun behind a number goes before what
// stands in front: things are counted by what follows at once.
func (r *namer) prefersBehind(n *mention, right []number.Span) bool {
	if k := number.KindOf[n.Unit]; len(right) == 0 || k != Count && k != Area && k != Quantity || n.levelled || n.Grown {
		return false
	}
	text := r.Folded[right[0].From:right[0].To]
	return len(text) >= 2 && doings.Prefix(text) == 0 && levels.Prefix(text) == 0 && growthUp.Prefix(text) == 0 && growthDown.Prefix(text) == 0 && number.Ranking.Prefix(text) == 0
}

// isSize reports whether a weight or a power is said of a thing that stands
// right behind it.
func (r *namer) isSize(n *mention, right []number.Span) bool {
	if number.KindOf[n.Unit] != Quantity || !r.prefersBehind(n, right) || n.Bound != "" || n.attributive {
		return false
	}
	switch n.Unit {
	case "公里", "千米", "米", "里", "海里":
		return false
	}
	return true
}

// byLeft names a number by the noun before it.
func (r *namer) byLeft(i int, n *mention, left phrase, right []number.Span) {
	if r.completed(i, n, left, right) {
		return
	}
	r.changes(i, n, left)
	if n.Unit == "%" && !n.Grown {
		left = r.withDoer(n, left)
	}
	n.verb, n.noun = left.verb, []number.Span{left.noun}
	if n.part == nil && left.verb == (number.Span{}) && r.goesOn(i) {
		n.act = r.found[i-1].ownAct()
	}
	size := r.listSize(i)
	if r.holdsForEach(i, n, left, size) {
		if size > 1 && r.found[i+1].Unit == n.Unit {
			size = 1 // the verb and the tail are shared, as if one number held for all
		}
		if items := r.items(left, size); len(items) > 1 {
			r.setAll(i, n, items)
			return
		}
	}
	n.set([]number.Span{left.whole()})
}

// withDoer is the name of a share with those who are counted in front, where a verb
// parts them: 规上企业设立研发机构达50%. Rates have a name of their own.
func (r *namer) withDoer(n *mention, left phrase) phrase {
	whole, s := left.whole(), r.stripFront(n.lead)
	if measured(r.Runes(left.noun)) || whole.From-s.From < 2 || whole.From-s.From > 10 || r.HasBoundary(span(s.From, whole.To)) {
		return left
	}
	for k := s.From + 2; k <= whole.From; k++ {
		if between := r.Folded[k:whole.From]; actors.Suffix(r.Folded[s.From:k]) > 0 && doings.Prefix(between) == len(between) {
			return phrase{noun: span(s.From, whole.To)}
		}
	}
	return left
}

// completed names a number whose clause tells but a part of what it measures,
// and reports whether it does: a verb, a level, a share, what is measured.
func (r *namer) completed(i int, n *mention, left phrase, right []number.Span) bool {
	text, full, m := r.Runes(left.noun), left.whole(), r.found.before(i)
	tail := r.levelTail(m, text)
	switch {
	case m != nil && left.verb == (number.Span{}) && both.Prefix(text) == len(text) && r.goesOn(i):
		r.inherit(i, n, left.noun)
		return true
	case tail != nil:
		n.noun = append([]number.Span{left.noun}, tail...)
		n.set(append([]number.Span{full}, tail...))
		return true
	case left.verb == (number.Span{}) && bare.Prefix(text) == len(text) && m != nil && !n.attributive:
		n.noun = append(r.withoutArea(r.withoutVerb(m.noun), text), left.noun)
	case text[0] == '占' && m != nil:
		if len(text) == 1 {
			n.tail = "比"
		}
		n.noun = append(slices.Clone(m.indicator[0]), left.noun)
	case number.KindOf[n.Unit] == Duration && len(right) > 0 && r.EndsWith(n.Start, "连续", "持续"):
		n.noun = append([]number.Span{full}, r.clauseBehind(n)...)
	case n.Unit == "%" && !n.Grown && len(right) > 0 && !measured(text) && r.At(n.Next) != '的':
		n.noun, n.used = append([]number.Span{full}, right...), right[0].To
	default:
		return false
	}
	n.set(n.noun)
	return true
}

// goesOn reports whether a number is the next in a list of numbers with names
// of their own: only 、 stands between the one before and its name.
func (r *namer) goesOn(i int) bool {
	return i > 0 && r.At(r.found[i].begin) == '、' && r.found[i].begin == r.found[i-1].Next
}

// holdsForEach reports whether a number holds for each of a list of names.
func (r *namer) holdsForEach(i int, n *mention, left phrase, size int) bool {
	return n.each || n.earlier || n.crossed && number.KindOf[n.Unit] == Amount && r.sharesMeasure(left.noun) ||
		size > 1 && (r.found[i+1].Unit != n.Unit || len(r.split(left.noun, true)) == size) || r.allRates(left.noun)
}

// setAll gives a number several names.
func (r *namer) setAll(i int, n *mention, items [][]number.Span) {
	m := r.found.before(i)
	bare := m != nil && r.allBare(items)
	for _, parts := range items {
		if bare {
			parts = append(r.withoutVerb(m.noun), parts...)
		}
		n.add(parts)
	}
}

// changes notes that a share is one by which something has changed, where the
// verb in front says so: 精简材料36%、环节35%.
func (r *namer) changes(i int, n *mention, left phrase) {
	if n.Unit != "%" || n.Grown || n.levelled || strings.ContainsRune("率度比重例", r.Folded[left.noun.To-1]) {
		return
	}
	if left.verb == (number.Span{}) && r.goesOn(i) && r.found[i-1].changed {
		n.Grown, n.down, n.changed = true, r.found[i-1].down, true
		return
	}
	text := r.Folded[r.stripFront(n.lead).From:n.lead.To]
	up, down := growthUp.Prefix(text), growthDown.Prefix(text)
	if max(up, down) >= 2 && max(up, down) < len(text) {
		n.Grown, n.down, n.changed = true, down > 0, true
	}
}

// measured reports whether a noun is one that is told in percent.
func measured(noun []rune) bool {
	return strings.ContainsRune("率度比重量额值入资价幅速", noun[len(noun)-1])
}
