package ocr

import (
	"image"
	"math"
	"strings"
	"testing"

	"baogao/internal/eval"
	"baogao/internal/testkit"
)

// printed is the first page of a text of ours, in the type of official documents.
func printed(t *testing.T, sheet testkit.Sheet, paragraphs ...string) *image.Gray {
	t.Helper()
	press := testkit.NewPress()
	if press == nil {
		t.Skip("there is no Chinese font to print with; tools/install-test-tools.sh installs one")
	}
	pages, err := press.Pages(paragraphs, sheet)
	if err != nil || len(pages) == 0 {
		t.Fatal(len(pages), err)
	}
	return pages[0]
}

var report = []string{
	"清河县二〇二二年法治政府建设情况报告",
	"全年受理行政复议申请三百一十二件，审结二百九十八件，调解和解率百分之四十一，纠错率百分之十一点五。行政机关负责人出庭应诉率达到百分之九十七，败诉率连续三年下降。",
	"全县组织执法人员培训十六期，参训一千二百人次，评查案卷四百五十份，发现问题六十七个，全部按期整改。年内清理规范性文件八十三件，废止十九件，修改七件。",
	"下一步，围绕优化营商环境，推行轻微违法不予处罚清单，扩大跨部门联合检查，减少对企业的重复检查，办好群众身边的每一起案件。",
}

// TestStraighten finds how far a page lies askew, and lays it straight.
func TestStraighten(t *testing.T) {
	page := printed(t, testkit.Sheet{DPI: 100, Size: 16, Columns: 1}, report...)
	for _, degrees := range []float64{-4, -1.2, 0, 0.5, 3} {
		scan := testkit.Scan(page, degrees, 7)
		if got := newInk(scan).skew(); math.Abs(got-degrees) > 0.15 {
			t.Errorf("%.1f° askew, found %.2f°", degrees, got)
		}
		if got := newInk(straighten(scan, newInk(scan))).skew(); math.Abs(got) > 0.15 {
			t.Errorf("%.1f° askew, %.2f° when it is straight", degrees, got)
		}
	}
}

// TestColumns parts pages of two columns, and no other.
func TestColumns(t *testing.T) {
	long := append(append([]string{}, report...), append(report[1:], append(report[1:], append(report[1:], report[1:]...)...)...)...)
	if got := columnsOf(newInk(printed(t, testkit.Sheet{DPI: 200, Size: 16, Columns: 1}, report...))); len(got) != 1 {
		t.Errorf("one column is parted into %v", got)
	}
	got := columnsOf(newInk(testkit.Scan(printed(t, testkit.Sheet{DPI: 200, Size: 12, Columns: 2}, long...), 0, 3)))
	if len(got) < 2 || got[0].Max.X > 900 || got[1].Min.X < 750 {
		t.Errorf("two columns are parted into %v", got)
	}
}

// TestSigns writes signs as they are printed in Chinese.
func TestSigns(t *testing.T) {
	for in, want := range map[string]string{
		"排名靠后的3个县(市、区)由": "排名靠后的3个县（市、区）由",
		"3个县〈市、区)由":      "3个县（市、区）由",
		"推行〈办法〉和《条例》":    "推行〈办法〉和《条例》",
		"是\"八五\"普法的第一年":  "是“八五”普法的第一年",
		"“大综合一体化？改革试点":   "“大综合一体化”改革试点",
		"办结率98%,比上年":     "办结率98%，比上年",
		"共1,234件,其中":     "共1,234件，其中",
		"2024,12 (p. 3)": "2024,12(p.3)",
		"鼓政(2023)15号":    "鼓政（2023）15号",
		"县(市":            "县（市",
	} {
		l := line{}
		for _, c := range strings.ReplaceAll(in, " ", "") {
			l.characters = append(l.characters, character{text: string(c)})
		}
		lines := []line{l}
		mendSigns(lines)
		got := ""
		for _, c := range lines[0].characters {
			got += c.text
		}
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// TestTesseract reads bad scans of pages of all kinds.
func TestTesseract(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing is recognised under -short")
	}
	r, err := New(t.Context(), "", nil)
	if err != nil {
		t.Skip(err)
	}
	official := testkit.Sheet{DPI: 200, Size: 16, Columns: 1}
	inTraditional := []string{
		"清河區二〇二二年法治政府建設情況報告",
		"全年受理行政復議申請三百一十二件，審結二百九十八件，調解和解率百分之四十一。行政機關負責人出庭應訴率達到百分之九十七，敗訴率連續三年下降。",
		"組織執法人員培訓十六期，評查案卷四百五十份，發現問題六十七個，全部按期整改。優化營商環境，壓縮審批時限，企業開辦一個工作日內辦結。",
	}
	upright := testkit.Scan(printed(t, official, report...), 1.2, 1)
	for _, tt := range []struct {
		name string
		page *image.Gray
		text []string
		most float64 // rate of errors
	}{
		{"official", upright, report, 0.03},
		{"on its side", turned(upright), report, 0.03},
		{"upside down", turned(turned(upright)), report, 0.03},
		{"Traditional", testkit.Scan(printed(t, official, inTraditional...), -1, 2), inTraditional, 0.08},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := r.Recognise(t.Context(), tt.page)
			if err != nil {
				t.Fatal(err)
			}
			var read strings.Builder
			for _, l := range got.Lines {
				read.WriteString(l.Text)
			}
			want := strings.Join(tt.text, "")
			if rate := float64(eval.Distance(want, read.String())) / float64(len([]rune(want))); rate > tt.most {
				t.Errorf("%.1f %% is wrong, with a confidence of %.2f: %s", 100*rate, got.Confidence, read.String())
			}
		})
	}
}

// FuzzHOCR reads whatever a program may say.
func FuzzHOCR(f *testing.F) {
	f.Add([]byte(testkit.HOCR("全年办理1,234件(复议)", 90)))
	f.Add([]byte("<span class='ocr_line' title='bbox -9999999999 1 2 3'><span class='ocrx_cinfo' title='x_bboxes 1 2 3 4'>x</span></span>"))
	page := newInk(inked())
	f.Fuzz(func(t *testing.T, said []byte) {
		lines, err := parseHOCR(said, image.Point{})
		if err != nil {
			return
		}
		if got := recognised(lines, page); got.Confidence < 0 || got.Confidence > 1 {
			t.Errorf("a confidence of %v", got.Confidence)
		}
	})
}
