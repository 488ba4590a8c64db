package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// groonga is asked over HTTP with its cache of answers left out, which would
// give every question but the first time for nothing.
var groonga = peer{
	name: "groonga", title: "Groonga, TokenBigram",
	version: func(ctx context.Context) string {
		version, _, _ := strings.Cut(firstLine(ctx, "groonga", "--version"), " [")
		return version
	},
	missing: lacks("groonga"),
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

func groongaFile(w workplace) string { return filepath.Join(w.index, "passages.grn") }

func buildGroonga(ctx context.Context, w workplace) error {
	cmd := exec.CommandContext(ctx, "groonga", "-n", groongaFile(w))
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return err
	}
	if err := errors.Join(feedGroonga(in, w), in.Close(), cmd.Wait()); err != nil {
		return fmt.Errorf("%w: %s", err, said.String())
	}
	return groongaFault(said.String())
}

// groongaFault finds an error among the answers to commands, each a line that
// begins with a status.
func groongaFault(said string) error {
	for line := range strings.Lines(said) {
		if strings.HasPrefix(line, "[[") && !strings.HasPrefix(line, "[[0,") {
			return errors.New(line)
		}
	}
	return nil
}

func feedGroonga(to io.Writer, w workplace) error {
	out := bufio.NewWriterSize(to, 1<<20)
	out.WriteString(groongaSchema)
	between := ""
	for line, err := range passageLines(w.work) {
		if err != nil {
			return err
		}
		out.WriteString(between)
		out.Write(line)
		between = ",\n"
	}
	out.WriteString(groongaIndex)
	return out.Flush()
}

func askGroonga(ctx context.Context, w workplace, l load) (*answers, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	server := exec.CommandContext(ctx, "groonga", "--protocol", "http", "--bind-address", "127.0.0.1", "-p", port, "-s", groongaFile(w))
	if err := server.Start(); err != nil {
		return nil, err
	}
	defer server.Wait()
	defer server.Process.Kill()
	address := "http://127.0.0.1:" + port
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.Clients}}
	if err := awaitAnswer(ctx, client, address+"/d/status"); err != nil {
		return nil, err
	}
	a, err := l.put(ctx, func() (ask, func() error, error) {
		return func(q question) (func() (int, error), error) {
			body, err := fetch(ctx, client, address+groongaPath(q))
			return func() (int, error) { return groongaTotal(body) }, err
		}, nothing, nil
	})
	if err != nil {
		return nil, err
	}
	a.Resident, a.Anonymous, err = resident(server.Process.Pid)
	return a, err
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

const startTimeout = 30 * time.Second

// awaitAnswer waits until a server that was started answers.
func awaitAnswer(ctx context.Context, client *http.Client, address string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		_, err := fetch(ctx, client, address)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer within %v: %w", startTimeout, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func groongaPath(q question) string {
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
	for _, f := range q.filters() {
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
	var reply []json.RawMessage
	if err := json.Unmarshal(body, &reply); err != nil {
		return 0, err
	}
	if len(reply) < 2 {
		return 0, fmt.Errorf("groonga says %s", body)
	}
	var hits [][]json.RawMessage
	if err := json.Unmarshal(reply[1], &hits); err != nil {
		return 0, err
	}
	var total []int
	if err := json.Unmarshal(hits[0][0], &total); err != nil || len(total) != 1 {
		return 0, fmt.Errorf("groonga says %.200s", body)
	}
	return total[0], nil
}
