package query

import (
	"iter"
	"slices"
)

// A Reducer makes a T of a tree, from its leaves up.
type Reducer[T any] struct {
	And, Or func(parts []T) T
	Not     func(part T) T
	Leaf    func(leaf Node, negated bool) T // of a Word, Literal, Field or Years, and whether it stands under a Not
}

// Reduce makes of a tree what f makes of its parts. The tree must not be nil.
func Reduce[T any](n Node, f Reducer[T]) T { return f.reduce(n, false) }

func (f *Reducer[T]) reduce(n Node, negated bool) T {
	switch n := n.(type) {
	case And:
		return f.And(f.all(n, negated))
	case Or:
		return f.Or(f.all(n, negated))
	case Not:
		return f.Not(f.reduce(n.Node, true))
	}
	return f.Leaf(n, negated)
}

func (f *Reducer[T]) all(parts []Node, negated bool) []T {
	made := make([]T, len(parts))
	for i, part := range parts {
		made[i] = f.reduce(part, negated)
	}
	return made
}

// Leaves yields the words, fields and years of a tree, which may be nil, in the
// order of the question, and whether each stands under a Not.
func Leaves(n Node) iter.Seq2[Node, bool] {
	return func(yield func(Node, bool) bool) {
		more := true
		Map(n, func(leaf Node, negated bool) Node {
			more = more && yield(leaf, negated)
			return leaf
		})
	}
}

// Map returns a tree, which may be nil, with what f makes of its leaves in their
// place. f is told whether a leaf stands under a Not.
func Map(n Node, f func(leaf Node, negated bool) Node) Node {
	if n == nil {
		return nil
	}
	return Reduce(n, Reducer[Node]{
		And:  func(parts []Node) Node { return And(parts) },
		Or:   func(parts []Node) Node { return Or(parts) },
		Not:  func(part Node) Node { return Not{part} },
		Leaf: f,
	})
}

// Conjuncts returns the parts of a tree of which all must hold; none of nil.
func Conjuncts(n Node) []Node {
	switch n := n.(type) {
	case nil:
		return nil
	case And:
		return n
	}
	return []Node{n}
}

// Join returns the tree that holds where all parts do: nil of none.
func Join(parts []Node) Node { return whole(And(parts)) }

// list is And or Or.
type list interface {
	Node
	~[]Node
}

// with adds a part to others; those of a part of their kind by themselves, and
// nothing for nil.
func with[T list](parts T, n Node) T {
	switch n := n.(type) {
	case nil:
		return parts
	case T:
		return append(parts, n...)
	}
	return append(parts, n)
}

// whole returns the tree of some parts: nil of none, and a part by itself.
func whole[T list](parts T) Node {
	switch len(parts) {
	case 0:
		return nil
	case 1:
		return parts[0]
	}
	return parts
}

// Words returns the words a passage is asked to hold, each a Word or a Literal
// and once, in the order of the question: all but those under a Not.
func Words(n Node) []Node {
	var words []Node
	for leaf, negated := range Leaves(n) {
		if IsWord(leaf) && !negated && !slices.Contains(words, leaf) {
			words = append(words, leaf)
		}
	}
	return words
}

// IsWord reports whether a leaf asks for text: a Word or a Literal.
func IsWord(leaf Node) bool { return is[Word](leaf) || is[Literal](leaf) }
