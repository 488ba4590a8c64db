package pdf

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"baogao/internal/extract"
	"baogao/internal/extract/office"
	"baogao/internal/testkit"
)

// printedDocuments are Word documents that LibreOffice prints in one run, by
// their names.
func printedDocuments(t *testing.T) map[string][]byte {
	rules := ruleLines(t)
	documents := map[string][]byte{"footnotes.docx": withFootnotes(t, testkit.SampleLines(t)), "across.docx": withPageAcross(t, testkit.SampleLines(t))}
	const ruled = `<w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>`
	for name, look := range map[string][2]string{"merged.docx": {ruled, ""}, "merged-centred.docx": {ruled, "center"}, "merged-open.docx": {"", ""}, "merged-open-centred.docx": {"", "center"}} {
		documents[name] = withMerged(t, look[0], look[1])
	}
	for name, section := range map[string]string{
		"plain.docx":    "",
		"grid.docx":     `<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-1024"/>`,
		"wide.docx":     `<w:docGrid w:type="snapToChars" w:linePitch="312" w:charSpace="3194"/>`,
		"narrower.docx": `<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="1228"/>`,
	} {
		documents[name] = onGrid(t, rules, section)
	}
	return documents
}

// ruleLines are the lines of rules: titles with blanks in full width behind the
// number of the article, short items, and paragraphs of a report.
func ruleLines(t *testing.T) []string {
	lines := []string{"青山县住房租赁管理办法", "第一章　总　　则"}
	texts := testkit.SampleLines(t)[1:]
	for i, text := range texts {
		switch i % 4 {
		case 0:
			lines = append(lines, fmt.Sprintf("第%d条　%s", i+1, text))
		case 1:
			lines = append(lines, fmt.Sprintf("第%d条　出租人和承租人应当订立合同。", i+1), "（一）租赁房屋；", "（二）住房租赁企业。")
		default:
			lines = append(lines, text)
		}
	}
	return append(lines, "第九章　附　　则", "第九十条　本办法自2024年3月1日起施行。")
}

// onGrid is a Word document whose characters a section may set on a grid.
func onGrid(t *testing.T, lines []string, section string) []byte {
	t.Helper()
	var body strings.Builder
	for i, line := range lines {
		layout, size := `<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>`, 32
		if i == 0 || strings.HasPrefix(line, "第") && strings.Contains(line, "章") {
			layout, size = `<w:jc w:val="center"/>`, 36
		}
		fmt.Fprintf(&body, `<w:p><w:pPr><w:snapToGrid w:val="1"/>%s</w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, layout, size, line)
	}
	body.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1400"/>` + section + `</w:sectPr>`)
	return testkit.DOCX(t, body.String())
}

const pageUpright = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="800" w:footer="800"/>`

// withFootnotes is a Word document of which every other paragraph has a note.
func withFootnotes(t *testing.T, lines []string) []byte {
	t.Helper()
	var body, notes strings.Builder
	for i, line := range lines {
		mark := ""
		if i%2 == 1 {
			mark = fmt.Sprintf(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, i+1)
			fmt.Fprintf(&notes, `<w:footnote w:id="%d"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="18"/></w:rPr><w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"> %s</w:t></w:r></w:p></w:footnote>`, i+1, noteText(i))
		}
		first, rest := line, ""
		if n := strings.IndexRune(line, '，'); n >= 0 {
			first, rest = line[:n], line[n:]
		}
		fmt.Fprintf(&body, `<w:p><w:pPr><w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>%s</w:t></w:r>%s<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>%s</w:t></w:r></w:p>`, first, mark, rest)
	}
	return testkit.DOCX(t, body.String()+`<w:sectPr>`+pageUpright+`</w:sectPr>`,
		"word/footnotes.xml", `<w:footnotes`+testkit.WordNames+`>`+notes.String()+`</w:footnotes>`)
}

func noteText(i int) string {
	return fmt.Sprintf("注释%d：数据来自青山县司法局的统计。", i)
}

// withPageAcross is a Word document with a table on a page of its own that is set
// across.
func withPageAcross(t *testing.T, lines []string) []byte {
	t.Helper()
	paragraph := func(line, section string) string {
		return `<w:p><w:pPr><w:ind w:firstLineChars="200" w:firstLine="480"/>` + section + `</w:pPr><w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t>` + line + `</w:t></w:r></w:p>`
	}
	upright := `<w:sectPr>` + pageUpright + `</w:sectPr>`
	across := `<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="800" w:footer="800"/></w:sectPr>`
	var body strings.Builder
	half := len(lines) / 2
	for i, line := range lines {
		section := ""
		if i == half-1 {
			section = upright
		}
		body.WriteString(paragraph(line, section))
		if i == half-1 {
			body.WriteString(testkit.Table(testkit.Cases) + paragraph("表格以上为统计数据，以下为正文。", across))
		}
	}
	return testkit.DOCX(t, body.String()+upright)
}

// withMerged is a Word document with a table whose first cells are merged over
// rows, with borders or without, at the top of their rows or in the middle.
func withMerged(t *testing.T, borders, aligned string) []byte {
	t.Helper()
	cell := func(width int, properties, text string) string {
		if aligned != "" {
			properties += `<w:vAlign w:val="` + aligned + `"/>`
		}
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>`, width, properties, text)
	}
	row := func(merge string, cells ...string) string {
		return `<w:tr>` + cell(2400, merge, cells[0]) + cell(3600, "", cells[1]) + cell(2000, "", cells[2]) + `</w:tr>`
	}
	const begins, goesOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	table := `<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/>` + borders + `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="2400"/><w:gridCol w:w="3600"/><w:gridCol w:w="2000"/></w:tblGrid>` +
		row("", "类别", "措施", "件数") + row(begins, "行政处罚", "警告", "115件") + row(goesOn, "", "罚款", "327件") + row(goesOn, "", "没收违法所得", "48件") +
		row(begins, "行政强制", "查封", "9件") + row(goesOn, "", "扣押", "6件") + row("", "合计", "", "505件") + `</w:tbl>`
	paragraph := `<w:p><w:r><w:t>全县行政执法情况如下表所示，数据截至年底。</w:t></w:r></w:p>`
	return testkit.DOCX(t, paragraph+table+paragraph+`<w:sectPr>`+pageUpright+`</w:sectPr>`)
}

// TestPDFOfDOCX holds a PDF to the Word document it was printed from: the same
// paragraphs, so the same counts of any word.
func TestPDFOfDOCX(t *testing.T) {
	documents := printedDocuments(t)
	printed := testkit.ConvertAll(t, "pdf", documents)
	for name, docx := range documents {
		t.Run(name, func(t *testing.T) {
			want, err := office.DOCX(docx, extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(t.Context(), printed[name], extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			words := wordsOf(want.Body, 50)
			for _, w := range words {
				if a, b := strings.Count(want.Body, w), strings.Count(got.Body, w); a != b {
					t.Errorf("%s: %d times in the Word document, %d in its PDF", w, a, b)
				}
			}
			if whole, all := sameParagraphs(got.Body, want.Body); 100*whole < 98*all {
				t.Errorf("%d of %d paragraphs are whole\ngot:\n%s\nwant:\n%s", whole, all, got.Body, want.Body)
			}
		})
	}
}

// wordsOf are so many words of four characters of a text, from all over it.
func wordsOf(text string, n int) []string {
	runes := []rune(strings.Join(strings.Fields(text), ""))
	var words []string
	for i := range n {
		at := i * (len(runes) - 4) / n
		words = append(words, string(runes[at:at+4]))
	}
	return words
}

// markOfNote is the number of a note, which stands beside its text in a Word document.
var markOfNote = regexp.MustCompile(`^\d+ ?注释`)

// sameParagraphs counts the paragraphs of a text that another has as they are, but
// for the kind of their blanks.
func sameParagraphs(got, want string) (whole, all int) {
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	have := map[string]int{}
	for line := range strings.Lines(got) {
		have[plain(markOfNote.ReplaceAllString(line, "注释"))]++
	}
	for line := range strings.Lines(want) {
		if utf8.RuneCountInString(line) < 2 {
			continue
		}
		all++
		if have[plain(line)] > 0 {
			have[plain(line)]--
			whole++
		}
	}
	return whole, all
}
