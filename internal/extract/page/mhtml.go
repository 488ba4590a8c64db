package page

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"regexp"
	"strings"

	"baogao/internal/extract"
)

// MHTML reads a page that a browser saved as one file (.mht, .mhtml): its
// first part that is a web page with text in it. Where that is one with
// frames, the pages in the frames are the parts behind it.
func MHTML(data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	in := textproto.NewReader(bufio.NewReader(bytes.NewReader(bytes.TrimLeft(data, "\xEF\xBB\xBF \t\r\n"))))
	header, err := in.ReadMIMEHeader()
	if err != nil && len(header) == 0 {
		return extract.Text{}, errors.New("no header of a saved page; save the page again")
	}
	m := mhtml{limits: l, address: header.Get("Snapshot-Content-Location")}
	if err := m.part(header, in.R, 0); err != nil {
		return extract.Text{}, err
	}
	switch {
	case m.text != nil:
		return *m.text, nil
	case m.err != nil:
		return extract.Text{}, m.err
	}
	return extract.Text{}, errors.New("no web page in the file; save the page again")
}

// mhtml reads the parts of a file until one is a page with text.
type mhtml struct {
	limits  extract.Limits
	address string // of the page, as the browser says
	text    *extract.Text
	err     error // of the first page that could not be read
}

// deepestPart is how far parts may be in one another; browsers write two.
const deepestPart = 8

func (m *mhtml) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	switch {
	case err != nil && kind == "":
		return nil
	case strings.HasPrefix(kind, "multipart/") && depth < deepestPart:
		return m.parts(multipart.NewReader(body, params["boundary"]), depth)
	case kind != "text/html" && kind != "application/xhtml+xml":
		return nil
	}
	page, err := m.decode(header.Get("Content-Transfer-Encoding"), body)
	if err != nil {
		return err
	}
	address := header.Get("Content-Location")
	if !isGovernment(address) {
		address = m.address
	}
	text, err := readHTML(page, params["charset"], address, m.limits)
	if err != nil {
		m.err = cmp.Or(m.err, err)
		return nil
	}
	m.text = &text
	return nil
}

func (m *mhtml) parts(parts *multipart.Reader, depth int) error {
	for n := 1; m.text == nil; n++ {
		p, err := parts.NextRawPart()
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			m.err = cmp.Or(m.err, fmt.Errorf("part %d: %w; save the page again", n, err))
			return nil
		}
		if err := m.part(p.Header, p, depth+1); err != nil {
			return fmt.Errorf("part %d: %w", n, err)
		}
	}
	return nil
}

// pageEnd is the end of a page that is whole.
var pageEnd = regexp.MustCompile(`(?i)</html>\s*$`)

// decode unpacks the body of a part. One that is damaged or cut off is an
// error, for half a report looks like a whole one; only what follows the end of
// the page may be missing.
func (m *mhtml) decode(encoding string, body io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	page, err := io.ReadAll(io.LimitReader(body, m.limits.Bytes+1))
	switch {
	case int64(len(page)) > m.limits.Bytes:
		return nil, fmt.Errorf("page larger than %d bytes; split it", m.limits.Bytes)
	case err != nil && !(err == io.ErrUnexpectedEOF && pageEnd.Match(page)):
		return nil, fmt.Errorf("the page is damaged or cut off: %w; save the page again", err)
	}
	return page, nil
}
