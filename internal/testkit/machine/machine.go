// Package machine stands, in tests, for what reads the pictures of pages.
package machine

import (
	"context"
	"image"
	"sync"

	"baogao/internal/extract"
)

// A Reader reads pages as it is told, by their order.
type Reader struct {
	Called string // its name; "" is "machine"
	// Read is asked for each page, the nth that was given from 0 on.
	Read func(n int, page *image.Gray) (extract.Recognised, error)

	mu          sync.Mutex
	Found, Done int // pages
}

// Name is what it is called.
func (r *Reader) Name() string {
	if r.Called == "" {
		return "machine"
	}
	return r.Called
}

// Expect counts pages.
func (r *Reader) Expect(pages int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Found += pages
}

// Recognise asks Read.
func (r *Reader) Recognise(_ context.Context, page *image.Gray) (extract.Recognised, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Done++
	return r.Read(r.Done-1, page)
}

// Page is a page of lines one below the other, each as sure.
func Page(confidence float64, lines ...string) extract.Recognised {
	r := extract.Recognised{Confidence: confidence}
	for i, l := range lines {
		y := 200 + 70*float64(i)
		r.Lines = append(r.Lines, extract.RecognisedLine{Text: l, X0: 200, X1: 200 + 40*float64(len([]rune(l))), Y0: y, Y1: y + 40})
	}
	return r
}
