package corpus

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"baogao/internal/testkit"
)

// compound is a compound file (MS-CFB) with streams of some names, all empty: a head, a
// table of sectors, and a folder.
func compound(names ...string) []byte {
	const free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	var b bytes.Buffer
	write := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // a buffer takes all
		}
	}
	write([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 16), uint16(0x3E), uint16(3), uint16(0xFFFE), uint16(9), uint16(6), make([]byte, 6),
		uint32(0), uint32(1), uint32(1), uint32(0), uint32(4096), uint32(end), uint32(0), uint32(end), uint32(0), uint32(0))
	write(bytes.Repeat([]byte{0xFF}, 512-b.Len()))
	write(uint32(fat), uint32(end))
	write(bytes.Repeat([]byte{0xFF}, 1024-b.Len()))
	for i, name := range append([]string{"Root Entry"}, names...) {
		entry := make([]byte, 64)
		units := utf16.Encode([]rune(name))
		for j, u := range units {
			binary.LittleEndian.PutUint16(entry[2*j:], u)
		}
		kind, right, child := byte(2), uint32(i+1), uint32(free)
		if i == len(names) {
			right = free
		}
		if i == 0 {
			kind, right, child = 5, free, 1
		}
		write(entry, uint16(2*len(units)+2), kind, byte(1), uint32(free), right, child, make([]byte, 36), uint32(end), uint64(0))
	}
	write(make([]byte, 1536-b.Len()))
	return b.Bytes()
}

// TestRefused: what is not read is refused with what it is and the next step, whatever
// it is called.
func TestRefused(t *testing.T) {
	const mail = "Received: from a\r\nFrom: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n全县受理行政复议案件。\r\n"
	book := testkit.Zip(t, "mimetype", "application/epub+zip", "META-INF/container.xml", `<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>`,
		"a.opf", "<package/>", "a.xhtml", "<p>全县受理行政复议案件。</p>")
	for _, tt := range []struct {
		name, what, next string
		data             []byte
	}{
		{"a.eml", "e-mail", "save what is attached", []byte(mail)},
		{"a.eml", "e-mail", "save what is attached", []byte("Subject: =?utf-8?b?5oql5ZGK?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n全县受理行政复议案件。\r\n--x--\r\n")},
		{"a.txt", "e-mail", "save what is attached", []byte("From: a@example.org\r\nMessage-ID: <1@example.org>\r\n\r\n全县受理行政复议案件。\r\n")},
		{"a.msg", "Outlook message", "save what is attached", compound("__properties_version1.0", "__substg1.0_1000001F")},
		{"a.epub", "EPUB", "save its pages as HTML or text", book},
		{"a.zip", "EPUB", "save its pages as HTML or text", book},
		{"a.pptx", "presentation", "save it as PDF or text", testkit.Zip(t, "[Content_Types].xml", "<Types/>", "ppt/presentation.xml", "<x/>", "ppt/slides/slide1.xml", "<x>全县</x>")},
		{"a.ppt", "PowerPoint presentation", "save it as PDF or text", compound("PowerPoint Document", "Current User")},
		{"a.xls", "Excel workbook", "save it as XLSX or CSV", compound("Workbook")},
		{"a.xls", "Excel workbook", "save it as XLSX or CSV", compound("Book")},
		{"a.doc", "Excel workbook", "save it as XLSX or CSV", compound("Workbook")},
		{"a.hwp", "Hangul document", "save it as DOCX or text", compound("HwpSummaryInformation")},
		{"a.docx", "encrypted", "remove the password", compound("EncryptedPackage", "EncryptionInfo")},
	} {
		t.Run(tt.name+" "+tt.what, func(t *testing.T) { isRefused(t, tt.name, tt.data, tt.what, tt.next) })
	}
	t.Run("made by LibreOffice", func(t *testing.T) {
		data := testkit.Convert(t, "cases.csv", []byte("项目,件数\n行政处罚,27\n行政许可,1201\n"), "xls")
		isRefused(t, "a.xls", data, "Excel workbook", "save it as XLSX or CSV")
	})
}

func isRefused(t *testing.T, name string, data []byte, what, next string) {
	t.Helper()
	reports, faults := Read(name, data, Options{})
	if len(reports) > 0 || len(faults) != 1 || !strings.Contains(faults[0].Error(), what) || !strings.Contains(faults[0].Error(), next) {
		t.Errorf("%d reports, %v; want one fault with %q and %q", len(reports), faults, what, next)
	}
}
