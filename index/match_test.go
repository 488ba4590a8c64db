package index

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
)

// TestCount holds count to the standard library over random texts of few
// characters, whose bytes resemble one another.
func TestCount(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	some := []rune("发展发屐复议,a。丂倂發𠮷")
	word := func(n int) string {
		var all []rune
		for range n {
			all = append(all, some[random.IntN(len(some))])
		}
		return string(all)
	}
	for range 20_000 {
		text, w := word(random.IntN(40)), word(1+random.IntN(4))
		if got, want := count(appendUTF16(nil, text), appendUTF16(nil, w)), strings.Count(text, w); got != want {
			t.Fatalf("%q is %d times in %q, want %d", w, got, text, want)
		}
	}
}

func TestMayOverlap(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"复议", "信访", false}, {"行政复议", "复议案件", true}, {"复议案件", "行政复议", true}, {"行政复议", "复议", true},
		{"复", "行政复议", true}, {"行政", "行人", false}, {"人人", "人", true}, {"法治", "治法", true},
	} {
		if got := mayOverlap([]byte(tt.a), []byte(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %v", tt.a, tt.b, got)
		}
	}
}

// TestTextColumn holds what text.bin gives to what it was given.
func TestTextColumn(t *testing.T) {
	for _, text := range []string{"", "复议", "𠮷野家的𠮷", "a。𠮷", "坏\xff字", "行政復議ＡＢ"} {
		want := strings.ToValidUTF8(text, "\ufffd")
		stored := appendUTF16(nil, text)
		if got := toString(stored); got != want {
			t.Errorf("%q comes back as %q", text, got)
		}
		if got, folded := string(appendFolded(nil, stored)), analyzer.Fold(want); got != folded {
			t.Errorf("%q folds to %q, not %q", text, got, folded)
		}
	}
}

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
		var want []record
		counts := []int{random.IntN(4), 0, random.IntN(20)}
		for report, count := range counts {
			before := record{}
			for range count {
				r := record{
					report: uint32(report), paragraph: before.paragraph + 1 + some(8), section: some(5), units: some(0), text: some(0) >> 8,
					published: some(8) >> 8, piece: some(9), heading: uint8(some(7)), flags: uint8(random.IntN(8)),
				}
				b = r.append(b, &before)
				want, before = append(want, r), r
			}
		}
		table, err := parsePassages(b, counts)
		if err != nil || !slices.Equal(table.records, want) {
			t.Fatalf("%v, want %v; %v", table, want, err)
		}
		for cut := range b {
			if _, err := parsePassages(b[:cut], counts); !errors.Is(err, baogao.ErrDamaged) {
				t.Fatalf("cut at %d of %d: %v", cut, len(b), err)
			}
		}
	}
}
