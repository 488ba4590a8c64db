package match

import (
	"baogao/internal/analyzer"
	"baogao/query"
)

// A Term is one of the terms of the words of a question. A passage that holds a part shares
// something with the question; other terms, such as the character that ends a
// word, only add to its score.
type Term struct {
	Text   string
	Weight float64 // how often it is in the question; see weigh
	Part   bool    // a pair of characters, a number, a Latin word
}

// Loosen returns the tree whose words are the parts of the marked words of a
// question, marked where they stand, and the terms that passages are scored by.
func (t *Tree) Loosen() (*Tree, []*Term) {
	loose := &Tree{Scope: query.Passage, loose: true}
	var parts []string
	var terms []*Term
	known := map[string]*Term{}
	for _, w := range t.Marked() {
		parts = analyzer.AppendTerms(parts, w.Pattern.Bare())
		weigh(w.Pattern.Bare(), func(term string, weight float64) {
			k := known[term]
			if k == nil {
				k = &Term{Text: term}
				known[term] = k
				terms = append(terms, k)
			}
			k.Weight += weight
		})
	}
	for i, part := range parts {
		known[part].Part = true // each part is a term
		loose.Words = append(loose.Words, &Word{Pattern: analyzer.Compile(part), Marked: true, Slot: i})
	}
	return loose, terms
}

// Characters weighs the Chinese characters of the marked words as terms are
// weighed, by how often they are asked for.
func (t *Tree) Characters() map[rune]float64 {
	weights := map[rune]float64{}
	add := func(text string, weight float64) {
		for _, r := range text {
			if analyzer.IsCJK(r) {
				weights[r] += weight
			}
		}
	}
	for _, w := range t.Marked() {
		add(w.Pattern.String(), genericWeight)
		for _, text := range contents(w.Pattern.String()) {
			add(text, 1-genericWeight)
		}
	}
	return weights
}

// Conditions returns the question that asks for the parts of the tree without
// words, such as what must not occur; nil if there are none.
func (t *Tree) Conditions() *query.Query {
	var kept []query.Node
	for _, part := range t.parts {
		if len(query.Words(part)) == 0 {
			kept = append(kept, part)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	q := &query.Query{Root: query.Join(kept), Within: query.Passage}
	if t.Scope == query.Report {
		q.Within = query.Report
	}
	return q
}
