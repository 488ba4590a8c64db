package store

import "baogao"

// A row of figures.bin is a figure: a byte of flags, the ordinal of its name in
// names.zst, where it begins, from where the one before began, how long it is, and
// its value; then a second byte of flags with what it tells of, where the first
// says so; and where the evidence begins before the figure and ends behind it,
// where it is not that of the figure before. Places are in code points of the text.
const (
	statusBits    = 1<<2 - 1 // ordinal among baogao.FigureStatuses
	isApproximate = 1 << 2
	boundShift    = 3 // two bits: ordinal among bounds
	sameEvidence  = 1 << 5
	hasMore       = 1 << 6 // the second byte
)

// The flags of the second byte.
const (
	hasHigh        = 1 << iota
	hasYear        // zigzag
	hasPeriod      // ordinal of a phrase in names.zst
	hasScope       // likewise
	oddEvidence    // likewise, where the evidence does not stand around the figure
	hasNumerator   // a phrase and a value
	hasDenominator // likewise
)

// bounds are those of figures, by their ordinals.
var bounds = []string{"", "min", "max", "range"}

// A Row is a figure as figures.bin has it.
type Row struct {
	Name   uint32 // ordinal
	Start  int
	Value  float64
	Status uint8 // ordinal among baogao.FigureStatuses
	Year   int   // where it is another than the one reported on, else 0

	flags, more            uint8
	length                 int
	from, to               int // of the evidence
	high                   float64
	period, scope, odd     uint32
	numerator, denominator rowPart
}

type rowPart struct {
	name  uint32
	value float64
}

// append appends a row that follows another one of the same passage, or is the
// first one; then last is the zero row.
func (r *Row) append(b []byte, last *Row) []byte {
	flags := r.flags &^ (sameEvidence | hasMore)
	if r.more != 0 {
		flags |= hasMore
	}
	stands := r.more&oddEvidence == 0
	if stands && r.from == last.from && r.to == last.to {
		flags |= sameEvidence
	}
	b = appendNumber(append(b, flags), int(r.Name))
	b = appendNumber(appendNumber(b, zigzag(r.Start-last.Start)), r.length)
	b = appendDecimal(b, r.Value)
	if r.more != 0 {
		b = r.appendMore(append(b, r.more))
	}
	if stands && flags&sameEvidence == 0 {
		b = appendNumber(appendNumber(b, zigzag(r.Start-r.from)), zigzag(r.to-r.Start-r.length))
	}
	return b
}

func (r *Row) appendMore(b []byte) []byte {
	if r.more&hasHigh != 0 {
		b = appendDecimal(b, r.high)
	}
	if r.more&hasYear != 0 {
		b = appendNumber(b, zigzag(r.Year))
	}
	for i, phrase := range r.phrases() {
		if r.more&(hasPeriod<<i) != 0 {
			b = appendNumber(b, int(*phrase))
		}
	}
	for i, part := range r.parts() {
		if r.more&(hasNumerator<<i) != 0 {
			b = appendDecimal(appendNumber(b, int(part.name)), part.value)
		}
	}
	return b
}

func (r *Row) phrases() [3]*uint32 { return [...]*uint32{&r.period, &r.scope, &r.odd} }
func (r *Row) parts() [2]*rowPart  { return [...]*rowPart{&r.numerator, &r.denominator} }

// status is the status of the row, ok is false where there is none such.
func (r *Row) status() (s baogao.FigureStatus, ok bool) {
	if int(r.Status) >= len(baogao.FigureStatuses) {
		return "", false
	}
	return baogao.FigureStatuses[r.Status], true
}

// A rowReader reads rows. After the first fault it gives zeros, and failed is
// true.
type rowReader struct {
	rest   []byte
	failed bool
}

func (f *rowReader) byte() byte {
	if len(f.rest) == 0 {
		f.failed = true
		return 0
	}
	v := f.rest[0]
	f.rest = f.rest[1:]
	return v
}

func (f *rowReader) number() int {
	v := uint64(0)
	for i := 0; i < len(f.rest) && i < 9; i++ {
		c := f.rest[i]
		if v |= uint64(c&0x7f) << (7 * i); c < 0x80 {
			f.rest = f.rest[i+1:]
			return int(v)
		}
	}
	f.rest, f.failed = nil, true
	return 0
}

// read reads the next row into r, which holds the one before.
func (f *rowReader) read(r *Row) {
	start, from, to := r.Start, r.from, r.to
	flags := f.byte()
	*r = Row{flags: flags, Status: flags & statusBits, Name: uint32(f.number()), Start: start + unzigzag(f.number()), length: f.number(), Value: f.decimal()}
	if flags&hasMore != 0 {
		f.readMore(r)
	}
	switch {
	case r.more&oddEvidence != 0:
	case flags&sameEvidence != 0:
		r.from, r.to = from, to
	default:
		r.from = r.Start - unzigzag(f.number())
		r.to = r.Start + r.length + unzigzag(f.number())
	}
}

func (f *rowReader) readMore(r *Row) {
	if r.more = f.byte(); r.more&hasHigh != 0 {
		r.high = f.decimal()
	}
	if r.more&hasYear != 0 {
		r.Year = unzigzag(f.number())
	}
	for i, phrase := range r.phrases() {
		if r.more&(hasPeriod<<i) != 0 {
			*phrase = uint32(f.number())
		}
	}
	for i, part := range r.parts() {
		if r.more&(hasNumerator<<i) != 0 {
			part.name, part.value = uint32(f.number()), f.decimal()
		}
	}
}

// zigzag keeps numbers around 0 short.
func zigzag(n int) int { return int(uint64(n)<<1 ^ uint64(n>>63)) }

func unzigzag(n int) int { return int(uint64(n)>>1) ^ -(n & 1) }
