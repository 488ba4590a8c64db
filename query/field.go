package query

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Fields lists the names that can stand before a colon. Of these, year makes
// Years and within sets the Scope of the Query; the others make a Field.
var Fields = []string{"region", "level", "year", "kind", "title", "issuer", "number", "section", "plan", "sure", "ocr", "within"}

// fieldWords has the Chinese words for the names.
var fieldWords = spellings{
	{"region", "地区 地區"},
	{"level", "层级 層級 级别 級別"},
	{"year", "年份 年度"},
	{"kind", "类型 類型"},
	{"title", "标题 標題"},
	{"issuer", "发文机关 發文機關"},
	{"number", "文号 文號"},
	{"section", "章节 章節"},
	{"plan", "计划 計劃"},
	{"sure", "置信度 把握"},
	{"ocr", "机器识别 機器識別"},
	{"within", "范围 範圍"},
}

// isFreeText reports whether a field takes any text: parentheses and quotes
// that touch it belong to it, as in 鼓政(2023)15号.
func isFreeText(name string) bool {
	return name == "title" || name == "issuer" || name == "number" || name == "section"
}

// takesList reports whether a field takes several values at once. Those that
// take any text do not: a comma may stand in it.
func takesList(name string) bool {
	return !isFreeText(name) && name != "sure" && name != "ocr" && name != "within"
}

// separators stand between the values of a list.
const separators = ",，、;；"

// List returns the values of a list, 2022、2023 or 四川,重庆, without the blanks
// around them. What holds no value is one by itself.
func List(text string) []string {
	var values []string
	for v := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if v = strings.TrimSpace(v); v != "" {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return []string{text}
	}
	return values
}

// Years outside these bounds, both included, are taken for slips of the finger.
const (
	firstYear = 1900
	lastYear  = 2100
)

// The value unknown asks for reports of which a field is not known.
const (
	unknown      = "unknown"
	unknownWords = "未知 不明 不详 不詳"
)

var unknowns = spellings{{unknown, unknownWords}}

// spellings maps the canonical value of a field to the other words for it,
// Simplified and Traditional.
type spellings []struct{ canonical, others string }

var levels = spellings{
	{"country", "国家 國家 全国 全國 中央"},
	{"province", "省 省级 省級 自治区 自治區 直辖市 直轄市"},
	{"city", "市 市级 市級 地级市 地級市 地市 州 自治州 盟 地区 地區"},
	{"district", "county 区 區 县 縣 区县 區縣 县区 縣區 区级 區級 县级 縣級 县级市 縣級市 市辖区 市轄區 旗"},
	{"street", "town township 街道 街道办 街道辦 街道办事处 街道辦事處 乡 鄉 镇 鎮 乡镇 鄉鎮 镇街 鎮街 街镇 街鎮 乡级 鄉級 乡镇街道 鄉鎮街道"},
	{unknown, unknownWords},
}

var kinds = spellings{
	{"rule-of-law", "法治 法治政府 法治政府建设 法治政府建設 法治政府建设报告 法治政府建設報告 法治政府建设年度报告 法治政府建設年度報告"},
	{"work", "工作 政府工作 工作报告 工作報告 政府工作报告 政府工作報告"},
	{"disclosure", "信息公开 政务公开 政府信息公开 信息公开年报 政府信息公开年报 政府信息公开年度报告 政府信息公开工作年度报告 政府信息公開工作年度報告 信息公開 政府信息公開 政務公開"},
	{"statistics", "统计 統計 统计公报 統計公報 国民经济和社会发展统计公报 國民經濟和社會發展統計公報"},
	{"budget", "预算 預算 决算 決算 预算执行 預算執行 计划执行 計劃執行 预算报告 預算報告 决算报告 決算報告 预决算 預決算"},
	{"congress", "人大 人大常委会 人大常委會 法院 检察院 檢察院 人大工作报告 人大工作報告 法院工作报告 法院工作報告 检察院工作报告 檢察院工作報告 两院报告 兩院報告"},
	{"other", "其他 其它"},
	{unknown, unknownWords},
}

// Yes and No are the values of the field plan: passages that stand in what is
// planned, and those that do not; and of the field ocr: reports that were read by
// machine, in part or as a whole, and those that were not.
const (
	Yes = "yes"
	No  = "no"
)

var plans = spellings{
	{Yes, "是 计划 計劃"},
	{No, "否 非计划 非計劃"},
}

var readings = spellings{
	{Yes, "是 机器识别 機器識別"},
	{No, "否 非机器识别 非機器識別"},
}

var scopes = spellings{
	{string(Sentence), "句 句子 同句 一句"},
	{string(Passage), "段 段落 同段 一段"},
	{string(Report), "篇 全文 同篇 一篇 报告 報告"},
}

// canonical returns the canonical value that s spells.
func (sp spellings) canonical(s string) (string, bool) {
	s = strings.ToLower(halfWidth(strings.TrimSpace(s)))
	for _, row := range sp {
		if s == row.canonical || s != "" && holdsWord(row.others, s) {
			return row.canonical, true
		}
	}
	return "", false
}

// holdsWord reports whether a word is one of some with blanks between them.
func holdsWord(words, word string) bool {
	for at := 0; ; {
		i := strings.Index(words[at:], word)
		if i < 0 {
			return false
		}
		from, end := at+i, at+i+len(word)
		if (from == 0 || words[from-1] == ' ') && (end == len(words) || words[end] == ' ') && !strings.Contains(word, " ") {
			return true
		}
		at = end
	}
}

// ParseLevel reads a level of government, country, province, city, district,
// street or unknown, or a Chinese word for one, and returns the English one.
func ParseLevel(s string) (string, bool) { return levels.canonical(s) }

// ParseKind reads a kind of report, rule-of-law, work, other or unknown, or a
// Chinese word for one, and returns the English one.
func ParseKind(s string) (string, bool) { return kinds.canonical(s) }

// decimals is how many of them a confidence has.
const decimals = 6

// ParseSure reads a confidence: a number from 0 to 1, 0.8, or a part of a hundred,
// 80%. More than six decimals are rounded.
func ParseSure(s string) (confidence float64, ok bool) {
	digits, percent := strings.CutSuffix(strings.TrimSpace(halfWidth(s)), "%")
	if strings.Trim(digits, "0123456789.") != "" {
		return 0, false // no signs, exponents or names of numbers
	}
	confidence, err := strconv.ParseFloat(digits, 64)
	if percent {
		confidence /= 100
	}
	scale := math.Pow10(decimals)
	return math.Round(confidence*scale) / scale, err == nil && confidence <= 1
}

// printedSure writes a confidence as ParseSure reads it.
func printedSure(confidence float64) string { return strconv.FormatFloat(confidence, 'f', -1, 64) }

// ParseOCR reads yes or no, or a Chinese word for one.
func ParseOCR(s string) (string, bool) { return readings.canonical(s) }

// ParseScope reads sentence, passage or report, or a Chinese word for one.
func ParseScope(s string) (Scope, bool) {
	scope, ok := scopes.canonical(s)
	return Scope(scope), ok
}

// IsUnknown reports whether a value asks for reports of which a field is not
// known: unknown, or a Chinese word for it.
func IsUnknown(s string) bool {
	_, ok := unknowns.canonical(s)
	return ok
}

// ParseYears reads 2022, 2020..2024, 2020.., ..2024 or unknown. Digits and
// dots may be full-width, a year may be followed by 年 or 年度, and a range of
// two years may be written with a dash, a tilde, 至 or 到. The ends of a range
// may stand in either order. Years are between 1900 and 2100.
func ParseYears(s string) (Years, error) {
	y, _, err := readYears(s)
	return y, err
}

// yearMarks stand between the ends of a range, longer ones before those they
// begin with. open marks may lack an end: with a dash that would rather be a
// slip.
var yearMarks = []struct {
	mark string
	open bool
}{
	{"..", true}, {"。。", true},
	{"——", false}, {"—", false}, {"–", false}, {"-", false}, {"−", false},
	{"~", false}, {"至", false}, {"到", false},
}

// readYears is ParseYears and reports whether the ends were turned round.
func readYears(s string) (y Years, turned bool, err error) {
	text := strings.TrimSpace(halfWidth(s))
	if _, ok := unknowns.canonical(text); ok {
		return Years{Unknown: true}, false, nil
	}
	for _, m := range yearMarks {
		from, to, ok := strings.Cut(text, m.mark)
		if !ok {
			continue
		}
		if y.From, err = readYear(from, m.open && to != ""); err != nil {
			return Years{}, false, err
		}
		if y.To, err = readYear(to, m.open && from != ""); err != nil {
			return Years{}, false, err
		}
		if y.To != 0 && y.From > y.To {
			return Years{From: y.To, To: y.From}, true, nil
		}
		return y, false, nil
	}
	year, err := readYear(text, false)
	return Years{From: year, To: year}, false, err
}

// readYear reads one year. With open, no text is the year 0.
func readYear(s string, open bool) (int, error) {
	s = strings.TrimSpace(s)
	if s == "" && open {
		return 0, nil
	}
	digits := strings.TrimSuffix(strings.TrimSuffix(s, "年度"), "年")
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || len(digits) != len("2022") {
		return 0, fmt.Errorf("%q is not a year as in 2022, 2020..2024, 2020.., ..2024 or unknown", s)
	}
	if n < firstYear || n > lastYear {
		return 0, fmt.Errorf("the year %d is not between %d and %d", n, firstYear, lastYear)
	}
	return int(n), nil
}

// halfWidth maps the full-width forms of ASCII to ASCII.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

// fieldName returns the field whose name and colon begin text, and how many
// characters they take; "" if there is none.
func fieldName(text []rune) (name string, size int) {
	n := slices.IndexFunc(text[:min(len(text), maxName+1)], func(r rune) bool { return r == ':' || r == '：' })
	if n < 0 {
		return "", 0
	}
	return fieldNames[lowerASCII(string(text[:n]))], n + 1
}

// fieldNames has the fields by their names and the Chinese words for these.
// maxName is the length of the longest.
var fieldNames, maxName = func() (map[string]string, int) {
	names, longest := map[string]string{}, 0
	for _, name := range Fields {
		names[name], longest = name, max(longest, len(name))
	}
	for _, row := range fieldWords {
		for _, word := range strings.Fields(row.others) {
			names[word], longest = row.canonical, max(longest, utf8.RuneCountInString(word))
		}
	}
	return names, longest
}()

// lowerASCII maps the capital letters of ASCII to small ones, and no other to
// one of these: ſ is no s.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// readValues reads the value of a field, or several: then one of them must
// hold. turned are the years of which the ends were turned round.
func readValues(name, value string, quoted bool) (n Node, turned []Node, err error) {
	values := []string{value}
	if takesList(name) && !(quoted && name == "region") {
		values = List(value)
	}
	var any Or
	for _, v := range values {
		n, round, err := readField(name, v)
		if err != nil {
			return nil, nil, err
		}
		if round {
			turned = append(turned, n)
		}
		any = append(any, n)
	}
	return whole(any), turned, nil
}

// readField reads the value of a field that makes a leaf, and reports whether
// the ends of a range were turned round. An error says that the value is none.
func readField(name, value string) (n Node, turned bool, err error) {
	switch name {
	case "year":
		return readYears(value)
	case "level":
		level, ok := ParseLevel(value)
		if !ok {
			err = fmt.Errorf("%q is not a level", value)
		}
		return Field{name, level}, false, err
	case "kind":
		kind, ok := ParseKind(value)
		if !ok {
			err = fmt.Errorf("%q is not a kind of report", value)
		}
		return Field{name, kind}, false, err
	case "plan":
		plan, ok := plans.canonical(value)
		if !ok {
			err = fmt.Errorf("%q is not yes or no", value)
		}
		return Field{name, plan}, false, err
	case "sure":
		confidence, ok := ParseSure(value)
		if !ok {
			err = fmt.Errorf("%q is not a confidence from 0 to 1, as 0.8", value)
		}
		return Field{name, printedSure(confidence)}, false, err
	case "ocr":
		read, ok := ParseOCR(value)
		if !ok {
			err = fmt.Errorf("%q is not yes or no", value)
		}
		return Field{name, read}, false, err
	case "region":
		if word, ok := unknowns.canonical(value); ok {
			value = word
		}
	}
	return Field{name, value}, false, nil
}
