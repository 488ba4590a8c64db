package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ledongthuc/pdf"

	"baogao/internal/extract"
)

// byLibrary reads a file without a program of the machine. It can be made
// to stop between two operators of a page; where a broken file makes the
// library loop inside one, its goroutine is left behind.
func byLibrary(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	type outcome struct {
		pages []textPage
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		pages, err := libraryPages(ctx, data, l)
		done <- outcome{pages, err}
	}()
	select {
	case <-ctx.Done():
	case o := <-done:
		if o.err == nil {
			return textOf(o.pages, l)
		}
		if ctx.Err() == nil {
			return extract.Text{}, o.err
		}
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return extract.Text{}, errSlow
	}
	return extract.Text{}, ctx.Err()
}

// mostPages is how many pages of a file are read.
const mostPages = 100_000

// libraryPages reads the words of all pages.
func libraryPages(ctx context.Context, data []byte, l extract.Limits) (pages []textPage, err error) {
	defer func() {
		if p := recover(); p != nil {
			pages, err = nil, faultOf(p)
		}
	}()
	if end := bytes.LastIndex(data, []byte("%%EOF")); end >= 0 {
		data = data[:end+len("%%EOF")] // the library minds what is behind the end
	}
	r, err := pdf.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, faultOf(err)
	}
	in := interpreter{ctx: ctx, limit: l.Bytes, fonts: map[string]*font{}}
	if n := r.NumPage(); n > mostPages {
		return nil, fmt.Errorf("says that it has %d pages, more than %d; print it to a new PDF first", n, mostPages)
	}
	for i := range r.NumPage() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := r.Page(i + 1)
		if p.V.IsNull() {
			continue
		}
		in.page = textPage{}
		in.end()
		in.run(p.V.Key("Contents"), p.Resources(), upright(inherited(p.V, "Rotate").Int64()), 0)
		in.end()
		pages = append(pages, in.page)
	}
	return pages, nil
}

// faultOf is what the library fails with, as it is told to people.
func faultOf(fault any) error {
	err, ok := fault.(error)
	switch {
	case ok && errors.Is(err, extract.ErrUnpacked):
		return err
	case ok && errors.Is(err, pdf.ErrInvalidPassword), strings.Contains(fmt.Sprint(fault), "encryption"):
		return extract.ErrEncrypted
	}
	if !ok {
		err = fmt.Errorf("%v", fault)
	}
	return fmt.Errorf("a broken PDF file, or one that only pdftotext can read (%w); install the poppler tools, or open it and save it again", err)
}

// inherited is a property of a page or of a node of pages above it.
func inherited(v pdf.Value, key string) pdf.Value {
	for hops := 0; hops < 64 && !v.IsNull(); hops++ {
		if found := v.Key(key); !found.IsNull() {
			return found
		}
		v = v.Key("Parent")
	}
	return pdf.Value{}
}

// A transform is the matrix [a b c d e f] of PDF.
type transform [6]float64

var identity = transform{1, 0, 0, 1, 0, 0}

// then is t followed by u.
func (t transform) then(u transform) transform {
	return transform{
		t[0]*u[0] + t[1]*u[2], t[0]*u[1] + t[1]*u[3],
		t[2]*u[0] + t[3]*u[2], t[2]*u[1] + t[3]*u[3],
		t[4]*u[0] + t[5]*u[2] + u[4], t[4]*u[1] + t[5]*u[3] + u[5],
	}
}

// upright turns a page as it is shown; the y axis then goes down.
func upright(degrees int64) transform {
	switch ((degrees % 360) + 360) % 360 {
	case 90:
		return transform{0, 1, 1, 0, 0, 0}
	case 180:
		return transform{-1, 0, 0, 1, 0, 0}
	case 270:
		return transform{0, -1, -1, 0, 0, 0}
	}
	return transform{1, 0, 0, -1, 0, 0}
}
