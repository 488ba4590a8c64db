package infer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeeds infers what five published reports are, from the text alone:
// whole, and with the first and last five lines cut off.
func TestSeeds(t *testing.T) {
	seeds := []struct {
		file, region, level, year, kind, published string
		cut                                        bool // enough is left after cutting
	}{
		{"000", "510104", "district", "2022", work, "", false},
		{"001", "510904", "district", "2022", ruleOfLaw, "2023-02-28", true},
		{"002", "500105008", "street", "2024", ruleOfLaw, "2025-01-14", true},
		{"003", "511102", "district", "2023", work, "", false},
		{"004", "320106", "district", "2022", ruleOfLaw, "", true},
	}
	for _, s := range seeds {
		dir := filepath.Join("..", "..", "..", "shared", "seeds")
		if _, err := os.Stat(dir); err != nil {
			t.Skip("no real reports beside the project: ", err)
		}
		names, _ := filepath.Glob(filepath.Join(dir, s.file+"_*.txt"))
		if len(names) != 1 {
			t.Fatalf("%d files %s_*.txt in %s", len(names), s.file, dir)
		}
		d, ok := readSample(names[0])
		if !ok {
			t.Fatalf("%s is not UTF-8", names[0])
		}
		check := func(name string, d Document, published string) {
			t.Run(s.file+" "+name, func(t *testing.T) {
				in := Infer(d)
				for _, f := range []struct {
					field string
					got   Guess
					want  string
				}{{"region", in.Region, s.region}, {"level", in.Level, s.level}, {"year", in.Year, s.year}, {"kind", in.Kind, s.kind}, {"published", in.Published, published}} {
					if f.got.Value != f.want {
						t.Errorf("%s = %q (%.2f), want %q; %v, %v", f.field, f.got.Value, f.got.Confidence, f.want, f.got.Candidates, f.got.Evidence)
					}
				}
			})
		}
		check("whole", d, s.published)
		if s.cut {
			check("cut", cutEnds(d, 5), "")
		}
	}
}

// cutEnds leaves out the first and last n lines that are not empty.
func cutEnds(d Document, n int) Document {
	var full []string
	for _, l := range d.Lines {
		if strings.TrimSpace(l) != "" {
			full = append(full, l)
		}
	}
	d.Lines = full[n : len(full)-n]
	return d
}
