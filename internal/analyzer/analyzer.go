// Package analyzer turns text into what search compares: folded characters,
// units and index terms. Reports and questions go through the same folding
// here and nowhere else, so they cannot drift apart.
//
// Folding is rune by rune (FoldRune). What search compares is a Text: folded
// characters without marks that part no word, which knows where each of them
// stands in its source. Matching rests on units (Units): a Pattern occurs where a
// run of whole units has its characters. The terms of the index only narrow where
// to look.
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
//   - pairs that quotation marks part, “放管服”改革, as any other pair, and once
//     more behind a quotation mark, so that it is known where they stand apart,
//     and a term for texts with signs that stand for several CJK characters;
//   - digits and letters apart (5g is 5 and g), and % and ‰ as terms;
//   - Traditional, variant and full-width characters as they are folded, with
//     byte offsets into the text as it was given.
package analyzer

import (
	"errors"
	"sync"

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
	s.read(string(text))
	from := byteOffsets(text)
	list := make([]analysis.Token, 0, len(text)/3+8)
	var terms []byte
	s.terms(func(t term) {
		in := s.text.Source(Span{s.units[t.first].Start, s.units[t.last].End})
		start := len(terms)
		terms = append(terms, string(s.folded(t))...)
		list = append(list, analysis.Token{
			Start: from[in.Start], End: from[in.End],
			Term:     terms[start:len(terms):len(terms)],
			Position: t.position, Type: t.kind,
		})
	})
	stream := make(analysis.TokenStream, len(list))
	for i := range list {
		stream[i] = &list[i]
	}
	return stream
}

// byteOffsets are those of the code points of text, and of its end.
func byteOffsets(text []byte) []int {
	var offsets []int
	for i := range string(text) {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}

// EachTerm calls yield with the terms of text that Tokenize gives, in their
// order. A term is only good until yield returns. The length of text for ranking
// is how many CJK characters, numbers and words it holds.
func EachTerm(text string, yield func(term []rune)) (length int) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	s.read(text)
	s.terms(func(t term) { yield(s.folded(t)) })
	return s.length()
}

// A scratch holds a text while it is taken apart.
type scratch struct {
	text  Text
	units []Unit
	room  []rune // for a term that is no part of the text
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// read reads a text and takes it apart.
func (s *scratch) read(text string) {
	s.text.Read(text)
	s.units = AppendUnits(s.units[:0], s.text.Runes)
}

// A term is what a text is indexed under.
type term struct {
	first, last int // units, the latter included
	position    int // as in Tokenize
	kind        analysis.TokenType
	special     string // SharedTerm, or partedMark, which stands before the units; "" is none
}

// SharedTerm is the term of texts in which a sign stands for several CJK
// characters: there places of different words may be one.
const SharedTerm = "\"\""

// partedMark begins the terms of Pattern.Parted.
const partedMark = "\""

// folded is a term as it stands in the index, until the next is.
func (s *scratch) folded(t term) []rune {
	runes := s.text.Runes[s.units[t.first].Start:s.units[t.last].End]
	switch t.special {
	case "":
		return runes
	case SharedTerm:
		runes = nil
	}
	s.room = append(append(s.room[:0], []rune(t.special)...), runes...)
	return s.room
}

// terms calls yield for every term of the text.
func (s *scratch) terms(yield func(term)) {
	position := 0
	for i := 0; i < len(s.units); i++ {
		switch u := s.units[i]; {
		case u.Class == CJK && isCJK(s.units, i+1):
			position++
			yield(term{i, i + 1, position, analysis.Double, ""})
			switch next := s.units[i+1].Start; {
			case s.text.parted(next):
				yield(term{i, i + 1, position, analysis.Double, partedMark})
			case s.text.shared(next):
				yield(term{i, i, position, analysis.Double, SharedTerm})
			}
		case u.Class == CJK: // the last one of a run
			position++
			yield(term{i, i, position, analysis.Single, ""})
		case u.Class == Number:
			position++
			s.number(i, position, yield)
		case u.Class == Word || isPercent(s.text.Runes[u.Start]):
			position++
			yield(term{i, i, position, analysis.AlphaNumeric, ""})
		}
	}
}

// number gives the number at unit i, and what it is joined to: the character
// after it, and the number before it in a chain.
func (s *scratch) number(i, position int, yield func(term)) {
	yield(term{i, i, position, analysis.Numeric, ""})
	joined := isCJK(s.units, i+1)
	if joined {
		yield(term{i, i + 1, position, analysis.Shingle, ""})
	}
	if i > 1 && s.units[i-2].Class == Number && s.text.Runes[s.units[i-1].Start] == '.' {
		yield(term{i - 2, i, position - 1, analysis.Shingle, ""})
		if joined {
			yield(term{i - 2, i + 1, position - 1, analysis.Shingle, ""})
		}
	}
}

// AppendTerms appends to dst the terms by which a passage that shares parts
// of text is found: its bigrams, numbers and words, and the characters that
// stand alone. Each is appended once, in the order of text, and not if dst
// has it.
func AppendTerms(dst []string, text string) []string {
	var t Text
	t.Read(text)
	folded := t.Runes
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
