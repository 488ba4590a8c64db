package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"baogao/internal/testkit"
)

// What a build may take for a file that is made to hurt: processor time, more for
// one of over half a megabyte and for each megabyte of it, and memory.
const (
	attackTime   = 2 * time.Second
	attackSmall  = 512 << 10
	attackPerMB  = 2 * time.Second
	attackMemory = 256 << 20
)

// TestAttacks builds an index of each of many files that are made to take all time
// and memory, beside a report, by a program of its own.
func TestAttacks(t *testing.T) {
	if testing.Short() {
		t.Skip("no program is built for hostile files under -short")
	}
	if runtime.GOOS != "linux" {
		t.Skip("the memory of a program is told in other units here")
	}
	bin := filepath.Join(t.TempDir(), "index")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// The files are made by another process: what this one ever took counts as
	// memory of the programs that it starts.
	attacks := t.TempDir()
	maker := exec.Command(os.Args[0], "-test.run=^TestAttackFiles$")
	maker.Env = append(os.Environ(), attackFolder+"="+attacks)
	if out, err := maker.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made, err := filepath.Glob(filepath.Join(attacks, "*"))
	if err != nil || len(made) < 60 {
		t.Fatalf("%d files, %v", len(made), err)
	}
	shared := testkit.Path(t, "../shared/cases/attack")
	collected, err := filepath.Glob(filepath.Join(shared, "*.[a-z]*[a-z]"))
	if err != nil || len(collected) == 0 {
		t.Logf("%s is not here: the collected hostile files are not tried", shared)
	}
	for _, file := range append(made, collected...) {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			good := filepath.Join(dir, "好.txt")
			if err := os.WriteFile(good, []byte("青山县人民政府2023年法治政府建设年度报告\n全年办理行政复议案件14件。\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(bin, "build", good, file, "--index", filepath.Join(dir, "index"))
			said, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
			spent := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			most := attackTime
			if info.Size() > attackSmall {
				most += attackPerMB * time.Duration(info.Size()>>10) / 1000
			}
			memory := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
			if spent > most || memory > attackMemory {
				t.Errorf("%d bytes take %v and %d MB\n%s", info.Size(), spent, memory>>20, said)
			}
			if lines := string(said); !strings.Contains(lines, name) && strings.Contains(lines, "index: 1 report,") {
				t.Errorf("the file is not named in\n%s", lines)
			}
		})
	}
}

// attackFolder is the variable of the environment that names the folder in which
// TestAttackFiles makes the files.
const attackFolder = "BAOGAO_ATTACKS"

// TestAttackFiles makes files of all formats that are made to hurt.
func TestAttackFiles(t *testing.T) {
	dir := os.Getenv(attackFolder)
	if dir == "" {
		t.Skip("it makes the files of TestAttacks, which asks for them")
	}
	for _, made := range []map[string][]byte{pdfAttacks(), pdfStructures(), officeAttacks(t), textAttacks(), archiveAttacks(t), ofdAttacks(t)} {
		for name, data := range made {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func gzipped(data []byte, times int) []byte {
	for range times {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(data) // a buffer takes all
		_ = z.Close()
		data = b.Bytes()
	}
	return data
}

func zlibbed(data []byte, times int) []byte {
	for range times {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(data)
		_ = z.Close()
		data = b.Bytes()
	}
	return data
}

// packedPDF is a PDF whose page has a content that is packed by filters.
func packedPDF(body []byte, filters string) []byte {
	plain := testkit.PDF("@@", "/Font<</F1 5 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	at := bytes.Index(plain, []byte("<</Length 2>>"))
	end := bytes.Index(plain[at:], []byte("endstream")) + at
	return bytes.Join([][]byte{plain[:at], fmt.Appendf(nil, "<</Length %d/Filter%s>>stream\n", len(body), filters), body, []byte("\n"), plain[end:]}, nil)
}

// scattered is a content of so many pieces, each with two numbers.
func scattered(n int, piece string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, piece, i*7919%595, i*104_729%842)
	}
	return b.String()
}

// fonted is a PDF whose page uses so many fonts.
func fonted(n int) []byte {
	var content, fonts strings.Builder
	var objects []string
	for i := range n {
		fmt.Fprintf(&content, "BT /F%d 12 Tf 80 700 Td (ab) Tj ET ", i)
		fmt.Fprintf(&fonts, "/F%d %d 0 R", i, 5+i)
		objects = append(objects, fmt.Sprintf("<</Type/Font/Subtype/Type1/BaseFont/Arial%d>>", i))
	}
	return testkit.PDF(content.String(), "/Font<<"+fonts.String()+">>", objects...)
}

// tablesBefore adds so many tables of objects to a PDF, each of which names the one before.
func tablesBefore(data []byte, n int) []byte {
	before := bytes.LastIndex(data, []byte("xref\n0"))
	for range n {
		start := len(data)
		data = fmt.Appendf(data, "xref\n0 0\ntrailer<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n", before, start)
		before = start
	}
	return data
}

func pdfAttacks() map[string][]byte {
	const text = "BT /F1 12 Tf 80 700 Td (a report) Tj ET "
	font := "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	fonts := "/Font<</F1 5 0 R>>"
	of := func(content string, objects ...string) []byte {
		return testkit.PDF(content, fonts, append([]string{font}, objects...)...)
	}
	swap := func(data []byte, old, new string) []byte { return bytes.ReplaceAll(data, []byte(old), []byte(new)) }
	stream := func(head, body string) string {
		return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", head, len(body), body)
	}
	forms := func(depth, width int) []byte {
		var objects []string
		for i := range depth {
			next := fmt.Sprintf("/XObject<</X %d 0 R>>", 7+i)
			if i == depth-1 {
				next = ""
			}
			objects = append(objects, stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<"+fonts+next+">>", strings.Repeat("/X Do ", width)+text))
		}
		return testkit.PDF("/X Do", fonts+"/XObject<</X 6 0 R>>", append([]string{font}, objects...)...)
	}
	blank := bytes.Repeat([]byte(" "), 100<<20)
	many := strings.Repeat(text, 1<<20/len(text))
	return map[string][]byte{
		"flate.pdf":            packedPDF(zlibbed(blank, 1), "/FlateDecode"),
		"flate-of-flate.pdf":   packedPDF(zlibbed(blank, 2), "[/FlateDecode/FlateDecode]"),
		"flate-of-hex.pdf":     packedPDF(zlibbed([]byte(hex.EncodeToString(zlibbed(blank, 1))), 1), "[/FlateDecode/ASCIIHexDecode/FlateDecode]"),
		"hex-of-flate.pdf":     packedPDF([]byte(hex.EncodeToString(zlibbed(blank, 2))), "[/ASCIIHexDecode/FlateDecode/FlateDecode]"),
		"run-length.pdf":       packedPDF(bytes.Repeat([]byte{129, ' '}, 400<<10), "/RunLengthDecode"),
		"run-length-twice.pdf": packedPDF(bytes.Repeat([]byte{129, 129}, 100<<10), "[/RunLengthDecode/RunLengthDecode]"),
		"many-texts.pdf":       packedPDF(zlibbed([]byte(strings.Repeat(many, 8)), 1), "/FlateDecode"),
		"forms.pdf":            forms(12, 20),
		"forms-deep.pdf":       forms(2000, 1),
		"form-in-itself.pdf":   swap(forms(1, 3), "/Resources<<"+fonts+">>", "/Resources<<"+fonts+"/XObject<</X 6 0 R>>>>"),
		"states.pdf":           of(strings.Repeat("q ", 1<<20) + text),
		"arrays.pdf":           of(strings.Repeat("[", 1<<20) + text),
		"dictionaries.pdf":     of(strings.Repeat("<<", 1<<19) + text),
		"marked.pdf":           of(strings.Repeat("/P <</A 1>> BDC ", 1<<16) + text),
		"paths.pdf":            of(strings.Repeat("0 0 m 9 9 l S ", 1<<16) + text),
		"clips.pdf":            of(strings.Repeat("0 0 9 9 re W n ", 1<<16) + text),
		"one-line.pdf":         of("BT /F1 12 Tf 80 700 Td (" + strings.Repeat("a", 400<<10) + ") Tj ET"),
		"one-place.pdf":        of(strings.Repeat("BT /F1 12 Tf 80 700 Td (ab) Tj ET ", 1<<13)),
		"cells.pdf":            of("BT /F1 6 Tf 8 700 Td " + strings.Repeat("(1) Tj 60 0 Td ", 1<<14) + "ET"),
		"rows.pdf":             of("BT /F1 6 Tf 8 700 Td " + strings.Repeat("(ab) Tj 90 0 Td (12) Tj -90 -7 Td ", 1<<13) + "ET"),
		"size.pdf":             swap(of(text), "trailer<</Size 6", "trailer<</Size 999999999999"),
		"table.pdf":            swap(of(text), "xref\n0 6", "xref\n0 4294967295"),
		"kids.pdf":             swap(of(text), "/Kids[3 0 R]/Count 1", "/Kids["+strings.Repeat("3 0 R ", 1<<16)+"]/Count 65536"),
		"kids-loop.pdf":        swap(of(text), "/Kids[3 0 R]", "/Kids[2 0 R]"),
		"count.pdf":            swap(of(text), "/Kids[3 0 R]/Count 1", "/Kids[3 0 R]/Count 2147483647"),
		"contents.pdf":         swap(of(many), "/Contents 4 0 R", "/Contents["+strings.Repeat("4 0 R ", 1000)+"]"),
		"objects.pdf":          of(text, stream("/Type/ObjStm/N 2000000000/First 10", "1 0 2 0 3 0")),
		"index.pdf":            of(text, stream("/Type/XRef/Size 9/W[1 8 8]/Index[0 999999999999]", "12345678901234567")),
		"predictor.pdf":        swap(packedPDF(zlibbed([]byte(many), 1), "/FlateDecode"), "/Filter/FlateDecode", "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 32>>"),
		"page-size.pdf":        swap(of(text), "[0 0 595 842]", "[0 0 1e38 1e38]"),
		"image.pdf":            testkit.PDF("/I Do "+text, fonts+"/XObject<</I 6 0 R>>", font, stream("/Type/XObject/Subtype/Image/Width 99999/Height 99999/ColorSpace/DeviceRGB/BitsPerComponent 8", "0")),
		"encrypted.pdf":        swap(of(text), "/Root 1 0 R", "/Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6/Length 99999999/O(x)/U(y)/OE(z)/UE(z)/Perms(p)/P -1>>"),
		"widths.pdf":           swap(of(text), "/BaseFont/Helvetica", "/BaseFont/Helvetica/FirstChar -2147483648/LastChar 2147483647/Widths["+strings.Repeat("1 ", 1<<16)+"]"),
		"map.pdf":              of(text, stream("", "9999 beginbfrange "+strings.Repeat("<0000> <FFFF> <0000> ", 9999)+"endbfrange")),
		"kids-with-text.pdf":   swap(packedPDF(zlibbed([]byte(many[:20_000]), 1), "/FlateDecode"), "/Kids[3 0 R]/Count 1", "/Kids["+strings.Repeat("3 0 R ", 20_000)+"]/Count 20000"),
		"one-glyph.pdf":        packedPDF(zlibbed([]byte("BT /F1 12 Tf 80 700 Td "+strings.Repeat("(a) Tj -9 0 Td ", 100_000)+"ET"), 1), "/FlateDecode"),
		"gaps.pdf":             packedPDF(zlibbed([]byte("BT /F1 12 Tf 80 700 Td "+strings.Repeat("(a          b) Tj ", 20_000)+"ET"), 1), "/FlateDecode"),
		"turned.pdf":           packedPDF(zlibbed([]byte("BT "+scattered(20_000, "/F1 12 Tf 0 1 -1 0 %d %d Tm (a) Tj ")+"ET"), 1), "/FlateDecode"),
		"sizes.pdf":            packedPDF(zlibbed([]byte("BT "+scattered(20_000, "/F1 %d Tf 1 0 0 1 80 %d Tm (a) Tj ")+"ET"), 1), "/FlateDecode"),
		"grid.pdf":             packedPDF(zlibbed([]byte(scattered(20_000, "%[1]d 0 m %[1]d 842 l 0 %[2]d m 595 %[2]d l ")+"S "+many[:20_000]), 1), "/FlateDecode"),
		"fonts.pdf":            fonted(4000),
		"tables-before.pdf":    tablesBefore(of(text), 3000),
		"lzw.pdf":              packedPDF(bytes.Repeat([]byte{0x80, 0x0B, 0x60, 0x50}, 1<<20), "/LZWDecode"),
		"not-ended.pdf":        bytes.TrimSuffix(of(text), []byte("%%EOF\n")),
	}
}

func officeAttacks(t *testing.T) map[string][]byte {
	docx := func(body string, parts ...string) []byte { return testkit.DOCX(t, body, parts...) }
	run := func(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }
	odt := func(body string) []byte {
		return testkit.Zip(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<manifest/>",
			"content.xml", `<o:document-content xmlns:o="o" xmlns:t="t" xmlns:a="a"><o:body><o:text>`+body+`</o:text></o:body></o:document-content>`)
	}
	var attributes strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&attributes, ` a%d="%d"`, i*7919%100_003, i)
	}
	cell := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + run(text) + `</w:tc>`
	}
	merged := `<w:tr>` + strings.Repeat(cell(`<w:vMerge w:val="restart"/>`, strings.Repeat("报", 60)), 60) + `</w:tr>` +
		strings.Repeat(`<w:tr>`+strings.Repeat(`<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>`, 60)+`</w:tr>`, 2000)
	list := func(number string) string {
		return `<w:numbering` + testkit.WordNames + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="` + number + `"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	}
	numbered := `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`
	return map[string][]byte{
		"blanks.docx":           docx(run("甲") + strings.Repeat(" ", 64<<20)),
		"attributes.docx":       docx(`<w:p` + attributes.String() + `/>` + run("甲")),
		"few-attributes.docx":   docx(strings.Repeat(`<w:p a="1" b="2" c="3" d="4" e="5" f="6"/>`, 300_000)),
		"deep.docx":             docx(strings.Repeat("<w:sdt>", 500_000)),
		"tables.docx":           docx(strings.Repeat("<w:tbl><w:tr><w:tc>", 50_000)),
		"merged.docx":           docx(`<w:tbl>` + merged + `</w:tbl>`),
		"span.docx":             docx(`<w:tbl><w:tr>` + strings.Repeat(cell(`<w:gridSpan w:val="2147483647"/>`, "甲"), 1000) + `</w:tr></w:tbl>`),
		"before.docx":           docx(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2147483647"/></w:trPr>` + cell("", "甲") + `</w:tr></w:tbl>`),
		"roman.docx":            docx(strings.Repeat(numbered, 1000), "word/numbering.xml", list("2000000000")),
		"fields.docx":           docx(`<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 200_000) + `</w:p>`),
		"notes.docx":            docx(`<w:p>`+strings.Repeat(`<w:r><w:footnoteReference w:id="1"/></w:r>`, 200_000)+`</w:p>`, "word/footnotes.xml", `<w:footnotes`+testkit.WordNames+`><w:footnote w:id="1">`+run(strings.Repeat("注", 10_000))+`</w:footnote></w:footnotes>`),
		"entity.docx":           docx(`<!DOCTYPE a [<!ENTITY b "` + strings.Repeat("x", 1000) + `">]>` + strings.Repeat("&b;", 1000)),
		"not-closed.docx":       docx("<w:p><w:r><w:t>" + strings.Repeat("甲", 100_000)),
		"blanks.odt":            odt(strings.Repeat(`<t:p><t:s t:c="2000000000"/></t:p>`, 100_000)),
		"spans.odt":             odt(`<a:table>` + strings.Repeat(`<a:table-row><a:table-cell a:number-rows-spanned="2147483647"><t:p>甲</t:p></a:table-cell><a:covered-table-cell/></a:table-row>`, 50_000) + `</a:table>`),
		"deep.odt":              odt(strings.Repeat("<t:span>", 500_000)),
		"groups.rtf":            []byte(`{\rtf1` + strings.Repeat("{", 1<<20)),
		"binary.rtf":            []byte(`{\rtf1\bin2147483647 x}`),
		"words.rtf":             []byte(`{\rtf1` + strings.Repeat(`\b`, 1<<19) + `}`),
		"cells.rtf":             []byte(`{\rtf1` + strings.Repeat(`\trowd\intbl a\cell`, 1<<15) + `\row}`),
		"header-only.doc":       append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), bytes.Repeat([]byte{0xFF}, 4096)...),
		"zeros.doc":             append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1<<20)...),
		"members.zip":           testkit.Zip(t, strings.Split(strings.Repeat("a/b.txt\x00正文\x00", 20_000)+"z.txt\x00z", "\x00")...),
		"bomb.zip":              testkit.Zip(t, "a.txt", strings.Repeat(" ", 200<<20)),
		"bombs.zip":             testkit.Zip(t, "a.txt", strings.Repeat(" ", 60<<20), "b.txt", strings.Repeat(" ", 60<<20), "c.txt", strings.Repeat(" ", 60<<20)),
		"docx-in-zip-bomb.docx": docx(strings.Repeat(run(""), 3<<20)),
	}
}

func textAttacks() map[string][]byte {
	line := `{"id":"a","text":"正文"}` + "\n"
	return map[string][]byte{
		"blanks.jsonl.gz":  gzipped(bytes.Repeat([]byte("\n"), 200<<20), 1),
		"members.txt.gz":   bytes.Repeat(gzipped(nil, 1), 20_000),
		"none.jsonl":       []byte(strings.Repeat("x\n", 2<<20)),
		"without.jsonl":    []byte(strings.Repeat("{\"text\":\"\"}\n", 300_000)),
		"none.csv":         []byte("title,text\n" + strings.Repeat("a,\n", 1<<20)),
		"none.json":        []byte("[{\"text\":\"正文\"}" + strings.Repeat(",{}", 1<<20) + "]"),
		"percent.txt":      []byte("报告\n" + strings.Repeat("%4", 200_000)),
		"zeros.txt.gz":     gzipped(make([]byte, 100<<20), 1),
		"twice.txt.gz":     gzipped(bytes.Repeat([]byte("正文"), 20<<20), 2),
		"deep.jsonl":       []byte(line + `{"text":` + strings.Repeat("[", 1<<20) + "\n"),
		"keys.jsonl":       []byte(line + "{" + strings.Repeat(`"text":"a",`, 50_000) + `"text":"b"}` + "\n"),
		"quotes.csv":       []byte("title,text\n" + strings.Repeat("a\"b,\"c\n", 60_000)),
		"quote.csv":        []byte("title,text\n" + strings.Repeat("\"a\n", 100_000)),
		"columns.csv":      []byte(strings.Repeat("a,", 200_000) + "text\n" + strings.Repeat("b,", 200_000) + "正文\n"),
		"divs.html":        []byte("<html><body>" + strings.Repeat("<div>", 80_000)),
		"bold.html":        []byte("<html><body>" + strings.Repeat("<b><p>", 80_000)),
		"attributes.html":  []byte("<html><body><p " + strings.Repeat("a=b ", 120_000) + ">正文</p>"),
		"tables.html":      []byte("<html><body>" + strings.Repeat("<table><tr><td>", 30_000) + "正文"),
		"rows.html":        []byte("<html><body><table><tr>" + strings.Repeat("<td rowspan=65000 colspan=1000>"+strings.Repeat("报", 60), 200) + strings.Repeat("<tr><td>甲", 20_000) + "</table>"),
		"nodes.html":       []byte("<html><body>" + strings.Repeat("<p>", 4<<20)),
		"not-closed.html":  []byte("<html><body><p>正文<!--" + strings.Repeat("<!--", 120_000)),
		"parts.mht":        []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n" + strings.Repeat("--x\nContent-Type: multipart/related; boundary=\"x\"\n\n", 10_000)),
		"quotes.md":        []byte("# 题\n\n" + strings.Repeat(">", 200_000) + "正文\n"),
		"brackets.md":      []byte("# 题\n\n" + strings.Repeat("[", 200_000) + strings.Repeat("*a_", 50_000) + "\n"),
		"brackets.txt":     []byte("报告\n" + strings.Repeat("（(〔[", 60_000)),
		"glosses.txt":      []byte("报告\n" + strings.Repeat("区(qū)县?yún)^(qū)", 15_000)),
		"numbers.txt":      []byte("报告\n" + strings.Repeat("1,", 150_000)),
		"headings.txt":     []byte("报告\n" + strings.Repeat("一、甲\n（一）乙\n1.丙\n", 15_000)),
		"blank-lines.txt":  []byte("报告\n正文\n" + strings.Repeat("\r", 8<<20)),
		"short-lines.txt":  []byte("报告\n" + strings.Repeat("甲\n", 2<<20)),
		"one-character.md": []byte(strings.Repeat("|", 300_000)),
	}
}

func archiveAttacks(t *testing.T) map[string][]byte {
	tarOf := func(name string, data []byte, times int) []byte {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		for i := range times {
			_ = w.WriteHeader(&tar.Header{Name: fmt.Sprint(i, name), Typeflag: tar.TypeReg, Size: int64(len(data)), Mode: 0o600}) // a buffer takes all
			_, _ = w.Write(data)
		}
		_ = w.Close()
		return b.Bytes()
	}
	files := make([]testkit.RARFile, 60_000)
	for i := range files {
		files[i] = testkit.RARFile{Name: fmt.Sprint(i), Content: "a", Size: 1 << 20, Method: 3}
	}
	folders := "\x01\x04\x06\x00\x01\x09\x01\x00\x07\x0B\xC0\xFF\xFF\x00" + strings.Repeat("\x01\x01\x00", 65535) + "\x0C" + strings.Repeat("\x01", 65535) + "\x00\x00\x05\xC0\xFF\xFF\x0E" + strings.Repeat("\x00", 200_000)
	return map[string][]byte{
		"files.7z":       testkit.SevenZipOf([]byte("\x01\x05\xF0\xFF\xFF\xFF\xFE\x19")),
		"streams.7z":     testkit.SevenZipOf([]byte("\x01\x04\x06\x00\xF0\xFF\xFF\xFF\xFE\x0A\x01")),
		"properties.7z":  testkit.SevenZipOf([]byte("\x01\x04\x06\x00\x01\x09\x01\x00\x07\x0B\x01\x00\x01\x21\x21\xF0\xFF\xFF\xFF\xFE")),
		"folders.7z":     testkit.SevenZipOf([]byte(folders)),
		"windows.rar":    testkit.RAR(files...),
		"large.rar":      testkit.RAR(testkit.RARFile{Name: "甲.txt", Content: strings.Repeat("a", 400_000), Size: 60 << 20, Method: 3 | 9<<3}),
		"blanks.tar.gz":  gzipped(tarOf("a.txt", bytes.Repeat([]byte(" "), 1<<20), 100), 1),
		"nested.tar.gz":  gzipped(tarOf("a.tar", tarOf("b.tar", tarOf("c.txt", bytes.Repeat([]byte("\n"), 1<<20), 5), 4), 4), 1),
		"members.tar.gz": gzipped(tarOf("a", nil, 120_000), 1),
		"tables.zip":     testkit.Zip(t, "metadata.csv", "file,year\n"+strings.Repeat("甲.txt,2019\n", 300_000), "甲.txt", "正文"),
	}
}

func ofdAttacks(t *testing.T) map[string][]byte {
	ofd := func(pages, content, resources string) []byte {
		return testkit.Zip(t, "OFD.xml", `<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>`,
			"D/Document.xml", `<Document><CommonData><PublicRes>Res.xml</PublicRes><TemplatePage ID="9" BaseLoc="Page.xml"/></CommonData><Pages>`+pages+`</Pages></Document>`,
			"D/Page.xml", `<Page><Template TemplateID="9"/><Content>`+content+`</Content></Page>`, "D/Res.xml", `<Res>`+resources+`</Res>`)
	}
	const page, text = `<Page BaseLoc="Page.xml"/>`, `<TextObject Size="5"><TextCode X="1" Y="5" DeltaX="g 1000000000 5">`
	var units strings.Builder
	for i := range 12 {
		fmt.Fprintf(&units, `<CompositeGraphicUnit ID="%d">%s</CompositeGraphicUnit>`, i, strings.Repeat(fmt.Sprintf(`<CompositeObject ResourceID="%d"/>`, i+1), 10))
	}
	return map[string][]byte{
		"pages.ofd":   ofd(strings.Repeat(page, 50_000), text+strings.Repeat("正文", 20_000)+`</TextCode></TextObject>`, ""),
		"units.ofd":   ofd(page, `<CompositeObject ResourceID="0"/>`, units.String()),
		"deep.ofd":    ofd(page, strings.Repeat("<PageBlock>", 500_000), ""),
		"glyphs.ofd":  ofd(page, `<TextObject Size="5">`+strings.Repeat(`<CGTransform CodePosition="1" GlyphCount="999999999"/>`, 50_000)+`</TextObject>`, ""),
		"objects.ofd": ofd(page, strings.Repeat(`<TextObject Size="5"><TextCode X="1" Y="5">正</TextCode></TextObject>`, 150_000), ""),
		"path.ofd":    ofd(page, `<PathObject><AbbreviatedData>`+strings.Repeat("L 1 1 ", 2_000_000)+`</AbbreviatedData></PathObject>`, ""),
	}
}
