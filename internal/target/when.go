package target

import (
	"regexp"
	"strconv"
	"strings"

	"baogao/internal/analyzer"
)

// A mark is a time that a text names for what is planned.
type mark struct {
	at    int  // behind it, in bytes of the text
	year  int  // the last of it; 0 is not sure
	years int  // how many it is of: 5 of “十四五”期间, 1 of 2025年
	named bool // by its number or that of a plan: not 今年
}

// timeWords are the words of time, and what they mean in the plan of a report: the
// first group of a named year, or of a plan of five years, or nothing.
var timeWords = regexp.MustCompile(`(比|较|与|在|从|自|以|对标)?((?:19|20)\d\d)年(以来|的?基础上?|水平)?|(十[一二三四五六]五)["'》]?(时期|期间|末)|(今后|未来)([五5三3])年|([五5三3])年(?:内|行动)|(今年|全年|本年|新的一年)|(明年)`)

// planEnds are the last years of the plans of five years.
var planEnds = map[string]int{"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}

// marks are the times that a folded text names, as the report on a year that was
// published in another, or 0, means them. What is past is none.
func marks(text string, year, published int) (all []mark) {
	for _, at := range timeWords.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if at[2*i] < 0 {
				return ""
			}
			return text[at[2*i]:at[2*i+1]]
		}
		m := mark{at: at[1], years: 1}
		switch {
		case group(2) != "":
			m.named = true
			m.year, _ = strconv.Atoi(group(2))
			if m.year <= year || group(1) != "" && group(1) != "在" || group(3) != "" {
				continue
			}
		case group(4) != "":
			m.named = true
			m.year = planEnds[group(4)]
			if m.year <= year {
				continue
			}
			if group(5) != "末" {
				m.years = 5
			}
		case group(7) != "":
			m.years = count(group(7))
			m.year = year + m.years
		case group(8) != "":
			m.years = count(group(8))
		case group(9) != "":
			m.year = year + 1
		case published == year:
			m.year = year + 1
		}
		all = append(all, m)
	}
	return all
}

// count is the number that a word is.
func count(word string) int {
	if word == "五" || word == "5" {
		return 5
	}
	return 3
}

// setTime tells the year that a target is to be reached in or by, and that it is of
// several: what its sentence says, or a heading above; else the year behind the one
// reported on, if it stands in a plan.
func (f *said) setTime() {
	year := f.Meta.Year
	if year == 0 {
		return
	}
	f.year = 0
	if f.FoundFigure.Year > year {
		f.take(mark{year: f.FoundFigure.Year, years: 1})
		return
	}
	published, _, _ := strings.Cut(f.Meta.Published, "-")
	in, _ := strconv.Atoi(published)
	if all := marks(f.before, year, in); len(all) > 0 {
		last := all[len(all)-1]
		if strings.ContainsAny(f.before[last.at:], "。!?\n") && (last.years > 1 || last.year != year+1) {
			return // a sentence before spoke of another time: whether this one does is not sure
		}
		f.take(last)
		return
	}
	for i := len(f.Section) - 1; i >= 0; i-- {
		if all := marks(analyzer.Fold(f.Section[i]), year, in); len(all) > 0 {
			if len(all) == 1 {
				f.take(all[0])
			}
			return
		}
	}
	if f.Plan {
		f.year = year + 1
	}
}

// several is the period of what is counted over several years.
const several = "several years"

// take takes a time. What is built, or grows, up to a year further on is of all years
// up to it.
func (f *said) take(m mark) {
	f.year = m.year
	if f.period == "" && (m.years > 1 || m.year > f.Meta.Year+1 && (f.started || f.kind == "growth")) {
		f.period = several
	}
}

// isPlanned reports whether a result stands where a time to come is spoken of: behind
// it in its passage, or below a heading that names a plan of years to come.
func (f *said) isPlanned() bool {
	year := f.Meta.Year
	if year == 0 {
		return false
	}
	if all := marks(f.before, year, 0); len(all) > 0 && all[len(all)-1].named {
		return true
	}
	for _, heading := range f.Section {
		for _, m := range marks(analyzer.Fold(heading), year, 0) {
			if m.named && m.years > 1 {
				return true
			}
		}
	}
	return false
}
