package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"baogao/internal/charset"
	"baogao/internal/extract"
	"baogao/internal/extract/office"
	"baogao/internal/extract/page"
	"baogao/internal/extract/pdf"
)

// headBytes is how much of a file its format is told by.
const headBytes = 64 << 10

// A format is one kind of file: what it is called, how it is known, and what
// reads it.
type format struct {
	name string
	is   func(head []byte, ext string) bool
	read func(w *walk, f file, in *bufio.Reader) error
}

// formats are tried in this order. The content decides; the extension is
// asked where the content could be either.
var formats []format

func init() { // not in the declaration: what is in gzip and archives is looked up here again
	formats = []format{
		{"", isEmpty, refuse("empty")},
		{"gzip", hasPrefix("\x1f\x8b"), readGzip},
		{"zip", hasPrefix("PK\x03\x04", "PK\x05\x06"), readZip},
		{"pdf", isPDF, single(readPDF)},
		{"doc", hasPrefix("\xD0\xCF\x11\xE0"), single(readDOC)},
		{"rtf", hasPrefix(`{\rtf`), single(readRTF)},
		{"image", isImage, refuse("an image; recognise its text (OCR) and save that")},
		{"archive", hasPrefix("Rar!", "7z\xBC\xAF\x27\x1C", "BZh", "\xFD7zXZ"), refuse("an archive that is not read; unpack it, or pack it as ZIP")},
		{"caj", hasPrefix("CAJ\x00", "KDH ", "HN\x00", "TEB\x00", "C8\x00"), refuse("a CAJ file; save it as PDF or text in the reader it belongs to")},
		{"mhtml", isMHTML, single(readMHTML)},
		{"html", isHTML, single(readHTML)},
		{"jsonl", isJSONLines, readJSONLines},
		{"csv", hasExt(".csv", ".tsv"), readCSV},
		{"markdown", hasExt(".md", ".markdown"), single(readMarkdown)},
		{"", isOther, refuse("unknown format; save it as text, HTML, PDF, DOCX or JSON lines")},
		{"text", always, single(readText)},
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
			outer := w.format
			w.format = format.name
			err := format.read(w, f, in)
			w.format = outer
			return err
		}
	}
	return nil // the last format takes everything
}

func always([]byte, string) bool { return true }

func hasPrefix(magic ...string) func([]byte, string) bool {
	return func(head []byte, _ string) bool {
		return slices.ContainsFunc(magic, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
	}
}

func hasExt(known ...string) func([]byte, string) bool {
	return func(_ []byte, ext string) bool { return slices.Contains(known, ext) }
}

// isPDF looks for the mark of a PDF where readers of PDF look for it.
func isPDF(head []byte, _ string) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}

// isImage knows images, and films and sounds, by what browsers go by; text may
// begin like one but has no NUL.
func isImage(head []byte, _ string) bool {
	kind, _, _ := strings.Cut(http.DetectContentType(head), "/")
	return (kind == "image" || kind == "audio" || kind == "video") && bytes.IndexByte(head, 0) >= 0
}

var mhtmlStart = regexp.MustCompile(`(?i)^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*content-type:\s*multipart/related`)

func isMHTML(head []byte, _ string) bool {
	return mhtmlStart.Match(bytes.TrimLeft(head[:min(len(head), 8<<10)], "\r\n"))
}

func isEmpty(head []byte, _ string) bool {
	_, bom := charset.Mark(head)
	return len(head) < headBytes && len(bytes.TrimSpace(head[bom:])) == 0
}

// withoutMarkup is the text of a cell or line that was taken from a page with
// its tags.
func (w *walk) withoutMarkup(text string) (string, error) {
	const few = 4
	if len(htmlTag.FindAllStringIndex(text, few)) < few {
		return text, nil
	}
	t, err := page.HTML([]byte(text), w.limits())
	return t.Body, err
}

var (
	htmlStart = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<(!doctype\s+html|html|head|body|div|table|meta|title|script|frameset|center|p|span|font|h[1-6])\b`)
	htmlTag   = regexp.MustCompile(`(?i)<(/?(p|div|table|span|body|a|br|td|h[1-6])\b[^<>]*)>`)
	htmlExt   = hasExt(".html", ".htm", ".shtml", ".xhtml", ".asp", ".aspx", ".jsp", ".jspx", ".php")
)

func isHTML(head []byte, ext string) bool {
	_, bom := charset.Mark(head)
	head = bytes.ReplaceAll(head[bom:], []byte{0}, nil) // UTF-16
	return htmlStart.Match(head[:min(len(head), 4<<10)]) || htmlExt(head, ext) && htmlTag.Match(head)
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

// isOther knows the texts of other programs, which nobody means to search, by
// their extensions.
var isOther = hasExt(".json", ".xml", ".svg", ".js", ".css", ".py", ".go", ".java", ".c", ".h", ".cpp", ".sh", ".bat", ".ini", ".cfg", ".conf",
	".yaml", ".yml", ".toml", ".sql", ".bib", ".tex", ".srt", ".ics", ".vcf", ".eml", ".rels", ".plist", ".url", ".lnk")

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
	f.at = nil
	return w.read(f, inner)
}

// single reads a file that is one report, whose text read takes out of its
// bytes.
func single(read func(w *walk, data []byte) (extract.Text, error)) func(*walk, file, *bufio.Reader) error {
	return func(w *walk, f file, in *bufio.Reader) error {
		data, err := w.all(in)
		if err != nil {
			return w.fault(f.path, 0, err)
		}
		d := document{path: f.id, given: given{id: f.id}.under(f.given.row(f.path)), source: f.id}
		return w.deliver(f, 0, d, data, func() (document, error) {
			text, err := read(w, data)
			d.text, d.charset, d.title, d.facts = text.Body, text.Charset, text.Title, text.Facts
			over(&text.Source, d.given.source)
			d.given.source = text.Source
			return d, err
		})
	}
}

// all reads a file that is not too large.
func (w *walk) all(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, w.options.MaxBytes+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w; it may not have been downloaded to its end", err)
	case err != nil:
		return nil, reason(err)
	case int64(len(data)) > w.options.MaxBytes:
		return nil, tooLarge("file", w.options.MaxBytes)
	}
	return data, nil
}

// The readers of documents that are one report.

func (w *walk) limits() extract.Limits { return extract.Limits{Bytes: w.options.MaxBytes} }

func readPDF(w *walk, data []byte) (extract.Text, error) { return pdf.Read(w.ctx, data, w.limits()) }

func readDOC(w *walk, data []byte) (extract.Text, error) { return office.DOC(data, w.limits()) }

func readRTF(w *walk, data []byte) (extract.Text, error) { return office.RTF(data, w.limits()) }

func readMHTML(w *walk, data []byte) (extract.Text, error) { return page.MHTML(data, w.limits()) }

func readHTML(w *walk, data []byte) (extract.Text, error) { return page.HTML(data, w.limits()) }

func readText(_ *walk, data []byte) (extract.Text, error) {
	text, name, err := charset.Decode(data)
	return extract.Text{Body: text, Charset: name}, err
}

func readMarkdown(w *walk, data []byte) (extract.Text, error) {
	text, name, err := charset.Decode(data)
	if err != nil {
		return extract.Text{}, err
	}
	t, err := page.Markdown(text, w.limits())
	t.Charset = name
	return t, err
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
