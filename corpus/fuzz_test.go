package corpus

import (
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
	"baogao/internal/testkit"
)

// FuzzRead: whatever a file holds, reading it does not panic and gives a report
// or a reason; every text that comes out is UTF-8; the passages give the
// paragraphs.
func FuzzRead(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		reports, faults := Read("报告.txt", []byte(text), Options{})
		if len(reports)+len(faults) == 0 {
			t.Error("neither a report nor a reason")
		}
		for _, r := range reports {
			checkReport(t, r)
		}
	})
}

func checkReport(t *testing.T, r *baogao.Report) {
	t.Helper()
	pieces := map[int]string{}
	for _, p := range r.Passages {
		if p.Text == "" || !utf8.ValidString(p.Text) || !utf8.ValidString(p.Published) {
			t.Errorf("passage %q of %q", p.Text, p.Published)
		}
		pieces[p.Paragraph] += p.Text
	}
	for _, p := range r.Paragraphs {
		if pieces[p.Number] != p.Text {
			t.Errorf("passages %q of paragraph %q", pieces[p.Number], p.Text)
		}
		for _, h := range p.Section {
			if h == "" || !utf8.ValidString(h) {
				t.Errorf("heading %q", h)
			}
		}
	}
	for _, d := range r.Cleaning.Dropped {
		if strings.Contains(d, "。") && utf8.RuneCountInString(d) > 30 {
			t.Errorf("a sentence was dropped: %q", d)
		}
	}
}

// FuzzJSONLines: every line that is not blank gives a report or a reason, and
// no id is given twice.
func FuzzJSONLines(f *testing.F) {
	f.Fuzz(func(t *testing.T, data string) {
		reports, faults := Read("a.jsonl", []byte(data), Options{MaxBytes: 1 << 16})
		seen := map[string]bool{}
		for _, r := range reports {
			if seen[r.Meta.ID] {
				t.Errorf("id %q twice", r.Meta.ID)
			}
			seen[r.Meta.ID] = true
			checkReport(t, r)
		}
		if byteOrder([]byte(data)[:min(len(data), headBytes)]) != nil {
			return // lines end otherwise
		}
		lines := map[int]bool{}
		for _, fault := range faults {
			lines[fault.Line] = true
		}
		blank := 0
		all := strings.Split(strings.TrimPrefix(data, "\uFEFF"), "\n")
		for _, l := range all {
			if strings.Trim(l, " \t\r\v\f\u0085\u00a0") == "" {
				blank++
			}
		}
		if len(reports)+len(lines)+blank < len(all) && !lines[0] {
			t.Errorf("%d lines, %d blank: %d reports, faults in %d lines", len(all), blank, len(reports), len(lines))
		}
	})
}

// FuzzFile: whatever a file holds and is called, there is a report or a reason, of what is
// packed in it too.
func FuzzFile(f *testing.F) {
	line := `{"id":"a","text":"青山县2023年法治政府建设年度报告"}` + "\n"
	for name, data := range map[string]string{
		"a.json": "[" + line + `,{"text":[[[[` + strings.Repeat("[", 999) + "]", "b.json": `[{"text":"甲","year":1e999,"text":null},{}` + "\x00",
		"c.jsonl": line + strings.Repeat("x\n", 99) + `{"text":"\ud800\u0000"}`, "d.tsv": "正文\t年份\n\"甲\t2023\n", "e.csv": "\uFEFFtext;year\n\"a\"\"b;1\n\r\r\"",
		"f.gz": string(gzipped(f, []byte(line))), "g.gz": string(gzipped(f, gzipped(f, []byte(line)))), "h.gz": string(gzipped(f, []byte(line))[:20]),
		"i.warc": "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFF\r\n甲",
		"j.warc": "WARC/1.0\nContent-Length: 9223372036854775807\n\n", "k.zip": string(testkit.Zip(f, "../甲.jsonl", line, "a/metadata.csv", "file,year\n甲,9", "z.zip", "PK\x03\x04")),
		"l.docx": string(testkit.Zip(f, "word/document.xml", "<w:p>")), "m.mht": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"\"\n\n--\n",
		"n.md": "---\ntitle: &a [*a]\n---\n" + strings.Repeat("> - ", 99), "o.tar": strings.Repeat("\x00", 257) + "ustar",
	} {
		f.Add(name, []byte(data))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if isPDF(data, "") {
			t.Skip("PDF has targets of its own")
		}
		passed := 0
		reports, faults := Read("a"+path.Ext(name), data, Options{MaxBytes: 1 << 16, Passed: func(string, string) { passed++ }})
		if len(reports)+len(faults)+passed == 0 {
			t.Errorf("%q: neither a report nor a reason", name)
		}
		for _, r := range reports {
			checkReport(t, r)
		}
	})
}
