package dates

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao/internal/infer/chars"
)

// A Year is a year in a line: the bytes from At to End.
type Year struct {
	Year, At, End int
	Marked        bool // 年 follows
}

// Years returns the years of s: four digits from 1949 on, before 年 or, in
// titles and paths, anywhere; in Han numerals always before 年.
func Years(s string, bare bool) []Year {
	var list []Year
	for i := 0; i+4 <= len(s); i++ {
		y, ok := Year{}, false
		switch s[i] {
		case '1', '2':
			y, ok = digitYear(s, i)
		case "一"[0]: // also the first byte of 二
			y, ok = hanYear(s, i)
		}
		if !ok || y.Year < 1949 || y.Year > 2100 {
			continue
		}
		y.Marked = strings.HasPrefix(strings.TrimLeft(s[y.End:], " "), "年")
		if y.Marked || bare && y.End == y.At+4 {
			list = append(list, y)
		}
	}
	return list
}

// digitYear reads four digits at byte i that are no part of a longer number.
func digitYear(s string, i int) (Year, bool) {
	if i > 0 && isDigit(s[i-1]) || i+4 < len(s) && isDigit(s[i+4]) {
		return Year{}, false
	}
	year, err := strconv.Atoi(s[i : i+4])
	return Year{Year: year, At: i, End: i + 4}, err == nil
}

// hanYear reads 二〇二二 or 一九八三 at byte i.
func hanYear(s string, i int) (Year, bool) {
	rest := s[i:]
	if !strings.HasPrefix(rest, "一九") && !strings.HasPrefix(rest, "二") {
		return Year{}, false
	}
	four := chars.First(rest, 4)
	if utf8.RuneCountInString(four) != 4 || strings.Trim(four, "〇零一二三四五六七八九") != "" {
		return Year{}, false
	}
	return Year{Year: Han(four), At: i, End: i + len(four)}, true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// IsRange reports whether a year is an end of a range, such as 2021-2025年 or
// 2021年至2025年, or a limit or a goal: 到2025年, 2030年前, 2035年远景目标.
func IsRange(s string, y Year) bool {
	before, after := strings.TrimRight(s[:y.At], " "), strings.TrimLeft(s[y.End:], " ")
	if goalForm.MatchString(after) || monthsForm.MatchString(chars.First(after, 24)) {
		return true
	}
	after = strings.TrimLeft(strings.TrimPrefix(after, "年"), " ")
	for _, w := range []string{"-", "~", "至", "到", "、"} {
		if rest, ok := strings.CutPrefix(after, w); ok && startsYear(strings.TrimLeft(rest, " ")) {
			return true
		}
		if rest, ok := strings.CutSuffix(before, w); ok {
			rest = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(rest, " "), "年"), " ")
			if w == "到" || w == "至" || startsYear(chars.Last(rest, 4)) {
				return true
			}
		}
	}
	return chars.HasAnySuffix(before, []string{"截至", "截止", "到", "比", "较", "力争", "于", "面向", "迈向", "走向"}) && !chars.HasAnySuffix(before, []string{"关于", "对于"})
}

// monthsForm follows a year from a month of which on something went on to a later
// one: 2008年1月至2010年5月底.
var monthsForm = regexp.MustCompile(`^年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?[起底份]{0,2}\s?(?:至|到|-)\s?(?:19|20)\d\d\s?年\s?(?:[2-9]|1[01])\s?月`)

// goalForm follows a year that something is to be done by: 2030年前, 2035愿景.
// 2022年前三季度 and 2022年前5个月 are parts of the year.
var goalForm = regexp.MustCompile(`^(?:年?(?:远景|愿景|议程)|年(?:底前|末前|以前|之前|前(?:$|[^一二三四五六七八九十两半几\d期沿述往瞻后])))`)

// IsSpan reports whether a year in a title is where something began, 2020年以来,
// or a number of years: 近2000年, 2000年历史的古城.
func IsSpan(s string, y Year) bool {
	return spanForm.MatchString(chars.First(strings.TrimLeft(s[y.End:], " "), 12)) ||
		chars.HasAnySuffix(s[:y.At], []string{"自", "从"}) ||
		y.Marked && chars.HasAnySuffix(s[:y.At], []string{"近", "逾", "超过", "距今", "具有", "拥有", "有着"})
}

var spanForm = regexp.MustCompile(`^年(?:以来|以后|之后|的?历史(?:$|[的,。!]))`)

// numerals are what years are written in.
const numerals = "0123456789〇零一二三四五六七八九"

func startsYear(s string) bool {
	four := chars.First(s, 4)
	return utf8.RuneCountInString(four) == 4 && strings.Trim(four, numerals) == ""
}

// StartsDay reports whether what follows a year makes it the year of a day,
// 2022年3月5日, and not of months: 2022年1月至12月.
func StartsDay(rest string) bool {
	month, rest, ok := strings.Cut(chars.First(rest, 9), "月")
	day, _, ok2 := strings.Cut(rest, "日")
	return ok && ok2 && strings.Trim(month+day, " 0123456789一二三四五六七八九十") == ""
}
