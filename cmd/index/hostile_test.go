package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/testkit"
)

// forms are the two forms in which a hostile text may come.
var forms = []string{testkit.Hostile, "甲\xff\x9b31m\xe6\xb3" + "\n" + testkit.Forged}

// hostileFiles writes good and bad files whose names and contents steer a
// terminal, and returns their folder.
func hostileFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	name := strings.NewReplacer("/", "", "\x00", "").Replace(testkit.Hostile)
	entity := strings.NewReplacer("\n", "&#10;", "\r", "&#13;", "\x00", "", "\x1b", "", "\a", "", "\b", "").Replace(testkit.Hostile)
	relations := `<Relationships><Relationship Type="x/officeDocument" Target="` + entity + `"/></Relationships>`
	visible := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\r' && r != '\n' {
			return -1 // else it would be told as binary
		}
		return r
	}, testkit.Hostile)
	var lines strings.Builder
	for _, fields := range []map[string]any{
		{"id": testkit.Hostile, "title": testkit.Hostile, "text": testkit.Hostile, "region": testkit.Hostile, "issuer": testkit.Hostile, "number": testkit.Hostile, "source": testkit.Hostile},
		{"id": "a", "text": testkit.Hostile, "region": "=" + testkit.Hostile, "level": testkit.Hostile, "year": testkit.Hostile, "kind": testkit.Hostile, "published": testkit.Hostile},
		{"id": "a", "text": testkit.Hostile, testkit.Hostile: 1},
		{"id": "b", "text": map[string]string{testkit.Hostile: testkit.Hostile}},
	} {
		line, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	for file, data := range map[string][]byte{
		"many.jsonl":                   []byte(lines.String() + forms[1] + "\n"),
		"rows.csv":                     []byte("id,text,region,level\n\"" + visible + "\",\"" + visible + "\",\"" + visible + "\",\"" + visible + "\"\n"),
		"metadata.csv":                 []byte("file,region,\"" + visible + "\"\n\"" + visible + "\",\"" + visible + "\"\nmany.jsonl,\"=" + visible + "\"\n"),
		name[:min(len(name), 200)]:     []byte("遂宁市安居区2022年度法治政府建设报告\n全年受理行政复议案件。\n"),
		"\xb0\xb2\xbe\xd3\x1b\n.txt":   []byte(""),
		"x\xff\x9b\n" + testkit.Forged: []byte("\x00\x01"),
		"target.docx":                  testkit.Zip(t, "[Content_Types].xml", testkit.ContentTypes, "word/x", "", "_rels/.rels", relations),
		"packed.zip":                   testkit.Zip(t, forms[0]+".txt", "", forms[1]+".pdf", "%PDF-1.4"),
		"saved.mhtml":                  []byte("From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=\"" + forms[1] + "\"\r\n\r\n"),
		"frame.html":                   []byte("<html><frameset><frame src=\"" + forms[0] + "\"></frameset></html>"),
		"hexadecimal.pdf":              testkit.PDF("BT (a) Tj ET", "/X<z"+forms[0]+">"),
		"filter.pdf":                   testkit.PDF("BT (a) Tj ET", "/Font<</F1 5 0 R>>", "<</Length 1/Filter/#1b#0a"+strings.ReplaceAll(testkit.Forged, " ", "#20")+">>stream\nx\nendstream"),
		"brok\u202efdp.en.pdf":         []byte("%PDF-1.4\n" + forms[0] + "\nstartxref\n" + forms[1] + "\n%%EOF"),
		"deep/\x1b[2J/empty.txt":       []byte(""),
	} {
		path := filepath.Join(dir, file)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestHostileFiles has every command read files that forge lines and steer
// terminals in all that they hold, and are called.
func TestHostileFiles(t *testing.T) {
	dir, index := hostileFiles(t), filepath.Join(t.TempDir(), "index")
	strange := filepath.Join(t.TempDir(), "\x1b[31m\n"+testkit.Forged)
	table := filepath.Join(t.TempDir(), "\u202e\n"+testkit.Forged+".csv")
	for _, tt := range []struct {
		args  []string
		code  int
		shown string
	}{
		{[]string{"build", dir, "--index", index, "--report", table}, 0, `\x1b[2J/empty.txt: empty`},
		{[]string{"update", dir, "--index", index}, 0, `安居\x1b\n.txt: empty`},
		{[]string{"inspect", dir}, 1, `\nindex: 99 reports\r`},
		{[]string{"stats", "--index", index}, 0, ""},
		{[]string{"verify", "--index", index}, 0, ""},
		{[]string{"stats", "--index", strange}, 1, `\x1b[31m\nindex: 99`},
		{[]string{"build", dir, "--index", index, "--report", strange + "/files.csv"}, 1, `\x1b[31m\nindex: 99`},
		{[]string{"build", strange}, 1, `\x1b[31m\nindex: 99`},
		{[]string{strange}, 2, ""},
		{[]string{"build", dir, "--" + strange}, 2, ""},
	} {
		var stdout, stderr strings.Builder
		if code := run(t.Context(), tt.args, &stdout, &stderr); code != tt.code {
			t.Errorf("%q: exit code %d\n%s", tt.args, code, stderr.String())
		}
		for _, fault := range append(testkit.Steering(stdout.String()), testkit.Steering(stderr.String())...) {
			t.Errorf("%q: %s", tt.args[0], fault)
		}
		if !strings.Contains(stdout.String()+stderr.String(), tt.shown) {
			t.Errorf("%q: no %s in\n%s%s", tt.args, tt.shown, stdout.String(), stderr.String())
		}
	}
}

// TestHostileIndex has the commands tell of an index whose files hold what
// steers a terminal, in regions that no file can give and in what is damaged.
func TestHostileIndex(t *testing.T) {
	region := baogao.Region{Name: testkit.Hostile, Path: []string{testkit.Hostile}}
	index := testkit.Build(t, []*baogao.Report{{
		Meta:     baogao.Meta{ID: testkit.Hostile, Title: testkit.Hostile, Region: region, Level: baogao.Level(testkit.Hostile), Kind: baogao.Kind(testkit.Hostile)},
		Passages: []baogao.Passage{{Paragraph: 1, Text: testkit.Hostile}},
	}})
	say := func(args ...string) string {
		var output strings.Builder
		code := run(t.Context(), append(args, "--index", index), &output, &output)
		for _, fault := range testkit.Steering(output.String()) {
			t.Errorf("%q: %s", args, fault)
		}
		return fmt.Sprintf("%d %s", code, output.String())
	}
	if got := say("stats"); !strings.Contains(got, `甲\x1b]0;zq9x\a\x1b[31m`) || got[0] != '0' {
		t.Errorf("stats says %s", got)
	}
	for _, damage := range []struct{ file, text string }{{"gen-000001/text.bin", ""}, {"gen-000001/manifest.json", forms[0]}, {"CURRENT", "gen-\x1b\n" + testkit.Forged}} {
		if err := os.WriteFile(filepath.Join(index, damage.file), []byte(damage.text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"verify", "stats"} {
			if got := say(command); got[0] != '1' {
				t.Errorf("%s with a damaged %s says %s", command, damage.file, got)
			}
		}
	}
}

// TestSharedAttacks builds and inspects the files that forged lines, where
// they are at hand.
func TestSharedAttacks(t *testing.T) {
	dir := testkit.Path(t, "../shared/cases/attack")
	var files []string
	for _, name := range []string{"a.jsonl", "target.docx"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Skipf("%s is not there: the shared hostile files are not tried", filepath.Join(dir, name))
		}
		files = append(files, filepath.Join(dir, name))
	}
	index := filepath.Join(t.TempDir(), "index")
	for _, args := range [][]string{append([]string{"build"}, files...), append([]string{"inspect"}, files...), {"stats"}} {
		var output strings.Builder
		run(t.Context(), append(args, "--index", index), &output, &output)
		faults := testkit.Steering(output.String())
		for line := range strings.Lines(output.String()) {
			if strings.HasPrefix(line, "skipped: faked") {
				faults = append(faults, line)
			}
		}
		if len(faults) > 0 {
			t.Errorf("%s: %q", args[0], faults)
		}
	}
}
