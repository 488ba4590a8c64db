package corpus

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"html"
	"math/rand/v2"
	"mime/quotedprintable"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	koreancharset "golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"baogao/internal/testkit"
)

// rubbish are files that are no text, or none any more, by what became of them.
func rubbish(t *testing.T) map[string][]byte {
	long := strings.Repeat(simplified, 120)
	inGBK := inGBK(t, long)
	random := make([]byte, 8000)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(source.Uint32())
	}
	printable := make([]byte, 8000)
	for i := range printable {
		printable[i] = byte(33 + source.Uint32()%94)
	}
	var packed, quoted bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(long))
	_ = z.Close()
	q := quotedprintable.NewWriter(&quoted)
	_, _ = q.Write([]byte(simplified))
	_ = q.Close()
	escaped := strconv.QuoteToASCII(simplified)
	var entities strings.Builder
	for _, r := range simplified {
		fmt.Fprintf(&entities, "&#%d;", r)
	}
	units := utf16.Encode([]rune(long))
	var wide bytes.Buffer
	_ = binary.Write(&wide, binary.LittleEndian, units)
	var four bytes.Buffer
	_ = binary.Write(&four, binary.LittleEndian, []rune(long))
	ebcdic, _ := charmap.CodePage037.NewEncoder().Bytes([]byte(strings.Repeat("The government of the county reports on its work.\n", 40)))
	script := `!function(e,t){"use strict";var n=t.createElement("div");n.className="box";for(var r=0;r<e.length;r++){n.innerHTML+="<p>"+e[r]+"</p>"}t.body.appendChild(n)}(["临江县","报告"],document);`
	return map[string][]byte{
		"random bytes": random, "random characters": printable, "a program": append([]byte("\x7fELF\x02\x01\x01\x00"), random...), "a gzip without its head": packed.Bytes()[10:],
		"base64 of it": []byte(base64.StdEncoding.EncodeToString([]byte(long))), "base64 in lines": pem.EncodeToMemory(&pem.Block{Type: "REPORT", Bytes: []byte(long)}),
		"hexadecimal": []byte(hex.EncodeToString([]byte(long))), "a dump": []byte(hex.Dump([]byte(long))),
		"a script": []byte(strings.Repeat(script, 20)), "a style": []byte(strings.Repeat(".a>.b{margin:0 auto;padding:1px 2px;color:#333}\n", 80)),
		"source of a PDF":       []byte(strings.Repeat("5 0 obj\n<</Length 44/Type/Page/Font<</F1 3 0 R>>>>\nstream\nBT /F1 12 Tf 70 700 Td <8FD14E0A> Tj ET\nendstream\nendobj\n", 40)),
		"XML":                   []byte(`<?xml version="1.0"?><rows>` + strings.Repeat(`<row id="1"><name>临江县</name><value unit="件">14</value></row>`, 60) + `</rows>`),
		"XML of Word":           []byte(`<w:document xmlns:w="x"><w:body>` + strings.Repeat(`<w:p w:rsidR="00A"><w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t>全县依法行政</w:t></w:r></w:p>`, 60)),
		"settings":              []byte("{\n" + strings.Repeat("  \"name\": {\"value\": [1, 2], \"标题\": \"报告\"},\n", 80) + "}"),
		"a table of a database": []byte(strings.Repeat("INSERT INTO `t_report` (`id`,`title`) VALUES (14,'\\u4e34\\u6c5f'),(15,NULL);\n", 80)),
		"percent signs":         []byte(url.QueryEscape(long)), "entities": []byte(entities.String()), "escapes": []byte(escaped), "quoted printable": quoted.Bytes(),
		"a zero tail": append([]byte(long), make([]byte, 20000)...), "half zeros": append([]byte(long[:len(long)/2]), make([]byte, len(long)/2)...),
		"half random": append([]byte(long[:len(long)/2]), random...), "a hole": append(append([]byte(long), random...), long...),
		"half of another charset": append([]byte(long), inGBK...), "half misread": []byte(long + misread(t, long, nil, simplifiedchinese.GB18030)),
		"every tenth byte lost": everyTenth([]byte(long)), "every tenth byte of GBK lost": everyTenth(inGBK),
		"high bits lost": highBits(inGBK), "UTF-16 from an odd byte": wide.Bytes()[1:], "UTF-32": four.Bytes(), "EBCDIC": ebcdic,
		"question marks": []byte(strings.Repeat("????2022??????????\n????????????????\n", 60)), "replaced": []byte(strings.Repeat("\uFFFD\uFFFD\uFFFD2022\uFFFD\uFFFD\n", 60)),
		"boxes": []byte(strings.Repeat("□□□2022□□□□□□\n", 60)), "private characters": []byte(strings.Repeat("\uE123\uE456\uE789\uE111 2022\n", 60)),
		"a page as a PDF sees it": testkit.PDF("", ""), "entities twice": []byte(html.EscapeString(entities.String())),
	}
}

func everyTenth(data []byte) (out []byte) {
	for i, b := range data {
		if i%10 != 7 {
			out = append(out, b)
		}
	}
	return out
}

func highBits(data []byte) []byte {
	out := bytes.Clone(data)
	for i := range out {
		out[i] &= 0x7F
	}
	return out
}

// wrapped are the files that a text may stand in: what is no UTF-8 is a file itself, and
// what is stands in a cell, a line of JSON and a page as well.
func wrapped(data []byte) map[string][]byte {
	files := map[string][]byte{"a.txt": data, "b.html": data, "a.doc": data}
	if utf8.Valid(data) {
		text := string(data)
		quoted, _ := json.Marshal(text) // a string always is JSON
		files["a.csv"] = []byte("标题,正文\n某,\"" + strings.ReplaceAll(text, `"`, `""`) + "\"\n")
		files["a.jsonl"] = []byte(`{"text":` + string(quoted) + "}\n")
		files["a.html"] = []byte(`<html><head><meta charset="utf-8"></head><body><p>` + strings.ReplaceAll(html.EscapeString(text), "\n\n", "</p><p>") + `</p></body></html>`)
	}
	return files
}

// notIndexed reads a file of which nothing may be indexed that is not what the text was
// before it was garbled, nor that without a note unless it is quiet.
func notIndexed(t *testing.T, name string, data []byte, quiet bool) {
	reports, faults := Read(name, data, Options{})
	noted := len(faults) > 0 && errors.Is(faults[len(faults)-1], ErrNote)
	for _, r := range reports {
		said := strings.Join(texts(r.Paragraphs), "\n")
		if right := strings.Contains(said, "年度") && strings.Contains(said, "下降。"); !right || !noted && !quiet {
			t.Errorf("indexed, noted %v: %.80q, %v", noted, said, faults)
		}
	}
	if len(reports) == 0 && (len(faults) == 0 || noted) {
		t.Errorf("neither a report nor a fault: %v", faults)
	}
}

// TestRubbish: what is no text is refused, whatever it is called and wherever it stands.
func TestRubbish(t *testing.T) {
	for kind, data := range rubbish(t) {
		for name, data := range wrapped(data) {
			t.Run(kind+"/"+name, func(t *testing.T) { notIndexed(t, name, data, true) })
		}
	}
}

// TestMisread: a text in each charset, read in each other and saved, once and twice, is
// put right with a note, or refused.
func TestMisread(t *testing.T) {
	const korean = "임강현 2022년 법치정부 건설 연도 보고서입니다. 행정심판 사건은 스물한 건이며 열아홉 건을 처리하였다.\n"
	charsets := map[string]encoding.Encoding{
		"utf-8": unicode.UTF8, "gbk": simplifiedchinese.GB18030, "big5": traditionalchinese.Big5, "hz": simplifiedchinese.HZGB2312,
		"shift-jis": japanese.ShiftJIS, "euc-jp": japanese.EUCJP, "euc-kr": koreancharset.EUCKR, "latin-1": charmap.ISO8859_1, "cp1252": charmap.Windows1252,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	}
	texts := map[string][]string{
		"utf-8": {simplified, inBig5}, "gbk": {simplified, inBig5}, "big5": {inBig5}, "shift-jis": {inJapanese}, "euc-jp": {inJapanese}, "euc-kr": {korean},
		"utf-16le": {simplified, inBig5}, "utf-16be": {simplified, inBig5}, "hz": {simplified},
	}
	pairs := 0
	for in, list := range texts {
		for as, reader := range charsets {
			for i, text := range list {
				if in == as || as == "hz" || in == "utf-8" && strings.HasPrefix(as, "utf-8") {
					continue
				}
				pairs++
				was := text
				for times := range 2 {
					data, err := encoding.ReplaceUnsupported(charsets[in].NewEncoder()).Bytes([]byte(was))
					if err != nil {
						t.Fatal(err)
					}
					read, err := reader.NewDecoder().Bytes(data)
					if err != nil {
						t.Fatal(err)
					}
					if was = string(read); was == text {
						continue // swapped, and back
					}
					for name, data := range wrapped(read) {
						t.Run(fmt.Sprintf("%s as %s/%d/%d/%s", in, as, i, times+1, name), func(t *testing.T) { notIndexed(t, name, data, false) })
					}
				}
			}
		}
	}
	if pairs < 100 {
		t.Errorf("only %d pairs", pairs)
	}
}
