package infer

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"baogao/internal/infer/chars"
	"baogao/internal/infer/parts"
	"baogao/internal/infer/poll"
)

// numberForm is a document number with any bracket: 遂安委(2023)21号.
var numberForm = regexp.MustCompile(`([\p{Han}a-z]{1,14})\s?[(<〈]\s?((?:19|20)\d\d)\s?[)>〉]\s?第?\s?(\d{1,5})\s?号`)

// numberVotes weighs the document numbers: from the fact table, or a line of its
// own near the top. Numbers cited in sentences are those of others.
func numberVotes(d *parts.Document) *poll.Tally {
	var t poll.Tally
	add := func(l parts.Line, weight float64) {
		m := numberForm.FindStringSubmatchIndex(l.Text)
		if m == nil {
			return
		}
		value := fmt.Sprintf("%s〔%s〕%s号", l.Text[m[2]:m[3]], l.Text[m[4]:m[5]], l.Text[m[6]:m[7]])
		t.Add(value, weight, l.Span(m[0], m[1]))
	}
	for _, l := range d.Facts {
		if slices.Contains([]string{"文号", "备注/文号", "发文字号", "发文文号", "文件编号", "发文号", "公文字号"}, l.Label) {
			add(l, 10)
		}
	}
	for _, l := range d.Title {
		if endsWithNumber(l.Text) {
			add(l, 5)
		}
	}
	for i, l := range d.Lines {
		if i < parts.HeadLines && l.Runes <= parts.HeadRunes && isNumberLine(l.Text) {
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

// guessIssuer weighs who issued the document, as the document writes it.
func guessIssuer(d *parts.Document) poll.Guess {
	var t poll.Tally
	for _, l := range d.Facts {
		if l.NamesIssuer() && strings.TrimSpace(l.Text) != "" {
			t.Add(strings.TrimSpace(l.Text), 8, l.At(0, len(l.Text)))
		}
	}
	signed, at := signedBy(d.Lines)
	if signed != "" {
		t.Add(signed, 12, at)
	}
	for _, l := range d.Heads() {
		if s, ok := titleIssuer(l.Text); ok {
			t.Add(s, 10, l.At(strings.Index(l.Text, s), len(s)))
		}
	}
	sourceIssuers(&t, d)
	compiledBy(&t, d)
	spokenBy(&t, d)
	mergeIssuers(&t)
	return t.Guess()
}

// sourceIssuers adds the organ that a page names as its source. Newspapers and sites
// issue nothing.
func sourceIssuers(t *poll.Tally, d *parts.Document) {
	for _, l := range d.Facts {
		name := strings.TrimSpace(l.Text)
		if l.NamesSource() {
			t.Add(name, 5, l.At(strings.Index(l.Text, name), len(name)))
		}
	}
}

// compiler is whom a report says that it was written by: 本报告由甲县司法局编制.
var compiler = regexp.MustCompile(`由([\p{Han}]{2,24}?(?:` + strings.Join(parts.OrganSuffixes, "|") + `|街道))(?:负责)?(?:编制|编写|发布)`)

func compiledBy(t *poll.Tally, d *parts.Document) {
	for _, l := range d.Lines[:min(len(d.Lines), parts.HeadLines)] {
		if m := compiler.FindStringSubmatchIndex(chars.First(l.Text, dateRunes)); m != nil {
			if name := l.Text[m[2]:m[3]]; !chars.HasAnyPrefix(name, []string{"我", "本"}) {
				t.Add(name, 7, l.Span(m[2], m[3]))
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
func spokenBy(t *poll.Tally, d *parts.Document) {
	named := ""
	for _, l := range d.Lines[:min(len(d.Lines), parts.HeadLines)] {
		if m := ofCongress.FindStringSubmatch(l.Text); m != nil {
			named = m[1] + "人民政府"
		}
		m := speaker.FindStringSubmatchIndex(l.Text)
		if m == nil || l.Runes > parts.HeadRunes/2 {
			continue
		}
		if m[2] >= 0 {
			t.Add(l.Text[m[2]:m[3]], 9, l.Span(m[2], m[3]))
		} else if named != "" {
			t.Add(named, 6, l.At(0, len(l.Text)))
		}
		return
	}
}

// signedBy joins the organs that sign: the lines of organs next to each other,
// nearest to the end.
func signedBy(lines []parts.Line) (string, poll.Spot) {
	var organs []string
	var e poll.Spot
	for i := len(lines) - 1; i >= 0; i-- {
		l := lines[i]
		if l.Role != parts.Signature {
			if len(organs) > 0 {
				break
			}
			continue
		}
		text := strings.TrimSpace(l.Text)
		organs = append([]string{text}, organs...)
		e = l.At(strings.Index(l.Text, text), len(text))
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
	if before == "" || !chars.HasAnySuffix(before, parts.OrganSuffixes) || utf8.RuneCountInString(before) < 3 || strings.ContainsAny(before, "。,;:《") {
		return "", false
	}
	return before, true
}

// mergeIssuers gives the votes of a shorter name to a longer one that ends
// in it: 鼓楼区政府 and 南京市鼓楼区人民政府 are one organ.
func mergeIssuers(t *poll.Tally) {
	short := strings.NewReplacer("人民政府", "政府", "行政公署", "行署", " ", "", "、", "")
	values := slices.SortedFunc(maps.Keys(t.Votes), func(a, b string) int {
		return cmp.Or(len(a)-len(b), cmp.Compare(a, b))
	})
	for i, v := range values {
		for _, long := range values[i+1:] {
			if strings.HasSuffix(short.Replace(long), short.Replace(v)) {
				t.Move(v, long)
				break
			}
		}
	}
}
