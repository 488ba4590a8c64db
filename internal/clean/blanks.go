package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Blanks between characters that belong together come from letter-spacing, 政 府 工 作
// 报 告 and 目　　录, from no-break spaces, and from programs that set numbers apart,
// 办结 12 件. Those between sentences, words and the cells of a table stay.

// A token is what stands between the blanks of a line.
type token struct {
	text string
	gap  string // blanks before it
	kind tokenKind
}

type tokenKind int

const (
	wordToken   tokenKind = iota
	singleToken           // one Han character, with punctuation or without
	numberToken           // digits, with points or without
	signToken             // punctuation alone
)

// tokens cuts a line at its blanks. A tab parts cells and is no blank.
func tokens(line string) []token {
	var all []token
	for line != "" {
		gap := len(line) - len(strings.TrimLeftFunc(line, isBlank))
		end := strings.IndexFunc(line[gap:], isBlank)
		if end < 0 {
			end = len(line) - gap
		}
		text := line[gap : gap+end]
		all = append(all, token{text, line[:gap], kindOf(text)})
		line = line[gap+end:]
	}
	return all
}

func isBlank(r rune) bool { return r != '\t' && unicode.IsSpace(r) }

func kindOf(text string) tokenKind {
	han, digits, others := 0, 0, 0
	for _, r := range text {
		switch {
		case IsHan(r):
			han++
		case unicode.IsDigit(r), r == '.' && digits > 0:
			digits++
		case !unicode.IsPunct(r):
			others++
		}
	}
	switch {
	case others > 0 || han > 1 || han > 0 && digits > 0:
		return wordToken
	case han == 1:
		return singleToken
	case digits > 0:
		return numberToken
	}
	return signToken
}

// Bounds of letter-spacing.
const (
	leastSpaced = 3 // single characters in a row, where other words stand in the line
	widestGap   = 2 // blanks between them
	widestAlone = 8 // blanks where the line holds nothing else
)

// closeBlanks takes the blanks out of a line that is trimmed.
func closeBlanks(line string) string {
	if strings.IndexFunc(line, isBlank) < 0 {
		return line
	}
	all := tokens(line)
	closed := make([]bool, len(all)) // the gap before each goes
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && all[end-1].kind != wordToken && all[end].kind != wordToken && utf8.RuneCountInString(all[end].gap) <= widestAlone {
			end++
		}
		if isSpaced(all[i:end], i == 0, end == len(all)) {
			for k := i + 1; k < end; k++ {
				closed[k] = true
			}
		}
		i = end
	}
	for i := 1; i < len(all); i++ {
		closed[i] = closed[i] || joins(all, i)
	}
	var b strings.Builder
	for i, t := range all {
		if !closed[i] {
			b.WriteString(t.gap)
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// isSpaced reports whether tokens without a word among them are one that was
// letter-spaced: first and last say whether the line begins and ends with them. Of
// two characters it is known at an end of the line alone: 县长 王 明, 附 件 1.
func isSpaced(run []token, first, last bool) bool {
	single, widest := 0, 0
	for i, t := range run {
		if t.kind == singleToken {
			single++
		}
		if i > 0 {
			widest = max(widest, utf8.RuneCountInString(t.gap))
		}
	}
	switch {
	case first && last:
		return single >= 2
	case widest > widestGap:
		return false
	}
	return single >= leastSpaced || single == 2 && len(run) == 2 && (first || last)
}

// units are what numbers of reports count, and what stands in dates.
const units = "件个家户人次名项所条篇份部场期批例起宗处座台辆吨公斤里米亩元万亿千百年月日号时分秒岁倍位组支只张套册页级类种层度%‰％℃"

// joins reports whether the gap before a token parts nothing: a no-break space
// between characters, a blank between a number and its unit or before such a
// number, or the wide blank in the last word of a heading, 报　　告.
func joins(all []token, i int) bool {
	before, at := all[i-1], all[i]
	left, _ := utf8.DecodeLastRuneInString(before.text)
	right, _ := utf8.DecodeRuneInString(at.text)
	switch {
	case at.gap == "\u00A0" || at.gap == "\u202F":
		return IsHan(left) && IsHan(right)
	case at.gap == " " && unicode.IsDigit(left) && strings.ContainsRune(units, right):
		return true
	case at.gap == " " && IsHan(left) && unicode.IsDigit(right):
		return counts(at, all[i+1:])
	}
	return i == len(all)-1 && strings.Contains(at.gap, "\u3000") && IsHan(left) && IsHan(right) && utf8.RuneCountInString(at.text) == 1
}

// counts reports whether a token begins with a number that has a unit, behind a
// blank or without one.
func counts(at token, rest []token) bool {
	behind := strings.TrimLeftFunc(at.text, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".,，．", r) })
	if behind == "" && len(rest) > 0 && rest[0].gap == " " {
		behind = rest[0].text
	}
	unit, _ := utf8.DecodeRuneInString(behind)
	return behind != "" && strings.ContainsRune(units, unit)
}

// A broken place is a blank within a sentence that may part a word.
type broken struct {
	line, at, size int // in bytes
	around         [4]rune
}

// closeBroken takes blanks out of words that the same text has without them: of
// 政府工 作报告 where 政府工作报告 stands too. The two characters on either side are
// compared, and only within sentences, behind a comma or the like: before one the
// blank parts a heading from what it is on.
func closeBroken(lines []Line) {
	var places []broken
	wanted := map[[4]rune]bool{}
	for i, l := range lines {
		for _, p := range brokenIn(l.Text) {
			p.line = i
			places = append(places, p)
			wanted[p.around] = false
		}
	}
	if len(places) == 0 {
		return
	}
	for _, l := range lines {
		var last [4]rune
		for _, r := range l.Text {
			last = [4]rune{last[1], last[2], last[3], r}
			if _, ok := wanted[last]; ok {
				wanted[last] = true
			}
		}
	}
	for i := len(places) - 1; i >= 0; i-- { // from the end, so that places stay
		if p := places[i]; wanted[p.around] {
			l := &lines[p.line]
			l.Text = l.Text[:p.at] + l.Text[p.at+p.size:]
		}
	}
}

// brokenIn are the places in a line.
func brokenIn(line string) []broken {
	if !strings.ContainsRune(line, ' ') {
		return nil
	}
	var all []broken
	letters := []rune(line)
	at, sentence := 0, false
	for i, r := range letters {
		if r == ' ' && sentence && i >= 2 && i+2 < len(letters) {
			around := [4]rune{letters[i-2], letters[i-1], letters[i+1], letters[i+2]}
			if IsHan(around[0]) && IsHan(around[1]) && IsHan(around[2]) && IsHan(around[3]) {
				all = append(all, broken{at: at, size: 1, around: around})
			}
		}
		sentence = sentence || strings.ContainsRune("，。；：", r)
		at += utf8.RuneLen(r)
	}
	return all
}
