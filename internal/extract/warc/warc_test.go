package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func record(kind, media, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <http://a.gov.cn/1>\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, media, len(block), block)
}

// TestNext reads files of records, and tells of each what a server sent.
func TestNext(t *testing.T) {
	const http = "application/http; msgtype=response"
	for _, tt := range []struct {
		name, file string
		want       string // of each record, or what ends the file
	}{
		{"a resource", record("resource", "text/plain", "甲"), "甲 text/plain; EOF"},
		{"a response", record("response", http, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n乙"), "乙 text/html; EOF"},
		{"in chunks", record("response", http, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n丙\r\n0\r\n\r\n"), "丙 ; EOF"},
		{"chunks put together", record("response", http, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n丙丁"), "丙丁 ; EOF"},
		{"packed as zlib does", record("response", http, "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n\x78\x9c\x01"), "\x78\x9c\x01 zlib; EOF"},
		{"deflated", record("response", http, "HTTP/1.1 200 OK\r\nContent-Encoding: Deflate\r\n\r\n\x01\x02"), "\x01\x02 deflate; EOF"},
		{"unpacked, with its header", record("response", http, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\xb8\xd4"), "\xb8\xd4 ; EOF"},
		{"packed by brotli", record("response", http, "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x0b\x02"), "packed; EOF"},
		{"not there", record("response", http, "HTTP/1.1 404 Not Found\r\n\r\nx"), "HTTP/1.1 404 Not Found; EOF"},
		{"a request between", record("request", http, "GET / HTTP/1.1\r\n\r\n") + record("resource", "", "戊"), "none; 戊 ; EOF"},
		{"too large", record("resource", "text/plain", strings.Repeat("x", 101)) + record("resource", "", "己"), "large; 己 ; EOF"},
		{"cut off", record("resource", "text/plain", "甲乙丙丁戊")[:120], "cut"},
		{"cut off in its headers", "WARC/1.0\r\nWARC-Type: res", "cut"},
		{"no record", "hello\n", "record"},
		{"a size that is none", "WARC/1.0\r\nContent-Length: -1\r\n\r\n", "record"},
		{"a header without end", "WARC/1.0\r\nA: " + strings.Repeat("x", 70_000), "record"},
		{"headers without end", "WARC/1.0\r\n" + strings.Repeat("A: b\r\n", 1001), "record"},
		{"an answer that is cut off", record("response", http, "HTTP/1.1 200 OK\r\nContent-"), "cut answer; EOF"},
		{"nothing", "\r\n\r\n", "EOF"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(said(bufio.NewReaderSize(strings.NewReader(tt.file), longestLine)), "; "); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// said says what stands in a file.
func said(in *bufio.Reader) (all []string) {
	for {
		r, err := Next(in, 100)
		switch {
		case err == io.EOF:
			return append(all, "EOF")
		case errors.Is(err, ErrCut):
			return append(all, "cut")
		case errors.Is(err, ErrRecord):
			return append(all, "record")
		case err != nil:
			return append(all, err.Error())
		}
		a, ok, err := r.Answer()
		switch {
		case !ok:
			all = append(all, "none")
		case err == ErrPacked:
			all = append(all, "packed")
		case err != nil:
			all = append(all, "cut answer")
		case r.Large:
			all = append(all, "large")
		case !a.OK:
			all = append(all, a.Status)
		default:
			body, err := io.ReadAll(a.Body)
			if err != nil {
				return append(all, err.Error())
			}
			all = append(all, string(body)+" "+a.Media+a.Packing)
		}
	}
}

func FuzzNext(f *testing.F) {
	f.Add(record("response", "application/http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
	f.Fuzz(func(t *testing.T, file string) {
		in := bufio.NewReaderSize(strings.NewReader(file), longestLine)
		for range 100 {
			r, err := Next(in, 1000)
			if err != nil {
				return
			}
			if len(r.block) > 1000 {
				t.Fatalf("a block of %d bytes", len(r.block))
			}
			if a, ok, err := r.Answer(); ok && err == nil {
				io.Copy(io.Discard, a.Body)
			}
		}
	})
}
