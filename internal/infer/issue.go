package infer

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// numberForm is a document number with any bracket: 遂安委(2023)21号.
var numberForm = regexp.MustCompile(`([\p{Han}a-z]{1,14})\s?[(<〈]\s?((?:19|20)\d\d)\s?[)>〉]\s?第?\s?(\d{1,5})\s?号`)

// numberVotes weighs the document numbers: from the fact table, or a line of its
// own near the top. Numbers cited in sentences are those of others.
func numberVotes(d *document) *tally {
	var t tally
	add := func(l line, weight float64) {
		m := numberForm.FindStringSubmatchIndex(l.text)
		if m == nil {
			return
		}
		value := fmt.Sprintf("%s〔%s〕%s号", l.text[m[2]:m[3]], l.text[m[4]:m[5]], l.text[m[6]:m[7]])
		t.add(value, weight, l.span(m[0], m[1]))
	}
	for _, l := range d.facts {
		if slices.Contains([]string{"文号", "备注/文号", "发文字号", "发文文号", "文件编号", "发文号", "公文字号"}, l.label) {
			add(l, 10)
		}
	}
	for _, l := range d.title {
		if endsWithNumber(l.text) {
			add(l, 5)
		}
	}
	for i, l := range d.lines {
		if i < headLines && l.runes <= headRunes && isNumberLine(l.text) {
			add(l, 8)
		}
	}
	return &t
}

// isNumberLine reports whether a line is a document number and little else.
func isNumberLine(s string) bool {
	m := numberForm.FindStringIndex(s)
	if m == nil {
		return false
	}
	before := strings.Trim(s[:m[0]], " ():")
	after := strings.Trim(s[m[1]:], " ()")
	return after == "" && (before == "" || before == "文号" || before == "发文字号")
}

// endsWithNumber reports whether a title carries its number at its end.
func endsWithNumber(s string) bool {
	m := numberForm.FindStringIndex(s)
	return m != nil && m[0] > 0 && strings.Trim(s[m[1]:], " )") == "" && strings.ContainsAny(s[:m[0]], "( ")
}

// issuerLabels are the labels of a fact table that name who issued a document.
var issuerLabels = []string{"发布机构", "发布机关", "公开主体", "责任部门", "责任单位", "发文机关", "发文单位", "发布单位", "制发机关", "公开机构", "发布部门", "发文机构", "公开责任部门", "信息来源"}

// guessIssuer weighs who issued the document, as the document writes it.
func guessIssuer(d *document) Guess {
	var t tally
	for _, l := range d.facts {
		if slices.Contains(issuerLabels, l.label) && strings.TrimSpace(l.text) != "" {
			t.add(strings.TrimSpace(l.text), 8, l.at(0, len(l.text)))
		}
	}
	signed, at := signedBy(d.lines)
	if signed != "" {
		t.add(signed, 12, at)
	}
	for _, l := range d.heads() {
		if s, ok := titleIssuer(l.text); ok {
			t.add(s, 10, l.at(strings.Index(l.text, s), len(s)))
		}
	}
	sourceIssuers(&t, d)
	compiledBy(&t, d)
	spokenBy(&t, d)
	t.mergeIssuers()
	return t.guess()
}

// sourceLabels are the labels of where a page took a text from, which is often who
// issued it.
var sourceLabels = []string{"来源", "信息来源", "稿源", "文章来源", "作者"}

// sourceIssuers adds the organ that a page names as its source. Newspapers and sites
// issue nothing.
func sourceIssuers(t *tally, d *document) {
	for _, l := range d.facts {
		name := strings.TrimSpace(l.text)
		if slices.Contains(sourceLabels, l.label) && hasAnySuffix(name, organSuffixes) && utf8.RuneCountInString(name) >= 3 && !strings.ContainsAny(name, ",。:;") {
			t.add(name, 5, l.at(strings.Index(l.text, name), len(name)))
		}
	}
}

// compiler is whom a report says that it was written by: 本报告由甲县司法局编制.
var compiler = regexp.MustCompile(`由([\p{Han}]{2,24}?(?:` + strings.Join(organSuffixes, "|") + `|街道))(?:负责)?(?:编制|编写|发布)`)

func compiledBy(t *tally, d *document) {
	for _, l := range d.lines[:min(len(d.lines), headLines)] {
		if m := compiler.FindStringSubmatchIndex(first(l.text, dateRunes)); m != nil {
			if name := l.text[m[2]:m[3]]; !hasAnyPrefix(name, []string{"我", "本"}) {
				t.add(name, 7, l.span(m[2], m[3]))
			}
			return
		}
	}
}

var (
	// speaker is the line of who gives a work report: 甲县人民政府县长 王 某.
	speaker = regexp.MustCompile(`^[-( ]*(\p{Han}{2,16}?人民政府)? ?(?:代理?|副)?(?:省长|市长|州长|盟长|区长|县长|旗长|镇长|乡长)(?:[ :)]|$)`)
	// ofCongress is the division whose congress a report was given to.
	ofCongress = regexp.MustCompile(`在([\p{Han}]{2,16}?[省市州盟区县旗镇乡])第[一二三四五六七八九十百\d]{1,4}届人`)
)

// spokenBy adds the government whose head gives a report: the one that the speaker's
// line names, or that of the division whose congress hears it.
func spokenBy(t *tally, d *document) {
	named := ""
	for _, l := range d.lines[:min(len(d.lines), headLines)] {
		if m := ofCongress.FindStringSubmatch(l.text); m != nil {
			named = m[1] + "人民政府"
		}
		m := speaker.FindStringSubmatchIndex(l.text)
		if m == nil || l.runes > headRunes/2 {
			continue
		}
		if m[2] >= 0 {
			t.add(l.text[m[2]:m[3]], 9, l.span(m[2], m[3]))
		} else if named != "" {
			t.add(named, 6, l.at(0, len(l.text)))
		}
		return
	}
}

// signedBy joins the organs that sign: the lines of organs next to each other,
// nearest to the end.
func signedBy(lines []line) (string, spot) {
	var organs []string
	var e spot
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		if l.role != signature {
			if len(organs) > 0 {
				break
			}
			continue
		}
		text := strings.TrimSpace(l.text)
		organs = append([]string{text}, organs...)
		e = l.at(strings.Index(l.text, text), len(text))
	}
	return strings.Join(organs, "、"), e
}

// titleIssuer returns the organ before 关于 in a title.
func titleIssuer(title string) (string, bool) {
	before, _, ok := strings.Cut(title, "关于")
	if !ok {
		if before, _, ok = strings.Cut(title, "20"); !ok {
			return "", false
		}
	}
	before = strings.Trim(before, " ")
	if before == "" || !hasAnySuffix(before, organSuffixes) || utf8.RuneCountInString(before) < 3 || strings.ContainsAny(before, "。,;:《") {
		return "", false
	}
	return before, true
}

// mergeIssuers gives the votes of a shorter name to a longer one that ends
// in it: 鼓楼区政府 and 南京市鼓楼区人民政府 are one organ.
func (t *tally) mergeIssuers() {
	short := strings.NewReplacer("人民政府", "政府", "行政公署", "行署", " ", "", "、", "")
	values := slices.SortedFunc(maps.Keys(t.votes), func(a, b string) int {
		return cmp.Or(len(a)-len(b), cmp.Compare(a, b))
	})
	for i, v := range values {
		for _, long := range values[i+1:] {
			if strings.HasSuffix(short.Replace(long), short.Replace(v)) {
				t.move(v, long)
				break
			}
		}
	}
}
