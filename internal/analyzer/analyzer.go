// Package analyzer turns text into what search compares: folded characters,
// units and index terms. Reports and questions go through the same folding
// here and nowhere else, so they cannot drift apart.
//
// Folding is rune by rune (FoldRune); offsets in code points therefore hold
// for a text and for its folded form. Matching rests on units (Units): a
// Pattern occurs where a run of whole units has its characters. The terms of
// the index only narrow where to look.
//
// Importing the package registers an analyzer and a tokenizer called Name
// with bleve. On a run of Simplified Chinese its terms are those of bleve's
// own cjk analyzer, the overlapping bigrams. Beyond that it gives
//
//   - the last character of each run of CJK characters, so that every
//     character begins some term, and a question of one character is a range
//     of the dictionary (bleve gives it for a run of one);
//   - numbers with their decimal point (99.2), and a number joined to the
//     character after it (14件), which bleve keeps apart: the bigrams of 14件
//     alone could not tell it from 件 elsewhere;
//   - the parts of a chain of numbers such as 2023.2.28 (2023, 2, 28) and the
//     parts taken two by two (2023.2, 2.28), as a question for 2.28 reads as
//     one number;
//   - digits and letters apart (5g is 5 and g), and % and ‰ as terms;
//   - Traditional, variant and full-width characters as they are folded, with
//     byte offsets into the text as it was given.
package analyzer

import (
	"errors"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// Name is what the analyzer and its tokenizer are called in a bleve mapping.
const Name = "baogao"

func init() {
	if err := errors.Join(
		registry.RegisterTokenizer(Name, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
			return Tokenizer{}, nil
		}),
		registry.RegisterAnalyzer(Name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return &analysis.DefaultAnalyzer{Tokenizer: Tokenizer{}}, nil
		}),
	); err != nil {
		panic(err)
	}
}

// Tokenizer is the analysis.Tokenizer of the package.
type Tokenizer struct{}

// Tokenize returns the terms of text, folded. Start and End are byte offsets
// into text and lie between its characters; Position is the number of the
// unit, from 1, that the term begins at, counting only the units that are
// terms. Terms share one buffer that is not text's.
func (Tokenizer) Tokenize(text []byte) analysis.TokenStream {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	folded := s.read(text)
	list := make([]analysis.Token, 0, len(text)/3+8)
	s.terms(func(i, j, position int, typ analysis.TokenType) {
		start, end := s.units[i].Start, s.units[j].End
		list = append(list, analysis.Token{
			Start: s.from[start], End: s.from[end],
			Term:     folded[s.to[start]:s.to[end]:s.to[end]],
			Position: position, Type: typ,
		})
	})
	stream := make(analysis.TokenStream, len(list))
	for i := range list {
		stream[i] = &list[i]
	}
	return stream
}

// EachTerm calls yield with the terms of text that Tokenize gives, in their
// order. A term is only good until yield returns. The length of text for ranking
// is how many CJK characters, numbers and words it holds.
func EachTerm(text string, yield func(term []rune)) (length int) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.runes = FoldRunes(s.runes[:0], text)
	s.units = AppendUnits(s.units[:0], s.runes)
	s.terms(func(i, j, _ int, _ analysis.TokenType) {
		yield(s.runes[s.units[i].Start:s.units[j].End])
	})
	return s.length()
}

// A scratch holds a text while it is taken apart. from and to are the byte
// offsets of each rune in the text and in its folded form, and of their ends.
type scratch struct {
	runes    []rune
	from, to []int
	units    []Unit
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// read folds text, takes it apart and returns its folded form.
func (s *scratch) read(text []byte) []byte {
	s.runes, s.from, s.to = s.runes[:0], s.from[:0], s.to[:0]
	folded := make([]byte, 0, len(text)+utf8.UTFMax)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		r = FoldRune(r)
		s.runes = append(s.runes, r)
		s.from, s.to = append(s.from, i), append(s.to, len(folded))
		folded = utf8.AppendRune(folded, r)
		i += size
	}
	s.from, s.to = append(s.from, len(text)), append(s.to, len(folded))
	s.units = AppendUnits(s.units[:0], s.runes)
	return folded
}

// terms calls yield for every term of the text: it reaches from unit i to unit
// j, the latter included, and position is as in Tokenize.
func (s *scratch) terms(yield func(i, j, position int, typ analysis.TokenType)) {
	position := 0
	for i := 0; i < len(s.units); i++ {
		switch u := s.units[i]; {
		case u.Class == CJK && isCJK(s.units, i+1):
			position++
			yield(i, i+1, position, analysis.Double)
		case u.Class == CJK: // the last one of a run
			position++
			yield(i, i, position, analysis.Single)
		case u.Class == Number:
			position++
			s.number(i, position, yield)
		case u.Class == Word || isPercent(s.runes[u.Start]):
			position++
			yield(i, i, position, analysis.AlphaNumeric)
		}
	}
}

// number gives the number at unit i, and what it is joined to: the character
// after it, and the number before it in a chain.
func (s *scratch) number(i, position int, yield func(i, j, position int, typ analysis.TokenType)) {
	yield(i, i, position, analysis.Numeric)
	joined := isCJK(s.units, i+1)
	if joined {
		yield(i, i+1, position, analysis.Shingle)
	}
	if i > 1 && s.units[i-2].Class == Number && s.runes[s.units[i-1].Start] == '.' {
		yield(i-2, i, position-1, analysis.Shingle)
		if joined {
			yield(i-2, i+1, position-1, analysis.Shingle)
		}
	}
}

// AppendTerms appends to dst the terms by which a passage that shares parts
// of text is found: its bigrams, numbers and words, and the characters that
// stand alone. Each is appended once, in the order of text, and not if dst
// has it.
func AppendTerms(dst []string, text string) []string {
	folded := FoldRunes(nil, text)
	units := Units(folded)
	seen := map[string]bool{}
	for _, t := range dst {
		seen[t] = true
	}
	add := func(start, end int) {
		if t := string(folded[start:end]); !seen[t] {
			seen[t] = true
			dst = append(dst, t)
		}
	}
	for i, u := range units {
		switch {
		case u.Class == CJK && isCJK(units, i+1):
			add(u.Start, units[i+1].End)
		case u.Class == CJK && !isCJK(units, i-1), u.Class == Number, u.Class == Word:
			add(u.Start, u.End)
		}
	}
	return dst
}

// length is how many CJK characters, numbers and words the text holds.
func (s *scratch) length() int {
	n := 0
	for _, u := range s.units {
		if u.Class != Other {
			n++
		}
	}
	return n
}
