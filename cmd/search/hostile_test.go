package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
)

// hostileIndex is an index of reports that steer a terminal in all that they
// hold: two copies, and one in a region that would pass for a code.
func hostileIndex(t *testing.T) string {
	t.Helper()
	const bad = testkit.Hostile
	region := baogao.Region{Name: bad, Path: []string{bad}}
	text := strings.Repeat("行政复议案件已经办结"+bad, 3)
	report := func(id string, region baogao.Region) *baogao.Report {
		return &baogao.Report{
			Meta: baogao.Meta{
				ID: id + bad, Title: "标题" + bad, Kind: baogao.Kind(bad), Level: baogao.Level(bad), Year: 2022,
				Region: region, Issuer: bad, Number: bad, Published: bad, Source: bad,
			},
			Paragraphs: []baogao.Paragraph{{Number: 1, Text: text}},
			Passages:   []baogao.Passage{{Paragraph: 1, Text: text, Section: []string{"一" + bad}}},
		}
	}
	return testkit.Build(t, []*baogao.Report{report("a", region), report("b", region), report("c", baogao.Region{Name: "=510000", Path: []string{"=510000"}})})
}

// TestHostileReports asks every command for reports that forge lines and steer
// terminals.
func TestHostileReports(t *testing.T) {
	const id = "a" + testkit.Hostile
	index := hostileIndex(t)
	for _, tt := range []struct {
		args  []string
		code  int
		shown string
	}{
		{[]string{"行政复议"}, exitFound, `【行政复议】案件已经办结甲\x1b]0;zq9x`},
		{[]string{"行政复议", "--facets", "--all-copies"}, exitFound, `甲\x1b]0;zq9x\a`},
		{[]string{"办结甲"}, exitFound, `办结甲`},
		{[]string{"region:" + testkit.Hostile}, exitNothing, "note: "},
		{[]string{"行政复议", "--region", "=" + testkit.Hostile}, exitNothing, "note: "},
		{[]string{"行政复议", "--region", "=510000"}, exitNothing, ""},
		{[]string{"行政复议", "--level", testkit.Hostile}, exitError, `\x1b`},
		{[]string{"行政复议", "--year", testkit.Hostile}, exitError, `\x1b`},
		{[]string{"within:" + testkit.Hostile}, exitFound, "note: "},
		{[]string{"show", id}, exitFound, `[1] 行政复议案件已经办结甲\x1b]0;zq9x\a\x1b[31m`},
		{[]string{"show", id + "#p1"}, exitFound, `一甲\x1b]0;zq9x`},
		{[]string{"cite", id}, exitFound, `甲`},
		{[]string{"cite", id + "#p1", "--style", "csl", "--quote", testkit.Hostile}, exitFound, `"note": "“行政复议案件已经办结甲`},
		{[]string{"cite", id + "#p1", "--style", "ris"}, exitFound, "ER  - "},
		{[]string{"cite", "none" + testkit.Hostile}, exitError, `none甲\x1b]0;zq9x`},
		{[]string{"show", "none" + testkit.Hostile}, exitError, `none甲\x1b]0;zq9x`},
		{[]string{"复议", "--index", index + "\x1b\n" + testkit.Forged}, exitError, `\x1b\nindex: 99 reports`},
		{[]string{"serve", "--addr", testkit.Hostile}, exitError, `\x1b`},
		{[]string{"serve", "--token-file", "\x1b\n" + testkit.Forged}, exitError, `\x1b\nindex: 99 reports`},
	} {
		var stdout, stderr strings.Builder
		if code := run(t.Context(), append([]string{"--index", index}, tt.args...), &stdout, &stderr); code != tt.code {
			t.Errorf("%q: exit code %d\n%s%s", tt.args, code, stdout.String(), stderr.String())
		}
		for _, fault := range append(testkit.Steering(stdout.String()), testkit.Steering(stderr.String())...) {
			t.Errorf("%q: %s", tt.args, fault)
		}
		if said := strings.ReplaceAll(stdout.String()+stderr.String(), "\n   ", ""); !strings.Contains(said, tt.shown) {
			t.Errorf("%q: no %s in\n%s", tt.args, tt.shown, said)
		}
	}
}

// TestHostileReportsInColor takes the escape sequences of our own out of what is
// shown in color: no others are left.
func TestHostileReportsInColor(t *testing.T) {
	var stdout, stderr strings.Builder
	if code := run(t.Context(), []string{"--index", hostileIndex(t), "行政复议", "--facets", "--color", "always"}, &stdout, &stderr); code != exitFound {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	bare := strings.NewReplacer(bold, "", dim, "", marked, "", plain, "").Replace(stdout.String())
	if faults := testkit.Steering(bare); len(faults) > 0 || bare == stdout.String() {
		t.Errorf("%q in\n%s", faults, bare)
	}
}

// TestHostileReportsAreExact holds JSON and CSV to what the reports hold.
func TestHostileReportsAreExact(t *testing.T) {
	index := hostileIndex(t)
	var stdout strings.Builder
	if code := run(t.Context(), []string{"--index", index, "show", "a" + testkit.Hostile, "--format", "json"}, &stdout, io.Discard); code != exitFound {
		t.Fatal(code)
	}
	var r baogao.Report
	if err := json.Unmarshal([]byte(stdout.String()), &r); err != nil || r.Meta.Title != "标题"+testkit.Hostile {
		t.Errorf("%v, title %q", err, r.Meta.Title)
	}
	stdout.Reset()
	if code := run(t.Context(), []string{"--index", index, "行政复议", "--format", "csv"}, &stdout, io.Discard); code != exitFound {
		t.Fatal(code)
	}
	rows, err := csv.NewReader(strings.NewReader(stdout.String())).ReadAll()
	if err != nil || !strings.Contains(rows[1][2], "\u202e") || strings.Contains(rows[1][2], `\u202e`) {
		t.Errorf("%v, rows %q", err, rows)
	}
}

// TestHostileRequests logs what clients write into requests, and what becomes
// of an index under a server.
func TestHostileRequests(t *testing.T) {
	index := hostileIndex(t)
	s := serveHere(t, "--index", index, "--log-level", "debug", "--trusted-proxy", "127.0.0.1")
	for _, request := range []string{
		"GET /\u202e\u009b31m HTTP/1.1\r\nHost: x\r\nX-Request-Id: \u202e\r\nX-Forwarded-For: \u009b\u202e\r\n\r\n",
		"GET /%1b%0a" + strings.ReplaceAll(testkit.Forged, " ", "%20") + "?q=%e2%80%ae%0a HTTP/1.1\r\nHost: x\r\nUser-Agent: \u202e\r\n\r\n",
		"G\x1bT / HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET /api/v1/reports/a\xff\x9b HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.addr, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(c, strings.Replace(request, "\r\n\r\n", "\r\nConnection: close\r\n\r\n", 1))
		io.Copy(io.Discard, c)
		c.Close()
	}
	s.stop()
	<-s.code
	log := s.rest.String()
	if faults := testkit.Steering(log); len(faults) > 0 || strings.Count(log, "msg=request") < 3 {
		t.Errorf("%q in the log:\n%s", faults, log)
	}
}

// TestSharedAttacks asks an index of the file that forged lines, where it is at
// hand.
func TestSharedAttacks(t *testing.T) {
	name := testkit.Path(t, "../shared/cases/attack/a.jsonl")
	if _, err := os.Stat(name); err != nil {
		t.Skipf("%s is not there: the shared hostile files are not tried", name)
	}
	var reports []*baogao.Report
	for r, err := range corpus.Reports(context.Background(), []string{name}, corpus.Options{}) {
		if err == nil {
			reports = append(reports, r)
		}
	}
	index := testkit.Build(t, reports)
	said := func(args ...string) string {
		var output strings.Builder
		run(t.Context(), append([]string{"--index", index}, args...), &output, &output)
		for _, fault := range testkit.Steering(output.String()) {
			t.Errorf("%q of %s: %s", args, filepath.Base(name), fault)
		}
		return output.String()
	}
	said("行政复议", "--facets", "--all-copies", "-n", "100")
	for _, r := range reports {
		said("show", r.Meta.ID)
	}
	if got := said("行政复议", "--region", "=510000"); !strings.Contains(got, "no report of 四川省 itself is held") {
		t.Errorf("a stranger's region counts as what Sichuan itself reports:\n%s", got)
	}
}
