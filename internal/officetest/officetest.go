// Package officetest makes the office documents that tests read: by hand, or by
// LibreOffice out of a text.
package officetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// SampleLines are the paragraphs of a sample report with headings of three
// ranks.
func SampleLines(tb testing.TB) []string {
	tb.Helper()
	_, here, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../samples/reports/江苏省/徐州市/鼓楼区2021年法治政府建设情况报告.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	return LinesIn(string(data))
}

// LinesIn are the lines of a text that are not blank.
func LinesIn(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Convert has LibreOffice convert a file, whose name tells what it is. The
// filter is the ending of the format to write, and behind a colon the name of
// LibreOffice's filter where the ending is not enough: doc:MS Word 97. It
// skips a test where LibreOffice, or for PDF a Chinese font, is missing.
func Convert(t *testing.T, name string, data []byte, filter string) []byte {
	t.Helper()
	key := fmt.Sprintf("%s %s %x", name, filter, sha256.Sum256(data))
	if made, ok := converted[key]; ok {
		return bytes.Clone(made)
	}
	made := convert(t, name, data, filter)
	converted[key] = made
	return bytes.Clone(made)
}

// converted is what was converted, for a conversion takes more than a second.
// No test that converts runs beside another of its package.
var converted = map[string][]byte{}

func convert(t *testing.T, name string, data []byte, filter string) []byte {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed: without LibreOffice there are no office files to read")
	}
	ext, _, _ := strings.Cut(filter, ":")
	if ext == "pdf" {
		needHanFont(t)
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, name), filepath.Join(dir, "out")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile")}
	switch filepath.Ext(name) {
	case ".txt":
		args = append(args, "--infilter=Text (encoded):UTF8,LF,,,")
	case ".csv": // fields by commas, texts in quotes, UTF-8
		args = append(args, "--infilter=CSV:44,34,76,1")
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

// needHanFont skips a test that prints Chinese where no font can.
func needHanFont(t *testing.T) {
	t.Helper()
	if fonts, err := exec.Command("fc-list", ":lang=zh").Output(); err != nil || len(fonts) == 0 {
		t.Skip("no Chinese font is installed: LibreOffice cannot print Chinese")
	}
}
