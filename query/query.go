// Package query is the search language: a question as a person types it, the
// tree it means, and the question that prints a tree. It knows no index and
// folds no text.
package query

// A Query is a parsed question.
type Query struct {
	Text     string    // as typed
	Root     Node      // nil matches every passage
	Within   Scope     // where the words must stand together
	Warnings []Warning // for the person who typed it
}

// Scope is the stretch of text in which the parts of a question must meet.
type Scope string

// The scopes. The zero Scope means passage.
const (
	Sentence Scope = "sentence"
	Passage  Scope = "passage"
	Report   Scope = "report"
)

// A Node is And, Or, Not, Word, Literal, Field or Years.
type Node interface{ node() }

type (
	// And holds where all its parts hold. It has two parts or more.
	And []Node
	// Or holds where one of its parts holds. It has two parts or more.
	Or []Node
	// Not holds where its part does not.
	Not struct{ Node Node }
	// Word is an exact run of characters, as typed and not folded. Quotation
	// marks and 《》 in it part nothing. It is never empty and holds a character
	// that is not a space.
	Word string
	// Literal is an exact run of characters in which quotation marks and 《》
	// stand as typed; it holds such a mark.
	Literal string
	// Field asks for a report, or for a section, by its metadata.
	Field struct {
		Name  string // one of Fields but year and within
		Value string // as typed, never empty; marks in it are those of a Word; a level, kind or confidence is in its canonical spelling, and a region that engines are asked for a code or the like
	}
	// Years asks for reports on the years from From to To, both included. 0
	// leaves an end open; Unknown asks for reports whose year is not known.
	Years struct {
		From, To int
		Unknown  bool
	}
)

func (And) node()     {}
func (Or) node()      {}
func (Not) node()     {}
func (Word) node()    {}
func (Literal) node() {}
func (Field) node()   {}
func (Years) node()   {}
