package peers

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"baogao/bench/texts"
	"baogao/bench/workload"
)

// sqlite is FTS5 with its trigram tokenizer, through the sqlite3 command: the
// only tokenizer of it that takes Chinese apart. It cannot be asked for words of
// fewer than three characters.
var sqlite = Peer{
	Name: "sqlite", Title: "SQLite FTS5, trigram",
	Version: func(ctx context.Context) string { return "SQLite " + versionOf(ctx, "sqlite3", "--version", " ") },
	Missing: lacks("sqlite3"),
	build:   buildSQLite, ask: askSQLite,
}

const trigram = 3

// What is counted by stands in a narrow table of its own, so that counting does
// not touch the texts.
const sqliteSchema = `PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;
CREATE TABLE meta(id INTEGER PRIMARY KEY, region, level, year, kind);
CREATE TABLE regions(region, id, PRIMARY KEY(region, id)) WITHOUT ROWID;
CREATE TABLE passages(id INTEGER PRIMARY KEY, name, text);
CREATE VIRTUAL TABLE fts USING fts5(text, content='passages', content_rowid='id', tokenize='trigram');
CREATE TEMP TABLE feed(id INTEGER, name, text, region, regions, level, year, kind);
.mode csv
.import /dev/stdin feed
`

const sqliteFill = `BEGIN;
INSERT INTO meta SELECT id, region, level, year, kind FROM feed;
INSERT INTO regions SELECT value, feed.id FROM feed, json_each(feed.regions);
INSERT INTO passages SELECT id, name, text FROM feed;
INSERT INTO fts(fts) VALUES('rebuild');
COMMIT;
`

func sqliteFile(at Place) string { return filepath.Join(at.Index, "passages.db") }

// buildSQLite feeds the passages as CSV, with numbers for ids.
func buildSQLite(ctx context.Context, at Place) error {
	var args []string
	for line := range strings.Lines(sqliteSchema + sqliteFill) {
		args = append(args, "-cmd", strings.TrimSpace(line))
	}
	out, said, err := feed(exec.CommandContext(ctx, "sqlite3", append(args, sqliteFile(at), "")...), func(to *bufio.Writer) error {
		lines := csv.NewWriter(to)
		n := 0
		for p, err := range texts.Passages(at.Work) {
			if err != nil {
				return err
			}
			n++
			regions := `["` + strings.Join(p.Regions, `","`) + `"]`
			if err := lines.Write([]string{strconv.Itoa(n), p.ID, p.Text, p.Region, regions, p.Level, p.Year, p.Kind}); err != nil {
				return err
			}
		}
		lines.Flush()
		return lines.Error()
	})
	if err == nil && strings.Contains(out+said, "Error") {
		err = errors.New(out + said)
	}
	return err
}

func askSQLite(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, error) {
	return plan.Run(ctx, func() (workload.Ask, func() error, error) { return openSQLite(ctx, at) })
}

// endOfAnswer is printed after each answer.
const endOfAnswer = "--end of answer--"

// openSQLite starts a sqlite3 that is asked through its standard input.
func openSQLite(ctx context.Context, at Place) (workload.Ask, func() error, error) {
	cmd := exec.CommandContext(ctx, "sqlite3", "-readonly", "-list",
		"-cmd", "PRAGMA mmap_size=4294967296;", "-cmd", "PRAGMA cache_size=-262144;", "-cmd", "PRAGMA temp_store=MEMORY;", sqliteFile(at))
	cmd.Stderr = os.Stderr
	in, faultIn := cmd.StdinPipe()
	pipe, faultOut := cmd.StdoutPipe()
	if err := errors.Join(faultIn, faultOut); err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	out := bufio.NewReader(pipe)
	ask := func(q workload.Question) (func() (int, error), error) {
		statement := sqliteStatement(q)
		if statement == "" {
			return func() (int, error) { return workload.Unanswered, nil }, nil
		}
		if _, err := io.WriteString(in, statement+".print "+endOfAnswer+"\n"); err != nil {
			return nil, err
		}
		answer, err := readAnswer(out)
		return func() (int, error) { return sqliteTotal(answer) }, err
	}
	return ask, func() error { return errors.Join(in.Close(), cmd.Wait()) }, nil
}

func readAnswer(out *bufio.Reader) (string, error) {
	var answer strings.Builder
	for {
		line, err := out.ReadString('\n')
		if err != nil || line == endOfAnswer+"\n" {
			return answer.String(), err
		}
		answer.WriteString(line)
	}
}

// sqliteTotal reads the row total||number.
func sqliteTotal(answer string) (int, error) {
	_, number, _ := strings.Cut("\n"+answer, "\ntotal||")
	number, _, _ = strings.Cut(number, "\n")
	return strconv.Atoi(number)
}

// sqliteStatement asks for the counts in one pass over the matches, and for the
// top ten by bm25 in another. It is "" where trigrams cannot be asked.
func sqliteStatement(q workload.Question) string {
	for _, word := range q.Words {
		if utf8.RuneCountInString(word) < trigram {
			return ""
		}
	}
	from, where := "meta", "1"
	top := "SELECT name, text FROM passages WHERE id IN (SELECT meta.id FROM %s WHERE %s) ORDER BY id LIMIT 10;\n"
	if len(q.Words) > 0 {
		from = "fts JOIN meta ON meta.id=fts.rowid"
		where = `fts MATCH '"` + strings.Join(q.Words, `" AND "`) + `"'`
		top = "SELECT meta.id, highlight(fts,0,'<em>','</em>') FROM %s WHERE %s ORDER BY bm25(fts) LIMIT 10;\n"
	}
	for _, f := range q.Filters() {
		if f[0] == "regions" {
			where += " AND meta.id IN (SELECT id FROM regions WHERE region='" + f[1] + "')"
		} else {
			where += " AND meta." + f[0] + "='" + f[1] + "'"
		}
	}
	counts := fmt.Sprintf("WITH m AS MATERIALIZED (SELECT region, level, year, kind FROM %s WHERE %s) SELECT 'total','',count(*) FROM m", from, where)
	for _, name := range facetFields {
		counts += fmt.Sprintf(" UNION ALL SELECT '%s',%s,count(*) FROM m GROUP BY 2", name, name)
	}
	return counts + ";\n" + fmt.Sprintf(top, from, where)
}
