package chars

import (
	"strings"
	"unicode/utf8"
)

// Words are words that a text is looked through for at once.
type Words struct {
	list   []string
	begins map[rune][]int  // words by their first character
	first  [1 << 10]uint64 // bit set of the first characters below 1<<16
}

// NewWords makes words of a list. None of them is empty or overlaps itself.
func NewWords(list []string) *Words {
	w := &Words{list: list, begins: map[rune][]int{}}
	for i, word := range list {
		r, _ := utf8.DecodeRuneInString(word)
		w.begins[r] = append(w.begins[r], i)
		w.first[r>>6&1023] |= 1 << (r & 63)
	}
	return w
}

// Each calls found for every place in s where a word stands, with the number of the word in
// the list and the byte, in the order of the places and then of the list.
func (w *Words) Each(s string, found func(word, at int)) {
	for i, r := range s {
		if w.first[r>>6&1023]&(1<<(r&63)) == 0 {
			continue
		}
		for _, word := range w.begins[r] {
			if strings.HasPrefix(s[i:], w.list[word]) {
				found(word, i)
			}
		}
	}
}

// Count adds to counts, which has an element for each word, how often it stands in s.
func (w *Words) Count(s string, counts []int) {
	w.Each(s, func(word, _ int) { counts[word]++ })
}
