package ocr

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wide are the signs of Chinese that the program takes for narrow ones.
var wide = map[string]string{",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}

// openers and closers are the brackets that it takes for one another.
const (
	openers = "(（〈《["
	closers = ")）〉》]"
)

// mendSigns writes the signs of a page as they are printed in Chinese. The program tells
// them by their strokes and not by their widths: those next to a Chinese character are
// wide, brackets go by pairs, and quotation marks open and close in turn within a
// sentence.
func mendSigns(lines []line) {
	var all []*character
	for i := range lines {
		for j := range lines[i].characters {
			all = append(all, &lines[i].characters[j])
		}
	}
	chinese := func(i int) bool { return i >= 0 && i < len(all) && isChinese(all[i].text) }
	mendBrackets(all)
	open := false
	for i, c := range all {
		beside := chinese(i-1) || chinese(i+1)
		switch {
		case c.text == "。":
			open = false
		case c.text == "“", c.text == "”":
			open = c.text == "“"
		case beside && strings.Contains("\"`", c.text), open && strings.Contains("?？", c.text) && i+1 < len(all) && isHan(all[i+1].text):
			// within a quotation, a question that goes on is none
			open = !open
			c.text = map[bool]string{true: "“", false: "”"}[open]
		case beside && wide[c.text] != "" && !strings.Contains(openers+closers, c.text):
			c.text = wide[c.text]
		}
	}
}

// mendBrackets makes round brackets of pairs that do not match, and wide ones of those
// that stand beside Chinese.
func mendBrackets(all []*character) {
	const longest = 60 // characters in brackets
	var opened []int
	for i, c := range all {
		switch {
		case strings.Contains(openers, c.text):
			opened = append(opened, i)
		case strings.Contains(closers, c.text):
			for len(opened) > 0 && i-opened[len(opened)-1] > longest {
				opened = opened[:len(opened)-1]
			}
			if len(opened) == 0 {
				widen(all, i)
				continue
			}
			first := opened[len(opened)-1]
			opened = opened[:len(opened)-1]
			a, b := utf8.RuneCountInString(openers[:strings.Index(openers, all[first].text)]), utf8.RuneCountInString(closers[:strings.Index(closers, c.text)])
			round := strings.Contains("(（", all[first].text) || strings.Contains(")）", c.text)
			if !round && a == b {
				continue
			}
			all[first].text, c.text = "(", ")"
			if touches(all, first) || touches(all, i) {
				all[first].text, c.text = "（", "）"
			}
		}
	}
	for _, i := range opened {
		widen(all, i)
	}
}

// widen makes a round bracket without another wide.
func widen(all []*character, i int) {
	if w := wide[all[i].text]; w != "" && touches(all, i) {
		all[i].text = w
	}
}

func touches(all []*character, i int) bool {
	return i > 0 && isChinese(all[i-1].text) || i+1 < len(all) && isChinese(all[i+1].text)
}

// isChinese reports whether a character is a Chinese one, or a sign of Chinese.
func isChinese(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。、；：！？（）《》“”", r)
}
