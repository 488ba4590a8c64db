package weight

import "testing"

// TestFactors wants what is kept, and what lies beyond it, to be BM25.
func TestFactors(t *testing.T) {
	length := func(units uint32) float64 { return float64(units) / 37 }
	f := NewFactors(length)
	for _, times := range []int{1, 4, 5, 300} {
		for _, units := range []uint32{0, 1, 40, 2047, 2048, 1 << 20} {
			if got, want := 3.5*f.Of(times, units), BM25(3.5, times, length(units), B); got != want {
				t.Errorf("%d times in %d units: %v, want %v", times, units, got, want)
			}
		}
	}
}
