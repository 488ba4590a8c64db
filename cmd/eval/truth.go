package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
	"baogao/internal/eval"
	"baogao/internal/gazetteer"
)

// The labels of collected texts are what a collector wrote down. They are
// facts about the documents by these rules, which look at labels, titles and
// what the text says of itself, and never at what was inferred:
//
//   - Region: the labelled division is right, and under policy papers and laws,
//     which are filed by province, any division inside it.
//   - A text that names neither the labelled division nor a city in it has no
//     clue to the region, nor to the level: there unknown is counted by itself,
//     and an answer is right or wrong as elsewhere. So it is with a
//     text labelled 全国 that names no organ of the country and does not speak
//     of 我国 or 全国, outside the titles that it quotes and the words 党中央、国务院,
//     which stand in local papers too.
//   - A work report in which another unit reports than the label has (我代表区人民政府,
//     under the label of a city) is that of a division inside the label.
//   - A work report reports on the year before that of its title. Resolutions,
//     laws and policy papers report on no year: right is the year their title
//     names, if it is one and not the end of a range, else unknown. The English
//     titles of policy papers are a collector's: there the title is the first
//     line of the text, if that is as short as one; where only the collector's
//     title names a year, or one of them a range, the year is not judged.
//   - Resolutions on a work report, and documents of party congresses, are no
//     reports of a government: their kind is other.
//   - Papers filed under 山东省 whose title names a ministry are 全国, and those
//     filed under 全国 that say 结合山东实际 or the like are that place's.
//   - Court cases among the laws have no region.

// speaker is whom a work report says it is given for.
var speaker = regexp.MustCompile(`我代表[\p{Han}]{0,12}?(市|区|县|旗)人民政府`)

func cityTruth(r record, _ string) eval.Truth {
	t := eval.Truth{Region: fullCode(r.Code), Year: yearOf(r.Title) - 1, Kind: baogao.Work}
	t.Level = gazetteer.LevelOf(t.Region)
	if m := speaker.FindStringSubmatch(r.Text); m != nil && !strings.HasSuffix(r.Region, m[1]) {
		t.Within, t.Level = true, baogao.District
	}
	return t
}

func provinceTruth(r record, _ string) eval.Truth {
	return eval.Truth{Region: codeOf(r.Region), Level: baogao.Province, Year: yearOf(r.Title) - 1, Kind: baogao.Work}
}

func councilTruth(r record, text string) eval.Truth {
	t := eval.Truth{Region: baogao.CountryCode, Level: baogao.Country, Year: eval.NoYear, Kind: baogao.Other}
	if r.Kind == "gwr" {
		t.Year, t.Kind = yearOf(r.Title)-1, baogao.Work
	}
	t.NoClue = noClue(t.Region, text)
	return t
}

// policyTruth is the truth about a policy paper. Most titles are in English.
func policyTruth(r record, text string) eval.Truth {
	t := eval.Truth{Kind: baogao.Other, Year: onlyYear(r.Title), Within: true}
	if isEnglish(r.Title) {
		first := firstLine(r.Text)
		if t.Year = onlyYear(first); t.Year == eval.NoYear && year.MatchString(r.Title+first) {
			t.Year = 0
		}
	}
	t.Region = speaksFor(r)
	t.Level = gazetteer.LevelOf(t.Region)
	if t.Region == "" && r.Region != "" {
		t.Region = codeOf(r.Region) // or a division inside it
	}
	t.NoClue = noClue(t.Region, text)
	return t
}

// speaksFor is the code of the division that a policy paper is known to be of,
// "" where only what it is filed under is known.
func speaksFor(r record) string {
	switch own := ownConditions(r.Text); {
	case own != "":
		return own
	case r.Region == "":
		return titleDivision(r.Title)
	case r.Region == "全国" || ministry.MatchString(r.Title):
		return baogao.CountryCode
	}
	return englishCity(r.Title)
}

// conditions is what local papers say they are made for.
var conditions = regexp.MustCompile(`结合(\p{Han}{2,6})实际`)

// ownConditions is the code of the place that a paper says it is made for, ""
// for none.
func ownConditions(text string) string {
	for _, m := range conditions.FindAllStringSubmatch(text, -1) {
		if code := codeOf(m[1]); code != "" {
			return code
		}
	}
	return ""
}

var ministry = regexp.MustCompile(`Ministry|State Council|National Development|China Securities`)

// englishCity is the code of a city of Shandong that an English title names, ""
// for none.
func englishCity(title string) string {
	for name, code := range map[string]string{"Jinan": "370100", "Qingdao": "370200"} {
		if strings.Contains(title, name) {
			return code
		}
	}
	return ""
}

// lawTruth is the truth about a law. The level is known where the title
// begins with the name of a division that makes laws.
func lawTruth(r record, text string) eval.Truth {
	t := eval.Truth{Year: onlyYear(r.Title), Kind: baogao.Other, Within: true}
	if strings.HasPrefix(r.Category, "案例") {
		return t
	}
	t.Region = codeOf(r.Region)
	switch own := titleDivision(r.Title); {
	case t.Region == baogao.CountryCode:
		t.Level = baogao.Country
	case strings.HasPrefix(own, t.Region[:2]) && makesLaws(own):
		t.Level = gazetteer.LevelOf(own)
	}
	t.NoClue = noClue(t.Region, text)
	return t
}

// makesLaws reports whether a division does: of counties only the autonomous ones, by the Legislation
// Law. 鹤壁市浚县古城保护条例 is of 鹤壁市.
func makesLaws(code string) bool {
	p, ok := gazetteer.ByCode(code)
	return ok && (p.Level() != baogao.District || strings.Contains(p.Name(), "自治"))
}

// titleDivision is the code of the division that a title begins with, "" for
// none.
func titleDivision(title string) string {
	code := ""
	for i := range title {
		if utf8.RuneCountInString(title[:i]) < 3 {
			continue
		}
		if found := gazetteer.Resolve(title[:i]); len(found) == 1 && len(found[0].Code) == 6 {
			code = found[0].Code
		}
	}
	return code
}

// organsOfCountry are words of a document that speaks for the country.
var organsOfCountry = regexp.MustCompile(`国务院|全国|国家[\p{Han}]{0,8}(?:局|委|署|部|办公室)|中华人民共和国|我国|各省|最高人民|中央委员会|(?:工业和信息化|交通运输|科学技术|科技|财政|商务|公安|民政|司法|教育)部`)

// quoted is what every paper quotes.
var quoted = regexp.MustCompile(`《[^》]*》|党中央[、 ]?国务院`)

// noClue reports whether a text names neither the division with a code nor a
// city of it.
func noClue(code, text string) bool {
	if code == baogao.CountryCode {
		return !organsOfCountry.MatchString(quoted.ReplaceAllString(text, ""))
	}
	for i := range 100 {
		p, ok := gazetteer.ByCode(fmt.Sprintf("%s%02d00", code[:2], i))
		if !ok || gazetteer.LevelOf(code) != baogao.Province && i > 0 && p.Code() != code {
			continue
		}
		if name := []rune(p.Name()); strings.Contains(text, string(name[:2])) {
			return false
		}
	}
	return true
}

func fullCode(code string) string { return code + "000000"[min(len(code), 6):] }

func codeOf(region string) string {
	if found := gazetteer.Resolve(region); len(found) > 0 {
		return found[0].Code
	}
	return ""
}

// firstLine is the first line of a text that may be its title, "" for none.
func firstLine(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if utf8.RuneCountInString(first) > 40 || strings.Contains(first, "。") {
		return ""
	}
	return first
}

func isEnglish(title string) bool {
	return !strings.ContainsFunc(title, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

var (
	year      = regexp.MustCompile(`(?:19|20)\d\d`)
	yearRange = regexp.MustCompile(`(?:19|20)\d\d ?年? ?[-－—–至到] ?(?:19|20)?\d\d`)
)

// yearOf is the first year of a title.
func yearOf(title string) int {
	n, _ := strconv.Atoi(year.FindString(title))
	return n
}

// onlyYear is the year of a title that names one, and no range of years.
func onlyYear(title string) int {
	if len(year.FindAllString(title, -1)) != 1 || yearRange.MatchString(title) {
		return eval.NoYear
	}
	return yearOf(title)
}
