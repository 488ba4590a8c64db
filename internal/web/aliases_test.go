package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	asking "baogao/internal/ask"
	"baogao/internal/web"
)

// TestAliases wants every page to ask for the other names of a word, to say so with
// what each finds, and to lead to the word alone; and answers to be told apart from
// those of another list.
func TestAliases(t *testing.T) {
	s := newSite(t)
	tag := map[string]string{}
	for list, text := range map[string]string{"none": "", "one": "量子纠缠 = 行政复议\n", "two": "量子纠缠 = 行政复议 | 信访\n"} {
		var aliases *asking.Aliases
		if text != "" {
			var err error
			if aliases, err = asking.ReadAliases(list, text); err != nil {
				t.Fatal(err)
			}
		}
		server := httptest.NewServer(web.New(s.searcher, web.Options{Aliases: aliases}))
		defer server.Close()
		for _, path := range []string{"/search", "/trend", "/map", "/panel", "/api/v1/search", "/api/v1/trend"} {
			target := server.URL + path + "?q=" + url.QueryEscape("量子纠缠")
			res, err := http.Get(target)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if e := res.Header.Get("ETag"); e == "" || tag[path+e] != "" {
				t.Errorf("%s: the tag %s with %s aliases is that with %s", path, e, list, tag[path+e])
			} else {
				tag[path+e] = list
			}
			page := string(get(t, target, http.StatusOK))
			if strings.HasPrefix(path, "/api") {
				if strings.Contains(page, `"aliases":[`) != (text != "") {
					t.Errorf("%s with %s aliases: %.200s", path, list, page)
				}
				continue
			}
			if said := strings.Contains(page, "“量子纠缠”连同别名一起找：量子纠缠 0段，行政复议 "); said != (text != "") {
				t.Errorf("%s with %s aliases says so: %v", path, list, said)
			}
			if text != "" {
				_, link, _ := strings.Cut(page, "一起找")
				_, link, _ = strings.Cut(link, `href="`)
				link, _, _ = strings.Cut(link, `"`)
				exact := string(get(t, server.URL+strings.ReplaceAll(link, "&amp;", "&"), http.StatusOK))
				if strings.Contains(exact, "一起找") || strings.Contains(exact, "行政复议 ") {
					t.Errorf("%s: %s asks for the aliases as well", path, link)
				}
			}
		}
	}
}
