package budget

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestUnpack reads parts that are within their bounds, over their own, and over
// that of the file.
func TestUnpack(t *testing.T) {
	part := func(size int) io.Reader { return strings.NewReader(strings.Repeat("a", size)) }
	b := New(1000)
	for _, tt := range []struct {
		name   string
		size   int
		packed int64
		want   error
	}{
		{"well packed and small", FreeBytes, 1, nil},
		{"bomb", FreeBytes + 1, 1, ErrUnpacked},
		{"large and badly packed", 20 << 20, 1 << 20, nil},
		{"packed size below zero", FreeBytes + 1, -1, ErrUnpacked},
		{"over the bound of the file", 20 << 20, 1 << 62, ErrUnpacked},
		{"nothing left", 1, 1 << 20, ErrUnpacked},
		{"nothing left, and nothing to unpack", 0, 0, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := io.Copy(io.Discard, b.Unpack(part(tt.size), tt.packed))
			if !errors.Is(err, tt.want) || err == nil && n != int64(tt.size) {
				t.Errorf("%d bytes, %v; want %d, %v", n, err, tt.size, tt.want)
			}
		})
	}
}

func TestStep(t *testing.T) {
	b := New(1000)
	for _, n := range []int{freeSteps, stepsPerByte * 1000} {
		if err := b.Step(n); err != nil {
			t.Errorf("%d steps: %v", n, err)
		}
	}
	if err := b.Step(1); !errors.Is(err, ErrSteps) {
		t.Errorf("a step too many: %v", err)
	}
}

// TestUnpackAlong reads parts that unpack to more than what was read of them allows.
func TestUnpackAlong(t *testing.T) {
	for _, tt := range []struct {
		unpacked, packed int
		want             error
	}{
		{FreeBytes, 1, nil},
		{FreeBytes + 100*Ratio, 100, nil},
		{FreeBytes + 100*Ratio + 1, 100, ErrUnpacked},
	} {
		packed := &Counter{In: strings.NewReader(strings.Repeat("p", tt.packed))}
		if _, err := io.Copy(io.Discard, packed); err != nil {
			t.Fatal(err)
		}
		in := New(1<<20).UnpackAlong(strings.NewReader(strings.Repeat("a", tt.unpacked)), packed)
		if _, err := io.Copy(io.Discard, in); !errors.Is(err, tt.want) {
			t.Errorf("%d bytes of %d: %v, want %v", tt.unpacked, tt.packed, err, tt.want)
		}
	}
}

// TestWithin stops what takes longer than it may, and nothing that waits or is idle.
func TestWithin(t *testing.T) {
	const limit = 50 * time.Millisecond
	spin := func(ctx context.Context) (int, error) {
		for ctx.Err() == nil {
		}
		return 0, ctx.Err()
	}
	if _, err := within(t.Context(), limit, spin); !errors.Is(err, ErrTime) {
		t.Errorf("what spins ends with %v, want %v", err, ErrTime)
	}
	idle := func(ctx context.Context) (int, error) {
		time.Sleep(3 * limit)
		return 7, ctx.Err()
	}
	if n, err := within(t.Context(), limit, idle); n != 7 || err != nil {
		t.Errorf("what waits ends with %d, %v", n, err)
	}
	failure := errors.New("a fault")
	if n, err := within(t.Context(), limit, func(context.Context) (int, error) { return 3, failure }); n != 3 || err != failure {
		t.Errorf("a failure is %d, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := within(ctx, time.Hour, spin); !errors.Is(err, context.Canceled) {
		t.Errorf("what nobody waits for ends with %v", err)
	}
	defer func() {
		if died := recover(); died != "dead" {
			t.Errorf("a panic is %v", died)
		}
	}()
	_, _ = within(t.Context(), limit, func(context.Context) (int, error) { panic("dead") })
}

// TestWithinNeverYields stops waiting for what looks at nothing.
func TestWithinNeverYields(t *testing.T) {
	var enough atomic.Bool
	defer enough.Store(true)
	_, err := within(t.Context(), 50*time.Millisecond, func(context.Context) (int, error) {
		for !enough.Load() {
		}
		return 0, nil
	})
	if !errors.Is(err, ErrTime) {
		t.Errorf("error %v, want %v", err, ErrTime)
	}
}

func TestTime(t *testing.T) {
	for size, want := range map[int]time.Duration{-1: freeTime, 0: freeTime, 512 << 10: freeTime, 1 << 20: freeTime + 2*time.Second, 10 << 20: freeTime + 20*time.Second} {
		if got := Time(size); got != want {
			t.Errorf("%d bytes may take %v, want %v", size, got, want)
		}
	}
}

// TestStart has all that is done with a file share its time.
func TestStart(t *testing.T) {
	if got := Left(t.Context()); got != freeTime {
		t.Errorf("without a start, %v are left", got)
	}
	ctx := Start(t.Context(), 1<<20)
	Spend(ctx, time.Second)
	if again := Start(ctx, 1<<30); Left(again) != Time(1<<20)-time.Second {
		t.Errorf("%v are left after one of %v", Left(again), Time(1<<20))
	}
	if part := Restart(ctx, 1<<20); Left(part) != Time(1<<20) {
		t.Errorf("a part has %v", Left(part))
	}
	spend := func(ctx context.Context) (int, error) {
		for began := time.Now(); time.Since(began) < 20*time.Millisecond; {
		}
		return 0, nil
	}
	before := Left(ctx)
	if _, err := Within(ctx, spend); err != nil || Left(ctx) >= before {
		t.Errorf("%v are left of %v, %v", Left(ctx), before, err)
	}
	Spend(ctx, time.Hour)
	if _, err := Within(ctx, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, nil
	}); !errors.Is(err, ErrTime) {
		t.Errorf("without time left: %v", err)
	}
}

func BenchmarkWithin(b *testing.B) {
	for b.Loop() {
		if _, err := Within(b.Context(), func(context.Context) (int, error) { return 1, nil }); err != nil {
			b.Fatal(err)
		}
	}
}
