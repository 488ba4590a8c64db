package gazetteer

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	fs, _ := filepath.Glob("../../../shared/seeds/*.txt")
	for _, f := range fs {
		b, _ := os.ReadFile(f)
		for _, cut := range []int{0, 5} {
			d := body(gloss.ReplaceAllString(string(b), "$1"))
			if cut > 0 {
				var k []string
				for _, l := range d.Lines {
					if strings.TrimSpace(l) != "" {
						k = append(k, l)
					}
				}
				if len(k) < 12 {
					continue
				}
				d.Lines = k[5 : len(k)-5]
			}
			r := newReader(d)
			u := r.guessUnit()
			fmt.Printf("%s 省%.0f 自%.0f 市%.0f 区%.0f 县%.0f 州%.0f 盟%.0f 街%.0f 镇%.0f 乡%.0f 国%.1f\n", filepath.Base(f)[:3], u.sum("省"), u.sum("自治区"), u.sum("市"), u.sum("区"), u.sum("县"), u.sum("州"), u.sum("盟"), u.sum("街道"), u.sum("镇"), u.sum("乡"), u.sum("国"))
			in := Infer(d)
			p := func(n string, g Guess) {
				fmt.Printf("   %s %q %.2f %v %v\n", n, g.Value, g.Confidence, g.Candidates, g.Evidence)
			}
			p("region", in.Region)
			p("level", in.Level)
			p("year", in.Year)
			p("kind", in.Kind)
			p("issuer", in.Issuer)
			p("number", in.Number)
			p("pub", in.Published)
		}
	}
}
