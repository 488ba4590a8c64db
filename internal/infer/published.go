package infer

import (
	"regexp"
	"strings"
	"time"

	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// delivered is the day on which a report was given to a congress, or by a
// head of a government, with what follows it. Dates of other meetings are
// those of events.
var delivered = regexp.MustCompile(`^(?:19|20|二)[\d〇零一二三四五六七八九]{2,3}\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日\s*(?:[\p{Han}\s]{0,6}在.{2,44}(?:代表大会|人大|常委会|常务委员会|主席团).{0,16}会议|[ )]+[\p{Han} ]{0,20}(?:省长|市长|州长|盟长|区长|县长|旗长|镇长|乡长|主任|院长|检察长|局长)(?: |$))`)

// dateLabels are the labels of a fact table that date a document, by weight.
var dateLabels = map[string]float64{
	"发布日期": 12, "发布时间": 12, "公开日期": 11, "公开时间": 11, "生成日期": 11, "公布日期": 11, "公布时间": 11, "发文日期": 10, "印发日期": 10, "发文时间": 10,
	"生成时间": 10, "时间": 10, "日期": 10, "更新时间": 8, "更新日期": 8, "信息时间": 10, "发表时间": 10, "成文日期": 10, "成文时间": 10,
}

// ofDocument are the labels of dates that are the document's own and no page's.
var ofDocument = map[string]bool{"成文日期": true, "成文时间": true, "印发日期": true, "发文日期": true, "发文时间": true}

// dateRunes is how far into a line a date may stand that dates the document.
const dateRunes = 300

// pageLag is how much later than the report a page may be that dates it. What
// comes later is the date of a mirror, or of a site that was moved.
const pageLag = 275 * 24 * time.Hour

// A dateTally weighs the dates of publication, those of the document itself
// apart from those of the page that it stands on.
type dateTally struct {
	own, page poll.Tally
}

func addDate(t *poll.Tally, l parts.Line, f dates.Found, weight float64) {
	t.Add(f.Date.Format(time.DateOnly), weight, l.Span(f.Start, f.End))
}

// dateVotes weighs the dates of publication. Dates in running text are
// dates of events and count for nothing.
//
// latest is the year of the last date that may be that of publication, 0 where
// no date is known.
func dateVotes(d *parts.Document) (votes *poll.Tally, latest int) {
	var t dateTally
	t.facts(d.Facts)
	t.body(d.Lines)
	for _, l := range d.Page {
		for _, f := range dates.Find(l.Text) {
			if parts.PageDate.MatchString(l.Text) {
				addDate(&t.page, l, f, 7)
			}
		}
	}
	for _, l := range d.Title {
		t.title(l)
	}
	for _, f := range dates.Find(d.Path.Text) {
		addDate(&t.page, d.Path, f, 3)
	}
	for _, f := range dates.InAddress(d.Address) {
		t.page.Add(f.Date.Format(time.DateOnly), 3, poll.Spot{})
	}
	for _, of := range []*poll.Tally{&t.own, &t.page} {
		for date := range of.Votes {
			latest = max(latest, dates.YearOf(date))
		}
	}
	return t.joined(), latest
}

func (t *dateTally) facts(facts []parts.Line) {
	for _, l := range facts {
		w := dateLabels[l.Label]
		if w == 0 {
			continue
		}
		to := &t.page
		if ofDocument[l.Label] {
			to = &t.own
		}
		for _, f := range dates.Find(l.Text) {
			addDate(to, l, f, w)
		}
	}
}

// body adds the dates at either end of the body.
func (t *dateTally) body(lines []parts.Line) {
	for i, l := range lines {
		if i > parts.HeadLines && i < len(lines)-parts.TailLines {
			continue
		}
		for _, f := range dates.Find(chars.First(l.Text, dateRunes)) {
			switch {
			case l.Role == parts.Dated && i >= len(lines)/2:
				addDate(&t.own, l, f, 9)
			case i < parts.HeadLines && isDelivered(lines[i:], f):
				addDate(&t.own, l, f, 14)
			case l.Role == parts.Chrome && i < parts.HeadLines:
				addDate(&t.page, l, f, 8)
			case l.Role == parts.Head && organDate.MatchString(l.Text):
				addDate(&t.page, l, f, 7)
			case l.Role == parts.Dated, l.Role == parts.Head && dates.IsLine(l.Text):
				addDate(&t.own, l, f, 7)
			}
		}
	}
}

// organDate is a line above the text of who published it and when: 甲县人民政府 2024年1月8日.
var organDate = regexp.MustCompile(`^\p{Han}{2,20}(?:人民政府|政府|委员会|办公室|局|办事处) +(?:19|20)\d\d ?[-年./] ?\d{1,2} ?[-月./] ?\d{1,2} ?日?$`)

// isDelivered reports whether a date in the first of some lines is the day that
// a report was given on. The sentence may be broken over the lines that follow.
func isDelivered(lines []parts.Line, f dates.Found) bool {
	const broken = 3
	text := lines[0].Text[f.Start:]
	for _, l := range lines[1:min(len(lines), broken)] {
		if delivered.MatchString(text) {
			return true
		}
		if l.Role == parts.Running || strings.HasPrefix(l.Text, "各位") {
			return false
		}
		text += strings.TrimSpace(l.Text)
	}
	return delivered.MatchString(text)
}

// title adds the day that stands in a title: 政府工作报告(2015年1月20日).
func (t *dateTally) title(l parts.Line) {
	for _, f := range dates.Find(l.Text) {
		addDate(&t.own, l, f, 5)
	}
}

// joined is the votes of both, without those of a page that is much later than
// the document says of itself.
func (t *dateTally) joined() *poll.Tally {
	own, err := time.Parse(time.DateOnly, t.own.Guess().Value)
	known := err == nil
	for _, c := range t.page.Ranked() {
		if day, err := time.Parse(time.DateOnly, c.Value); err == nil && known && day.Sub(own) > pageLag {
			continue
		}
		t.own.Ballot(c.Value).Merge(t.page.Votes[c.Value], 1)
	}
	return &t.own
}

// deliveredOn is the day that a report says above its text it was given on, zero
// where it says none.
func deliveredOn(lines []parts.Line) (time.Time, poll.Spot) {
	for i, l := range lines[:min(len(lines), parts.HeadLines)] {
		for _, f := range dates.Find(chars.First(l.Text, dateRunes)) {
			if isDelivered(lines[i:], f) {
				return f.Date, l.Span(f.Start, f.End)
			}
		}
	}
	return time.Time{}, poll.Spot{}
}
