package budget

import (
	"errors"
	"io"
	"strings"
	"testing"
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
