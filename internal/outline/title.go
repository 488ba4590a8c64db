package outline

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"baogao/internal/analyzer"
)

// A title stands at the head of the body, in one line or wrapped over a few,
// often with the issuers in lines above it:
//
//	中共遂宁市安居区委 遂宁市安居区人民政府
//	关于2022年度法治政府建设情况的报告
//
// Its lines become one paragraph. Issuers are held apart by a blank; pieces of
// a wrapped line are put together as any broken line is.

const (
	titleHead  = 15 // lines at the head of the body that a title is looked for in
	titleLines = 5  // the most lines a title has
	titleLimit = 90 // and characters, without blanks
)

var (
	titleEnd     = regexp.MustCompile(`(?:报告|年报|总结|要点|通知|意见|方案|决定|决议|办法|条例|规定|细则|规划|纲要|公告|通告|批复|复函|的函|计划|汇报|情况|公报|建议|讲话|说明|决算|预算|决算公开|预算公开|规则|章程|措施|规程|思路|打算|草案|草案\)|安排|小结|白皮书)(?:\((?:摘要|全文|节选|公开版|草案|试行|(?:19|20)\d\d年?度?|.{0,6}\d{1,2}月\d{1,2}日.{0,4})\)|[-—_ ]{0,3}(?:19|20)\d\d(?:年度?|[-./年]\d{1,2}[-./月]\d{1,2}日?)?)?$`)
	bareTitle    = regexp.MustCompile(`^(?:的|情况|工作|年度|报告|总结|暨|和(?:[^平县田林龙顺静硕布政]|$)|及|与)`)
	repeatedYear = regexp.MustCompile(`^(.*((?:19|20)\d\d).*[^\d年(（\[【〔]) *[-—_ ]{0,3}((?:19|20)\d\d)$`)
	openTitle    = regexp.MustCompile(`(?:年|年度|的|和|及|与|暨|法治|工作|建设)$`)
	numberLine   = regexp.MustCompile(`^[^\s。，]{1,16}[(\[〔][12]\d{3}[)\]〕][^\s。，]{0,4}\d{1,5}号$`)
	yearTitle    = regexp.MustCompile(`^(?:19|20)\d\d年`)
	placeLine    = regexp.MustCompile(`^\p{Han}{2,16}(?:苏木|街道|[省市州盟县区旗镇乡])$`)
	titleNoises  = "。，；！？：、,;!?:"
	personTitles = regexp.MustCompile(`(?:主席|省长|市长|区长|县长|州长|盟长|旗长|总理|镇长|乡长|主任) ?`)
)

// compact folds a title to its letters, digits and Han characters, so that
// two of them can be compared.
func compact(s string) string {
	return without(analyzer.Fold(s), func(r rune) bool { return !isContent(r) })
}

// joinTitle puts the lines of the title of a report into one, and returns its
// index; -1 if no title is found. A name is how the report is called by its
// metadata or fact table; with one, only lines that say the same are a title.
func joinTitle(lines []line, name string) ([]line, int) {
	from, to := 0, 0
	if name != "" {
		from, to = findName(lines, compact(name))
	} else {
		from, to = findTitle(lines)
	}
	if to == 0 {
		return lines, -1
	}
	for from > 0 && to-from < titleLines && isIssuerAbove(lines[from-1], lines[from]) {
		from--
	}
	title := lines[from]
	var text, published strings.Builder
	for i, l := range lines[from:to] {
		if i > 0 && isIssuerLine(lines[from+i-1].Text) {
			text.WriteByte(' ')
			published.WriteByte(' ')
		}
		glue(&text, l.Text)
		glue(&published, l.Published)
		title.Damaged = title.Damaged || l.Damaged
	}
	title.Text, title.Published = text.String(), published.String()
	return append(append(append([]line{}, lines[:from]...), title), lines[to:]...), from
}

// isIssuerAbove reports whether a line names the issuers of the title in the line below it: no
// chrome stands between, and the title does not name them itself.
func isIssuerAbove(l, title line) bool {
	return isIssuerLine(l.Text) && !title.Gap && !(title.cut && strings.HasPrefix(compact(title.Text), compact(l.Text)))
}

// findName finds the lines at the head that say the name, from and to, or
// 0, 0. A name cut off with … is said by a line that goes on.
func findName(lines []line, name string) (from, to int) {
	if name == "" {
		return 0, 0
	}
	for from = range lines[:min(len(lines), titleHead)] {
		said := ""
		for to = from; to < min(len(lines), from+titleLines); to++ {
			_, text := markdownHeading(lines[to].Text)
			if len(text) > 4*titleLimit {
				break
			}
			if said += compact(text); said == name {
				return from, to + 1
			}
			if !strings.HasPrefix(name, said) {
				break
			}
		}
	}
	return 0, 0
}

// findTitle finds the lines of a title by its look, from and to, or 0, 0.
func findTitle(lines []line) (from, to int) {
	for i, l := range lines[:min(len(lines), titleHead)] {
		if markdownDepth(l.Text) == 1 && i == 0 {
			return 0, 1
		}
		if endsHead(l.Text) || i+1 < len(lines) && brokenInside(l.Text, lines[i+1].Text) {
			return 0, 0
		}
		if isTitleEnd(l.Text) {
			return titleStart(lines, i), i + 1
		}
	}
	return 0, 0
}

// endsHead reports whether a line belongs to the text below the title: a
// sentence, an addressee, a numbered heading.
func endsHead(s string) bool {
	if isCaption(s) {
		return false
	}
	folded := analyzer.Fold(s)
	if utf8.RuneCountInString(s) > titleLimit || strings.ContainsAny(folded, "。;!") || strings.HasSuffix(folded, ":") {
		return true
	}
	rank, _ := marker(s)
	return rank > 0 && rank != dashRank
}

// isCaption reports whether a line is the caption of a photograph, with its
// photographer at the end.
func isCaption(s string) bool {
	return len(s) <= 3*titleLimit && (strings.HasSuffix(s, "摄") || strings.HasSuffix(s, "攝"))
}

// isTitleEnd reports whether a line ends as titles end, and is no sentence.
func isTitleEnd(s string) bool {
	if len(s) > 12*titleLimit {
		return false
	}
	folded := strings.ReplaceAll(analyzer.Fold(withoutTail(s)), " ", "")
	n := utf8.RuneCountInString(folded)
	if n < 2 || n > titleLimit || !titleEnd.MatchString(folded) {
		return false
	}
	if rank, _ := marker(s); rank > 0 {
		return false
	}
	inside := strings.IndexAny(folded, titleNoises)
	if inside >= 0 && !strings.HasPrefix(folded[inside:], "、") {
		return false
	}
	return n >= 5 || bareTitle.MatchString(folded)
}

// titleStart is the first line of the title that ends in line end. A title
// that says 关于 begins with the line that has it, or with the issuers above;
// one that begins in the middle of a name has lines above it.
func titleStart(lines []line, end int) int {
	for i := end; i >= 0 && i > end-titleLines; i-- {
		folded := analyzer.Fold(lines[i].Text)
		if i < end && !isTitlePiece(folded) {
			break
		}
		if strings.Contains(folded, "关于") {
			return i
		}
	}
	i := end
	for i > 0 && i > end-titleLines {
		above, folded := analyzer.Fold(lines[i-1].Text), analyzer.Fold(lines[i].Text)
		if !isTitlePiece(above) || !bareTitle.MatchString(folded) && !openTitle.MatchString(above) && !(yearTitle.MatchString(folded) && placeLine.MatchString(above)) {
			break
		}
		i--
	}
	return i
}

// isTitlePiece reports whether a folded line can be the upper part of a
// wrapped title.
func isTitlePiece(folded string) bool {
	s := strings.ReplaceAll(folded, " ", "")
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 45 && !strings.ContainsAny(s, "。;!?:,") && !numberLine.MatchString(s) &&
		!dateLine.MatchString(s) && !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "文件") &&
		!personTitles.MatchString(folded) && strings.ContainsFunc(s, unicode.IsLetter)
}

var (
	// behindTitle is what pages, mirrors and files put behind a title in its line: the rest of the row of
	// a table, the day and the source of the page, the name of the site, the kind of the file.
	behindTitle = regexp.MustCompile(`^(.*?)(?:[\s|｜]+|\s*[(（]?\s*(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?\s*[)）]?\s+(?:来源|稿源|作者)[:：].{0,20}|\s+(?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?|(?:\s+[-—–|]+|\s*_+)\s*\S{0,16}(?:网|网站|平台|文库|范例库|站|门户|政府)|\.(?:docx?|wps|pdf|txt|html?)|范文|模板)$`)
	// beforeTitle is what an agency puts before it: (两会受权发布).
	beforeTitle = regexp.MustCompile(`^[(（]\p{Han}{0,8}(?:受权|授权)发布[)）]`)
)

// withoutTail is a line without what does not belong to the title in it, as often as
// something stands there.
func withoutTail(s string) string {
	for {
		m := behindTitle.FindStringSubmatch(s)
		if m == nil || strings.TrimSpace(m[1]) == "" || len(m[1]) == len(s) {
			return s
		}
		s = m[1]
	}
}

// plainTitle is a title as it is called by: without the bullet of the list that it
// stood in, what pages put around it, and its year a second time behind its end.
func plainTitle(s string) string {
	if bare := strings.TrimLeft(s, bullets); bare != "" {
		s = bare
	}
	s = strings.TrimSpace(withoutTail(beforeTitle.ReplaceAllString(s, "")))
	if m := repeatedYear.FindStringSubmatch(s); m != nil && m[2] == m[3] {
		return strings.TrimSpace(m[1])
	}
	return s
}
