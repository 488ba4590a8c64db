package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baogao/internal/extract/budget"
	"baogao/internal/testkit"
)

// pageObject is a page in a PDF that LibreOffice wrote.
var pageObject = regexp.MustCompile(`/Type\s*/Page\b`)

// BenchmarkReaders reads one text of some ten pages in each format, as often as there is
// time, on all processors: chars/s is the text that is made reports of in a second of the world,
// pages/min how many pages of PDF in a minute of it, and cpu-ms/report and cpu-ms/page what they take of a
// processor, which tells also on a machine that others use.
func BenchmarkReaders(b *testing.B) {
	var text strings.Builder
	for range 20 {
		text.WriteString(strings.Join(testkit.SampleLines(b), "\n") + "\n")
	}
	files := map[string][]byte{"txt": []byte(text.String())}
	for format, filter := range map[string]string{
		"pdf": "pdf", "docx": "docx", "odt": "odt", "rtf": "rtf", "doc": "doc:MS Word 97", "html": "html:XHTML Writer File:UTF8",
	} {
		files[format] = testkit.Convert(b, "text.txt", []byte(text.String()), filter)
	}
	for _, format := range []string{"txt", "html", "docx", "odt", "rtf", "doc", "pdf"} {
		b.Run(format, func(b *testing.B) {
			dir := b.TempDir()
			for i := range 8 { // of an id of its own each; what they say is the same
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.%s", i, format)), files[format], 0o644); err != nil {
					b.Fatal(err)
				}
			}
			read, chars, before := 0, 0, budget.ProcessorTime()
			for b.Loop() {
				for r, err := range Reports(b.Context(), []string{dir}, Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					read++
					for _, p := range r.Paragraphs {
						chars += len([]rune(p.Text))
					}
				}
			}
			spent := float64((budget.ProcessorTime() - before).Microseconds()) / 1000
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(chars)/b.Elapsed().Seconds(), "chars/s")
			b.ReportMetric(spent/float64(read), "cpu-ms/report")
			if format == "pdf" {
				pages := len(pageObject.FindAll(files[format], -1))
				b.ReportMetric(float64(read*pages)/b.Elapsed().Minutes(), "pages/min")
				b.ReportMetric(spent/float64(read*pages), "cpu-ms/page")
			}
		})
	}
}
