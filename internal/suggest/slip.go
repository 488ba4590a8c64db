package suggest

import (
	"slices"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/ask"
	"baogao/query"
)

// Bounds of the words that are held to be mistyped, in characters, and of what is
// counted in the place of each.
const (
	shortestSlip = 3
	longestSlip  = 10
	maxSlips     = 8
)

// nearly always is all but one time in so many.
const nearly = 5

// slips finds, for words that are in next to no passage, words of the index that
// differ in one character: those with one more, with two in each other's place, or
// with one of the same sound, and else, for words in no passage at all, those with
// any other, or one less.
func slips(a *asking) (proposals, error) {
	vocabulary, ok := a.s.(baogao.Vocabulary)
	if !ok {
		return nil, nil
	}
	all := make(proposals, 2)
	for i, word := range a.words {
		w := []rune(analyzer.Fold(word))
		if !mayBeSlip(w) {
			continue
		}
		n, err := a.holding(query.Word(word))
		if err != nil {
			return all, err
		}
		if n > absent {
			continue
		}
		m := &mistyped{a, vocabulary, w, nil, map[[2]rune]int{}, map[rune][]baogao.Pair{}}
		near, far, err := m.alike()
		if err != nil {
			return all, err
		}
		if n > 0 {
			far = nil
		}
		for group, others := range [][]path{near, far} {
			for _, o := range likeliest(others, maxSlips) {
				other := string(o.word)
				all[group] = append(all[group], proposal{
					root: a.instead(i, i+1, query.Word(other)), within: a.within, why: query.Warning{ID: otherSpelling, Args: []string{word, other}},
				})
			}
		}
	}
	return all, nil
}

// mayBeSlip reports whether a folded word is held to be mistyped where it is in
// next to no passage. What is the name of a place is none.
func mayBeSlip(w []rune) bool {
	cjk := !slices.ContainsFunc(w, func(r rune) bool { return !analyzer.IsCJK(r) })
	return cjk && shortestSlip <= len(w) && len(w) <= longestSlip && len(ask.Regions(string(w))) == 0
}

// A mistyped is a word that is in next to no passage, with the pairs of characters that
// it may have been made of.
type mistyped struct {
	*asking
	vocabulary baogao.Vocabulary
	word       []rune
	sounds     [][]rune               // of each of its characters, those that sound the same
	known      map[[2]rune]int        // passages that hold two characters in a row, as far as was asked
	after      map[rune][]baogao.Pair // the pairs that begin with a character
}

// alike are the words that differ in one character and may be in some passage:
// those that keep the characters or the sound, and the others.
func (m *mistyped) alike() (near, far []path, err error) {
	for _, r := range m.word {
		m.sounds = append(m.sounds, homophones(r))
	}
	own, err := m.vocabulary.Pairs(m.ctx, m.word, m.word)
	if err != nil {
		return nil, nil, err
	}
	m.know(own)
	others := append(m.swapped(), m.shorter()...)
	weak := m.weakest()
	for _, i := range []int{weak, weak + 1} {
		found, err := m.at(i)
		if err != nil {
			return nil, nil, err
		}
		others = append(others, found...)
	}
	for _, p := range others {
		switch p.most = m.bound(p.word); {
		case p.most == 0:
		case m.keeps(p.word):
			near = append(near, p)
		default:
			far = append(far, p)
		}
	}
	return near, far, nil
}

// weakest is the number of the pair of neighbours that is in the fewest passages:
// there the slip is.
func (m *mistyped) weakest() int {
	weak, least := 0, -1
	for i := range len(m.word) - 1 {
		if n := m.known[[2]rune{m.word[i], m.word[i+1]}]; least < 0 || n < least {
			weak, least = i, n
		}
	}
	return weak
}

func (m *mistyped) know(pairs []baogao.Pair) {
	for _, p := range pairs {
		m.known[[2]rune{p.First, p.Second}] = p.Passages
	}
}

// bound is the number of passages that a word may be in at most.
func (m *mistyped) bound(word []rune) int {
	most := m.known[[2]rune{word[0], word[1]}]
	for i := range len(word) - 1 {
		most = min(most, m.known[[2]rune{word[i], word[i+1]}])
	}
	return most
}

// keeps reports whether a word has all characters that were typed, or one of the
// same sound in the place of another.
func (m *mistyped) keeps(word []rune) bool {
	if len(word) != len(m.word) {
		return len(word) > len(m.word)
	}
	if slices.Equal(slices.Sorted(slices.Values(word)), slices.Sorted(slices.Values(m.word))) {
		return true
	}
	for i, r := range word {
		if r != m.word[i] && !slices.Contains(m.sounds[i], r) {
			return false
		}
	}
	return true
}

// swapped are the words with two neighbours in each other's place.
func (m *mistyped) swapped() []path {
	var all []path
	for i := range len(m.word) - 1 {
		if w := slices.Clone(m.word); w[i] != w[i+1] {
			w[i], w[i+1] = w[i+1], w[i]
			all = append(all, path{word: w})
		}
	}
	return all
}

// shorter are the words without one of the characters within. Without the first
// or the last one a word would only ask for less.
func (m *mistyped) shorter() []path {
	var all []path
	for i := 1; i < len(m.word)-1 && len(m.word) > shortestSlip; i++ {
		all = append(all, path{word: slices.Concat(m.word[:i], m.word[i+1:])})
	}
	return all
}

// at are the words with another character at a place, or with one more before it.
func (m *mistyped) at(i int) ([]path, error) {
	var others, more []rune
	var err error
	last := len(m.word) - 1
	switch i {
	case 0:
		others, err = m.beside(i, m.word[1:])
	case last:
		others, err = m.beside(i, m.word[:last])
	default:
		others, err = m.between(m.word[i-1], m.word[i+1])
	}
	if err == nil && i > 0 {
		more, err = m.between(m.word[i-1], m.word[i])
	}
	var all []path
	for _, r := range others {
		if r != m.word[i] && !isNumeral(m.word[i]) {
			all = append(all, path{word: slices.Concat(m.word[:i], []rune{r}, m.word[i+1:])})
		}
	}
	for _, r := range more {
		all = append(all, path{word: slices.Concat(m.word[:i], []rune{r}, m.word[i:])})
	}
	return all, err
}

// isNumeral reports whether a character is a number: another one is no slip.
func isNumeral(r rune) bool {
	return analyzer.ChineseDigit(r) >= 0 || strings.ContainsRune("十百千万", r)
}

// between are the characters that stand behind one and before another.
func (m *mistyped) between(first, last rune) ([]rune, error) {
	if _, asked := m.after[first]; !asked {
		pairs, err := m.vocabulary.Pairs(m.ctx, []rune{first}, nil)
		if err != nil {
			return nil, err
		}
		m.after[first] = pairs
		m.know(pairs)
	}
	var all []rune
	for _, p := range m.after[first] {
		all = append(all, p.Second)
	}
	if len(all) == 0 {
		return nil, nil
	}
	pairs, err := m.vocabulary.Pairs(m.ctx, all, []rune{last})
	m.know(pairs)
	all = all[:0]
	for _, p := range pairs {
		all = append(all, p.First)
	}
	return all, err
}

// beside are the characters that may stand at an end of the word, in the place of
// the one there: those that sound like it, and the one that stands there beside
// the rest of the word nearly always. What stands there sometimes is the beginning
// of another word: 执法监 is none.
func (m *mistyped) beside(i int, rest []rune) ([]rune, error) {
	all := slices.Clone(m.sounds[i])
	hits, err := m.best(query.Word(string(rest)))
	if err != nil {
		return nil, err
	}
	times, places := map[rune]int{}, 0
	for _, h := range hits {
		text := analyzer.FoldRunes(nil, h.Text)
		for _, s := range h.Highlights {
			at := s.End
			if i == 0 {
				at = s.Start - 1
			}
			places++
			if at >= 0 && at < len(text) && analyzer.IsCJK(text[at]) {
				times[text[at]]++
			}
		}
	}
	for r, n := range times {
		if n*nearly >= places*(nearly-1) && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	firsts, seconds := all, m.word[1:2]
	if i > 0 {
		firsts, seconds = m.word[i-1:i], all
	}
	pairs, err := m.vocabulary.Pairs(m.ctx, firsts, seconds)
	m.know(pairs)
	return all, err
}
