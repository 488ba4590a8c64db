package pdf

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// An operand is what stands before an operator in the content of a page or
// in a map of characters. Dictionaries, and arrays in arrays, are left out:
// no operator that shows text takes one.
type operand struct {
	kind   operandKind
	number float64
	text   string    // of a string its bytes, of a name what is behind the slash
	items  []operand // of an array
}

type operandKind int

const (
	otherOperand operandKind = iota
	numberOperand
	stringOperand
	nameOperand
	arrayOperand
)

// mostOperands is how many operands may stand before an operator, those in
// arrays and dictionaries included. No page has a line of so many strings.
const mostOperands = 1 << 20

var errOperands = fmt.Errorf("more than %d operands without an operator", mostOperands)

// interpret calls do for each operator, with its operands. Where the content
// breaks off, what is open ends there. It panics with an error of reading, or
// with errOperands.
func interpret(content io.Reader, do func(operator string, operands []operand)) {
	x := &lexer{in: bufio.NewReader(content)}
	var operands []operand
	for {
		o, word, ok := x.next(0)
		switch {
		case !ok:
			return
		case word == "BI":
			x.skipImage()
			operands, x.kept = operands[:0], 0
		case word != "":
			do(word, operands)
			operands, x.kept = operands[:0], 0
		default:
			operands = x.keep(operands, o)
		}
	}
}

// A lexer reads the tokens of PDF.
type lexer struct {
	in   *bufio.Reader
	kept int // operands since the last operator
}

// keep adds an operand to those of an operator or an array.
func (x *lexer) keep(operands []operand, o operand) []operand {
	if x.kept++; x.kept > mostOperands {
		panic(errOperands)
	}
	return append(operands, o)
}

// byte is the next byte; at the end ok is false.
func (x *lexer) byte() (c byte, ok bool) {
	c, err := x.in.ReadByte()
	if err != nil && err != io.EOF {
		panic(err)
	}
	return c, err == nil
}

func (x *lexer) peek() byte {
	b, _ := x.in.Peek(1)
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

const (
	blanks       = "\x00\t\n\f\r "
	delimiters   = "()<>[]{}/%"
	deepestArray = 100
)

// next reads an operand, or else a word: an operator or a closing bracket.
func (x *lexer) next(depth int) (o operand, word string, ok bool) {
	for {
		c, ok := x.byte()
		switch {
		case !ok:
			return o, "", false
		case strings.IndexByte(blanks, c) >= 0:
		case c == '%':
			x.skipLine()
		case c == '(':
			return operand{kind: stringOperand, text: x.literal()}, "", true
		case c == '/':
			return operand{kind: nameOperand, text: x.name()}, "", true
		case c == '[' && depth < deepestArray:
			return operand{kind: arrayOperand, items: x.array(depth + 1)}, "", true
		case c == '<' && x.peek() != '<':
			return operand{kind: stringOperand, text: x.hex()}, "", true
		case c == '<' && depth < deepestArray:
			x.byte()
			x.array(depth + 1)
			return o, "", true
		case c == '>':
			if x.peek() == '>' {
				x.byte()
			}
			return o, "]", true
		case strings.IndexByte(delimiters, c) >= 0:
			return o, string(c), true
		default:
			o, word = x.word(c)
			return o, word, true
		}
	}
}

// array reads up to the bracket that closes an array or a dictionary.
func (x *lexer) array(depth int) []operand {
	var items []operand
	for {
		o, word, ok := x.next(depth)
		if !ok || word == "]" {
			return items
		}
		if word == "" && o.kind != arrayOperand && o.kind != otherOperand {
			items = x.keep(items, o)
		}
	}
}

func (x *lexer) skipLine() {
	for {
		if c, ok := x.byte(); !ok || c == '\n' || c == '\r' {
			return
		}
	}
}

// word reads a number or an operator that begins with c.
func (x *lexer) word(c byte) (operand, string) {
	word := string(c) + x.regular()
	if n, err := strconv.ParseFloat(word, 64); err == nil && strings.IndexByte("+-.0123456789", c) >= 0 {
		return operand{kind: numberOperand, number: n}, ""
	}
	return operand{}, word
}

// regular reads up to the next blank or delimiter.
func (x *lexer) regular() string {
	const longest = 256
	var b strings.Builder
	for b.Len() < longest {
		c := x.peek()
		if c == 0 || strings.IndexByte(blanks+delimiters, c) >= 0 {
			break
		}
		b.WriteByte(c)
		x.byte()
	}
	return b.String()
}

// name reads a name, in which #hh stands for a byte.
func (x *lexer) name() string {
	s := x.regular()
	if !strings.Contains(s, "#") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// literal reads a string in brackets.
func (x *lexer) literal() string {
	var b strings.Builder
	for open := 1; ; {
		c, ok := x.byte()
		switch {
		case !ok:
			return b.String()
		case c == '\\':
			x.escape(&b)
			continue
		case c == '(':
			open++
		case c == ')':
			if open--; open == 0 {
				return b.String()
			}
		}
		b.WriteByte(c)
	}
}

// escape reads what stands behind a backslash.
func (x *lexer) escape(b *strings.Builder) {
	c, ok := x.byte()
	if !ok {
		return
	}
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		b.WriteByte("\n\r\t\b\f"[i])
		return
	}
	switch {
	case c == '\r' && x.peek() == '\n':
		x.byte()
	case c == '\r' || c == '\n':
	case c >= '0' && c <= '7':
		n := int(c - '0')
		for range 2 {
			d := x.peek()
			if d < '0' || d > '7' {
				break
			}
			n = n<<3 | int(d-'0')
			x.byte()
		}
		b.WriteByte(byte(n))
	default:
		b.WriteByte(c)
	}
}

// hex reads a string in figures.
func (x *lexer) hex() string {
	var b strings.Builder
	digits, n := 0, 0
	for {
		c, ok := x.byte()
		if !ok || c == '>' {
			if digits%2 == 1 {
				b.WriteByte(byte(n << 4))
			}
			return b.String()
		}
		d, err := strconv.ParseUint(string(c), 16, 8)
		if err != nil {
			continue
		}
		n = n<<4 | int(d)
		if digits++; digits%2 == 0 {
			b.WriteByte(byte(n))
			n = 0
		}
	}
}

// skipImage passes over an image that stands in the content: from ID up to EI
// with blanks around it.
func (x *lexer) skipImage() {
	for {
		_, word, ok := x.next(0)
		if !ok {
			return
		}
		if word == "ID" {
			break
		}
	}
	var last [3]byte
	for {
		c, ok := x.byte()
		if !ok {
			return
		}
		last = [3]byte{last[1], last[2], c}
		blank := strings.IndexByte(blanks, last[0]) >= 0
		if next := x.peek(); blank && last[1] == 'E' && last[2] == 'I' && strings.IndexByte(blanks, next) >= 0 {
			return
		}
	}
}
