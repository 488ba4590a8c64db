package main

import (
	"path/filepath"
	"testing"
)

// TestScannedSample holds the reading of bad scans to the rate of errors that is wanted, of
// one sample of each length.
func TestScannedSample(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing is recognised under -short")
	}
	reader, press, why := scanner(t.Context())
	if why != "" {
		t.Skip(why)
	}
	for _, name := range []string{"浙江省/浙江省2021年度法治政府建设情况.txt", "安徽省/合肥市/肥西县2022年度法治政府建设情况.txt"} {
		texts, err := sampleTexts(t.Context(), filepath.Join(root, "samples", "reports", name))
		if err != nil || len(texts) != 1 {
			t.Fatal(len(texts), err)
		}
		s := scan(t.Context(), texts[0], reader, press)
		if s.err != nil || s.Rate() > mostCharacterErrors {
			t.Errorf("%s: %.2f %% of %d characters are wrong, more than %.0f %% (%v)", name, 100*s.Rate(), s.Characters, 100*mostCharacterErrors, s.err)
		}
	}
}
