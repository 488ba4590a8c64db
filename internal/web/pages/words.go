package pages

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/picture"
)

// What the pages call the values of fields.
var (
	sortNames = map[baogao.Sort]string{
		baogao.ByRelevance: "相关程度", baogao.ByYearDown: "年份，新的在前", baogao.ByYear: "年份，旧的在前", baogao.ByRegion: "地区",
	}
	fieldNames = map[string]string{
		"region": "地区", "level": "层级", "year": "年份", "kind": "类型", "sure": "置信度", "ocr": "机器识别", "title": "标题", "issuer": "发文机关", "number": "文号", "published": "发布日期",
	}
	originNames = map[string]string{baogao.Inferred: "推断", baogao.Given: "来源给出"}
)

const (
	unknownRegion = "地区不明"
	unknownYear   = "年份不明"
	wholeCountry  = "国家层面" // reports of the country itself
	untitled      = "（无标题）"
)

// valueName is what a value of a field is called; label is the name of a
// region.
func valueName(field, value, label string) string {
	switch {
	case field == "sure":
		return "不低于" + value
	case field == "region" && value != baogao.Unknown && value != baogao.Itself+baogao.CountryCode:
		return cmp.Or(label, value)
	}
	return ask.Chinese.Name(field, value)
}

// yearName is what a year or a span of years is called.
func yearName(value string) string { return ask.Chinese.Name("year", value) }

// yearOf is the year that a report is on, in the word that sets it apart from
// that of its publication.
func yearOf(m baogao.Meta) string {
	if m.Year == 0 {
		return unknownYear
	}
	return strconv.Itoa(m.Year) + "年度"
}

// A fact is what is known of a report. Guess says of one that is not sure how it
// came to be known and how sure it is, and Sure is that number.
type fact struct{ Text, Guess, Sure string }

// facts are what is known of a report in one line: place, year, level, kind,
// number, date.
func facts(m baogao.Meta, sure baogao.Sure) []fact {
	known := map[string]fact{
		"region": {Text: cmp.Or(strings.Join(m.Region.Path, " › "), m.Region.Name, unknownRegion)}, "year": {Text: yearOf(m)},
		"level": {Text: valueName("level", cmp.Or(string(m.Level), baogao.Unknown), "")}, "kind": {Text: valueName("kind", cmp.Or(string(m.Kind), baogao.Unknown), "")},
	}
	for _, f := range sure.All(m) {
		if f.Known && f.IsGuess() {
			known[f.Name] = fact{known[f.Name].Text, cmp.Or(originNames[f.Origin], f.Origin) + "，置信度 " + f.Rounded(), f.Rounded()}
		}
	}
	list := []fact{known["region"], known["year"], known["level"], known["kind"]}
	if m.Number != "" {
		list = append(list, fact{Text: m.Number})
	}
	if m.Published != "" {
		list = append(list, fact{Text: m.Published + " 发布"})
	}
	return list
}

// recognised says that a report was read by machine, and how surely; "" where all is
// text.
func recognised(by *baogao.Recognition) string {
	if by == nil {
		return ""
	}
	return "机器识别 " + strconv.FormatFloat(math.Floor(by.Confidence*100)/100, 'f', 2, 64)
}

// headline is a title in the parts between which its line may break: behind who
// issued the report and before 关于, which says what it is about.
func headline(m baogao.Meta) []string {
	title := shortTitleOf(m)
	cuts := []int{0, len(title)}
	if m.Issuer != "" && strings.HasPrefix(title, m.Issuer) {
		cuts = append(cuts, len(m.Issuer))
	}
	for _, at := range about.FindAllStringIndex(title, -1) {
		cuts = append(cuts, at[0])
	}
	slices.Sort(cuts)
	var parts []string
	for i, cut := range cuts[1:] {
		if part := title[cuts[i]:cut]; part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// about is the word before what a report is about, in either script.
var about = regexp.MustCompile("[关關][于於]")

// longestTitle is how much of a title stands above a report or a hit, in
// characters. All of it is among what is known of the report.
const longestTitle = 120

func shortTitleOf(m baogao.Meta) string { return short(cmp.Or(m.Title, untitled), longestTitle) }

// short is a text up to a number of characters.
func short(text string, limit int) string {
	if letters := []rune(text); len(letters) > limit {
		return string(letters[:limit]) + "…"
	}
	return text
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string { return picture.Grouped(n) }
