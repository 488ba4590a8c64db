package pdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCode holds the packed code of PDFium to that of the version of go-pdfium that is
// used.
func TestCode(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/klippa-app/go-pdfium").Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "internal", "pdfium_wasm", "pdfium.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := theCode(); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of code, %v; go-pdfium has %d others: run go generate", len(got), err, len(want))
	}
}
