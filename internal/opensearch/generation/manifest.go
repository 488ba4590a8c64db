package generation

import (
	"baogao"
	"baogao/internal/opensearch/document"
)

// A Manifest is kept in the mapping of an index when it is published.
type Manifest struct {
	Format   int          `json:"format"`
	Revision string       `json:"revision"`
	Built    string       `json:"built"` // "" until it is whole
	Stats    baogao.Stats `json:"stats"`
	Shown    View         `json:"shown"`
	All      View         `json:"all"`
}

// A View is what questions look at, in numbers: all reports, or those that are no
// copies.
type View struct {
	Passages int   `json:"passages"`
	Texts    int   `json:"texts"` // of running text
	Units    int64 `json:"units"` // of those
}

// RelativeLength is the length of a passage over the mean of running text.
func (v View) RelativeLength(units int) float64 {
	return float64(units) * float64(v.Texts) / float64(max(v.Units, 1))
}

// add adds a passage to a view, or takes it away where n is -1.
func (v *View) add(p *document.Passage, n int) {
	v.Passages += n
	if !p.Bare {
		v.Texts += n
		v.Units += int64(n * p.Units)
	}
}
