package corpus

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"baogao"
	"baogao/internal/analyzer"
	"baogao/internal/testkit"
)

const sampleReport = "../samples/reports/江苏省/徐州市/鼓楼区2021年法治政府建设情况报告.txt"

// sampleText is a report of the project's own in Simplified characters.
func sampleText(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(sampleReport)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// traditional rewrites a text character by character.
func traditional(text string) string {
	other := map[rune]rune{}
	for r := rune(0x4E00); r < 0xA000; r++ {
		if _, err := traditionalchinese.Big5.NewEncoder().String(string(r)); err == nil && analyzer.FoldRune(r) != r && other[analyzer.FoldRune(r)] == 0 {
			other[analyzer.FoldRune(r)] = r
		}
	}
	return strings.Map(func(r rune) rune {
		if o := other[r]; o != 0 {
			if _, err := traditionalchinese.Big5.NewEncoder().String(string(r)); err != nil {
				return o
			}
		}
		return r
	}, text)
}

// sitePage makes a page as a government's site has it, with navigation and a
// table of facts, of the paragraphs of a report. The title is the first.
func sitePage(text, charset string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html><head><meta charset="%s"><title>%s_某某区人民政府</title><style>p{margin:0}</style></head><body>
<div class="header"><ul class="nav"><li><a href="/">网站首页</a></li><li><a href="/zwgk">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<div class="location">您现在的位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; 正文</div>
<div class="article"><h1>%s</h1><div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div><div id="zoom">`, charset, lines[0], lines[0])
	for _, line := range lines[1:] {
		if line = strings.TrimSpace(line); line != "" {
			fmt.Fprintf(&b, "<p>　　%s</p>\n", html.EscapeString(line))
		}
	}
	b.WriteString(`</div><div class="tools"><a href="javascript:print()">打印本页</a> <a href="javascript:close()">关闭窗口</a></div></div>
<div class="footer"><p>版权所有 某某区人民政府 苏ICP备12345678号</p></div><script>var a = "不是正文";</script></body></html>`)
	return b.String()
}

func inGBK(t *testing.T, s string) []byte { return encode(t, simplifiedchinese.GBK, s) }

// mhtml is a page saved as one file.
func mhtml(page string) string {
	return "From: <Saved by Blink>\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"part\"\r\n\r\n" +
		"--part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://example.org/a.html\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(page)) + "\r\n--part--\r\n"
}

// markdown makes headings of the lines that have the mark of one.
func markdown(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	lines[0] = "# " + lines[0]
	return strings.Join(lines, "\n\n") + "\n"
}

// packed packs files under names in GBK, as old programs do.
func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: string(inGBK(t, name)), NonUTF8: true, Method: zip.Deflate})
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

// TestFormatsAgree reads one report in every format: the cleaned paragraphs
// are the same.
func TestFormatsAgree(t *testing.T) {
	text := sampleText(t)
	want := folded(texts(paragraphsOf(t, text)))
	line, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		t.Fatal(err)
	}
	quoted := `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	files := map[string][]byte{
		"utf-8.txt": []byte(text), "标记.txt": []byte("\uFEFF" + text), "gb18030.txt": encode(t, simplifiedchinese.GB18030, text),
		"utf-16.txt": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
		"big5.txt":   encode(t, traditionalchinese.Big5, traditional(text)),
		"网页.html":    inGBK(t, sitePage(text, "gb2312")), "说谎的网页.html": []byte(sitePage(text, "gb2312")), "网页.mht": []byte(mhtml(sitePage(text, "utf-8"))),
		"报告.md": []byte(markdown(text)), "行.jsonl": append(line, '\n'), "表.csv": []byte("\uFEFF标题,正文\n," + quoted + "\n"), "表.tsv": []byte("正文\t年份\n" + quoted + "\t\n"),
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) { sameParagraphs(t, name, data, want) })
	}
	for _, filter := range []string{"docx:MS Word 2007 XML", "doc:MS Word 97", "rtf", "odt", "pdf"} {
		ext, _, _ := strings.Cut(filter, ":")
		t.Run(ext, func(t *testing.T) {
			data := testkit.Convert(t, "report.txt", []byte(text), filter)
			files["文档."+ext] = data
			sameParagraphs(t, "文档."+ext, data, want)
			sameParagraphs(t, "改名.txt", data, want)
		})
	}
	t.Run("zip", func(t *testing.T) {
		reports, faults := Read("全部.zip", packed(t, files), Options{})
		if len(reports) != len(files) || len(faults) > 0 {
			t.Fatalf("%d reports of %d files, faults %v", len(reports), len(files), faults)
		}
		for _, r := range reports {
			if got := folded(texts(r.Paragraphs)); !slices.Equal(got, want) {
				t.Errorf("%s: %d paragraphs, want %d", r.File.Path, len(got), len(want))
			}
		}
	})
}

func texts(paragraphs []baogao.Paragraph) []string {
	var all []string
	for _, p := range paragraphs {
		all = append(all, p.Text)
	}
	return all
}

func folded(lines []string) []string {
	for i := range lines {
		lines[i] = analyzer.Fold(lines[i])
	}
	return lines
}

// sameParagraphs reads a file and compares what it says.
func sameParagraphs(t *testing.T, name string, data []byte, want []string) {
	t.Helper()
	reports, faults := Read(name, data, Options{})
	if len(reports) != 1 || len(faults) > 0 {
		t.Fatalf("%s: %d reports, faults %v", name, len(reports), faults)
	}
	if got := folded(texts(reports[0].Paragraphs)); !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("%s: %d paragraphs, want %d; from %d on\n%q, want\n%q", name, len(got), len(want), i+1, got[i:min(i+2, len(got))], want[i:min(i+2, len(want))])
			}
		}
	}
}
