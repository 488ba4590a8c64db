package host

import (
	"testing"

	"baogao/internal/gazetteer"
)

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		address, code string
		want          float64
	}{
		{"http://www.xuwen.gov.cn/a/b.html", "440825", Written},
		{"https://www.tjhp.gov.cn/", "120101", Written},
		{"http://www.pj.gov.cn/art/1.html", "330726", Initials},
		{"http://www.pjx.gov.cn/", "330726", Initials},
		{"http://sfj.hangzhou.gov.cn/", "330100", Written},
		{"http://www.lvliang.gov.cn/", "141100", Written},
		{"http://www.luliang.gov.cn/", "141100", Written},
		{"http://www.njgl.gov.cn/", "320106", Written},
		{"http://www.njgl.gov.cn/", "350102", 0},
		{"http://www.xuwen.com/", "440825", 0},
		{"not an address", "440825", 0},
	} {
		p, ok := gazetteer.ByCode(tt.code)
		if !ok {
			t.Fatal(tt.code)
		}
		if got := Of(tt.address).Fits(p); got != tt.want {
			t.Errorf("%s fits %s by %v, want %v", tt.address, p.Name(), got, tt.want)
		}
	}
}

func TestOnly(t *testing.T) {
	if p, ok := Of("http://www.xuwen.gov.cn/").Only(); !ok || p.Code() != "440825" {
		t.Errorf("xuwen is %v, %v", p, ok)
	}
	for label, code := range map[string]string{"bjdx": "110115", "tsqs": "620521", "hbdaye": "420281", "haishu": "330203"} {
		if p, ok := Of("http://www." + label + ".gov.cn/").Only(); !ok || p.Code() != code {
			t.Errorf("%s is %v, %v, want %s", label, p, ok, code)
		}
	}
	for _, address := range []string{"http://www.pj.gov.cn/", "http://bjdx.np.gov.cn/", "http://www.schy.gov.cn/"} { // schy is four counties
		if p, ok := Of(address).Only(); ok {
			t.Errorf("%s is %s alone", address, p.Name())
		}
	}
}
