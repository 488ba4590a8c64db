package pdf

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/extract/layout"
)

// Read takes the text out of a PDF file. The pages say where characters stand and
// not what a paragraph is: lines are put together that the width of the page
// broke, also from page to page, and rows of tables are made of what stands
// side by side. Page numbers and running feet are left out, and running heads
// where they stand for another time; what stands aslant, as watermarks do, is left
// out and told in Dropped. Pages that are pictures are recognised where the limits
// have what recognises them; else, or where too little is sure, they are Missing.
//
// The file is read by PDFium in a sandbox, which is the same on any machine.
func Read(ctx context.Context, data []byte, l extract.Limits) (t extract.Text, err error) {
	l = l.WithDefaults()
	ctx = budget.Start(ctx, len(data))
	if err = whole(data); err != nil {
		return extract.Text{}, err
	}
	var found survey
	encrypted := bytes.Contains(data, []byte("/Encrypt"))
	if !encrypted {
		found, err = budget.Within(ctx, func(ctx context.Context) (survey, error) { return checkStreams(ctx, data) })
		if err != nil {
			return extract.Text{}, err
		}
	}
	var pages []layout.Page
	var s source
	limit := budget.Left(ctx) - lessTime
	err = theSandbox().do(ctx, len(data), limit, l.Preparing, func(i *instance) (err error) {
		defer spending(ctx)()
		s = source{Pdfium: i.Pdfium, limit: l.Bytes, grant: i.grant, known: map[uint64]bool{}}
		if encrypted || found.oddMaps {
			if data, found, err = s.plain(ctx, data); err != nil {
				return err
			}
		}
		s.fontsWithin = found.fontsWithin
		pages, err = s.pages(data)
		return err
	})
	if err != nil {
		return extract.Text{}, err
	}
	t, err = textOrScan(ctx, data, pages, s.pictures, l)
	t.Dropped = unique(s.slanted)
	return t, err
}

// spending takes the time that passes up to a call of what it returns from what is left of
// that of the file. No thread is asked for its time (as in watch), so what others spend may be
// in it: some is left all the same, for what is still to be done.
func spending(ctx context.Context) (end func()) {
	began, before := time.Now(), budget.ProcessorTime()
	return func() {
		spent := min(time.Since(began), budget.ProcessorTime()-before)
		budget.Spend(ctx, min(spent, max(0, budget.Left(ctx)-leftTime)))
	}
}

// Reasons that a PDF file is refused for.
var (
	errScan      = errors.New("no text layer, a scan; --ocr reads it by machine (OCR)") // whether it is a report is not known
	errBroken    = errors.New("a broken PDF file; open it and save it again")
	errTruncated = errors.New("breaks off before its end; get the file again")
)

// whole reports a file that breaks off. What was appended behind the end
// does no harm.
func whole(data []byte) error {
	const tail = 4096
	data = bytes.TrimRight(data, "\x00 \r\n\t")
	if !bytes.Contains(data[max(0, len(data)-tail):], []byte("%%EOF")) {
		return errTruncated
	}
	return nil
}

// unique are the texts that differ, as often as they come.
func unique(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}

// textOf makes the text of the characters on the pages, in the time that is left.
func textOf(ctx context.Context, pages []layout.Page, l extract.Limits) (extract.Text, error) {
	t, err := budget.Within(ctx, func(ctx context.Context) (extract.Text, error) {
		paragraphs, err := layout.Paragraphs(pages, ctx.Err)
		if err != nil {
			return extract.Text{}, err
		}
		out := extract.Lines{Bytes: l.Bytes}
		if err := out.Add(paragraphs...); err != nil {
			return extract.Text{}, err
		}
		return out.Text()
	})
	if err == extract.ErrNoWords {
		err = errScan
	}
	return t, err
}
