package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Safe is a text that a terminal may get as it is: Printable made it, or it was
// written in this program.
type Safe string

// Printable shows text of others as one line that a terminal prints and does
// not obey: controls, line breaks, marks of direction and whatever else has no
// width are escapes, \x1b, \n, \u202e, and so is a byte that is no character,
// \xff. A tab is a blank.
func Printable(text string) Safe {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, unprintable) {
		return Safe(text)
	}
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[0])
		case r == '\t':
			b.WriteByte(' ')
		case unprintable(r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteRune(r)
		}
		text = text[size:]
	}
	return Safe(b.String())
}

// unprintable reports whether a character steers, breaks or hides: Cc, Cf, Zl
// and Zp of Unicode.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
}

// Printf writes by a format of this program what may have come out of a file, a
// header or an index: all that the arguments come to is made Printable, but for
// those that are Safe. It is the one way for text of a command to its output and
// its errors; JSON and CSV go past it, and stay exact.
func Printf(w io.Writer, format string, args ...any) error {
	args = slices.Clone(args)
	for i, arg := range args {
		if _, ok := arg.(Safe); !ok {
			args[i] = foreign{arg}
		}
	}
	_, err := fmt.Fprintf(w, format, args...)
	return err
}

// foreign is an argument that is formatted as it would be, and then made
// Printable.
type foreign struct{ arg any }

func (f foreign) Format(s fmt.State, verb rune) {
	io.WriteString(s, string(Printable(fmt.Sprintf(fmt.FormatString(s, verb), f.arg))))
}

// Lines makes each Write to w one line that is Printable: for a log, which
// writes a line at a time.
func Lines(w io.Writer) io.Writer { return lines{w} }

type lines struct{ w io.Writer }

func (l lines) Write(b []byte) (int, error) {
	line, _ := bytes.CutSuffix(b, []byte("\n"))
	if _, err := io.WriteString(l.w, string(Printable(string(line)))+"\n"); err != nil {
		return 0, err
	}
	return len(b), nil
}
