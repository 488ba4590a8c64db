package pdf

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"baogao/internal/extract"
)

// A popplerTool is the program pdftotext of poppler. The program of the same
// name of Xpdf cannot say where words stand.
type popplerTool struct {
	path    string // "" if it is not installed
	version string // the line it names its version with, and whether tables of characters are installed
}

var poppler = sync.OnceValue(func() popplerTool {
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		return popplerTool{}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	says, _ := exec.CommandContext(ctx, path, "-v").CombinedOutput() // it exits with 99 in some versions
	first, _, _ := strings.Cut(string(says), "\n")
	if !strings.Contains(string(says), "Poppler") || !strings.HasPrefix(first, "pdftotext") {
		return popplerTool{}
	}
	version := strings.TrimSpace(first)
	for _, dir := range []string{"/usr/share/poppler/cMap", "/usr/local/share/poppler/cMap", "/opt/homebrew/share/poppler/cMap"} {
		if _, err := os.Stat(dir); err == nil {
			version += " with poppler-data"
			break
		}
	}
	return popplerTool{path, version}
})

// byPoppler asks pdftotext for the words and where they stand.
func byPoppler(ctx context.Context, data []byte, l extract.Limits) (extract.Text, error) {
	pages, says, err := popplerPages(ctx, data, l)
	if err != nil {
		return extract.Text{}, err
	}
	t, err := textOf(pages, l)
	if strings.Contains(says, "Syntax Error") && losesText(ctx, data, l) {
		return extract.Text{}, brokenFile(says, nil)
	}
	if !strings.Contains(says, "language pack") {
		return t, err
	}
	// Fonts without a map of their own go by tables that are installed
	// apart. The library knows the commonest of them.
	if own, ownErr := byLibrary(ctx, data, l); ownErr == nil && len(own.Body) >= len(t.Body) {
		return own, nil
	}
	return extract.Text{}, errNoMap
}

// popplerPages runs pdftotext; says is what it complains of.
func popplerPages(ctx context.Context, data []byte, l extract.Limits) (pages []textPage, says string, err error) {
	limited, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	cmd := exec.CommandContext(limited, poppler().path, "-bbox", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	cmd.WaitDelay = time.Second
	complaints := &head{limit: 1 << 16}
	cmd.Stderr = complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", fmt.Errorf("pdftotext: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, "", fmt.Errorf("pdftotext: %w", err)
	}
	pages, readErr := readBoxes(out, l)
	if readErr != nil {
		cancel()
	}
	err = cmd.Wait()
	says = complaints.text.String()
	switch {
	case ctx.Err() != nil:
		return nil, "", ctx.Err()
	case limited.Err() == context.DeadlineExceeded:
		return nil, "", errSlow
	case readErr != nil:
		return nil, "", readErr
	case strings.Contains(says, "Incorrect password"), strings.Contains(says, "security handler"):
		return nil, "", extract.ErrEncrypted
	case strings.Contains(says, "not allowed"):
		return nil, "", errors.New("its owner forbids copying its text; remove the restriction first")
	case err != nil, strings.Contains(says, "flate stream"): // part of a page is lost
		return nil, "", brokenFile(says, err)
	}
	return pages, says, nil
}

// brokenFile is the error of a file that pdftotext complains of, or fails on
// without a word.
func brokenFile(says string, err error) error {
	line, _, _ := strings.Cut(strings.TrimSpace(says), "\n")
	if line == "" {
		line = fmt.Sprint(err)
	}
	return fmt.Errorf("a broken PDF file (%s); open it and save it again", line)
}

// losesText reports whether the content of a page is damaged: unlike pdftotext,
// which reads on in what it unpacks to, the library checks its sum.
func losesText(ctx context.Context, data []byte, l extract.Limits) bool {
	_, err := byLibrary(ctx, data, l)
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt) || errors.Is(err, zlib.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF)
}

// head keeps the beginning of what is written to it.
type head struct {
	text  strings.Builder
	limit int
}

func (h *head) Write(p []byte) (int, error) {
	h.text.Write(p[:min(len(p), h.limit-h.text.Len())])
	return len(p), nil
}

// readBoxes reads what pdftotext -bbox writes: one page or word a line, with
// where it stands in points from the upper left. It is not quite XML, for
// characters that XML forbids are left in.
func readBoxes(r io.Reader, l extract.Limits) ([]textPage, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	var pages []textPage
	var size int64
	for {
		line, err := in.ReadString('\n')
		if size += int64(len(line)); size > boxOverhead*l.Bytes {
			return nil, extract.ErrUnpacked
		}
		s := strings.TrimSpace(line)
		if strings.HasPrefix(s, "<page ") {
			pages = append(pages, textPage{})
		} else if rest, ok := strings.CutPrefix(s, "<word "); ok && len(pages) > 0 {
			if w, ok := readBox(rest); ok {
				p := &pages[len(pages)-1]
				p.words = append(p.words, w)
			}
		}
		if err == io.EOF {
			return pages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("pdftotext: %w", err)
		}
	}
}

// boxOverhead is how many bytes pdftotext may write for a byte of text.
const boxOverhead = 32

// readBox reads xMin="…" yMin="…" xMax="…" yMax="…">text</word>.
func readBox(s string) (textWord, bool) {
	head, text, ok := strings.Cut(s, ">")
	text, closed := strings.CutSuffix(text, "</word>")
	if !ok || !closed {
		return textWord{}, false
	}
	var box [4]float64
	for i, name := range []string{"xMin", "yMin", "xMax", "yMax"} {
		_, rest, found := strings.Cut(head, name+`="`)
		value, _, _ := strings.Cut(rest, `"`)
		n, err := strconv.ParseFloat(value, 64)
		if !found || err != nil || n != n {
			return textWord{}, false
		}
		box[i] = n
	}
	return textWord{x0: box[0], y0: box[1], x1: box[2], y1: box[3], text: html.UnescapeString(text)}, true
}
