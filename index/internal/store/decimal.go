package store

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
)

// The value of a figure is kept as its shortest decimal, so that it reads back
// as it was: a varint of the digits times 4 and one of these, and behind it the
// power of ten, or all of the bits.
const (
	isWhole   = iota // the digits are the value
	isDecimal        // a power of ten follows, as a signed byte
	isBits           // what is no decimal of few digits, as eight bytes, little endian
)

const (
	plainWhole  = 10_000  // less than it a whole number is its own digits
	mostDigits  = 1 << 53 // from it on digits are not exact in a float64
	exactPower  = 22      // 10 to this power is
	decimalForm = 'e'
)

// appendDecimal appends a value.
func appendDecimal(b []byte, v float64) []byte {
	if v >= 0 && v < plainWhole && v == math.Trunc(v) && !math.Signbit(v) {
		return appendNumber(b, int(v)<<2) // isWhole
	}
	if digits, power, ok := decimal(v); ok {
		return append(appendNumber(b, digits<<2|isDecimal), byte(int8(power)))
	}
	return binary.LittleEndian.AppendUint64(appendNumber(b, isBits), math.Float64bits(v))
}

// decimal is a value as digits times a power of ten. ok is false where reading
// them back would not give the value.
func decimal(v float64) (digits, power int, ok bool) {
	text := strconv.FormatFloat(v, decimalForm, -1, 64)
	mantissa, exponent, found := strings.Cut(text, string(decimalForm))
	if !found {
		return 0, 0, false
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits, err := strconv.Atoi(whole + fraction)
	if err != nil || digits < 0 || digits >= mostDigits {
		return 0, 0, false
	}
	if power, err = strconv.Atoi(exponent); err != nil {
		return 0, 0, false
	}
	power -= len(fraction)
	return digits, power, power >= -exactPower && power <= exactPower && valueOf(digits, power) == v && !math.Signbit(v)
}

// powers are those of ten that a float64 holds exactly.
var powers = func() (p [exactPower + 1]float64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// valueOf is the float64 next to digits times a power of ten: both are exact,
// and one operation rounds once.
func valueOf(digits, power int) float64 {
	if power < 0 {
		return float64(digits) / powers[min(-power, exactPower)]
	}
	return float64(digits) * powers[min(power, exactPower)]
}

// decimal reads a value.
func (f *rowReader) decimal() float64 {
	n := f.number()
	switch n & 3 {
	case isWhole:
		return float64(n >> 2)
	case isDecimal:
		return valueOf(n>>2, int(int8(f.byte())))
	}
	if len(f.rest) < 8 {
		f.rest, f.failed = nil, true
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(f.rest))
	f.rest = f.rest[8:]
	return v
}
