package suggest

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ./gen pinyin.txt

//go:embed pinyin.txt
var pinyinTable string

// longestSyllable is the length of zhuang, in letters.
const longestSyllable = 6

// charactersOf are the characters of each syllable.
var charactersOf = sync.OnceValue(func() map[string][]rune {
	of := map[string][]rune{}
	for line := range strings.Lines(pinyinTable) {
		if syllable, characters, ok := strings.Cut(strings.TrimSpace(line), " "); ok && syllable != "#" {
			of[syllable] = []rune(characters)
		}
	}
	return of
})

// homophones are the characters that share a reading with one, itself among them.
func homophones(r rune) []rune {
	var all []rune
	for _, characters := range charactersOf() {
		if slices.Contains(characters, r) {
			all = append(all, characters...)
		}
	}
	return all
}

// maxReadings bounds the ways in which letters are read as syllables.
const maxReadings = 8

// readings are the ways to read letters as syllables, those of the longest first
// syllable first: xian is xian and xi an. An apostrophe parts syllables.
func readings(letters string) [][]string {
	letters = strings.TrimLeft(letters, "'")
	if letters == "" {
		return [][]string{nil}
	}
	var all [][]string
	for n := min(len(letters), longestSyllable); n > 0 && len(all) < maxReadings; n-- {
		if _, ok := charactersOf()[letters[:n]]; !ok {
			continue
		}
		for _, rest := range readings(letters[n:]) {
			all = append(all, append([]string{letters[:n]}, rest...))
		}
	}
	return all[:min(len(all), maxReadings)]
}
