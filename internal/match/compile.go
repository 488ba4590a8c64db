package match

import (
	"bytes"
	"cmp"
	"slices"

	"baogao/internal/analyzer"
	"baogao/query"
)

// Compile makes a question, which may be nil, ready. test makes the tests of
// its fields and years.
func Compile(q *query.Query, test func(leaf query.Node) Test) *Tree {
	t := &Tree{Scope: query.Passage}
	if q == nil {
		return t
	}
	t.Scope = cmp.Or(q.Within, query.Passage)
	t.parts = distinct(query.Conjuncts(q.Root))
	if root := query.Join(t.parts); root != nil {
		t.Root = query.Reduce(once(root), query.Reducer[Node]{
			And: func(parts []Node) Node { return And(joinNots(parts)) },
			Or:  func(parts []Node) Node { return Or(joinTests(parts)) },
			Not: func(part Node) Node { return Not{part} },
			Leaf: func(leaf query.Node, negated bool) Node {
				switch w := leaf.(type) {
				case query.Word:
					return t.word(analyzer.Compile(string(w)), !negated)
				case query.Literal:
					return t.word(analyzer.CompileLiteral(string(w)), !negated)
				}
				t.Tests = true
				return Leaf{test(leaf)}
			},
		})
	}
	t.finder = newFinder(t.Words)
	t.plain = t.plainWords()
	t.Plain = t.plain != nil
	t.All = t.Plain && t.needsAll()
	return t
}

// word returns the word of the tree that has a pattern. One that is asked for
// twice is looked for once.
func (t *Tree) word(pattern *analyzer.Pattern, marked bool) *Word {
	i := slices.IndexFunc(t.Words, func(w *Word) bool {
		return w.Marked == marked && w.Pattern.Literal() == pattern.Literal() && w.Pattern.String() == pattern.String()
	})
	if i >= 0 {
		return t.Words[i]
	}
	w := &Word{Pattern: pattern, Marked: marked, Slot: len(t.Words)}
	t.Words = append(t.Words, w)
	return w
}

// once drops parts that stand twice beside each other.
func once(n query.Node) query.Node {
	return query.Reduce(n, query.Reducer[query.Node]{
		And:  func(parts []query.Node) query.Node { return query.And(distinct(parts)) },
		Or:   func(parts []query.Node) query.Node { return query.Or(distinct(parts)) },
		Not:  func(part query.Node) query.Node { return query.Not{Node: part} },
		Leaf: func(leaf query.Node, _ bool) query.Node { return leaf },
	})
}

// distinct drops parts that stand twice: words, fields, and these under Not.
func distinct(parts []query.Node) []query.Node {
	seen := map[query.Node]bool{}
	return slices.DeleteFunc(slices.Clone(parts), func(part query.Node) bool {
		inner := part
		if n, ok := part.(query.Not); ok {
			inner = n.Node
		}
		switch inner.(type) {
		case query.Word, query.Literal, query.Field, query.Years:
		default:
			return false // cannot be a key
		}
		twice := seen[part]
		seen[part] = true
		return twice
	})
}

// joinTests makes one test of those in the parts of an Or that can be joined:
// hundreds of titles are then asked for at the price of one.
func joinTests(parts []Node) []Node {
	var joined []Node
	var tests []Test
	for _, part := range parts {
		leaf, ok := part.(Leaf)
		if ok && slices.ContainsFunc(tests, func(t Test) bool { return t.Join(leaf.Test) }) {
			continue
		}
		if ok {
			tests = append(tests, leaf.Test)
		}
		joined = append(joined, part)
	}
	return joined
}

// joinNots makes one part of those of an And that must not hold: none of them
// holds where not one of them does.
func joinNots(parts []Node) []Node {
	var joined, denied []Node
	for _, part := range parts {
		if n, ok := part.(Not); ok {
			denied = append(denied, n.Node)
			continue
		}
		joined = append(joined, part)
	}
	if len(denied) < 2 {
		return parts
	}
	return append(joined, Not{Or(joinTests(denied))})
}

// needsAll reports whether a tree holds exactly where all its words occur.
func (t *Tree) needsAll() bool {
	parts := []Node{t.Root}
	if all, ok := t.Root.(And); ok {
		parts = all
	}
	return !slices.ContainsFunc(parts, func(n Node) bool {
		w, ok := n.(*Word)
		return !ok || !w.Marked
	})
}

// plainWords returns the words of a plain tree, and nil for any other tree. How
// often each word occurs tells whether a plain tree holds, wherever that is
// known from.
func (t *Tree) plainWords() [][]byte {
	if t.Scope != query.Passage || len(t.Words) == 0 {
		return nil
	}
	words := make([][]byte, len(t.Words))
	for i, w := range t.Words {
		if words[i] = w.Pattern.Bytes(); words[i] == nil {
			return nil
		}
		for j, o := range words[:i] {
			if w.Marked && t.Words[j].Marked && mayOverlap(o, words[i]) {
				return nil
			}
		}
	}
	for i, word := range words {
		words[i] = analyzer.AppendUTF16(nil, string(word))
	}
	return words
}

// mayOverlap reports whether two words can share characters of a text: one
// stands in the other, or begins as the other ends.
func mayOverlap(a, b []byte) bool {
	if bytes.Contains(a, b) || bytes.Contains(b, a) {
		return true
	}
	for n := 1; n < min(len(a), len(b)); n++ {
		if bytes.HasSuffix(a, b[:n]) || bytes.HasSuffix(b, a[:n]) {
			return true
		}
	}
	return false
}
