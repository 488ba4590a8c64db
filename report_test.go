package baogao_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"baogao"
)

func TestRegionCodes(t *testing.T) {
	for _, tt := range []struct {
		code string
		path []string
		want []string
	}{
		{"510000", []string{"四川省"}, []string{"510000"}},
		{"510900", []string{"四川省", "遂宁市"}, []string{"510000", "510900"}},
		{"510904", []string{"四川省", "遂宁市", "安居区"}, []string{"510000", "510900", "510904"}},
		{"500105", []string{"重庆市", "江北区"}, []string{"500000", "500105"}},
		{"500105008", []string{"重庆市", "江北区", "郭家沱街道"}, []string{"500000", "500105", "500105008"}},
		{"429004", []string{"湖北省", "仙桃市"}, []string{"420000", "429004"}},
		{"441900003", []string{"广东省", "东莞市", "莞城街道"}, []string{"440000", "441900", "441900003"}},
		{"620201001", []string{"甘肃省", "嘉峪关市", "雄关街道"}, []string{"620000", "620200", "620201001"}},
		{"469001", []string{"海南省", "五指山市"}, []string{"460000", "469001"}},
		{"460400100", []string{"海南省", "儋州市", "那大镇"}, []string{"460000", "460400", "460400100"}},
		{"310104012", []string{"上海市", "徐汇区", "田林街道"}, []string{"310000", "310104", "310104012"}},
		{"100000", []string{"中华人民共和国"}, []string{"100000"}},
		{"", []string{"某某新区"}, nil},
	} {
		if got := (baogao.Region{Code: tt.code, Path: tt.path}).Codes(); !slices.Equal(got, tt.want) {
			t.Errorf("%s %v: %v, want %v", tt.code, tt.path, got, tt.want)
		}
	}
}

func TestOutermost(t *testing.T) {
	region := func(code string, path ...string) baogao.Region { return baogao.Region{Code: code, Path: path} }
	city, county := region("430100", "湖南省", "长沙市"), region("430121", "湖南省", "长沙市", "长沙县")
	other := region("320106", "江苏省", "南京市", "鼓楼区")
	hainan, abroad := region("460000", "海南省"), region("632500", "青海省", "海南藏族自治州")
	for _, tt := range []struct {
		name     string
		in, want []baogao.Region
	}{
		{"none", nil, nil},
		{"a county in its city", []baogao.Region{city, county}, []baogao.Region{city}},
		{"in another order", []baogao.Region{county, city}, []baogao.Region{city}},
		{"apart", []baogao.Region{county, other}, []baogao.Region{county, other}},
		{"a province and its namesake", []baogao.Region{hainan, abroad}, []baogao.Region{hainan}},
	} {
		if got := baogao.Outermost(tt.in); len(got) != len(tt.want) || len(got) > 0 && !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPassageIDs(t *testing.T) {
	for _, tt := range []struct {
		report           string
		paragraph, piece int
	}{{"a/b.txt", 17, 0}, {"a#p3", 0, 2}, {"", 1, 0}} {
		id := baogao.PassageID(tt.report, tt.paragraph, tt.piece)
		report, paragraph, piece, ok := baogao.ParsePassageID(id)
		if !ok || report != tt.report || paragraph != tt.paragraph || piece != tt.piece {
			t.Errorf("%s: %q %d %d %v", id, report, paragraph, piece, ok)
		}
	}
	for _, id := range []string{"", "a.txt", "a#p", "a#px", "a#p-1", "a#p1.", "a#p1.0", "a#p07", "a#p+7", "a#p1.02"} {
		if _, _, _, ok := baogao.ParsePassageID(id); ok {
			t.Errorf("%q is taken for a passage id", id)
		}
	}
}

func TestMetaJSON(t *testing.T) {
	b, err := json.Marshal(baogao.Meta{ID: "x"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"x","title":null,"kind":null,"level":null,"year":null,"region":null,"issuer":null,"number":null,"published":null,"source":null}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
	b, err = json.Marshal(baogao.Region{Name: "某某新区", Path: []string{"某某新区"}})
	if want := `{"code":null,"name":"某某新区","path":["某某新区"]}`; err != nil || string(b) != want {
		t.Errorf("got %s, %v, want %s", b, err, want)
	}
	whole := baogao.Meta{
		ID: "a", Title: "题", Kind: baogao.Work, Level: baogao.City, Year: 2022, Issuer: "市政府", Number: "1号", Published: "2023-01-01", Source: "s",
		Region: baogao.Region{Code: "510900", Name: "四川省遂宁市", Path: []string{"四川省", "遂宁市"}},
	}
	if b, err = json.Marshal(whole); err != nil {
		t.Fatal(err)
	}
	var back baogao.Meta
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, whole) {
		t.Errorf("%+v comes back as %+v, %v", whole, back, err)
	}
}

// TestForeignNames gives regions without a code by names that would pass for
// other values of filters.
func TestForeignNames(t *testing.T) {
	for name, want := range map[string]bool{
		"某某新区": true, "81团": true, "Mars": true, "": false, "=510000": false, "＝510000": false, "510000": false, "510000x": false, "５１００００x": false,
		"100000": false, "unknown": false, "Unknown": false, "未知": false, "81": false, "81—": false, "（某区）": false, "\x1b[31m": false, " 某区": false,
	} {
		values := []string{baogao.Unknown}
		if want {
			values = []string{name}
		}
		if got := (baogao.Region{Name: name}).Values(); baogao.IsPlaceName(name) != want || !slices.Equal(got, values) {
			t.Errorf("%q: %v, values %q, want %q", name, !want, got, values)
		}
	}
}
