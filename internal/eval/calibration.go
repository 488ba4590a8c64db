package eval

import (
	"bytes"
	"fmt"
	"math"
)

// A Band is the answers about one field whose confidence lies in one tenth.
type Band struct {
	Field   string
	From    float64 // the confidence it begins with
	N       int     // answers
	Claimed float64 // mean of their confidence
	Right   float64 // share of them that is right
}

// What a band is held to: where it has enough answers, what is claimed and what is
// right differ by no more than the tolerance.
const (
	enoughAnswers = 30
	tolerance     = 0.03
)

// Fits reports whether the confidence of a band is worth what it says, or there are too few
// answers in it to tell.
func (b Band) Fits() bool {
	return b.N <= enoughAnswers || math.Abs(b.Claimed-b.Right) <= tolerance
}

// Calibration sorts the answers that were given into bands, by field and confidence. Bands
// without any are left out.
func Calibration(list []Judgement) []Band {
	var bands []Band
	for _, field := range Fields {
		tenths := make([]Band, len(bandLabels))
		for _, j := range list {
			if j.Field != field || j.Got == "" || j.Confidence < 0.5 {
				continue
			}
			b := &tenths[band(j.Confidence)]
			b.N++
			b.Claimed += j.Confidence
			if j.Right {
				b.Right++
			}
		}
		for i, b := range tenths {
			if b.N > 0 {
				n := float64(b.N)
				bands = append(bands, Band{Field: field, From: 0.5 + float64(i)/10, N: b.N, Claimed: b.Claimed / n, Right: b.Right / n})
			}
		}
	}
	return bands
}

// printCalibration prints what is claimed beside what is right, of some answers.
func printCalibration(b *bytes.Buffer, of string, list []Judgement) {
	fmt.Fprintf(b, "\ncalibration, %s: what is claimed, and what is right\n%-8s%12s%7s%10s%8s\n", of, "field", "confidence", "n", "claimed", "right")
	for _, c := range Calibration(list) {
		off := ""
		if !c.Fits() {
			off = fmt.Sprintf("  off by more than %.2f", tolerance)
		}
		fmt.Fprintf(b, "%-8s%12s%7d%10.3f%8.3f%s\n", c.Field, bandLabels[band(c.From+0.05)], c.N, c.Claimed, c.Right, off)
	}
}
