package main

import (
	"strings"
	"testing"
	"time"
)

// TestProgressLine says how far a work of 40 MB is after the first tenth.
func TestProgressLine(t *testing.T) {
	log := &strings.Builder{}
	p := &progress{log: log}
	p.begin(120, 40<<20)
	p.began = time.Now().Add(-10 * time.Second)
	p.add(4 << 20)
	got := p.line()
	p.end()
	if want := "index: 10 % of 40.0 MB in 120 files read, 0.40 MB/s, 1m30s left"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if log.Len() > 0 {
		t.Errorf("said %q in no time", log)
	}
}
