package outline

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

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
	open   aim = iota // it does not say
	review            // what was done
	plan              // what is to be done
)

// A planner goes through the passages of one report.
type planner struct {
	year    int
	work    bool           // it is a work report
	known   map[string]aim // of headings
	planned bool           // an outermost plan of a work report goes on
	since   string         // the outermost heading below which it began
}

// plans reports whether the next passage stands in what is planned.
func (p *planner) plans(s *baogao.Passage) bool {
	path := s.Section
	if s.Heading > 0 || p.work && isBareHeading(s.Text) {
		path = append(slices.Clip(path), s.Text)
	}
	for i, heading := range path {
		a := p.aim(heading)
		if a == plan {
			if p.work && (i == 0 || s.Heading == 0) {
				p.begin(path)
			}
			return true
		}
		if i == 0 && (a == review && heading != p.since || appendix.MatchString(heading)) {
			p.planned = false
		}
		if a == review {
			break
		}
	}
	if p.work && s.Heading == 0 && announcement.MatchString(analyzer.Fold(firstOf(s.Text, announcementLimit))) {
		p.begin(path)
	}
	return p.planned
}

// begin begins a plan at a place with these headings, which goes on behind them.
func (p *planner) begin(path []string) {
	if p.planned {
		return
	}
	p.planned, p.since = true, ""
	if len(path) > 0 {
		p.since = path[0]
	}
}

// isBareHeading reports whether a paragraph without a mark is a heading that
// names a year: 2024年工作安排.
func isBareHeading(s string) bool {
	return headingShape(s) && !strings.ContainsAny(s, "，,：:") && len(years(arabic(analyzer.Fold(s)))) > 0
}

// aim is what a heading announces.
func (p *planner) aim(heading string) aim {
	a, ok := p.known[heading]
	if !ok {
		a = p.read(arabic(analyzer.Fold(heading)))
		p.known[heading] = a
	}
	return a
}

// The words of headings, folded.
var (
	lookingBack = regexp.MustCompile(`回顾|总结`)
	lookingOn   = regexp.MustCompile(`下一?步|下一?阶段|下一?年|今后|明年|来年|新的一年|打算`)
	tasks       = regexp.MustCompile(`工作(?:安排|计划|思路|谋划|设想|规划|部署|建议|目标|要点)|(?:重点|主要|重大|目标|战略)任务|(?:总体|预期|奋斗|发展|工作|主要)目标|总体(?:要求|思路)`)
	achieved    = regexp.MustCompile(`成效|成绩|成就|成果|完成|落实|执行|开展|进展|做法|情况`)
	appendix    = regexp.MustCompile(`^(?:附件|附录|附錄|附表|名词解释|名詞解釋)`)
)

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
// heading says (存在问题及下一步打算); tasks and arrangements may be those of the
// year reported on, and a heading may tell both what was achieved and what is to
// come, which leaves it open.
func (p *planner) read(s string) aim {
	named := years(s)
	later := p.year > 0 && (slices.ContainsFunc(named, func(year int) bool { return year > p.year }) || nextFive(s) > p.year)
	past := p.year > 0 && !later && beginsWithYear.MatchString(s)
	switch done := achieved.MatchString(s); {
	case strings.HasSuffix(s, "报告"): // a title
		return open
	case lookingBack.MatchString(s), past && !lookingOn.MatchString(s): // 2021年主要工作, of a report on 2021
		return review
	case later && !done, lookingOn.MatchString(s):
		return plan
	case !done && (tasks.MatchString(s) || p.work && strings.Contains(s, "今年")):
		return plan
	}
	return open
}

var (
	yearRange      = `((?:19|20)[0-9]{2})(?:年?[-—~至到]{1,2}((?:19|20)[0-9]{2}))?年`
	arabicYears    = regexp.MustCompile(yearRange + `([0-9]?)`)
	beginsWithYear = regexp.MustCompile(`^(?:[^0-9]{0,5}|[0-9]{1,2}[.、])` + yearRange + `(?:[^0-9]|$)`)
	chineseYears   = regexp.MustCompile(`[一二][〇零一二三四五六七八九]{3}年`)
	fiveYears      = regexp.MustCompile(`十([一二三四五六七八九])五`)
)

// chineseDigits are the digits of years, by their values.
const chineseDigits = "〇一二三四五六七八九"

// arabic writes the years of a folded heading in digits.
func arabic(s string) string {
	return chineseYears.ReplaceAllStringFunc(s, func(year string) string {
		return strings.Map(func(r rune) rune {
			if i := strings.IndexRune(chineseDigits, r); i >= 0 {
				return '0' + rune(i/len("〇"))
			}
			if r == '零' {
				return '0'
			}
			return r
		}, year)
	})
}

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
		year = max(year, firstFive+5*strings.Index(chineseDigits, m[1])/len("〇"))
	}
	return year
}
