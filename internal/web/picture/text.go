// Package picture says where the parts of a picture of counts stand, how dark they
// are and what is written on them. Pages draw it; it knows no page.
package picture

import (
	"math"
	"strconv"

	"baogao/internal/study"
)

// Text is a measure of a tally in digits, "" where it cannot be told.
func Text(m study.Measure, t study.Tally) string {
	value, ok := m.Of(t)
	if !ok {
		return ""
	}
	return Number(m, value)
}

// Number is a value of a measure in digits: rates to two significant ones, shares in
// percent, counts with a comma between thousands.
func Number(m study.Measure, value float64) string {
	switch m {
	case study.PerChars:
		return significant(value)
	case study.Share:
		return strconv.FormatFloat(100*value, 'f', 1, 64) + "%"
	}
	return Grouped(int(value))
}

// significant is a number to two significant digits, with no exponent.
func significant(value float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', 1, 64), 64)
	if rounded == 0 || err != nil {
		return "0"
	}
	return strconv.FormatFloat(rounded, 'f', max(0, 1-int(math.Floor(math.Log10(math.Abs(rounded))))), 64)
}

// Grouped writes a number with a comma between thousands.
func Grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Interval is that of 95 % around a measure, "" where there is none.
func Interval(m study.Measure, t study.Tally) string {
	low, high, ok := m.Interval(t)
	if !ok {
		return ""
	}
	return Number(m, low) + "–" + Number(m, high)
}
