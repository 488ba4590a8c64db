package outline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
)

// Reports tell what was done and what is to be done. Which of the two a passage
// tells stands in the headings above it: 2024年工作安排 in a report on 2023,
// 下一步打算. A heading that looks back (2023年工作回顾, 重点任务完成情况) never
// announces a plan.

// MarkPlans says of each of the passages of a report, in their order, whether it
// stands in what is planned. The year is the one reported on, 0 where it is not
// known. In a work report all that follows the first outermost plan is one, up to
// a review: its parts are numbered anew, as if they stood beside it.
func MarkPlans(passages []baogao.Passage, year int, kind baogao.Kind) {
	p := planner{year: year, work: kind == baogao.Work, known: map[string]aim{}}
	for i := range passages {
		if !passages[i].Title {
			passages[i].Plan = p.plans(&passages[i])
		}
	}
}

// An aim is what a heading announces.
type aim uint8

const (
	open      aim = iota // it does not say
	review               // what was done
	plan                 // what is to be done
	appointed            // what is to be done in a later year, which it names
)

// A planner goes through the passages of one report.
type planner struct {
	year    int
	work    bool           // it is a work report
	known   map[string]aim // of headings
	planned bool           // an outermost plan of a work report goes on
	annexed bool           // an annex goes on
	since   string         // the outermost heading below which the plan or annex began

	untitled bool // the last passage was the number of an annex and no more
}

// plans reports whether the next passage stands in what is planned.
func (p *planner) plans(s *baogao.Passage) bool {
	path := s.Section
	if s.Heading > 0 {
		path = append(slices.Clip(path), s.Text)
	}
	if p.annexes(s, path) {
		return false
	}
	if p.work && s.Heading == 0 && isBareHeading(s.Text) {
		path = append(slices.Clip(path), s.Text)
	}
	reviewed := false
	for i, heading := range path {
		a := p.aim(heading)
		if a == appointed || a == plan && !reviewed {
			if p.work && (i == 0 || s.Heading == 0) {
				p.begin(path)
			}
			return true
		}
		if i == 0 && a == review && heading != p.since {
			p.planned = false
		}
		reviewed = reviewed || a == review
	}
	if p.work && s.Heading == 0 && announcement.MatchString(analyzer.Fold(firstOf(s.Text, announcementLimit))) {
		p.begin(path)
	}
	return p.planned
}

// begin begins a plan at a place with these headings, which goes on behind them.
func (p *planner) begin(path []string) { p.planned, p.since = true, outermost(path) }

// annexes reports whether a passage with these headings stands in an annex. An
// annex goes on up to another outermost heading that announces something: in
// plain text it stands below the last heading of what it is an annex of. What is
// called by its own title what is to be done (附件1, 2026年民生实事) is a plan of a
// work report like others, and no annex.
func (p *planner) annexes(s *baogao.Passage, path []string) bool {
	untitled := p.untitled
	p.untitled = false
	if n := annexMark(s.Text); n > 0 {
		p.annexed, p.planned, p.since = true, false, outermost(s.Section)
		title := strings.TrimSpace(s.Text[n:])
		p.untitled = title == "" // of its line
		if p.work && p.aim(title) >= plan {
			p.annexed, p.planned = false, true
		}
		return p.annexed
	}
	first := outermost(path)
	if _, level := marker(first); level <= 1 && first != p.since && p.aim(first) != open { // no entry of a glossary
		p.annexed = false
	}
	if untitled && p.work && isBareHeading(s.Text) && p.aim(s.Text) >= plan {
		p.annexed = false
	}
	return p.annexed
}

// outermost is the first heading of a path, "" if there is none.
func outermost(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[0]
}

// isBareHeading reports whether a paragraph without a mark is a heading that
// names a year: 2024年工作安排.
func isBareHeading(s string) bool {
	return headingShape(s) && !strings.ContainsAny(s, "，,：:") && len(years(analyzer.ArabicYears(analyzer.Fold(s)))) > 0
}

// aim is what a heading announces.
func (p *planner) aim(heading string) aim {
	a, ok := p.known[heading]
	if !ok {
		a = p.read(analyzer.ArabicYears(analyzer.Fold(heading)))
		p.known[heading] = a
	}
	return a
}

// The words of headings, folded.
var (
	lookingBack = regexp.MustCompile(`回顾|总结`)
	tasks       = regexp.MustCompile(`工作(?:安排|计划|思路|谋划|设想|规划|部署|建议|目标|要点)|(?:重点|主要|重大|目标|战略)任务|(?:总体|预期|奋斗|发展|工作|主要)目标|总体(?:要求|思路)`)
	achieved    = regexp.MustCompile(`成效|成绩|成就|成果|完成|落实|执行|开展|进展|做法|情况`)
	carriedOut  = regexp.MustCompile(`(?:落实|完成|执行|实施|办理|推进|贯彻|开展|整改)的?(?:情况|成效|成果|结果|效果|进度)|进展|完成$`)
)

// Words of what is to come, and words of the year that a work report turns to.
var (
	toCome = []word{
		{regexp.MustCompile(`下一?(?:步|阶段|年)`), "以之地线天乡名旗上往如底脚部辖门手时", "行道骤入龄均产轻"},
		{regexp.MustCompile(`明年`), "文证说透光声表发鲜聪昆三英阐申查照注标指简清严贤黎开高启分辨", "均度鉴龄味货"},
		{regexp.MustCompile(`来年`), "年近以历往从未原本向后将到带起下上出进过回月日周季", "均度鉴龄味货"},
		{regexp.MustCompile(`今后`), "迄至如当古现", "续备勤"},
		{regexp.MustCompile(`新的一年`), "创革更", ""},
		{regexp.MustCompile(`打算`), "主拨攻精", "力法"},
	}
	thisYear = []word{{regexp.MustCompile(`今年`), "迄当现古", "均以来"}}
)

// A word is looked for where its characters are no parts of two others: 来年 is
// none in 近年来年均, nor 明年 in 文明年度.
type word struct {
	pattern   *regexp.Regexp
	notBehind string // characters that make another word of its first
	notBefore string // likewise of its last
}

// lastOf is where, in bytes, the last of some words ends in a text, -1 if there
// is none.
func lastOf(words []word, s string) int {
	last := -1
	for _, w := range words {
		for _, at := range w.pattern.FindAllStringIndex(s, -1) {
			before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
			behind, _ := utf8.DecodeRuneInString(s[at[1]:])
			if !strings.ContainsRune(w.notBehind, before) && !strings.ContainsRune(w.notBefore, behind) {
				last = max(last, at[1])
			}
		}
	}
	return last
}

// How an annex begins: with its number, and a sign or nothing behind it, or with
// a line that says what it is.
var (
	annexNumber = regexp.MustCompile(`^[（(【\[]?附 {0,2}[件录錄表图圖注]? {0,2}[一二三四五六七八九十0-9０-９]{0,3}(?:[）)】\]]|[:：.．、\s]|$)[:：.．、\s]*`)
	annexTitle  = regexp.MustCompile(`^附[件录錄表][一二三四五六七八九十0-9０-９《]|(?:名词|名詞|用语|用語|术语|術語|词语|詞語)(?:解释|解釋|注释|註釋|释义|釋義|说明|說明)$`)
)

// annexMark is how many bytes of a passage the number takes by which an annex
// begins, all of them where it is the title of one, 0 where none begins.
func annexMark(text string) int {
	if at := annexNumber.FindStringIndex(text); at != nil {
		return at[1]
	}
	if headingShape(text) && annexTitle.MatchString(strings.Join(strings.Fields(text), "")) {
		return len(text)
	}
	return 0
}

// announcement is the sentence, within the first announcementLimit characters of
// a paragraph, by which a work report without a heading there turns to the year
// to come.
var announcement = regexp.MustCompile(`^[^。;]{0,12}今年[^。;,:]{0,20}(?:总体要求|主要(?:预期)?目标|预期目标|工作思路|目标任务)`)

const announcementLimit = 50

// firstOf are the first n characters of a text.
func firstOf(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// read reads a folded heading. What is yet to come is planned, whatever else the
// heading says (存在问题及下一步打算), unless it goes on to what came of it
// (下一步打算落实情况); tasks and arrangements may be those of the year reported
// on, and a heading may tell both what was achieved and what is to come, which
// leaves it open.
func (p *planner) read(s string) aim {
	named := years(s)
	later := p.year > 0 && (slices.ContainsFunc(named, func(year int) bool { return year > p.year }) || nextFive(s) > p.year)
	past := p.year > 0 && !later && beginsWithYear.MatchString(s)
	at := lastOf(toCome, s)
	ahead := at >= 0 && !carriedOut.MatchString(s[at:])
	back, done, task := lookingBack.MatchString(s), achieved.MatchString(s), tasks.MatchString(s)
	switch {
	case strings.HasSuffix(s, "报告"), back && later && task: // a title; 2022年总结和2023年工作计划
		return open
	case back, past && !ahead: // 2021年主要工作, of a report on 2021
		return review
	case later && !done && task:
		return appointed
	case later && !done, ahead:
		return plan
	case !done && at < 0 && (task || p.work && lastOf(thisYear, s) >= 0):
		return plan
	}
	return open
}

var (
	yearRange      = `((?:19|20)[0-9]{2})(?:年?[-—~至到]{1,2}((?:19|20)[0-9]{2}))?年`
	arabicYears    = regexp.MustCompile(yearRange + `([0-9]?)`)
	beginsWithYear = regexp.MustCompile(`^(?:[^0-9]{0,5}|[0-9]{1,2}[.、])` + yearRange + `(?:[^0-9]|$)`)
	fiveYears      = regexp.MustCompile(`十([一二三四五六七八九])五`)
)

// years are the years that a folded heading names in digits, but for those of
// dates.
func years(s string) (named []int) {
	for _, m := range arabicYears.FindAllStringSubmatch(s, -1) {
		for _, year := range m[1:3] {
			if n, err := strconv.Atoi(year); err == nil && m[3] == "" {
				named = append(named, n)
			}
		}
	}
	return named
}

// firstFive is the year in which the plan called 十五 began. Each further one
// covers the five years that follow: 十四五 begins in 2021.
const firstFive = 2001

// nextFive is the year in which the last of the five-year plans begins that a
// folded heading names, 0 if it names none.
func nextFive(s string) (year int) {
	for _, m := range fiveYears.FindAllStringSubmatch(s, -1) {
		year = max(year, firstFive+5*analyzer.ChineseDigit([]rune(m[1])[0]))
	}
	return year
}
