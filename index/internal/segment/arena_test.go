package segment

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestArena has lists of all lengths grow at once, and reads them back.
func TestArena(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	var a arena
	chains, want := make([]chain, 40), make([][]byte, 40)
	for range 1_000_000 {
		i := int(random.ExpFloat64() * 4)
		if i >= len(chains) {
			continue
		}
		v := random.Uint64() >> random.IntN(64)
		a.uvarint(&chains[i], v)
		want[i] = binary.AppendUvarint(want[i], v)
	}
	if a.size() < 2<<blockBits {
		t.Errorf("%d bytes are too few to tell anything of blocks", a.size())
	}
	for i := range chains {
		if got := a.bytes(&chains[i], nil); !slices.Equal(got, want[i]) {
			t.Errorf("list %d: %d bytes, want %d", i, len(got), len(want[i]))
		}
	}
}

// TestBuilderInBatches fills more than the batches that go round, and wants the same
// size each time.
func TestBuilderInBatches(t *testing.T) {
	sizes := func() (sizes []int) {
		b := NewBuilder()
		defer b.Close()
		random := rand.New(rand.NewPCG(7, 11))
		for id := range 3000 {
			text := make([]rune, 40)
			for i := range text {
				text[i] = rune(0x4E00 + random.IntN(3000))
			}
			b.Add(string(text), nil, id)
			sizes = append(sizes, b.Size())
		}
		b.Close()
		terms, _ := b.lists.sorted()
		if n := len(terms); b.lists.doc != 3000 || n < 100_000 || n != b.lists.terms {
			t.Errorf("%d terms of %d passages are listed, %d are counted", n, b.lists.doc, b.lists.terms)
		}
		return sizes
	}
	first := sizes()
	if again := sizes(); !slices.Equal(first, again) || first[len(first)-1] < 2*first[0] {
		t.Errorf("the sizes end with %d, and again with %d", first[len(first)-1], again[len(again)-1])
	}
}
