package study

import "math"

// A Tally counts what matches in some reports, beside what is held of them.
type Tally struct {
	Passages    int
	Reports     int // that match
	Occurrences int
	Held        int   // reports held, whether they match or not; where it is 0 the others say nothing
	Chars       int64 // code points of the texts of the reports held
	Wordless    bool  // the question asks for no word: of occurrences nothing can be told
}

// Plus adds two tallies of different reports.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Passages + o.Passages, t.Reports + o.Reports, t.Occurrences + o.Occurrences, t.Held + o.Held, t.Chars + o.Chars, t.Wordless || o.Wordless}
}

// perChars is how many characters a rate is counted in.
const perChars = 10_000

// Counted reports whether occurrences say something: reports are held, and a word is
// asked for.
func (t Tally) Counted() bool { return t.Held > 0 && !t.Wordless }

// Rate is the number of occurrences in 10,000 characters of the reports held. ok is
// false where none is held, where none of them has text, and where no word is asked for.
func (t Tally) Rate() (rate float64, ok bool) {
	if !t.Counted() || t.Chars == 0 {
		return 0, false
	}
	return perChars * float64(t.Occurrences) / float64(t.Chars), true
}

// Share is the part of the reports held that match, from 0 to 1. ok is false where
// none is held.
func (t Tally) Share() (share float64, ok bool) {
	if t.Held == 0 {
		return 0, false
	}
	return float64(t.Reports) / float64(t.Held), true
}

// leastSample is the fewest reports from which an interval is told: what one report
// says tells nothing about others.
const leastSample = 2

// z is the quantile of the normal distribution for intervals of 95 %.
const z = 1.959964

// RateInterval is the interval of 95 % around Rate, by Byar's approximation to the
// exact limits of a Poisson count (Breslow and Day, Statistical Methods in Cancer
// Research II, 1987, section 2.3). It takes occurrences for independent of one
// another, which within a report they are not: the truth is wider. ok is false for
// less than two reports.
func (t Tally) RateInterval() (low, high float64, ok bool) {
	if t.Held < leastSample || !t.Counted() || t.Chars == 0 {
		return 0, 0, false
	}
	scale := perChars / float64(t.Chars)
	if n := float64(t.Occurrences); n > 0 {
		low = n * cube(1-1/(9*n)-z/(3*math.Sqrt(n))) * scale
	}
	more := float64(t.Occurrences + 1)
	return low, more * cube(1-1/(9*more)+z/(3*math.Sqrt(more))) * scale, true
}

func cube(x float64) float64 { return x * x * x }

// ShareInterval is the interval of 95 % around Share, by Wilson (Journal of the
// American Statistical Association 22, 1927). ok is false for less than two reports.
func (t Tally) ShareInterval() (low, high float64, ok bool) {
	if t.Held < leastSample {
		return 0, 0, false
	}
	n, p := float64(t.Held), float64(t.Reports)/float64(t.Held)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-half), min(1, middle+half), true
}
