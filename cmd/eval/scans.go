package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/width"

	"baogao/corpus"
	"baogao/internal/analyzer"
	"baogao/internal/cli"
	"baogao/internal/eval"
	"baogao/internal/extract"
	"baogao/internal/extract/ocr"
	"baogao/internal/extract/pdf"
	"baogao/internal/extract/raster"
	"baogao/internal/testkit"
)

// How the samples are printed and scanned: type of 16 points, as official documents have
// it, put into the scanner askew, packed small.
const (
	printSize   = 16
	scanDegrees = 1.2
	scanQuality = 45
)

// mostCharacterErrors is what the rate of errors is to be at most.
const mostCharacterErrors = 0.03

// measureScans prints the samples, scans the prints badly, and has them recognised. What is
// read depends on the fonts and the program of the machine, so it is kept nowhere.
func measureScans(ctx context.Context, root string) (report []byte, complete bool, err error) {
	reader, press, why := scanner(ctx)
	if why != "" {
		return []byte("scans: skipped, " + why + "\n"), true, nil
	}
	samples, err := sampleTexts(ctx, filepath.Join(root, "samples", "reports"))
	if err != nil {
		return nil, false, err
	}
	var b bytes.Buffer
	cli.Printf(&b, "scans: the samples printed, blurred, %.1f° askew, with noise, JPEG %d; read by %s\n", scanDegrees, scanQuality, reader.Name())
	cli.Printf(&b, "%8s %8s %8s %8s %6s  %s\n", "errors", "exact", "folded", "length", "sure", "sample")
	var total eval.Errors
	began := time.Now()
	found, err := scanAll(ctx, samples, reader, press)
	if err != nil {
		return nil, false, err
	}
	for i, r := range found {
		cli.Printf(&b, "%7.2f%% %7.2f%% %7.2f%% %8d %6.2f  %s\n", 100*r.Rate(), 100*r.ExactRate(), 100*r.FoldedRate(), r.Characters, r.confidence, samples[i].id)
		total.Add(r.Errors)
	}
	cli.Printf(&b, "%7.2f%% %7.2f%% %7.2f%% %8d         all: character error rate, at most %.0f %% is wanted; with signs of another width as errors; of what search compares. %.1f s\n\n",
		100*total.Rate(), 100*total.ExactRate(), 100*total.FoldedRate(), total.Characters, 100*mostCharacterErrors, time.Since(began).Seconds())
	return b.Bytes(), true, nil
}

// scanner is what reads scans and what prints them, or why there is none.
func scanner(ctx context.Context) (*ocr.Reader, *testkit.Press, string) {
	reader, err := ocr.New(ctx, "", nil)
	if err != nil {
		return nil, nil, err.Error()
	}
	press := testkit.NewPress()
	if press == nil {
		return nil, nil, "there is no Chinese font to print with; tools/install-test-tools.sh installs one"
	}
	return reader, press, ""
}

// A sample is a text that is printed.
type sample struct {
	id         string
	paragraphs []string
}

// sampleTexts are the samples that are text, as they are read: what a mirror site put into
// them is no part of a print.
func sampleTexts(ctx context.Context, paths ...string) (samples []sample, err error) {
	for r, err := range corpus.Reports(ctx, paths, corpus.Options{}) {
		var fault *corpus.FileError
		switch {
		case errors.As(err, &fault):
			continue
		case err != nil:
			return nil, err
		case r.Cleaning.Format != "text":
			continue
		}
		s := sample{id: r.Meta.ID}
		for _, p := range r.Paragraphs {
			s.paragraphs = append(s.paragraphs, p.Text)
		}
		samples = append(samples, s)
	}
	return samples, nil
}

// A scanned sample is how well it was read.
type scanned struct {
	eval.Errors
	confidence float64
	err        error
}

// scanAll scans samples side by side.
func scanAll(ctx context.Context, samples []sample, reader extract.Recogniser, press *testkit.Press) ([]scanned, error) {
	found := make([]scanned, len(samples))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for i, s := range samples {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			found[i] = scan(ctx, s, reader, press)
		})
	}
	all.Wait()
	for _, f := range found {
		if f.err != nil {
			return nil, f.err
		}
	}
	return found, ctx.Err()
}

// scan prints and scans a text, and compares what is read of it.
func scan(ctx context.Context, text sample, reader extract.Recogniser, press *testkit.Press) (s scanned) {
	pages, err := press.Pages(text.paragraphs, testkit.Sheet{DPI: extract.DotsPerInch, Size: printSize, Columns: 1})
	if err != nil {
		return scanned{err: err}
	}
	draw := func(i int) (*image.Gray, error) {
		p, err := raster.Open(testkit.JPEG(testkit.Scan(pages[i], scanDegrees, uint64(i)), scanQuality))
		if err != nil {
			return nil, err
		}
		return p.Page(0)
	}
	read, err := pdf.Pictures(ctx, len(pages), draw, extract.Limits{OCR: reader})
	if err != nil || read.OCR == nil {
		return scanned{err: fmt.Errorf("%s: %w", text.id, errors.Join(err, errors.New(read.Note)))}
	}
	s.Errors = eval.Compare(withoutBlanks(strings.Join(text.paragraphs, "")), withoutBlanks(read.Body), width.Fold.String, analyzer.Fold)
	s.confidence = read.OCR.Confidence
	return s
}

func withoutBlanks(text string) string { return strings.Join(strings.Fields(text), "") }
