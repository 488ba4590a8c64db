package clean

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"baogao/internal/analyzer"
)

// closeUp takes the blanks out of words: those that analyzer.CloseUp and CloseHard
// know by the line alone, and single ones in a word, 政府工 作报告, that the report
// writes without one elsewhere. Headlines and names of standards have blanks between
// their clauses, 干在实处 走在前列, and are quoted without: so a blank is in a word where
// less than a clause stands between it and a mark, 作报告，, or where the characters
// beside it stand together in other words too, 工作. Where several of a report are,
// they came by themselves, and all go that are whole elsewhere.
func closeUp(lines []Line) []Line {
	closeNumbers(lines)
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
	for closeWords(lines) { // what was closed shows what other words there are
	}
	return lines
}

// closeWords takes the blanks out of words that are whole elsewhere, and reports
// whether there were any.
func closeWords(lines []Line) (closed bool) {
	wanted := map[string]bool{}  // the words that a blank may stand in
	about := map[[2]rune][]end{} // by the characters beside it, those beside them
	for _, l := range lines {
		for _, s := range splits(l.Text) {
			wanted[s.word] = false
			about[s.pair] = nil
		}
	}
	for _, l := range lines {
		findWords(l.Text, wanted)
		findPairs(l.Text, about)
	}
	within := func(s split) bool {
		return wanted[s.word] && (s.short || slices.ContainsFunc(about[s.pair], func(e end) bool { return e != s.end }))
	}
	inWords := 0
	for _, l := range lines {
		for _, s := range splits(l.Text) {
			if within(s) {
				inWords++
			}
		}
	}
	if inWords >= byThemselves {
		within = func(s split) bool { return wanted[s.word] }
	}
	for i := range lines {
		if text := closeSplits(lines[i].Text, within); text != lines[i].Text {
			lines[i].Text, closed = text, true
		}
	}
	return closed
}

// byThemselves is how many blanks within words tell that those of a report came by
// themselves.
const byThemselves = 3

// A split is a blank between Han characters, and the word that it may stand in.
type split struct {
	start, stop int // of the blank, in characters
	word        string
	pair        [2]rune // beside the blank
	end         end     // beside the pair
	short       bool    // less than a clause is between the blank and a mark
}

// An end is the characters before and behind a pair, 0 where there is none.
type end struct{ before, behind rune }

// endAt is what stands beside the pair from i to j.
func endAt(s []rune, i, j int) (e end) {
	if i > 0 {
		e.before = s[i-1]
	}
	if j+1 < len(s) {
		e.behind = s[j+1]
	}
	return e
}

// findPairs adds what stands beside some pairs in a text.
func findPairs(text string, about map[[2]rune][]end) {
	const most = 8 // of a pair
	s := []rune(text)
	for i := 1; i < len(s); i++ {
		pair := [2]rune{s[i-1], s[i]}
		if ends, asked := about[pair]; asked && len(ends) < most {
			if e := endAt(s, i-1, i); !slices.Contains(ends, e) {
				about[pair] = append(ends, e)
			}
		}
	}
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
		left, right := clauseAt(s, i, end)
		if whole && to > end && i-from+to-end >= shortest && !analyzer.IsCouplet(s, i, end) && !numbered.MatchString(string(s[max(0, i-8):i])) {
			found = append(found, split{
				start: i, stop: end, word: string(s[from:i]) + string(s[end:to]), pair: [2]rune{s[i-1], s[end]}, end: endAt(s, i-1, end),
				short: isShort(s, left, i, end, right),
			})
		}
		i = end
	}
	return found
}

// clauseAt is where the Han characters begin and end between which a blank stands from
// i to j.
func clauseAt(s []rune, i, j int) (from, to int) {
	for from = i; from > 0 && IsHan(s[from-1]); from-- {
	}
	for to = j; to < len(s) && IsHan(s[to]); to++ {
	}
	return from, to
}

// isShort reports whether less than a clause stands between a blank from i to j and a
// mark, and a clause on its other side.
func isShort(s []rune, from, i, j, to int) bool {
	const clause = 4 // characters
	left, right := i-from, to-j
	return left < clause && right >= clause && from > 0 && unicode.IsPunct(s[from-1]) || right < clause && left >= clause && to < len(s) && unicode.IsPunct(s[to])
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

// closeSplits takes the blanks of a line out that are within words.
func closeSplits(text string, within func(split) bool) string {
	all := splits(text)
	if len(all) == 0 {
		return text
	}
	s := []rune(text)
	var b strings.Builder
	at := 0
	for _, p := range all {
		if within(p) {
			b.WriteString(string(s[at:p.start]))
			at = p.stop
		}
	}
	b.WriteString(string(s[at:]))
	return b.String()
}
