package analyzer

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// A Text is what search compares of a text: its folded characters, without the
// signs that part no word.
//
//   - Quotation marks and 《》 within words are left out: 放管服改革 and
//     “放管服”改革 are one word. Such marks have a CJK character on one side,
//     and a CJK character, a digit or a letter on the other. Where one closes and
//     the next opens, as in “甲”“乙”, they part two words.
//   - So are the marks of notes between CJK characters, 放管服[1]改革.
//   - The separators of thousands are left out: 1,234 is the number 1234. A blank
//     is one only between a CJK character and another, 共1 234件: elsewhere it
//     stands between the numbers of a table.
//   - A blank between a number and the CJK character before or behind it, or the %
//     behind it, is left out: 办结 12 件 is 办结12件.
//   - A character and the combining mark behind it are one where Unicode has one
//     (NFC): カ and U+3099 are ガ.
//   - Signs that stand for several characters are these (see expansions): Ⅱ is
//     ii, ℃ is °c, ㎡ and m² are 平方米.
//
// The zero Text is empty. One may be read into again and again.
type Text struct {
	Runes   []rune // folded
	Literal bool   // quotation marks are characters like others; to be set before reading

	// Where Runes stand in the source, as far as they do not follow one another
	// there. It is empty where they are the characters of the source, one by one.
	jumps  []jump
	source []rune // what was read, where it was not plain
	next   int    // place in the source behind the last of Runes
	room   []rune // for quotation marks
}

// A jump is where a rune stands in the source, half open, in code points. Those
// that follow, up to the next jump, stand behind it, a code point each.
type jump struct{ at, start, end int32 }

// Read reads a text.
func (t *Text) Read(text string) {
	t.clear()
	for _, r := range text {
		e := lookup(r)
		if t.turns(e) {
			t.source = append(t.source[:0], []rune(text)...)
			t.readSource()
			return
		}
		t.Runes = append(t.Runes, e.rune())
	}
}

// ReadUTF16 reads a text of UTF-16.
func (t *Text) ReadUTF16(text []byte) {
	t.clear()
	t.Runes = slices.Grow(t.Runes, len(text)/UnitSize)
	for rest := text; len(rest) >= UnitSize; {
		r, size := rune(binary.LittleEndian.Uint16(rest)), UnitSize
		if utf16.IsSurrogate(r) {
			r, size = decodeUTF16(rest)
		}
		e := lookup(r)
		if t.turns(e) {
			t.source = appendRunes(t.source[:0], text)
			t.readSource()
			return
		}
		t.Runes = append(t.Runes, e.rune())
		rest = rest[size:]
	}
}

func (t *Text) clear() { t.Runes, t.jumps = t.Runes[:0], t.jumps[:0] }

// turns reports whether a character may turn into something else than its folded
// form behind what was read. Separators are frequent, and do so behind digits
// alone, and blanks behind CJK characters.
func (t *Text) turns(e entry) bool {
	n := len(t.Runes)
	switch {
	case e&(special|quotation|separator) == 0:
		return false
	case e&(special|quotation) != 0:
		return true
	}
	return n > 0 && (isDigit(t.Runes[n-1]) || e.rune() == ' ' && lookup(t.Runes[n-1]).class() == cjk)
}

// IsPlain reports whether Runes are the characters of the source, one by one.
func (t *Text) IsPlain() bool { return len(t.jumps) == 0 }

// Source is where a part of Runes stands in the source, in code points. Marks
// that were left out belong to no part that ends or begins with them.
func (t *Text) Source(s Span) Span {
	if t.IsPlain() || s.Start >= s.End {
		return s
	}
	_, end := t.place(s.End - 1)
	return Span{t.startOf(s.Start), end}
}

// place is where Runes[i] stands in the source.
func (t *Text) place(i int) (start, end int) {
	n, at := slices.BinarySearchFunc(t.jumps, i, func(j jump, i int) int { return cmp.Compare(int(j.at), i) })
	switch {
	case at:
		return int(t.jumps[n].start), int(t.jumps[n].end)
	case n == 0:
		return i, i + 1
	}
	before := t.jumps[n-1]
	start = int(before.end) + i - int(before.at) - 1
	return start, start + 1
}

// startOf is where Runes[i] begins in the source.
func (t *Text) startOf(i int) int {
	start, _ := t.place(i)
	return start
}

// parted reports whether marks were left out before Runes[i], and shared whether
// it stands for the same sign as the one before.
func (t *Text) parted(i int) bool { return t.gap(i) > 0 }
func (t *Text) shared(i int) bool { return t.gap(i) < 0 }

// gap is how many code points of the source lie between Runes[i] and the one
// before.
func (t *Text) gap(i int) int {
	if t.IsPlain() {
		return 0
	}
	_, end := t.place(i - 1)
	return t.startOf(i) - end
}

// readSource reads on in the source, of which Runes were read.
func (t *Text) readSource() {
	t.next = len(t.Runes)
	last := none // separator that was left out
	for i := len(t.Runes); i < len(t.source); {
		at, r := i, t.source[i]
		i++
		switch e := lookup(r); {
		case !t.turns(e):
			t.add(at, i, e.rune())
		case e&separator != 0 && t.separates(at, last):
			last = at
		case e&separator != 0 && e.rune() == ' ' && t.joins(at):
		case e&quotation != 0:
			i = t.readMarks(at)
		case isCombining(r) && t.compose(at), powers[r] != "" && t.measure(at):
		case t.noteEnd(at) > at:
			i = t.readMarks(at)
		case expansions[r] != "":
			for _, x := range expansions[r] {
				t.add(at, i, FoldRune(x))
			}
		default:
			t.add(at, i, e.rune())
		}
	}
}

// none is no place in a text.
const none = -1

// add adds a folded character for a part of the source.
func (t *Text) add(from, to int, folded rune) {
	if from != t.next || to != from+1 {
		t.jumps = append(t.jumps, jump{int32(len(t.Runes)), int32(from), int32(to)})
	}
	t.Runes, t.next = append(t.Runes, folded), to
}

// The marks that part no word. Those of two may be the one or the other.
const (
	openers = "“‘「『《〈〝﹁﹃„‚"
	closers = "”’」』》〉〞〟﹂﹄"
	neither = "\"＂'＇"
)

// IsQuotation reports whether a character is a mark that parts no word: a
// quotation mark, 《 or 》.
func IsQuotation(r rune) bool { return lookup(r)&quotation != 0 }

// readMarks reads the quotation marks and marks of notes that begin at i, and
// returns where they end. Of those that part words, the first are read.
func (t *Text) readMarks(i int) int {
	end, marks := i, t.room[:0]
	for end < len(t.source) {
		if IsQuotation(t.source[end]) {
			marks = append(marks, t.source[end])
			end++
			continue
		}
		note := t.noteEnd(end)
		if note == end {
			break
		}
		end = note
	}
	t.room = marks
	within := t.within(i, end, marks)
	if within && !t.Literal {
		return end
	}
	if within { // quotation marks alone stay
		for ; i < end; i++ {
			if IsQuotation(t.source[i]) {
				t.add(i, i+1, FoldRune(t.source[i]))
			}
		}
		return end
	}
	end = i
	for end == i || end < len(t.source) && IsQuotation(t.source[end]) && IsQuotation(t.source[i]) {
		t.add(end, end+1, FoldRune(t.source[end]))
		end++
	}
	return end
}

// within reports whether a part of the source stands within words, of which some
// are quotation marks and the rest marks of notes.
func (t *Text) within(from, to int, marks []rune) bool {
	if len(t.Runes) == 0 || to == len(t.source) {
		return false
	}
	before, after := lookup(t.Runes[len(t.Runes)-1]).class(), classOf(t.source[to])
	if before == other || after == other || before != cjk && after != cjk {
		return false
	}
	if len(marks) < to-from && (before != cjk || after != cjk) {
		return false
	}
	quotes := string(marks)
	return len(marks) <= 1 || strings.Trim(quotes, openers) == "" || strings.Trim(quotes, closers) == ""
}

// classOf is the class of the first character that one of the source stands for.
func classOf(r rune) char {
	for _, x := range expansions[r] {
		return lookup(x).class()
	}
	return lookup(r).class()
}
