// Package officetest has LibreOffice make the documents that tests read.
package officetest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Convert has LibreOffice convert a file, whose name tells what it is. The
// filter is the ending of the format to write, and behind a colon the name of
// LibreOffice's filter where the ending is not enough: doc:MS Word 97. It
// skips a test where LibreOffice, or for PDF a Chinese font, is missing.
func Convert(t *testing.T, name string, data []byte, filter string) []byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed: without LibreOffice there are no office files to read")
	}
	ext, _, _ := strings.Cut(filter, ":")
	if fonts, err := exec.Command("fc-list", ":lang=zh").Output(); ext == "pdf" && (err != nil || len(fonts) == 0) {
		t.Skip("no Chinese font is installed: LibreOffice cannot print a Chinese PDF")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, name), filepath.Join(dir, "out")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile")}
	if strings.HasSuffix(name, ".txt") {
		args = append(args, "--infilter=Text (encoded):UTF8,LF,,,")
	}
	said, err := exec.CommandContext(ctx, office, append(args, "--convert-to", filter, "--outdir", out, in)...).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	made, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(name, filepath.Ext(name))+"."+ext))
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	return made
}
