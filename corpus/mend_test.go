package corpus

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	simplified = "临江县2022年法治政府建设年度报告\n\n全县受理行政复议案件二十一件，办结十九件，纠错率有所下降。各乡镇和街道严格执行重大行政决策程序，加强执法监督。\n"
	inBig5     = "臨江縣2022年法治政府建設年度報告\n\n全縣受理行政復議案件二十一件，辦結十九件，糾錯率有所下降。各鄉鎮嚴格執行重大行政決策程序，加強執法監督。\n"
	inJapanese = "臨江町の行政報告です。行政不服審査の件数は十四件でした。町の条例を改正しました。\n"
)

// misread gives the bytes of a text in one charset, read in another; bytes that
// are none in it are lost.
func misread(t *testing.T, text string, in, as encoding.Encoding) string {
	t.Helper()
	data := []byte(text)
	if in != nil {
		data = encode(t, in, text)
	}
	got, err := as.NewDecoder().Bytes(data)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// utf7 writes what is not ASCII of a text in base64.
func utf7(t *testing.T, text string) string {
	return regexp.MustCompile(`[^\x00-\x7F]+`).ReplaceAllStringFunc(text, func(run string) string {
		return "+" + base64.RawStdEncoding.EncodeToString(encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), run)) + "-"
	})
}

// garbage are texts that were garbled in each way that is met, by how.
func garbage(t *testing.T) map[string]string {
	gbk, big5, latin := simplifiedchinese.GB18030, traditionalchinese.Big5, charmap.ISO8859_1
	return map[string]string{
		"utf-8 as gbk": misread(t, simplified, nil, gbk), "utf-8 as latin-1": misread(t, simplified, nil, latin),
		"utf-8 as cp1252": misread(t, simplified, nil, charmap.Windows1252), "gbk as latin-1": misread(t, simplified, gbk, latin),
		"gbk as cp1252": misread(t, simplified, gbk, charmap.Windows1252), "big5 as latin-1": misread(t, inBig5, big5, latin),
		"big5 as gbk": misread(t, inBig5, big5, gbk), "gbk as big5": misread(t, simplified, gbk, big5), "utf-8 as big5": misread(t, simplified, nil, big5),
		"lost": strings.Repeat("锟斤拷锟斤拷县锟斤拷2022锟斤拷\n", 3), "unwritten": strings.Repeat("烫烫烫烫屯屯屯屯\n", 4),
		"hz": string(encode(t, simplifiedchinese.HZGB2312, simplified)), "utf-7": utf7(t, simplified),
		"euc-jp": string(encode(t, japanese.EUCJP, inJapanese)), "shift-jis": string(encode(t, japanese.ShiftJIS, inJapanese)),
		"utf-8 as latin-9": misread(t, simplified, nil, charmap.ISO8859_15), "utf-8 as windows-1251": misread(t, simplified, nil, charmap.Windows1251),
		"gbk as windows-1251": misread(t, simplified, gbk, charmap.Windows1251), "gbk as code page 437": misread(t, simplified, gbk, charmap.CodePage437),
		"utf-8 as code page 850": misread(t, simplified, nil, charmap.CodePage850), "utf-8 as koi8-r": misread(t, simplified, nil, charmap.KOI8R),
		"gbk as mac roman": misread(t, simplified, gbk, charmap.Macintosh), "utf-8 as windows-1250": misread(t, simplified, nil, charmap.Windows1250),
		"utf-8 as latin-1, twice": misread(t, misread(t, simplified, nil, latin), nil, latin),
		"iso-2022-jp":             string(encode(t, japanese.ISO2022JP, inJapanese)),
	}
}

// TestGarbage: in each format that holds text, what is garbled is put right with a
// note, or refused; nothing of it is indexed.
func TestGarbage(t *testing.T) {
	for how, text := range garbage(t) {
		escaped := strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), "\n", `\n`), `"`, `\"`)
		files := map[string]string{
			"a.txt": text, "a.csv": "标题,正文\n某,\"" + strings.ReplaceAll(text, `"`, `""`) + "\"\n", "a.jsonl": `{"text":"` + escaped + `"}` + "\n",
			"a.html": `<html><head><meta charset="utf-8"></head><body><p>` + strings.ReplaceAll(text, "\n\n", "</p><p>") + `</p></body></html>`,
		}
		if strings.Contains(how, "jp") || how == "shift-jis" {
			files = map[string]string{"a.txt": text} // bytes that no JSON line or page of UTF-8 has
		}
		for name, data := range files {
			t.Run(how+"/"+name, func(t *testing.T) {
				reports, faults := Read(name, []byte(data), Options{})
				noted := len(faults) > 0 && errors.Is(faults[len(faults)-1], ErrNote)
				for _, r := range reports {
					said := strings.Join(texts(r.Paragraphs), "\n")
					if !noted || !strings.Contains(said, "年度") || !strings.Contains(said, "下降。") {
						t.Errorf("indexed, noted %v: %q", noted, said)
					}
				}
				if len(reports) == 0 && (len(faults) == 0 || noted) {
					t.Errorf("neither a report nor a fault: %v", faults)
				}
			})
		}
	}
}

// byBytes reads each byte of a text as a character; one that is none stays what it is.
func byBytes(text string, as *charmap.Charmap) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		r := as.DecodeByte(c)
		if r == '\uFFFD' {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestPutRight: what lost nothing when it was misread is put right, in pages and titles
// too, and keeps its first line.
func TestPutRight(t *testing.T) {
	latin := charmap.ISO8859_1
	twice := misread(t, misread(t, simplified, nil, latin), nil, latin)
	page := func(text string) string {
		title, body, _ := strings.Cut(text, "\n\n")
		return "<html><head><title>" + title + "</title>" + strings.Repeat("<script>var a = 1;</script>\n", 200) + "</head><body><h1>" + title + "</h1><p>" + body + "</p></body></html>"
	}
	title, body, _ := strings.Cut(simplified, "\n\n")
	line := func(title string) string { return `{"title":"` + title + `","text":"` + strings.TrimSpace(body) + `"}` }
	for name, data := range map[string]string{
		"latin-1.txt": misread(t, simplified, nil, latin), "twice.txt": twice, "latin-9.txt": byBytes(simplified, charmap.ISO8859_15),
		"koi8-r.txt": misread(t, simplified, nil, charmap.KOI8R), "437.txt": misread(t, simplified, simplifiedchinese.GB18030, charmap.CodePage437),
		"latin-1.html": page(misread(t, simplified, nil, latin)), "gbk.html": page(misread(t, simplified, simplifiedchinese.GB18030, latin)), "twice.html": page(twice),
		"utf-7.txt": strings.ReplaceAll(utf7(t, "兿"+simplified), "-\n", "\n"), "title.jsonl": line(misread(t, title, nil, latin)),
	} {
		t.Run(name, func(t *testing.T) {
			reports, faults := Read(name, []byte(data), Options{})
			if len(reports) != 1 || len(faults) > 1 {
				t.Fatalf("%d reports, %v", len(reports), faults)
			}
			if got := strings.Join(texts(reports[0].Paragraphs), "\n"); !strings.HasSuffix(reports[0].Meta.Title, title) || !strings.Contains(got, strings.TrimSpace(body)) {
				t.Errorf("%q: %q", reports[0].Meta.Title, got)
			}
		})
	}
}

// TestBig5Names: the names of an archive are told by all of them, and a second
// byte that is a backslash parts no folders.
func TestBig5Names(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"法治報告/成功許.txt", "法治報告/臨江縣年度報告.txt"} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: string(encode(t, traditionalchinese.Big5, name)), NonUTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(name + "\n\n" + simplified))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	reports, faults := Read("a.zip", b.Bytes(), Options{})
	if got := ids(reports); len(faults) > 0 || !slices.Equal(got, []string{"a.zip/法治報告/成功許.txt", "a.zip/法治報告/臨江縣年度報告.txt"}) {
		t.Errorf("%q, faults %v", got, faults)
	}
}

// TestRowsAreKept: a quotation mark that is not closed swallows no row behind it.
func TestRowsAreKept(t *testing.T) {
	for _, tt := range []struct{ rows, ids string }{
		{"甲,\"甲县依法行政。\n乙,乙县依法行政。\n丙,\"丙县\n依法行政。\"\n", "甲 乙 丙"},
		{"甲,\"甲县依法行政。\n乙,\"乙县依法行政。\"\n丙,丙县依法行政。\n", "甲 乙 丙"},
		{"甲,\"甲县\n推进\"放管服\"改革。\n乙,乙县依法行政。\n", "甲 乙"},
		{"甲,甲县依法行政。\n乙,\"乙县依法行政。\n", "甲 乙"},
	} {
		t.Run(tt.rows, func(t *testing.T) {
			reports, faults := Read("表.csv", []byte("id,text\n"+tt.rows), Options{})
			if got := strings.Join(ids(reports), " "); got != tt.ids || len(faults) != 1 || !errors.Is(faults[0], ErrNote) {
				t.Errorf("%q, want %q; %v", got, tt.ids, faults)
			}
		})
	}
}
