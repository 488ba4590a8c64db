package pdf

import (
	"errors"
	"fmt"
	"image"
	"reflect"
	"strings"
	"testing"

	"baogao/internal/extract"
	"baogao/internal/testkit"
	"baogao/internal/testkit/machine"
)

// scanOf is a page that is a picture, with a bar of a length.
func scanOf(length int) testkit.ScanPage { return testkit.ScanPage{Picture: testkit.BarJPEG(length)} }

// barOf is how long the bar on a page that was drawn is, in the dots of its picture.
func barOf(page *image.Gray) int {
	n, y := 0, 120*page.Rect.Dy()/560
	for x := range page.Rect.Dx() {
		if page.GrayAt(x, y).Y < 128 {
			n++
		}
	}
	return (n*400 + page.Rect.Dx()/2) / page.Rect.Dx()
}

var textLines = testkit.ScanPage{Lines: []string{"清河县二〇二二年法治政府建设情况报告", "全年受理行政复议申请三百一十二件，审结二百九十八件。", "行政机关负责人出庭应诉率达到百分之九十七，败诉率下降。"}}

// TestScans reads pages that are pictures where they stand, and says which.
func TestScans(t *testing.T) {
	read := func(_ int, page *image.Gray) (extract.Recognised, error) {
		switch bar := barOf(page); {
		case bar < 75:
			return machine.Page(0.9, "甲县推行说理式执法文书，公开行政处罚决定。"), nil
		case bar < 125:
			return machine.Page(0.8, "乙县建立府院联动机制，召开联席会议。"), nil
		case bar < 175:
			return machine.Page(0.41, "丙x县,,y"), nil
		case bar < 225:
			return extract.Recognised{}, nil // a photograph
		}
		return extract.Recognised{}, errors.New("takes too long")
	}
	for _, tt := range []struct {
		name    string
		pages   []testkit.ScanPage
		want    []string // of the text, in order
		ocr     string   // pages and confidence
		missing []int
		note    string
		fault   string
	}{
		{"all", []testkit.ScanPage{scanOf(50), scanOf(100)}, []string{"甲县推行说理式执法文书", "乙县建立府院联动"}, "[1 2] 0.85", nil, "", ""},
		{"one amid others", []testkit.ScanPage{textLines, scanOf(100), textLines}, []string{"受理行政复议", "乙县建立府院联动", "受理行政复议"}, "[2] 0.80", nil, "", ""},
		{"one that is not sure", []testkit.ScanPage{scanOf(50), scanOf(150), scanOf(250)}, []string{"甲县推行"}, "[1] 0.90", []int{2, 3}, "pages 2, 3 left out", ""},
		{"none is sure", []testkit.ScanPage{scanOf(150), scanOf(150)}, nil, "", nil, "", "pages 1, 2: recognised with a confidence of 0.41, less than 0.60"},
		{"photographs", []testkit.ScanPage{scanOf(200)}, nil, "", nil, "", "no text was recognised"},
		{"text with a photograph", []testkit.ScanPage{textLines, scanOf(200), {}}, []string{"受理行政复议"}, "", nil, "", ""},
		{"text", []testkit.ScanPage{textLines, {}}, []string{"受理行政复议"}, "", nil, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reader := &machine.Reader{Read: read}
			got, err := Read(t.Context(), testkit.ScanPDF(tt.pages...), extract.Limits{OCR: reader})
			if tt.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tt.fault) || !errors.Is(err, extract.ErrNoReport) {
					t.Fatalf("%v, want %s", err, tt.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			rest := got.Body
			for _, w := range tt.want {
				_, behind, found := strings.Cut(rest, w)
				if !found {
					t.Errorf("%s lacks %s, or has it elsewhere", got.Body, w)
				}
				rest = behind
			}
			said := ""
			if got.OCR != nil {
				said = fmt.Sprintf("%v %.2f", got.OCR.Pages, got.OCR.Confidence)
			}
			if said != tt.ocr || !reflect.DeepEqual(got.Missing, tt.missing) || !strings.Contains(got.Note, tt.note) || (tt.note == "") != (got.Note == "") {
				t.Errorf("ocr %q, missing %v, note %q", said, got.Missing, got.Note)
			}
			if reader.Found != reader.Done {
				t.Errorf("%d pages of %d that were told of were read", reader.Done, reader.Found)
			}
		})
	}
}

// TestScansWithoutOCR are told, never half a text taken for the whole.
func TestScansWithoutOCR(t *testing.T) {
	_, err := Read(t.Context(), testkit.ScanPDF(scanOf(50), scanOf(100)), extract.Limits{})
	if err == nil || !strings.Contains(err.Error(), "--ocr") || errors.Is(err, extract.ErrNoReport) {
		t.Errorf("all pages: %v", err)
	}
	got, err := Read(t.Context(), testkit.ScanPDF(textLines, scanOf(50), textLines, testkit.ScanPage{}), extract.Limits{})
	if err != nil || !reflect.DeepEqual(got.Missing, []int{2}) || !strings.Contains(got.Note, "page 2") || !strings.Contains(got.Note, "--ocr") {
		t.Errorf("one page: %v %q %v", got.Missing, got.Note, err)
	}
}
