package extract

import (
	"context"
	"image"
)

// LeastConfidence is how sure a Recogniser must be of a page. What it is less sure of
// is no text.
const LeastConfidence = 0.6

// DotsPerInch is how finely the pictures of pages are made that a Recogniser reads.
const DotsPerInch = 200

// A Recogniser reads the pictures of pages by machine. Its methods may be called
// side by side.
type Recogniser interface {
	// Name is the program with its version and its models: what else it reads, it
	// may read otherwise.
	Name() string
	// Expect tells of pages that are going to be recognised, or of fewer again.
	Expect(pages int)
	// Recognise reads one page that was expected. A page that cannot be read fails,
	// unless it is the program that does not work.
	Recognise(ctx context.Context, page *image.Gray) (Recognised, error)
}

// Recognised is what was read of a page by machine.
type Recognised struct {
	Confidence float64          `json:"confidence"` // mean of its characters, 0 to 1
	Blank      bool             `json:"blank,omitempty"`
	Lines      []RecognisedLine `json:"lines"`
}

// A RecognisedLine is a piece of a line, what stands apart from it being another, with
// where it stands in dots from the upper left of the page, which was straightened.
type RecognisedLine struct {
	Text string  `json:"text"` // blanks stand between Latin words alone
	X0   float64 `json:"x0"`
	Y0   float64 `json:"y0"`
	X1   float64 `json:"x1"`
	Y1   float64 `json:"y1"`
}
