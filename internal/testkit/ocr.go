package testkit

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FakeTesseract puts a program called tesseract into a folder that it returns: it has some
// models, and does what a script of the shell says with the picture at its input. What
// the models hold is the script, so that another script is another model.
func FakeTesseract(tb testing.TB, script string, models ...string) (folder string) {
	tb.Helper()
	folder = tb.TempDir()
	for _, m := range models {
		if err := os.WriteFile(filepath.Join(folder, m+".traineddata"), []byte(script), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	program := fmt.Sprintf(`#!/bin/sh
case "$1" in
--version) echo tesseract 0.0.1; exit;;
--list-langs) printf '%%s\n' 'List of available languages in "%s" (%d):' %s; exit;;
esac
%s
`, folder, len(models), strings.Join(models, " "), script)
	if err := os.WriteFile(filepath.Join(folder, "tesseract"), []byte(program), 0o755); err != nil {
		tb.Fatal(err)
	}
	return folder
}

// HOCR is what tesseract says of a page with one line, each of whose characters is as
// sure, in percent.
func HOCR(line string, confidence int) string {
	var b strings.Builder
	x := 100
	fmt.Fprintf(&b, "<html><body><span class='ocr_line' title='bbox 100 100 %d 140; baseline 0 0'><span class='ocrx_word' title='bbox 0 0 1 1; x_wconf %d'>", 100+40*len([]rune(line)), confidence)
	for _, c := range line {
		fmt.Fprintf(&b, "<span class='ocrx_cinfo' title='x_bboxes %d 102 %d 138; x_conf 99'>%s</span>", x+2, x+38, html.EscapeString(string(c)))
		x += 40
	}
	return b.String() + "</span></span></body></html>"
}
