package corpus

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// tableName is what the README calls a format that is not called by its name.
var tableName = map[string][]string{
	"text": {"text", "文本"}, "markdown": {"`.md`"}, "csv": {"`.csv`"}, "jsonl": {"JSON lines"}, "json": {"JSON array", "JSON 数组"},
	"zip": {"ZIP"}, "7z": {"7z"}, "odt": {"ODT"}, "docx": {"DOCX"}, "xlsx": {"XLSX"}, "wacz": {"WACZ"}, "ofd": {"OFD"},
}

// refusedNames is what it calls those that are refused.
var refusedNames = map[string][]string{
	"image": {"other images", "其他图片"}, "archive": {"bz2"}, "caj": {"CAJ"}, "eml": {"`.eml`"},
}

var tableCell = regexp.MustCompile(`(?m)^\| ([^|]+) \|`)

// TestREADME holds the tables of formats in both READMEs to the table here: what is
// read has a row, what is refused is said to be, and no row has a format that is
// not read.
func TestREADME(t *testing.T) {
	for lang, file := range []string{"../README.md", "../README.zh-CN.md"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head := []string{"| Format |", "| 格式 |"}[lang]
		_, table, ok := strings.Cut(string(data), head)
		if !ok {
			t.Fatalf("%s has no table of formats", file)
		}
		table, below, _ := strings.Cut(table, "\n\n")
		refusals, _, _ := strings.Cut(below, "\n\n")
		named := map[string]bool{}
		for _, row := range tableCell.FindAllStringSubmatch(table, -1) {
			for _, name := range regexp.MustCompile(`[,、] ?`).Split(row[1], -1) {
				named[name] = true
			}
		}
		known := map[string]bool{"`metadata.csv`": true, "`.tsv`": true, "WPS": true, "---": true}
		names := []string{"docx", "odt", "xlsx", "wacz", "ofd"} // told within ZIP
		for _, f := range formats {
			names = append(names, f.name)
		}
		for _, name := range names {
			called := tableName[name]
			if called == nil {
				called = []string{strings.ToUpper(name)}
			}
			switch refused := refusedNames[name]; {
			case name == "":
			case refused != nil:
				if said := refused[min(lang, len(refused)-1)]; !strings.Contains(refusals, said) {
					t.Errorf("%s does not say that %s is refused", file, said)
				}
			default:
				called := called[min(lang, len(called)-1)]
				known[called] = true
				if !named[called] {
					t.Errorf("%s has no row of %s", file, called)
				}
			}
		}
		for name := range named {
			if !known[name] {
				t.Errorf("%s has a row of %s, which is not read", file, name)
			}
		}
	}
}
