package store

import (
	"fmt"
	"slices"
	"sync"

	"baogao"
	"baogao/index/internal/block"
	"baogao/internal/analyzer"
)

// figures.bin holds, of each passage, the number of bytes of its figures, and
// these, see row.go. What is told by the text is not in it. Names and places are
// read when figures are first asked for.

// Figures are those of the passages of a generation.
type Figures struct {
	Names []Name
	Keys  []string // of the names, each once
	KeyOf []uint32 // ordinal of the key of each name

	gen     *Generation
	file    *block.File
	phrases []string
	offsets []int64 // of what is said of each passage, and of the end
	load    func() error
	folded  func() []string
	keyed   *keyed
}

// Folded are, of each name, the folded indicator and key with a line end between
// them.
func (x *Figures) Folded() []string { return x.folded() }

func (x *Figures) fold() []string {
	var room []rune
	all := make([]string, len(x.Names))
	for i := range x.Names {
		room = analyzer.FoldRunes(room[:0], x.Names[i].Indicator)
		room = append(room, '\n')
		room = analyzer.FoldRunes(room, x.Names[i].Key)
		all[i] = string(room)
	}
	return all
}

func openFigures(g *Generation) (*Figures, error) {
	file, err := g.mapped(figuresFile)
	if err != nil {
		return nil, err
	}
	x := &Figures{gen: g, file: file}
	x.load, x.folded = sync.OnceValue(func() error { return Guard(g.Dir, x.read) }), sync.OnceValue(x.fold)
	x.keyed = &keyed{}
	return x, nil
}

// Load reads names and places, unless that was done, and returns the figures. The
// passages of the generation are loaded.
func (x *Figures) Load() (*Figures, error) { return x, x.load() }

func (x *Figures) read() error {
	b, err := x.gen.read(namesFile)
	if err != nil {
		return err
	}
	if x.Names, x.phrases, err = unpackNames(x.gen.file(namesFile), b); err != nil {
		return err
	}
	x.number()
	rows := &rowReader{rest: x.file.Bytes(0, x.file.Len())}
	x.offsets = make([]int64, len(x.gen.Records)+1)
	for i := range x.gen.Records {
		x.offsets[i] = int64(x.file.Len() - len(rows.rest))
		n := rows.number()
		if n > len(rows.rest) || rows.failed {
			return x.fault(i)
		}
		rows.rest = rows.rest[n:]
	}
	if len(rows.rest) > 0 {
		return fmt.Errorf("%s: %w: longer than the passages it describes", x.file.Name(), baogao.ErrDamaged)
	}
	x.offsets[len(x.gen.Records)] = int64(x.file.Len())
	return nil
}

// number gives the keys of the names their ordinals.
func (x *Figures) number() {
	keys := newDictionary[string]()
	x.KeyOf = make([]uint32, len(x.Names))
	for i := range x.Names {
		x.KeyOf[i] = keys.id(x.Names[i].Key)
	}
	x.Keys = keys.all
}

// A keyed is figures under other keys, of which the last asked for are kept.
type keyed struct {
	sync.Mutex
	keys    baogao.FigureKeys
	figures *Figures
}

// Keyed are the figures, which are loaded, under other keys; nil is their own.
func (x *Figures) Keyed(keys baogao.FigureKeys) *Figures {
	if keys == nil {
		return x
	}
	x.keyed.Lock()
	defer x.keyed.Unlock()
	if x.keyed.keys != keys {
		other := *x
		other.Names = slices.Clone(x.Names)
		for i := range other.Names {
			n := &other.Names[i]
			n.Key = keys.KeyOf(n.Key, n.Indicator, baogao.FigureKind(n.Kind))
		}
		other.number()
		other.folded = sync.OnceValue(other.fold)
		x.keyed.keys, x.keyed.figures = keys, &other
	}
	return x.keyed.figures
}

func (x *Figures) fault(ordinal int) error {
	return fmt.Errorf("%s: %w: the figures of passage %d are not whole", x.file.Name(), baogao.ErrDamaged, ordinal)
}

// In visits the figures of a passage, in their order, until visit returns false.
func (x *Figures) In(ordinal int, visit func(*Row) bool) error {
	from, to := x.offsets[ordinal], x.offsets[ordinal+1]
	if to-from == 1 { // nothing but that there is none
		return nil
	}
	rows := rowReader{rest: x.file.Bytes(int(from), int(to))}
	rows.number() // of bytes
	var r Row
	for len(rows.rest) > 0 {
		rows.read(&r)
		if _, ok := r.status(); rows.failed || !ok || !x.names(&r) {
			return x.fault(ordinal)
		}
		if !visit(&r) {
			return nil
		}
	}
	return nil
}

// names reports whether the words of a row are there.
func (x *Figures) names(r *Row) bool {
	if int(r.Name) >= len(x.Names) {
		return false
	}
	if r.more == 0 {
		return true
	}
	n := uint32(len(x.phrases))
	for i, phrase := range r.phrases() {
		if r.more&(hasPeriod<<i) != 0 && *phrase >= n {
			return false
		}
	}
	for i, part := range r.parts() {
		if r.more&(hasNumerator<<i) != 0 && part.name >= n {
			return false
		}
	}
	return true
}

// Figure is the figure of a row of a passage, whose text is given in code points.
func (x *Figures) Figure(r *Row, text []rune) (f baogao.Figure, ok bool) {
	n := &x.Names[r.Name]
	f = baogao.Figure{
		Start: r.Start, End: r.Start + r.length, Value: r.Value, Unit: n.Unit, Kind: baogao.FigureKind(n.Kind), Direction: n.Direction,
		Approximate: r.flags&isApproximate != 0, Bound: bounds[r.flags>>boundShift&3], Year: r.Year, Indicator: n.Indicator, Key: n.Key,
	}
	f.Status, _ = r.status()
	if f.Start < 0 || f.End > len(text) || r.from < 0 || r.from > r.to || r.to > len(text) {
		return f, false
	}
	f.Raw, f.Evidence = string(text[f.Start:f.End]), string(text[r.from:r.to])
	if r.more == 0 {
		return f, true
	}
	if r.more&hasHigh != 0 {
		high := r.high
		f.High = &high
	}
	for i, field := range []*string{&f.Period, &f.Scope, &f.Evidence} {
		if r.more&(hasPeriod<<i) != 0 {
			*field = x.phrases[*r.phrases()[i]]
		}
	}
	for i, part := range []**baogao.FigurePart{&f.Numerator, &f.Denominator} {
		if p := r.parts()[i]; r.more&(hasNumerator<<i) != 0 {
			*part = &baogao.FigurePart{Indicator: x.phrases[p.name], Value: p.value}
		}
	}
	return f, true
}

// Of returns the figures of a passage, nil where it has none.
func (x *Figures) Of(ordinal int) (all []baogao.Figure, err error) {
	var text []rune
	whole := true
	err = x.In(ordinal, func(r *Row) bool {
		if text == nil {
			text = x.Text(ordinal)
		}
		f, ok := x.Figure(r, text)
		whole, all = ok, append(all, f)
		return ok
	})
	if err == nil && !whole {
		err = x.fault(ordinal)
	}
	return all, err
}

// At returns a figure of a passage by its number, from 0.
func (x *Figures) At(ordinal, number int) (f baogao.Figure, err error) {
	found := false
	err = x.In(ordinal, func(r *Row) bool {
		if number--; number < 0 {
			f, found = x.Figure(r, x.Text(ordinal))
			return false
		}
		return true
	})
	if err == nil && !found {
		err = x.fault(ordinal)
	}
	return f, err
}

// Text is the text of a passage in code points.
func (x *Figures) Text(ordinal int) []rune { return []rune(analyzer.UTF16String(x.gen.Text(ordinal))) }

// Count counts all figures, reading each.
func (x *Figures) Count() (n int, err error) {
	for ordinal := range x.gen.Records {
		all, err := x.Of(ordinal)
		if err != nil {
			return 0, err
		}
		n += len(all)
	}
	return n, nil
}
