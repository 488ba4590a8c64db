package query

import "slices"

// Limits of a question. Beyond them it is read as far as they reach, with a
// warning.
const (
	MaxText   = 10_000 // code points
	MaxLeaves = 256    // words, fields and years
	MaxDepth  = 32     // parentheses inside one another
)

// Parse reads a question. It never fails: what cannot be meant is left out or
// taken as literal text, and a warning says where and how. Warnings stand in
// the order of the text and count its characters from 1, without those that
// cannot be seen.
func Parse(text string) *Query {
	var w warnings
	s := newScanner(text, &w)
	tokens := s.scan()
	tokens = balance(tokens, &w)
	tokens = limit(tokens, &w)
	p := parser{tokens: tokens, warnings: &w}
	return &Query{Text: text, Root: p.or(), Within: s.within, Warnings: w.inOrder()}
}

// A parser reads tokens whose parentheses are balanced.
type parser struct {
	tokens []token
	next   int
	*warnings
}

// peek returns the kind of the next token.
func (p *parser) peek() kind {
	if p.next == len(p.tokens) {
		return end
	}
	return p.tokens[p.next].kind
}

func (p *parser) take() token {
	t := p.tokens[p.next]
	p.next++
	return t
}

// or reads alternatives up to the end or a closing parenthesis. It returns
// nil if there are none.
func (p *parser) or() Node {
	parts := with(Or(nil), p.and())
	for p.peek() == orSign {
		op := p.take()
		n := p.and()
		if n == nil || len(parts) == 0 {
			p.warn(op.at, loneOr)
		}
		parts = with(parts, n)
	}
	return whole(parts)
}

// and reads the parts that stand side by side, nil if there are none.
func (p *parser) and() Node {
	var parts And
	for {
		switch p.peek() {
		case end, shut, orSign:
			return whole(parts)
		case andSign:
			if op := p.take(); len(parts) == 0 || !p.peek().startsPart() {
				p.warn(op.at, loneAnd)
			}
		default:
			parts = with(parts, p.part())
		}
	}
}

// part reads a leaf or a group with the signs of negation before it.
func (p *parser) part() Node {
	first, signs := p.next, 0
	for p.peek() == notSign {
		p.next++
		signs++
	}
	n := p.group()
	if n == nil && signs > 0 {
		p.warn(p.tokens[first].at, loneNot)
	}
	if n == nil || signs%2 == 0 {
		return n
	}
	if inner, ok := n.(Not); ok {
		return inner.Node
	}
	return Not{n}
}

// group reads a leaf or what stands in parentheses. It returns nil for what
// has vanished and, without reading on, where neither stands next.
func (p *parser) group() Node {
	switch p.peek() {
	case leaf, void:
		return p.take().leaf
	case open:
		t := p.take()
		n := p.or()
		p.take()
		if n == nil {
			p.warn(t.at, emptyGroup)
		}
		return n
	}
	return nil
}

// balance leaves out parentheses without a partner and those too deep.
func balance(tokens []token, w *warnings) []token {
	paired := map[int]bool{}
	var opened []int
	for i, t := range tokens {
		switch {
		case t.kind == open:
			opened = append(opened, i)
		case t.kind == shut && len(opened) > 0:
			last := len(opened) - 1
			paired[opened[last]], paired[i] = true, true
			opened = opened[:last]
		}
	}
	kept, depth, deep := tokens[:0:0], 0, false
	for i, t := range tokens {
		switch {
		case t.kind != open && t.kind != shut:
			kept = append(kept, t)
		case !paired[i]:
			w.warn(t.at, loneBracket)
		case t.kind == open:
			if depth++; depth <= MaxDepth {
				kept = append(kept, t)
			} else if !deep {
				deep = true
				w.warn(t.at, tooDeep, MaxDepth)
			}
		default:
			if depth <= MaxDepth {
				kept = append(kept, t)
			}
			depth--
		}
	}
	return kept
}

// limit leaves out everything from the first leaf too many, or the list of a
// field that holds it, and closes the parentheses that are open there.
func limit(tokens []token, w *warnings) []token {
	leaves := 0
	for i, t := range tokens {
		if t.kind != leaf {
			continue
		}
		list, _ := t.leaf.(Or)
		if leaves += max(1, len(list)); leaves > MaxLeaves {
			w.warn(t.at, tooMany, MaxLeaves)
			return closed(tokens[:i:i])
		}
	}
	return tokens
}

// closed ends a piece of a question: without signs that wait for a part, and
// with every parenthesis closed.
func closed(tokens []token) []token {
	for n := len(tokens); n > 0 && tokens[n-1].kind.waits(); n-- {
		tokens = tokens[:n-1]
	}
	depth := 0
	for _, t := range tokens {
		switch t.kind {
		case open:
			depth++
		case shut:
			depth--
		}
	}
	return append(tokens, slices.Repeat([]token{{kind: shut}}, depth)...)
}
