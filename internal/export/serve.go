package export

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"iter"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"baogao"
)

// A File says how Serve sends hits.
type File struct {
	Form string // one of Forms
	What string // it is of, in the name of the file; "" is 检索结果
	Options
	Held     int          // reports held within the filters
	Question string       // stands in the name of the file
	Log      *slog.Logger // gets the error that breaks a file off; nil discards
}

// TotalHeader is the trailer that tells how many hits a file has.
const TotalHeader = "X-Total-Count"

// HeldHeader is the header that tells how many reports are held within the filters
// of a file, so that an empty one is not taken for silence.
const HeldHeader = "X-Held-Count"

// sendBuffer is how much is gathered before it is sent, in bytes.
const sendBuffer = 64 << 10

// Serve sends hits as a file to save. An error that comes before anything has
// been sent is returned, and the response is as it was. A later one breaks the
// connection off, by a panic with http.ErrAbortHandler, so that nobody takes
// half a file for the whole.
func Serve(w http.ResponseWriter, r *http.Request, hits iter.Seq2[*baogao.Hit, error], f File) error {
	out := &response{w: w, file: f}
	buf := bufio.NewWriterSize(out, sendBuffer)
	writer := New(buf, f.Form, f.Options)
	total := 0
	for h, err := range hits {
		if err == nil {
			err = writer.Write(h)
		}
		if err != nil {
			return out.fail(r, total, err)
		}
		if total++; r.Method == http.MethodHead {
			break
		}
	}
	if err := errors.Join(writer.Flush(), buf.Flush()); err != nil {
		return out.fail(r, total, err)
	}
	out.begin()
	if r.Method != http.MethodHead {
		w.Header().Set(TotalHeader, strconv.Itoa(total))
	}
	return nil
}

// ServeFigures sends figures likewise.
func ServeFigures(w http.ResponseWriter, r *http.Request, figures iter.Seq2[*baogao.FoundFigure, error], f File) error {
	out := &response{w: w, file: f}
	buf := bufio.NewWriterSize(out, sendBuffer)
	total := 0
	counted := func(yield func(*baogao.FoundFigure, error) bool) {
		for one, err := range figures {
			if err == nil {
				total++
			}
			if !yield(one, err) || r.Method == http.MethodHead {
				return
			}
		}
	}
	err := Figures(buf, f.Form, counted, f.Options)
	if err == nil {
		err = buf.Flush()
	}
	if err != nil {
		return out.fail(r, total, err)
	}
	out.begin()
	if r.Method != http.MethodHead {
		w.Header().Set(TotalHeader, strconv.Itoa(total))
	}
	return nil
}

// AboutForm is the form of what a file holds, to lie beside it.
const AboutForm = "about"

// ServeAbout sends what a file of hits holds, as CSV.
func ServeAbout(w http.ResponseWriter, f File) error {
	h := w.Header()
	h.Set("Content-Type", Media("csv"))
	h.Set("Content-Disposition", `attachment; filename="about.csv"; filename*=UTF-8''`+url.PathEscape(FileName("说明", f.Question)+".csv"))
	if f.Held > 0 {
		h.Set(HeldHeader, strconv.Itoa(f.Held))
	}
	return WriteTable(w, "csv", f.BOM, AboutTable(f.About), nil)
}

// response sets the headers of a file when its first byte is sent.
type response struct {
	w     http.ResponseWriter
	file  File
	begun bool
}

func (o *response) Write(b []byte) (int, error) {
	o.begin()
	return o.w.Write(b)
}

// begin names the file: in ASCII for programs of old, and by RFC 6266 with the
// question in it.
func (o *response) begin() {
	if o.begun {
		return
	}
	o.begun = true
	form := formOf(o.file.Form)
	h := o.w.Header()
	h.Set("Content-Type", form.media)
	h.Set("Content-Disposition",
		`attachment; filename="baogao`+form.ending+`"; filename*=UTF-8''`+url.PathEscape(FileName(cmp.Or(o.file.What, "检索结果"), o.file.Question)+form.ending))
	h.Set(HeldHeader, strconv.Itoa(o.file.Held))
	h.Set("Trailer", TotalHeader)
}

// fail returns the error of a file that has not begun, and breaks off one that
// has. That the client went away is no news.
func (o *response) fail(r *http.Request, total int, err error) error {
	if !o.begun {
		return err
	}
	if o.file.Log != nil && !errors.Is(r.Context().Err(), context.Canceled) {
		o.file.Log.ErrorContext(r.Context(), "export broken off", "path", r.URL.Path, "hits", total, "err", err)
	}
	panic(http.ErrAbortHandler)
}

// nameRunes is how much of a question stands in the name of a file, in code
// points: less than 255 bytes of UTF-8 with the rest, which file systems take.
const nameRunes = 40

// FileName makes a name of what a file is and of a question that every file system
// takes: letters and digits, and a dash for all that stands between them.
func FileName(what, question string) string {
	words := strings.FieldsFunc(question, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := []rune(strings.Join(append([]string{what}, words...), "-"))
	return string(name[:min(len(name), nameRunes)])
}
