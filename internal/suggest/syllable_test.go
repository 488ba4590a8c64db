package suggest

import (
	"fmt"
	"strings"
	"testing"
)

// TestReadings reads letters as syllables in every way.
func TestReadings(t *testing.T) {
	for letters, want := range map[string]string{
		"xian": "[[xian] [xi an]]", "xi'an": "[[xi an]]", "fangan": "[[fang an] [fan gan]]", "lvse": "[[lv se]]", "zhuang": "[[zhuang] [zhu ang]]",
		"gdp": "[]", "led": "[]", "": "[[]]", "'": "[[]]", "xianx": "[]",
	} {
		if got := fmt.Sprint(readings(letters)); got != want {
			t.Errorf("%s: %s, want %s", letters, got, want)
		}
	}
	for _, unread := range []string{strings.Repeat("ao", 300) + "x", strings.Repeat("na", 300) + "x", strings.Repeat("xian", 300) + "x"} {
		if got := readings(unread); got != nil {
			t.Errorf("%s: %v", unread, got)
		}
	}
	if n := len(readings(strings.Repeat("xian", 20))); n != maxReadings {
		t.Errorf("%d ways to read a long word, want %d", n, maxReadings)
	}
}

// TestPinyinTable looks characters up that have one reading, or several.
func TestPinyinTable(t *testing.T) {
	for syllable, characters := range map[string]string{"xing": "行形性", "hang": "行航", "lv": "绿律", "yi": "议一意", "zhong": "重中", "chong": "重"} {
		for _, r := range characters {
			if !strings.ContainsRune(string(charactersOf()[syllable]), r) {
				t.Errorf("%c is not read %s", r, syllable)
			}
		}
	}
	if n := len(charactersOf()); n < 400 || n > 420 {
		t.Errorf("%d syllables", n)
	}
}
