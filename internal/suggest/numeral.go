package suggest

import (
	"regexp"
	"strconv"
	"strings"

	"baogao/internal/analyzer"
	"baogao/query"
)

// numerals writes the numbers of articles, sessions and the like, and years, in
// Chinese numerals where they are written in digits, and the other way round.
func numerals(a *asking) (proposals, error) {
	var all []proposal
	for i, word := range a.words {
		plain := halfWidth(word)
		for _, rewrite := range rewrites {
			if other := rewrite(plain); other != plain {
				all = append(all, proposal{
					root: a.instead(i, i+1, query.Word(other)), within: a.within, why: query.Warning{ID: otherNumerals, Args: []string{word, other}},
				})
			}
		}
	}
	return proposals{all}, nil
}

// halfWidth writes full-width digits as ASCII has them.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if '０' <= r && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
}

var rewrites = []func(s string) string{
	func(s string) string { return rewritten(ordinalDigits, s, chineseNumber) },
	func(s string) string { return rewritten(ordinalChinese, s, arabicNumber) },
	func(s string) string {
		return rewritten(yearDigits, s, func(d string) string { return digitwise(d, '〇') })
	},
	func(s string) string {
		return rewritten(yearDigits, s, func(d string) string { return digitwise(d, '零') })
	},
	analyzer.ArabicYears,
}

// Numbers and what stands around them.
var (
	ordinalDigits  = regexp.MustCompile(`(第)([1-9][0-9]{0,3})(\p{Han})`)
	ordinalChinese = regexp.MustCompile(`(第)([一二三四五六七八九十百千零〇]+)(\p{Han})`)
	yearDigits     = regexp.MustCompile(`(^|[^0-9.])([12][0-9]{3})(年)`)
)

// rewritten is a text with the numbers of a pattern written in another way, where
// they can be.
func rewritten(pattern *regexp.Regexp, s string, other func(string) string) string {
	return pattern.ReplaceAllStringFunc(s, func(found string) string {
		parts := pattern.FindStringSubmatch(found)
		if number := other(parts[2]); number != "" {
			return parts[1] + number + parts[3]
		}
		return found
	})
}

const chineseDigits = "零一二三四五六七八九"

// digitwise writes each digit in Chinese, with a sign for nought.
func digitwise(digits string, nought rune) string {
	return strings.Map(func(r rune) rune {
		if r == '0' {
			return nought
		}
		return []rune(chineseDigits)[r-'0']
	}, digits)
}

// units are the words for powers of ten, from the highest that is written.
var units = []struct {
	name  rune
	value int
}{{'千', 1000}, {'百', 100}, {'十', 10}, {0, 1}}

// chineseNumber writes a number below 10,000 as it is read: 25 is 二十五, 10 is
// 十, 105 is 一百零五.
func chineseNumber(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return ""
	}
	var b strings.Builder
	gap := false
	for _, u := range units {
		d := n / u.value % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune('零')
		}
		if gap = false; d != 1 || u.name != '十' || b.Len() > 0 {
			b.WriteRune([]rune(chineseDigits)[d])
		}
		if u.name != 0 {
			b.WriteRune(u.name)
		}
	}
	return b.String()
}

// arabicNumber reads what chineseNumber writes, "" for anything else.
func arabicNumber(s string) string {
	n, digit := 0, 0
	for _, r := range s {
		switch value := unitOf(r); {
		case value == 0:
			digit = analyzer.ChineseDigit(r)
		case digit == 0:
			n += value
		default:
			n, digit = n+digit*value, 0
		}
	}
	number := strconv.Itoa(n + digit)
	if chineseNumber(number) != strings.ReplaceAll(s, "〇", "零") {
		return ""
	}
	return number
}

// unitOf is the power of ten that a character means, 0 for another.
func unitOf(r rune) int {
	for _, u := range units {
		if u.name == r {
			return u.value
		}
	}
	return 0
}
