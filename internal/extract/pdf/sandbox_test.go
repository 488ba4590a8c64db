package pdf

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium/requests"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/testkit"
)

// busy keeps an instance busy until it fails.
func busy(reader *instance) error {
	data := testkit.PDF("BT /F1 12 Tf 80 700 Td (a report) Tj ET", latinFont, helvetica)
	for {
		d, err := reader.OpenDocument(&requests.OpenDocument{File: &data})
		if err != nil {
			return err
		}
		if _, err := reader.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.Document}); err != nil {
			return err
		}
	}
}

// TestSandboxStops ends what takes too long, or what nobody waits for any more,
// and reads the next file all the same.
func TestSandboxStops(t *testing.T) {
	s := theSandbox()
	i, err := s.start(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := i.watched(t.Context(), 100*time.Millisecond, func() error { return busy(i) }); !errors.Is(err, errSlow) {
		t.Errorf("error %v, want %v", err, errSlow)
	}
	i.close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := s.do(ctx, 1, budget.Time(1), nil, busy); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
	}
	got, err := Read(t.Context(), testkit.PDF("BT /F1 12 Tf 80 700 Td (a report) Tj ET", latinFont, helvetica), extract.Limits{})
	if err != nil || got.Body != "a report\n" {
		t.Errorf("body %q, %v", got.Body, err)
	}
}

// slow tells that the race detector is at work.
var slow bool

// TestSandboxPrepares compiles the reader for a user who has not got it, or only a
// broken one, and says so.
func TestSandboxPrepares(t *testing.T) {
	if testing.Short() || slow {
		t.Skip("the PDF reader is not compiled again under -short and under the race detector, where it takes a minute")
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	start := func() (said int, err error) {
		s := &sandbox{}
		i, err := s.start(func(string) { said++ })
		if err == nil {
			i.close()
		}
		return said, err
	}
	for _, want := range []int{1, 0} {
		if said, err := start(); err != nil || said != want {
			t.Fatalf("it was said %d times that the reader is prepared, %v; want %d", said, err, want)
		}
	}
	kept, err := filepath.Glob(filepath.Join(cacheFolder(), "*", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("compiled code in %q, %v", kept, err)
	}
	if err := os.WriteFile(kept[0], []byte("no code"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1, 0} {
		if said, err := start(); err != nil || said != want {
			t.Errorf("with broken code in the cache it was said %d times, %v; want %d", said, err, want)
		}
	}
}
