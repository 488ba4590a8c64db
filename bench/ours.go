package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"time"

	"baogao"
	"baogao/internal/engine"
)

// prepared is this engine fed with reports that are read and understood
// already, as the others are fed with passages. It is asked over HTTP.
var prepared = peer{
	name: "ours", title: "baogao",
	version: func(context.Context) string { return "baogao " + commit() },
	missing: func() string { return "" },
	build:   buildPrepared,
	ask:     askOurs,
}

// commit returns what the program was built from, as far as that is known.
func commit() string {
	const shown = 10 // digits
	revision, changed := "of unknown commit", ""
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(shown, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed"
		}
	}
	return revision + changed
}

func buildPrepared(ctx context.Context, w workplace) error {
	x, err := engine.Create(w.index, "bench")
	if err != nil {
		return err
	}
	defer x.Close()
	if w.count > 0 {
		err = grow(ctx, w, x)
	} else {
		err = addAll(ctx, w, x)
	}
	if err != nil {
		return err
	}
	_, err = x.Publish(ctx)
	return err
}

func addAll(ctx context.Context, w workplace, x baogao.Writer) error {
	for r, err := range reports(w.work) {
		if err != nil {
			return err
		}
		if err := x.Add(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// askOurs asks search serve.
func askOurs(ctx context.Context, w workplace, l load) (*answers, error) {
	server, addr, err := serve(ctx, w)
	if err != nil {
		return nil, err
	}
	defer server.Wait()
	defer server.Process.Signal(os.Interrupt)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.Clients}}
	a, err := l.put(ctx, func() (ask, func() error, error) {
		return func(q question) (func() (int, error), error) {
			body, err := fetch(ctx, client, addr+ourPath(q))
			return func() (int, error) { return ourTotal(body) }, err
		}, nothing, nil
	})
	if err != nil {
		return nil, err
	}
	a.Resident, a.Anonymous, err = resident(server.Process.Pid)
	return a, err
}

func nothing() error { return nil }

// serve starts search serve on a free port and returns its address.
func serve(ctx context.Context, w workplace) (*exec.Cmd, string, error) {
	server := exec.CommandContext(ctx, w.command("search"), "serve", "--addr", "127.0.0.1:0", "--index", w.index)
	stderr, err := server.StderrPipe()
	if err != nil {
		return nil, "", err
	}
	if err := server.Start(); err != nil {
		return nil, "", err
	}
	lines := bufio.NewReader(stderr)
	first, err := lines.ReadString('\n')
	_, addr, ok := strings.Cut(strings.TrimSpace(first), "listening on ")
	if !ok {
		return nil, "", errors.Join(fmt.Errorf("search serve says %q", first), err, server.Process.Kill(), server.Wait())
	}
	go io.Copy(io.Discard, lines)
	return server, addr, nil
}

// ourPath is the request for a question: over all copies and without the
// relaxed tier, so that totals are those of the other engines.
func ourPath(q question) string {
	text := q.Text
	if text == matchAll {
		text = ""
	}
	return "/api/v1/search?" + url.Values{"q": {text}, "all_copies": {"true"}, "exact": {"true"}}.Encode()
}

func ourTotal(body []byte) (int, error) {
	var r struct{ Total baogao.Total }
	err := json.Unmarshal(body, &r)
	return r.Total.Passages, err
}

// fetch returns the whole answer to a request.
func fetch(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", res.Status, body)
	}
	return body, err
}

// buildFromFiles runs index build over the files the corpus was made of: what
// its user pays, who has files and no passages.
func buildFromFiles(ctx context.Context, s settings, info *corpusInfo, index string) (cost, error) {
	if err := empty(index); err != nil {
		return cost{}, err
	}
	args := append([]string{"build", "--index", index}, info.Sources...)
	return measure(exec.CommandContext(ctx, s.command("index"), args...), index+".log")
}

// A shell tells how long search takes as a process of its own, from start to
// end, in milliseconds.
type shell struct {
	Warm []float64 `json:"warm"`
	Cold []float64 `json:"cold"`
}

const (
	warmRuns = 20
	coldRuns = 5
)

// runShell runs search with the files of the index in the page cache, and with
// none of them there.
func runShell(ctx context.Context, w workplace, words string) (*shell, error) {
	s := &shell{}
	for i := range 1 + warmRuns + coldRuns {
		cold := i > warmRuns
		if cold {
			if err := evict(w.index); err != nil {
				return nil, err
			}
		}
		began := time.Now()
		out, err := exec.CommandContext(ctx, w.command("search"), words, "--index", w.index).CombinedOutput()
		took := milliseconds(time.Since(began))
		if err != nil {
			return nil, fmt.Errorf("search %s: %w: %s", words, err, out)
		}
		switch {
		case cold:
			s.Cold = append(s.Cold, took)
		case i > 0:
			s.Warm = append(s.Warm, took)
		}
	}
	return s, nil
}
