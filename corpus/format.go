package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"baogao/internal/charset"
)

// headBytes is how much of a file its format is told by.
const headBytes = 64 << 10

// A format is one kind of file: how it is known, and what reads it.
type format struct {
	is   func(head []byte, ext string) bool
	read func(w *walk, f file, in *bufio.Reader) error
}

// formats are tried in this order. The content decides; the extension is
// asked where the content could be either.
var formats []format

func init() { // not in the declaration: what is in gzip is looked up here again
	formats = []format{
		{isEmpty, refuse("empty")},
		{hasPrefix("\x1f\x8b"), readGzip},
		{hasPrefix("%PDF-"), refuse("PDF is not read; save it as text first")},
		{hasPrefix("PK\x03\x04"), refuse("archives and office files are not read; save them as text first")},
		{hasPrefix("\xD0\xCF\x11\xE0"), refuse("old office files are not read; save them as text first")},
		{hasPrefix(`{\rtf`), refuse("RTF is not read; save it as text first")},
		{isHTML, refuse("HTML is not read; save it as text first")},
		{isJSONLines, readJSONLines},
		{isOther, refuse("unknown format; text, or JSON lines with a field text, is read")},
		{always, readText},
	}
}

// read finds the format of a file and reads it.
func (w *walk) read(f file, in *bufio.Reader) error {
	head, err := in.Peek(headBytes)
	if len(head) == 0 && err != nil && err != io.EOF {
		return w.fault(f.path, 0, reason(err)) // behind some bytes, the error comes again where they end
	}
	ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(f.path), ".gz")))
	for _, format := range formats {
		if format.is(head, ext) {
			return format.read(w, f, in)
		}
	}
	return nil // the last format takes everything
}

func always([]byte, string) bool { return true }

func hasPrefix(magic string) func([]byte, string) bool {
	return func(head []byte, _ string) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

func isEmpty(head []byte, _ string) bool {
	_, bom := charset.Mark(head)
	return len(head) < headBytes && len(bytes.TrimSpace(head[bom:])) == 0
}

var htmlStart = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<(!doctype|html|head|body|div|table|meta)\b`)

func isHTML(head []byte, _ string) bool {
	_, bom := charset.Mark(head)
	return htmlStart.Match(head[bom:min(len(head), 1024)])
}

// isJSONLines takes the extension's word for a file that begins like an
// object; of any other file it wants to see a first line with a text.
func isJSONLines(head []byte, ext string) bool {
	_, bom := charset.Mark(head)
	head = bytes.TrimLeft(head[bom:], "\x00 \t\r\n")
	if ext == ".jsonl" || ext == ".ndjson" {
		return true
	}
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	line, _, whole := bytes.Cut(head, []byte("\n"))
	if !whole && len(head) > headBytes/2 {
		return bytes.Contains(line, []byte(`"text"`)) // a line longer than what is seen of it
	}
	var fields map[string]json.RawMessage
	return json.Unmarshal(line, &fields) == nil && fields["text"] != nil
}

// isOther knows the files of other programs by an extension that text of ours
// does not have. Chinese names have dots in them; only a short Latin ending
// is one.
func isOther(_ []byte, ext string) bool {
	switch ext {
	case "", ".txt", ".text", ".md", ".markdown":
		return false
	}
	return latinExt.MatchString(ext)
}

var latinExt = regexp.MustCompile(`^\.[a-z][a-z0-9]{0,5}$`)

func refuse(why string) func(*walk, file, *bufio.Reader) error {
	err := errors.New(why)
	return func(w *walk, f file, _ *bufio.Reader) error { return w.fault(f.path, 0, err) }
}

// readGzip reads the file inside as if it lay there by itself.
func readGzip(w *walk, f file, in *bufio.Reader) error {
	z, err := gzip.NewReader(in)
	if err != nil {
		return w.fault(f.path, 0, fmt.Errorf("gzip: %w", err))
	}
	defer z.Close()
	inner := bufio.NewReaderSize(z, headBytes)
	if head, _ := inner.Peek(2); bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		return w.fault(f.path, 0, errors.New("compressed twice; unpack it once"))
	}
	return w.read(f, inner)
}

// readText reads a file that is one report.
func readText(w *walk, f file, in *bufio.Reader) error {
	data, err := io.ReadAll(io.LimitReader(in, w.options.MaxBytes+1))
	if err != nil {
		return w.fault(f.path, 0, reason(err))
	}
	if int64(len(data)) > w.options.MaxBytes {
		return w.fault(f.path, 0, tooLarge("file", w.options.MaxBytes))
	}
	text, name, err := charset.Decode(data)
	if err != nil {
		return w.fault(f.path, 0, err)
	}
	r, err := build(w.ctx, document{
		text: text, charset: name, path: f.id,
		given: given{id: f.id}.under(f.given.row(f.path)), source: f.id,
	})
	if err != nil {
		return w.fault(f.path, 0, err)
	}
	return w.report(f, 0, r, data)
}

func tooLarge(what string, limit int64) error {
	return fmt.Errorf("%s larger than %d bytes; split it", what, limit)
}

// folderOf is the path of the folder of an id, "" for none.
func folderOf(id string) string {
	if dir := path.Dir(id); dir != "." {
		return dir
	}
	return ""
}
