package scan

import (
	"errors"
	"slices"
	"testing"

	"baogao/internal/extract"
)

// TestPageSizes draws pages of every size as finely as they are read best.
func TestPageSizes(t *testing.T) {
	for _, tt := range []struct{ width, height, long float64 }{
		{595, 842, 2339}, {842, 1191, 3308}, {421, 595, 1653}, {1654, 2339, 2339}, {297, 421, 1169}, {200, 280, 2339}, {14400, 14400, 2339}, {1, 14400, 2339},
	} {
		scale := DotsPerPoint(tt.width, tt.height)
		if long := max(tt.width, tt.height) * scale; long < tt.long-3 || long > tt.long+3 {
			t.Errorf("%v by %v is drawn %.0f long, want %.0f", tt.width, tt.height, long, tt.long)
		}
	}
}

// TestSpread sets characters evenly, and keeps blanks before them.
func TestSpread(t *testing.T) {
	var got []Glyph
	for g := range Spread(extract.RecognisedLine{Text: "甲 A1乙", X0: 100, X1: 450}) {
		got = append(got, g)
	}
	want := []Glyph{{'甲', 100, 200, 0, 0}, {'A', 250, 300, 1, 50}, {'1', 300, 350, 0, 0}, {'乙', 350, 450, 0, 0}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestRecord tells why pages are missing, and whether they were read.
func TestRecord(t *testing.T) {
	line := []extract.RecognisedLine{{Text: "甲县"}}
	var o Record
	for _, r := range []Reading{
		{Sheet: 4, Err: errors.New("takes too long")}, {Sheet: 0}, {Sheet: 1, Recognised: extract.Recognised{Confidence: 0.5, Lines: line}},
	} {
		if o.Judge(r) {
			t.Errorf("page %d is taken", r.Sheet+1)
		}
	}
	if err := o.Err(); o.Refused() != 2 || !errors.Is(err, extract.ErrNoReport) || err.Error() != "pages 5, 2: recognised with a confidence of 0.50, less than 0.60; get a better scan" {
		t.Errorf("%d: %v", o.Refused(), err)
	}
	if r := (Reading{Sheet: 2, Recognised: extract.Recognised{Confidence: 0.9, Lines: line}}); o.Judge(r) {
		o.Take(r, 2)
	}
	var text extract.Text
	if o.Tell(&text); text.OCR == nil || text.OCR.Confidence != 0.9 || len(text.Missing) != 2 || text.Note == "" {
		t.Errorf("%+v %v %q", text.OCR, text.Missing, text.Note)
	}
}
