package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"math"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

// handmade is a PDF of a page with a content in which texts between « and » stand for
// strings of a font that is not in the file, in codes of GBK.
func handmade(t *testing.T, content string, more ...string) []byte {
	t.Helper()
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(content, "«")
		out.WriteString(before)
		if !found {
			break
		}
		text, after, _ := strings.Cut(rest, "»")
		codes, err := simplifiedchinese.GBK.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "<%x>", codes)
		content = after
	}
	return testkit.PDF(out.String(), latinFont, append([]string{gbkFont, gbkParts, gbkMetric}, more...)...)
}

// turnedBy is a text turned against the clock by degrees about a place.
func turnedBy(degrees float64, x, y int, text string) string {
	s, c := math.Sincos(degrees * math.Pi / 180)
	return fmt.Sprintf("BT /F1 14 Tf %.4f %.4f %.4f %.4f %d %d Tm «%s» Tj ET ", c, s, -s, c, x, y, text)
}

func TestPDFKinds(t *testing.T) {
	line := func(x, y int, text string) string {
		return fmt.Sprintf("BT /F1 14 Tf %d %d Td «%s» Tj ET ", x, y, text)
	}
	text := line(80, 700, "青山县全年受理行政复议案件十四件，办结十二件，纠错率为百分之十。") + line(80, 680, "其余案件正在办理之中。")
	const read = "青山县全年受理行政复议案件十四件，办结十二件，纠错率为百分之十。其余案件正在办理之中。\n"
	tiled := ""
	for i := range 12 {
		tiled += turnedBy(58, 60+i%4*130, 80+i/4*250, "内部资料注意保管")
	}
	across := func(degrees float64, at func(row, column int) (int, int)) string {
		var s string
		for r, cells := range [][]string{{"行政许可", "１２０１件"}, {"行政强制", "３５件"}} {
			for c, cell := range cells {
				x, y := at(r, c)
				s += turnedBy(degrees, x, y, cell)
			}
		}
		return s
	}
	for _, tt := range []struct {
		name, content, want string
		dropped             string
	}{
		{"plain", text, read, ""},
		{"watermark in tiles", tiled + text, read, strings.Repeat("内部资料注意保管", 12)},
		{"stamp aslant", text + turnedBy(-20, 100, 600, "已归档"), read, "已归档"},
		{"layer of text of a page put askew", turnedBy(2, 80, 700, "其余案件正在办理之中。"), "其余案件正在办理之中。\n", ""},
		{"italics", "BT /F1 14 Tf 1 0 0.33 1 80 700 Tm «其余案件正在办理之中。» Tj ET", "其余案件正在办理之中。\n", ""},
		{"invisible layer", text + "BT 3 Tr /F1 14 Tf 80 700 Td «青山县全年受理行政复议案件十四件，办结十二件，纠错率为百分之十。» Tj ET", read, ""},
		{"invisible alone", "BT 3 Tr /F1 14 Tf 80 700 Td «其余案件正在办理之中。» Tj ET", "其余案件正在办理之中。\n", ""},
		{"struck twice", line(80, 700, "其余案件正在办理之中。") + "BT /F1 14 Tf 80.35 700 Td «其余案件正在办理之中。» Tj ET", "其余案件正在办理之中。\n", ""},
		{"struck four times", strings.Repeat(line(80, 700, "其余案件正在办理之中。"), 4), "其余案件正在办理之中。\n", ""},
		{"letters apart", "BT /F1 18 Tf 24 Tc 120 760 Td «政府工作报告» Tj ET " + text, "政府工作报告\n" + read, ""},
		{"table that reads upwards", text + across(90, func(r, c int) (int, int) { return 300 + 24*r, 100 + 200*c }), read + "行政许可 | 1201件\n行政强制 | 35件\n", ""},
		{"table that reads downwards", text + across(-90, func(r, c int) (int, int) { return 300 - 24*r, 600 - 200*c }), read + "行政许可 | 1201件\n行政强制 | 35件\n", ""},
		{"table upside down", text + across(180, func(r, c int) (int, int) { return 500 - 200*c, 300 + 24*r }), read + "行政许可 | 1201件\n行政强制 | 35件\n", ""},
		{"mark of a note", "BT /F1 14 Tf 80 700 Td «深化放管服» Tj /F1 8 Tf 5 Ts «［１］» Tj /F1 14 Tf 0 Ts «改革工作。» Tj ET", "深化放管服改革工作。\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(t.Context(), handmade(t, tt.content), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if body := narrow(got.Body); body != tt.want || strings.Join(got.Dropped, "|") != tt.dropped {
				t.Errorf("body %q, dropped %q; want %q, %q", body, got.Dropped, tt.want, tt.dropped)
			}
		})
	}
}

// narrow makes full-width figures narrow; those of the font are either.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
}

// TestPDFUpright reads text that is set from top to bottom, in columns from right to
// left.
func TestPDFUpright(t *testing.T) {
	data := handmade(t, "BT /F1 14 Tf 400 700 Td «青山县受理案件。» Tj -28 0 Td «其余案件正在办理之中十四件。» Tj ET")
	data = bytes.Replace(data, []byte("GBK-EUC-H"), []byte("GBK-EUC-V"), 1)
	got, err := Read(t.Context(), data, extract.Limits{})
	if want := "青山县受理案件。\n其余案件正在办理之中十四件。\n"; err != nil || got.Body != want {
		t.Errorf("body %q, %v; want %q", got.Body, err, want)
	}
}

// TestPDFMaps reads fonts whose map gives radicals in the place of characters, and
// characters beyond the first plane.
func TestPDFMaps(t *testing.T) {
	identity := strings.Replace(gbkFont, "GBK-EUC-H", "Identity-H/ToUnicode 8 0 R", 1)
	toUnicode := "2 beginbfchar <0041> <2F8F> <0042> <653F> endbfchar 1 beginbfchar <0043> <D842DFB7> endbfchar 1 beginbfrange <0044> <0045> <2F00> endbfrange"
	data := testkit.PDF("BT /F1 16 Tf 80 700 Td <00410042004300440045> Tj ET", latinFont, identity, gbkParts, gbkMetric, fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(toUnicode), toUnicode))
	got, err := Read(t.Context(), data, extract.Limits{})
	if want := "行政𠮷一丨\n"; err != nil || got.Body != want {
		t.Errorf("body %q, %v; want %q", got.Body, err, want)
	}
}

// packed is the content of a page, packed, and then spoiled.
func packed(t *testing.T, content string, spoil func([]byte) []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	body := spoil(b.Bytes())
	plain := testkit.PDF("@@", latinFont, helvetica)
	at := bytes.Index(plain, []byte("<</Length 2>>"))
	end := bytes.Index(plain[at:], []byte("endstream")) + at
	return bytes.Join([][]byte{plain[:at], fmt.Appendf(nil, "<</Length %d/Filter/FlateDecode>>stream\n", len(body)), body, []byte("\n"), plain[end:]}, nil)
}

// TestPDFBreaksOff reads pages whose content is damaged or breaks off: none may be
// taken for the whole.
func TestPDFBreaksOff(t *testing.T) {
	var content strings.Builder
	for i := range 40 {
		fmt.Fprintf(&content, "BT /F1 12 Tf 80 %d Td (line %d of the report on %d cases) Tj ET\n", 780-i*18, i, i*i*i*7919%1000)
	}
	all := content.String()
	whole := func(b []byte) []byte { return b }
	for _, tt := range []struct {
		name string
		data []byte
		ok   bool
	}{
		{"packed", packed(t, all, whole), true},
		{"packed without its sum", packed(t, all, func(b []byte) []byte { return b[:len(b)-4] }), true},
		{"packed and cut", packed(t, all, func(b []byte) []byte { return b[:len(b)/2] }), false},
		{"packed and damaged in the middle", packed(t, all, func(b []byte) []byte { copy(b[len(b)/2:], bytes.Repeat([]byte{0xFF}, 40)); return b }), false},
		{"packed and damaged at the start", packed(t, all, func(b []byte) []byte { copy(b[4:], bytes.Repeat([]byte{0xFF}, 40)); return b }), false},
		{"breaks off in a string", testkit.PDF(all[:len(all)-30], latinFont, helvetica), false},
		{"breaks off in a text", testkit.PDF(all[:strings.LastIndex(all, "Tj")+2], latinFont, helvetica), false},
		{"packed, breaks off in a string", packed(t, all[:len(all)-30], whole), false},
		{"brackets in strings", testkit.PDF(`BT /F1 12 Tf 80 700 Td (a \( b (c) \\) Tj ET % ( BT`+"\n", latinFont, helvetica), true},
		{"image in the content", testkit.PDF("BT /F1 12 Tf 80 700 Td (a report) Tj ET BI /W 2 /H 1 /BPC 8 /CS /G ID (\x00 EI\n", latinFont, helvetica), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(t.Context(), tt.data, extract.Limits{})
			if tt.ok && err != nil {
				t.Errorf("%v; want no error", err)
			}
			if !tt.ok {
				testkit.Refused(t, err, "broken PDF")
				if got.Body != "" {
					t.Errorf("body %q", got.Body)
				}
			}
		})
	}
}

// inPieces is a PDF whose page has its content in pieces.
func inPieces(pieces ...string) []byte {
	data := testkit.PDF("", latinFont, append([]string{helvetica}, objects(pieces)...)...)
	var list strings.Builder
	for i := range pieces {
		fmt.Fprintf(&list, "%d 0 R ", 6+i)
	}
	return bytes.Replace(data, []byte("/Contents 4 0 R"), []byte("/Contents["+list.String()+"]"), 1)
}

func objects(bodies []string) []string {
	var all []string
	for _, b := range bodies {
		all = append(all, object("", b))
	}
	return all
}

// TestPDFInPieces reads pages whose content is in pieces that end within a text, as
// Acrobat writes the first page, beside streams that are no content.
func TestPDFInPieces(t *testing.T) {
	noise := make([]byte, 64<<10)
	for i := range noise {
		noise[i] = byte(i * i * 7919 >> 5)
	}
	copy(noise[900:], " BT (a ' ET BT TJ ( ")
	for _, tt := range []struct {
		name   string
		pieces []string
		want   string // "" where the file is refused
	}{
		{"text in two", []string{"BT /F1 12 Tf 80 700 Td (a report) Tj", "0 -14 Td (of the district) Tj ET"}, "a report\nof the district\n"},
		{"only the end in the second", []string{"BT /F1 12 Tf 80 700 Td (a report) Tj", "ET 0 0 9 9 re f"}, "a report\n"},
		{"list in two", []string{"BT /F1 12 Tf 80 700 Td [(a re) 3 (port)]", "TJ ET"}, "a report\n"},
		{"in three", []string{"BT", "/F1 12 Tf 80 700 Td (a report) Tj", "ET"}, "a report\n"},
		{"beside what is no content", []string{"BT /F1 12 Tf 80 700 Td (a report) Tj ET", string(noise)}, "a report\n"},
		{"the end is missing", []string{"BT /F1 12 Tf 80 700 Td (a report) Tj", "0 -14 Td (of the district) Tj"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := inPieces(tt.pieces...)
			if tt.name == "beside what is no content" {
				data = bytes.Replace(data, []byte("6 0 R 7 0 R "), []byte("6 0 R "), 1)
			}
			got, err := Read(t.Context(), data, extract.Limits{})
			if tt.want == "" {
				testkit.Refused(t, err, "broken PDF")
			} else if err != nil || got.Body != tt.want {
				t.Errorf("body %q, %v; want %q", got.Body, err, tt.want)
			}
		})
	}
}

// BenchmarkRead reads pages of thirty lines with thirty characters each, side by
// side: pages/min is what a machine reads.
func BenchmarkRead(b *testing.B) {
	codes, err := simplifiedchinese.GBK.NewEncoder().String(strings.Repeat("全年受理行政复议案件十四件，", 3)[:90])
	if err != nil {
		b.Fatal(err)
	}
	var content strings.Builder
	for i := range 30 {
		fmt.Fprintf(&content, "BT /F1 14 Tf 80 %d Td <%x> Tj ET\n", 780-i*22, codes)
	}
	data := testkit.PDF(content.String(), latinFont, gbkFont, gbkParts, gbkMetric)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := Read(b.Context(), data, extract.Limits{}); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Minutes(), "pages/min")
}
