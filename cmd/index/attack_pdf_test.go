package main

import (
	"bytes"
	"fmt"
	"strings"

	"baogao/internal/testkit"
)

// pdfStructures are PDF files whose objects, more than their pages, are made to hurt.
func pdfStructures() map[string][]byte {
	const text = "BT /F1 12 Tf 80 700 Td (a report) Tj ET "
	const fonts, helvetica = "/Font<</F1 5 0 R>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
	stream := func(head, body string) string {
		return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", head, len(body), body)
	}
	packed := func(content string) []byte { return packedPDF(zlibbed([]byte(content), 1), "/FlateDecode") }
	swap := func(data []byte, old, new string) []byte { return bytes.Replace(data, []byte(old), []byte(new), 1) }
	page := func(extra string, objects ...string) []byte {
		return swap(testkit.PDF(text, fonts, append([]string{helvetica}, objects...)...), "/MediaBox", extra+"/MediaBox")
	}
	composite := func(widths string) []byte {
		return testkit.PDF("BT /F1 12 Tf 80 700 Td "+strings.Repeat("<4e00> Tj ", 9000)+"ET", fonts,
			"<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
			"<</Type/Font/Subtype/CIDFontType2/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000"+widths+"/FontDescriptor 7 0 R>>",
			"<</Type/FontDescriptor/FontName/S/Flags 6/FontBBox[0 0 1 1]>>")
	}
	var across, down, tree, tiny strings.Builder
	for i := range 25_000 {
		fmt.Fprintf(&across, "%d %d 500 ", i, i)
		fmt.Fprintf(&down, "%d %d 500 1 1 ", i, i)
	}
	var columns strings.Builder
	for i := range 20 * 280 {
		fmt.Fprintf(&columns, "1 0 0 1 %d %d Tm (%06x) Tj ", i%20*30, i/20*3, i*7919)
	}
	drifting := func(columns int) string {
		var b strings.Builder
		for i := range 300 {
			for j := range columns {
				fmt.Fprintf(&b, "1 0 0 1 %.2f %d Tm (a1) Tj ", float64(j*6)+float64(i)*0.2, 840-2*i)
			}
		}
		return "BT /F1 1 Tf " + b.String() + "ET"
	}
	objects := make([]string, 5000)
	for i := range objects {
		fmt.Fprintf(&tree, "%d ", i)
		objects[i] = fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]/Count 1>>", 7+i)
	}
	for i := range 200_000 {
		fmt.Fprintf(&tiny, "%d 0 Td (%c) Tj ", i%3, 'a'+i%26)
	}
	nested := stream("/Type/ObjStm/N 1/First 4", "20 0 "+stream("/Type/ObjStm/N 1/First 4", "21 0 <</A 1>>"))
	glyphs := "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F1 5 0 R>>>>>>"
	return map[string][]byte{
		"columns.pdf":           swap(packed("BT /F1 2 Tf "+columns.String()+"ET"), "/Kids[3 0 R]/Count 1", "/Kids["+strings.Repeat("3 0 R ", 200)+"]/Count 200"),
		"drifting.pdf":          packed(drifting(90)),
		"drifting-few.pdf":      packed(drifting(8)),
		"widths-across.pdf":     composite("/W[" + across.String() + "]"),
		"widths-down.pdf":       composite("/W2[" + down.String() + "]"),
		"tree.pdf":              swap(testkit.PDF(text, fonts, append(append([]string{helvetica}, objects...), "<</Type/Pages/Kids[3 0 R]/Count 1>>")...), "/Kids[3 0 R]", "/Kids[6 0 R]"),
		"objects-nested.pdf":    page("", nested, nested),
		"objects-of-itself.pdf": page("", stream("/Type/ObjStm/N 1/First 4/Extends 6 0 R", "6 0 <</A 6 0 R>>")),
		"annotations.pdf":       page("/Annots["+strings.Repeat("6 0 R ", 50_000)+"]", "<</Type/Annot/Subtype/Widget/FT/Tx/Parent 6 0 R/Kids[6 0 R]/Rect[0 0 9 9]/AP<</N 7 0 R>>>>", stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", text)),
		"type3.pdf":             testkit.PDF("BT /F1 12 Tf 80 700 Td ("+strings.Repeat("a", 100_000)+") Tj ET", fonts, glyphs, stream("", "9 0 d0 BT /F1 1 Tf (aaaa) Tj ET "+strings.Repeat("0 0 9 9 re f ", 9000))),
		"to-unicode.pdf":        testkit.PDF(text, fonts, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", stream("", "begincmap "+strings.Repeat("1 beginbfchar <61> <"+strings.Repeat("4E00", 200)+"> endbfchar ", 480)+"endcmap")),
		"tiny.pdf":              packed("BT /F1 0.01 Tf 80 700 Td " + tiny.String() + "ET"),
		"pattern.pdf":           testkit.PDF(text+strings.Repeat("/Pattern cs /P scn 0 0 500 500 re f ", 9000), fonts+"/Pattern<</P 6 0 R>>", helvetica, stream("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<</Pattern<</P 6 0 R>>>>", "/Pattern cs /P scn 0 0 1 1 re f")),
		"inline-images.pdf":     packed(text + strings.Repeat("BI /W 60000 /H 60000 /BPC 8 /CS /G /F /RL ID a EI ", 20_000)),
		"same-object.pdf":       page("/A 6 0 R", "6 0 R"),
		"length-loop.pdf":       swap(page("", "6 0 R"), "/Length", "/Length 6 0 R/L"),
		"resources-loop.pdf":    swap(page("", "<</Font 6 0 R/XObject 6 0 R/Parent 6 0 R>>"), "/Resources<<"+fonts+">>", "/Resources 6 0 R"),
		"function.pdf":          testkit.PDF(text+strings.Repeat("/C cs 0.5 sc ", 20_000), fonts+"/ColorSpace<</C[/Separation/A/DeviceRGB 6 0 R]>>", helvetica, stream("/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", "{"+strings.Repeat("dup ", 50_000)+"}")),
		"separate-pieces.pdf":   packed("BT /F1 12 Tf 80 700 Td [" + strings.Repeat("(a) -9 ", 60_000) + "] TJ ET"),
	}
}
