package suggest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"baogao/internal/analyzer"
	"baogao/query"
)

// signs are those that a word may be written with or without, folded.
const signs = "、·,-—:/ "

// Bounds of the words that are tried with signs, in units, and the least that
// stands on either side of one.
const (
	shortestMarked = 4
	longestMarked  = 12
	beside         = 2
)

// marks writes words with a sign in them where they have none, and without one,
// or with another, where they have one, as the passages most often do.
func marks(a *asking) (proposals, error) {
	var all []proposal
	if len(a.parts) > 1 && a.exact > absent {
		return nil, nil // the words are found, if not together
	}
	for i, word := range a.words {
		other, err := a.marked(i, word)
		if err != nil {
			return proposals{all}, err
		}
		if other != "" {
			all = append(all, proposal{root: a.instead(i, i+1, query.Word(other)), within: a.within, why: query.Warning{ID: otherMarks, Args: []string{word, other}}})
		}
	}
	return proposals{all}, nil
}

// marked is how the passages that match otherwise write a word with other signs,
// "" where they do not. It is read in the best of them.
func (a *asking) marked(i int, word string) (string, error) {
	written := variants(analyzer.Fold(word))
	if len(written) == 0 {
		return "", nil
	}
	hits, err := a.best(a.instead(i, i+1, oneOf(written)))
	if err != nil {
		return "", err
	}
	times := map[string]int{}
	for _, h := range hits {
		text := []rune(h.Text)
		for _, s := range h.Highlights {
			if v := withoutQuotation(string(text[s.Start:s.End])); slices.Contains(written, analyzer.Fold(v)) {
				times[v]++
			}
		}
	}
	return mostFrequent(times), nil
}

// withoutQuotation is a text without its quotation marks, which part no word.
func withoutQuotation(text string) string {
	return strings.Map(func(r rune) rune {
		if analyzer.IsQuotation(r) {
			return -1
		}
		return r
	}, text)
}

// oneOf is the tree that holds where one of some words does.
func oneOf(words []string) query.Node {
	var any query.Or
	for _, w := range words {
		any = append(any, query.Word(w))
	}
	if len(any) == 1 {
		return any[0]
	}
	return any
}

// mostFrequent is the text with the largest number, "" of none.
func mostFrequent(times map[string]int) string {
	all := slices.SortedFunc(maps.Keys(times), func(a, b string) int { return cmp.Or(times[b]-times[a], strings.Compare(a, b)) })
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// variants are a folded word with a sign at each place where there may be one. A
// word that has signs is without them, or has another one in the place of the
// only one.
func variants(word string) []string {
	units, runes := analyzer.Units([]rune(word)), []rune(word)
	var at []int // of the signs
	for i, u := range units {
		switch {
		case u.Class == analyzer.Other && !strings.ContainsRune(signs, runes[u.Start]):
			return nil
		case u.Class == analyzer.Other:
			at = append(at, i)
		}
	}
	switch n := len(units) - len(at); {
	case n < shortestMarked || n > longestMarked:
		return nil
	case len(at) == 0:
		return signed(runes, units)
	}
	bare := strings.Map(func(r rune) rune {
		if strings.ContainsRune(signs, r) {
			return -1
		}
		return r
	}, word)
	all := []string{bare}
	if u := units[at[0]]; len(at) == 1 {
		for _, sign := range signs {
			if sign != runes[u.Start] {
				all = append(all, string(runes[:u.Start])+string(sign)+string(runes[u.End:]))
			}
		}
	}
	return all
}

// signed are the words with a sign between two units.
func signed(runes []rune, units []analyzer.Unit) []string {
	var all []string
	for i := beside; i <= len(units)-beside; i++ {
		place := units[i].Start
		for _, sign := range signs {
			all = append(all, string(runes[:place])+string(sign)+string(runes[place:]))
		}
	}
	return all
}
