package dates

import (
	"testing"
	"time"
)

func TestFind(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"2022年1月7日在会议上", "2022-01-07"},
		{"二〇二三年十二月二十八日", "2023-12-28"},
		{"18.03.2015 13:07", "2015-03-18"},
		{"25-06-2020", "2020-06-25"},
		{"发布于2021/3/9 08:00", "2021-03-09"},
		{"2022-13-01", ""},
		{"32.03.2015", ""},
		{"版本1.18.03.2015", ""},
	} {
		got := ""
		if list := Find(tt.in); len(list) > 0 {
			got = list[0].Date.Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestInAddress(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"http://a.gov.cn/202301/t20230120_3810245.html", "2023-01-20"},
		{"http://a.gov.cn/art/2026/1/20/art_1_1.html", "2026-01-20"},
		{"http://a.gov.cn/2023-02/28/content_1.html", "2023-02-28"},
		{"http://a.gov.cn/2023-02-28/content_1.html", "2023-02-28"},
		{"http://a.gov.cn/x/123.html", ""},
	} {
		got := ""
		if list := InAddress(tt.in); len(list) > 0 {
			got = list[0].Date.Format(time.DateOnly)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.in, got, tt.want)
		}
	}
}
