// Package dates finds dates and years in folded text, and tells a year that is
// spoken of from the end of a range, a goal and a number of years.
package dates

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	dateForms = regexp.MustCompile(`(19\d\d|20\d\d)\s?[年\-/.]\s?(\d{1,2})\s?[月\-/.]\s?(\d{1,2})\s?日?`)
	// dayFirst is a date as pages of some systems write it: 18.03.2015, 25-06-2020.
	dayFirst = regexp.MustCompile(`(?:^|[^\d./-])(\d{1,2})[./-](\d{1,2})[./-](19\d\d|20\d\d)(?:[^\d./-]|$)`)
	hanDate  = regexp.MustCompile(`([一二][〇零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)
)

// A Found is a date in a text with its place in bytes.
type Found struct {
	Date       time.Time
	Start, End int // bytes
}

// Find returns the dates of s in the order they stand, first those in
// digits.
func Find(s string) []Found {
	var list []Found
	digits, han := strings.ContainsAny(s, "0123456789"), strings.Contains(s, "年")
	if !digits && !han {
		return nil
	}
	for _, m := range dateForms.FindAllStringSubmatchIndex(s, -1) {
		list = appendDate(list, s, m, Number)
	}
	for _, m := range dayFirst.FindAllStringSubmatchIndex(s, -1) {
		list = appendDate(list, s, []int{m[2], m[7], m[6], m[7], m[4], m[5], m[2], m[3]}, Number)
	}
	if !han {
		return list
	}
	for _, m := range hanDate.FindAllStringSubmatchIndex(s, -1) {
		list = appendDate(list, s, m, Han)
	}
	return list
}

// appendDate adds the date of a match with groups for year, month and day,
// if there is such a day.
func appendDate(list []Found, s string, m []int, number func(string) int) []Found {
	y, mo, d := number(s[m[2]:m[3]]), number(s[m[4]:m[5]]), number(s[m[6]:m[7]])
	date := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if date.Year() != y || int(date.Month()) != mo || date.Day() != d {
		return list
	}
	return append(list, Found{Date: date, Start: m[0], End: m[1]})
}

// Number reads digits of any number.
func Number(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// Han reads 二〇二三, 十, 二十八.
func Han(s string) int {
	n := 0
	for i, r := range []rune(s) {
		digit := slices.Index([]rune("〇一二三四五六七八九"), r)
		switch {
		case r == '十' && i == 0:
			n = 10
		case r == '十':
			n *= 10
		case strings.ContainsRune(s, '十'):
			n += digit
		default:
			n = n*10 + max(digit, 0)
		}
	}
	return n
}

// addressForms are the dates in the addresses of pages: /202301/t20230120_3810245.html,
// /art/2026/1/20/art_1_1.html, /2023-02/28/content_1.html.
var addressForms = []*regexp.Regexp{
	regexp.MustCompile(`/t?(20\d\d)(\d\d)(\d\d)[_/.]`),
	regexp.MustCompile(`/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})/`),
	regexp.MustCompile(`/(20\d\d)(\d\d)/(\d\d)/`),
}

// InAddress returns the date that the address of a page tells, none where it
// tells none.
func InAddress(address string) []Found {
	for _, form := range addressForms {
		if m := form.FindStringSubmatchIndex(address); m != nil {
			return appendDate(nil, address, m, Number)
		}
	}
	return nil
}

// IsLine reports whether a line is a date and little else.
func IsLine(s string) bool {
	list := Find(s)
	if len(list) != 1 {
		return false
	}
	rest := s[:list[0].Start] + s[list[0].End:]
	return strings.Trim(rest, " ()印发") == ""
}

// YearOf is the year of a date YYYY-MM-DD, 0 of "".
func YearOf(date string) int {
	year, _, _ := strings.Cut(date, "-")
	return Number(year)
}
