package clean

import (
	"regexp"
	"strings"
	"unicode"

	"baogao/internal/analyzer"
)

// closeUp takes the blanks out of words: those that analyzer.CloseUp and CloseHard
// know by the line alone, and single ones in a word, 政府工 作报告, that the report
// writes without one elsewhere.
func closeUp(lines []Line) []Line {
	suspects := 0
	for i := range lines {
		if l := &lines[i]; strings.ContainsFunc(l.Text, unicode.IsSpace) {
			l.Text = analyzer.CloseHard(analyzer.CloseUp(l.Text))
			if suspects < tryLimit {
				suspects += len(splits(l.Text))
			}
		}
	}
	if suspects == 0 || suspects >= tryLimit {
		return lines
	}
	wanted := map[string]bool{} // the words that a blank may stand in
	for _, l := range lines {
		for _, s := range splits(l.Text) {
			wanted[s.word] = false
		}
	}
	for _, l := range lines {
		findWords(l.Text, wanted)
	}
	for i := range lines {
		lines[i].Text = closeSplits(lines[i].Text, wanted)
	}
	return lines
}

// A split is a blank between Han characters, and the word that it may stand in.
type split struct {
	start, end int // of the blank, in characters
	word       string
}

// side is how many characters on either side of a blank are taken for its word.
// There may be fewer up to a mark or an end of the line; both together are at
// least shortest.
const (
	side     = 3
	shortest = 4
)

// numbered is the number of an article or a chapter, behind which a blank belongs.
var numbered = regexp.MustCompile(`第[〇零一二三四五六七八九十百千\d]+[条條章节節款项項编編]$`)

// splits finds the blanks of a line that may stand in words.
func splits(text string) []split {
	if strings.IndexFunc(text, unicode.IsSpace) < 0 || !strings.ContainsAny(text, "，。；：") {
		return nil // a heading has blanks between its clauses
	}
	s := []rune(text)
	var found []split
	for i := 1; i < len(s); i++ {
		if !unicode.IsSpace(s[i]) || !IsHan(s[i-1]) {
			continue
		}
		end := i
		for end < len(s) && unicode.IsSpace(s[end]) {
			end++
		}
		from, to := i, end
		for from > 0 && i-from < side && IsHan(s[from-1]) {
			from--
		}
		for to < len(s) && to-end < side && IsHan(s[to]) {
			to++
		}
		whole := (i-from == side || from == 0 || unicode.IsPunct(s[from-1])) && (to-end == side || to == len(s) || unicode.IsPunct(s[to]))
		if whole && to > end && i-from+to-end >= shortest && !numbered.MatchString(string(s[max(0, i-8):i])) {
			found = append(found, split{start: i, end: end, word: string(s[from:i]) + string(s[end:to])})
		}
		i = end
	}
	return found
}

// findWords marks those of some words that stand in a text.
func findWords(text string, wanted map[string]bool) {
	s := []rune(text)
	run := 0 // Han characters up to here
	for i, r := range s {
		if run++; !IsHan(r) {
			run = 0
		}
		for n := shortest; n <= min(run, 2*side); n++ {
			if found, asked := wanted[string(s[i+1-n:i+1])]; asked && !found {
				wanted[string(s[i+1-n:i+1])] = true
			}
		}
	}
}

// closeSplits takes the blanks out of those words of a line that were found.
func closeSplits(text string, found map[string]bool) string {
	all := splits(text)
	if len(all) == 0 {
		return text
	}
	s := []rune(text)
	var b strings.Builder
	at := 0
	for _, p := range all {
		if found[p.word] {
			b.WriteString(string(s[at:p.start]))
			at = p.end
		}
	}
	b.WriteString(string(s[at:]))
	return b.String()
}
