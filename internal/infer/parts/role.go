package parts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"baogao/internal/infer/chars"
	"baogao/internal/infer/dates"
)

// assignHead marks what stands above the running text and its first lines.
func (d *Document) assignHead() {
	for i := range d.Lines {
		l := &d.Lines[i]
		runs := i >= HeadLines || l.Runes > HeadRunes || isGreeting(l.Text) || chars.EndsSentence(l.Text) || opensReport(l.Text)
		switch {
		case !runs && isPageLine(l.Text):
			l.Role = Chrome
		case !runs && !isHeading(l.Text):
			l.Role = Head
		default:
			for j := i; j < min(i+3, len(d.Lines)); j++ {
				d.Lines[j].Role = Opening
			}
			return
		}
	}
}

// assignTail marks the lines that sign and date, above the attachments if
// there are any.
func (d *Document) assignTail() {
	end := d.attachments()
	for i := end - 1; i >= max(0, end-TailLines); i-- {
		l := &d.Lines[i]
		switch {
		case l.Runes > tailRunes || l.Role == Chrome:
		case dates.IsLine(l.Text):
			l.Role = Dated
		case isOrganLine(l.Text):
			l.Role = Signature
		}
	}
}

// attachments is the index of the first line that begins what is attached to
// a document below its date, or the number of lines.
func (d *Document) attachments() int {
	for i := 1; i < len(d.Lines); i++ {
		text := strings.TrimRight(strings.TrimSpace(d.Lines[i].Text), ":0123456789一")
		if text == "附件" && dates.IsLine(d.Lines[i-1].Text) {
			return i
		}
	}
	return len(d.Lines)
}

func isGreeting(s string) bool {
	return chars.HasAnyPrefix(strings.TrimSpace(s), []string{"各位代表", "现在,我", "各位主任", "各位委员"})
}

// opensReport reports whether a short line is the first sentence of a report:
// 2025年,某街道坚持依法行政,现将有关情况报告如下:
func opensReport(s string) bool {
	return strings.Contains(s, ",") && (LeadingYear.MatchString(s) || strings.Contains(s, "如下"))
}

// isPageLine reports whether a line is part of the page around the text.
func isPageLine(s string) bool {
	s = strings.TrimSpace(s)
	return utf8.RuneCountInString(s) <= 2 ||
		chars.ContainsAny(s, []string{"来源:", "时间:", "发布日期", "本报记者", "字号", "浏览", "打印", "收藏", "当前位置", "首页"})
}

// isHeading reports whether a line is a numbered heading of the body.
func isHeading(s string) bool {
	s = strings.TrimSpace(s)
	return chars.HasAnyPrefix(s, []string{"一、", "(一)", "第一条", "第一章", "1.", "1、"}) || strings.HasSuffix(s, "工作回顾")
}

// isOrganLine reports whether a line names organs of government and nothing
// else.
func isOrganLine(s string) bool {
	s = strings.TrimSpace(s)
	return !strings.ContainsAny(s, "。,;:") && chars.HasAnySuffix(s, OrganSuffixes)
}

// OrganSuffixes end the names of organs.
var OrganSuffixes = []string{
	"人民政府", "政府", "委员会", "办公室", "办公厅", "办事处", "管委会", "行署", "行政公署", "国务院", "委", "局", "厅", "部", "院", "署", "兵团",
}

// IsAddressee reports whether a line says to whom a document goes, which
// names many places and none of them its own.
func IsAddressee(s string) bool {
	s = strings.TrimSpace(s)
	whom, ok := strings.CutSuffix(s, ":")
	if !ok {
		return false
	}
	return strings.HasPrefix(s, "各") ||
		utf8.RuneCountInString(s) <= 25 && chars.HasAnySuffix(strings.TrimRight(whom, ":"), addressees) && !strings.ContainsAny(s, "0123456789。,")
}

// addressees end the names of whom documents go to.
var addressees = []string{
	"委", "政府", "厅", "局", "办", "办公室", "院", "大学", "公司", "集团", "研究所", "中心", "兵团", "代表大会", "人大", "会",
}

// LeadingYear is what may stand before the subject of a first sentence.
var LeadingYear = regexp.MustCompile(`^\s*(?:19|20)\d\d年(?:度|以来)?,?\s*`)

// isLegislation reports whether a text is in articles.
func isLegislation(lines []Line) bool {
	articles := 0
	for _, l := range lines {
		if isArticle(l.Text) {
			articles++
		}
	}
	return articles >= 3 && articles > len(lines)/8
}

// isArticle reports whether a line begins as an article of a law does.
func isArticle(s string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, " #*"), "第")
	if !ok {
		return false
	}
	i := strings.Index(rest, "条")
	return i > 0 && i <= 15 && strings.Trim(rest[:i], "一二三四五六七八九十百零〇0123456789 ") == ""
}
