package infer

import (
	"regexp"
	"strings"
	"time"

	"baogao/internal/infer/dates"
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
	own, page tally
}

func addDate(t *tally, l line, f dates.Found, weight float64) {
	t.add(f.Date.Format(time.DateOnly), weight, l.span(f.Start, f.End))
}

// dateVotes weighs the dates of publication. Dates in running text are
// dates of events and count for nothing.
//
// latest is the year of the last date that may be that of publication, 0 where
// no date is known.
func dateVotes(d *document) (votes *tally, latest int) {
	var t dateTally
	t.facts(d.facts)
	t.body(d.lines)
	for _, l := range d.page {
		for _, f := range dates.Find(l.text) {
			if pageDate.MatchString(l.text) {
				addDate(&t.page, l, f, 7)
			}
		}
	}
	for _, l := range d.title {
		t.title(l)
	}
	for _, f := range dates.Find(d.path.text) {
		addDate(&t.page, d.path, f, 3)
	}
	for _, f := range dates.InAddress(d.address) {
		t.page.add(f.Date.Format(time.DateOnly), 3, spot{})
	}
	for _, of := range []*tally{&t.own, &t.page} {
		for date := range of.votes {
			latest = max(latest, dates.YearOf(date))
		}
	}
	return t.joined(), latest
}

func (t *dateTally) facts(facts []line) {
	for _, l := range facts {
		w := dateLabels[l.label]
		if w == 0 {
			continue
		}
		to := &t.page
		if ofDocument[l.label] {
			to = &t.own
		}
		for _, f := range dates.Find(l.text) {
			addDate(to, l, f, w)
		}
	}
}

// body adds the dates at either end of the body.
func (t *dateTally) body(lines []line) {
	for i, l := range lines {
		if i > headLines && i < len(lines)-tailLines {
			continue
		}
		for _, f := range dates.Find(first(l.text, dateRunes)) {
			switch {
			case l.role == dated && i >= len(lines)/2:
				addDate(&t.own, l, f, 9)
			case i < headLines && isDelivered(lines[i:], f):
				addDate(&t.own, l, f, 14)
			case l.role == chrome && i < headLines:
				addDate(&t.page, l, f, 8)
			case l.role == dated, l.role == head && dates.IsLine(l.text):
				addDate(&t.own, l, f, 7)
			}
		}
	}
}

// isDelivered reports whether a date in the first of some lines is the day that
// a report was given on. The sentence may be broken over the lines that follow.
func isDelivered(lines []line, f dates.Found) bool {
	const broken = 3
	text := lines[0].text[f.Start:]
	for _, l := range lines[1:min(len(lines), broken)] {
		if delivered.MatchString(text) {
			return true
		}
		if l.role == running || strings.HasPrefix(l.text, "各位") {
			return false
		}
		text += strings.TrimSpace(l.text)
	}
	return delivered.MatchString(text)
}

// title adds the day that stands in a title: 政府工作报告(2015年1月20日).
func (t *dateTally) title(l line) {
	for _, f := range dates.Find(l.text) {
		addDate(&t.own, l, f, 5)
	}
}

// joined is the votes of both, without those of a page that is much later than
// the document says of itself.
func (t *dateTally) joined() *tally {
	own, err := time.Parse(time.DateOnly, t.own.guess().Value)
	known := err == nil
	for _, c := range t.page.ranked() {
		if day, err := time.Parse(time.DateOnly, c.Value); err == nil && known && day.Sub(own) > pageLag {
			continue
		}
		t.own.ballot(c.Value).merge(t.page.votes[c.Value], 1)
	}
	return &t.own
}

// deliveredOn is the day that a report says above its text it was given on, zero
// where it says none.
func deliveredOn(lines []line) (time.Time, spot) {
	for i, l := range lines[:min(len(lines), headLines)] {
		for _, f := range dates.Find(first(l.text, dateRunes)) {
			if isDelivered(lines[i:], f) {
				return f.Date, l.span(f.Start, f.End)
			}
		}
	}
	return time.Time{}, spot{}
}
