package suggest

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/query"
)

// A slot is a place of a word, and the characters that may stand there.
type slot []rune

// Bounds of what is read as Pinyin: letters of a word, and its characters.
const (
	maxLetters = 60
	maxSlots   = 12
)

// pinyin finds the words of the index whose Pinyin was typed, all of it or some
// characters, with blanks between the syllables or without. What is in the index
// as it was typed stays.
func pinyin(a *asking) (proposals, error) {
	vocabulary, ok := a.s.(baogao.Vocabulary)
	if !ok {
		return nil, nil
	}
	var all []proposal
	for from := 0; from < len(a.parts); from++ {
		to, typed := letters(a.parts, from)
		slots := slotsOf(typed)
		if len(slots) == 0 {
			continue
		}
		n, err := a.holding(a.parts[from:to]...)
		var words []string
		if err == nil && n <= absent {
			words, err = spelled(a.ctx, vocabulary, slots)
		}
		if err != nil {
			return proposals{all}, err
		}
		for _, w := range words {
			all = append(all, proposal{
				root: a.instead(from, to, query.Word(w)), within: a.within, why: query.Warning{ID: isPinyin, Args: []string{typed, w}},
			})
		}
		from = to - 1
	}
	return proposals{all}, nil
}

// letters is what was typed from a part of the question on before another, folded
// and with blanks between the parts: the words that follow each other and hold
// letters.
func letters(parts []query.Node, from int) (to int, typed string) {
	var words []string
	for to = from; to < len(parts); to++ {
		part, ok := parts[to].(query.Word)
		word := analyzer.Fold(unmarked(part))
		if !ok || !strings.ContainsAny(word, asciiLetters+"ü") {
			break
		}
		words = append(words, word)
	}
	return to, strings.Join(words, " ")
}

const asciiLetters = "abcdefghijklmnopqrstuvwxyz"

// slotsOf are the ways to read a text as characters, some of them in Pinyin; none
// of what cannot be read so, or has one character.
func slotsOf(typed string) [][]slot {
	ways := [][]slot{nil}
	letters := ""
	text := strings.NewReplacer("ü", "v", "’", "'", " ", "'").Replace(typed)
	for _, r := range text + "\n" {
		switch {
		case len(letters) > maxLetters:
			return nil
		case r == '\'' || strings.ContainsRune(asciiLetters, r):
			letters += string(r)
			continue
		case letters != "":
			ways, letters = spellings(ways, letters), ""
		}
		switch {
		case analyzer.IsCJK(r):
			for i := range ways {
				ways[i] = append(ways[i], slot{r})
			}
		case r != '\n':
			return nil
		}
	}
	return slices.DeleteFunc(ways, func(w []slot) bool { return len(w) < 2 || len(w) > maxSlots })
}

// spellings are ways to read a text with those to read letters behind each.
func spellings(ways [][]slot, letters string) [][]slot {
	var all [][]slot
	for _, way := range ways {
		for _, syllables := range readings(letters) {
			longer := slices.Clone(way)
			for _, s := range syllables {
				longer = append(longer, charactersOf()[s])
			}
			all = append(all, longer)
		}
	}
	return all[:min(len(all), maxReadings)]
}

// A path is the beginning of a word, and how many passages hold the rarest of its
// pairs of characters: no more can hold the word.
type path struct {
	word []rune
	most int
}

// Bounds of the search for words: beginnings that are followed, and words that are
// counted.
const (
	maxPaths   = 40
	maxSpelled = 5
)

// spelled are the words of a vocabulary that can be read in one of some ways, those
// that may be in most passages first.
func spelled(ctx context.Context, in baogao.Vocabulary, ways [][]slot) ([]string, error) {
	var all []path
	for _, way := range ways {
		paths, err := walk(ctx, in, way)
		if err != nil {
			return nil, err
		}
		all = append(all, paths...)
	}
	var words []string
	for _, p := range likeliest(all, maxSpelled) {
		words = append(words, string(p.word))
	}
	return words, nil
}

// walk follows the pairs of characters of a vocabulary from slot to slot.
func walk(ctx context.Context, in baogao.Vocabulary, way []slot) ([]path, error) {
	var paths []path
	for _, r := range way[0] {
		paths = append(paths, path{[]rune{r}, -1})
	}
	for _, next := range way[1:] {
		ends := map[rune][]path{}
		for _, p := range paths {
			r := p.word[len(p.word)-1]
			ends[r] = append(ends[r], p)
		}
		pairs, err := in.Pairs(ctx, keys(ends), next)
		if err != nil {
			return nil, err
		}
		paths = nil
		for _, pair := range pairs {
			for _, p := range ends[pair.First] {
				most := pair.Passages
				if p.most >= 0 {
					most = min(most, p.most)
				}
				paths = append(paths, path{append(slices.Clip(p.word), pair.Second), most})
			}
		}
		if paths = likeliest(paths, maxPaths); len(paths) == 0 {
			return nil, nil
		}
	}
	return paths, nil
}

// likeliest are the first of some paths, those of most passages first.
func likeliest(paths []path, n int) []path {
	slices.SortStableFunc(paths, func(p, q path) int {
		return cmp.Or(cmp.Compare(q.most, p.most), slices.Compare(p.word, q.word))
	})
	return paths[:min(len(paths), n)]
}

func keys(of map[rune][]path) []rune {
	var all []rune
	for r := range of {
		all = append(all, r)
	}
	slices.Sort(all)
	return all
}
