package cite

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/analyzer"
)

// title is the title of a work as published, by 8.2, without the authors and
// the document number where it repeats them: both have a place of their own.
// Where there is none it is made of what is known, guesses among it, in brackets,
// by 7.2.
func (w Work) title(authors []string) (title string, made bool) {
	title = oneLine(w.Meta.Title)
	if title == "" {
		return madeTitle(w.Meta), true
	}
	return withoutAuthors(unmarked(withoutNumber(title, w.Meta.Number)), authors), false
}

// unmarked drops title marks around all of a title: 《关于乙的报告》.
func unmarked(title string) string {
	inner, opens := strings.CutPrefix(title, "《")
	inner, closes := strings.CutSuffix(inner, "》")
	if opens && closes && inner != "" && !strings.ContainsAny(inner, "《》") {
		return inner
	}
	return title
}

// genres are what works without a title are called.
var genres = map[baogao.Kind]string{
	baogao.RuleOfLaw: "法治政府建设情况报告", baogao.Work: "政府工作报告", baogao.Disclosure: "政府信息公开工作年度报告",
	baogao.Statistics: "国民经济和社会发展统计公报", baogao.Budget: "预算与计划执行情况报告", baogao.Congress: "工作报告",
}

// madeTitle says of a work without a title what it is: [锦江区政府工作报告（2022年度）].
func madeTitle(m baogao.Meta) string {
	genre := genres[m.Kind]
	switch {
	case genre == "":
		genre = "文件"
	case m.Kind == baogao.Work && isOffice(m.Region):
		genre = "工作报告" // of what is no government
	}
	place := m.Region.Name
	if n := len(m.Region.Path); n > 0 {
		place = m.Region.Path[n-1]
	}
	if m.Region.Code == baogao.CountryCode {
		place = "国务院"
	}
	year := ""
	if m.Year != 0 {
		year = "（" + strconv.Itoa(m.Year) + "年度）"
	}
	return "[" + oneLine(place) + genre + year + "]"
}

// withoutNumber drops a document number that stands in brackets at the end.
func withoutNumber(title, number string) string {
	if number == "" {
		return title
	}
	head, tail := []rune(title), []rune("("+strings.TrimSpace(analyzer.Fold(number))+")")
	if at := len(head) - len(tail); at > 0 && bare(analyzer.Fold(string(head[at:]))) == bare(string(tail)) {
		return strings.TrimSpace(string(head[:at]))
	}
	return title
}

// bare makes the brackets of a folded document number alike.
var bare = strings.NewReplacer("〔", "(", "〕", ")", "[", "(", "]", ")", "<", "(", ">", ")").Replace

// acts are what the organ in front of a title does, folded.
var acts = []string{"关于", "对", "转发", "印发", "批转"}

// withoutAuthors drops the organs in front of a title, or short forms of them,
// if all of them are among the authors and the title goes on with what they do
// or with the year: 甲县人民政府关于…, 甲县政府2022年度….
func withoutAuthors(title string, authors []string) string {
	letters, folded := []rune(title), []rune(analyzer.Fold(title))
	for at := 1; at < len(folded); at++ {
		if !goesOn(folded[at:], folded[at-1]) {
			continue
		}
		front := organs(string(letters[:at]))
		repeats := func(organ string) bool { return isAmong(organ, authors) }
		if len(front) > 0 && !slices.ContainsFunc(front, func(o string) bool { return !repeats(o) }) {
			return strings.TrimSpace(string(letters[at:]))
		}
	}
	return title
}

// goesOn reports whether what follows an organ in a folded title can stand
// without it, and says something. before is the character in front of it.
func goesOn(rest []rune, before rune) bool {
	if unicode.IsDigit(rest[0]) {
		return len(rest) > 5 && !unicode.IsDigit(before) && strings.ContainsRune("年-", rest[4])
	}
	return slices.ContainsFunc(acts, func(act string) bool {
		on, does := strings.CutPrefix(string(rest), act)
		return does && on != ""
	})
}

// isAmong reports whether an organ is one of some authors, in either script and
// also by the end of its name or with 政府 for 人民政府.
func isAmong(organ string, authors []string) bool {
	name := shortOrgan(organ)
	return len(name) > 0 && slices.ContainsFunc(authors, func(a string) bool {
		return strings.HasSuffix(shortOrgan(a), name)
	})
}

func shortOrgan(organ string) string {
	return shortForms.Replace(analyzer.Fold(strings.TrimSpace(organ)))
}

var shortForms = strings.NewReplacer("人民政府", "政府", "行政公署", "行署", " ", "")
