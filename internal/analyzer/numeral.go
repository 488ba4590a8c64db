package analyzer

import (
	"regexp"
	"slices"
	"strings"
)

// ChineseDigit is the number that a folded Chinese digit means, -1 for any other
// character.
func ChineseDigit(r rune) int {
	if r == '零' {
		r = '〇'
	}
	return slices.Index(chineseDigits, r)
}

var chineseDigits = []rune("〇一二三四五六七八九")

var chineseYear = regexp.MustCompile(`[一二][〇零一二三四五六七八九]{3}年`)

// ArabicYears is a folded text with the years that stand in Chinese digits, as
// 二〇二三年, in Arabic ones.
func ArabicYears(s string) string {
	if !strings.Contains(s, "年") {
		return s
	}
	return chineseYear.ReplaceAllStringFunc(s, func(year string) string {
		return strings.Map(func(r rune) rune {
			if d := ChineseDigit(r); d >= 0 {
				return '0' + rune(d)
			}
			return r
		}, year)
	})
}
