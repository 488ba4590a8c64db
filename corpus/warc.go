package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"net/textproto"
	"strconv"
	"strings"

	"baogao/internal/extract"
)

// A WARC (ISO 28500) is what a crawler or a browser saved of a site, a record
// after another: its headers, an empty line, and a block of so many bytes. The
// block of a response is what the server sent, headers and all. It is read here
// since github.com/nlnwa/gowarc takes a record that is cut off for a whole one,
// reads headers of any length, and unpacks by itself, out of any budget.

var (
	errRecord    = errors.New("no record of a WARC stands here; the rest was not read")
	errCutRecord = errors.New("the record is cut off; the file may not have been downloaded to its end")
	errNoPage    = extract.NoReport("no page in it")
)

// A record is one record of a WARC.
type record struct {
	header textproto.MIMEHeader
	block  []byte
	number int // from 1
	large  bool
}

// readWARC reads each page and document of a WARC as if it were a file by itself,
// called by its address.
func readWARC(r *reader, f file, in *bufio.Reader) error {
	pages := 0
	for number := 1; ; number++ {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		rec, err := r.record(in)
		switch {
		case err == io.EOF && pages == 0:
			return r.fault(f.place, errNoPage)
		case err == io.EOF:
			return nil
		case err != nil:
			return r.fault(f.place, fmt.Errorf("record %d: %w", number, err))
		}
		rec.number = number
		read, err := r.page(f, rec)
		if err != nil {
			return err
		}
		if read {
			pages++
		}
	}
}

// record reads the next record; io.EOF is the end of the file.
func (r *reader) record(in *bufio.Reader) (*record, error) {
	var version []byte
	for len(version) == 0 {
		var err error
		if version, err = readLine(in, headBytes); len(version) == 0 && err != nil {
			return nil, reason(err)
		}
	}
	if !bytes.HasPrefix(version, []byte("WARC/")) {
		return nil, errRecord
	}
	header, err := readHeader(in)
	if err != nil {
		return nil, err
	}
	size, err := strconv.ParseInt(header.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return nil, errRecord
	}
	rec := &record{header: header, large: size > r.options.MaxBytes}
	if rec.large {
		_, err = io.CopyN(io.Discard, in, size)
	} else {
		rec.block, err = io.ReadAll(io.LimitReader(in, size))
	}
	switch {
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF), err == nil && !rec.large && int64(len(rec.block)) < size:
		return nil, errCutRecord
	case err != nil:
		return nil, reason(err)
	}
	return rec, nil
}

// readHeader reads lines of names and values up to an empty one.
func readHeader(in *bufio.Reader) (textproto.MIMEHeader, error) {
	const most = 1000
	header := textproto.MIMEHeader{}
	for range most {
		line, err := readLine(in, headBytes)
		if err != nil {
			return nil, errCutRecord
		}
		if len(line) == 0 {
			return header, nil
		}
		if name, value, ok := strings.Cut(string(line), ":"); ok {
			header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return nil, errRecord
}

// page reads the page or document of a record, and says whether it has one.
func (r *reader) page(f file, rec *record) (read bool, err error) {
	address := strings.Trim(rec.header.Get("Warc-Target-Uri"), "<>")
	inner := file{
		place: place{path: f.path + "/" + address}, id: f.id + "/" + Readable(address), root: f.root, metadata: f.metadata,
		depth: f.depth, budget: f.budget, address: address, saved: rec.header.Get("Warc-Date"),
	}
	kind, in := rec.header.Get("Content-Type"), bufio.NewReader(bytes.NewReader(rec.block))
	switch rec.header.Get("Warc-Type") {
	case "response":
		if !strings.HasPrefix(kind, "application/http") {
			break
		}
		status, _ := readLine(in, headBytes)
		header, err := readHeader(in)
		if err != nil && !rec.large {
			return false, r.fault(inner.place, err)
		}
		if fields := strings.Fields(string(status)); len(fields) < 2 || fields[1] != "200" {
			return false, r.pass(inner.path, fmt.Sprintf("the server answered %.100q", status))
		}
		kind = header.Get("Content-Type")
		if strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") && isChunked(in) {
			in = bufio.NewReaderSize(httputil.NewChunkedReader(in), headBytes)
		}
	case "resource":
	default:
		return false, nil
	}
	switch {
	case !isDocument(kind):
		return false, r.pass(inner.path, fmt.Sprintf("no page or document: %.100q", kind))
	case rec.large:
		return true, r.fault(inner.place, tooLarge("record", r.options.MaxBytes))
	}
	return true, r.read(inner, bufio.NewReaderSize(in, headBytes))
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

// isDocument reports whether what has a type may hold a report: pages, texts and
// the documents of programs, and no part of a page.
func isDocument(kind string) bool {
	kind = strings.ToLower(kind)
	if strings.Contains(kind, "html") || kind == "" {
		return true
	}
	for _, other := range []string{"image/", "video/", "audio/", "font/", "css", "script", "json", "xml", "font", "multipart/", "x-protobuf"} {
		if strings.Contains(kind, other) && !strings.Contains(kind, "officedocument") {
			return false
		}
	}
	return true
}
