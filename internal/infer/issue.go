package infer

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	dateForms = regexp.MustCompile(`(19\d\d|20\d\d)\s?[年\-/.]\s?(\d{1,2})\s?[月\-/.]\s?(\d{1,2})\s?日?`)
	hanDate   = regexp.MustCompile(`([一二][〇零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日`)
	// numberForm is a document number with any bracket: 遂安委(2023)21号.
	numberForm = regexp.MustCompile(`([\p{Han}a-z]{1,14})\s?[(<〈]\s?((?:19|20)\d\d)\s?[)>〉]\s?第?\s?(\d{1,5})\s?号`)
	// addressDate is the date in the address of a page: /202301/t20230120_3810245.html
	addressDate = regexp.MustCompile(`/t?(20\d\d)(\d\d)(\d\d)_`)
	// delivered is the date on which a report was given to a congress, or by a
	// head of a government, with what follows it. Dates of other meetings are
	// those of events.
	delivered = regexp.MustCompile(`^(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:[\p{Han}\s]{0,6}在.{2,40}(?:代表大会|人大).{0,12}会议| +[\p{Han} ]{0,16}(?:省长|市长|州长|盟长|区长|县长|旗长|镇长|乡长)(?: |$))`)
)

// A found is a date in a text with its place in bytes.
type found struct {
	date       time.Time
	start, end int
}

// findDates returns the dates of s in the order they stand, first those in
// digits.
func findDates(s string) []found {
	var list []found
	for _, m := range dateForms.FindAllStringSubmatchIndex(s, -1) {
		list = appendDate(list, s, m, atoi)
	}
	for _, m := range hanDate.FindAllStringSubmatchIndex(s, -1) {
		list = appendDate(list, s, m, hanNumber)
	}
	return list
}

// appendDate adds the date of a match with groups for year, month and day,
// if there is such a day.
func appendDate(list []found, s string, m []int, number func(string) int) []found {
	y, mo, d := number(s[m[2]:m[3]]), number(s[m[4]:m[5]]), number(s[m[6]:m[7]])
	date := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	if date.Year() != y || int(date.Month()) != mo || date.Day() != d {
		return list
	}
	return append(list, found{date: date, start: m[0], end: m[1]})
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

// hanNumber reads 二〇二三, 十, 二十八.
func hanNumber(s string) int {
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

// isDateLine reports whether a line is a date and little else.
func isDateLine(s string) bool {
	list := findDates(s)
	if len(list) != 1 {
		return false
	}
	rest := s[:list[0].start] + s[list[0].end:]
	return strings.Trim(rest, " ()印发") == ""
}

// dateLabels are the labels of a fact table that date a document, by weight.
var dateLabels = map[string]float64{
	"发布日期": 12, "发布时间": 12, "公开日期": 11, "生成日期": 11, "成文日期": 10, "发文日期": 10, "印发日期": 10, "成文时间": 10, "发文时间": 10,
}

// dateRunes is how far into a line a date may stand that dates the document.
const dateRunes = 300

// dateVotes weighs the dates of publication. Dates in running text are
// dates of events and count for nothing.
func dateVotes(d *document) *tally {
	var t tally
	add := func(l line, f found, weight float64) {
		t.add(f.date.Format(time.DateOnly), weight, l.span(f.start, f.end))
	}
	for _, l := range d.facts {
		for _, f := range findDates(l.text) {
			if w := dateLabels[l.label]; w > 0 {
				add(l, f, w)
			}
		}
	}
	for i, l := range d.lines {
		if i > headLines && i < len(d.lines)-tailLines {
			continue
		}
		for _, f := range findDates(first(l.text, dateRunes)) {
			switch {
			case l.role == dated && i >= len(d.lines)/2:
				add(l, f, 9)
			case l.role == dated, l.role == chrome && i < headLines:
				add(l, f, 8)
			case l.role == head && isDateLine(l.text):
				add(l, f, 7)
			case i < headLines && delivered.MatchString(l.text[f.start:]):
				add(l, f, 3)
			}
		}
	}
	for _, f := range findDates(d.path.text) {
		add(d.path, f, 3)
	}
	if m := addressDate.FindStringSubmatchIndex(d.address); m != nil {
		for _, f := range appendDate(nil, d.address, m, atoi) {
			t.add(f.date.Format(time.DateOnly), 3, spot{})
		}
	}
	return &t
}

// numberVotes weighs the document numbers: from the fact table, or a line of its
// own near the top. Numbers cited in sentences are those of others.
func numberVotes(d *document) *tally {
	var t tally
	add := func(l line, weight float64) {
		m := numberForm.FindStringSubmatchIndex(l.text)
		if m == nil {
			return
		}
		value := fmt.Sprintf("%s〔%s〕%s号", l.text[m[2]:m[3]], l.text[m[4]:m[5]], l.text[m[6]:m[7]])
		t.add(value, weight, l.span(m[0], m[1]))
	}
	for _, l := range d.facts {
		if slices.Contains([]string{"文号", "发文字号", "发文文号", "文件编号", "发文号"}, l.label) {
			add(l, 10)
		}
	}
	for _, l := range d.title {
		if endsWithNumber(l.text) {
			add(l, 5)
		}
	}
	for i, l := range d.lines {
		if i < headLines && l.runes <= headRunes && isNumberLine(l.text) {
			add(l, 8)
		}
	}
	return &t
}

// isNumberLine reports whether a line is a document number and little else.
func isNumberLine(s string) bool {
	m := numberForm.FindStringIndex(s)
	if m == nil {
		return false
	}
	before := strings.Trim(s[:m[0]], " ():")
	after := strings.Trim(s[m[1]:], " ()")
	return after == "" && (before == "" || before == "文号" || before == "发文字号")
}

// endsWithNumber reports whether a title carries its number at its end.
func endsWithNumber(s string) bool {
	m := numberForm.FindStringIndex(s)
	return m != nil && m[0] > 0 && strings.Trim(s[m[1]:], " )") == "" && strings.ContainsAny(s[:m[0]], "( ")
}

var issuerLabels = []string{"发布机构", "发文机关", "发文单位", "发布单位", "制发机关", "公开机构", "发布部门", "发文机构", "公开责任部门", "信息来源"}

// guessIssuer weighs who issued the document, as the document writes it.
func guessIssuer(d *document) Guess {
	var t tally
	for _, l := range d.facts {
		if slices.Contains(issuerLabels, l.label) && strings.TrimSpace(l.text) != "" {
			t.add(strings.TrimSpace(l.text), 8, l.at(0, len(l.text)))
		}
	}
	signed, at := signedBy(d.lines)
	if signed != "" {
		t.add(signed, 12, at)
	}
	for _, l := range d.heads() {
		if s, ok := titleIssuer(l.text); ok {
			t.add(s, 10, l.at(strings.Index(l.text, s), len(s)))
		}
	}
	t.mergeIssuers()
	return t.guess()
}

// signedBy joins the organs that sign: the lines of organs next to each other,
// nearest to the end.
func signedBy(lines []line) (string, spot) {
	var organs []string
	var e spot
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		if l.role != signature {
			if len(organs) > 0 {
				break
			}
			continue
		}
		text := strings.TrimSpace(l.text)
		organs = append([]string{text}, organs...)
		e = l.at(strings.Index(l.text, text), len(text))
	}
	return strings.Join(organs, "、"), e
}

// titleIssuer returns the organ before 关于 in a title.
func titleIssuer(title string) (string, bool) {
	before, _, ok := strings.Cut(title, "关于")
	if !ok {
		if before, _, ok = strings.Cut(title, "20"); !ok {
			return "", false
		}
	}
	before = strings.Trim(before, " ")
	if before == "" || !hasAnySuffix(before, organSuffixes) || utf8.RuneCountInString(before) < 3 || strings.ContainsAny(before, "。,;:《") {
		return "", false
	}
	return before, true
}

// mergeIssuers gives the votes of a shorter name to a longer one that ends
// in it: 鼓楼区政府 and 南京市鼓楼区人民政府 are one organ.
func (t *tally) mergeIssuers() {
	short := strings.NewReplacer("人民政府", "政府", "行政公署", "行署", " ", "", "、", "")
	values := slices.SortedFunc(maps.Keys(t.votes), func(a, b string) int {
		return cmp.Or(len(a)-len(b), cmp.Compare(a, b))
	})
	for i, v := range values {
		for _, long := range values[i+1:] {
			if strings.HasSuffix(short.Replace(long), short.Replace(v)) {
				t.move(v, long)
				break
			}
		}
	}
}
