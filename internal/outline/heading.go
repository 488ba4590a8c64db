package outline

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao"
)

// headingLimit is the most characters a heading has.
const headingLimit = 45

// A mark is a way of numbering headings. Rank orders what may stand under
// what; level is the depth a reader is told.
type mark struct {
	pattern     *regexp.Regexp
	rank, level int
}

const (
	chineseNumber = `[一二三四五六七八九十百零〇]{1,4}`
	partRank      = 1 // 第一章
	sectionRank   = 2 // 第一节
	dashRank      = 6 // ——
)

var marks = []mark{
	{regexp.MustCompile(`^第 ?(?:` + chineseNumber + `|\d{1,2}) ?(?:章|部分|篇|编|編|單元|单元)`), partRank, 1},
	{regexp.MustCompile(`^第 ?(?:` + chineseNumber + `|\d{1,2}) ?(?:节|節)`), sectionRank, 2},
	{regexp.MustCompile(`^` + chineseNumber + ` ?[、．.]`), 3, 1},
	{regexp.MustCompile(`^[（(〔【［\[] ?` + chineseNumber + ` ?[）)〕】］\]]`), 4, 2},
	{regexp.MustCompile(`^[0-9０-９]{1,2} ?[.．、]`), 5, 3},
	{regexp.MustCompile(`^[—―–－─]{2,}`), dashRank, 3},
	{regexp.MustCompile(`^[（(] ?[0-9０-９]{1,2} ?[）)]`), 7, 4},
}

// markStarts are the characters that a mark begins with: looking at one
// spares most paragraphs the patterns.
const markStarts = "第一二三四五六七八九十百零〇（(〔【［[0123456789０１２３４５６７８９—―–－─"

// marker finds the mark that a paragraph begins with. level is 0 if there is
// none.
func marker(s string) (rank, level int) {
	r, _ := utf8.DecodeRuneInString(s)
	if !strings.ContainsRune(markStarts, r) {
		return 0, 0
	}
	head := s[:min(len(s), 40)]
	for _, m := range marks {
		at := m.pattern.FindStringIndex(head)
		if at == nil {
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[at[1]:])
		if m.rank == 5 && unicode.IsDigit(next) {
			return 0, 0 // 1.2 is a number
		}
		return m.rank, m.level
	}
	return 0, 0
}

// isHeadingLine reports whether a paragraph is a heading and nothing else.
func isHeadingLine(s string) bool {
	_, level := marker(s)
	return level > 0 && headingShape(s)
}

// headingShape reports whether a marked text is short, has no sentence in it
// and does not break off.
func headingShape(s string) bool {
	if len(s) > 4*headingLimit || utf8.RuneCountInString(s) > headingLimit || strings.ContainsAny(s, "。；;！") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune("，,、", last)
}

// runIn is the heading that a paragraph begins with: a marked text up to the
// first 。, where more follows. It is "" if there is none.
func runIn(s string) string {
	end := strings.IndexRune(s[:min(len(s), 4*headingLimit)], '。')
	if end < 0 || strings.TrimFunc(s[end+len("。"):], isCloser) == "" || !headingShape(s[:end]) {
		return ""
	}
	return s[:end]
}

func isCloser(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(closers, r) }

// A heading is one that stands above a place in a report.
type heading struct {
	text string
	rank int
	own  bool // holds for its paragraph alone
}

// sections is the path of headings to a place in a report.
type sections []heading

// under is the path that a heading or paragraph of this rank stands under.
func (s sections) under(rank int) sections {
	for len(s) > 0 && (s[len(s)-1].rank >= rank || s[len(s)-1].own) {
		s = s[:len(s)-1]
	}
	return s
}

func (s sections) names() []string {
	names := make([]string, 0, len(s))
	for _, h := range s {
		names = append(names, h.text)
	}
	return names
}

const (
	markdownRank = -10 // # stands above every numbered heading
	groupRank    = 4   // （一）
	textRank     = 100
)

// number makes paragraphs of the blocks, numbered from 1, each with the
// headings above it. title is the index of the block that is the title, -1
// for none.
func number(blocks []block, title int) []baogao.Paragraph {
	paragraphs := make([]baogao.Paragraph, 0, len(blocks))
	signed := signatures(blocks)
	begun := false // a sentence or a numbered heading was met: a dash before is that of a subtitle
	var path sections
	for i, b := range blocks {
		p := baogao.Paragraph{Number: i + 1, Text: b.text, Damaged: b.damaged, Section: []string{}}
		if b.published != b.text {
			p.Published = b.published
		}
		switch {
		case i == title:
			p.Title = true
			path = nil
		case signed[i], !begun && isSubtitle(b.text):
			path = nil
		default:
			path = path.place(&p, b)
			begun = begun || p.Heading > 0 || strings.Contains(b.text, "。")
		}
		paragraphs = append(paragraphs, p)
	}
	return paragraphs
}

// place sets the section and heading of a paragraph, and gives the path that
// holds behind it.
func (s sections) place(p *baogao.Paragraph, b block) sections {
	rank, level := marker(b.text)
	if b.level > 0 && level == 0 {
		rank, level = markdownRank+b.level, b.level
	}
	switch {
	case level == 0 && addressesAll(b.text):
		s = s.under(groupRank)
		p.Section = s.names()
	case level == 0:
		s = s.under(textRank)
		p.Section = s.names()
	case b.level > 0 || headingShape(b.text):
		s = s.under(rank)
		p.Section, p.Heading = s.names(), level
		s = append(slices.Clip(s), heading{text: b.text, rank: rank})
	default:
		s = s.under(rank)
		if text := runIn(b.text); text != "" {
			s = append(slices.Clip(s), heading{text: text, rank: rank, own: rank >= dashRank})
		}
		p.Section = s.names()
	}
	return s
}

// isSubtitle reports whether a line begins with a dash and is no sentence.
func isSubtitle(s string) bool {
	rank, _ := marker(s)
	return rank == dashRank && headingShape(s)
}

// addressesAll reports whether a paragraph turns to the whole assembly, as
// work reports do when they leave the items of a list.
func addressesAll(s string) bool {
	return strings.HasPrefix(s, "各位代表") || strings.HasPrefix(s, "同志们")
}

var (
	dateLine = regexp.MustCompile(`^[（(]?(?:19|20|二〇|二○|二0|二零|一九)[0-9〇○零一二三四五六七八九]{2} ?年 ?[0-9一二三四五六七八九十]{1,3} ?月 ?(?:[0-9一二三四五六七八九十]{1,3} ?日)?[）)]?$`)
	issuers  = regexp.MustCompile(`(?:政府|政府办公室|政府辦公室|办公厅|辦公廳|区委|區委|县委|縣委|市委|省委|党委|黨委|党工委|黨工委|委员会|委員會|办事处|辦事處|司法局|国务院|國務院|管委会|管委會|办公室|辦公室|局|厅|廳)$`)
)

// aboutOthers is what a title says behind the name of its issuer.
var aboutOthers = regexp.MustCompile(`关于|關于|關於|转发|轉發|印发|印發|批转|批轉`)

// signs reports whether a line can be part of a signature.
func signs(s string) bool {
	return len(s) < 200 && (dateLine.MatchString(withoutBlanks(s)) || isIssuerLine(s))
}

// signatures marks the blocks of the signatures of a report, its issuers and
// the date below them: they stand under no heading. At the end of the report
// the date may be missing.
func signatures(blocks []block) map[int]bool {
	found := map[int]bool{}
	issuersAbove := func(i int) {
		for ; i > 0 && isIssuerLine(blocks[i].text); i-- {
			found[i] = true
		}
	}
	for i := 1; i < len(blocks); i++ {
		if len(blocks[i].text) < 80 && dateLine.MatchString(withoutBlanks(blocks[i].text)) && (isIssuerLine(blocks[i-1].text) || i == len(blocks)-1) {
			found[i] = true
			issuersAbove(i - 1)
		}
	}
	issuersAbove(len(blocks) - 1)
	return found
}

// isIssuerLine reports whether a line names bodies of government and nothing
// else.
func isIssuerLine(s string) bool {
	if utf8.RuneCountInString(s) > 40 || strings.ContainsAny(s, "。，；：、！？,;:!?《“") || aboutOthers.MatchString(s) {
		return false
	}
	if _, level := marker(s); level > 0 {
		return false
	}
	return issuers.MatchString(strings.TrimSpace(s))
}
