package parts

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/gazetteer"
	"baogao/internal/infer/chars"
)

// office is the office of a street that leaves the word out: 泰丰办事处2019年.
var office = regexp.MustCompile(`\p{Han}{2,12}?办事处`)

// officeOf is the office of a street in a text that bears its name without the word for
// it, with the streets of the name, "" for none.
func officeOf(text string) (string, []gazetteer.Place) {
	for _, run := range office.FindAllString(text, -1) {
		for ; utf8.RuneCountInString(run) >= 5; run = run[len(chars.First(run, 1)):] {
			if streets := gazetteer.Named(strings.TrimSuffix(run, "办事处") + "街道"); streets != nil {
				return run, streets
			}
		}
	}
	return "", nil
}

// formerTown is what may be the name of a town, with what stands behind it where the town
// speaks: 雉城镇2008年, 公布中课乡2014年度.
var formerTown = regexp.MustCompile(`(\p{Han}{2,12}?[镇乡])(?:人民政府|政府|党委|党政办|办事处|(?:19|20)\d\d年|在|坚持|以|认真|全面|,|、)`)

// adoptTown finds a town that the document speaks for and that is in the table under
// the name of what it has become, and takes its name for that town wherever it stands.
func (d *Document) adoptTown() {
	for _, list := range [][]Line{d.Title, d.Facts, d.Page, d.Lines} {
		for _, l := range list {
			if l.Role == Running && l.Number >= 0 {
				continue
			}
			text := chars.First(l.Text, 2*HeadRunes)
			if name := former(text); name != "" {
				d.callTown(name, gazetteer.Kin(name))
				return
			}
			if name, streets := officeOf(text); name != "" {
				d.callTown(name, streets)
				return
			}
		}
	}
}

// former is the name of a town in a text that is in the table under another word for
// its unit alone, "" for none.
func former(text string) string {
	for _, m := range formerTown.FindAllStringSubmatchIndex(text, -1) {
		for run := text[m[2]:m[3]]; utf8.RuneCountInString(run) >= 3; run = run[len(chars.First(run, 1)):] {
			if gazetteer.Named(run) == nil && len(gazetteer.Kin(run)) > 0 {
				return run
			}
		}
	}
	return ""
}

// callTown adds a name that stands for one of some towns to the mentions of all lines.
func (d *Document) callTown(name string, towns []gazetteer.Place) {
	for _, list := range [][]Line{d.Title, d.Facts, d.Page, d.Lines} {
		for i := range list {
			if l := &list[i]; strings.Contains(l.Text, name) && !IsAddressee(l.Text) {
				l.call(name, towns)
			}
		}
	}
}

// call adds a town to the mentions of a line wherever its name stands, in the place of
// those that it holds, as one that lies in what is named right before it.
func (l *Line) call(name string, towns []gazetteer.Place) {
	var all []gazetteer.Mention
	left := l.Mentions
	for at := 0; ; {
		n := strings.Index(l.Text[at:], name)
		if n < 0 {
			break
		}
		town := gazetteer.Mention{Start: at + n, End: at + n + len(name), Places: towns}
		at = town.End
		for len(left) > 0 && left[0].Start < town.Start {
			all, left = append(all, left[0]), left[1:]
		}
		for len(left) > 0 && left[0].Start < town.End {
			left = left[1:]
		}
		if above := len(all) - 1; above >= 0 && all[above].End >= town.Start {
			if all[above].End > town.Start {
				continue
			}
			if within := townsOf(towns, all[above].Places); within != nil {
				town.Places, all[above].Inner = within, true
			}
		}
		all = append(all, town)
	}
	l.Mentions = append(all, left...)
}

// townsOf are those of some towns that lie in one of some places, or in what a place
// that has ended has become: the 铜梁区 that was 铜梁县.
func townsOf(towns, above []gazetteer.Place) []gazetteer.Place {
	var within []gazetteer.Place
	for _, p := range towns {
		if slices.ContainsFunc(above, func(q gazetteer.Place) bool { return p.In(q) || Succeeds(p.Parent(), q) }) {
			within = append(within, p)
		}
	}
	return within
}

// Succeeds reports whether a division is what one that has ended has become, by
// its name and its province, or by the beginning of its name and its city: 盘州市 was 盘县.
func Succeeds(p, ended gazetteer.Place) bool {
	return ended.Ended() > 0 && ended.Level() == baogao.District && p.Level() == baogao.District &&
		(p.Stem() == ended.Stem() && p.Code()[:2] == ended.Code()[:2] || p.Ended() == 0 && p.Code()[:4] == ended.Code()[:4] && strings.HasPrefix(p.Stem(), ended.Stem()))
}

// chainTowns reads a town that is named right behind a county in which there is none of
// its name as what that one has become there.
func (l *Line) chainTowns() {
	for i := 1; i < len(l.Mentions); i++ {
		above, m := l.Mentions[i-1], l.Mentions[i]
		if above.Inner || above.End != m.Start || above.Places[0].Level() == baogao.Street || m.Short || m.Places[0].Level() != baogao.Street {
			continue
		}
		if within := townsOf(gazetteer.Kin(l.Text[m.Start:m.End]), above.Places); within != nil {
			l.Mentions[i-1].Inner, l.Mentions[i].Places = true, within
		}
	}
}

// bracketed is what stands between the place that a mirror sets before a title and the
// title: (江苏)2022年太仓市.
// A zone may be a district as well, which stands in brackets behind it: 苏州高新区(虎丘区).
var bracketed = regexp.MustCompile(`^(?:[()\[\]0-9年度 ]{0,12}|(?:高新区|经开区|开发区|新区|高新技术产业开发区|经济技术开发区)\()$`)

// chainHead reads a place that is set before another in a title as what that lies in.
func (l *Line) chainHead() {
	for i := 1; i < len(l.Mentions); i++ {
		above, m := l.Mentions[i-1], l.Mentions[i]
		if above.Inner || above.Places[0] == gazetteer.Country || !bracketed.MatchString(l.Text[above.End:m.Start]) {
			continue
		}
		var within []gazetteer.Place
		for _, p := range m.Places {
			if slices.ContainsFunc(above.Places, func(q gazetteer.Place) bool { return p != q && p.In(q) }) {
				within = append(within, p)
			}
		}
		if within != nil {
			l.Mentions[i-1].Inner, l.Mentions[i].Places = true, within
		}
	}
}
