package outline

import (
	"unicode"
	"unicode/utf8"

	"baogao"
)

// figures counts the figures of a text, up to baogao.MaxFigures: numbers with %,
// ‰ or a Chinese character behind them, as in 14件 and 99.2%. Numbers of dates,
// of documents and of places in a list (2023年, 21号, 第3条) tell nothing that
// was done, and are none. Digits may be full-width.
func figures(text string) (n int) {
	var before rune // the last character that is no blank
	for text != "" && n < baogao.MaxFigures {
		if size := numberSize(text); size > 0 {
			text = text[size:]
			next, _ := utf8.DecodeRuneInString(text)
			if before != '第' && isCounted(next) {
				n++
			}
			before = '0'
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		if text = text[size:]; !unicode.IsSpace(r) {
			before = r
		}
	}
	return n
}

// isCounted reports whether a number is a figure by the character behind it.
func isCounted(next rune) bool {
	switch next {
	case '%', '％', '‰':
		return true
	case '年', '月', '日', '号', '號':
		return false
	}
	return unicode.Is(unicode.Han, next)
}

// numberSize is how many bytes of a text the number takes that it begins with,
// points and commas between digits included.
func numberSize(text string) (size int) {
	end := 0
	for size < len(text) {
		r, n := utf8.DecodeRuneInString(text[size:])
		switch {
		case isDigit(r):
			end = size + n
		case end != size || end == 0 || r != '.' && r != ',' && r != '．':
			return end
		}
		size += n
	}
	return end
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }
