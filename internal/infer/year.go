package infer

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"baogao"
	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// A dating is what is known of when a document was issued.
type dating struct {
	published, number     string // "" where unknown
	publishedAt, numberAt poll.Spot
	latest                int       // year of the last date that may be that of publication, 0 where that is unknown
	delivered             time.Time // to a congress, zero where that is unknown
	deliveredAt           poll.Spot
}

// lookBack is what a report says that looks back on more years than one, or is a form to
// be filled in: 2018年以来公益诉讼检察工作情况, 20xx年工作总结.
var lookBack = regexp.MustCompile(`(?:19|20)\d\d年以来[^,。;]{0,40}(?:情况|工作)|^.{0,12}20(?:xx|××|\*\*|__|〇〇)年`)

// sinceThen reports whether the document tells that it reports on no one year: in its title, or
// where it says what it reports.
func (t *yearTally) sinceThen() bool {
	for _, l := range t.doc.Heads() {
		if lookBack.MatchString(l.Text) {
			return true
		}
	}
	for _, l := range t.doc.WithRole(parts.Opening) {
		if i := strings.Index(l.Text, "现将"); i >= 0 && lookBack.MatchString(l.Text[i:]) {
			return true
		}
	}
	return false
}

// early reports whether a document was issued in the months in which work reports are
// given. What is dated later may be a mirror's.
func (d dating) early() bool {
	day, err := time.Parse(time.DateOnly, d.published)
	return err == nil && day.Month() <= time.April
}

// datingOf takes what is known of the issue from the votes on its date and on
// its number, and the last year that it may be of.
func datingOf(published, number *poll.Tally, latest int) dating {
	d := dating{published: published.Guess().Value, number: number.Guess().Value}
	d.publishedAt, d.numberAt = published.Loudest(d.published), number.Loudest(d.number)
	if d.published == "" {
		return d
	}
	d.latest = latest
	return d
}

// A yearTally counts votes for the years a document may report on.
type yearTally struct {
	poll.Tally
	doc    *parts.Document
	kind   baogao.Kind // of the document
	issued dating
}

// guessYear weighs which year the document reports on.
func guessYear(d *parts.Document, kind baogao.Kind, issued dating) poll.Guess {
	t := &yearTally{doc: d, kind: kind, issued: issued}
	t.issued.delivered, t.issued.deliveredAt = deliveredOn(d.Lines)
	if !t.sinceThen() {
		t.delivered()
	}
	for _, l := range d.Heads() {
		t.title(l, 12)
	}
	t.title(d.Path, 6)
	for _, l := range d.Lines {
		t.period(l)
		t.line(l)
	}
	if t.sinceThen() {
		return t.Guess()
	}
	if kind != baogao.Other { // a notice or a law reports on no year
		t.dates()
		t.body()
	}
	return t.Guess()
}

// vote adds to the votes for a year. The date a report was given or published
// lies in the year after, or in December before: a later year than that is a
// goal or a number.
func (t *yearTally) vote(year int, weight float64, at poll.Spot) {
	if t.issued.latest == 0 || year <= t.issued.latest+1 {
		t.Add(strconv.Itoa(year), weight, at)
	}
}

// title adds the year of a title. A 政府工作报告 of a year reports on
// the one before, unless it was given in the year after. Where a title names
// the year reported on and one that is planned for, the first counts:
// 2019年预算执行情况和2020年预算草案.
func (t *yearTally) title(l parts.Line, weight float64) {
	if monthLine.MatchString(l.Text) {
		return
	}
	text := withoutDates(l.Text)
	years := dates.Years(text, true)
	for i, y := range years {
		rest := text[y.End:]
		bare := strings.TrimLeft(strings.TrimPrefix(rest, "年"), " ")
		switch {
		case dates.IsRange(text, y), dates.IsSpan(text, y), isQuantity(l, y), strings.HasPrefix(bare, "版"), blankDay.MatchString(chars.First(rest, 12)):
		case i > 0 && chars.ContainsAny(bare, plansAhead) && years[0].Year < y.Year:
		default:
			t.vote(t.reportedBy(l, text, y, bare), weight, l.Span(y.At, y.End))
		}
	}
}

// plansAhead follow the second year of a title, which is planned for.
var plansAhead = []string{"草案", "打算", "思路", "计划", "安排", "要点", "建议", "目标", "任务", "谋划", "预算"}

// reportedBy is the year reported on by a title that names year y, with what
// follows it.
func (t *yearTally) reportedBy(l parts.Line, text string, y dates.Year, rest string) int {
	given := dates.YearOf(t.issued.published)
	ofWork := strings.Contains(text, "政府工作报告") || (t.kind == baogao.Work || t.kind == baogao.Congress) &&
		(l.Number == parts.InPath || strings.Contains(text, "工作报告") || strings.Trim(rest, " ()年度") == "" && strings.Trim(text[:y.At], " ()") == "")
	switch {
	case strings.HasPrefix(rest, "工作回顾"), given == y.Year+1 && (!ofWork || t.issued.early()), rest != "" && strings.HasPrefix(rest, "度"):
		return y.Year
	case ofWork && t.givenLate(y.Year):
		return y.Year
	case ofWork:
		return y.Year - 1
	}
	return y.Year
}

// givenLate reports whether a report was given in November or December of a year,
// and so reports on that year.
func (t *yearTally) givenLate(year int) bool {
	d := t.issued.delivered
	return d.Year() == year && d.Month() >= time.November
}

// delivered adds the year before the day that a report was given on, or its own
// late in the year.
func (t *yearTally) delivered() {
	d := t.issued.delivered
	if d.IsZero() || t.kind == baogao.Other || t.kind == baogao.Disclosure {
		return
	}
	year := d.Year() - 1
	if t.givenLate(d.Year()) {
		year = d.Year()
	}
	t.vote(year, 10, t.issued.deliveredAt)
}

// withoutDates blanks the days and the numbers of documents that a title names,
// of as many bytes as they have.
func withoutDates(title string) string {
	for _, f := range dates.Find(title) {
		title = title[:f.Start] + strings.Repeat(" ", f.End-f.Start) + title[f.End:]
	}
	for _, m := range numberForm.FindAllStringIndex(title, -1) {
		title = title[:m[0]] + strings.Repeat(" ", m[1]-m[0]) + title[m[1]:]
	}
	return title
}

// blankDay follows the year of a date that was never filled in: 2014年 月 日.
var blankDay = regexp.MustCompile(`^\s*年?\s*月\s*日|^\s*年\s+月`)

// monthLine is the date of a cover: 2022年11月.
var monthLine = regexp.MustCompile(`^\s*(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s*$`)

// planWords follow the year that a report plans for; the year before is the
// one it reports on.
var planWords = []string{
	"安排", "打算", "计划", "建议", "目标", "思路", "任务", "要求", "重点", "下步", "下一步", "展望", "谋划",
}

// reviewWords follow the year that is reported on.
var reviewWords = []string{"回顾", "情况", "总结", "成效", "主要工作", "成绩", "法治政府建设", "依法行政"}

// period is the time that a report says its figures are of: 自2019年1月1日起至2019年12月31日止.
var period = regexp.MustCompile(`((?:19|20)\d\d)\s?年\s?1\s?月\s?1\s?日\s?起?\s?[,]?\s?(?:至|到|-)\s?(?:((?:19|20)\d\d)\s?年\s?)?12\s?月\s?31\s?日`)

// period adds the year that a report says its figures are of, and the one that it
// says it is made public for: 特向社会公布2021年度.
func (t *yearTally) period(l parts.Line) {
	const ofPeriod, ofNotice = 16, 10
	if t.kind == baogao.Other {
		return
	}
	if !chars.ContainsAny(l.Text, []string{"31", "公布", "公开", "发布", "编制"}) {
		return
	}
	if m := period.FindStringSubmatchIndex(l.Text); m != nil {
		from := l.Text[m[2]:m[3]]
		if m[4] < 0 || l.Text[m[4]:m[5]] == from {
			t.vote(dates.Number(from), ofPeriod, l.Span(m[0], m[1]))
		}
	}
	if m := madePublic.FindStringSubmatchIndex(l.Text); m != nil {
		t.vote(dates.Number(l.Text[m[2]:m[3]]), ofNotice, l.Span(m[0], m[1]))
	}
}

var madePublic = regexp.MustCompile(`(?:公布|公开|发布|编制)[^,。;0-9]{0,16}?((?:19|20)\d\d)\s?年度?[^,。;]{0,20}(?:报告|年报|情况)`)

// line adds the year of headings and of lines that say what is
// reported: 现将2022年…报告如下.
func (t *yearTally) line(l parts.Line) {
	if l.Role == parts.Head {
		return
	}
	for _, y := range dates.Years(l.Text, false) {
		if dates.IsRange(l.Text, y) || dates.IsSpan(l.Text, y) && !t.opensWith(l, y) || blankDay.MatchString(chars.First(l.Text[y.End:], 12)) {
			continue
		}
		rest := strings.TrimPrefix(strings.TrimLeft(l.Text[y.End:], " "), "年")
		if dates.StartsDay(rest) {
			continue
		}
		year, weight := yearOfPhrase(l.Text[:y.At], rest)
		if t.kind == baogao.Other && (year != 0 || weight == 0) {
			continue // a notice or a law reports on no year unless it says so
		}
		switch {
		case weight > 0:
		case l.Runes <= parts.HeadRunes/2 && !chars.EndsSentence(l.Text):
			year, weight = t.heading(l, rest)
		case y.At == 0 && strings.HasPrefix(rest, "是"):
			year, weight = t.opener(l)
		case l.Role == parts.Opening && chars.AtMost(l.Text[:y.At], 6):
			weight = 5
		case l.Role == parts.Opening && chars.ContainsAny(chars.First(rest, 10), reviewWords):
			weight = 4
		}
		if weight > 0 {
			t.vote(y.Year+year, weight, l.Span(y.At, y.End))
		}
	}
}

// opensWith reports whether a yearly report begins with a year: 2019年以来,我镇.
func (t *yearTally) opensWith(l parts.Line, y dates.Year) bool {
	return l.Role == parts.Opening && y.At == 0 && (t.kind == baogao.RuleOfLaw || t.kind == baogao.Work || t.kind == baogao.Disclosure)
}

// yearOfPhrase reads the year between two texts as part of a set phrase. It
// returns what to add to it and the weight, 0 for no such phrase.
func yearOfPhrase(before, rest string) (offset int, weight float64) {
	near := chars.First(rest, 20)
	switch {
	case announced(before) && (strings.Contains(chars.First(rest, 120), "如下") || strings.Contains(chars.First(rest, 40), "情况")):
		return 0, 8
	case chars.ContainsAny(near, []string{"预期目标", "总体要求", "总体思路", "总体安排", "工作总要求"}):
		return -1, 5
	case chars.HasAnySuffix(before, []string{"刚刚过去的", "过去的", "回首", "回顾", "各位代表!", "各位代表,"}):
		return 0, 4
	case chars.HasAnySuffix(before, []string{"做好", "关于", "对于"}) && strings.HasPrefix(rest, "工作"):
		return -1, 4
	}
	return 0, 0
}

// heading reads the year of a heading: 2023年工作回顾, 2024年重点工作.
// One that says neither is a plan in a work report.
func (t *yearTally) heading(l parts.Line, rest string) (offset int, weight float64) {
	switch near := chars.First(rest, 20); {
	case t.kind == baogao.Work && near == "主要工作":
		return t.opener(l)
	case chars.ContainsAny(near, planWords):
		return -1, 5
	case chars.ContainsAny(near, reviewWords):
		return 0, 5
	case t.kind == baogao.Work && strings.HasPrefix(near, "工作"):
		return -1, 4
	}
	return 0, 0
}

// opener reads 2023年是…开局之年, or 2023年主要工作, which open the review, or
// further down the plan for the year after.
func (t *yearTally) opener(l parts.Line) (offset int, weight float64) {
	if l.Above*8 < t.doc.Runes {
		return 0, 4
	}
	return -1, 4
}

// announced reports whether the text before a year says that a report on it
// follows.
func announced(before string) bool {
	return chars.ContainsAny(chars.Last(before, 16), []string{"现将", "现就"})
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
		t.vote(dates.Number(year[:4])-1, 3, issued.numberAt)
	}
}

// body adds how often the years stand in the body, at most 3 votes
// each, and less in work reports. Ends of ranges, limits and the years of honours do not count.
func (t *yearTally) body() {
	count := map[int]float64{}
	where := map[int]poll.Spot{}
	for _, l := range t.doc.Lines {
		for _, y := range dates.Years(l.Text, false) {
			if dates.IsRange(l.Text, y) || dates.IsSpan(l.Text, y) || isHonour(l.Text[y.End:]) || blankDay.MatchString(chars.First(l.Text[y.End:], 12)) {
				continue
			}
			if count[y.Year]++; count[y.Year] == 1 {
				where[y.Year] = l.Span(y.At, y.End)
			}
		}
	}
	most := 3.0
	if t.kind == baogao.Work {
		most = 1.5 // the year planned for is named as often
	}
	const long = 3000 // characters in which a year may stand by chance, where nothing tells the kind
	for year, n := range count {
		if n == 1 && t.kind == "" && t.doc.Runes > long {
			continue
		}
		t.vote(year, min(most, math.Log2(1+n)), where[year])
	}
}

// isHonour reports whether a year is that of an award: 2022年度省级示范.
func isHonour(after string) bool {
	return chars.HasAnyPrefix(after, []string{"年度省", "年度全国", "年度全省", "年度全市", "年度国家", "年全国", "年度市级", "年度先进"})
}
