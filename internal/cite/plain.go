package cite

import (
	"fmt"
	"strings"
	"time"
)

// plain is a sentence as texts on law have it in their notes, with the quotation
// in front:
//
//	“引文”——责任者：《题名》，文号，2023年2月28日，第3段。
func plain(r Record) string {
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	title := r.Title
	if !r.Made {
		title = "《" + innerTitles.Replace(title) + "》"
	}
	if len(r.Authors) > 0 {
		title = strings.Join(r.Authors, "、") + "：" + title
	}
	add(title)
	add(r.Number)
	add(r.Place)
	add(r.date())
	add(r.Locator)
	add(r.URL)
	if r.Read != "" {
		add(inWords(r.Read) + "访问")
	}
	text := strings.Join(parts, "，") + "。\n"
	if r.Quotation != "" {
		text = r.Quotation + "——" + text
	}
	return text
}

// innerTitles are the marks of titles in a title, by section 4.15 of GB/T 15834—2011.
var innerTitles = strings.NewReplacer("《", "〈", "》", "〉", "〈", "《", "〉", "》")

func (r Record) date() string {
	if r.Estimated {
		return "[" + r.Issued + "年]"
	}
	return inWords(r.Issued)
}

// inWords is a date in Chinese. One that is none stays as it is.
func inWords(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}
