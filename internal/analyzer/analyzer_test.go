package analyzer

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	stock "github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/registry"
)

func TestTokenize(t *testing.T) {
	type token struct {
		term                 string
		start, end, position int
	}
	tests := []struct {
		in   string
		want []token
	}{
		{"", nil},
		{"，。", nil},
		{"议", []token{{"议", 0, 3, 1}}},
		{"行政復議", []token{{"行政", 0, 6, 1}, {"政复", 3, 9, 2}, {"复议", 6, 12, 3}, {"议", 9, 12, 4}}},
		{"１４件。5G", []token{{"14", 0, 6, 1}, {"14件", 0, 9, 1}, {"件", 6, 9, 2}, {"5", 12, 13, 3}, {"g", 13, 14, 4}}},
		{"达99.2%", []token{{"达", 0, 3, 1}, {"99.2", 3, 7, 2}, {"%", 7, 8, 3}}},
		{"1.2.3件", []token{
			{"1", 0, 1, 1}, {"2", 2, 3, 2}, {"1.2", 0, 3, 1},
			{"3", 4, 5, 3}, {"3件", 4, 8, 3}, {"2.3", 2, 5, 2}, {"2.3件", 2, 8, 2}, {"件", 5, 8, 4},
		}},
		{"\xff议\xe8\xae", []token{{"议", 1, 4, 1}}},
		{"“放管服”改", []token{
			{"放管", 3, 9, 1}, {"管服", 6, 12, 2}, {"服改", 9, 18, 3}, {"\"服改", 9, 18, 3}, {"改", 15, 18, 4},
		}},
		{"1,234件", []token{{"1234", 0, 5, 1}, {"1234件", 0, 8, 1}, {"件", 5, 8, 2}}},
		{"5㎡", []token{{"5", 0, 1, 1}, {"5平", 0, 4, 1}, {"平方", 1, 4, 2}, {SharedTerm, 1, 4, 2}, {"方米", 1, 4, 3}, {SharedTerm, 1, 4, 3}, {"米", 1, 4, 4}}},
		{"勣Ⱥ", []token{{"𪟝", 0, 3, 1}, {"ⱥ", 3, 5, 2}}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			var got []token
			for _, k := range (Tokenizer{}).Tokenize([]byte(tt.in)) {
				got = append(got, token{string(k.Term), k.Start, k.End, k.Position})
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Tokenize(%q) = %v, want %v", tt.in, got, tt.want)
			}
		})
	}
}

func TestRegistered(t *testing.T) {
	cache := registry.NewCache()
	a, err := cache.AnalyzerNamed(Name)
	if err != nil {
		t.Fatal(err)
	}
	k, err := cache.TokenizerNamed(Name)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte("復議14件")
	for _, got := range []analysis.TokenStream{a.Analyze(text), k.Tokenize(text)} {
		if len(got) != 5 || string(got[0].Term) != "复议" {
			t.Errorf("got %v", got)
		}
	}
}

// TestTokensAreFoldedPieces holds every token to the text it points into, of which
// it is a part where one character stands for several.
func TestTokensAreFoldedPieces(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		text := randomText(rnd, rnd.IntN(60))
		for _, k := range (Tokenizer{}).Tokenize([]byte(text)) {
			if !utf8.RuneStart(text[k.Start]) || k.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[k.End]) {
				t.Errorf("%q: token %v begins or ends within a character", text, k)
			}
			want := strings.Trim(string(k.Term), partedMark)
			if got := string(read(text[k.Start:k.End], false).Runes); !strings.Contains(got, want) {
				t.Errorf("%q: token %v stands at %q", text, k, got)
			}
		}
	}
}

// stockAnalyzer is bleve's cjk analyzer.
func stockAnalyzer(t testing.TB) analysis.Analyzer {
	a, err := registry.NewCache().AnalyzerNamed(stock.AnalyzerName)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// checkStock compares with bleve's cjk analyzer, which does not give the last
// character of a longer run.
func checkStock(t *testing.T, a analysis.Analyzer, text string) {
	t.Helper()
	type piece struct {
		term       string
		start, end int
	}
	var got, want []piece
	for _, k := range (Tokenizer{}).Tokenize([]byte(text)) {
		last := k.Type == analysis.Single && len(got) > 0 && got[len(got)-1].end == k.End
		if !last {
			got = append(got, piece{string(k.Term), k.Start, k.End})
		}
	}
	for _, k := range a.Analyze([]byte(text)) {
		want = append(want, piece{string(k.Term), k.Start, k.End})
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q: got %v, bleve gives %v", text, got, want)
	}
}

func TestBigramsAreThoseOfBleve(t *testing.T) {
	a := stockAnalyzer(t)
	for _, text := range []string{
		"", "议", "复议", "行政复议", "一 二三四 五六七八九 十", "推进，依法行政。严格、规范！公正",
		"二〇二三年", "こんにちは世界", "人民\n政府　办公室", "《条例》（试行）",
	} {
		checkStock(t, a, text)
	}
}

func TestBigramsAreThoseOfBleveInRealTexts(t *testing.T) {
	a := stockAnalyzer(t)
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, text := range realTexts(t, 300) {
		for plain := range strings.FieldsFuncSeq(text, func(r rune) bool { return !plainHan(r) }) {
			runes := []rune(plain)
			i := rnd.IntN(len(runes))
			checkStock(t, a, plain)
			checkStock(t, a, string(runes[i:i+rnd.IntN(len(runes)-i)+1]))
		}
	}
}

// plainHan reports whether r is Han that folding leaves alone, or punctuation
// that ends a run for both analyzers; quotation marks end none for ours.
func plainHan(r rune) bool {
	return strings.ContainsRune("，。、；：！？（）\n", r) || unicode.Is(unicode.Han, r) && FoldRune(r) == r
}

func TestAppendTerms(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"行政復議", []string{"行政", "政复", "复议"}},
		{"议", []string{"议"}},
		{"复议，复议，议", []string{"复议", "议"}},
		{"14件案，99.2%", []string{"14", "件案", "99.2"}},
		{"5G RCEP", []string{"5", "g", "rcep"}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			if got := AppendTerms(nil, tt.in); !slices.Equal(got, tt.want) {
				t.Errorf("AppendTerms(nil, %q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
	if got := AppendTerms([]string{"复议"}, "行政复议"); !slices.Equal(got, []string{"复议", "行政", "政复"}) {
		t.Errorf("appended to 复议: %q", got)
	}
}

func TestLength(t *testing.T) {
	for in, want := range map[string]int{"": 0, "，。": 0, "行政復議": 4, "共１４件，99.2%": 4, "5G RCEP": 3} {
		if got := EachTerm(in, func([]rune) {}); got != want {
			t.Errorf("the length of %q is %d, want %d", in, got, want)
		}
	}
}

// realTexts returns paragraphs of published texts that lie beside the
// repository, most from each file, spread over it.
func realTexts(t testing.TB, most int) []string {
	root, err := os.OpenRoot("../../../shared")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no real texts beside the project: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var texts []string
	for _, pattern := range []string{"seeds/*.txt", "data/*reports*.jsonl.gz", "data/traditional*.jsonl.gz"} {
		files, err := fs.Glob(root.FS(), pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			texts = append(texts, paragraphs(t, root.FS(), file, most)...)
		}
	}
	return texts
}

// paragraphs returns up to most paragraphs of a text file, or of the texts of
// a compressed file of JSON lines.
func paragraphs(t testing.TB, fsys fs.FS, file string, most int) []string {
	f, err := fsys.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	if !strings.HasSuffix(file, ".gz") {
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		all = strings.Split(string(b), "\n")
	} else {
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		for dec := json.NewDecoder(z); dec.More(); {
			var line struct{ Text string }
			if err := dec.Decode(&line); err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Split(line.Text, "\n")...)
		}
	}
	step := max(1, len(all)/most)
	var some []string
	for i := 0; i < len(all); i += step {
		some = append(some, all[i])
	}
	return some
}
