package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"

	"baogao"
)

// names.zst holds the words of figures, each once and in the order in which they
// are first used: names, and phrases, which are periods, scopes, the parts of rates
// and what else stands in few figures. It is a Zstandard frame of fields.

// A Name is what many figures share.
type Name struct{ Indicator, Key, Unit, Kind, Direction string }

func nameOf(f *baogao.Figure) Name {
	return Name{f.Indicator, f.Key, f.Unit, string(f.Kind), f.Direction}
}

// A dictionary gives values their ordinals as they come.
type dictionary[T comparable] struct {
	at  map[T]uint32
	all []T
}

func newDictionary[T comparable]() dictionary[T] { return dictionary[T]{at: map[T]uint32{}} }

func (d *dictionary[T]) id(v T) uint32 {
	id, ok := d.at[v]
	if !ok {
		id = uint32(len(d.all))
		d.at[v], d.all = id, append(d.all, v)
	}
	return id
}

// packNames makes names.zst.
func packNames(names []Name, phrases []string) ([]byte, error) {
	b := appendNumber(nil, len(names))
	for _, n := range names {
		for _, s := range []string{n.Indicator, n.Key, n.Unit, n.Kind, n.Direction} {
			b = appendText(b, s)
		}
	}
	b = appendTexts(b, phrases)
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(b, nil), e.Close()
}

// unpackNames reads names.zst, which is called name. What it returns shares memory.
func unpackNames(name string, packed []byte) (names []Name, phrases []string, err error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	b, err := d.DecodeAll(packed, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w: %w", name, baogao.ErrDamaged, err)
	}
	f := &fieldReader{rest: string(b)}
	n := f.number()
	if n > len(f.rest) { // each takes a byte at least
		n, f.failed = 0, true
	}
	names = make([]Name, n)
	for i := range names {
		names[i] = Name{f.text(), f.text(), f.text(), f.text(), f.text()}
	}
	if phrases = f.texts(); f.failed || len(f.rest) > 0 {
		return nil, nil, fmt.Errorf("%s: %w: is not whole", name, baogao.ErrDamaged)
	}
	return names, phrases, nil
}
