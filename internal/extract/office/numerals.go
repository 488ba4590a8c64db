package office

import (
	"strconv"
	"strings"
)

// formatNumber writes a number in a format of Word (ST_NumberFormat). A
// format that is not known, or cannot say the number, gives figures.
func formatNumber(n int, format string) string {
	if digits, ok := countingDigits[format]; ok && n > 0 {
		return chineseNumber(n, digits)
	}
	if series, ok := numberSeries[format]; ok && n > 0 && n <= len([]rune(series)) {
		return string([]rune(series)[n-1])
	}
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "decimalFullWidth", "decimalFullWidth2":
		return mapDigits(n, "０１２３４５６７８９")
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return mapDigits(n, "〇一二三四五六七八九")
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperLetter":
		return letter(n, 'A')
	case "lowerLetter":
		return letter(n, 'a')
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	}
	return strconv.Itoa(n)
}

// countingDigits are the formats that count in words: the figures from 0, then
// ten, hundred, thousand and ten thousand.
var countingDigits = map[string]string{
	"chineseCounting":           "〇一二三四五六七八九十百千万",
	"chineseCountingThousand":   "〇一二三四五六七八九十百千万",
	"japaneseCounting":          "〇一二三四五六七八九十百千万",
	"taiwaneseCounting":         "〇一二三四五六七八九十百千萬",
	"taiwaneseCountingThousand": "〇一二三四五六七八九十百千萬",
	"chineseLegalSimplified":    "零壹贰叁肆伍陆柒捌玖拾佰仟万",
	"ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖拾佰仟萬",
}

// numberSeries are the formats that have a character for each number from 1.
var numberSeries = map[string]string{
	"ideographTraditional":         "甲乙丙丁戊己庚辛壬癸",
	"ideographZodiac":              "子丑寅卯辰巳午未申酉戌亥",
	"decimalEnclosedCircle":        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
	"decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
	"decimalEnclosedParen":         "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
	"decimalEnclosedFullstop":      "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
	"ideographEnclosedCircle":      "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}

// chineseNumber writes a number of 1 to 99999 in words: 二十一, 一百〇三.
func chineseNumber(n int, digits string) string {
	d := []rune(digits)
	if n > 99999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	zero := false
	for place := 4; place >= 0; place-- {
		power := [...]int{1, 10, 100, 1000, 10000}[place]
		figure := n / power % 10
		switch {
		case figure == 0:
			zero = b.Len() > 0
			continue
		case zero:
			b.WriteRune(d[0])
			zero = false
		}
		if figure != 1 || place != 1 || b.Len() > 0 || d[1] != '一' {
			b.WriteRune(d[figure])
		}
		if place > 0 {
			b.WriteRune(d[9+place])
		}
	}
	return b.String()
}

func mapDigits(n int, digits string) string {
	d := []rune(digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return d[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var b strings.Builder
	for i, value := range []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1} {
		for n >= value {
			b.WriteString(signs[i])
			n -= value
		}
	}
	return b.String()
}

// letter counts a to z, then aa to zz, as Word does.
func letter(n int, first rune) string {
	if n < 1 || n > 26*8 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}
