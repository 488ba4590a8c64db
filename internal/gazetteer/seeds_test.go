package gazetteer

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeeds infers what five published reports are, from the text alone:
// whole, and with the first and last five lines cut off.
func TestSeeds(t *testing.T) {
	f, err := os.Open("../eval/testdata/seeds.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		file, fragment, want := row[0], row[1] == "true", row[2:]
		dir := filepath.Join("..", "..", "..", "shared", "seeds")
		if _, err := os.Stat(dir); err != nil {
			t.Skip("no real reports beside the project: ", err)
		}
		names, _ := filepath.Glob(filepath.Join(dir, file+"_*.txt"))
		if len(names) != 1 {
			t.Fatalf("%d files %s_*.txt in %s", len(names), file, dir)
		}
		d, ok := readSample(names[0])
		if !ok {
			t.Fatalf("%s is not UTF-8", names[0])
		}
		check := func(name string, d Document, want []string) {
			t.Run(file+" "+name, func(t *testing.T) {
				in := Infer(d)
				for i, got := range []Guess{in.Region, in.Level, in.Year, in.Kind, in.Published} {
					if got.Value != want[i] {
						t.Errorf("%s = %q (%.2f), want %q; %v, %v", rows[0][2+i], got.Value, got.Confidence, want[i], got.Candidates, got.Evidence)
					}
				}
			})
		}
		check("whole", d, want)
		if !fragment {
			check("cut", cutEnds(d, 5), append(want[:4:4], ""))
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
