package analyzer

import (
	"slices"
	"testing"
)

func TestUnits(t *testing.T) {
	tests := []struct {
		in   string
		want []string // the units; C, N, W or O and the text
	}{
		{"", nil},
		{"复议14件", []string{"C复", "C议", "N14", "C件"}},
		{"99.2%", []string{"N99.2", "O%"}},
		{"2023.2.28", []string{"N2023", "O.", "N2", "O.", "N28"}},
		{"1.2.3.", []string{"N1", "O.", "N2", "O.", "N3", "O."}},
		{"99.2.", []string{"N99.2", "O."}},
		{".5", []string{"O.", "N5"}},
		{"1.总", []string{"N1", "O.", "C总"}},
		{"1..2", []string{"N1", "O.", "O.", "N2"}},
		{"1.2..3.4", []string{"N1.2", "O.", "O.", "N3.4"}},
		{"1.2.a", []string{"N1.2", "O.", "Wa"}},
		{"1,000", []string{"N1", "O,", "N000"}},
		{"９９．２", []string{"N99.2"}},
		{"5G网络", []string{"N5", "Wg", "C网", "C络"}},
		{"COVID-19", []string{"Wcovid", "O-", "N19"}},
		{"Café cafe\u0301s", []string{"Wcafé", "O ", "Wcafe\u0301s"}},
		{"\u0301\u0301a", []string{"O\u0301", "O\u0301", "Wa"}},
		{"议\u0301a", []string{"C议", "O\u0301", "Wa"}},
		{"カー한글", []string{"Cカ", "Cー", "C한", "C글"}},
		{"Привет мир", []string{"Wпривет", "O ", "Wмир"}},
		{"二〇二三", []string{"C二", "C〇", "C二", "C三"}},
		{"①½٣", []string{"O①", "O½", "O٣"}},
		{"𠀀𝐚𐐀", []string{"C𠀀", "W𝐚𐐨"}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			folded := FoldRunes(nil, tt.in)
			var got []string
			for _, u := range Units(folded) {
				got = append(got, "OCNW"[u.Class:u.Class+1]+string(folded[u.Start:u.End]))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Units(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// borders gives the borders of the units, the ends of the text among them.
func borders(folded []rune) map[int]bool {
	m := map[int]bool{0: true, len(folded): true}
	for _, u := range Units(folded) {
		m[u.Start] = true
	}
	return m
}

func checkBorders(t *testing.T, s string) {
	t.Helper()
	folded := FoldRunes(nil, s)
	want, end := borders(folded), 0
	for _, u := range Units(folded) {
		if u.Start != end || u.End <= u.Start {
			t.Errorf("Units(%q): %v does not follow %d", s, u, end)
		}
		end = u.End
	}
	if end != len(folded) {
		t.Errorf("Units(%q) end at %d, want %d", s, end, len(folded))
	}
	for i := range len(folded) + 1 {
		if got := border(folded, i); got != want[i] {
			t.Errorf("border(%q, %d) = %v, want %v", s, i, got, want[i])
		}
	}
}

// TestBorderOfShortTexts tries every text of up to seven runes of the kinds
// that matter.
func TestBorderOfShortTexts(t *testing.T) {
	eachText([]rune("1.a\u0301议"), 7, func(s string) { checkBorders(t, s) })
}

// eachText calls f with every text of up to n runes from the alphabet.
func eachText(alphabet []rune, n int, f func(string)) {
	var grow func(prefix []rune)
	grow = func(prefix []rune) {
		f(string(prefix))
		if len(prefix) == n {
			return
		}
		for _, r := range alphabet {
			grow(append(prefix[:len(prefix):len(prefix)], r))
		}
	}
	grow(nil)
}

func FuzzBorder(f *testing.F) {
	f.Add("2023.2.28共99.2%cafe\u0301s")
	f.Fuzz(checkBorders)
}
