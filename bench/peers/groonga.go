package peers

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"baogao/bench/texts"
	"baogao/bench/workload"
)

// groonga is asked over HTTP with its cache of answers left out, which would
// give every question but the first time for nothing.
var groonga = Peer{
	Name: "groonga", Title: "Groonga, TokenBigram",
	Version: func(ctx context.Context) string { return versionOf(ctx, "groonga", "--version", " [") },
	Missing: lacks("groonga"),
	build:   buildGroonga, ask: askGroonga,
}

const groongaSchema = `table_create Regions TABLE_PAT_KEY ShortText
table_create Provinces TABLE_PAT_KEY ShortText
table_create Levels TABLE_PAT_KEY ShortText
table_create Years TABLE_PAT_KEY ShortText
table_create Kinds TABLE_PAT_KEY ShortText
table_create Passages TABLE_NO_KEY
column_create Passages id COLUMN_SCALAR ShortText
column_create Passages text COLUMN_SCALAR Text
column_create Passages region COLUMN_SCALAR Provinces
column_create Passages regions COLUMN_VECTOR Regions
column_create Passages level COLUMN_SCALAR Levels
column_create Passages year COLUMN_SCALAR Years
column_create Passages kind COLUMN_SCALAR Kinds
load --table Passages
[
`

// The index is made after the passages are there, which is Groonga's fastest
// way.
const groongaIndex = `
]
table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto
column_create Terms passages_text COLUMN_INDEX|WITH_POSITION Passages text
column_create Regions passages_regions COLUMN_INDEX Passages regions
column_create Levels passages_level COLUMN_INDEX Passages level
column_create Years passages_year COLUMN_INDEX Passages year
column_create Kinds passages_kind COLUMN_INDEX Passages kind
`

func groongaFile(at Place) string { return filepath.Join(at.Index, "passages.grn") }

// buildGroonga loads the lines of passages.jsonl as they are. Each answer is a
// line that begins with a status, which is 0 if all is well.
func buildGroonga(ctx context.Context, at Place) error {
	passages, err := os.Open(filepath.Join(at.Work, texts.PassagesFile))
	if err != nil {
		return err
	}
	defer passages.Close()
	out, said, err := feed(exec.CommandContext(ctx, "groonga", "-n", groongaFile(at)), func(to *bufio.Writer) error {
		_, err := io.Copy(to, io.MultiReader(strings.NewReader(groongaSchema), passages, strings.NewReader(groongaIndex)))
		return err
	})
	if err != nil {
		return err
	}
	for line := range strings.Lines(out + said) {
		if strings.HasPrefix(line, "[[") && !strings.HasPrefix(line, "[[0,") {
			return errors.New(line)
		}
	}
	return nil
}

func askGroonga(ctx context.Context, at Place, plan workload.Plan) (*workload.Answers, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	server := exec.CommandContext(ctx, "groonga", "--protocol", "http", "--bind-address", "127.0.0.1", "-p", port, "-s", groongaFile(at))
	if err := server.Start(); err != nil {
		return nil, err
	}
	defer server.Wait()
	defer server.Process.Kill()
	address := "http://127.0.0.1:" + port
	if err := awaitAnswer(ctx, address+"/d/status"); err != nil {
		return nil, err
	}
	return askServer(ctx, plan, server.Process.Pid, func(q workload.Question) string { return address + groongaPath(q) }, groongaTotal)
}

// freePort returns a port that nothing listens on at the moment.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// awaitAnswer waits until a server that was started answers.
func awaitAnswer(ctx context.Context, address string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if _, err = workload.Fetch(ctx, http.DefaultClient, address); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("%s does not answer: %w", address, err)
}

func groongaPath(q workload.Question) string {
	v := url.Values{
		"table": {"Passages"}, "limit": {"10"}, "cache": {"no"},
		"output_columns": {"id,_score,region,level,year,kind,text"},
		"drilldown":      {strings.Join(facetFields, ",")}, "drilldown_limit": {"50"},
	}
	if len(q.Words) > 0 {
		v.Set("match_columns", "text")
		v.Set("query", `"`+strings.Join(q.Words, `" "`)+`"`)
		v.Set("sort_keys", "-_score")
		v.Set("output_columns", "id,_score,region,level,year,kind,highlight_html(text)")
	}
	var filters []string
	for _, f := range q.Filters() {
		operator := " == "
		if f[0] == "regions" {
			operator = " @ "
		}
		filters = append(filters, f[0]+operator+`"`+f[1]+`"`)
	}
	if len(filters) > 0 {
		v.Set("filter", strings.Join(filters, " && "))
	}
	return "/d/select?" + v.Encode()
}

// groongaTotal reads [[0,…],[[[total],…],…]].
func groongaTotal(body []byte) (int, error) {
	_, hits, _ := strings.Cut(string(body), ",[[[")
	number, _, _ := strings.Cut(hits, "]")
	total, err := strconv.Atoi(number)
	if err != nil {
		err = fmt.Errorf("groonga says %.200s", body)
	}
	return total, err
}
