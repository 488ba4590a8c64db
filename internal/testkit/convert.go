package testkit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Convert has LibreOffice convert a file, as ConvertAll does.
func Convert(t testing.TB, name string, data []byte, filter string) []byte {
	t.Helper()
	return ConvertAll(t, filter, map[string][]byte{name: data})[name]
}

// ConvertAll has one run of LibreOffice convert files, given by names that tell
// what they are and differ in more than their endings; texts are in UTF-8. The
// filter is the ending of the format to write, and behind a colon the name of
// LibreOffice's filter where the ending is not enough: doc:MS Word 97. It skips
// a test where LibreOffice, or for PDF a Chinese font, is missing, and under -short.
//
// What was converted once is not converted again, for a run takes more than a
// second. No test that converts runs beside another of its package.
func ConvertAll(t testing.TB, filter string, files map[string][]byte) map[string][]byte {
	t.Helper()
	made, missing := map[string][]byte{}, map[string][]byte{}
	for name, data := range files {
		if made[name] = bytes.Clone(converted[conversion(name, data, filter)]); made[name] == nil {
			missing[name] = data
		}
	}
	if len(missing) > 0 {
		for name, data := range convert(t, filter, missing) {
			converted[conversion(name, missing[name], filter)], made[name] = data, bytes.Clone(data)
		}
	}
	return made
}

var converted = map[string][]byte{}

// conversion is what a file is known by among those converted.
func conversion(name string, data []byte, filter string) string {
	return fmt.Sprintf("%s %s %x", name, filter, sha256.Sum256(data))
}

func convert(t testing.TB, filter string, files map[string][]byte) map[string][]byte {
	t.Helper()
	if testing.Short() {
		t.Skip("LibreOffice is not started under -short")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not installed: without LibreOffice there are no office files to read")
	}
	ext, _, _ := strings.Cut(filter, ":")
	if ext == "pdf" {
		needHanFont(t)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", filter, "--outdir", out}
	for name, data := range files {
		in := filepath.Join(dir, name)
		switch filepath.Ext(name) {
		case ".txt":
			data = append([]byte("\uFEFF"), data...) // else it guesses the charset
		case ".csv": // fields by commas, texts in quotes, UTF-8
			args = append(args, "--infilter=CSV:44,34,76,1")
		}
		if err := os.WriteFile(in, data, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, in)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	said, err := exec.CommandContext(ctx, office, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	made := map[string][]byte{}
	for name := range files {
		if made[name], err = os.ReadFile(filepath.Join(out, strings.TrimSuffix(name, filepath.Ext(name))+"."+ext)); err != nil {
			t.Fatalf("soffice: %v\n%s", err, said)
		}
	}
	return made
}

// needHanFont skips a test that prints Chinese where no font can.
func needHanFont(t testing.TB) {
	t.Helper()
	if fonts, err := exec.Command("fc-list", ":lang=zh").Output(); err != nil || len(fonts) == 0 {
		t.Skip("no Chinese font is installed: LibreOffice cannot print Chinese")
	}
}
