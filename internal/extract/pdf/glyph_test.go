package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// singly sets each character of a text by itself, as programs that recognise scans do.
// place is where the nth stands.
func singly(t *testing.T, text string, place func(n int) string) string {
	t.Helper()
	var b strings.Builder
	for n, r := range []rune(text) {
		code, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "q BT 3 Tr /F1 14 Tf %s Tm <%x> Tj ET Q ", place(n), code)
	}
	return b.String()
}

// TestPDFSingleCharacters reads text whose characters are set one by one, in fonts that are
// not in the file.
func TestPDFSingleCharacters(t *testing.T) {
	const text = "青山县全年受理行政复议案件十四件，办结十二件。"
	along := func(n int) string { return fmt.Sprintf("1 0 0 1 %d 700", 80+14*n) }
	level := singly(t, text, along)
	inside := strings.Replace(gbkFont, "6 0 R", gbkParts, 1)
	files := map[string][]byte{
		"level":                handmade(t, level),
		"read upwards":         handmade(t, singly(t, text, func(n int) string { return fmt.Sprintf("0 1 -1 0 300 %d", 80+14*n) })),
		"stretched":            handmade(t, singly(t, text, func(n int) string { return fmt.Sprintf("1.03 0 0 1.46 %d 700", 80+14*n) })),
		"font of outlines":     testkit.PDF(level, latinFont, gbkFont, strings.Replace(gbkParts, "CIDFontType2", "CIDFontType0", 1), gbkMetric),
		"font within the font": testkit.PDF(level, latinFont, inside, "null", gbkMetric),
		"no descriptor":        testkit.PDF(level, latinFont, gbkFont, strings.Replace(gbkParts, "/FontDescriptor 7 0 R", "", 1), "null"),
		"descriptor within":    testkit.PDF(level, latinFont, gbkFont, strings.Replace(gbkParts, "7 0 R", gbkMetric, 1), "null"),
	}
	if qpdf, err := exec.LookPath("qpdf"); err != nil {
		t.Log("qpdf is missing: a file of packed objects is not read")
	} else {
		in, out := filepath.Join(t.TempDir(), "in.pdf"), filepath.Join(t.TempDir(), "out.pdf")
		if err := os.WriteFile(in, files["level"], 0o644); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command(qpdf, "--object-streams=generate", in, out).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		if files["packed objects"], err = os.ReadFile(out); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			got, err := Read(t.Context(), data, extract.Limits{})
			if err != nil || got.Body != text+"\n" {
				t.Errorf("body %q, %v; want %q", got.Body, err, text)
			}
		})
	}
}

func TestEndOfDictionary(t *testing.T) {
	for body, want := range map[string]int{"a>>": 1, "<</A<</B 1>>>>>>": 14, "(>>)>>": 4, "<<>>": -1, "(": -1} {
		if got := endOfDictionary([]byte(body), 0); got != want {
			t.Errorf("%q ends at %d, want %d", body, got, want)
		}
	}
}
