package corpus

import (
	"archive/tar"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"baogao"
)

// A saved is one answer of a server in a WARC.
type saved struct{ kind, address, head, body string }

// warcOf writes records as crawlers do, each packed by itself or none.
func warcOf(t *testing.T, packed bool, records ...saved) []byte {
	t.Helper()
	var out bytes.Buffer
	add := func(record string) {
		if !packed {
			out.WriteString(record)
			return
		}
		out.Write(gzipped(t, []byte(record)))
	}
	add("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 12\r\n\r\nsoftware: x\n\r\n\r\n")
	for _, s := range records {
		block, content := s.head+"\r\n\r\n"+s.body, "application/http; msgtype="+s.kind
		if s.kind == "resource" {
			block, content = s.body, s.head
		}
		add(fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2024-03-05T08:00:00Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			s.kind, s.address, content, len(block), block))
	}
	return out.Bytes()
}

// savedSite is a site of one report, in each way that a record may hold it.
func savedSite(t *testing.T) (records []saved, pages []string) {
	text := sampleText(t)
	page := sitePage(text, "utf-8")
	chunks := fmt.Sprintf("%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 1000, page[:1000], len(page)-1000, page[1000:])
	site := "http://www.example.gov.cn/"
	return []saved{
		{"request", site + "a.html", "GET /a.html HTTP/1.1", ""},
		{"response", site + "a.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html", page},
		{"response", site + "b?id=7", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", chunks},
		{"response", site + "c.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked", page},
		{"response", site + "d.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", string(gzipped(t, []byte(page)))},
		{"response", site + "f.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", deflated(t, page, true)},
		{"response", site + "g.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", deflated(t, page, false)},
		{"response", site + "h.html", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", page},
		{"response", site + "gone.html", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", "<p>页面不存在，请返回首页。</p>"},
		{"response", site + "x.css", "HTTP/1.1 200 OK\r\nContent-Type: text/css", "p{margin:0}"},
		{"resource", site + "e.txt", "text/plain", text},
	}, []string{"a.html", "b?id=7", "c.html", "d.html", "f.html", "g.html", "h.html", "e.txt"}
}

// deflated packs a page as RFC 1951 says, with the head and the sum of RFC 1950 or none.
func deflated(t *testing.T, page string, head bool) string {
	t.Helper()
	var b bytes.Buffer
	z, err := flate.NewWriter(&b, flate.BestCompression)
	var w io.WriteCloser = z
	if head {
		w = zlib.NewWriter(&b)
	}
	if err == nil {
		_, err = io.WriteString(w, page)
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWARC(t *testing.T) {
	records, pages := savedSite(t)
	want := folded(texts(paragraphsOf(t, sampleText(t))))
	wacz := map[string]string{
		"datapackage.json": "{}", "pages/pages.jsonl": `{"url":"http://www.example.gov.cn/a.html","text":"全文检索用的另一份文字。"}`,
		"indexes/index.cdx": "cn,gov,example)/ 2024", "archive/data.warc.gz": string(warcOf(t, true, records...)),
	}
	for name, data := range map[string][]byte{
		"a.warc": warcOf(t, false, records...), "a.warc.gz": warcOf(t, true, records...), "改名.txt": warcOf(t, false, records...), "a.wacz": zippedTexts(t, wacz),
	} {
		t.Run(name, func(t *testing.T) {
			reports, faults := Read(name, data, Options{})
			if len(reports) != len(pages) || len(faults) > 0 {
				t.Fatalf("%q, faults %v", ids(reports), faults)
			}
			for i, r := range reports {
				if !strings.HasSuffix(r.Meta.ID, "/http://www.example.gov.cn/"+pages[i]) || r.Meta.Source != "http://www.example.gov.cn/"+pages[i] {
					t.Errorf("id %q, source %q", r.Meta.ID, r.Meta.Source)
				}
				if !slices.Contains(r.Facts, baogao.Fact{Label: "存档时间", Value: "2024-03-05T08:00:00Z"}) {
					t.Errorf("facts %v", r.Facts)
				}
				if got := folded(texts(r.Paragraphs)); !slices.Equal(got, want) {
					t.Errorf("%s: %d paragraphs, want %d", r.Meta.ID, len(got), len(want))
				}
			}
		})
	}
}

// zippedTexts packs files of text.
func zippedTexts(t *testing.T, files map[string]string) []byte {
	t.Helper()
	all := map[string][]byte{}
	for name, text := range files {
		all[name] = []byte(text)
	}
	return packAll(t, all)
}

// TestBrokenWARC: what is cut off, no record, too large or a bomb is a fault, and
// no text.
func TestBrokenWARC(t *testing.T) {
	records, _ := savedSite(t)
	whole := warcOf(t, false, records[1])
	for name, data := range map[string][]byte{
		"cut": whole[:len(whole)-400], "header": []byte("WARC/1.0\r\nWARC-Type: response\r\n"), "size": []byte("WARC/1.0\r\nContent-Length: x\r\n\r\nabc"),
		"junk": append(slices.Clone(whole), "全县受理行政复议案件。\n"...), "none": warcOf(t, false),
		"bomb":          gzipped(t, warcOf(t, false, saved{"resource", "http://a/", "text/plain", strings.Repeat(" ", 60<<20)})),
		"deflated bomb": warcOf(t, false, saved{"response", "http://a/", "HTTP/1.1 200 OK\r\nContent-Encoding: deflate", deflated(t, strings.Repeat(" ", 60<<20), true)}),
		"brotli":        warcOf(t, false, saved{"response", "http://a/", "HTTP/1.1 200 OK\r\nContent-Encoding: br", "\x0b\x02\x80abc\x03"}),
		"huge":          []byte("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999\r\n\r\n全县受理行政复议案件。"),
	} {
		reports, faults := Read(name+".warc", data, Options{})
		if len(faults) == 0 || name != "junk" && len(reports) > 0 {
			t.Errorf("%s: %d reports, faults %v", name, len(reports), faults)
		}
	}
}

// tarred packs files in the order of their names.
func tarred(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: int64(len(files[name])), Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		w.Write(files[name])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTar(t *testing.T) {
	text := sampleText(t)
	want := folded(texts(paragraphsOf(t, text)))
	plain := tarred(t, map[string][]byte{
		"报告/甲.txt": []byte(text), "报告/乙.html": inGBK(t, sitePage(text, "gb2312")), "./../丙.txt": []byte(text), ".隐藏.txt": []byte(text),
		"里面.zip": zippedTexts(t, map[string]string{"丁.txt": text}),
	})
	for name, data := range map[string][]byte{"a.tar": plain, "a.tar.gz": gzipped(t, plain), "a.tgz": gzipped(t, plain)} {
		t.Run(name, func(t *testing.T) {
			reports, faults := Read(name, data, Options{})
			var got []string
			for _, r := range reports {
				got = append(got, strings.TrimPrefix(r.Meta.ID, name+"/"))
				if p := folded(texts(r.Paragraphs)); !slices.Equal(p, want) {
					t.Errorf("%s: %d paragraphs, want %d", r.Meta.ID, len(p), len(want))
				}
			}
			slices.Sort(got)
			if wanted := []string{"丙.txt", "报告/乙.html", "报告/甲.txt", "里面.zip/丁.txt"}; len(faults) > 0 || !slices.Equal(got, wanted) {
				t.Errorf("%q, want %q; faults %v", got, wanted, faults)
			}
		})
	}
	nested := plain
	for range 4 {
		nested = tarred(t, map[string][]byte{"a.tar": nested})
	}
	for name, data := range map[string][]byte{
		"cut": plain[:1500], "empty": tarred(t, nil), "nested": nested,
		"bomb": gzipped(t, tarred(t, map[string][]byte{"a.txt": bytes.Repeat([]byte("全"), 20<<20)})),
	} {
		if reports, faults := Read(name+".tar", data, Options{}); len(faults) == 0 || len(reports) > 0 && name != "cut" {
			t.Errorf("%s: %d reports, faults %v", name, len(reports), faults)
		}
	}
}

func TestJSONArray(t *testing.T) {
	array := "[\n {\"id\": \"甲\", \"title\": \"临江县2022年法治政府建设年度报告\", \"text\": \"临江县受理行政复议33件。\", \"year\": 2022},\n" +
		" {\"title\": \"无字\"},\n {\"text\": \"第二份报告，\\n办结信访事项。\"}\n]\n"
	for _, name := range []string{"a.json", "a.txt"} {
		reports, faults := Read(name, []byte(array), Options{})
		if got := ids(reports); !slices.Equal(got, []string{"甲", name + ":3"}) || reports[0].Meta.Year != 2022 || reports[0].File.Line != 2 {
			t.Errorf("%q, %v", got, faults)
		}
		if len(faults) != 1 || faults[0].Line != 3 {
			t.Errorf("faults %v", faults)
		}
	}
	reports, faults := Read("a.json", []byte("{\n \"title\": \"甲\",\n \"text\": \"甲县依法行政。\"\n}\n"), Options{})
	if len(reports) != 1 || reports[0].Meta.Title != "甲" || len(faults) > 0 {
		t.Errorf("one object: %q, %v", ids(reports), faults)
	}
	for _, broken := range []string{"{\n\"text\": \"甲县依法行政。\",\n\"year\":", "{\n\"text\": 7}", `[{"text":"甲县依法行政。"}, {"text":`, `[{"text":"甲县依法行政。"}`, `[{"text":"甲县依法行政。"}, "乙"]`, "[ {} ]"} {
		if _, faults := Read("a.json", []byte(broken), Options{}); len(faults) == 0 {
			t.Errorf("%s: no fault", broken)
		}
	}
}
