package cite

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"baogao"
)

// A Record is what the styles have in common: the parts of a citation, each on
// one line. A part that is not known is empty and left out: nothing stands for
// it, as 8.1.3 allows for authors of numbered lists and 8.4 for electronic
// sources.
type Record struct {
	ID        string   // of the report
	Authors   []string // organs, by 8.1
	Title     string   // without the authors that it repeats; in brackets where it was made, by 7.2
	Made      bool     // the title was made
	Number    string   // document number; a number belongs to the title, by 8.2.3
	Letter    string   // type by appendix B: R is a report, Z anything else
	Place     string   // city, by 8.4.1; of what is not online alone
	Issued    string   // date of publication, YYYY-MM-DD by 8.4.4, or a year; "" is unknown
	Estimated bool     // Issued is a year that was concluded, which stands in brackets by 8.4.3
	Read      string   // date on which the source was read, by 8.4.4; of what is online alone
	URL       string   // by 8.6; "" where there is none
	Locator   string   // of the passage, 第3段: what the source has in place of pages, by 8.5
	Quotation string   // in its marks; "" of a whole report
}

// Record is the parts of the citation of a work whose source is read at a time.
func (w Work) Record(read time.Time) Record {
	r := w.source(read)
	if w.Passage != nil {
		r.Quotation = w.Passage.quotation()
	}
	return r
}

// Reference is the entry of a work in a list of references.
func (w Work) Reference(read time.Time) Reference { return w.source(read).Reference() }

// source is the record without the quotation.
func (w Work) source(read time.Time) Record {
	m := w.Meta
	r := Record{
		ID: m.ID, Authors: w.authors(), Number: oneLine(m.Number), Issued: oneLine(m.Published), URL: address(m.Source),
	}
	r.Title, r.Made = w.title(r.Authors)
	r.Letter = w.letter(r.Title)
	if r.Issued == "" && w.deliveredInYear() {
		r.Issued, r.Estimated = strconv.Itoa(m.Year+1), true
	}
	switch {
	case r.URL != "":
		r.Read = Date(read)
	case w.isWork() && w.Certain.Region:
		r.Place = cityOf(m.Region)
	}
	if w.Passage != nil {
		r.Locator = ParagraphName(w.Passage.Paragraph)
	}
	return r
}

// isWork reports whether a report is certainly one that a government gives to
// its congress.
func (w Work) isWork() bool { return w.Meta.Kind == baogao.Work && w.Certain.Kind }

// deliveredInYear reports whether the year of publication follows from the year
// reported on: a government reports on a year to the congress of the next.
func (w Work) deliveredInYear() bool { return w.isWork() && w.Certain.Year && w.Meta.Year != 0 }

// letter is the type by appendix B. What has a document number is an official
// document, for which there is no letter, whatever it reports: Z. Otherwise R is
// what calls itself a report, or certainly is of a kind of reports.
func (w Work) letter(title string) string {
	const report, other = "R", "Z"
	kind := w.Meta.Kind
	switch {
	case w.Meta.Number != "":
		return other
	case kind != "" && kind != baogao.Other && w.Certain.Kind, callsItselfReport(title):
		return report
	}
	return other
}

// callsItselfReport reports whether a title ends in the word, but for what
// stands in brackets behind it. One that ends in the title of a report, 讨论《政府工作报告》,
// is of something about it.
func callsItselfReport(title string) bool {
	if i := strings.LastIndexAny(title, "（("); i > 0 && strings.Count(title[:i], "《") == strings.Count(title[:i], "》") {
		title = title[:i]
	}
	title = unmarked(strings.TrimRight(title, "]】 "))
	for _, word := range []string{"报告", "報告", "年报", "年報"} {
		if strings.HasSuffix(title, word) {
			return true
		}
	}
	return false
}

// ParagraphName is what a paragraph is called: 第3段.
func ParagraphName(number int) string {
	if number == 0 {
		return "标题"
	}
	return fmt.Sprintf("第%d段", number)
}

// IsAddress reports whether a source can be opened in a browser. Anything but
// a plain web address, such as a script, is text.
func IsAddress(source string) bool {
	u, err := url.Parse(source)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// address is a source if it is an address. What would end the address, or what
// it stands in, is percent-encoded.
func address(source string) string {
	if !IsAddress(source) {
		return ""
	}
	var b strings.Builder
	for _, r := range source {
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`{}\"<>`, r) {
			b.WriteString(url.PathEscape(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// oneLine makes a text one line, without control characters.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool {
		return r != '\u3000' && unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}
