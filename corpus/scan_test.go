package corpus

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
	"baogao/internal/testkit/machine"
)

// scans read every page as a short report.
func scans(name string, confidence float64) *machine.Reader {
	return &machine.Reader{Called: name, Read: func(int, *image.Gray) (extract.Recognised, error) {
		return machine.Page(confidence, "清河县2022年法治政府建设情况报告", "全年受理行政复议申请三百一十二件，审结二百九十八件。"), nil
	}}
}

// TestPictures are reports where they are recognised, and say so.
func TestPictures(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1200, 1600))); err != nil {
		t.Fatal(err)
	}
	dir := write(t, map[string]string{"a.png": picture.String(), "b.pdf": string(testkit.BarJPEG(50)), "c.gz": string(gzipped(t, testkit.BarJPEG(60))), "d.txt": "丁县坚持依法行政。"})
	reports, faults := walked(t, Options{OCR: scans("machine 1", 0.91)}, dir, dir)
	if len(faults) > 0 || strings.Join(ids(reports), " ") != "a.png b.pdf c.gz d.txt" {
		t.Fatalf("%v %q", ids(reports), faults)
	}
	for i, format := range []string{"png", "jpeg", "jpeg"} {
		r := reports[i]
		if o := r.Cleaning.OCR; o == nil || o.Confidence != 0.91 || o.Program != "machine 1" || len(o.Pages) != 1 || r.Cleaning.Format != format {
			t.Errorf("%s: %+v, format %s", r.Meta.ID, o, r.Cleaning.Format)
		}
		if by := r.Recognition(); by == nil || by.Pages != 1 || by.Confidence != 0.91 || r.Meta.Year != 2022 {
			t.Errorf("%s: %+v, on %d", r.Meta.ID, by, r.Meta.Year)
		}
	}
	if reports[3].Recognition() != nil {
		t.Error("a text was read by machine")
	}
	if _, faults := walked(t, Options{OCR: scans("machine 1", 0.4)}, dir, dir); len(faults) != 3 || !strings.Contains(faults[0], "confidence of 0.40") {
		t.Errorf("of what little is sure: %q", faults)
	}
}

// TestMachineBelongsToTheKey makes what another machine may read otherwise anew, and
// nothing else.
func TestMachineBelongsToTheKey(t *testing.T) {
	dir := write(t, map[string]string{
		"a.pdf": string(testkit.ScanPDF(testkit.ScanPage{Picture: testkit.BarJPEG(50)}, testkit.ScanPage{Picture: testkit.BarJPEG(90)})), "d.txt": "丁县坚持依法行政。",
	})
	before, faults := walked(t, Options{OCR: scans("machine 1", 0.9)}, dir, dir)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for _, tt := range []struct {
		name string
		read int // pages
	}{{"machine 1", 0}, {"machine 2", 2}} {
		reader := scans(tt.name, 0.9)
		after, _ := walked(t, Options{OCR: reader, Held: heldOf(before)}, dir, dir)
		if reader.Done != tt.read || (after[0].File.Held == "") != (tt.read > 0) || after[1].File.Held == "" {
			t.Errorf("%s reads %d pages; held %q %q", tt.name, reader.Done, after[0].File.Held, after[1].File.Held)
		}
	}
	after, faults := walked(t, Options{Held: heldOf(before)}, dir, dir)
	if len(after) != 2 || !after[1].File.Unread || len(faults) != 1 || !strings.Contains(faults[0], "--ocr") {
		t.Errorf("without a machine: %v %q", ids(after), faults)
	}
}
