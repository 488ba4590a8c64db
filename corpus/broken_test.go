package corpus

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao/internal/testkit"
)

const goodText = "青石县2022年度法治政府建设情况报告\n2022年，我县坚持依法行政，办结行政复议案件14件。\n"

// packOne packs one file under a name.
func packOne(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	return packAll(t, map[string][]byte{name: data})
}

// officeFile packs the main part of an office file as such a file has it.
func officeFile(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	return packAll(t, map[string][]byte{"[Content_Types].xml": []byte(`<?xml version="1.0"?><Types/>`), name: data})
}

func packAll(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(data)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// nested packs a file into archives within one another.
func nested(t *testing.T, depth int) []byte {
	data, name := []byte(goodText), "a.txt"
	for range depth {
		data, name = packOne(t, name, data), "inner.zip"
	}
	return data
}

// flagged sets bits of the flags of all files of an archive.
func flagged(data []byte, flags byte) []byte {
	data = bytes.Clone(data)
	for _, h := range []struct {
		magic string
		at    int
	}{{"PK\x03\x04", 6}, {"PK\x01\x02", 8}} {
		for i := 0; ; {
			n := bytes.Index(data[i:], []byte(h.magic))
			if n < 0 {
				break
			}
			i += n + h.at
			data[i] |= flags
		}
	}
	return data
}

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// TestBrokenFiles reads a folder of files of which none but one can be read:
// each has one reason, and the good one is there.
func TestBrokenFiles(t *testing.T) {
	good := []byte(goodText)
	inGBK := encode(t, simplifiedchinese.GBK, strings.Repeat(goodText, 3))
	noTable := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
	for _, tt := range []struct {
		name   string
		data   []byte
		reason string
	}{
		{"空.txt", nil, "empty"},
		{"空白.txt", []byte("\uFEFF \r\n\t\n"), "empty"},
		{"零.txt", []byte("报告\x00\x01\x02报告"), "binary"},
		{"全零.txt", make([]byte, 1000), "binary"},
		{"控制字符.txt", bytes.Repeat([]byte("\x01\x02a"), 100), "binary"},
		{"杂音.txt", bytes.Repeat([]byte("\xFF\xFD"), 4), "no known charset"},
		{"混合编码.txt", append([]byte(strings.Repeat(goodText, 3)), inGBK...), "no known charset"},
		{"只有导航.txt", []byte("打印本页\n关闭窗口\n"), "no text"},
		{"一行太长.txt", bytes.Repeat([]byte("法治政府"), 1_000_000), "larger than"},
		{"程序.exe", []byte("MZ\x90\x00\x03\x00\x00\x00"), "binary"},
		{"数据.json", []byte("{\n \"a\": 1\n}"), "unknown format"},
		{"图片.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "--ocr"},
		{"照片.pdf", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF\x00"), "--ocr"},
		{"动画.gif", []byte("GIF89a\x01\x00\x01\x00\x00"), "an image"},
		{"断.rar", []byte("Rar!\x1a\x07\x01\x00"), "downloaded to its end"},
		{"断.7z", []byte("7z\xBC\xAF\x27\x1C\x00\x04"), "get it again"},
		{"压缩.bz2", []byte("BZh91AY&SY"), "unpack it"},
		{"压缩.tar.xz", []byte("\xFD7zXZ\x00\x00"), "unpack it"},
		{"论文.caj", []byte("CAJ\x00\x01\x00"), "CAJ"},
		{"断.pdf", []byte("%PDF-1.7\n1 0 obj<</Type/Catalog"), "get the file again"},
		{"扫描.pdf", testkit.PDF("", ""), "OCR"},
		{"没有目录的扫描.pdf", []byte(noTable), "OCR"},
		{"其实是网页.pdf", []byte("<html><frameset><frame src=a.html></frameset></html>"), "frames"},
		{"断.docx", []byte("PK\x03\x04\x14\x00"), "downloaded to its end"},
		{"断.zip", nested(t, 1)[:60], "downloaded to its end"},
		{"空.zip", packOne(t, "空/", nil), "without files"},
		{"套娃.zip", nested(t, 4), "unpack it first"},
		{"炸弹.zip", packOne(t, "a.txt", make([]byte, 30<<20)), "200 times"},
		{"加密.zip", flagged(packOne(t, "a.txt", good), 1), "password"},
		{"怪法.zip", bytes.ReplaceAll(packOne(t, "a.txt", good), []byte("\x08\x00\x08\x00"), []byte("\x08\x00\x63\x00")), "plain ZIP"},
		{"幻灯.pptx", officeFile(t, "ppt/presentation.xml", good), "PPTX"},
		{"坏.docx", officeFile(t, "word/document.xml", []byte("<w:document><w:body>")), "again"},
		{"断.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "get the file again"},
		{"坏.gz", []byte("\x1f\x8bxx"), "gzip"},
		{"断.txt.gz", gzipped(t, good)[:40], "unexpected EOF"},
		{"两次.gz", gzipped(t, gzipped(t, good)), "unpack it once"},
		{"表.csv", []byte("指标,数值\n案件,14\n"), "column of texts"},
		{"没有正文.html", []byte("<!DOCTYPE html><html><head><title>x</title></head></html>"), "no text in the page"},
		{"脚本.html", []byte("<html><body><div id=app></div><script>render()</script></body></html>"), "script"},
		{"没有段落.mht", []byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\n--x--\n"), "save the page again"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, data := range map[string][]byte{tt.name: tt.data, "好.txt": good} {
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			reports, faults := walked(t, Options{MaxBytes: 8 << 20}, dir, dir)
			if len(reports) != 1 || reports[0].Meta.ID != "好.txt" {
				t.Errorf("%d reports: %v", len(reports), ids(reports))
			}
			if len(faults) != 1 || !strings.HasPrefix(faults[0], tt.name) || !strings.Contains(faults[0], tt.reason) {
				t.Errorf("faults %q, want one with %q", faults, tt.reason)
			}
		})
	}
}

// TestEncryptedPDF reads a PDF that asks for a password.
func TestEncryptedPDF(t *testing.T) {
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		t.Skip("qpdf is not installed: there is nothing to encrypt a PDF with")
	}
	plain, locked := filepath.Join(t.TempDir(), "a.pdf"), filepath.Join(t.TempDir(), "b.pdf")
	if err := os.WriteFile(plain, testkit.Convert(t, "a.txt", []byte(goodText), "pdf"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(qpdf, "--encrypt", "secret", "secret", "256", "--", plain, locked).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	reports, faults := Read("b.pdf", data, Options{})
	if len(reports) != 0 || len(faults) != 1 || !strings.Contains(faults[0].Error(), "password") || faults[0].Format != "pdf" {
		t.Errorf("%d reports, faults %v", len(reports), faults)
	}
}

// TestArchiveMembers reads the files of an archive under their own names and
// reasons.
func TestArchiveMembers(t *testing.T) {
	inner := packed(t, map[string][]byte{"深/丙.txt": []byte("丙县坚持依法行政。")})
	data := packed(t, map[string][]byte{
		"报告/甲县2022年.txt": []byte("甲县坚持依法行政。"), "报告\\乙县.txt": []byte("乙县坚持依法行政。"), "../../外面.txt": []byte("丁县坚持依法行政。"),
		"坏.txt": []byte("\x00\x01"), "里面.zip": inner, "__MACOSX/._甲.txt": []byte("x"), ".隐藏": []byte("x"),
	})
	var passed []string
	reports, faults := Read("年报.zip", data, Options{Passed: func(path, _ string) { passed = append(passed, path) }})
	want := "年报.zip/外面.txt 年报.zip/报告/乙县.txt 年报.zip/报告/甲县2022年.txt 年报.zip/里面.zip/深/丙.txt"
	if got := strings.Join(ids(reports), " "); got != want {
		t.Errorf("ids\n%s, want\n%s", got, want)
	}
	if len(faults) != 1 || faults[0].Path != "年报.zip/坏.txt" || !strings.Contains(faults[0].Error(), "binary") {
		t.Errorf("faults %v", faults)
	}
	if len(passed) != 2 {
		t.Errorf("passed over %q", passed)
	}
}

// TestHeldDocuments reads files a second time with the keys of the first: none
// is made again, and whatever belongs to a report changes its key.
func TestHeldDocuments(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "甲县坚持依法行政。", "l.jsonl": `{"text":"乙县。"}` + "\n" + `{"text":"丙县。"}` + "\n"})
	keys := map[string]bool{}
	reports, _ := walked(t, Options{}, dir, dir)
	for _, r := range reports {
		keys[r.File.Key] = true
	}
	if len(keys) != 3 {
		t.Fatalf("%d keys of %d reports", len(keys), len(reports))
	}
	held := heldOf(reports)
	made := func() (again []string) {
		reports, faults := walked(t, Options{Held: held}, dir, dir)
		if len(reports) != 3 || len(faults) > 0 {
			t.Fatalf("%v %v", ids(reports), faults)
		}
		for _, r := range reports {
			if (r.File.Held != "") != (len(r.Passages) == 0) {
				t.Errorf("%s is held: %q, with %d passages", r.Meta.ID, r.File.Held, len(r.Passages))
			}
			if len(r.Passages) > 0 {
				again = append(again, r.Meta.ID)
			}
		}
		return again
	}
	if again := made(); len(again) != 0 {
		t.Errorf("made again: %q", again)
	}
	for name, text := range map[string]string{"l.jsonl": `{"text":"乙县。"}` + "\n" + `{"text":"丁县。"}` + "\n", "metadata.csv": "file,year\na.txt,2021\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if again := made(); strings.Join(again, " ") != "a.txt l.jsonl:2" {
		t.Errorf("made again: %q", again)
	}
}

// TestTables reads reports out of the rows of a table.
func TestTables(t *testing.T) {
	for _, tt := range []struct {
		name, text, ids string
		faults          []int // their lines
	}{
		{"表.csv", "编号,标题,地区,年份,正文,备注\n甲,甲县2021年度报告,四川省,2021,\"甲县坚持依法行政。\n第二段。\",x\n,,,,,\n乙,,,不是年份,乙县坚持依法行政。,\n丙,,,,,\n", "甲 乙", []int{5, 6}},
		{"没合上.csv", "id,text\n甲,\"甲县坚持依法行政。\n乙,乙县坚持依法行政。\n丙,丙县坚持依法行政。\n", "甲 乙 丙", []int{2}},
		{"引号开头.tsv", "id\ttext\n甲\t\"放管服\"改革在甲县推进。\n乙\t乙县\"放管服\"改革。\n", "甲 乙", nil},
		{"分号.csv", "id;text\n甲;甲县坚持依法行政。\n", "甲", nil},
		{"只有表头.csv", "id,text\n", "", []int{0}},
		{"标签.csv", "id,text\n甲,<p>甲县&amp;乙县</p><p>坚持依法行政。</p>\n", "甲", nil},
		{"空行.jsonl", "\n\n \n", "", []int{0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reports, faults := Read(tt.name, encode(t, simplifiedchinese.GBK, tt.text), Options{})
			var lines []int
			for _, f := range faults {
				lines = append(lines, f.Line)
			}
			if got := strings.Join(ids(reports), " "); got != tt.ids || !slices.Equal(lines, tt.faults) {
				t.Fatalf("ids %q, want %q; faults %v, want lines %v", got, tt.ids, faults, tt.faults)
			}
			for _, r := range reports {
				for _, p := range r.Paragraphs {
					if strings.ContainsAny(p.Text, "<>") || strings.Contains(p.Text, "&amp;") {
						t.Errorf("markup is left in %q", p.Text)
					}
				}
			}
			if tt.name == "表.csv" {
				if r := reports[0]; r.Meta.Title != "甲县2021年度报告" || r.Meta.Year != 2021 || r.Meta.Region.Code != "510000" || r.File.Line != 2 || len(r.Paragraphs) != 3 {
					t.Errorf("%+v, line %d, %d paragraphs", r.Meta, r.File.Line, len(r.Paragraphs))
				}
			}
		})
	}
}

// TestColumnsBelongToTheKey reads a table whose columns change their names:
// what was made of it must be made again.
func TestColumnsBelongToTheKey(t *testing.T) {
	key := func(table string) string {
		reports, faults := Read("表.csv", []byte(table), Options{})
		if len(reports) != 1 || len(faults) > 0 {
			t.Fatalf("%d reports, faults %v", len(reports), faults)
		}
		return reports[0].File.Key
	}
	if key("id,text,memo\n甲,甲县依法行政。,备注。\n") == key("id,memo,text\n甲,甲县依法行政。,备注。\n") {
		t.Error("another column of texts has the same key")
	}
}
