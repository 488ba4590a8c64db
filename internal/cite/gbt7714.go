package cite

import "strings"

// A Reference is an entry of a list of references by GB/T 7714—2015: what stands
// before the date on which the source was read, the date, and the rest. What is
// not online has no date.
type Reference struct{ Before, Read, After string }

// String is the whole entry.
func (r Reference) String() string {
	if r.Read == "" {
		return r.Before + r.After
	}
	return r.Before + "[" + r.Read + "]" + r.After
}

// mostAuthors is how many authors are named by 8.1.2 before 等.
const mostAuthors = 3

// Reference is the entry of a record, by 4.1 and, of what is online, by 4.6:
//
//	责任者. 题名: 文号[Z]. 地, 日期: 段.
//	责任者. 题名: 文号[Z/OL]. 段(发布日期)[引用日期]. 地址.
func (r Record) Reference() Reference {
	var b strings.Builder
	if authors := r.Authors; len(authors) > 0 {
		if len(authors) > mostAuthors {
			authors = append(authors[:mostAuthors:mostAuthors], "等")
		}
		b.WriteString(strings.Join(authors, ", ") + ". ")
	}
	b.WriteString(r.Title)
	if r.Number != "" {
		b.WriteString(": " + r.Number)
	}
	if r.URL == "" {
		b.WriteString("[" + r.Letter + "]")
		if imprint := r.imprint(); imprint != "" {
			b.WriteString(". " + imprint)
		}
		return Reference{Before: b.String(), After: "."}
	}
	b.WriteString("[" + r.Letter + "/OL]. " + r.imprint())
	return Reference{b.String(), r.Read, ". " + r.URL + "."}
}

// imprint is place, date and passage, in that order by 4.1 and 4.6. The date of
// what is online is that of its last change, in parentheses, by 4.6; a year that
// was concluded stands in brackets, by 8.4.3.
func (r Record) imprint() string {
	date, changed := r.Issued, ""
	switch {
	case r.Estimated:
		date = "[" + date + "]"
	case r.URL != "" && date != "":
		date, changed = "", "("+date+")"
	}
	text := r.Place
	for _, next := range []struct{ sign, part string }{{", ", date}, {": ", r.Locator}} {
		if text != "" && next.part != "" {
			text += next.sign
		}
		text += next.part
	}
	return text + changed
}
