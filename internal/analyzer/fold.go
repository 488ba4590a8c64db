package analyzer

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/rangetable"

	"baogao/internal/charset"
)

// foldData holds the pairs that no rule can give: Traditional to Simplified
// (OpenCC), variants, radicals and compatibility forms. Its head names its
// sources; gen writes it.
//
//go:embed fold.txt
var foldData string

//go:generate sh gen/fetch.sh /tmp/opencc
//go:generate go run ./gen -opencc /tmp/opencc -o fold.txt

// fewer is the folding of punctuation: each line gives what is kept and,
// after it, what becomes it. Width and presentation forms are in foldData.
var fewer = []string{
	"(〔[【〖〘〚",
	")〕]】〗〙〛",
	"\"“”„‟「」『』〝〞〟",
	"'‘’‚‛",
	"-‐‑‒–—―−─",
	"·‧•・∙⋅",
	"~〜∼",
	":∶",
	"〇○◯",
	"°º˚",
}

// An entry of the table is a folded rune with its class above it, and between
// them what a Text does with it.
type entry uint32

const (
	classShift = 24
	special    = entry(1) << 23 // may be read as something else than the folded rune
	separator  = entry(1) << 22 // may stand between thousands
	quotation  = entry(1) << 21 // parts no word
	runeMask   = quotation - 1
	readFlags  = special | separator | quotation
)

func (e entry) rune() rune  { return rune(e & runeMask) }
func (e entry) class() char { return char(e >> classShift) }

// plane0 folds and classifies the runes below U+10000 in one look; beyond
// folds the few above that fold otherwise than by case.
var plane0, beyond = makeTable(foldData)

func lookup(r rune) entry {
	if uint32(r) < uint32(len(plane0)) {
		return plane0[r]
	}
	return lookupBeyond(r)
}

func lookupBeyond(r rune) entry {
	f, ok := beyond[r]
	if !ok {
		f = unicode.ToLower(r)
	}
	if f < 0x10000 {
		return plane0[f] &^ readFlags
	}
	return entry(f) | entry(charOf(f))<<classShift
}

// FoldRune folds one rune for search: width, case, Traditional to
// Simplified, variants, radicals, blanks, brackets, quotation marks and
// dashes. Circled and Chinese numerals stay what they are. Folding twice
// changes nothing more.
func FoldRune(r rune) rune {
	if uint32(r) < uint32(len(plane0)) {
		return plane0[r].rune()
	}
	return lookupBeyond(r).rune()
}

// Fold folds every rune of s. The result has as many runes as s, so that
// offsets in code points hold for both, but not as many bytes. A byte that is
// not UTF-8 counts as one rune and becomes U+FFFD.
func Fold(s string) string { return strings.Map(FoldRune, s) }

// FoldRunes appends the folded runes of s to dst.
func FoldRunes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, FoldRune(r))
	}
	return dst
}

// makeTable builds the folding out of the rules (case, blanks, punctuation)
// and the pairs of data, each line of which is two runes with a tab between
// them, or a remark after #.
func makeTable(data string) (*[1 << 16]entry, map[rune]rune) {
	once := make(map[rune]rune, 8192)
	for _, c := range unicode.CaseRanges {
		for r := rune(c.Lo); r <= rune(c.Hi) && r < 1<<16; r++ {
			once[r] = unicode.ToLower(r)
		}
	}
	for r := rune(charset.FirstPrivate); r <= charset.LastPrivate; r++ {
		once[r] = charset.Standard(r)
	}
	rangetable.Visit(unicode.White_Space, func(r rune) { once[r] = ' ' })
	for _, line := range fewer {
		keep, size := utf8.DecodeRuneInString(line)
		for _, r := range line[size:] {
			once[r] = keep
		}
	}
	for line := range strings.Lines(data) {
		if from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok && from[0] != '#' {
			r, _ := utf8.DecodeRuneInString(from)
			once[r], _ = utf8.DecodeRuneInString(to)
		}
	}
	return closeTable(once)
}

// closeTable follows every pair to its end and lays it into the table.
func closeTable(once map[rune]rune) (*[1 << 16]entry, map[rune]rune) {
	table, beyond := new([1 << 16]entry), map[rune]rune{}
	classes := charTable()
	for r := range table {
		table[r] = entry(r) | entry(classes[r])<<classShift
	}
	for r, f := range once {
		for next, ok := once[f]; ok && next != f; next, ok = once[f] {
			f = next
		}
		switch {
		case r >= 1<<16:
			beyond[r] = f
		case f >= 1<<16:
			table[r] = entry(f) | entry(charOf(f))<<classShift
		default:
			table[r] = entry(f) | entry(classes[f])<<classShift
		}
	}
	markSpecial(table)
	return table, beyond
}

// markSpecial marks the characters that a Text looks at more closely.
func markSpecial(table *[1 << 16]entry) {
	for _, r := range separators {
		table[r] |= separator
	}
	for _, r := range openers + closers + neither {
		table[r] |= quotation
	}
	for r := range expansions {
		table[r] |= special
	}
	for r := range powers {
		table[r] |= special
	}
	for _, r := range noteSigns + noteDigits + noteOpeners {
		table[r] |= special
	}
	for r := range table {
		if unicode.Is(unicode.Mn, table[r].rune()) {
			table[r] |= special
		}
	}
}
