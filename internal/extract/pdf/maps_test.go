package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/extract/budget"
	"baogao/internal/testkit"
)

// mapped is a PDF of a page with a string of codes in hexadecimal digits, in a font
// of the collection Adobe-GB1 with a ToUnicode map.
func mapped(codes, toUnicode string) []byte {
	font := strings.Replace(gbkFont, "GBK-EUC-H", "Identity-H/ToUnicode 8 0 R", 1)
	return testkit.PDF("BT /F1 16 Tf 80 700 Td <"+codes+"> Tj ET", latinFont, font, gbkParts, gbkMetric, object("", toUnicode))
}

func object(head, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", head, len(body), body)
}

// TestPDFMapsWrittenOtherwise reads fonts whose maps are written otherwise than the
// standard has it, and than PDFium reads them.
func TestPDFMapsWrittenOtherwise(t *testing.T) {
	targets := func(first rune, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<%04x>", first+rune(i))
		}
		return b.String()
	}
	for _, tt := range []struct{ name, codes, toUnicode, want string }{
		{"range over a byte", "000400FF0100011F", "1 beginbfrange <0003> <0120> <4E00> endbfrange", "丁仼份伜"},
		{"range that ends below where it begins", "00F000FF01000110", "1 beginbfrange <00F0> <0110> <4E00> endbfrange", "一丏丐丠"},
		{"range over many bytes", "653F5E9C62A5544A", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", "政府报告"},
		{"units of pairs", "D842DFB7653F", "1 beginbfrange <0000> <FFFF> <0000> endbfrange", "𠮷政"},
		{"list over a byte", "00FE00FF01000101", "1 beginbfrange <00FE> <0101> [" + targets('政', 4) + "] endbfrange", "政敀敁敂"},
		{"list over a byte, and more", "00FE01000200", "2 beginbfrange <00FE> <0101> [" + targets('政', 4) + "] <0200> <0200> <5E9C> endbfrange", "政敁府"},
		{"list too short", "000100020005", "2 beginbfrange <0001> <0003> [" + targets('政', 2) + "] <0005> <0005> <5E9C> endbfrange", "政敀府"},
		{"list too long", "000100020005", "2 beginbfrange <0001> <0002> [" + targets('政', 3) + "] <0005> <0005> <5E9C> endbfrange", "政敀府"},
		{"pairs", "000100020003", "1 beginbfrange <0001> <0003> <D842DFB6> endbfrange", "𠮶𠮷𠮸"},
		{"pairs over the last of the second half", "000100020003", "1 beginbfrange <0001> <0003> <D842DFFE> endbfrange", "𠯾𠯿𠰀"},
		{"pairs over a byte of the code", "00FF0100", "1 beginbfrange <00FE> <0101> <D842DFB6> endbfrange", "𠮷𠮸"},
		{"several characters", "0001000200FE0100", "2 beginbfrange <0001> <0002> <653F5E9C> <00FE> <0101> <62A5544A> endbfrange", "政府政庝报告报呌"},
		{"single characters between", "000100FF01000200", "1 beginbfchar <0001> <653F> endbfchar 1 beginbfrange <00FE> <0101> <5E9B> endbfrange 1 beginbfchar <0200> <544A> endbfchar", "政府庝告"},
		{"more entries than it says", "000100020003", "2 beginbfchar <0001> <653F> <0002> <5E9C> <0003> <544A> endbfchar", "政府告"},
		{"fewer entries than it says", "00010002", "100 beginbfchar <0001> <653F> <0002> <5E9C> endbfchar", "政府"},
		{"no number of entries", "00010002", "beginbfchar <0001> <653F> <0002> <5E9C> endbfchar", "政府"},
		{"twice", "00010002", "3 beginbfchar <0001> <653F> <0002> <5E9C> <0001> <544A> endbfchar", "告府"},
		{"a code of four bytes beside", "00010002", "3 beginbfchar <0001> <653F> <8130A030> <5E9C> <0002> <544A> endbfchar", "政告"},
		{"a target of one byte", "000100020003", "3 beginbfchar <0001> <41> <0002> <653F> <0003> <42> endbfchar", "A政B"},
		{"blanks and notes in it", "000100FF", "% a map\n1 beginbfrange % <0001> <0001> <4E00>\n<00 01>\n<01 20> <4E 00> endbfrange", "一仾"},
		{"as the standard has it", "000100020003", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0003> <653F> endbfrange", "政敀敁"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(t.Context(), mapped(tt.codes, tt.toUnicode), extract.Limits{})
			if err != nil || got.Body != tt.want+"\n" {
				t.Errorf("body %q, %v; want %q", got.Body, err, tt.want)
			}
		})
	}
}

// TestPDFMapsPacked reads a map that PDFium would read otherwise in files that are
// written in other ways: with other filters, encrypted, with packed objects, changed later.
func TestPDFMapsPacked(t *testing.T) {
	const codes, toUnicode, want = "000400FF0100011F", "1 beginbfrange <0003> <0120> <4E00> endbfrange", "丁仼份伜\n"
	plain := mapped(codes, toUnicode)
	filtered := func(filter, body string) []byte {
		font := strings.Replace(gbkFont, "GBK-EUC-H", "Identity-H/ToUnicode 8 0 R", 1)
		return testkit.PDF("BT /F1 16 Tf 80 700 Td <"+codes+"> Tj ET", latinFont, font, gbkParts, gbkMetric, object("/Filter"+filter, body))
	}
	files := map[string][]byte{
		"plain":             plain,
		"hex":               filtered("/ASCIIHexDecode", fmt.Sprintf("%x>", toUnicode)),
		"run lengths":       filtered("/RL", string(rune(len(toUnicode)-1))+toUnicode+"\x80"),
		"the name of a map": bytes.Replace(mapped("4E014EFC4EFD4F1C", ""), []byte("/ToUnicode 8 0 R"), []byte("/ToUnicode/Identity-H"), 1),
		"hex of run length": filtered("[/AHx /RL]", fmt.Sprintf("%02x%x80>", len(toUnicode)-1, toUnicode)),
	}
	if qpdf, err := exec.LookPath("qpdf"); err != nil {
		t.Log("qpdf is missing: files that it writes are not read")
	} else {
		for name, how := range map[string][]string{
			"encrypted": {"--encrypt", "", "owner", "128", "--use-aes=y", "--"}, "encrypted by 256 bits": {"--encrypt", "", "owner", "256", "--"},
			"packed objects": {"--object-streams=generate"}, "linear": {"--linearize"}, "packed and linear": {"--linearize", "--object-streams=generate"},
		} {
			in, out := filepath.Join(t.TempDir(), "in.pdf"), filepath.Join(t.TempDir(), "out.pdf")
			if err := os.WriteFile(in, plain, 0o644); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.Command(qpdf, append(how, in, out)...).CombinedOutput(); err != nil {
				t.Fatalf("qpdf: %v\n%s", err, said)
			}
			if files[name], err = os.ReadFile(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			got, err := Read(t.Context(), data, extract.Limits{})
			if err != nil || got.Body != want {
				t.Errorf("body %q, %v; want %q", got.Body, err, want)
			}
		})
	}
}

// TestPDFMapsBroken refuses files with maps that break off, and such as would take
// all time.
func TestPDFMapsBroken(t *testing.T) {
	for _, tt := range []struct {
		toUnicode string
		want      error
	}{
		{"2 beginbfchar <0001> <653F> <0002>", errDamaged},
		{"2 beginbfrange <0001> <0002> [<653F>", errDamaged},
		{"60000 beginbfrange " + strings.Repeat("<0000> <FFFF> <0000> ", 60_000) + "endbfrange", budget.ErrSteps},
	} {
		if got, err := Read(t.Context(), mapped("0001", tt.toUnicode), extract.Limits{}); !errors.Is(err, tt.want) || got.Body != "" {
			t.Errorf("%.60s: body %q, %v; want %v", tt.toUnicode, got.Body, err, tt.want)
		}
	}
}

// FuzzMap holds maps to a law: what is written of one is read as the same, and as the
// standard would have it written.
func FuzzMap(f *testing.F) {
	f.Add([]byte("2 beginbfrange <0003> <0120> <4E00> <01> <02> [<653F5E9C> <41>] endbfrange 1 beginbfchar <0001> <D842DFB7> endbfchar"))
	f.Fuzz(func(t *testing.T, content []byte) {
		m, err := readMap(content, budget.New(int64(len(content))))
		if err != nil {
			return
		}
		again, err := readMap(m.write(), budget.New(1<<20))
		if err != nil || again.odd || !slices.Equal(again.one, m.one) || !maps.EqualFunc(again.many, m.many, slices.Equal) {
			t.Errorf("%q is written as %q, which is read otherwise, odd %v, %v", content, m.write(), again.odd, err)
		}
	})
}
