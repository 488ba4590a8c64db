package analyzer

import "strings"

// Marks that lead to notes: 放管服①改革, 放管服[1]改革, 双随机²检查. Within a word they
// part it no more than quotation marks do.

const (
	noteSigns   = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"
	noteDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	noteOpeners = "[［〔"
	noteClosers = "]］〕"
)

// longestNote is the most digits of a mark: 〔2023〕 is a year.
const longestNote = 3

// noteEnd is where the mark of a note ends that begins at a place of the source,
// or that place if none does. 〔12〕号 is a number.
func (t *Text) noteEnd(at int) int {
	r := t.source[at]
	switch {
	case strings.ContainsRune(noteSigns, r):
		return at + 1
	case strings.ContainsRune(noteDigits, r):
		end := at
		for end < len(t.source) && end-at < longestNote && strings.ContainsRune(noteDigits, t.source[end]) {
			end++
		}
		return end
	case strings.ContainsRune(noteOpeners, r):
		n := t.digitsAt(at + 1)
		end := at + 1 + n
		if n == 0 || n > longestNote || end == len(t.source) || !strings.ContainsRune(noteClosers, t.source[end]) ||
			end+1 < len(t.source) && FoldRune(t.source[end+1]) == '号' {
			return at
		}
		return end + 1
	}
	return at
}
