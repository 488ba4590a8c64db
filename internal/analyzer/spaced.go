package analyzer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blanks that part no words. People and programs set titles, names and lines
// apart character by character: 成 都 市 青 羊 区, 目　　录. Texts are cleaned of such
// blanks.

// A piece is a part of a line between blanks.
type piece struct {
	text string
	gap  string // the blanks before it
	kind pieceKind
}

type pieceKind uint8

const (
	wordPiece   pieceKind = iota
	singlePiece           // one Han character, with punctuation around it or without
	markPiece             // punctuation of Chinese alone
	numberPiece
)

const (
	fewestSingles = 3 // in a row, within a line
	fewestAtEnd   = 2 // in a row, where a line begins or ends with them: 县长 王 明
	wideGap       = 4 // columns: parts words in a line whose characters stand one column apart
)

// counters are characters that stand in a row as what they count, and are no
// word: 一 二 三.
const counters = "〇零一二三四五六七八九十百千甲乙丙丁戊己庚辛壬癸"

// dateUnits are those of dates and times.
const dateUnits = "年月日时時分号號第至"

// CloseUp takes out the blanks between characters that were set apart: of three
// or more in a row, in a sentence with the words that they begin or end within, of two
// at an end of the line, and of a last word whose last character stands wide apart,
// 情况的报　　告. Numbers among them stay apart from each other, but for the digits of a
// date, 2 0 2 4 年 1 2 月. A unit is one word, 3.5 亿 元. Closing up again changes nothing.
func CloseUp(line string) string {
	if !hasSingle(line) {
		return line
	}
	pieces, closed := joinDigits(piecesOf(line))
	closed = closeUnits(pieces) || closed
	sentence := strings.ContainsAny(line, "，。；")
	for from := 0; from < len(pieces); {
		to := runEnd(pieces, from)
		start, end := from, to
		if from > 0 || to < len(pieces) { // numbers at the ends may be cells
			for start < end && pieces[start].kind == numberPiece {
				start++
			}
			for end > start && pieces[end-1].kind == numberPiece {
				end--
			}
		}
		if isSpaced(pieces[start:end], start == 0, end == len(pieces)) {
			if sentence {
				closeAround(pieces, start, end)
			}
			closed = closeGaps(pieces[start:end]) || closed
		}
		from = to
	}
	if last := len(pieces) - 1; last > 0 && endsWide(pieces[last-1], pieces[last]) {
		pieces[last].gap, closed = "", true
	}
	if !closed {
		return line
	}
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.gap)
		b.WriteString(p.text)
	}
	return b.String()
}

// hasSingle reports whether a line may have a character with blanks around it.
func hasSingle(line string) bool {
	length := 0 // characters since a blank
	blanks := false
	for _, r := range line {
		if !unicode.IsSpace(r) {
			length++
			continue
		}
		if length == 1 {
			return true
		}
		length, blanks = 0, true
	}
	return blanks && length <= 2 // with a mark behind it
}

// piecesOf cuts a line at its blanks, and a character off that marks part from the rest
// of its piece: 书 记 员：周平, 四、代 位 权. Blanks at the end of the line are the gap of
// an empty piece.
func piecesOf(line string) []piece {
	var pieces []piece
	for line != "" {
		text := strings.TrimLeftFunc(line, unicode.IsSpace)
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		gap := line[:len(line)-len(text)]
		for _, part := range partsOf(text[:end]) {
			pieces = append(pieces, piece{gap: gap, text: part, kind: kindOf(part)})
			gap = ""
		}
		line = text[end:]
	}
	return pieces
}

// partsOf cuts a first and a last Han character off a piece that marks part from what
// is between them.
func partsOf(text string) (parts []string) {
	if kindOf(text) != wordPiece {
		return []string{text}
	}
	first, size := utf8.DecodeRuneInString(text)
	if second, _ := utf8.DecodeRuneInString(text[size:]); unicode.Is(unicode.Han, first) && !isWord(second) {
		parts, text = append(parts, text[:size]), text[size:]
	}
	last, size := utf8.DecodeLastRuneInString(text)
	if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size]); unicode.Is(unicode.Han, last) && len(text) > size && !isWord(before) {
		return append(parts, text[:len(text)-size], text[len(text)-size:])
	}
	return append(parts, text)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// wideMarks are the punctuation of Chinese.
const wideMarks = "，。、；：！？（）《》〈〉“”‘’【】〔〕—…·"

func kindOf(text string) pieceKind {
	bare := strings.Trim(text, wideMarks)
	switch r, size := utf8.DecodeRuneInString(bare); {
	case text == "":
		return wordPiece
	case text == "○": // for 〇
		return singlePiece
	case bare == "":
		return markPiece
	case size == len(bare) && unicode.Is(unicode.Han, r):
		return singlePiece
	case strings.Trim(bare, "0123456789０１２３４５６７８９.．%％") == "":
		return numberPiece
	}
	return wordPiece
}

// runEnd is the end of the run of pieces that begins at from: of such as may be a
// line that was set apart. Two numbers are in no one run.
func runEnd(pieces []piece, from int) int {
	for to := from; to < len(pieces); to++ {
		if pieces[to].kind == wordPiece || to > from && pieces[to].kind == numberPiece && pieces[to-1].kind == numberPiece {
			return max(to, from+1)
		}
	}
	return len(pieces)
}

// isSpaced reports whether a run of pieces is a word whose characters were set
// apart; first and last say whether the line begins and ends with it.
func isSpaced(run []piece, first, last bool) bool {
	singles, words, numbers, dated := 0, 0, 0, 0
	for _, p := range run {
		switch p.kind {
		case numberPiece:
			numbers++
		case singlePiece:
			singles++
			if strings.ContainsAny(p.text, dateUnits) {
				dated++
			}
			if !strings.ContainsAny(p.text, counters) {
				words++
			}
		}
	}
	switch {
	case numbers == 0 && words == singles && dated >= 2 && 2*dated >= words: // 年 月 日, to be filled in
		return false
	case words == 0, numbers > 1 && numbers >= singles && dated < singles: // a row of numbers and names
		return false
	case singles >= fewestSingles:
		return true
	case first && last:
		return singles >= fewestAtEnd
	}
	return (first || last) && len(run) == fewestAtEnd && singles == fewestAtEnd && columns(run[1].gap) < wideGap
}

// joinDigits makes one piece of the digits of a year, and of a month or a day behind
// one, that were set apart; joined says whether there were any.
func joinDigits(pieces []piece) (all []piece, joined bool) {
	var before string // the unit of the date up to here
	for i := 0; i < len(pieces); {
		end := i
		for end < len(pieces) && isDigitPiece(pieces[end]) && (end == i || columns(pieces[end].gap) < wideGap) {
			end++
		}
		unit := ""
		if end < len(pieces) {
			_, size := utf8.DecodeRuneInString(pieces[end].text)
			unit = pieces[end].text[:size]
		}
		switch n := end - i; {
		case n == 0:
			before = dateUnit(pieces[i].text)
			all = append(all, pieces[i])
			i++
			continue
		case n == 4 && unit == "年", n == 2 && (unit == "月" && before == "年" || unit == "日" && before == "月"):
			whole := pieces[i]
			for _, p := range pieces[i+1 : end] {
				whole.text += p.text
			}
			all, joined = append(all, whole), true
		default:
			all = append(all, pieces[i:end]...)
		}
		i = end
	}
	return all, joined
}

// closeUnits takes the blank out between a number of ten thousands and what it counts,
// 3.5 亿 元, where one stands before both, and reports whether there were any.
func closeUnits(pieces []piece) (closed bool) {
	for i := 1; i+1 < len(pieces); i++ {
		counted := &pieces[i+1]
		if pieces[i-1].kind == numberPiece && strings.Contains("万亿萬億", pieces[i].text) && counted.gap != "" && counted.gap == pieces[i].gap &&
			columns(counted.gap) < wideGap && hanBetween(pieces[i].text, counted.text) {
			counted.gap, closed = "", true
		}
	}
	return closed
}

// isDigitPiece reports whether a piece is one digit.
func isDigitPiece(p piece) bool {
	r, size := utf8.DecodeRuneInString(p.text)
	return size == len(p.text) && unicode.IsDigit(r)
}

// dateUnit is the unit of a date that a piece begins with, "" for none.
func dateUnit(text string) string {
	for _, unit := range []string{"年", "月", "日"} {
		if strings.HasPrefix(text, unit) {
			return unit
		}
	}
	return ""
}

// closeAround takes the blanks out that a run from start to end of what was set apart has
// to the words beside it, where they are those within it: it begins or ends within them.
func closeAround(pieces []piece, start, end int) {
	within, text := "", ""
	singles := 0
	for i, p := range pieces[start:end] {
		if i == 1 {
			within = p.gap
		}
		if p.kind == singlePiece {
			singles++
		}
		text += p.text
	}
	if singles < fewestSingles || columns(within) >= wideGap || IsNumbered(text) {
		return
	}
	for _, at := range []int{start, end} {
		if at > 0 && at < len(pieces) && pieces[at].gap == within && hanBetween(pieces[at-1].text, pieces[at].text) {
			pieces[at].gap = ""
		}
	}
}

// hanBetween reports whether a text ends, and the next begins, with a Han character.
func hanBetween(text, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.Is(unicode.Han, last) && unicode.Is(unicode.Han, first)
}

// endsWide reports whether the last piece of a line is the last character of a
// word, set wide apart.
func endsWide(before, last piece) bool {
	end, _ := utf8.DecodeLastRuneInString(before.text)
	return last.kind == singlePiece && columns(last.gap) >= wideGap && strings.Contains(last.gap, "\u3000") && unicode.Is(unicode.Han, end) && before.kind == wordPiece
}

// closeGaps takes the blanks out of a run, but for those that are much wider than
// the others, and the one behind the number of an article or a chapter.
func closeGaps(run []piece) (closed bool) {
	least := wideGap
	for _, p := range run[1:] {
		least = min(least, columns(p.gap))
	}
	head := run[0].text
	for i := range run[1:] {
		p := &run[i+1]
		if !(least == 1 && columns(p.gap) >= wideGap) && !IsNumbered(head) && p.gap != "" {
			p.gap, closed = "", true
		}
		head += p.text
	}
	return closed
}

// IsNumbered reports whether a text is the number of an article or a chapter: 第六条.
func IsNumbered(text string) bool {
	number, isOrdinal := strings.CutPrefix(text, "第")
	unit, size := utf8.DecodeLastRuneInString(number)
	number = number[:len(number)-size]
	return isOrdinal && number != "" && strings.ContainsRune("条條章節节款项項编編", unit) && strings.Trim(number, "〇零一二三四五六七八九十百千0123456789") == ""
}

// columns is the width of blanks, in half-width columns.
func columns(gap string) int {
	n := 0
	for _, r := range gap {
		n++
		if r == '\u3000' || r == '\t' {
			n++
		}
	}
	return n
}

// hardBlanks are those at which no line is broken, which programs put between
// words for no reason.
const hardBlanks = "\u00a0\u202f\u2007"

// CloseHard takes a single hard blank out from between two Han characters of a
// sentence. Before a label (来源：) and between halves of what is quoted it stays.
func CloseHard(line string) string {
	if !strings.ContainsAny(line, hardBlanks) || !strings.ContainsAny(line, "，。；！？") {
		return line
	}
	s := []rune(line)
	kept := s[:0:0]
	for i, r := range s {
		if strings.ContainsRune(hardBlanks, r) && i > 0 && i+1 < len(s) && unicode.Is(unicode.Han, s[i-1]) && unicode.Is(unicode.Han, s[i+1]) && !labelled(s[i+1:]) && !IsCouplet(s, i, i+1) {
			continue
		}
		kept = append(kept, r)
	}
	return string(kept)
}

// IsCouplet reports whether a blank from i to j is between the two halves of what is
// quoted: “共建美好家园 共创繁荣未来”.
func IsCouplet(s []rune, i, j int) bool {
	from, to := i, j
	for from > 0 && unicode.Is(unicode.Han, s[from-1]) {
		from--
	}
	for to < len(s) && unicode.Is(unicode.Han, s[to]) {
		to++
	}
	return i-from == to-j && from > 0 && to < len(s) && s[from-1] == '“' && s[to] == '”'
}

// labelled reports whether a text begins with a label.
func labelled(s []rune) bool {
	const longest = 8
	for _, r := range s[:min(len(s), longest)] {
		switch {
		case r == '：' || r == ':':
			return true
		case !unicode.Is(unicode.Han, r):
			return false
		}
	}
	return false
}
