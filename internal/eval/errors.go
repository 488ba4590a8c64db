package eval

// Errors are those in texts that were read by machine: the fewest characters that are put
// in, left out or taken for others.
type Errors struct {
	Characters int // of the texts
	Wrong      int // but for signs of another width: a print does not tell it
	Exact      int // all
	Folded     int // of the texts as search compares them
}

// Compare counts the errors in what was read of a text. narrow makes signs one width, fold
// makes a text what search compares.
func Compare(text, read string, narrow, fold func(string) string) Errors {
	return Errors{
		len([]rune(text)), Distance(narrow(text), narrow(read)), Distance(text, read), Distance(fold(text), fold(read)),
	}
}

// Add adds those of another text.
func (e *Errors) Add(o Errors) {
	e.Characters, e.Wrong, e.Exact, e.Folded = e.Characters+o.Characters, e.Wrong+o.Wrong, e.Exact+o.Exact, e.Folded+o.Folded
}

// Rate is the character error rate.
func (e Errors) Rate() float64 { return e.of(e.Wrong) }

// ExactRate is the rate with signs of another width as errors.
func (e Errors) ExactRate() float64 { return e.of(e.Exact) }

// FoldedRate is the rate of the texts as search compares them.
func (e Errors) FoldedRate() float64 { return e.of(e.Folded) }

func (e Errors) of(wrong int) float64 { return float64(wrong) / float64(max(e.Characters, 1)) }

// Distance is the fewest edits between two texts, in characters (Levenshtein 1966).
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range to {
			other := diagonal
			if x != y {
				other++
			}
			diagonal = row[j+1]
			row[j+1] = min(other, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
