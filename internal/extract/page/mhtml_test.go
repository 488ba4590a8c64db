package page

import (
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao/internal/extract"
)

// saved is a file as Internet Explorer writes it, with parts of its own.
func saved(parts ...string) string {
	var b strings.Builder
	b.WriteString("From: <Saved by Windows Internet Explorer 8>\r\nSubject: x\r\nMIME-Version: 1.0\r\n" +
		"Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_NextPart\"\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n")
	for _, p := range parts {
		b.WriteString("------=_NextPart\r\n" + p + "\r\n")
	}
	b.WriteString("------=_NextPart--\r\n")
	return b.String()
}

// cutOff is a file without its last boundary.
func cutOff(file string) string { return strings.TrimSuffix(file, "\r\n------=_NextPart--\r\n") }

func TestMHTML(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("<p>全县坚持依法行政，办理案件十二件，发布文件三件。</p>")
	if err != nil {
		t.Fatal(err)
	}
	const frames = "Content-Type: text/html\r\nContent-Location: http://www.qingshi.gov.cn/\r\n\r\n<frameset><frame src=a><frame src=b></frameset>"
	tests := []struct{ name, in, body, source, err string }{
		{"quoted-printable", saved("Content-Type: text/html;\r\n\tcharset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://www.qingshi.gov.cn/a.htm\r\n\r\n<p>=E4=B8=80=\r\n=E4=BA=8C</p>"),
			"一二", "http://www.qingshi.gov.cn/a.htm", ""},
		{"base64 in gbk", saved("Content-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file://C:\\a.htm\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(gbk))),
			"全县坚持依法行政，办理案件十二件，发布文件三件。", "", ""},
		{"a picture first", saved("Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA", "Content-Type: text/html\r\n\r\n<p>正文"), "正文", "", ""},
		{"frames", saved(frames, "Content-Type: text/html\r\nContent-Location: http://www.qingshi.gov.cn/m.htm\r\n\r\n<p>框架里的正文"), "框架里的正文", "http://www.qingshi.gov.cn/m.htm", ""},
		{"parts in parts", saved("Content-Type: multipart/alternative; boundary=\"in\"\r\n\r\n--in\r\nContent-Type: text/html\r\n\r\n<p>正文\r\n--in--"), "正文", "", ""},
		{"truncated behind the page", cutOff(saved("Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>正文</html>")), "正文", "", ""},
		{"truncated", cutOff(saved("Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>正文只到这")), "", "", "cut off: unexpected EOF; save the page again"},
		{"truncated quoted-printable", cutOff(saved("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E4=B8=80=E4=B")), "", "", "save the page again"},
		{"a bad byte in base64", saved("Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("<p>前半</p>")) + "!" + base64.StdEncoding.EncodeToString([]byte("<p>后半</p>"))), "", "", "save the page again"},
		{"one part", "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>只有一页", "只有一页", "", ""},
		{"only frames", saved(frames), "", "", "only frames"},
		{"no page", saved("Content-Type: image/png\r\n\r\nxx"), "", "", "no web page"},
		{"no header", "\r\n\r\n", "", "", "no header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := MHTML([]byte(tt.in), extract.Limits{})
			switch {
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("error %v, want %q", err, tt.err)
			case tt.err == "" && (err != nil || got.Body != tt.body || got.Source != tt.source):
				t.Errorf("%q from %q, %v, want %q from %q", got.Body, got.Source, err, tt.body, tt.source)
			}
		})
	}
}

func TestMHTMLLimit(t *testing.T) {
	in := saved("Content-Type: text/html\r\n\r\n<p>" + strings.Repeat("<b></b>", 100))
	if _, err := MHTML([]byte(in), extract.Limits{Bytes: 500}); err == nil || !strings.Contains(err.Error(), "larger than 500 bytes") {
		t.Errorf("a part of 700 bytes: %v", err)
	}
}

func FuzzMHTML(f *testing.F) {
	f.Add([]byte(saved("Content-Type: text/html\r\n\r\n<p>正文")))
	f.Add([]byte("Content-Type: multipart/related; boundary=\r\n\r\n--\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, err := MHTML(data, extract.Limits{}); err == nil && strings.TrimSpace(got.Body) == "" {
			t.Errorf("MHTML(%q) has neither text nor error", data)
		}
	})
}
