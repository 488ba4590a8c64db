package ofd

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baogao/internal/extract"
	"baogao/internal/testkit"
)

const namespace = ` xmlns:ofd="http://www.ofdspec.org/2016"`

// An ofdFile is the parts of an OFD file, by their paths.
type ofdFile map[string]string

// newFile is a file with a document of pages, each the objects in its layer. The
// first page listed is the last in the archive.
func newFile(pages ...string) ofdFile {
	f := ofdFile{"OFD.xml": `<ofd:OFD` + namespace + ` DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`}
	f.document("Doc_0", "", pages...)
	return f
}

func (f ofdFile) document(dir, common string, pages ...string) {
	var list strings.Builder
	for i, p := range pages {
		at := fmt.Sprintf("Pages/Page_%d/Content.xml", len(pages)-i)
		fmt.Fprintf(&list, `<ofd:Page ID="%d" BaseLoc="%s"/>`, 100-i, at)
		f[dir+"/"+at] = onLayer(p)
	}
	f[dir+"/Document.xml"] = `<?xml version="1.0" encoding="UTF-8"?><ofd:Document` + namespace + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>` +
		common + `</ofd:CommonData><ofd:Pages>` + list.String() + `</ofd:Pages></ofd:Document>`
}

func onLayer(objects string) string {
	return `<ofd:Page` + namespace + `><ofd:Content><ofd:Layer ID="1"><ofd:PageBlock ID="2">` + objects + `</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>`
}

func (f ofdFile) pack(t testing.TB) []byte {
	var files []string
	for name, content := range f {
		files = append(files, name, content)
	}
	return testkit.Zip(t, files...)
}

// text is a line of characters of 5 mm whose first stands at x, y from the upper
// left corner of the page.
func text(x, y float64, s string) string { return styled("", x, y, s) }

func styled(attributes string, x, y float64, s string) string {
	n := utf8.RuneCountInString(s)
	return fmt.Sprintf(`<ofd:TextObject ID="9" Font="3" Size="5" Boundary="%g %g %d 5" %s><ofd:TextCode X="0" Y="4.3" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, x, y, 5*n, attributes, n-1, s)
}

// paragraph is lines of 30 characters, the first indented by two.
func paragraph(y float64, s string) string { return column(30, 30, y, s) }

// column is a paragraph of lines of so many characters from x on.
func column(x float64, wide int, y float64, s string) string {
	var b strings.Builder
	runes := []rune(s)
	for line, indent := 0, 2; len(runes) > 0; line, indent = line+1, 0 {
		n := min(wide-indent, len(runes))
		b.WriteString(text(x+5*float64(indent), y+8*float64(line), string(runes[:n])))
		runes = runes[n:]
	}
	return b.String()
}

// rule is a line that is drawn.
func rule(x0, y0, x1, y1 float64) string {
	return fmt.Sprintf(`<ofd:PathObject ID="8" Boundary="%g %g %g %g"><ofd:AbbreviatedData>M 0 0 L %g %g</ofd:AbbreviatedData></ofd:PathObject>`, x0, y0, x1-x0, y1-y0, x1-x0, y1-y0)
}

var (
	first  = strings.Repeat("全面推进依法行政工作", 7) + "办结十二件。"
	second = strings.Repeat("严格规范公正文明执法", 7) + "复议八件。"
	third  = strings.Repeat("深入开展法治宣传教育", 8) + "受众广泛。"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name string
		file ofdFile
		want []string
	}{
		{"one column", newFile(text(70, 20, "青江县法治政府建设报告") + paragraph(40, first) + paragraph(80, second)), []string{"青江县法治政府建设报告", first, second}},
		{"pages in the order of the list", newFile(paragraph(40, first), paragraph(40, second), paragraph(40, third)), []string{first, second, third}},
		{"two columns", newFile(column(20, 16, 40, first+second) + column(110, 16, 40, second+first)), []string{first + second, second + first}},
		{"rows without rules", newFile(paragraph(40, first) + text(30, 90, "单位") + text(80, 90, "收案") + text(130, 90, "结案") + text(30, 98, "司法局") + text(80, 98, "14") + text(130, 98, "12")),
			[]string{first, "单位 | 收案 | 结案", "司法局 | 14 | 12"}},
		{"a table with rules", newFile(paragraph(20, first) + ruled()), []string{first, "单位 | 职责", "司法局 | 行政复议与行政应诉工作", "公安局 | 行政处罚"}},
		{"a page on its side", newFile(`<ofd:CompositeObject ID="5" ResourceID="1"/>`+turned(first+second+third), paragraph(40, second+first+third)), []string{first + second + third, second + first + third}},
		{"characters of different width", newFile(paragraph(40, first) + `<ofd:TextObject Boundary="30 100 100 5" Size="5"><ofd:TextCode X="0" Y="4.3" DeltaX="g 2 5 g 3 2.5 2.5 5 5">办结123 件案件</ofd:TextCode></ofd:TextObject>`),
			[]string{first, "办结123 件案件"}},
		{"no distances", newFile(paragraph(40, first) + `<ofd:TextObject Boundary="30 100 100 5" Size="5"><ofd:TextCode X="0" Y="4.3">依法行政 Law 2023年</ofd:TextCode></ofd:TextObject>`), []string{first, "依法行政 Law 2023年"}},
		{"a code a word", newFile(paragraph(40, first) + `<ofd:TextObject Boundary="30 100 100 5" Size="5"><ofd:TextCode X="0" Y="4.3" DeltaX="5">依法</ofd:TextCode><ofd:TextCode X="10" DeltaX="5">行政</ofd:TextCode></ofd:TextObject>`), []string{first, "依法行政"}},
		{"scaled", newFile(paragraph(40, first) + `<ofd:TextObject Boundary="30 100 100 5" Size="50" CTM="0.1 0 0 0.1 0 0"><ofd:TextCode X="0" Y="43" DeltaX="g 3 50">依法行政</ofd:TextCode></ofd:TextObject>`), []string{first, "依法行政"}},
		{"from top to bottom", newFile(upright("全面推进依法行政工作办结复议案件十二件", 150) + upright("深入开展法治宣传", 140)), []string{"全面推进依法行政工作办结复议案件十二件深入开展法治宣传"}},
		{"what is not shown", newFile(paragraph(40, first) + styled(`Visible="false"`, 30, 90, "底稿") + `<ofd:PathObject><ofd:FillColor><ofd:Pattern><ofd:CellContent>` + text(30, 100, "花纹") + `</ofd:CellContent></ofd:Pattern></ofd:FillColor></ofd:PathObject>`), []string{first}},
		{"outlines are no rules", newFile(paragraph(40, first) + `<ofd:PathObject Boundary="30 30 100 100"><ofd:AbbreviatedData>M 0 0 L 0 90 B 1 2 3 4 5 90 L 40 90 L 40 0 C</ofd:AbbreviatedData></ofd:PathObject>`), []string{first}},
		{"mark of a note", newFile(paragraph(40, first) + text(30, 100, "政务服务") + `<ofd:TextObject Boundary="50 100 3 3" Size="2"><ofd:TextCode X="0" Y="1.7">1</ofd:TextCode></ofd:TextObject>` + text(51, 100, "中心")), []string{first, "政务服务中心"}},
		{"absolute paths and GBK", absolute(), []string{first}},
		{"template, unit, several documents", whole(), []string{"青江县人民政府公报", first, "公报专用", second, first, third}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read(tt.file.pack(t), extract.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			testkit.SameLines(t, got.Body, tt.want)
		})
	}
}

func ruled() string {
	var b strings.Builder
	for _, y := range []float64{70, 80, 100, 110} {
		b.WriteString(rule(30, y, 130, y))
	}
	for _, x := range []float64{30, 60, 130} {
		b.WriteString(rule(x, 70, x, 110))
	}
	for _, cell := range []struct {
		x, y float64
		text string
	}{{32, 73, "单位"}, {62, 73, "职责"}, {32, 88, "司法局"}, {62, 82, "行政复议与行政"}, {62, 91, "应诉工作"}, {32, 103, "公安局"}, {62, 103, "行政处罚"}} {
		b.WriteString(text(cell.x, cell.y, cell.text))
	}
	return b.String()
}

// turned is a paragraph on a page that is turned by a quarter, so that it is read
// downwards.
func turned(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for line := 0; len(runes) > 0; line++ {
		n := min(40, len(runes))
		fmt.Fprintf(&b, `<ofd:TextObject Size="5" Boundary="%d 40 5 200" CTM="0 1 -1 0 5 0"><ofd:TextCode X="0" Y="4.3" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, 180-8*line, n-1, string(runes[:n]))
		runes = runes[n:]
	}
	return b.String()
}

// upright is a column of characters one below the other.
func upright(s string, x float64) string {
	n := utf8.RuneCountInString(s)
	return fmt.Sprintf(`<ofd:TextObject Size="5" ReadDirection="90" Boundary="%g 40 5 200"><ofd:TextCode X="0" Y="4.3" DeltaY="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, x, n-1, s)
}

func absolute() ofdFile {
	f := newFile(paragraph(40, first))
	f["OFD.xml"] = strings.ReplaceAll(f["OFD.xml"], "Doc_0/", "/Doc_0/../Doc_0/")
	f["Doc_0/Document.xml"] = strings.ReplaceAll(f["Doc_0/Document.xml"], "Pages/", "/Doc_0/Pages/")
	const page = "Doc_0/Pages/Page_1/Content.xml"
	f[page] = `<?xml version="1.0" encoding="GBK"?>` + gbk(f[page])
	return f
}

// whole is a file of two documents. The first has a template with a head, and a
// graphic unit within another.
func whole() ofdFile {
	f := newFile()
	f["OFD.xml"] = strings.ReplaceAll(f["OFD.xml"], "</ofd:OFD>", `<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot><ofd:Signatures>Doc_1/Signs.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>`)
	page := func(objects string) string {
		return `</ofd:PageBlock></ofd:Layer></ofd:Content><ofd:Template TemplateID="7" ZOrder="Background"/><ofd:Content><ofd:Layer><ofd:PageBlock>` + objects
	}
	f.document("Doc_0", `<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>`,
		page(paragraph(60, first)+`<ofd:CompositeObject ID="50" ResourceID="31" Boundary="30 150 100 20"/>`), page(paragraph(60, second)), page(paragraph(60, first)))
	f["Doc_0/Tpls/Tpl_0/Content.xml"] = onLayer(text(60, 20, "青江县人民政府公报"))
	f["Doc_0/PublicRes.xml"] = `<ofd:Res` + namespace + ` BaseLoc="Res"><ofd:CompositeGraphicUnits>` +
		`<ofd:CompositeGraphicUnit ID="31" Width="100" Height="20"><ofd:Content><ofd:CompositeObject ResourceID="32" CTM="0.5 0 0 0.5 0 0" Boundary="0 0 100 20"/></ofd:Content></ofd:CompositeGraphicUnit>` +
		`<ofd:CompositeGraphicUnit ID="32" Width="100" Height="20"><ofd:Content>` + strings.ReplaceAll(text(0, 0, "公报专用"), "5", "10") + `</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`
	f["Doc_0/Annots/Page_0/Annotation.xml"] = onLayer(text(60, 100, "批注"))
	f.document("Doc_1", "", paragraph(40, third))
	return f
}

// TestDamage: what nobody knows is a damaged character, and a text of them is refused.
func TestDamage(t *testing.T) {
	const unknown = `<ofd:TextObject Size="5" Boundary="30 120 100 5"><ofd:CGTransform CodePosition="%d" CodeCount="%[2]d" GlyphCount="%[2]d"><ofd:Glyphs>7 8 9</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="4.3" DeltaX="5">%s</ofd:TextCode></ofd:TextObject>`
	got, err := Read(newFile(paragraph(40, first)+paragraph(80, second)+fmt.Sprintf(unknown, 2, 1, "法治")).pack(t), extract.Limits{})
	if err != nil || !slices.Contains(testkit.LinesIn(got.Body), "法治\uFFFD") {
		t.Errorf("got %q, %v", got.Body, err)
	}
	_, err = Read(newFile(paragraph(40, "法治政府建设年度报告")+fmt.Sprintf(unknown, 0, 60, "")).pack(t), extract.Limits{})
	testkit.Refused(t, err, "no usable map to characters")
	got, err = Read(newFile(paragraph(40, first)+styled(`CTM="0.7 -0.7 0.7 0.7 0 0"`, 60, 150, "内部资料")).pack(t), extract.Limits{})
	if err != nil || got.Body != first+"\n" || !slices.Equal(got.Dropped, []string{"内部资料"}) {
		t.Errorf("got %q without %q, %v", got.Body, got.Dropped, err)
	}
}

func TestRefused(t *testing.T) {
	with := func(name, content string) ofdFile {
		f := newFile(paragraph(40, first))
		f[name] = content
		return f
	}
	const page = "Doc_0/Pages/Page_1/Content.xml"
	cycle := whole()
	cycle["Doc_0/PublicRes.xml"] = strings.ReplaceAll(cycle["Doc_0/PublicRes.xml"], `ResourceID="32"`, `ResourceID="31"`)
	many := newFile()
	many.document("Doc_0", "", slices.Repeat([]string{""}, 200)...)
	for name := range many {
		if strings.HasPrefix(name, "Doc_0/Pages") {
			delete(many, name)
		}
	}
	many["Doc_0/Pages/all.xml"] = onLayer(strings.Repeat(paragraph(40, third), 3000))
	list := &strings.Builder{}
	for range 50_000 {
		list.WriteString(`<ofd:Page BaseLoc="Pages/all.xml"/>`)
	}
	many["Doc_0/Document.xml"] = `<ofd:Document` + namespace + `><ofd:Pages>` + list.String() + `</ofd:Pages></ofd:Document>`
	missing := newFile(paragraph(40, first))
	delete(missing, page)
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"entities", with(page, `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`+onLayer(text(30, 30, "&b;"))).pack(t), "entity"},
		{"nested deep", with(page, strings.Repeat("<ofd:PageBlock>", 5000)).pack(t), "nested more than 1000 deep"},
		{"a unit within itself", cycle.pack(t), "without an end"},
		{"units that multiply", multiplied().pack(t), "far more parts"},
		{"a page that is listed again and again", many.pack(t), "unpacks to more"},
		{"a missing page", missing.pack(t), "page 1: \"" + page + "\" is missing"},
		{"a missing document", with("OFD.xml", `<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>`).pack(t), "\"etc/passwd\" is missing"},
		{"no document", with("OFD.xml", "<OFD/>").pack(t), "names no pages"},
		{"no pages", with("Doc_0/Document.xml", "<Document/>").pack(t), "names no pages"},
		{"a document that is the list", with("OFD.xml", `<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody></OFD>`).pack(t), "names no pages"},
		{"sealed", sealed().pack(t), "encrypted"},
		{"no XML", with(page, "这不是XML<").pack(t), "save it again"},
		{"a page cut off", with(page, onLayer(paragraph(40, first))[:500]).pack(t), "save it again"},
		{"distances without an end", with(page, onLayer(`<ofd:TextObject Size="5"><ofd:TextCode X="0" Y="4" DeltaX="g 2000000000 g g -1 x">`+"法"+`</ofd:TextCode></ofd:TextObject>`)).pack(t), ""},
		{"glyphs without an end", with(page, onLayer(`<ofd:TextObject Size="5">`+strings.Repeat(`<ofd:CGTransform CodePosition="1" GlyphCount="999999999"/>`, 9000)+`</ofd:TextObject>`)).pack(t), "far more parts"},
		{"a picture", newFile(`<ofd:ImageObject ID="5" ResourceID="6" Boundary="0 0 210 297"/>`).pack(t), "no text in it"},
		{"a file cut off", newFile(paragraph(40, first)).pack(t)[:700], "a broken OFD file"},
		{"another document", testkit.DOCX(t, ""), "a DOCX document, not OFD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(tt.data, extract.Limits{})
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			testkit.Refused(t, err, tt.want)
		})
	}
}

func sealed() ofdFile {
	return ofdFile{"OFD.xml": "<OFD/>", "Encryptions.xml": "<Encryptions/>", "Doc_0/Document.dat": "\x8a\x01"}
}

// multiplied is a file of units each of which has the next one ten times.
func multiplied() ofdFile {
	f := whole()
	var units strings.Builder
	for i := range 12 {
		fmt.Fprintf(&units, `<ofd:CompositeGraphicUnit ID="%d">%s</ofd:CompositeGraphicUnit>`, 31+i, strings.Repeat(fmt.Sprintf(`<ofd:CompositeObject ResourceID="%d"/>`, 32+i), 10))
	}
	f["Doc_0/PublicRes.xml"] = `<ofd:Res` + namespace + `>` + units.String() + `</ofd:Res>`
	return f
}

func gbk(s string) string {
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return encoded
}

// FuzzOFD reads pages and resources of any kind.
func FuzzOFD(f *testing.F) {
	f.Add(text(20, 20, "青山县报告"), "")
	f.Add(`<TextObject Size="5"><TextCode X="1" Y="5" DeltaX="g 1000000000 5">正文</TextCode></TextObject>`, `<CompositeGraphicUnit ID="1"><CompositeObject ResourceID="1"/></CompositeGraphicUnit>`)
	f.Add(`<CompositeObject ResourceID="1"/><TextObject Size="1e300" CTM="0 1e-300 9 0 0 0"><CGTransform CodePosition="-1" GlyphCount="999999999"/><TextCode X="NaN" Y="5" DeltaY="g -9 1">正</TextCode></TextObject>`, `<CompositeGraphicUnit ID="1"/>`)
	f.Add(`<PathObject Boundary="0 0 9 9"><AbbreviatedData>M 0 0 L 1 1 C</AbbreviatedData></PathObject>`+strings.Repeat("<PageBlock>", 99), "")
	f.Fuzz(func(t *testing.T, objects, resources string) {
		file := newFile(objects)
		file.document("Doc_0", "<ofd:PublicRes>Res.xml</ofd:PublicRes>", objects)
		file["Doc_0/Res.xml"] = `<ofd:Res` + namespace + `>` + resources + `</ofd:Res>`
		got, err := Read(file.pack(t), extract.Limits{Bytes: 1 << 16})
		if err == nil && len(got.Body) > 1<<16+1 {
			t.Errorf("a body of %d bytes", len(got.Body))
		}
	})
}
