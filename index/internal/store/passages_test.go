package store

import (
	"errors"
	"math/rand/v2"
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
		var want []passageRow
		reports := []Extent{{Count: random.IntN(4)}, {}, {Count: random.IntN(20)}}
		reports[2].First = reports[0].Count
		for report := range reports {
			before := place{}
			for range reports[report].Count {
				r := passageRow{
					Record: Record{Report: uint32(report), Facts: weight.Facts(some(3))},
					place: place{
						paragraph: before.paragraph + 1 + some(8), section: some(5), units: some(0),
						published: some(8) >> 8, piece: some(9), heading: uint8(some(7)),
					},
					text: some(0) >> 8,
				}
				r.fill(uint8(random.IntN(8)))
				b = r.append(b, &before)
				want, before = append(want, r), r.place
			}
		}
		table, err := parsePassages("passages.bin", b, reports)
		if err != nil || len(table.Records) != len(want) {
			t.Fatalf("%v, want %v; %v", table, want, err)
		}
		for i, w := range want {
			if got := table.row(i); got != w || table.Units(uint32(i)) != w.place.units || int64(table.textEnd(i)) != table.offsets[i]+2*int64(w.text) {
				t.Errorf("passage %d is %+v, want %+v", i, got, w)
			}
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
