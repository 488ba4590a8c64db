package export

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"baogao"
)

// TestSheetsGoOn writes more hits than a sheet takes: the next one begins, with the
// columns again, and no hit is lost.
func TestSheetsGoOn(t *testing.T) {
	var b bytes.Buffer
	x := NewXLSX(&b, Options{})
	x.most = 2
	for i := range 5 {
		if err := x.Write(&baogao.Hit{ID: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var first []string // cells of all rows
	for _, sheet := range []string{"hits", "hits2", "hits3"} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			first = append(first, row[0])
		}
	}
	if want := []string{"id", "0", "1", "id", "2", "3", "id", "4"}; !slices.Equal(first, want) {
		t.Errorf("%q, want %q", first, want)
	}
}

// peak is a writer that keeps nothing and notes the most memory in use while something
// is written.
type peak struct {
	written, most uint64
	pieces        int
}

func (p *peak) Write(b []byte) (int, error) {
	if p.pieces%64 == 0 {
		p.look()
	}
	p.pieces++
	p.written += uint64(len(b))
	return len(b), nil
}

func (p *peak) look() {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	p.most = max(p.most, m.HeapAlloc)
}

// TestSheetsTakeConstantMemory writes workbooks of some and of many hits, whose texts
// cannot be packed much: the second takes no more memory than the first.
func TestSheetsTakeConstantMemory(t *testing.T) {
	letters := rand.New(rand.NewPCG(1, 2))
	write := func(hits int) peak {
		var p peak
		x := NewXLSX(&p, Options{})
		for range hits {
			text := make([]rune, 1000)
			for i := range text {
				text[i] = '一' + rune(letters.IntN(20_000))
			}
			if err := x.Write(&baogao.Hit{ID: "a#p1", Text: string(text)}); err != nil {
				t.Fatal(err)
			}
		}
		p.look()
		if err := x.Flush(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	some, many := write(6_000), write(15_000) // both more than excelize keeps
	if grown := int64(many.most) - int64(some.most); many.written < 2*some.written || grown > 4<<20 {
		t.Errorf("%d MB of a file take %d MB of memory, and %d MB take %d", some.written>>20, some.most>>20, many.written>>20, many.most>>20)
	}
}
