package store

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"

	"baogao"
	"baogao/index/internal/block"
)

// TestDecimals writes values and reads them: all are as they were, bit for bit.
func TestDecimals(t *testing.T) {
	values := []float64{0, 1, 14, 9999, 10_000, 99.2, 0.5, 1.2e9, 3.4567e12, 17.04, 1e22, 1e23, 1e300, 5e-324, -3, math.Copysign(0, -1), math.Inf(1), 0.1 + 0.2, 1 << 53, 123456789.123}
	random := rand.New(rand.NewPCG(1, 1))
	for range 10_000 {
		values = append(values, math.Float64frombits(random.Uint64()), math.Round(random.Float64()*1e8)/100, math.Round(random.Float64()*1e5)*1e7)
	}
	var b []byte
	for _, v := range values {
		b = appendDecimal(b, v)
	}
	f := &rowReader{rest: b}
	for _, v := range values {
		if got := f.decimal(); math.Float64bits(got) != math.Float64bits(v) {
			t.Errorf("%v reads back as %v", v, got)
		}
	}
	if f.failed || len(f.rest) > 0 {
		t.Error("the values are not read to their end")
	}
	for _, v := range []struct {
		value float64
		bytes int
	}{{14, 1}, {1234, 2}, {99.2, 3}, {1.2e9, 2}} {
		if got := len(appendDecimal(nil, v.value)); got > v.bytes {
			t.Errorf("%v takes %d bytes, want %d", v.value, got, v.bytes)
		}
	}
}

const figured = "全年受理行政复议案件14件、审结12件，办结率由85%提高到约百分之九十，2024年力争超过1.5万件。"

func float(v float64) *float64 { return &v }

// figuresOf are figures of the text with all that one can have.
func figuresOf() []baogao.Figure {
	clause := "全年受理行政复议案件14件、审结12件"
	return []baogao.Figure{
		{Start: 10, End: 13, Raw: "14件", Value: 14, Unit: "件", Kind: "count", Status: "achieved", Indicator: "受理行政复议案件", Key: "行政复议·受理·数", Evidence: clause},
		{Start: 16, End: 19, Raw: "12件", Value: 12, Unit: "件", Kind: "count", Status: "achieved", Indicator: "审结", Key: "行政复议·结·数", Evidence: clause, Scope: "全市"},
		{
			Start: 24, End: 27, Raw: "85%", Value: 85, Unit: "%", Kind: "rate", Status: "earlier", Year: -3, Indicator: "办结率", Key: "办结率",
			Evidence: "办结率由85%提高到约百分之九十", Numerator: &baogao.FigurePart{Indicator: "审结", Value: 12}, Denominator: &baogao.FigurePart{Indicator: "受理"},
		},
		{
			Start: 31, End: 36, Raw: "百分之九十", Value: 0.1 + 0.2, High: float(95.5), Unit: "%", Kind: "growth", Direction: "up", Bound: "range", Approximate: true, Status: "achieved",
			Period: "上半年", Indicator: "办结率", Evidence: "words that stand elsewhere",
		},
		{Start: 10, End: 13, Raw: "14件", Value: 1.5e4, Kind: "count", Bound: "min", Status: "target", Year: 2024, Indicator: "x", Evidence: ""},
	}
}

// written is a generation that holds the figures of some passages.
func written(t *testing.T, texts []string, figures [][]baogao.Figure) *Generation {
	t.Helper()
	w, err := Lock(t.TempDir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Begin(); err != nil {
		t.Fatal(err)
	}
	w.Add(Report{Meta: baogao.Meta{ID: "a"}, Extent: Extent{Count: len(texts)}}, "a", []byte("{}\n"), nil)
	for i, text := range texts {
		w.AddPassage(baogao.Passage{Paragraph: i + 1, Text: text, Measured: figures[i]}, 1)
	}
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	for _, do := range []func() error{w.Finish, func() error { return w.Copies(nil) }, func() error { return w.Docs(nil) }, w.Publish} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	g, err := Open(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	if err := g.Load(); err != nil {
		t.Fatal(err)
	}
	return g
}

// TestFigures writes figures with all that they can have and reads them.
func TestFigures(t *testing.T) {
	want := [][]baogao.Figure{nil, figuresOf(), nil, figuresOf()[:2], nil}
	g := written(t, []string{"没有数字。", figured, "", figured, "完。"}, want)
	if g.Manifest.Figures != 7 {
		t.Errorf("%d figures are counted, want 7", g.Manifest.Figures)
	}
	x, err := g.Figures.Load()
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		got, err := x.Of(i)
		if err != nil || !reflect.DeepEqual(got, want[i]) {
			t.Errorf("passage %d: %v\ngot  %+v\nwant %+v", i, err, got, want[i])
		}
	}
	if n, err := x.Count(); n != 7 || err != nil {
		t.Errorf("%d figures are held, %v, want 7", n, err)
	}
}

// TestFiguresOfOtherTexts refuses figures that would read back as something else.
func TestFiguresOfOtherTexts(t *testing.T) {
	for name, change := range map[string]func(*baogao.Figure){
		"raw": func(f *baogao.Figure) { f.Raw = "15件" }, "start": func(f *baogao.Figure) { f.Start = -1 }, "end": func(f *baogao.Figure) { f.End = 1000 },
		"turned": func(f *baogao.Figure) { f.Start, f.End = 13, 10 }, "status": func(f *baogao.Figure) { f.Status = "hoped" }, "bound": func(f *baogao.Figure) { f.Bound = "near" },
	} {
		c := newFigureColumn()
		c.column = &column{}
		f := figuresOf()[0]
		change(&f)
		if _, err := c.row(figured, placesOf(figured), &f); err == nil {
			t.Errorf("%s: a figure that is not in the text is taken", name)
		}
	}
}

// TestDamagedFigures cuts the files of figures off anywhere and changes each of
// their bytes, with sums that vouch for it: what is read is figures or an error that
// the index is damaged.
func TestDamagedFigures(t *testing.T) {
	texts, figures := []string{figured, "无。", figured}, [][]baogao.Figure{figuresOf(), nil, figuresOf()}
	g := written(t, texts, figures)
	random := rand.New(rand.NewPCG(2, 2))
	for _, file := range []string{figuresFile, namesFile} {
		whole, err := g.read(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 4 * len(whole) {
			b := bytes.Clone(whole)
			if i < len(whole) {
				b = b[:i]
			} else {
				b[i%len(whole)] ^= 1 << random.IntN(8)
			}
			if err := readChanged(t, g, file, b); err != nil && !errors.Is(err, baogao.ErrDamaged) {
				t.Fatalf("%s, change %d: %v", file, i, err)
			} else if err == nil && i < len(whole) {
				t.Fatalf("%s: cut off at %d it is read", file, i)
			}
		}
	}
}

// readChanged reads all figures of a generation one of whose files has other bytes.
func readChanged(t *testing.T, g *Generation, file string, b []byte) error {
	t.Helper()
	name := g.file(file)
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	former := g.sums[file]
	defer func() {
		g.sums[file] = former
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}()
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	var s block.Summer
	s.Write(b)
	g.sums[file] = s.Sums()
	x, err := openFigures(g)
	if err != nil {
		return err
	}
	defer x.file.Close()
	if err := x.load(); err != nil {
		return err
	}
	return Guard(g.Dir, func() error { _, err := x.Count(); return err })
}
