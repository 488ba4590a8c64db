// Package warc reads the records of a WARC (ISO 28500), which is what a crawler or a
// browser saved of a site: of each record its headers, an empty line, and a block of so
// many bytes. The block of a response is what the server sent, headers and all.
//
// It is written here since github.com/nlnwa/gowarc takes a record that is cut off for a
// whole one, reads headers of any length, and unpacks by itself, out of any budget.
package warc

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"
)

// Errors of files that are none, or not whole.
var (
	ErrRecord = errors.New("no record of a WARC stands here; the rest was not read")
	ErrCut    = errors.New("the record is cut off; the file may not have been downloaded to its end")
	ErrPacked = errors.New("packed by the server in a way that is not read (br, zstd); save the site with gzip or without packing")
)

// Bounds of headers: a line, in bytes, and lines.
const (
	longestLine = 64 << 10
	mostLines   = 1000
)

// A Record is one record.
type Record struct {
	Type    string // response, resource and others
	Address string
	Date    string // when it was saved, RFC 3339
	Media   string // of the block, as a header of HTTP says it
	Large   bool   // the block is larger than the limit, and is left out

	block []byte
}

// Next reads the next record, with a block of limit bytes at most; io.EOF is the end of
// the file. in has room for a line of headers.
func Next(in *bufio.Reader, limit int64) (*Record, error) {
	version, err := line(in)
	for version == "" && err == nil {
		version, err = line(in)
	}
	switch {
	case version == "":
		return nil, err
	case !strings.HasPrefix(version, "WARC/"):
		return nil, ErrRecord
	}
	header, err := headerOf(in)
	if err != nil {
		return nil, err
	}
	size, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return nil, ErrRecord
	}
	r := &Record{
		Type: header.Get("Warc-Type"), Address: strings.Trim(header.Get("Warc-Target-Uri"), "<>"), Date: header.Get("Warc-Date"),
		Media: header.Get("Content-Type"), Large: size > limit,
	}
	if r.Large {
		_, err = io.CopyN(io.Discard, in, size)
	} else {
		r.block, err = io.ReadAll(io.LimitReader(in, size))
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) || err == nil && !r.Large && int64(len(r.block)) < size {
		err = ErrCut
	}
	return r, err
}

// An Answer is what a server sent.
type Answer struct {
	Status  string // the first line
	OK      bool   // it is what was asked for
	Media   string // of the body
	Packing string // of the body: Zlib, Deflate, or "" where it is as it stands or tells itself
	Body    *bufio.Reader
}

// Answer is what the server sent of a response, of another record its block. ok is false
// for records that are neither a response of HTTP nor a resource.
func (r *Record) Answer() (a Answer, ok bool, err error) {
	a = Answer{OK: true, Media: r.Media, Body: bufio.NewReaderSize(bytes.NewReader(r.block), longestLine)}
	switch {
	case r.Type != "response" && r.Type != "resource":
		return a, false, nil
	case r.Type == "resource", !strings.HasPrefix(r.Media, "application/http"):
		return a, true, nil
	}
	status, _ := line(a.Body) // what is wrong with it shows in what follows
	header, err := headerOf(a.Body)
	if err != nil && !r.Large {
		return a, true, err
	}
	fields := strings.Fields(status)
	a.Status, a.OK, a.Media = status, len(fields) > 1 && fields[1] == "200", header.Get("Content-Type")
	if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") && isChunked(a.Body) {
		a.Body = bufio.NewReaderSize(httputil.NewChunkedReader(a.Body), longestLine)
	}
	a.Packing = packing(header.Get("Content-Encoding"), a.Body)
	if a.Packing == otherPacking {
		return a, true, ErrPacked
	}
	return a, true, nil
}

// How a body may be packed. What is packed by gzip tells itself.
const (
	Zlib         = "zlib"    // RFC 1950, which servers call deflate
	Deflate      = "deflate" // RFC 1951
	otherPacking = "other"
)

// packing is how a body is packed, "" where it is not, or by gzip. Many programs unpack
// a body and keep the header that says how it was packed.
func packing(encoding string, body *bufio.Reader) string {
	const enough = 512 // bytes; of four that are packed one is no character of a text
	head, _ := body.Peek(enough)
	if !bytes.ContainsFunc(head, func(r rune) bool { return r < '\t' || r > '\r' && r < ' ' && r != 0x1B }) {
		return ""
	}
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "deflate":
		if len(head) > 1 && head[0]&0xF == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return Zlib
		}
		return Deflate
	case "br", "zstd", "compress":
		return otherPacking
	}
	return ""
}

// IsDocument reports whether what has a type of media may hold a report: pages, texts and
// the documents of programs, and no part of a page.
func IsDocument(media string) bool {
	media = strings.ToLower(media)
	if strings.Contains(media, "html") || media == "" {
		return true
	}
	for _, other := range []string{"image/", "video/", "audio/", "font/", "css", "script", "json", "xml", "font", "multipart/", "x-protobuf"} {
		if strings.Contains(media, other) && !strings.Contains(media, "officedocument") {
			return false
		}
	}
	return true
}

// headerOf reads lines of names and values up to an empty one.
func headerOf(in *bufio.Reader) (textproto.MIMEHeader, error) {
	header := textproto.MIMEHeader{}
	for range mostLines {
		text, err := line(in)
		switch {
		case err == bufio.ErrBufferFull:
			return nil, ErrRecord
		case err != nil:
			return nil, ErrCut
		case text == "":
			return header, nil
		}
		if name, value, ok := strings.Cut(text, ":"); ok {
			header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return nil, ErrRecord
}

// line reads a line without its end. One that is too long has the error
// bufio.ErrBufferFull, and the last one io.EOF.
func line(in *bufio.Reader) (string, error) {
	text, err := in.ReadSlice('\n')
	return strings.TrimRight(string(text), "\r\n"), err
}

// isChunked reports whether a body begins with the size of a chunk. Many programs
// put the chunks together and keep the header that announces them.
func isChunked(in *bufio.Reader) bool {
	head, _ := in.Peek(20)
	size, _, ok := bytes.Cut(head, []byte("\r\n"))
	size, _, _ = bytes.Cut(size, []byte(";"))
	_, err := strconv.ParseUint(strings.TrimSpace(string(size)), 16, 32)
	return ok && err == nil
}
