package block_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"baogao/index/internal/block"
)

// contents are n bytes that are not alike.
func contents(n int) []byte {
	b := make([]byte, n)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	return b
}

// sumsOf takes the sums of bytes that are written in parts of some length.
func sumsOf(t *testing.T, b []byte, part int) block.Sums {
	t.Helper()
	var s block.Summer
	for part := range slices.Chunk(b, part) {
		if _, err := s.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	return s.Sums()
}

func TestSumsDoNotDependOnHowAFileIsWritten(t *testing.T) {
	for _, n := range []int{0, 1, block.Size - 1, block.Size, block.Size + 1, 3*block.Size + 5} {
		b := contents(n)
		sums := sumsOf(t, b, 1000)
		if want := (n + block.Size - 1) / block.Size; len(sums) != want {
			t.Errorf("%d bytes: %d sums, want %d", n, len(sums), want)
		}
		if err := sums.Check("whole", b); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
		if n > 0 && sums.Check("short", b[:n-1]) == nil {
			t.Errorf("%d bytes: one less is taken for whole", n)
		}
		if sums.Check("long", append(b, 0)) == nil {
			t.Errorf("%d bytes: one more is taken for whole", n)
		}
	}
}

func TestFileChecksTheBlocksThatAreRead(t *testing.T) {
	b := contents(3*block.Size + 100)
	sums := sumsOf(t, b, len(b))
	b[block.Size+7] ^= 1
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := block.Open(name, sums)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct {
		from, to, fault int
	}{
		{0, block.Size, -1},
		{2 * block.Size, len(b), -1},
		{len(b), len(b), -1},
		{0, block.Size + 1, 1},
		{block.Size, block.Size + 1, 1}, // again: it is not remembered as whole
		{0, len(b) + 1, 0},
		{2*block.Size + 1, 2 * block.Size, 2},
		{-1, 1, 0},
	} {
		err := f.Check(c.from, c.to)
		var fault *block.Fault
		switch {
		case c.fault < 0 && err != nil, c.fault >= 0 && !errors.As(err, &fault):
			t.Errorf("%d to %d: %v", c.from, c.to, err)
		case c.fault >= 0 && (fault.Block != c.fault || fault.Name != name):
			t.Errorf("%d to %d: %v, want block %d", c.from, c.to, err, c.fault)
		}
	}
	if got := f.Bytes(5, 9); !bytes.Equal(got, b[5:9]) {
		t.Errorf("bytes 5 to 9 are %v", got)
	}
	defer func() {
		if _, ok := recover().(*block.Fault); !ok {
			t.Error("changed bytes are given out")
		}
	}()
	f.Bytes(block.Size, block.Size+1)
}

func TestEmptyFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := block.Open(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	if b := f.Bytes(0, 0); len(b) != 0 {
		t.Errorf("%d bytes", len(b))
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}
