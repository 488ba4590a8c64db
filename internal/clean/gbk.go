package clean

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao"
)

// Byte misalignment. The mirrors that gloss characters look for them in GBK
// bytes, and sometimes hit the second byte of one character and the first of
// the next. In 入區 (C8 EB, 85 5E) they find EB 85, which is 雲, and write
// its reading behind it: C8 EB 85 (yún) 5E. Read as GBK that is 入, a lost
// character (85 and the bracket), yún), and ^. The bytes behind stay out of
// step until a second byte that is ASCII (here ^) puts them right.
//
// A repair guesses the lost byte, 85, and takes the guess only if what
// follows becomes Han characters and the report itself speaks for exactly one
// of them: by a gloss of its own that gives the reading, or by writing the
// same pair of characters elsewhere.

// A misalignment is one damaged place in a line: line[start] is the mark of
// the lost character, and the characters from end on are out of step.
type misalignment struct {
	start, end int
	reading    string
}

const (
	runLimit = 24   // the most characters that are taken for one run out of step
	tryLimit = 1000 // the most places of a report that are looked into: real reports have a handful
)

// repairMisaligned mends what can be mended and counts the rest as damaged.
func repairMisaligned(lines []Line, c *baogao.Cleaning) {
	broken := false
	for i := range lines {
		broken = broken || strings.ContainsAny(lines[i].Text, "?\uFFFD") && len(misalignments([]rune(lines[i].Text))) > 0
	}
	if !broken {
		return
	}
	tries := tryLimit
	for again := true; again; {
		again = false
		e := collectEvidence(lines)
		e.tries = &tries
		for i := range lines {
			s, n := e.repair(lines[i].Text)
			lines[i].Text, c.Repairs = s, c.Repairs+n
			again = again || n > 0
		}
	}
	for i := range lines {
		s := []rune(lines[i].Text)
		for _, m := range misalignments(s) {
			if s[m.start] == '?' { // U+FFFD is counted with the other lost characters
				c.Damaged++
				lines[i].Damaged = true
			}
		}
	}
}

// misalignments finds the damaged places: Han, a mark, a toned syllable, a
// closing bracket.
func misalignments(s []rune) []misalignment {
	var found []misalignment
	for i := 1; i < len(s); i++ {
		if s[i] != '?' && s[i] != utf8.RuneError || !IsHan(s[i-1]) {
			continue
		}
		from := i + 1
		if s[i] == utf8.RuneError && from < len(s) && s[from] == '(' {
			from++ // a decoder that did not take the bracket for half a character
		}
		if reading := readingAt(s[from:]); reading != "" {
			found = append(found, misalignment{start: i, end: from + utf8.RuneCountInString(reading) + 1, reading: reading})
		}
	}
	return found
}

// evidence is what a report says about its own characters.
type evidence struct {
	readings map[string]string // the characters that have a reading, by how glosses write it
	pairs    map[[2]rune]bool  // characters that stand side by side
	tries    *int              // how many places may still be looked into
}

func collectEvidence(lines []Line) *evidence {
	e := &evidence{readings: map[string]string{}, pairs: map[[2]rune]bool{}}
	for _, l := range lines {
		s := []rune(l.Text)
		for i := 1; i < len(s); i++ {
			if s[i] != '(' || !IsHan(s[i-1]) {
				continue
			}
			if reading := readingAt(s[i+1:]); reading != "" && !strings.ContainsRune(e.readings[reading], s[i-1]) {
				e.readings[reading] += string(s[i-1])
			}
		}
		plain, _ := stripGloss(string(s), false)
		before := rune(0)
		for _, r := range plain {
			if IsHan(before) && IsHan(r) {
				e.pairs[[2]rune{before, r}] = true
			}
			before = r
		}
	}
	return e
}

// readingAt is the toned syllable at the start of s before a bracket, or "".
func readingAt(s []rune) string {
	for i, r := range s[:min(len(s), 14)] {
		if r == ')' {
			if tone, ok := syllable(string(s[:i])); tone && ok {
				return string(s[:i])
			}
			return ""
		}
	}
	return ""
}

// repair mends the places of one line, the first first.
func (e *evidence) repair(text string) (string, int) {
	if !strings.ContainsAny(text, "?\uFFFD") {
		return text, 0
	}
	s, n := []rune(text), 0
	for from := 0; ; {
		mended := false
		for _, m := range misalignments(s) {
			if m.start < from {
				continue
			}
			if right, next, ok := e.mend(s, m); ok {
				s = slices.Replace(s, m.start, next, right...)
				from, mended = m.start+len(right), true
				n++
				break
			}
		}
		if !mended {
			return string(s), n
		}
	}
}

// mend gives the characters that stood in place of s[m.start:next].
func (e *evidence) mend(s []rune, m misalignment) (right []rune, next int, ok bool) {
	before, known := gbk().bytes[s[m.start-1]]
	if !known || *e.tries == 0 {
		return nil, 0, false
	}
	*e.tries--
	best, second := 0, 0
	for _, run := range runs(s[m.end:min(len(s), m.end+runLimit)]) {
		after := s[m.end+run.taken:]
		for lost := 0x40; lost <= 0xFE; lost++ {
			glossed := gbk().rune(byte(before), byte(lost))
			mended := gbk().decode(append([]byte{byte(lost)}, run.bytes...))
			if !IsHan(glossed) || mended == nil {
				continue
			}
			score := e.score(s[m.start-1], glossed, m.reading, mended, after)
			if score > best {
				best, second = score, best
				right, next = mended, m.end+run.taken
			} else {
				second = max(second, score)
			}
		}
	}
	return right, next, best > second
}

// score weighs a repair by what speaks for it, and is 0 when nothing does or
// the report speaks against it.
func (e *evidence) score(before, glossed rune, reading string, mended, after []rune) int {
	score := 0
	if strings.ContainsRune(e.readings[reading], glossed) {
		score += 4
	}
	last := mended[len(mended)-1]
	if len(after) > 0 && after[0] == '(' {
		if known := e.readings[readingAt(after[1:])]; known != "" {
			if !strings.ContainsRune(known, last) {
				return 0
			}
			score += 4
		}
	} else if len(after) > 0 {
		mended = append(slices.Clip(mended), after[0])
	}
	for _, r := range mended {
		if e.pairs[[2]rune{before, r}] {
			score++
		}
		before = r
	}
	return score
}

// A run is a reading of the characters out of step: the bytes they were, and
// how many of them there are.
type run struct {
	bytes []byte
	taken int
}

// runs gives the readings of s. A run ends with an ASCII character that can
// be a second byte. One character of it may instead be the rest of a pair
// that GBK does not assign: such a pair came out as its second byte without
// the high bit, and its first byte is one of a few.
func runs(s []rune) []run {
	var found []run
	var walk func(i int, bytes []byte, replaced bool)
	walk = func(i int, bytes []byte, replaced bool) {
		for ; i < len(s); i++ {
			if pair, ok := gbk().bytes[s[i]]; ok {
				bytes = append(bytes, byte(pair>>8), byte(pair))
				continue
			}
			if s[i] < 0x40 || s[i] >= 0x7F {
				return
			}
			found = append(found, run{append(slices.Clip(bytes), byte(s[i])), i + 1})
			if !replaced && isLetter(s[i]) {
				for _, lead := range unassigned {
					walk(i+1, append(slices.Clip(bytes), lead, byte(s[i])|0x80), true)
				}
			}
			return
		}
	}
	walk(0, nil, false)
	return found
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// unassigned are the first bytes of the pairs that GBK leaves to its users,
// where the second byte is A1 or more.
var unassigned = []byte{0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE}

// gbkTable is the two-byte part of GBK both ways.
type gbkTable struct {
	runes [1 << 16]rune
	bytes map[rune]uint16
}

var gbk = sync.OnceValue(func() *gbkTable {
	t := &gbkTable{bytes: make(map[rune]uint16, 24000)}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			b, err := decoder.Bytes([]byte{byte(lead), byte(trail)})
			r, size := utf8.DecodeRune(b)
			if err != nil || r == utf8.RuneError || size != len(b) {
				continue
			}
			pair := uint16(lead)<<8 | uint16(trail)
			t.runes[pair] = r
			if _, twice := t.bytes[r]; !twice {
				t.bytes[r] = pair
			}
		}
	}
	return t
})

func (t *gbkTable) rune(lead, trail byte) rune { return t.runes[uint16(lead)<<8|uint16(trail)] }

// decode reads b as pairs of Han characters; nil if it is anything else.
func (t *gbkTable) decode(b []byte) []rune {
	if len(b)%2 != 0 {
		return nil
	}
	s := make([]rune, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		r := t.rune(b[i], b[i+1])
		if !IsHan(r) {
			return nil
		}
		s = append(s, r)
	}
	return s
}
