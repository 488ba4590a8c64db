package gazetteer

import (
	"slices"
	"strings"
	"testing"

	"baogao"
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
			p, ok := ByCode(tt.code)
			if ok != (tt.want != "") || ok && p.Region().Name != tt.want {
				t.Errorf("ByCode(%q) = %q, %v, want %q", tt.code, p.Region().Name, ok, tt.want)
			}
		})
	}
}

// TestCodes holds the codes that a region derives from its own code to the
// divisions above it in the table.
func TestCodes(t *testing.T) {
	all := load().rows
	wrong := 0
	for i, r := range all {
		p := Place(i)
		want := []string{r.code}
		for q := r.parent; q != Country; q = q.Parent() {
			want = append([]string{q.Code()}, want...)
		}
		if got := p.Region().Codes(); strings.Join(got, " ") != strings.Join(want, " ") {
			if wrong++; wrong < 20 {
				t.Errorf("%s %s: Codes() = %v, want %v", p.Code(), p.Region().Name, got, want)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d divisions", wrong, len(all))
	}
}

// TestPlaces looks at places with what is above, below and beside them.
func TestPlaces(t *testing.T) {
	place := func(code string) Place {
		p, ok := ByCode(code)
		if !ok {
			t.Fatalf("no %s", code)
		}
		return p
	}
	anju, suining, sichuan := place("510904"), place("510900"), place("510000")
	if anju.Parent() != suining || suining.Parent() != sichuan || sichuan.Parent() != Country || Country.Parent() != Country {
		t.Errorf("above 安居区: %v %v %v", anju.Parent(), suining.Parent(), sichuan.Parent())
	}
	if !anju.In(anju) || !anju.In(sichuan) || !anju.In(Country) || sichuan.In(anju) || anju.In(place("320000")) {
		t.Error("安居区 lies in itself, in 四川省 and in the country, and in nothing else")
	}
	if place("533400").Stem() != "迪庆" || place("469027").Name() != "乐东黎族自治县" {
		t.Errorf("%s, %s", place("533400").Stem(), place("469027").Name())
	}
	var towns []string
	for _, p := range place("441900").Towns() {
		towns = append(towns, p.Code())
		if p.Parent() != place("441900") || p.Level() != baogao.Street {
			t.Errorf("%s is no town of 东莞市", p.Name())
		}
	}
	if len(towns) < 25 || !slices.IsSorted(towns) || len(sichuan.Towns()) > 0 || len(Country.Towns()) > 0 {
		t.Errorf("towns of 东莞市: %v", towns)
	}
	if got := Highest(Named("鼓楼区")); len(got) < 4 {
		t.Errorf("%d 鼓楼区 on one level", len(got))
	}
	henan := Find("河南")[0].Places
	if got := Highest(henan); len(henan) < 2 || len(got) != 1 || got[0] != place("410000") {
		t.Errorf("河南 is %v", got)
	}
}

func TestLevelOf(t *testing.T) {
	for code, want := range map[string]baogao.Level{
		"100000": baogao.Country, "510000": baogao.Province, "510900": baogao.City, "510904": baogao.District, "510904110": baogao.Street, "51": "", "": "",
	} {
		if got := LevelOf(code); got != want {
			t.Errorf("LevelOf(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestBelow(t *testing.T) {
	for _, tt := range []struct {
		code  string
		least int
		has   string
		not   string
	}{
		{baogao.CountryCode, 34, "510000", "510100"},
		{"510000", 21, "510900", "510904"},
		{"510900", 5, "510904", "510900"},
		{"510904", 10, "", "510904"},
		{"500000", 38, "500105", "500105008"},
		{"441900", 30, "", "441900"},
		{"51", 21, "510900", ""},
		{"999999", 0, "", ""},
		{"", 0, "", ""},
	} {
		var codes []string
		for _, d := range Below(tt.code) {
			if p, _ := ByCode(d.Code); p.Ended() != 0 {
				t.Errorf("%s: %s has ended", tt.code, d.Name)
			}
			codes = append(codes, d.Code)
		}
		if len(codes) < tt.least || tt.least == 0 && len(codes) > 0 || tt.has != "" && !slices.Contains(codes, tt.has) || slices.Contains(codes, tt.not) {
			t.Errorf("below %s there are %d: %v", tt.code, len(codes), codes)
		}
		if !slices.IsSorted(codes) || len(slices.Compact(slices.Clone(codes))) != len(codes) {
			t.Errorf("below %s: not in the order of codes, each once: %v", tt.code, codes)
		}
	}
}

// TestFindNoWords holds names that are parts of those of something else to be no places.
func TestFindNoWords(t *testing.T) {
	for _, text := range []string{"澳门金沙城中心", "台北市荣民服务处", "南京路"} {
		if found := Find(text); len(found) > 0 {
			t.Errorf("%s: %+v", text, found)
		}
	}
	if found := Find("澳门特别行政区"); len(found) != 1 {
		t.Errorf("%+v, want one name", found)
	}
}
