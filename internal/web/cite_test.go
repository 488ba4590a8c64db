package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"baogao/internal/cite"
	"baogao/internal/testkit"
)

// TestCitationsAgree follows the links to citations on pages, and wants what the
// API and the export say of the same.
func TestCitationsAgree(t *testing.T) {
	s := newSite(t)
	for _, address := range []string{searchPath("q", question), searchPath("q", longQuestion), reportPath(marked, question), reportPath(longID, "")} {
		followed := 0
		links, _ := s.read(t, address)
		for _, link := range links {
			if !strings.Contains(link, "style=") {
				continue
			}
			followed++
			text, header := testkit.Get(t, s.URL+link, http.StatusOK)
			if header.Get("Content-Type") != "text/plain; charset=utf-8" || !strings.HasPrefix(header.Get("Content-Disposition"), "inline;") {
				t.Errorf("%s: %v", link, header)
			}
			at, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			if want, _ := testkit.Get(t, s.URL+"/api/v1/cite?"+uncarry(t, at)[1], http.StatusOK); text != want {
				t.Errorf("%s is\n%s, by the API\n%s", link, text, want)
			}
		}
		if followed == 0 || followed%len(cite.Styles) != 0 {
			t.Errorf("%s has %d links to citations", address, followed)
		}
	}
	for address, want := range map[string]int{"/cite?id=nothing": 404, "/cite?id=" + url.QueryEscape(marked) + "&style=apa": 400} {
		if page := get(t, s.URL+address, want); !strings.Contains(string(page), "<h1>") {
			t.Errorf("%s: %s", address, page)
		}
	}
}

// references are the texts of the references of the hits on a page.
func references(t *testing.T, page []byte) (all []string) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if attr(n, "class") == "paper" {
			text := ""
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					text += d.Data
				}
			}
			all = append(all, strings.TrimSuffix(text, "（文字经过清理，与来源的字符不尽相同。）"))
		}
	}
	return all
}

// TestPageCitesAsTheExport wants one reference of a passage, whether it is read
// off a page or an export, or asked for.
func TestPageCitesAsTheExport(t *testing.T) {
	s := newSite(t)
	shown := references(t, get(t, s.URL+searchPath("q", question, "limit", "50"), 200))
	exported, _ := testkit.Get(t, s.URL+"/export?format=jsonl&q="+url.QueryEscape(question), http.StatusOK)
	lines := strings.Split(strings.TrimSpace(exported), "\n")
	if len(shown) == 0 || len(lines) < len(shown) {
		t.Fatalf("%d hits on the page, %d in the export", len(shown), len(lines))
	}
	for i, want := range shown {
		if !strings.Contains(lines[i], `,"citation":"`+want+`","link":"`) {
			t.Errorf("the page has %s, the export %s", want, lines[i])
		}
	}
	for i, line := range lines {
		var hit struct{ ID, Citation, Link string }
		if err := json.Unmarshal([]byte(line), &hit); err != nil {
			t.Fatal(err)
		}
		page, anchor, _ := strings.Cut(hit.Link, "#")
		if i < 5 && !strings.Contains(string(get(t, page, http.StatusOK)), `id="`+anchor+`"`) {
			t.Errorf("%s has no place of %s", hit.Link, hit.ID)
		}
		if got, _ := testkit.Get(t, s.URL+"/api/v1/cite?id="+url.QueryEscape(hit.ID), http.StatusOK); got != hit.Citation+"\n" {
			t.Errorf("%s is cited as %s, in the export as %s", hit.ID, got, hit.Citation)
		}
	}
}
