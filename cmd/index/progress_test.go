package main

import (
	"strings"
	"testing"
	"time"
)

// TestProgressLine says how far a small and a large work are after the first
// tenth.
func TestProgressLine(t *testing.T) {
	for _, tt := range []struct {
		bytes int64
		want  string
	}{
		{40 << 20, "index: 10 % of 40.0 MB in 120 files read, 0.40 MB/s, 1m30s left"},
		{200 << 30, "index: 10 % of 204800.0 MB in 120 files read, 2048.00 MB/s, 1m30s left"},
	} {
		log := &strings.Builder{}
		p := &progress{log: log}
		p.begin(120, tt.bytes)
		p.began = time.Now().Add(-10 * time.Second)
		p.add(tt.bytes / 10)
		got := p.line()
		p.end()
		if got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
		if log.Len() > 0 {
			t.Errorf("said %q in no time", log)
		}
	}
}

// TestProgressInPages tells how far the recognition of pages is, which takes longest.
func TestProgressInPages(t *testing.T) {
	p := &progress{log: &strings.Builder{}}
	p.begin(3, 40<<20)
	p.began = time.Now().Add(-20 * time.Second)
	p.add(40 << 20)
	p.pages(100, 20)
	got := p.line()
	p.end()
	if want := "index: 20 of 100 pages recognised, 1.00 pages/s, 1m20s left of those found; 100 % of 40.0 MB in 3 files read"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
