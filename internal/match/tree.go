// Package match tells whether a text matches a question, where, how often, and
// which part of it is shown. A question goes in as a tree of package query with
// canonical values; what an engine makes of it is a Tree, its Matchers and its
// marks, the same for every engine.
package match

import (
	"baogao/internal/analyzer"
	"baogao/query"
)

// A Tree is a question made ready to be matched.
type Tree struct {
	Root  Node    // nil holds everywhere
	Words []*Word // each once, by slot
	Scope query.Scope
	All   bool // it holds exactly for the passages in which all its words occur; of plain trees
	Tests bool // it has leaves
	Plain bool // it asks only which Chinese words occur, and those that are marked never overlap

	parts  []query.Node // the parts of the question of which all must hold
	plain  [][]byte     // the words of a plain tree in UTF-16, by slot
	finder *finder      // where there are many words
	loose  bool         // its words are parts of those of a question; see Loosen
}

// A Node is a part of a question: And, Or, Not, *Word or Leaf.
type Node interface {
	// holds reports whether the part holds for what is asked about.
	holds(s subject) bool
}

// A subject is what a question may hold for: a passage, a sentence, a report.
type subject interface {
	occurs(w *Word) bool
	passes(t Test) bool
}

type (
	// And holds where all its parts hold.
	And []Node
	// Or holds where one of its parts holds.
	Or []Node
	// Not holds where its part does not.
	Not struct{ Node Node }
	// A Leaf holds where its test passes.
	Leaf struct{ Test Test }
)

// A Word is an exact run of characters to be found in the text.
type Word struct {
	Pattern *analyzer.Pattern
	Marked  bool // not under a Not: it is marked, counted and scored
	Slot    int  // its place among the words of the tree
}

// A Test asks for reports or passages by what is known beside their texts. Engines make their own.
type Test interface {
	// Passage reports whether a passage passes, whatever its text.
	Passage(p *Passage) bool
	// Report reports whether some passage of a report passes.
	Report(report uint32) bool
	// Join makes the test pass what another passes too, if it can.
	Join(other Test) bool
}

func (n And) holds(s subject) bool {
	for _, part := range n {
		if !part.holds(s) {
			return false
		}
	}
	return true
}

func (n Or) holds(s subject) bool {
	for _, part := range n {
		if part.holds(s) {
			return true
		}
	}
	return false
}

func (n Not) holds(s subject) bool   { return !n.Node.holds(s) }
func (w *Word) holds(s subject) bool { return s.occurs(w) }
func (n Leaf) holds(s subject) bool  { return s.passes(n.Test) }

// holds reports whether the question holds.
func (t *Tree) holds(s subject) bool { return t.Root == nil || t.Root.holds(s) }

// Marked returns the words that are marked.
func (t *Tree) Marked() []*Word {
	var words []*Word
	for _, w := range t.Words {
		if w.Marked {
			words = append(words, w)
		}
	}
	return words
}

// A Narrower finds, for the parts of a tree, documents among which all are that
// a part holds for.
type Narrower[S any] interface {
	Every() (S, error)
	Holding(w *Word) (S, error)
	Passing(t Test) (S, error)
	Both(sets []S) S
	Either(sets []S) S
}

// Narrow finds the documents among which all are that a node, which may be nil,
// holds for.
func Narrow[S any](n Node, by Narrower[S]) (S, error) {
	switch n := n.(type) {
	case And:
		return narrowAll(n, by, by.Both)
	case Or:
		return narrowAll(n, by, by.Either)
	case *Word:
		return by.Holding(n)
	case Leaf:
		return by.Passing(n.Test)
	}
	return by.Every()
}

func narrowAll[S any](parts []Node, by Narrower[S], join func([]S) S) (none S, err error) {
	sets := make([]S, len(parts))
	for i, part := range parts {
		if sets[i], err = Narrow(part, by); err != nil {
			return none, err
		}
	}
	return join(sets), nil
}
