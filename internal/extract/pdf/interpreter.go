package pdf

import (
	"context"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"baogao/internal/extract"
)

// An interpreter follows the operators of pages that show text. It panics
// with extract.ErrUnpacked or the error of its context where it must stop.
type interpreter struct {
	ctx   context.Context
	limit int64 // bytes of text
	size  int64
	fonts map[string]*font
	codes codeCount // of all fonts
	page  textPage

	word     textWord // what is shown now
	text     strings.Builder
	baseline float64
	em       float64
}

// A textState is what the operators of a page set.
type textState struct {
	ctm                               transform
	matrix, line                      transform
	font                              *font
	size, leading, letter, word, rise float64
	stretch                           float64
}

// deepestForm is how deep forms may stand within one another.
const deepestForm = 12

// run interprets the content of a page or of a form.
func (in *interpreter) run(content, resources pdf.Value, ctm transform, depth int) {
	s := textState{ctm: ctm, matrix: identity, line: identity, stretch: 1}
	var saved []textState
	fonts := map[string]*font{} // by their names here
	interpret(in.reader(content), func(op string, args []operand) {
		if err := in.ctx.Err(); err != nil {
			panic(err)
		}
		switch op {
		case "q":
			if len(saved) < 1<<12 {
				saved = append(saved, s)
			}
		case "Q":
			if n := len(saved); n > 0 {
				matrix, line := s.matrix, s.line
				s, saved = saved[n-1], saved[:n-1]
				s.matrix, s.line = matrix, line
			}
		case "Tf":
			if len(args) == 2 {
				name := args[0].text
				if fonts[name] == nil {
					fonts[name] = in.font(resources.Key("Font").Key(name))
				}
				s.font, s.size = fonts[name], args[1].number
			}
		case "Do":
			if len(args) == 1 && depth < deepestForm {
				in.form(resources.Key("XObject").Key(args[0].text), resources, s.ctm, depth+1)
			}
		default:
			in.operator(&s, op, args)
		}
	})
}

// reader reads a stream, or one after the other of an array of streams.
func (in *interpreter) reader(content pdf.Value) io.Reader {
	var parts []io.Reader
	switch content.Kind() {
	case pdf.Stream:
		parts = append(parts, content.Reader())
	case pdf.Array:
		for i := range content.Len() {
			if v := content.Index(i); v.Kind() == pdf.Stream {
				parts = append(parts, v.Reader(), strings.NewReader("\n"))
			}
		}
	}
	return &boundedReader{io.MultiReader(parts...), in.limit}
}

// A boundedReader fails with extract.ErrUnpacked where there is more to read than it
// may.
type boundedReader struct {
	in   io.Reader
	left int64
}

func (r *boundedReader) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	if r.left -= int64(n); r.left < 0 {
		return 0, extract.ErrUnpacked
	}
	return n, err
}

// form runs the content of a form that a page shows.
func (in *interpreter) form(form, resources pdf.Value, ctm transform, depth int) {
	if form.Key("Subtype").Name() != "Form" {
		return
	}
	if own := form.Key("Resources"); !own.IsNull() {
		resources = own
	}
	if m := form.Key("Matrix"); m.Len() == 6 {
		var t transform
		for i := range t {
			t[i] = m.Index(i).Float64()
		}
		ctm = t.then(ctm)
	}
	in.run(form, resources, ctm, depth)
}

// operator follows an operator that takes numbers or strings.
func (in *interpreter) operator(s *textState, op string, args []operand) {
	n := func(i int) float64 {
		if i < len(args) {
			return args[i].number
		}
		return 0
	}
	switch op {
	case "cm":
		s.ctm = transform{n(0), n(1), n(2), n(3), n(4), n(5)}.then(s.ctm)
	case "BT":
		s.matrix, s.line = identity, identity
	case "Tm":
		s.line = transform{n(0), n(1), n(2), n(3), n(4), n(5)}
		s.matrix = s.line
	case "TD":
		s.leading = -n(1)
		s.move(n(0), n(1))
	case "Td":
		s.move(n(0), n(1))
	case "T*":
		s.move(0, -s.leading)
	case "TL":
		s.leading = n(0)
	case "Tc":
		s.letter = n(0)
	case "Tw":
		s.word = n(0)
	case "Tz":
		s.stretch = n(0) / 100
	case "Ts":
		s.rise = n(0)
	case "\"":
		s.word, s.letter = n(0), n(1)
		s.move(0, -s.leading)
		in.show(s, args)
	case "'":
		s.move(0, -s.leading)
		in.show(s, args)
	case "Tj", "TJ":
		in.show(s, args)
	}
}

func (s *textState) move(x, y float64) {
	s.line = transform{1, 0, 0, 1, x, y}.then(s.line)
	s.matrix = s.line
}

func (s *textState) advance(x float64) {
	s.matrix = transform{1, 0, 0, 1, x * s.stretch, 0}.then(s.matrix)
}

// show shows the last argument: a string, or strings with corrections between.
func (in *interpreter) show(s *textState, args []operand) {
	if len(args) == 0 || s.font == nil {
		return
	}
	shown := args[len(args)-1]
	if shown.kind == stringOperand {
		in.showString(s, shown.text)
	}
	for _, o := range shown.items {
		if o.kind == stringOperand {
			in.showString(s, o.text)
		} else {
			s.advance(-o.number / 1000 * s.size)
		}
	}
}

func (in *interpreter) showString(s *textState, raw string) {
	s.font.decode(raw, func(code, text string, width float64) {
		t := transform{s.size * s.stretch, 0, 0, s.size, 0, s.rise}.then(s.matrix).then(s.ctm)
		em := math.Hypot(t[2], t[3])
		x := width / 1000 * s.size
		from, y := t[4], t[5]
		s.advance(x + s.letter)
		if code == " " {
			s.advance(s.word)
		}
		to := from + width/1000*math.Hypot(t[0], t[1])
		in.glyph(text, from, to, y, em)
	})
}

// glyph adds what a glyph stands for to the word, or begins another word where
// there is a gap.
func (in *interpreter) glyph(text string, from, to, baseline, em float64) {
	if strings.TrimSpace(text) == "" {
		in.end()
		return
	}
	if in.size += int64(len(text)); in.size > in.limit {
		panic(extract.ErrUnpacked)
	}
	const gap = 0.1
	if in.text.Len() == 0 || math.Abs(baseline-in.baseline) > gap*em || math.Abs(from-in.word.x1) > gap*em || math.Abs(em-in.em) > gap*em {
		in.end()
		in.baseline, in.em = baseline, em
		in.word = textWord{x0: from, x1: from, y0: baseline - 0.85*em, y1: baseline + 0.3*em}
	}
	in.text.WriteString(text)
	in.word.x1 = to
}

// end ends the word.
func (in *interpreter) end() {
	if in.text.Len() == 0 {
		return
	}
	in.word.text = in.text.String()
	if !utf8.ValidString(in.word.text) {
		in.word.text = strings.ToValidUTF8(in.word.text, "\uFFFD")
	}
	in.text.Reset()
	in.page.words = append(in.page.words, in.word)
}
