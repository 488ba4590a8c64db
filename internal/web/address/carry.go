package address

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"baogao"
)

// carrier begins the addresses that carry a question in their path:
// /q/QUESTION/search, /q/QUESTION/trend, /q/QUESTION/reports/ID, /q/QUESTION/context,
// /q/QUESTION/advanced, /q/QUESTION/cite. A page has hundreds of links with its question. On such a
// page they are relative, and do not repeat it, however long it is.
const carrier = "/q/"

// maxRepeated is the length of the longest question that links repeat, in bytes
// of a query: 33 Chinese characters. A page that is asked for with a longer one
// moves to the address that carries it.
const maxRepeated = 300

// inPath is how a question stands in a path. Browsers and proxies read slashes,
// dots and percent signs there in ways of their own.
var inPath = base64.RawURLEncoding.Strict()

// carriers are the pages whose path may carry a question, but for reports.
var carriers = []string{"/search", "/figures", "/indicator", "/trend", "/map", "/panel", "/advanced", "/context", "/cite"}

// PathOf is the path of a page without the question that it carries.
func PathOf(path string) string {
	_, page := cutQuestion(path)
	return page
}

// cutQuestion cuts a path into the question that it carries, as it stands there,
// and the path of the page; "" where it carries none.
func cutQuestion(path string) (question, page string) {
	tail, carries := strings.CutPrefix(path, carrier)
	question, page, _ = strings.Cut(tail, "/")
	page = "/" + page
	if !carries || !slices.Contains(carriers, page) && !strings.HasPrefix(page, "/reports/") {
		return "", path
	}
	return question, page
}

// Errors of addresses.
var (
	ErrPage    = errors.New("no such page")
	ErrTooLong = errors.New("the address is too long")
)

// MaxQuery is the longest query of the address of a page, in bytes: some 1,800
// Chinese characters. A question that the path carries counts as it is decoded,
// so that whatever may be asked for in a query may move there.
const MaxQuery = 16 << 10

// Uncarried is a request with the question of its path in its query, as the
// makers of pages read it. Its path value root leads from the page to where
// links begin that do not repeat the question.
func Uncarried(r *http.Request) (*http.Request, error) {
	question, page := cutQuestion(r.URL.EscapedPath())
	if question == "" {
		return r, nil
	}
	q, err := inPath.DecodeString(question)
	if err != nil {
		return nil, ErrPage
	}
	if len(q)+len(r.URL.RawQuery) > MaxQuery {
		return nil, ErrTooLong
	}
	root := "./"
	if depth := strings.Count(page, "/") - 1; depth > 0 {
		root = strings.Repeat("../", depth)
	}
	if page, err = url.PathUnescape(page); err != nil {
		return nil, ErrPage
	}
	v := r.URL.Query()
	v["q"] = append([]string{string(q)}, v["q"]...)
	r = r.WithContext(r.Context())
	r.URL = &url.URL{Path: page, RawQuery: v.Encode()}
	r.SetPathValue("root", root)
	return r, nil
}

// Of is the state that a request for a page asks for.
func Of(r *http.Request) (State, error) {
	s, err := Parse(r.URL.Query())
	switch view := View(strings.TrimPrefix(r.URL.Path, "/")); {
	case slices.Contains(Views, view) || view == Indicator:
		s.View = view
	case isReport(r.URL.Path):
		s.View = cameFrom(r.URL.Query())
	}
	switch {
	case s.View != Figures:
		s.Sort = baogao.Sort(orderOfHits(s))
	case !r.URL.Query().Has("limit"):
		s.Limit = usual(s.View)
	}
	if s.root = r.PathValue("root"); s.root != "" {
		s.carried = s.Q
	}
	return s, err
}

// Moves reports whether a page of the state is to be asked for under another
// address, which carries its question.
func Moves(s State) bool { return s.Q != s.carried && isLong(s.Q) }

func isLong(question string) bool { return len(url.QueryEscape(question)) > maxRepeated }

// Address is that of a page, its path without a slash before it, with some
// values. Where the page that links to it carries the same question it is
// relative to that one.
func (s State) Address(page string, v url.Values) string {
	root := "/"
	switch q := v.Get("q"); {
	case s.carried != "" && q == s.carried:
		uncarry(v)
		root = s.root
	case isLong(q):
		uncarry(v)
		root = carrier + inPath.EncodeToString([]byte(q)) + "/"
	}
	if len(v) == 0 {
		return root + page
	}
	return root + page + "?" + v.Encode()
}

// uncarry takes the question that a path carries out of a query.
func uncarry(v url.Values) {
	if v["q"] = v["q"][1:]; len(v["q"]) == 0 {
		delete(v, "q")
	}
}

// Bare is a state that asks a question and nothing else, on the page of another one.
func Bare(s State, question string) State {
	bare := State{Q: question, root: s.root}
	if s.root != "" {
		bare.carried = question
	}
	return bare
}
