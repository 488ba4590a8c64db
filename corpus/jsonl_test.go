package corpus

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"baogao"
)

func messages(faults []*FileError) []string {
	var m []string
	for _, f := range faults {
		m = append(m, f.Error())
	}
	return m
}

func asGzip(t *testing.T, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSONLines(t *testing.T) {
	for _, tt := range []struct {
		name, file, in string
		ids, faults    []string // faults: how they begin
	}{
		{"lines", "a.jsonl", `{"id":"1","text":"甲县。"}` + "\n\n" + `{"id":2,"text":"乙县。"}` + "\r\n", []string{"1", "2"}, nil},
		{"with mark", "a.jsonl", "\uFEFF" + `{"id":"1","text":"甲县。"}`, []string{"1"}, nil},
		{"by content", "a.txt", `{"id":"1","text":"甲县。"}` + "\n", []string{"1"}, nil},
		{"no id", "a.jsonl", `{"text":"甲县。"}`, []string{"a.jsonl:1"}, nil},
		{"bad line", "a.jsonl", "{\"id\":\n" + `{"id":"2","text":"乙县。"}`, []string{"2"}, []string{"a.jsonl: line 1: not a JSON object"}},
		{"array", "a.jsonl", "[1]\n" + `{"id":"2","text":"乙县。"}`, []string{"2"}, []string{"a.jsonl: line 1: not a JSON object"}},
		{"no text", "a.jsonl", `{"id":"1","title":"x"}` + "\n" + `{"id":"2","text":"乙县。"}`, []string{"2"}, []string{"a.jsonl: line 1: no field text"}},
		{"empty text", "a.jsonl", `{"id":"1","text":" \n"}`, nil, []string{"a.jsonl: line 1: no text in it"}},
		{"text is no string", "a.jsonl", `{"id":"1","text":7}`, nil, []string{"a.jsonl: line 1: not a JSON object with a text"}},
		{"bad fields keep the report", "a.jsonl", `{"id":"1","text":"甲县。","level":"village","kind":"law","year":"20x2","published":"2023"}`, []string{"1"},
			[]string{`a.jsonl: line 1: metadata not used: level: "village"`, `a.jsonl: line 1: metadata not used: year: "20x2"`, `a.jsonl: line 1: metadata not used: kind: "law"`, `a.jsonl: line 1: metadata not used: published: "2023"`}},
		{"half a date is a label", "a.jsonl", `{"id":"1","text":"甲县。","date":"2024"}`, []string{"1"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reports, faults := Read(tt.file, []byte(tt.in), Options{})
			if !slices.Equal(ids(reports), tt.ids) {
				t.Errorf("ids %q, want %q", ids(reports), tt.ids)
			}
			got := messages(faults)
			if len(got) != len(tt.faults) {
				t.Fatalf("faults %q, want %q", got, tt.faults)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.faults[i]) {
					t.Errorf("fault %q, want %q", got[i], tt.faults[i])
				}
			}
		})
	}
}

func TestJSONFields(t *testing.T) {
	const line = `{"id":"1","title":"安居区\n报告","text":"正文。","region":"安居区","level":"district","year":2022,"kind":"rule-of-law",
"issuer":"安居区政府","number":"遂安委〔2023〕21号","date":"20230228","url":"https://example.gov.cn/1"}`
	reports, faults := Read("a.jsonl", []byte(strings.ReplaceAll(line, "\n", "")), Options{})
	if len(reports) != 1 {
		t.Fatal(faults)
	}
	want := baogao.Meta{
		ID: "1", Title: "安居区 报告", Kind: baogao.RuleOfLaw, Level: baogao.District, Year: 2022,
		Region: baogao.Region{Code: "510904", Name: "四川省遂宁市安居区", Path: []string{"四川省", "遂宁市", "安居区"}},
		Issuer: "安居区政府", Number: "遂安委〔2023〕21号", Published: "2023-02-28", Source: "https://example.gov.cn/1",
	}
	got := reports[0].Meta
	if !slices.Equal(got.Region.Path, want.Region.Path) {
		t.Errorf("path %q", got.Region.Path)
	}
	got.Region.Path, want.Region.Path = nil, nil
	if got.Title != want.Title || got.Region.Code != want.Region.Code || got.Published != want.Published || got.Source != want.Source ||
		got.Kind != want.Kind || got.Level != want.Level || got.Year != want.Year || got.Issuer != want.Issuer || got.Number != want.Number {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestUnknownPlaceOfALine(t *testing.T) {
	reports, faults := Read("a.jsonl", []byte(`{"id":"1","text":"正文。","region":"青石自治领"}`), Options{})
	if len(faults) > 0 || reports[0].Meta.Region.Code != "" || reports[0].Meta.Region.Name != "青石自治领" {
		t.Errorf("%v %+v", faults, reports[0].Meta)
	}
}

// TestForeignRegions gives regions that strangers wrote: one that would pass for a
// code, or for a part of a filter, is a note, and the report stays.
func TestForeignRegions(t *testing.T) {
	const fault = "metadata not used: region: "
	for _, tt := range []struct{ region, name, note string }{
		{"青石自治领", "青石自治领", ""},
		{"81团", "81团", ""},
		{" 火\u200b星\x1b[31m\nindex: 99 reports\u202e", "火星[31m index: 99 reports", ""},
		{"=510000", "", `"=510000" is no name of a place`},
		{"＝510000", "", `"＝510000" is no name of a place`},
		{"\u200b=510000", "", `"=510000" is no name of a place`},
		{"=2+3", "", `"=2+3" is no name of a place`},
		{"=四川", "", `"=四川" is no name of a place`},
		{"510000x", "", `"510000x" is no name of a place`},
		{"５１００００x", "", `"５１００００x" is no name of a place`},
		{"999999", "", `"999999" is no code of GB/T 2260`},
		{"９９９９９９", "", `"９９９９９９" is no name of a place`},
		{"<svg>", "", `"<svg>" is no name of a place`},
		{"—", "", `"—" is no name of a place`},
		{strings.Repeat("长", 60), strings.Repeat("长", 60), ""},
		{strings.Repeat("长", 61), "", `"` + strings.Repeat("长", 61) + `" is no name of a place`},
		{strings.Repeat("长", 10_000), "", `"` + strings.Repeat("长", 100) + `" is no name of a place`},
		{"unknown", "", ""},
		{"ｕｎｋｎｏｗｎ", "", ""},
		{"\x00\u200b", "", ""},
		{"100000", "中华人民共和国", ""},
	} {
		line, err := json.Marshal(map[string]string{"id": "1", "text": "正文。", "region": tt.region})
		if err != nil {
			t.Fatal(err)
		}
		reports, faults := Read("a.jsonl", append([]byte("\n"), line...), Options{})
		if len(reports) != 1 || reports[0].Meta.Region.Name != tt.name {
			t.Errorf("%q: %v", tt.region, reports)
			continue
		}
		if tt.note == "" && len(faults) == 0 {
			continue
		}
		if len(faults) != 1 || !errors.Is(faults[0], ErrNote) || !strings.HasPrefix(faults[0].Error(), "a.jsonl: line 2: "+fault+tt.note) {
			t.Errorf("%q: faults %q, want %q", tt.region, messages(faults), tt.note)
		}
	}
}

func TestLongLine(t *testing.T) {
	in := `{"id":"1","text":"甲县。"}` + "\n" + `{"id":"2","text":"` + strings.Repeat("长", 200<<10) + `"}` + "\n" + `{"id":"3","text":"丙县。"}`
	reports, faults := Read("a.jsonl", []byte(in), Options{MaxBytes: 1000})
	if !slices.Equal(ids(reports), []string{"1", "3"}) {
		t.Errorf("ids %q", ids(reports))
	}
	if len(faults) != 1 || faults[0].Error() != "a.jsonl: line 2: line larger than 1000 bytes; split it" {
		t.Errorf("faults %q", messages(faults))
	}
	// The last line has no end.
	_, faults = Read("a.jsonl", []byte(`{"id":"2","text":"`+strings.Repeat("长", 1000)+`"}`), Options{MaxBytes: 1000})
	if len(faults) != 1 {
		t.Errorf("faults %q", messages(faults))
	}
}

func TestGzip(t *testing.T) {
	var lines strings.Builder
	for i := range 2000 {
		lines.WriteString(`{"text":"第` + strings.Repeat("一", i%7+1) + `县，` + string(rune(0x4E00+i)) + `。"}` + "\n")
	}
	whole := asGzip(t, lines.String())
	reports, faults := Read("a.jsonl.gz", whole, Options{})
	if len(reports) != 2000 || len(faults) != 0 {
		t.Errorf("%d reports, faults %q", len(reports), messages(faults))
	}
	reports, faults = Read("a.jsonl.gz", whole[:len(whole)/2], Options{})
	if len(reports) == 0 || len(faults) != 1 || !strings.HasSuffix(faults[0].Error(), "unexpected EOF; the rest was not read") {
		t.Errorf("half the file: %d reports, faults %q", len(reports), messages(faults))
	}
	reports, _ = Read("报告.txt.gz", asGzip(t, "2022年，我县坚持依法行政。"), Options{})
	if len(reports) != 1 {
		t.Error("a text in gzip was not read")
	}
	if _, faults = Read("a.gz", asGzip(t, string(whole)), Options{}); len(faults) != 1 {
		t.Errorf("compressed twice: %q", messages(faults))
	}
}

func TestJSONLinesInOtherCharsets(t *testing.T) {
	const in = `{"id":"1","text":"甲县坚持依法行政，推进法治政府建设。"}` + "\n" + `{"id":"2","text":"乙县坚持依法行政，推进法治政府建设。"}` + "\n"
	for name, data := range map[string][]byte{
		"gb18030":  encode(t, simplifiedchinese.GB18030, in),
		"utf-16le": encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), in),
	} {
		reports, faults := Read("a.jsonl", data, Options{})
		if !slices.Equal(ids(reports), []string{"1", "2"}) || reports[0].Paragraphs[0].Text != "甲县坚持依法行政，推进法治政府建设。" {
			t.Errorf("%s: %q, faults %q", name, ids(reports), messages(faults))
		}
	}
}

// TestMostRefused has files end where more of their lines were none than were read, and
// no earlier: how many are told does not grow with the file.
func TestMostRefused(t *testing.T) {
	const many = mostRefused + 10
	good := strings.Repeat(`{"text":"青山县报告"}`+"\n", 3)
	for _, tt := range []struct {
		name, text string
		faults     int
		ends       bool
	}{
		{"none.jsonl", strings.Repeat("x\n", 4*many), mostRefused + 2, true},
		{"without-text.jsonl", good + strings.Repeat(`{"text":" "}`+"\n", 4*many), mostRefused + 2, true},
		{"few.jsonl", strings.Repeat("x\n", mostRefused) + good, mostRefused, false},
		{"none.json", `[{"text":"青山县报告"}` + strings.Repeat(",{}", 4*many) + "]", mostRefused + 2, true},
		{"none.csv", "title,text\n" + strings.Repeat("a,\n", 4*many), mostRefused + 2, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := Read(tt.name, []byte(tt.text), Options{})
			if len(faults) != tt.faults {
				t.Fatalf("%d faults, want %d", len(faults), tt.faults)
			}
			if last := faults[len(faults)-1]; errors.Is(last, errMostRefused) != tt.ends || tt.ends && last.oneLine() {
				t.Errorf("it ends with %v", last)
			}
		})
	}
}
