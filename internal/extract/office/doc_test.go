package office

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// docFile has LibreOffice make one of the files of these tests, all of them in
// one run.
func docFile(t *testing.T, name string) []byte {
	t.Helper()
	return testkit.ConvertAll(t, "doc:MS Word 97", map[string][]byte{
		"report.txt":   []byte(strings.Join(reportLines(t), "\n")),
		"printed.docx": testkit.Printed(t, testkit.SampleLines(t), testkit.Cases, [][]string{{"甲", "", ""}, {"", "乙", ""}, {"丙", "", "丁"}}),
		"marks.docx":   testkit.DOCX(t, markedBody, "word/footnotes.xml", markedNotes),
		"numbers.docx": listDocument(t, numberedParagraphs),
	})[name]
}

func reportLines(t *testing.T) []string {
	t.Helper()
	return append(testkit.SampleLines(t), "生僻字𠮷与 café")
}

func TestDOCOfLibreOffice(t *testing.T) {
	lines, data := reportLines(t), docFile(t, "report.txt")
	got, err := DOC(data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, lines)
	for _, size := range []int{100, 600, len(data) / 2, len(data) - 600} {
		if _, err := DOC(data[:size], extract.Limits{}); err == nil {
			t.Errorf("%d of %d bytes give no error", size, len(data))
		}
	}
}

func TestDOCPrinted(t *testing.T) {
	data := docFile(t, "printed.docx")
	got, err := DOC(data, extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	end := "表格以上为统计数据，以下为正文。"
	testkit.SameLines(t, got.Body, append(append(append(testkit.SampleLines(t), testkit.CaseRows...), end), "甲", "乙", "丙 |  | 丁", end))
	if _, err := DOC(data, extract.Limits{Bytes: 1000}); err == nil {
		t.Error("a text beyond the limit gives no error")
	}
}

var (
	markedNotes = `<w:footnotes` + testkit.WordNames + `><w:footnote w:id="2"><w:p>` + run("注文") + `</w:p></w:footnote></w:footnotes>`
	markedBody  = `<w:p>` + run("办理") + `<w:del w:id="1" w:author="a" w:date="2023-01-01T00:00:00Z"><w:r><w:delText>9</w:delText></w:r></w:del>` + run("14件") +
		`<w:r><w:footnoteReference w:id="2"/></w:r></w:p>` +
		`<w:p>` + run("甲") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>旧</w:t></w:r>` + run("乙") + `<w:r><w:br/></w:r>` + run("丙") + `</w:p>` +
		`<w:p>` + run("见") + `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "http://example.com/"</w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("网站") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + run("。") + `</w:p>`
)

func TestDOCMarks(t *testing.T) {
	got, err := DOC(docFile(t, "marks.docx"), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "办理14件\n甲乙\n丙\n见网站。\n注文\n"; strings.ReplaceAll(got.Body, "\t", "") != want {
		t.Errorf("body %q, want %q", got.Body, want)
	}
}

const numberedParagraphs = "1/0 甲;1/1 乙;1/1 丙;正文;1/2 丁;1/2 戊;1/0 己;1/1 庚;2/0 辛;3/0 壬;3/0 癸;@Chapter 子;@Chapter 丑"

func TestDOCNumbering(t *testing.T) {
	want := "一、甲;（一）乙;（二）丙;正文;1. 丁;2. 戊;二、己;（一）庚;五、辛;第九条 壬;第十条 癸;第1章 子;第2章 丑"
	got, err := DOC(docFile(t, "numbers.docx"), extract.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	testkit.SameLines(t, got.Body, strings.Split(want, ";"))
}

func TestReadDocLevel(t *testing.T) {
	level := make([]byte, 28)
	level[0], level[4], level[5], level[15] = 3, 39, 1<<2|1<<3, 2
	level[24], level[25] = 1, 2 // bytes of properties
	data := append(level, 0, 0, 0, 3, 0)
	data = append(data, 0x2C, 0x7B, 1, 0, 0x61, 0x67, 'x') // 第, the second number, 条
	r := byteReader{data, true}
	got := readDocLevel(&r)
	want := listLevel{start: 3, format: "chineseCountingThousand", text: "第%2条", suffix: "nothing", decimal: true, restart: 0}
	if got != want || !r.ok || len(r.data) != 1 {
		t.Errorf("got %+v, %d bytes left, want %+v", got, len(r.data), want)
	}
}

func TestDOCRefused(t *testing.T) {
	data := docFile(t, "report.txt")
	// The first sector of WordDocument is found by its mark.
	fib := bytes.Index(data, []byte{0xEC, 0xA5})
	if fib < 0 {
		t.Fatal("no WordDocument in the file")
	}
	changed := func(at int, value uint16) []byte {
		c := bytes.Clone(data)
		binary.LittleEndian.PutUint16(c[fib+at:], value)
		return c
	}
	// renamed gives a stream another name, in the folder of the file.
	renamed := func(name string) []byte {
		c := bytes.Clone(data)
		entry := c[bytes.Index(c, wide("WordDocument")):]
		clear(entry[:64])
		copy(entry, wide(name))
		entry[64] = byte(2*len(name) + 2)
		return c
	}
	flags := binary.LittleEndian.Uint16(data[fib+fibFlags:])
	for _, tt := range []struct {
		name  string
		data  []byte
		words string
	}{
		{"encrypted", changed(fibFlags, flags|flagEncrypted), "encrypted; remove the password"},
		{"Word 95", changed(fibVersion, 104), "Word 6 or 95"},
		{"no piece table", changed(fibClx+4, 0), "broken Word document"},
		{"text elsewhere", changed(fibClx, 0xFFFF), "broken Word document"},
		{"no compound file", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "broken compound file"},
		{"empty", nil, "broken"},
		{"workbook", renamed("Workbook"), "an Excel workbook"},
		{"presentation", renamed("PowerPoint Document"), "a PowerPoint presentation"},
		{"DOCX behind a password", renamed("EncryptedPackage"), "encrypted; remove the password"},
		{"other streams", renamed("Journal"), "without a Word document"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := DOC(tt.data, extract.Limits{})
			testkit.Refused(t, err, tt.words)
		})
	}
}

// wide is a string in UTF-16.
func wide(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// smallDoc is the two streams of a document that says ascii in one piece and
// a character of UTF-16 in another.
func smallDoc(ascii string) (main, table []byte) {
	const text = 0x400
	main = make([]byte, text+len(ascii)+4)
	binary.LittleEndian.PutUint16(main[fibVersion:], word97)
	binary.LittleEndian.PutUint32(main[fibLengths:], uint32(len(ascii)+2))
	copy(main[text:], ascii)
	copy(main[text+len(ascii):], []byte{0x3F, 0x65, '\r', 0}) // 政
	table = []byte{1, 2, 0, 9, 9, 2, 28, 0, 0, 0}
	for _, n := range []uint32{0, uint32(len(ascii)), uint32(len(ascii)) + 2} {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	for _, offset := range []uint32{2*text | 1<<30, uint32(text + len(ascii))} {
		table = binary.LittleEndian.AppendUint16(table, 0)
		table = binary.LittleEndian.AppendUint32(table, offset)
		table = binary.LittleEndian.AppendUint16(table, 0)
	}
	binary.LittleEndian.PutUint32(main[fibClx+4:], uint32(len(table)))
	return main, table
}

func TestDOCPieces(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"one\rtwo\r", "one\ntwo\n政\n"},
		{"caf\xe9 \x95 \x1e\r", "café • -\n政\n"},
		{"a\x0bb\x0c", "a\nb\n政\n"},
		{"x\x13 PAGE \x13 nested \x14no\x15\x14yes\x15\r", "xyes\n政\n"},
		{"x\x15\x14y\r", "xy\n政\n"},
		{"a\x07b\x07\r", "a | b\n政\n"},
		{"\x01\x02\x05\x08z\r", "z\n政\n"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			d, err := newDoc(smallDoc(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got, err := d.text(extract.Limits{}.WithDefaults())
			if err != nil || got.Body != tt.want {
				t.Errorf("got %q, %v; want %q", got.Body, err, tt.want)
			}
		})
	}
}

func FuzzDOC(f *testing.F) {
	main, table := smallDoc("one\rtwo\x07\x07")
	f.Add(main, table)
	f.Fuzz(func(t *testing.T, main, table []byte) {
		d, err := newDoc(main, table)
		if err != nil {
			return
		}
		if got, _ := d.text(extract.Limits{Bytes: 1 << 16, Depth: 100}.WithDefaults()); len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}
