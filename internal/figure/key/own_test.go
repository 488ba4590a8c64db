package key

import (
	"slices"
	"testing"
)

// TestOwn reads tables of one's own in each form, and gives figures that were read with
// the keys of the program new ones.
func TestOwn(t *testing.T) {
	own := map[string]string{
		"table": "\ufeff# mine\n茶园面积 = 茶叶种植面积 茶园\n经济规模 ＝ 地区生产总值\n[objects]\n复议大类 = 行政复议案件\n[acts]\n接收 = 收到\n",
		"csv":   "指标,写法\n茶园面积,茶叶种植面积,茶园,\n经济规模,地区生产总值\n[objects]\n\"复议大类\",行政复议案件\n[acts]\n接收,收到\n",
	}
	for form, text := range own {
		o, err := ReadOwn("mine", text)
		if err != nil {
			t.Fatal(form, err)
		}
		for _, tt := range []struct {
			kept, indicator string
			measure         Measure
			want            string
		}{
			{"茶叶种植面积", "茶叶种植面积", "area", "茶园面积"},
			{"地区生产总值·增速", "GDP", Growth, "经济规模·增速"},
			{"地区生产总值·增速", "全市地区生产总值", Growth, "经济规模·增速"},
			{"行政复议·受理", "受理行政复议案件", "count", "复议大类·受理"},
			{"行政复议·受理", "行政复议案件", "count", "复议大类·受理"}, // the act stood before its list
			{"行政复议·收", "收到行政复议案件", "count", "复议大类·接收"},
			{"粮食产量", "粮食总产量", "quantity", "粮食产量"},
			{"读不懂·的", "别的", "count", "读不懂·的"},
		} {
			for range 2 {
				if got := o.Renew(tt.kept, tt.indicator, tt.measure); got != tt.want {
					t.Errorf("%s: %s %s: %s, want %s", form, tt.kept, tt.indicator, got, tt.want)
				}
			}
		}
		if o.Sum() == "" || (*Own)(nil).Sum() != "" {
			t.Error("no checksum")
		}
	}
	if Default().Key("GDP", Growth) != "地区生产总值·增速" {
		t.Error("the table of the program has changed")
	}
}

// TestOwnClashes says what a table says otherwise, and what holds.
func TestOwnClashes(t *testing.T) {
	o, err := ReadOwn("k.txt", "茶园面积 = 茶园\n# again\n茶叶面积 = 茶园 茶山\n茶叶面积 = 茶山\n经济规模 = 经济总量\n地区生产总值 = GDP\n[objects]\n复议 = 复议案件\n[acts]\n接收 = 收到\n[words]\n规模以上 = 规上\n规模上 = 规模以上")
	want := []string{
		"k.txt:3: 茶园 is 茶叶面积 here and 茶园面积 in line 1: the later line holds",
		"k.txt:5: 经济总量 is 经济规模 here and 地区生产总值 in the table of the program: the file holds",
		"k.txt:8: 复议案件 is 复议 here and 行政复议 in the table of the program: the file holds",
		"k.txt:10: 收到 is 接收 here and 收 in the table of the program: the file holds",
		"k.txt:13: 规模以上 is 规模上 here and 规上 in the table of the program: the file holds",
	}
	if err != nil || !slices.Equal(o.Clashes, want) {
		t.Errorf("%v\n%q\n%q", err, o.Clashes, want)
	}
	if got := o.Renew("茶园", "茶园", "area"); got != "茶叶面积" {
		t.Error(got)
	}
}

func TestFaultsOfOwn(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "k: no keys in it: a line is a key, = and its wordings with blanks between them, or CSV",
		"key,wording\n":          "k: no keys in it: a line is a key, = and its wordings with blanks between them, or CSV",
		"茶园面积 = 茶园\n行政复议\n":      `k:2: "行政复议" is no key with its wordings`,
		"茶园面积 = 茶园\n= 复议\n":      `k:2: "= 复议" is no key with its wordings`,
		"茶园面积,\n":                `k:1: "茶园面积," is no key with its wordings`,
		"茶园面积,\"茶园\n":            `k:1: extraneous or missing " in quoted-field`,
		"茶园面积 = 茶园 = 茶山\n":       `k:1: "=" is no wording`,
		"茶园面积 = 《》\n":            `k:1: "《》" is no wording`,
		"\n[other]\n行政复议 = 复议\n": `k:3: section "[other]"; want [words], [indicators], [objects], [acts] or [light]`,
	} {
		if _, err := ReadOwn("k", text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
