package pdf

import (
	"bytes"
	"context"
	"errors"
	"time"

	"baogao/internal/extract"
)

// Read takes the text out of a PDF file. The pages say where words stand and
// not what a paragraph is: lines are put together that the width of the page
// broke, also from page to page, and rows of tables are made of what stands
// side by side. Page numbers and running feet are left out, and running heads
// where they stand for another time.
//
// It asks pdftotext of the poppler tools if that is installed, and reads the
// file by itself if not; see Tools.
func Read(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error) {
	l = l.WithDefaults()
	if err := whole(data); err != nil {
		return extract.Text{}, err
	}
	if poppler().path == "" {
		return byLibrary(ctx, data, l)
	}
	return byPoppler(ctx, data, l)
}

// Tools names the programs of this machine that the outcome of Read depends
// on, with their versions. It is "" if there are none.
func Tools() string { return poppler().version }

// timeLimit is how long the reading of one file may take.
const timeLimit = 2 * time.Minute

// Reasons that a PDF file is refused for.
var (
	errScan      = extract.NoReport("no text layer, a scan; recognise its text (OCR) first")
	errNoMap     = errors.New("its fonts need a table of characters that is not installed; install poppler-data, or recognise its text (OCR) first")
	errTruncated = errors.New("breaks off before its end; get the file again")
	errSlow      = errors.New("takes too long to read; print it to a new PDF first")
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

// textOf makes the text of the words on the pages.
func textOf(pages []textPage, l extract.Limits) (extract.Text, error) {
	out := extract.Lines{Bytes: l.Bytes}
	if err := out.Add(paragraphsOf(pages)...); err != nil {
		return extract.Text{}, err
	}
	t, err := out.Text()
	if err == extract.ErrNoWords {
		err = errScan
	}
	return t, err
}
