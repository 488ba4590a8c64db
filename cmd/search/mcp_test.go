package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"baogao"
	"baogao/corpus"
	"baogao/internal/testkit"
)

// indexOfSamples builds an index of the samples and returns its folder.
func indexOfSamples(t *testing.T) string {
	t.Helper()
	return testkit.Build(t, testkit.Collect(t, corpus.Reports(t.Context(), []string{testkit.Path(t, testkit.Samples)}, corpus.Options{})))
}

// TestMCP talks with the command over its standard input and output.
func TestMCP(t *testing.T) {
	program := filepath.Join(buildCommand(t, "search"), "search")
	cmd := exec.Command(program, "mcp", "--index", indexOfSamples(t), "--pages", "http://127.0.0.1:9")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	c, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(t.Context(), &sdk.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for tool, err := range c.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, tool.Name)
	}
	if len(names) < 7 {
		t.Errorf("tools %v", names)
	}
	args, found := map[string]any{"question": "行政复议", "limit": 20}, 0
	for more := true; more; {
		res, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: "search", Arguments: args})
		if err != nil || res.IsError {
			t.Fatal(err, res)
		}
		var a struct {
			Total baogao.Total
			Hits  []struct{ ID string }
			Next  string
		}
		b, _ := json.Marshal(res.StructuredContent)
		if err := json.Unmarshal(b, &a); err != nil {
			t.Fatal(err)
		}
		found += len(a.Hits)
		if args["cursor"], more = a.Next, a.Next != ""; !more && found != a.Total.Passages {
			t.Errorf("%d hits of %d", found, a.Total.Passages)
		}
	}
	if res, err := c.CallTool(t.Context(), &sdk.CallToolParams{Name: "search", Arguments: map[string]any{"question": "a", "limit": -1}}); err != nil || !res.IsError {
		t.Errorf("%v %v", res, err)
	}
	if err := c.Close(); err != nil || stderr.Len() > 0 {
		t.Errorf("it ends with %v\n%s", err, &stderr)
	}
}

// TestMCPOverHTTP asks serve as one program after another does: what is no call, and
// what comes from pages of others.
func TestMCPOverHTTP(t *testing.T) {
	address := startServer(t, indexOfSamples(t)) + "/mcp"
	const list = `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`
	for _, tt := range []struct {
		name, method, body string
		headers            []string
		status             int
		says               string
	}{
		{"a list", "POST", list, nil, 200, `"name":"search"`},
		{"by GET", "GET", "", nil, 405, "POST"},
		{"to a page", "POST", list, []string{"Sec-Fetch-Site: cross-site"}, 403, ""},
		{"of another origin", "POST", list, []string{"Origin: https://evil.example"}, 403, ""},
		{"under another name", "POST", list, []string{"Host: evil.example"}, 403, ""},
		{"no JSON", "POST", "{", nil, 400, ""},
		{"too long", "POST", strings.Repeat(" ", 70_000) + list, nil, 413, "longer than"},
		{"of another kind", "POST", list, []string{"Content-Type: text/plain"}, 415, ""},
		{"a method there is not", "POST", `{"jsonrpc":"2.0","id":1,"method":"files/write","params":{}}`, nil, 400, "files/write"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, address, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		for _, h := range tt.headers {
			name, value, _ := strings.Cut(h, ": ")
			if r.Header.Set(name, value); name == "Host" {
				r.Host = value
			}
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != tt.status || !strings.Contains(string(body), tt.says) || res.Header.Get("ETag") != "" {
			t.Errorf("%s: %d %v %s", tt.name, res.StatusCode, res.Header, body)
		}
	}
}

// TestMCPInspector has another program's client list and call over both transports.
func TestMCPInspector(t *testing.T) {
	inspector := testkit.NodeModule(t, "@modelcontextprotocol/inspector/cli/build/index.js")
	program, dir := filepath.Join(buildCommand(t, "search"), "search"), indexOfSamples(t)
	over := map[string][]string{
		"stdio": {program, "mcp", "--index", dir},
		"http":  {startServer(t, dir) + "/mcp", "--transport", "http"},
	}
	for transport, server := range over {
		for _, tt := range []struct {
			args []string
			says string
		}{
			{[]string{"--method", "tools/list"}, `"readOnlyHint": true`},
			{[]string{"--method", "tools/call", "--tool-name", "search", "--tool-arg", "question=行政复议", "limit=1"}, "行政复议申请327件"},
			{[]string{"--method", "tools/call", "--tool-name", "trend", "--tool-arg", `questions=["行政复议"]`}, "per_10000"},
			{[]string{"--method", "tools/call", "--tool-name", "search", "--tool-arg", "question=a", "limit=-1"}, `"isError": true`},
		} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "node", append(append([]string{inspector}, server...), tt.args...)...)
			cmd.Env = append(os.Environ(), "NO_COLOR=1")
			if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), tt.says) {
				t.Errorf("%s %v: %v\n%s", transport, tt.args, err, out)
			}
		}
	}
}
