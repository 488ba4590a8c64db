package figure

import (
	"slices"
	"strings"
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
func (r *reader) name(i int, n *number) {
	if i > 0 && r.found[i-1].used > n.lead.from && r.found[i-1].used <= n.start {
		n.lead.from = min(r.found[i-1].used, n.lead.to)
		n.lead = r.trim(n.lead)
	}
	if r.index(span{n.from, n.start}, "其中") >= 0 {
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
	if left.empty() && len(right) == 0 && r.endsWith(n.lead.to, "等") {
		left = r.phrase(span{n.lead.from, n.lead.to - 1})
	}
	if len(right) > 0 && r.at(n.start-1) == '、' {
		left = phrase{} // a new item of a list, named behind its number
	}
	switch {
	case !left.empty() && !left.verbOnly() && r.isSize(n, right):
		return // 某公司18兆瓦风电机组: it is part of a name
	case left.empty() && (n.ranked || kindOf[n.unit] == Duration && r.endsWith(n.start, "连续") && r.before(i) != nil):
		r.inherit(i, n, span{})
	case (left.empty() || left.verbOnly()) && len(right) > 0 && r.namesBehind(n):
		n.noun, n.used = right, right[0].to
		if left.verbOnly() && left.verb.to == n.lead.to && lightVerbs.Suffix(r.folded[left.verb.from:left.verb.to]) == 0 && doings.Suffix(r.folded[left.verb.from:left.verb.to]) > 0 {
			n.verb = r.lastVerb(left.verb)
			right = append([]span{n.verb}, right...)
		}
		r.set(n, right)
	case !left.empty() && !n.attributive && r.prefersBehind(n, right):
		n.noun, n.used = right, right[0].to
		r.set(n, right)
	case left.empty():
		r.inherit(i, n, span{})
	case left.verbOnly():
		r.inherit(i, n, left.verb)
	default:
		r.byLeft(i, n, left, right)
	}
}

// prefersBehind reports whether the noun behind a number goes before what
// stands in front: things are counted by what follows at once.
func (r *reader) prefersBehind(n *number, right []span) bool {
	if k := kindOf[n.unit]; len(right) == 0 || k != Count && k != Area && k != Quantity || n.levelled || n.grown {
		return false
	}
	text := r.folded[right[0].from:right[0].to]
	return len(text) >= 2 && doings.Prefix(text) == 0 && levels.Prefix(text) == 0 && growthUp.Prefix(text) == 0 && growthDown.Prefix(text) == 0 && ranking.Prefix(text) == 0
}

// isSize reports whether a weight or a power is said of a thing that stands
// right behind it.
func (r *reader) isSize(n *number, right []span) bool {
	if kindOf[n.unit] != Quantity || !r.prefersBehind(n, right) || n.bound != "" || n.attributive {
		return false
	}
	switch n.unit {
	case "公里", "千米", "米", "里", "海里":
		return false
	}
	return true
}

// namesBehind reports whether the noun behind a number may name it.
func (r *reader) namesBehind(n *number) bool {
	switch kindOf[n.unit] {
	case Rate, Growth, Rank, Index:
		return n.unit == "%" && !n.grown
	}
	return !n.levelled
}

// byLeft names a number by the noun before it.
func (r *reader) byLeft(i int, n *number, left phrase, right []span) {
	if r.completed(i, n, left, right) {
		return
	}
	r.changes(i, n, left)
	n.verb, n.noun = left.verb, []span{left.noun}
	if n.part == nil && left.verb == (span{}) && r.goesOn(i) {
		n.act = r.actOf(r.found[i-1])
	}
	size := r.listSize(i)
	if r.holdsForEach(i, n, left, size) {
		if items := r.items(left, size); len(items) > 1 {
			r.setAll(i, n, items)
			return
		}
	}
	r.set(n, []span{left.whole()})
}

// completed names a number whose clause tells but a part of what it measures,
// and reports whether it does: a verb, a level, a share, what is measured.
func (r *reader) completed(i int, n *number, left phrase, right []span) bool {
	text, full, m := r.runes(left.noun), left.whole(), r.before(i)
	tail := r.levelTail(m, text)
	switch {
	case m != nil && left.verb == (span{}) && both.Prefix(text) == len(text) && r.goesOn(i):
		r.inherit(i, n, left.noun)
		return true
	case tail != nil:
		n.noun = append([]span{left.noun}, tail...)
		r.set(n, append([]span{full}, tail...))
		return true
	case left.verb == (span{}) && bare.Prefix(text) == len(text) && m != nil && !n.attributive:
		n.noun = append(r.withoutVerb(m.noun), left.noun)
	case text[0] == '占' && m != nil:
		if len(text) == 1 {
			n.tail = "比"
		}
		n.noun = append(slices.Clone(m.indicator[0]), left.noun)
	case kindOf[n.unit] == Duration && len(right) > 0 && r.endsWith(n.start, "连续", "持续"):
		n.noun = append([]span{full}, r.clauseBehind(n)...)
	case n.unit == "%" && !n.grown && len(right) > 0 && !measured(text) && r.at(n.next) != '的':
		n.noun, n.used = append([]span{full}, right...), right[0].to
	default:
		return false
	}
	r.set(n, n.noun)
	return true
}

// goesOn reports whether a number is the next in a list of numbers with names
// of their own: only 、 stands between the one before and its name.
func (r *reader) goesOn(i int) bool {
	return i > 0 && r.at(r.found[i].from) == '、' && r.found[i].from == r.found[i-1].next
}

// holdsForEach reports whether a number holds for each of a list of names.
func (r *reader) holdsForEach(i int, n *number, left phrase, size int) bool {
	return n.each || n.earlier || n.crossed && kindOf[n.unit] == Amount && r.sharesMeasure(left.noun) ||
		size > 1 && r.found[i+1].unit != n.unit || r.allRates(left.noun)
}

// setAll gives a number several names.
func (r *reader) setAll(i int, n *number, items [][]span) {
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
func (r *reader) allBare(items [][]span) bool {
	return !slices.ContainsFunc(items, func(parts []span) bool {
		text := r.folded[parts[0].from:parts[0].to]
		return len(parts) > 1 || bare.Prefix(text) != len(text)
	})
}

// actOf is the verb of a number, or of the list that it goes on.
func (r *reader) actOf(n *number) span {
	if n.verb != (span{}) {
		return n.verb
	}
	return n.act
}

// changes notes that a share is one by which something has changed, where the
// verb in front says so: 精简材料36%、环节35%.
func (r *reader) changes(i int, n *number, left phrase) {
	if n.unit != "%" || n.grown || n.levelled || strings.ContainsRune("率度比重例", r.folded[left.noun.to-1]) {
		return
	}
	if left.verb == (span{}) && r.goesOn(i) && r.found[i-1].changed {
		n.grown, n.down, n.changed = true, r.found[i-1].down, true
		return
	}
	text := r.folded[r.stripFront(n.lead).from:n.lead.to]
	up, down := growthUp.Prefix(text), growthDown.Prefix(text)
	if max(up, down) >= 2 && max(up, down) < len(text) {
		n.grown, n.down, n.changed = true, down > 0, true
	}
}

// sharesMeasure reports whether a span is a list of things that share what is
// measured: A市、B市经济总量突破2000亿元.
func (r *reader) sharesMeasure(s span) bool {
	parts := r.split(s, true)
	last := parts[len(parts)-1]
	return len(parts) > 1 && r.hasTail(last) && r.tailOf(parts[:len(parts)-1], last) != (span{})
}

// measured reports whether a noun is one that is told in percent.
func measured(noun []rune) bool {
	return strings.ContainsRune("率度比重量额值入资价幅速", noun[len(noun)-1])
}

// set gives a number one name.
func (r *reader) set(n *number, parts []span) {
	n.indicator = nil
	r.add(n, parts)
}

// add gives a number one name more, with what it is compared with.
func (r *reader) add(n *number, parts []span) {
	if n.gap != (span{}) {
		parts = append(slices.Clone(parts), n.gap)
	}
	n.indicator = append(n.indicator, parts)
}
