package figure

import (
	"slices"
	"strings"

	"baogao/internal/figure/number"
)

// names names what each number measures: by what stands before it, else by the
// noun behind it, else by the figure before.
func (r *reader) names() {
	for i, n := range r.found {
		if n.indicator != nil {
			continue // by the list that it is part of
		}
		r.name(i, n)
		r.spread(i)
	}
}

// name names one number.
func (r *reader) name(i int, n *mention) {
	if i > 0 && r.found[i-1].used > n.lead.From && r.found[i-1].used <= n.Start {
		n.lead.From = min(r.found[i-1].used, n.lead.To)
		n.lead = r.trim(n.lead)
	}
	if r.Index(span(n.begin, n.Start), "其中") >= 0 {
		r.whole = r.before(i)
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
	case left.empty() && (n.Ranked || number.KindOf[n.Unit] == Duration && r.EndsWith(n.Start, "连续") && r.before(i) != nil):
		r.inherit(i, n, number.Span{})
	case (left.empty() || left.verbOnly()) && len(right) > 0 && r.namesBehind(n):
		n.noun, n.used = right, right[0].To
		if left.verbOnly() && left.verb.To == n.lead.To && lightVerbs.Suffix(r.Folded[left.verb.From:left.verb.To]) == 0 && doings.Suffix(r.Folded[left.verb.From:left.verb.To]) > 0 {
			n.verb = r.lastVerb(left.verb)
			right = append([]number.Span{n.verb}, right...)
		}
		r.set(n, right)
	case !left.empty() && !n.attributive && r.prefersBehind(n, right):
		n.noun, n.used = right, right[0].To
		r.set(n, right)
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
func (r *reader) prefersBehind(n *mention, right []number.Span) bool {
	if k := number.KindOf[n.Unit]; len(right) == 0 || k != Count && k != Area && k != Quantity || n.levelled || n.Grown {
		return false
	}
	text := r.Folded[right[0].From:right[0].To]
	return len(text) >= 2 && doings.Prefix(text) == 0 && levels.Prefix(text) == 0 && growthUp.Prefix(text) == 0 && growthDown.Prefix(text) == 0 && number.Ranking.Prefix(text) == 0
}

// isSize reports whether a weight or a power is said of a thing that stands
// right behind it.
func (r *reader) isSize(n *mention, right []number.Span) bool {
	if number.KindOf[n.Unit] != Quantity || !r.prefersBehind(n, right) || n.Bound != "" || n.attributive {
		return false
	}
	switch n.Unit {
	case "公里", "千米", "米", "里", "海里":
		return false
	}
	return true
}

// namesBehind reports whether the noun behind a number may name it.
func (r *reader) namesBehind(n *mention) bool {
	switch number.KindOf[n.Unit] {
	case Rate, Growth, Rank, Index:
		return n.Unit == "%" && !n.Grown
	}
	return !n.levelled
}

// byLeft names a number by the noun before it.
func (r *reader) byLeft(i int, n *mention, left phrase, right []number.Span) {
	if r.completed(i, n, left, right) {
		return
	}
	r.changes(i, n, left)
	n.verb, n.noun = left.verb, []number.Span{left.noun}
	if n.part == nil && left.verb == (number.Span{}) && r.goesOn(i) {
		n.act = r.actOf(r.found[i-1])
	}
	size := r.listSize(i)
	if r.holdsForEach(i, n, left, size) {
		if items := r.items(left, size); len(items) > 1 {
			r.setAll(i, n, items)
			return
		}
	}
	r.set(n, []number.Span{left.whole()})
}

// completed names a number whose clause tells but a part of what it measures,
// and reports whether it does: a verb, a level, a share, what is measured.
func (r *reader) completed(i int, n *mention, left phrase, right []number.Span) bool {
	text, full, m := r.Runes(left.noun), left.whole(), r.before(i)
	tail := r.levelTail(m, text)
	switch {
	case m != nil && left.verb == (number.Span{}) && both.Prefix(text) == len(text) && r.goesOn(i):
		r.inherit(i, n, left.noun)
		return true
	case tail != nil:
		n.noun = append([]number.Span{left.noun}, tail...)
		r.set(n, append([]number.Span{full}, tail...))
		return true
	case left.verb == (number.Span{}) && bare.Prefix(text) == len(text) && m != nil && !n.attributive:
		n.noun = append(r.withoutVerb(m.noun), left.noun)
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
	r.set(n, n.noun)
	return true
}

// goesOn reports whether a number is the next in a list of numbers with names
// of their own: only 、 stands between the one before and its name.
func (r *reader) goesOn(i int) bool {
	return i > 0 && r.At(r.found[i].begin) == '、' && r.found[i].begin == r.found[i-1].Next
}

// holdsForEach reports whether a number holds for each of a list of names.
func (r *reader) holdsForEach(i int, n *mention, left phrase, size int) bool {
	return n.each || n.earlier || n.crossed && number.KindOf[n.Unit] == Amount && r.sharesMeasure(left.noun) ||
		size > 1 && r.found[i+1].Unit != n.Unit || r.allRates(left.noun)
}

// setAll gives a number several names.
func (r *reader) setAll(i int, n *mention, items [][]number.Span) {
	m := r.before(i)
	bare := m != nil && r.allBare(items)
	for _, parts := range items {
		if bare {
			parts = append(r.withoutVerb(m.noun), parts...)
		}
		r.add(n, parts)
	}
}

// allBare reports whether names say no more than what is measured: 总量和增速.
func (r *reader) allBare(items [][]number.Span) bool {
	return !slices.ContainsFunc(items, func(parts []number.Span) bool {
		text := r.Folded[parts[0].From:parts[0].To]
		return len(parts) > 1 || bare.Prefix(text) != len(text)
	})
}

// actOf is the verb of a number, or of the list that it goes on.
func (r *reader) actOf(n *mention) number.Span {
	if n.verb != (number.Span{}) {
		return n.verb
	}
	return n.act
}

// changes notes that a share is one by which something has changed, where the
// verb in front says so: 精简材料36%、环节35%.
func (r *reader) changes(i int, n *mention, left phrase) {
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

// sharesMeasure reports whether a span is a list of things that share what is
// measured: A市、B市经济总量突破2000亿元.
func (r *reader) sharesMeasure(s number.Span) bool {
	parts := r.split(s, true)
	last := parts[len(parts)-1]
	return len(parts) > 1 && r.hasTail(last) && r.tailOf(parts[:len(parts)-1], last) != (number.Span{})
}

// measured reports whether a noun is one that is told in percent.
func measured(noun []rune) bool {
	return strings.ContainsRune("率度比重量额值入资价幅速", noun[len(noun)-1])
}

// set gives a number one name.
func (r *reader) set(n *mention, parts []number.Span) {
	n.indicator = nil
	r.add(n, parts)
}

// add gives a number one name more, with what it is compared with.
func (r *reader) add(n *mention, parts []number.Span) {
	if n.gap != (number.Span{}) {
		parts = append(slices.Clone(parts), n.gap)
	}
	n.indicator = append(n.indicator, parts)
}
