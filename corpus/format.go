package corpus

import (
	"bufio"
	"bytes"
	"context"
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

	"baogao"
	"baogao/internal/charset"
	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/office"
	"baogao/internal/extract/page"
	"baogao/internal/extract/pdf"
	"baogao/internal/extract/raster"
)

// headBytes is how much of a file its format is told by.
const headBytes = 64 << 10

// A format is one kind of file: what it is called, how it is known, and what
// reads it.
type format struct {
	name string
	is   func(head []byte, ext string) bool
	read func(r *reader, f file, in *bufio.Reader) error
}

// formats are tried in this order. The content decides; the extension is
// asked where the content could be either.
var formats = []format{
	{"", isEmpty, refuse("empty")},
	{"gzip", hasPrefix("\x1f\x8b"), readGzip},
	{"tar", isTar, readTar},
	{"warc", hasPrefix("WARC/"), readWARC},
	{"zip", hasPrefix("PK\x03\x04", "PK\x05\x06"), readZip},
	{"7z", hasPrefix("7z\xBC\xAF\x27\x1C"), readSevenZip},
	{"rar", hasPrefix("Rar!"), readRAR},
	{"pdf", isPDF, sandboxed(pdf.Read)},
	{"doc", hasPrefix("\xD0\xCF\x11\xE0"), single(quick(office.DOC))},
	{"rtf", hasPrefix(`{\rtf`), single(quick(office.RTF))},
	{"png", hasPrefix("\x89PNG\r\n\x1a\n"), readPicture},
	{"jpeg", hasPrefix("\xff\xd8\xff"), readPicture},
	{"tiff", hasPrefix("II*\x00", "MM\x00*"), readPicture},
	{"image", isImage, refuse("an image that is not read; save it as PNG, JPEG or TIFF, and --ocr reads it by machine (OCR)")},
	{"archive", hasPrefix("BZh", "\xFD7zXZ"), refuse("packed in a way that is not read; unpack it, or pack it as ZIP")},
	{"caj", hasPrefix("CAJ\x00", "KDH ", "HN\x00", "TEB\x00", "C8\x00"), refuse("a CAJ file; save it as PDF or text in the reader it belongs to")},
	{"mhtml", isMHTML, single(quick(page.MHTML))},
	{"eml", isMail, refuse("an e-mail; save what is attached to it, or its text")},
	{"html", isHTML, single(quick(page.HTML))},
	{"jsonl", isJSONLines, readJSONLines},
	{"json", isJSON, readJSON},
	{"csv", hasExt(".csv", ".tsv"), readCSV},
	{"markdown", hasExt(".md", ".markdown"), single(quick(readMarkdown))},
	{"", isOther, refuse("unknown format; save it as text, HTML, PDF, DOCX or JSON lines")},
	{"text", always, single(quick(readText))},
}

// A reader takes the documents out of files and puts them into a queue.
type reader struct {
	*queue
	formats []format // what is in gzip and archives is looked up in them again
}

// read finds the format of a file and reads it. What dies over a file is its fault, as
// in make.
func (r *reader) read(f file, in *bufio.Reader) (err error) {
	defer func() {
		if died := recover(); died != nil {
			err = r.fault(f.place, fatal(died))
		}
	}()
	head, err := in.Peek(headBytes)
	if len(head) == 0 && err != nil && err != io.EOF {
		return r.fault(f.place, reason(err)) // behind some bytes, the error comes again where they end
	}
	ext := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(f.path), ".gz")))
	for _, format := range r.formats {
		if format.is(head, ext) {
			f.format = format.name
			return format.read(r, f, in)
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

var mailStart = regexp.MustCompile(`(?i)^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*(?:received|return-path|message-id|delivered-to|mime-version):`)

// isMail knows an e-mail by the headers that one comes with.
func isMail(head []byte, ext string) bool {
	return ext == ".eml" || mailStart.Match(bytes.TrimLeft(head[:min(len(head), 8<<10)], "\r\n"))
}

func isEmpty(head []byte, _ string) bool {
	_, bom := charset.Mark(head)
	return len(head) < headBytes && len(bytes.TrimSpace(head[bom:])) == 0
}

// withoutMarkup is the text of a cell or line that was taken from a page with
// its tags.
func (r *reader) withoutMarkup(ctx context.Context, text string) (string, error) {
	const few = 4
	if len(htmlTag.FindAllStringIndex(text, few)) < few {
		return text, nil
	}
	t, err := quick(page.HTML)(ctx, []byte(text), r.limits())
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
	".yaml", ".yml", ".toml", ".sql", ".bib", ".tex", ".srt", ".ics", ".vcf", ".rels", ".plist", ".url", ".lnk")

func refuse(why string) func(*reader, file, *bufio.Reader) error {
	return func(r *reader, f file, _ *bufio.Reader) error { return r.fault(f.place, extract.NoReport(why)) }
}

// readGzip reads the file inside as if it lay there by itself.
func readGzip(r *reader, f file, in *bufio.Reader) error {
	z, err := f.bound().Gunzip(in)
	if err != nil {
		return r.fault(f.place, err)
	}
	inner := bufio.NewReaderSize(z, headBytes)
	if head, _ := inner.Peek(2); bytes.HasPrefix(head, []byte("\x1f\x8b")) {
		return r.fault(f.place, errors.New("compressed twice; unpack it once"))
	}
	if again, size := f.fromStart(r), f.size; again != nil {
		f.again = func() (io.Reader, error) {
			packed, err := again()
			if err != nil {
				return nil, err
			}
			return budget.New(size).Gunzip(r.watched(packed))
		}
	}
	f.bytes = nil
	return r.read(f, inner)
}

// A textReader takes the text out of the bytes of a file that is one report.
type textReader func(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error)

// quick is for what only looks now and then whether it is to go on.
func quick(read func([]byte, extract.Limits) (extract.Text, error)) textReader {
	return func(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error) {
		l.Stopped = ctx.Err
		return read(data, l)
	}
}

// single reads a file that is one report, in the time that one of its size may take.
func single(read textReader) func(*reader, file, *bufio.Reader) error { return one(read, false) }

// sandboxed reads a file that is one report, by a reader that takes its time itself.
func sandboxed(read textReader) func(*reader, file, *bufio.Reader) error { return one(read, true) }

func one(read textReader, ownClock bool) func(*reader, file, *bufio.Reader) error {
	return func(r *reader, f file, in *bufio.Reader) error {
		data, err := r.all(in)
		if err != nil {
			return r.fault(f.place, err)
		}
		d := document{at: f.place, root: f.root, path: f.id, given: given{id: f.id, source: f.address}.under(f.metadata.row(f.path)), source: f.id, by: r.machine(f.format), ownClock: ownClock}
		return r.deliver(d, data, func(ctx context.Context) (document, error) {
			d := d
			text, err := read(ctx, data, r.limits())
			d.text, d.charset, d.title, d.facts, d.dropped = text.Body, text.Charset, text.Title, text.Facts, text.Dropped
			d.ocr, d.missing, d.note = text.OCR, text.Missing, text.Note
			if f.saved != "" {
				d.facts = append(slices.Clip(d.facts), baogao.Fact{Label: "存档时间", Value: f.saved})
			}
			over(&text.Source, d.given.source)
			d.given.source = text.Source
			return d, err
		})
	}
}

// all reads a file that is not too large.
func (r *reader) all(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, r.options.MaxBytes+1))
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("%w; it may not have been downloaded to its end", err)
	case err != nil:
		return nil, reason(err)
	case int64(len(data)) > r.options.MaxBytes:
		return nil, tooLarge("file", r.options.MaxBytes)
	}
	return data, nil
}

// decoded reads a file that is not too large, and is text.
func (r *reader) decoded(in io.Reader) (text, name string, err error) {
	data, err := r.all(in)
	if err != nil {
		return "", "", err
	}
	return charset.Decode(data)
}

func (r *reader) limits() extract.Limits {
	return extract.Limits{Bytes: r.options.MaxBytes, OCR: r.options.OCR, Preparing: r.options.Preparing}
}

// machine names what reads pictures of pages in files of a format, "" where nothing
// does.
func (r *reader) machine(format string) string {
	if r.options.OCR == nil || !slices.Contains([]string{"pdf", "png", "jpeg", "tiff"}, format) {
		return ""
	}
	return r.options.OCR.Name()
}

// errPicture is of a picture that nobody looked at: whether it is a report is not known.
var errPicture = errors.New("a picture; --ocr reads it by machine (OCR)")

func readPicture(r *reader, f file, in *bufio.Reader) error {
	if r.options.OCR == nil {
		return r.fault(f.place, errPicture)
	}
	return sandboxed(func(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error) {
		pages, err := raster.Open(data)
		if err != nil {
			return extract.Text{}, err
		}
		return pdf.Pictures(ctx, pages.Len(), pages.Page, l)
	})(r, f, in)
}

func readText(data []byte, _ extract.Limits) (extract.Text, error) {
	text, name, err := charset.Decode(data)
	return extract.Text{Body: text, Charset: name}, err
}

func readMarkdown(data []byte, l extract.Limits) (extract.Text, error) {
	text, name, err := charset.Decode(data)
	if err != nil {
		return extract.Text{}, err
	}
	t, err := page.Markdown(text, l)
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
