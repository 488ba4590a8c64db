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
// syllable first: xian is xian and xi an. An apostrophe parts syllables. Of the
// letters from each place on no more ways are kept than are told of all.
func readings(letters string) [][]string {
	from := make([][][]string, len(letters)+1)
	from[len(letters)] = [][]string{nil}
	for i := len(letters) - 1; i >= 0; i-- {
		if letters[i] == '\'' {
			from[i] = from[i+1]
			continue
		}
		for n := min(len(letters)-i, longestSyllable); n > 0; n-- {
			syllable := letters[i : i+n]
			if _, ok := charactersOf()[syllable]; !ok {
				continue
			}
			for _, rest := range from[i+n] {
				from[i] = append(from[i], append([]string{syllable}, rest...))
			}
		}
		from[i] = from[i][:min(len(from[i]), maxReadings)]
	}
	return from[0]
}
