package web_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// htmlRules say which of html-validate's recommended rules are not kept to.
// Templates leave spaces at the ends of lines; a report's title is as long as
// it is; several boxes of a form are values of one field; and ARIA lets a list have
// a name.
const htmlRules = `{"root": true, "extends": ["html-validate:recommended"], "rules": {
	"no-trailing-whitespace": "off",
	"long-title": "off",
	"form-dup-name": ["warn", {"shared": ["checkbox", "radio", "submit"]}],
	"aria-label-misuse": ["error", {"allowAnyNamable": true}]
}}`

// TestHTML holds the markup of all pages to the HTML standard, by
// html-validate.
func TestHTML(t *testing.T) {
	if testing.Short() {
		t.Skip("the markup is not validated under -short")
	}
	validator := testkit.NodeModule(t, "html-validate/bin/html-validate.mjs")
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node, so the markup is not validated; tools/install-test-tools.sh installs it")
	}
	s, dir := newSite(t), t.TempDir()
	pages := s.pages(t)
	pages = append(pages, shownPage{"parts", reportPath(longID, ""), 200}, shownPage{"hostile", reportPath(evilID, evilTitle), 200},
		shownPage{"hostile-search", searchPath("q", evilTitle+" OR 危险文字"), 200})
	for _, p := range pages {
		if err := os.WriteFile(filepath.Join(dir, p.name+".html"), get(t, s.URL+p.path, p.status), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".htmlvalidate.json"), []byte(htmlRules), 0o644); err != nil {
		t.Fatal(err)
	}
	found := filepath.Join(t.TempDir(), "found.json") // node cuts off what it writes into a pipe
	out, failure := exec.CommandContext(t.Context(), node, validator, "--formatter", "json="+found, dir).CombinedOutput()
	var files []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
		}
	}
	list, err := os.ReadFile(found)
	if err == nil {
		err = json.Unmarshal(list, &files)
	}
	if err != nil {
		t.Fatalf("html-validate: %v, %v: %s", failure, err, out)
	}
	for _, file := range files {
		for _, m := range file.Messages {
			if m.RuleID == "form-dup-name" && strings.Contains(m.Message, `"q"`) {
				continue // several questions are several fields of one name
			}
			t.Errorf("%s:%d:%d: %s (%s)", filepath.Base(file.FilePath), m.Line, m.Column, m.Message, m.RuleID)
		}
	}
	if failure != nil && !t.Failed() {
		t.Errorf("html-validate: %v: %s", failure, out)
	}
}

// get reads a page.
func get(t *testing.T, url string, status int) []byte {
	t.Helper()
	body, _ := testkit.Get(t, url, status)
	return []byte(body)
}
