package export_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/export"
)

var errBroken = errors.New("/srv/secret: bad sector")

// hits yields n hits, and then an error if there is one.
func hits(n int, err error) iter.Seq2[*baogao.Hit, error] {
	return func(yield func(*baogao.Hit, error) bool) {
		for i := range n {
			if !yield(&baogao.Hit{ID: strconv.Itoa(i), Text: strings.Repeat("报告", 50)}, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// serving starts a server that serves hits, and answers 418 with the error
// that stands before the first.
func serving(t *testing.T, all iter.Seq2[*baogao.Hit, error], f export.File) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := export.Serve(w, r, all, f); err != nil {
			if len(w.Header()) != 0 {
				t.Errorf("headers before an error: %v", w.Header())
			}
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestServe(t *testing.T) {
	for _, tt := range []struct {
		form  string
		n     int
		lines int
	}{{"csv", 0, 1}, {"csv", 1, 2}, {"csv", 5000, 5001}, {"jsonl", 0, 0}, {"jsonl", 5000, 5000}} {
		res, err := http.Get(serving(t, hits(tt.n, nil), export.File{Form: tt.form}).URL)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if lines := bytes.Count(body, []byte("\n")); err != nil || lines != tt.lines || res.Trailer.Get(export.TotalHeader) != strconv.Itoa(tt.n) {
			t.Errorf("%s of %d: %d lines, trailer %v, %v", tt.form, tt.n, lines, res.Trailer, err)
		}
	}
}

func TestServeNamesTheFile(t *testing.T) {
	for question, want := range map[string]string{
		"":             "%E6%A3%80%E7%B4%A2%E7%BB%93%E6%9E%9C.csv",
		"复议":           "%E6%A3%80%E7%B4%A2%E7%BB%93%E6%9E%9C-%E5%A4%8D%E8%AE%AE.csv",
		"../a\r\nb\"/": "%E6%A3%80%E7%B4%A2%E7%BB%93%E6%9E%9C-a-b.csv",
		"\u202Egpj":    "%E6%A3%80%E7%B4%A2%E7%BB%93%E6%9E%9C-gpj.csv",
	} {
		rec := httptest.NewRecorder()
		if err := export.Serve(rec, httptest.NewRequest("GET", "/", nil), hits(1, nil), export.File{Form: "csv", Question: question}); err != nil {
			t.Fatal(err)
		}
		got := rec.Header().Get("Content-Disposition")
		if got != `attachment; filename="baogao.csv"; filename*=UTF-8''`+want || rec.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Errorf("%q: %v", question, rec.Header())
		}
	}
	rec := httptest.NewRecorder()
	if err := export.Serve(rec, httptest.NewRequest("GET", "/", nil), hits(1, nil), export.File{Form: "jsonl", Question: strings.Repeat("长", 1000)}); err != nil {
		t.Fatal(err)
	}
	if got := rec.Header().Get("Content-Disposition"); len(got) > 500 || !strings.HasSuffix(got, ".jsonl") {
		t.Errorf("a long question: %s", got)
	}
}

// TestServeErrors tells an error before the first byte, which can be answered,
// from a later one, after which the client must notice that half is missing.
func TestServeErrors(t *testing.T) {
	for _, n := range []int{0, 1, 5000} {
		var log bytes.Buffer
		s := serving(t, hits(n, errBroken), export.File{Form: "csv", Log: slog.New(slog.NewTextHandler(&log, nil))})
		res, err := http.Get(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		s.Close()
		if answered := n < 10; answered != (res.StatusCode == http.StatusTeapot) || answered != (err == nil) ||
			answered == strings.Contains(log.String(), "bad sector") {
			t.Errorf("an error behind %d hits: %s, %v, logged %q", n, res.Status, err, log.String())
		}
	}
}

// TestServeStreams reads the head of a file whose end never comes.
func TestServeStreams(t *testing.T) {
	ended := make(chan bool)
	s := serving(t, func(yield func(*baogao.Hit, error) bool) {
		defer close(ended)
		for yield(&sample, nil) {
		}
	}, export.File{Form: "jsonl"})
	res, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, res.Body, 1<<20); err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	<-ended // the client went away
}

func TestServeHead(t *testing.T) {
	res, err := http.Head(serving(t, func(yield func(*baogao.Hit, error) bool) {
		for yield(&sample, nil) {
		}
	}, export.File{Form: "csv"}).URL)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Disposition") == "" {
		t.Errorf("%s %v", res.Status, res.Header)
	}
}

// TestServeFigures wants a file named by what it is, with the number of figures behind
// it; an error before the first byte for the caller, and a later one to break it off.
func TestServeFigures(t *testing.T) {
	broken := func(n int) iter.Seq2[*baogao.FoundFigure, error] {
		return func(yield func(*baogao.FoundFigure, error) bool) {
			for i := range n {
				f := &baogao.FoundFigure{Figure: baogao.Figure{Value: float64(i), Evidence: strings.Repeat("受理", 500)}}
				if !yield(f, nil) {
					return
				}
			}
			yield(nil, errBroken)
		}
	}
	rec := httptest.NewRecorder()
	f := export.File{Form: "csv", What: "数字", Question: "复议"}
	if err := export.ServeFigures(rec, httptest.NewRequest("GET", "/", nil), someFigures(nil), f); err != nil {
		t.Fatal(err)
	}
	if got := rec.Header(); got.Get(export.TotalHeader) != "2" || !strings.Contains(got.Get("Content-Disposition"), "%E6%95%B0%E5%AD%97-%E5%A4%8D%E8%AE%AE.csv") || strings.Count(rec.Body.String(), "\n") != 3 {
		t.Errorf("%v\n%s", got, rec.Body)
	}
	rec = httptest.NewRecorder()
	if err := export.ServeFigures(rec, httptest.NewRequest("GET", "/", nil), broken(1), f); !errors.Is(err, errBroken) || len(rec.Header()) > 0 || rec.Body.Len() > 0 {
		t.Errorf("before the first byte: %v, %v, %d bytes", err, rec.Header(), rec.Body.Len())
	}
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("half a file ends with %v", got)
		}
	}()
	_ = export.ServeFigures(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), broken(500), f)
}
