// Gen writes pinyin.txt, the characters of each syllable as package suggest knows
// them, out of the table of readings of the module go-pinyin:
//
//	go generate ./internal/suggest
//
// The same input gives the same file, byte for byte.
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// version is that of go-pinyin in go.mod.
const version = "0.21.0"

const head = `# The characters of each syllable of Pinyin, without tones and with v for ü. Written by gen; do not edit.
# Characters of GB 2312 with all their readings, from the Go module github.com/mozillazg/go-pinyin ` + version + ` (MIT).
`

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FILE")
		os.Exit(2)
	}
	if err := os.WriteFile(os.Args[1], []byte(head+table(pinyin.PinyinDict)), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// table lists syllables in order, a line each: the syllable, a blank and its
// characters.
func table(readings map[int]string) string {
	of := map[string][]rune{}
	for _, code := range slices.Sorted(maps.Keys(readings)) {
		r := rune(code)
		if !inGB2312(r) {
			continue
		}
		for reading := range strings.SplitSeq(readings[code], ",") {
			if s := plain(reading); s != "" && !slices.Contains(of[s], r) {
				of[s] = append(of[s], r)
			}
		}
	}
	var b strings.Builder
	for _, s := range slices.Sorted(maps.Keys(of)) {
		fmt.Fprintf(&b, "%s %s\n", s, string(of[s]))
	}
	return b.String()
}

// inGB2312 reports whether a character is one of the 6,763 of GB 2312, those that
// Simplified texts are written in.
func inGB2312(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xF7 && b[1] >= 0xA1
}

// plain is a reading without its tone, "" for one that is no syllable.
func plain(reading string) string {
	const tones = "\u0300\u0301\u0304\u030C" // grave, acute, macron, caron
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(tones, r) {
			return -1
		}
		return r
	}, norm.NFD.String(reading))
	s = strings.ReplaceAll(s, "u\u0308", "v")
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" || !strings.ContainsAny(s, "aeiouv") {
		return ""
	}
	return s
}
