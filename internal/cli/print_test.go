package cli

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baogao"
)

func TestPrintable(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"遂宁市 › 安居区　“一”", "遂宁市 › 安居区　“一”"},
		{"甲\x1b[31m乙\x00\x07\x7f", `甲\x1b[31m乙\x00\a\x7f`},
		{"一行\r\nindex: 99 reports\v\f", `一行\r\nindex: 99 reports\v\f`},
		{"\u009b31m\u0085", `\u009b31m\u0085`},
		{"\u202egpj\u202c\u2066\u2069\u200e\u200f\u061c", `\u202egpj\u202c\u2066\u2069\u200e\u200f\u061c`},
		{"行\u2028段\u2029", `行\u2028段\u2029`},
		{"零\u200b宽\ufeff\U000e0041", `零\u200b宽\ufeff\U000e0041`},
		{"\xff甲\x9b\xe6\xb3", `\xff甲\x9b\xe6\xb3`},
		{"\uFFFD", "\uFFFD"},
		{"甲\t乙", "甲 乙"},
		{`C:\new`, `C:\new`},
	} {
		if got := Printable(tt.in); string(got) != tt.want {
			t.Errorf("%q is shown as %q, want %q", tt.in, got, tt.want)
		}
		if again := Printable(string(Printable(tt.in))); again != Printable(tt.in) {
			t.Errorf("%q: shown twice it is %q", tt.in, again)
		}
	}
}

// TestPrintf gives what commands print, and every way in which a text may hide
// in an argument.
func TestPrintf(t *testing.T) {
	const bad, shown = "甲\n\x1b", `甲\n\x1b`
	for _, tt := range []struct {
		format string
		arg    any
		want   string
	}{
		{"%s", bad, shown},
		{"%v", bad, shown},
		{"%-8s|", "甲\n", `甲\n      |`},
		{"%q", bad, `"甲\n\x1b"`},
		{"%v", errors.New(bad), shown},
		{"%v", fmt.Errorf("a: %w", errors.New(bad)), "a: " + shown},
		{"%s", []byte(bad), shown},
		{"%v", []string{bad}, "[" + shown + "]"},
		{"%v", baogao.Copy{ID: bad}, "{" + shown + "  }"},
		{"%s", baogao.Level(bad), shown},
		{"%v", stringer(bad), shown},
		{"%c", '\x1b', `\x1b`},
		{"%6d|", 14, "    14|"},
		{"%.2f", 0.5, "0.50"},
		{"%v", time.Minute, "1m0s"},
		{"%v", nil, "<nil>"},
		{"%s\n", Safe("\x1b[1m甲\x1b[0m"), "\x1b[1m甲\x1b[0m\n"},
	} {
		var b strings.Builder
		if err := Printf(&b, tt.format, tt.arg); err != nil || b.String() != tt.want {
			t.Errorf("%q of %#v prints %q (%v), want %q", tt.format, tt.arg, b.String(), err, tt.want)
		}
	}
}

type stringer string

func (s stringer) String() string { return string(s) }

// TestLines logs what would end a line, or steer a terminal.
func TestLines(t *testing.T) {
	var b strings.Builder
	slog.New(slog.NewTextHandler(Lines(&b), nil)).Info("a\nb", "err", errors.New("x\x7f"), "path", "/\u202e\x1b")
	if _, line, _ := strings.Cut(b.String(), " "); line != `level=INFO msg="a\nb" err=x\x7f path="/\u202e\x1b"`+"\n" {
		t.Errorf("logged %q", b.String())
	}
}

// TestReport prints errors, and what is to be done next.
func TestReport(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{errors.New("a.txt\nindex: 99 reports"), `index: a.txt\nindex: 99 reports` + "\n"},
		{errors.Join(errors.New("a"), errors.New("b\x1b")), "index: a\n" + `index: b\x1b` + "\n"},
		{fmt.Errorf("%w and %w", errors.New("a"), errors.New("b")), "index: a and b\n"},
		{Usage("x\u202e"), `index: usage: x\u202e` + "\nhint: index --help\n"},
	} {
		var b strings.Builder
		Report(&b, "index", tt.err)
		if b.String() != tt.want {
			t.Errorf("%q is reported as %q, want %q", tt.err, b.String(), tt.want)
		}
	}
}

// TestOneDoor looks through the commands for text that goes to the terminal by
// another way than Printf.
func TestOneDoor(t *testing.T) {
	files, err := filepath.Glob("../../cmd/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(files, "cli.go", "version.go") {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if way := aroundTheDoor(n); way != "" {
				t.Errorf("%s: %s goes past cli.Printf", set.Position(n.Pos()), way)
			}
			return true
		})
	}
	if len(files) == 0 {
		t.Error("no commands were found")
	}
}

// aroundTheDoor is how a piece of source prints, "" if it does not.
func aroundTheDoor(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if f.Name == "print" || f.Name == "println" {
			return f.Name
		}
	case *ast.SelectorExpr:
		of, _ := f.X.(*ast.Ident)
		printsOf := strings.HasPrefix(f.Sel.Name, "Fprint") || strings.HasPrefix(f.Sel.Name, "Print")
		if of != nil && printsOf && of.Name != "cli" && of.Name != "eval" {
			return of.Name + "." + f.Sel.Name
		}
	}
	return ""
}
