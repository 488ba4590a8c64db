package store

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"baogao"
	"baogao/internal/weight"
)

// TestRecords writes random records and reads them.
func TestRecords(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	some := func(often int) uint32 {
		if random.IntN(10) < often {
			return 0
		}
		return random.Uint32() >> random.IntN(32)
	}
	for range 300 {
		var b []byte
		var want []Record
		reports := []Extent{{Count: random.IntN(4)}, {}, {Count: random.IntN(20)}}
		for report := range reports {
			before := Record{}
			for range reports[report].Count {
				r := Record{
					Report: uint32(report), paragraph: before.paragraph + 1 + some(8), Section: some(5), Units: some(0), text: some(0) >> 8,
					published: some(8) >> 8, piece: some(9), Heading: uint8(some(7)), Flags: uint8(random.IntN(8)), Facts: weight.Facts(some(3)),
				}
				b = r.append(b, &before)
				want, before = append(want, r), r
			}
		}
		table, err := parsePassages("passages.bin", b, reports)
		if err != nil || !slices.Equal(table.Records, want) {
			t.Fatalf("%v, want %v; %v", table, want, err)
		}
		for cut := range b {
			if _, err := parsePassages("passages.bin", b[:cut], reports); !errors.Is(err, baogao.ErrDamaged) {
				t.Fatalf("cut at %d of %d: %v", cut, len(b), err)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	for _, tt := range []struct {
		figures int
		plan    bool
		want    int
	}{{0, false, 0}, {0, true, 0}, {3, true, 3}, {baogao.MaxFigures, true, baogao.MaxFigures}, {1000, false, baogao.MaxFigures}, {-1, false, 0}} {
		f := factsOf(&baogao.Passage{Figures: tt.figures, Plan: tt.plan})
		if f.Figures() != tt.want || f.Plan() != tt.plan {
			t.Errorf("%+v: %d figures, plan %t", tt, f.Figures(), f.Plan())
		}
	}
}
