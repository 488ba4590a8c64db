package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// TestInspectPrepares has a PDF inspected by a user who has no PDF reader compiled
// yet, and again: the wait is told, once, beside the answer.
func TestInspectPrepares(t *testing.T) {
	if testing.Short() {
		t.Skip("the PDF reader is not compiled again under -short")
	}
	dir := t.TempDir()
	bin, file := filepath.Join(dir, "index"), filepath.Join(dir, "a.pdf")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data := testkit.PDF("BT /F1 12 Tf 80 700 Td (a report) Tj ET", "/Font<</F1 5 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"preparing the PDF reader (once)\n", ""} {
		var said, told strings.Builder
		cmd := exec.Command(bin, "inspect", file)
		cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
		cmd.Stdout, cmd.Stderr = &said, &told
		if err := cmd.Run(); err != nil || told.String() != want || !strings.HasPrefix(said.String(), "a.pdf\n") {
			t.Errorf("%v, said %q, told %q; want %q", err, said.String(), told.String(), want)
		}
	}
}
