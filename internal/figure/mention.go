package figure

import "baogao/internal/figure/number"

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
}

// span is the part of the text between two places.
func span(from, to int) number.Span { return number.Span{From: from, To: to} }

func drop(list []*mention, bad func(i int) bool) []*mention {
	var kept []*mention
	for i := range list {
		if !bad(i) {
			kept = append(kept, list[i])
		}
	}
	return kept
}
