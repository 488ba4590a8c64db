package figure

import (
	"slices"

	"baogao/internal/figure/number"
)

// A mention is a number of the text with what is learnt of it.
type mention struct {
	number.Number
	attributive bool // a 的 follows, and what it measures stands behind that

	// Of what stands before it.
	begin    int         // the text that belongs to it begins here
	lead     number.Span // that text without the words that only lead to a number
	listed   bool        // the next of a list: a 、 or 和 and nothing else stands before it
	spreads  bool        // it is in a list that 分别 hands out
	each     bool        // 分别, 均, 各
	down     bool        // of what is grown, it has fallen
	levelled bool        // 提高到, 降至
	changed  bool        // the verb in front says that it has changed: 精简材料36%
	crossed  bool        // 突破
	earlier  bool        // 由A…
	gap      number.Span // the word and the place of a difference, 高于全省
	clause   number.Span // between the commas
	sentence number.Span

	// What it measures.
	indicator [][]number.Span // names, each of parts; more than one where a number holds for several
	verb      number.Span     // the part of the name that is a verb, in front
	noun      []number.Span   // the name without the verb
	tail      string          // what the name lacks: 比 of 占比
	used      int             // behind the noun behind the number, where that names it
	part      *mention        // the whole that it is a part of, behind 其中
	act       number.Span     // the verb of the list that it goes on

	status Status
	year   int

	one [1][]number.Span // room for a name
}

// span is the part of the text between two places.
func span(from, to int) number.Span { return number.Span{From: from, To: to} }

// namedBehind reports whether the noun behind a number may name it.
func (n *mention) namedBehind() bool {
	switch number.KindOf[n.Unit] {
	case Rate, Growth, Rank, Index:
		return n.Unit == "%" && !n.Grown
	}
	return !n.levelled
}

// ownAct is the verb of a number, or of the list that it goes on.
func (n *mention) ownAct() number.Span {
	if n.verb != (number.Span{}) {
		return n.verb
	}
	return n.act
}

// set gives a number one name.
func (n *mention) set(parts []number.Span) {
	n.indicator = n.one[:0]
	n.add(parts)
}

// add gives a number one name more, with what it is compared with.
func (n *mention) add(parts []number.Span) {
	if n.gap != (number.Span{}) {
		parts = append(slices.Clone(parts), n.gap)
	}
	n.indicator = append(n.indicator, parts)
}

// mentions are the numbers of a text, in their order.
type mentions []*mention

// before is the nearest number before one in the same sentence that has a name.
func (l mentions) before(i int) *mention {
	n := l[i]
	for j := i - 1; j >= 0; j-- {
		m := l[j]
		if m.Start < n.sentence.From {
			return nil
		}
		if len(m.indicator) > 0 && len(m.noun) > 0 && (number.KindOf[m.Unit] != Duration || m.clause == n.clause) {
			return m
		}
	}
	return nil
}

// alike is the nearest named number before one in its sentence that has the
// same unit, else another.
func (l mentions) alike(i int, other *mention) *mention {
	n := l[i]
	for j := i - 1; j >= 0 && l[j].Start >= n.sentence.From; j-- {
		if m := l[j]; m.Unit == n.Unit && len(m.noun) > 0 {
			return m
		}
	}
	return other
}
