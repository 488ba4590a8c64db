package infer

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A yearAt is a year in a line: the bytes from at to end.
type yearAt struct {
	year, at, end int
	marked        bool // 年 follows
}

// yearsIn returns the years of s: four digits from 1949 on, before 年 or, in
// titles and paths, anywhere; in Han numerals always before 年.
func yearsIn(s string, bare bool) []yearAt {
	var list []yearAt
	for i := 0; i+4 <= len(s); i++ {
		y, ok := yearAt{}, false
		switch s[i] {
		case '1', '2':
			y, ok = digitYear(s, i)
		case "一"[0]: // also the first byte of 二
			y, ok = hanYear(s, i)
		}
		if !ok || y.year < 1949 || y.year > 2100 {
			continue
		}
		y.marked = strings.HasPrefix(strings.TrimLeft(s[y.end:], " "), "年")
		if y.marked || bare && y.end == y.at+4 {
			list = append(list, y)
		}
	}
	return list
}

// digitYear reads four digits at byte i that are no part of a longer number.
func digitYear(s string, i int) (yearAt, bool) {
	if i > 0 && isDigit(s[i-1]) || i+4 < len(s) && isDigit(s[i+4]) {
		return yearAt{}, false
	}
	year, err := strconv.Atoi(s[i : i+4])
	return yearAt{year: year, at: i, end: i + 4}, err == nil
}

// hanYear reads 二〇二二 or 一九八三 at byte i.
func hanYear(s string, i int) (yearAt, bool) {
	rest := s[i:]
	if !strings.HasPrefix(rest, "一九") && !strings.HasPrefix(rest, "二") {
		return yearAt{}, false
	}
	four := first(rest, 4)
	if utf8.RuneCountInString(four) != 4 || strings.Trim(four, "〇零一二三四五六七八九") != "" {
		return yearAt{}, false
	}
	return yearAt{year: hanNumber(four), at: i, end: i + len(four)}, true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// A dating is what is known of when a document was issued.
type dating struct {
	published, number     string // "" where unknown
	publishedAt, numberAt spot
	latest                int // year of the last date that may be that of publication, 0 where that is unknown
}

// datingOf takes what is known of the issue from the votes on its date and on
// its number.
func datingOf(published, number *tally) dating {
	d := dating{published: published.guess().Value, number: number.guess().Value}
	d.publishedAt, d.numberAt = published.loudest(d.published), number.loudest(d.number)
	if d.published == "" {
		return d
	}
	for date := range published.votes {
		d.latest = max(d.latest, yearOfDate(date))
	}
	return d
}

// yearOfDate is the year of a date YYYY-MM-DD, 0 of "".
func yearOfDate(date string) int {
	year, _, _ := strings.Cut(date, "-")
	return atoi(year)
}

// A yearTally counts votes for the years a document may report on.
type yearTally struct {
	tally
	doc    *document
	kind   string // of the document
	issued dating
}

// guessYear weighs which year the document reports on.
func guessYear(d *document, kind string, issued dating) Guess {
	t := &yearTally{doc: d, kind: kind, issued: issued}
	for _, l := range d.heads() {
		t.title(l, 12)
	}
	t.title(d.path, 6)
	for _, l := range d.lines {
		t.line(l)
	}
	if kind != other { // a notice or a law reports on no year
		t.dates()
		t.body()
	}
	return t.guess()
}

// vote adds to the votes for a year. The date a report was given or published
// lies in the year after, or in December before: a later year than that is a
// goal or a number.
func (t *yearTally) vote(year int, weight float64, at spot) {
	if t.issued.latest == 0 || year <= t.issued.latest+1 {
		t.add(strconv.Itoa(year), weight, at)
	}
}

// title adds the year of a title. A 政府工作报告 of a year reports on
// the one before, unless it was given in the year after.
func (t *yearTally) title(l line, weight float64) {
	if numberForm.MatchString(l.text) || findDates(l.text) != nil || monthLine.MatchString(l.text) {
		return
	}
	given := yearOfDate(t.issued.published)
	for _, y := range yearsIn(l.text, true) {
		rest := l.text[y.end:]
		switch {
		case isRange(l.text, y), isSpan(l.text, y), l.isQuantity(y), strings.HasPrefix(strings.TrimLeft(strings.TrimPrefix(rest, "年"), " "), "版"):
		case strings.HasPrefix(rest, "年工作回顾"), given == y.year+1:
			t.vote(y.year, weight, l.span(y.at, y.end))
		case strings.Contains(l.text, "政府工作报告"), t.kind == work && l.number == InPath:
			t.vote(y.year-1, weight, l.span(y.at, y.end))
		default:
			t.vote(y.year, weight, l.span(y.at, y.end))
		}
	}
}

// monthLine is the date of a cover: 2022年11月.
var monthLine = regexp.MustCompile(`^\s*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s*$`)

// isRange reports whether a year is an end of a range, such as 2021-2025年 or
// 2021年至2025年, or a limit or a goal: 到2025年, 2030年前, 2035年远景目标.
func isRange(s string, y yearAt) bool {
	before, after := strings.TrimRight(s[:y.at], " "), strings.TrimLeft(s[y.end:], " ")
	if goalForm.MatchString(after) {
		return true
	}
	after = strings.TrimLeft(strings.TrimPrefix(after, "年"), " ")
	for _, w := range []string{"-", "~", "至", "到", "、"} {
		if rest, ok := strings.CutPrefix(after, w); ok && startsYear(strings.TrimLeft(rest, " ")) {
			return true
		}
		if rest, ok := strings.CutSuffix(before, w); ok {
			rest = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(rest, " "), "年"), " ")
			if w == "到" || w == "至" || startsYear(last(rest, 4)) {
				return true
			}
		}
	}
	return hasAnySuffix(before, []string{"截至", "截止", "到", "比", "较", "力争", "于", "面向", "迈向", "走向"}) && !hasAnySuffix(before, []string{"关于", "对于"})
}

// goalForm follows a year that something is to be done by: 2030年前, 2035愿景.
// 2022年前三季度 and 2022年前5个月 are parts of the year.
var goalForm = regexp.MustCompile(`^(?:年?(?:远景|愿景|议程)|年(?:底前|末前|以前|之前|前(?:$|[^一二三四五六七八九十两半几\d期沿述往瞻后])))`)

// isSpan reports whether a year in a title is where something began, 2020年以来,
// or a number of years: 近2000年, 2000年历史的古城.
func isSpan(s string, y yearAt) bool {
	return spanForm.MatchString(strings.TrimLeft(s[y.end:], " ")) ||
		hasAnySuffix(s[:y.at], []string{"自", "从"}) ||
		y.marked && hasAnySuffix(s[:y.at], []string{"近", "逾", "超过", "距今", "具有", "拥有", "有着"})
}

var spanForm = regexp.MustCompile(`^年(?:以来|以后|之后|的?历史(?:$|[的,。!]))`)

// numerals are what years are written in.
const numerals = "0123456789〇零一二三四五六七八九"

func startsYear(s string) bool {
	four := first(s, 4)
	return utf8.RuneCountInString(four) == 4 && strings.Trim(four, numerals) == ""
}

// planWords follow the year that a report plans for; the year before is the
// one it reports on.
var planWords = []string{
	"安排", "打算", "计划", "建议", "目标", "思路", "任务", "要求", "重点", "下步", "下一步", "展望", "谋划",
}

// reviewWords follow the year that is reported on.
var reviewWords = []string{"回顾", "情况", "总结", "成效", "主要工作", "成绩", "法治政府建设", "依法行政"}

// line adds the year of headings and of lines that say what is
// reported: 现将2022年…报告如下.
func (t *yearTally) line(l line) {
	if l.role == head {
		return
	}
	for _, y := range yearsIn(l.text, false) {
		if isRange(l.text, y) {
			continue
		}
		rest := strings.TrimPrefix(strings.TrimLeft(l.text[y.end:], " "), "年")
		if startsDay(rest) {
			continue
		}
		year, weight := yearOfPhrase(l.text[:y.at], rest)
		if t.kind == other && (year != 0 || weight == 0) {
			continue // a notice or a law reports on no year unless it says so
		}
		switch {
		case weight > 0:
		case l.runes <= headRunes/2 && !endsSentence(l.text):
			year, weight = t.heading(l, rest)
		case y.at == 0 && strings.HasPrefix(rest, "是"):
			year, weight = t.opener(l)
		case l.role == opening && atMost(l.text[:y.at], 6):
			weight = 5
		case l.role == opening && containsAny(first(rest, 10), reviewWords):
			weight = 4
		}
		if weight > 0 {
			t.vote(y.year+year, weight, l.span(y.at, y.end))
		}
	}
}

// startsDay reports whether what follows a year makes it the year of a day,
// 2022年3月5日, and not of months: 2022年1月至12月.
func startsDay(rest string) bool {
	month, rest, ok := strings.Cut(first(rest, 9), "月")
	day, _, ok2 := strings.Cut(rest, "日")
	return ok && ok2 && strings.Trim(month+day, " 0123456789一二三四五六七八九十") == ""
}

// yearOfPhrase reads the year between two texts as part of a set phrase. It
// returns what to add to it and the weight, 0 for no such phrase.
func yearOfPhrase(before, rest string) (offset int, weight float64) {
	near := first(rest, 20)
	switch {
	case announced(before) && (strings.Contains(first(rest, 120), "如下") || strings.Contains(first(rest, 40), "情况")):
		return 0, 8
	case containsAny(near, []string{"预期目标", "总体要求", "总体思路", "总体安排", "工作总要求"}):
		return -1, 5
	case hasAnySuffix(before, []string{"刚刚过去的", "过去的", "回首", "回顾", "各位代表!", "各位代表,"}):
		return 0, 4
	case hasAnySuffix(before, []string{"做好", "关于", "对于"}) && strings.HasPrefix(rest, "工作"):
		return -1, 4
	}
	return 0, 0
}

// heading reads the year of a heading: 2023年工作回顾, 2024年重点工作.
// One that says neither is a plan in a work report.
func (t *yearTally) heading(l line, rest string) (offset int, weight float64) {
	switch near := first(rest, 20); {
	case t.kind == work && near == "主要工作":
		return t.opener(l)
	case containsAny(near, planWords):
		return -1, 5
	case containsAny(near, reviewWords):
		return 0, 5
	case t.kind == work && strings.HasPrefix(near, "工作"):
		return -1, 4
	}
	return 0, 0
}

// opener reads 2023年是…开局之年, or 2023年主要工作, which open the review, or
// further down the plan for the year after.
func (t *yearTally) opener(l line) (offset int, weight float64) {
	if l.above*8 < t.doc.runes {
		return 0, 4
	}
	return -1, 4
}

// announced reports whether the text before a year says that a report on it
// follows.
func announced(before string) bool {
	return containsAny(last(before, 16), []string{"现将", "现就"})
}

// dates adds the year before the publication, or its own late in the
// year.
func (t *yearTally) dates() {
	issued := t.issued
	if d, err := time.Parse(time.DateOnly, issued.published); err == nil {
		switch {
		case d.Month() <= time.June:
			t.vote(d.Year()-1, 4, issued.publishedAt)
		case d.Month() >= time.November:
			t.vote(d.Year(), 4, issued.publishedAt)
		default:
			t.vote(d.Year()-1, 2, issued.publishedAt)
			t.vote(d.Year(), 1, issued.publishedAt)
		}
	}
	if _, year, ok := strings.Cut(issued.number, "〔"); ok {
		t.vote(atoi(year[:4])-1, 3, issued.numberAt)
	}
}

// body adds how often the years stand in the body, at most 3 votes
// each, and less in work reports. Ends of ranges, limits and the years of honours do not count.
func (t *yearTally) body() {
	count := map[int]float64{}
	where := map[int]spot{}
	for _, l := range t.doc.lines {
		for _, y := range yearsIn(l.text, false) {
			if isRange(l.text, y) || isHonour(l.text[y.end:]) {
				continue
			}
			if count[y.year]++; count[y.year] == 1 {
				where[y.year] = l.span(y.at, y.end)
			}
		}
	}
	most := 3.0
	if t.kind == work {
		most = 1.5 // the year planned for is named as often
	}
	for year, n := range count {
		t.vote(year, min(most, math.Log2(1+n)), where[year])
	}
}

// isHonour reports whether a year is that of an award: 2022年度省级示范.
func isHonour(after string) bool {
	return hasAnyPrefix(after, []string{"年度省", "年度全国", "年度全省", "年度全市", "年度国家", "年全国", "年度市级", "年度先进"})
}
