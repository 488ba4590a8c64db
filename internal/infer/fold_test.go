package infer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"baogao"
	"baogao/internal/analyzer"
)

// wide writes what is half-width, and some characters, as other documents do.
var wide = strings.NewReplacer(",", "，", ":", "：", ";", "；", "(", "（", ")", "）", " ", "\u3000", "0", "０",
	"区", "區", "县", "縣", "镇", "鎮", "乡", "鄉", "设", "設", "报", "報", "情况", "情況", "关于", "關於", "发", "發", "2", "２")

func widened(d Document) Document {
	w := Document{Path: wide.Replace(d.Path), Title: wide.Replace(d.Title), Address: d.Address}
	for _, f := range d.Facts {
		w.Facts = append(w.Facts, baogao.Fact{Label: wide.Replace(f.Label), Value: wide.Replace(f.Value)})
	}
	for _, l := range d.Lines {
		w.Lines = append(w.Lines, wide.Replace(l))
	}
	return w
}

func (in Inference) guesses() []Guess {
	return []Guess{in.Region, in.Level, in.Year, in.Kind, in.Issuer, in.Number, in.Published}
}

// TestWide holds documents to what they are in whatever script and width they
// are published, and evidence to the characters that were.
func TestWide(t *testing.T) {
	check := func(name string, d Document) {
		w := widened(d)
		want, got := Infer(d).guesses(), Infer(w).guesses()
		for i := range got {
			for j, e := range got[i].Evidence {
				if at := quote(w, e); at != e.Text && e.Line != InFacts {
					t.Errorf("%s: evidence %+v stands at %q", name, e, at)
				}
				got[i].Evidence[j].Text = analyzer.Fold(e.Text)
			}
			for j, e := range want[i].Evidence {
				want[i].Evidence[j].Text = analyzer.Fold(e.Text)
			}
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("%s: %+v, want %+v", name, got[i], want[i])
			}
		}
	}
	for _, tt := range hardCases {
		check(tt.name, tt.doc)
	}
	for _, tt := range openings {
		check(tt.name, tt.doc)
	}
}

// TestRulesAreFolded holds the words of the rules, here and of names, to be
// such as can stand in folded text.
func TestRulesAreFolded(t *testing.T) {
	for _, pattern := range []string{"*.go", "*/*.go", "../gazetteer/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%d files %s: %v", len(files), pattern, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				foldedLiterals(t, file)
			}
		}
	}
}

func foldedLiterals(t *testing.T, file string) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok {
			return true
		}
		for _, c := range lit.Value {
			// 〔 and 〕 are how a number is given.
			if c >= utf8.RuneSelf && analyzer.FoldRune(c) != c && !strings.ContainsRune("〔〕", c) {
				t.Errorf("%s: no folded text holds the %c of %s", set.Position(lit.Pos()), c, lit.Value)
			}
		}
		return true
	})
}
