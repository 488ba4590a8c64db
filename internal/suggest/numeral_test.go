package suggest

import (
	"strconv"
	"testing"
)

// TestNumbers writes numbers in Chinese and reads them again.
func TestNumbers(t *testing.T) {
	for digits, want := range map[string]string{
		"1": "一", "10": "十", "11": "十一", "20": "二十", "25": "二十五", "100": "一百", "105": "一百零五", "110": "一百一十", "119": "一百一十九",
		"1000": "一千", "1005": "一千零五", "1050": "一千零五十", "1260": "一千二百六十", "9999": "九千九百九十九",
	} {
		if got := chineseNumber(digits); got != want {
			t.Errorf("%s is written %s, want %s", digits, got, want)
		}
	}
	for n := 1; n < 10_000; n++ {
		if got := arabicNumber(chineseNumber(strconv.Itoa(n))); got != strconv.Itoa(n) {
			t.Errorf("%d is written %s, which is read as %s", n, chineseNumber(strconv.Itoa(n)), got)
		}
	}
	for _, text := range []string{"二五", "十十", "百", "零", "一零五", "五百三"} {
		if got := arabicNumber(text); got != "" {
			t.Errorf("%s is read as %s", text, got)
		}
	}
}

// TestRewrites writes the numbers of words in another way.
func TestRewrites(t *testing.T) {
	for _, tt := range []struct{ word, want string }{
		{"第25条", "第二十五条"}, {"第１２届", "第十二届"}, {"第二十五条", "第25条"}, {"第3季度", "第三季度"}, {"第一百〇五条", "第105条"}, {"第25", ""}, {"25条", ""},
		{"2023年", "二〇二三年"}, {"二〇二三年", "2023年"}, {"二零二三年", "2023年"}, {"12023年", ""}, {"第二五条", ""}, {"一百年", ""},
	} {
		got, plain := "", halfWidth(tt.word)
		for _, rewrite := range rewrites {
			if other := rewrite(plain); other != plain && got == "" {
				got = other
			}
		}
		if got != tt.want {
			t.Errorf("%s is also written %q, want %q", tt.word, got, tt.want)
		}
	}
}
