package segment

import (
	"unicode/utf8"

	"github.com/blevesearch/vellum"
)

// Pairs calls yield with the pairs of characters that are terms of the text, the
// first character being one of firsts and the second one of seconds, in the order
// of their bytes, and with how many documents hold each. No firsts, or no seconds,
// stand for every character. Characters are folded ones.
func (s *Segment) Pairs(firsts, seconds []rune, yield func(first, second rune, docs int)) error {
	dict, err := s.dict(Text)
	if dict == nil || err != nil {
		return err
	}
	terms, err := dict.Search(newPairing(firsts, seconds), nil, nil)
	for ; err == nil; err = terms.Next() {
		term, value := terms.Current()
		first, size := utf8.DecodeRune(term)
		second, _ := utf8.DecodeRune(term[size:])
		docs, err := s.list(value)
		if err != nil {
			return err
		}
		if n := docs.GetCardinality(); n > 0 { // else all that hold it are gone
			yield(first, second, int(n))
		}
	}
	if err != vellum.ErrIteratorDone {
		return s.fault("pairs of characters: %v", err)
	}
	return nil
}

// A pairing is the automaton of the bytes of two characters. Its states are
// numbered; from each, a byte leads to another state, or nowhere.
type pairing [][256]int32

// The states that every pairing has. What a state that is not written leads to
// is nowhere.
const (
	nowhere = iota
	begun   // before the first character
	between // before the second
	done
	fixed // number of these states
)

func newPairing(firsts, seconds []rune) *pairing {
	p := make(pairing, fixed)
	p.read(begun, firsts, between)
	p.read(between, seconds, done)
	return &p
}

// read leads from a state to another over the bytes of each of some characters,
// or of any of three or four bytes if there are none: those of two are letters.
func (p *pairing) read(from int32, characters []rune, to int32) {
	for _, r := range characters {
		at, bytes := from, utf8.AppendRune(nil, r)
		for _, b := range bytes[:len(bytes)-1] {
			at = p.step(at, b)
		}
		(*p)[at][bytes[len(bytes)-1]] = to
	}
	if len(characters) == 0 {
		p.any(from, 0xE0, 0xEF, 3, to)
		p.any(from, 0xF0, 0xF4, 4, to)
	}
}

// any leads from a state to another over characters of size bytes of which the
// first is one of some.
func (p *pairing) any(from int32, least, most byte, size int, to int32) {
	for ; size > 1; size-- {
		next := p.add()
		for b := int(least); b <= int(most); b++ {
			(*p)[from][b] = next
		}
		from, least, most = next, 0x80, 0xBF
	}
	for b := int(least); b <= int(most); b++ {
		(*p)[from][b] = to
	}
}

// step is the state to which a byte leads from another, a new one if there is
// none yet.
func (p *pairing) step(from int32, b byte) int32 {
	next := (*p)[from][b]
	if next == nowhere {
		next = p.add()
		(*p)[from][b] = next
	}
	return next
}

func (p *pairing) add() int32 {
	*p = append(*p, [256]int32{})
	return int32(len(*p) - 1)
}

// The methods of vellum.Automaton.

func (p *pairing) Start() int                   { return begun }
func (p *pairing) IsMatch(state int) bool       { return state == done }
func (p *pairing) CanMatch(state int) bool      { return state != nowhere }
func (p *pairing) WillAlwaysMatch(int) bool     { return false }
func (p *pairing) Accept(state int, b byte) int { return int((*p)[state][b]) }

var _ vellum.Automaton = (*pairing)(nil)
