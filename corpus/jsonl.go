package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"baogao/internal/charset"
)

// A jsonLine is one line of a file of JSON lines. Fields other than the text
// may be strings or numbers.
type jsonLine struct {
	ID        scalar `json:"id"`
	Title     scalar `json:"title"`
	Text      *string
	Region    scalar `json:"region"`
	Level     scalar `json:"level"`
	Year      scalar `json:"year"`
	Kind      scalar `json:"kind"`
	Issuer    scalar `json:"issuer"`
	Number    scalar `json:"number"`
	Published scalar `json:"published"`
	Date      scalar `json:"date"` // published, where it is a whole date
	Source    scalar `json:"source"`
	URL       scalar `json:"url"` // source, where there is none
}

// A row is one report of a file of many.
type row struct {
	text    string
	charset string
	fields  map[string]string // of its metadata, as they are spelled there
	bytes   []byte            // of the line
}

func (l *jsonLine) fields() map[string]string {
	return map[string]string{
		"id": string(l.ID), "title": string(l.Title), "region": string(l.Region), "level": string(l.Level), "year": string(l.Year),
		"kind": string(l.Kind), "issuer": string(l.Issuer), "number": string(l.Number), "published": string(l.Published),
		"date": string(l.Date), "source": string(cmp.Or(l.Source, l.URL)),
	}
}

// A scalar is a JSON string, or a number as it is written; anything else is "".
type scalar string

func (s *scalar) UnmarshalJSON(b []byte) error {
	var text string
	var number json.Number
	switch {
	case json.Unmarshal(b, &text) == nil:
		*s = scalar(strings.TrimSpace(text))
	case json.Unmarshal(b, &number) == nil:
		*s = scalar(number)
	}
	return nil
}

// readJSONLines yields a report for every line. A line that cannot be read is
// reported with its number; no more than MaxBytes of a line are held.
func readJSONLines(r *reader, f file, in *bufio.Reader) error {
	head, _ := in.Peek(headBytes)
	if order := byteOrder(head); order != nil {
		in = bufio.NewReaderSize(transform.NewReader(in, encoding.Decoder{Transformer: order.NewDecoder()}), headBytes)
	}
	lines, rows := 0, tally{}
	for number := 1; ; number++ {
		if err := r.ctx.Err(); err != nil {
			return err // lines without a text reach no other check
		}
		line, err := readLine(in, r.options.MaxBytes)
		if err != nil && err != io.EOF && !errors.Is(err, errLongLine) {
			return r.fault(f.onLine(number), fmt.Errorf("%w; %w", reason(err), errRest))
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\xEF\xBB\xBF"))
		}
		if err != nil && err != io.EOF || len(bytes.TrimSpace(line)) > 0 {
			lines++
		}
		refused, fault := r.jsonLine(f, number, line, err)
		if fault != nil {
			return fault
		}
		if rows.over(refused) {
			return r.fault(f.onLine(number), errMostRefused)
		}
		switch {
		case err == io.EOF && lines == 0:
			return r.fault(f.place, errNoReport)
		case err == io.EOF:
			return nil
		}
	}
}

// byteOrder is the encoding of lines in UTF-16, nil for any other.
func byteOrder(head []byte) encoding.Encoding {
	mark, _ := charset.Mark(head)
	return charset.Encoding(cmp.Or(mark, charset.LooksUTF16(head)))
}

// jsonLine reads one line, or says why it is refused.
func (r *reader) jsonLine(f file, number int, line []byte, err error) (refused bool, fault error) {
	if errors.Is(err, errLongLine) {
		return true, r.fault(f.onLine(number), tooLarge("line", r.options.MaxBytes))
	}
	if len(bytes.TrimSpace(line)) == 0 {
		return false, nil
	}
	parsed, err := parseLine(line)
	if err != nil {
		return true, r.fault(f.onLine(number), err)
	}
	return r.row(f.onLine(number), f, parsed)
}

// A tally is how many lines or rows a file of many reports has, and how many are none.
type tally struct{ all, refused int }

// mostRefused is how many lines of a file may be none: each is told, which takes longer
// than to read one.
const mostRefused = 50_000

var errMostRefused = fmt.Errorf("%d lines that cannot be read, more than could; %w", mostRefused+1, errRest)

// over counts a line, and reports whether so many were refused, and most of those there
// were, that the rest is not worth it.
func (t *tally) over(refused bool) bool {
	if t.all++; refused {
		t.refused++
	}
	return t.refused > mostRefused && 2*t.refused > t.all
}

// row yields the report of a line or row of a file of many reports, or says why there is
// none.
func (r *reader) row(at place, f file, row row) (refused bool, fault error) {
	if strings.TrimSpace(row.text) == "" {
		return true, r.fault(at, errNoText)
	}
	g, faults := parseFields(row.fields)
	if g.id == "" {
		g.id = fmt.Sprintf("%s:%d", f.id, at.line)
	}
	for _, err := range faults {
		if fault := r.fault(at, unused(err)); fault != nil {
			return false, fault
		}
	}
	d := document{
		at: at, root: f.root, text: row.text, charset: row.charset, path: folderOf(f.id),
		given: g.under(f.metadata.row(f.path)), source: f.id,
	}
	return false, r.deliver(d, row.bytes, func(ctx context.Context) (doc document, err error) {
		doc = d
		doc.text, err = r.withoutMarkup(ctx, d.text)
		return doc, err
	})
}

func parseLine(line []byte) (row, error) {
	text, name, err := charset.Decode(line)
	if err != nil {
		return row{}, err
	}
	return parseObject([]byte(text), name, line)
}

// parseObject reads the object of one report in UTF-8, which made is made of.
func parseObject(object []byte, charset string, made []byte) (row, error) {
	var parsed jsonLine
	var other *json.UnmarshalTypeError
	switch err := json.Unmarshal(object, &parsed); {
	case errors.As(err, &other):
		return row{}, fmt.Errorf("not a JSON object with a text, but a %s in the place of it", other.Value)
	case err != nil:
		return row{}, fmt.Errorf("not a JSON object with a text: %w", err)
	}
	if parsed.Text == nil {
		return row{}, errors.New("no field text")
	}
	return row{text: *parsed.Text, charset: charset, fields: parsed.fields(), bytes: made}, nil
}

var errLongLine = errors.New("long line")

// readLine reads a line without its end, and at most limit bytes of it: of a
// longer one it gives errLongLine and goes to its end. The last line comes
// with io.EOF.
func readLine(in *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if int64(len(line)) > limit {
			line, long = nil, true
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == nil && long {
			err = errLongLine
		}
		if err == io.EOF && long {
			return nil, errLongLine // the next read gives the EOF
		}
		return bytes.TrimRight(line, "\r\n"), err
	}
}
