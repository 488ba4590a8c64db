package clean

import (
	"strings"
	"testing"
)

// FuzzLines: cleaning what was cleaned changes nothing.
func FuzzLines(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		once, _ := cleaned(t, strings.ToValidUTF8(text, "\uFFFD"))
		if twice, _ := cleaned(t, once); twice != once {
			t.Errorf("cleaned once %q, twice %q", once, twice)
		}
	})
}
