package service

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rs/cors"
)

// anyHost begins a host of an origin that stands for all hosts below another.
const anyHost = "*."

// IsOrigin reports whether text can be one of Options.Origins: *, or a scheme
// and a host with a port where it is not the usual one, as a browser sends
// them. A host that begins with *. stands for all below it.
func IsOrigin(text string) bool {
	if text == "*" {
		return true
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || text != u.Scheme+"://"+u.Host {
		return false
	}
	below, wild := strings.CutPrefix(u.Hostname(), anyHost)
	return !strings.Contains(below, "*") && (!wild || areLabels(below))
}

// newCORS returns what lets pages of other origins ask, nil when there are
// none.
func newCORS(origins []string) *cors.Cors {
	if len(origins) == 0 {
		return nil
	}
	o := cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodHead},
		AllowedHeaders: []string{"Accept", "Authorization", "Cache-Control", "If-None-Match", "X-Request-Id"},
		ExposedHeaders: []string{"Content-Disposition", "ETag", "Link", "Retry-After", "Server-Timing", "WWW-Authenticate", "X-Request-Id"},
		MaxAge:         600,
	}
	for _, text := range origins {
		if text == "*" {
			o.AllowedOrigins = []string{"*"}
			return cors.New(o)
		}
	}
	o.AllowOriginFunc = func(origin string) bool {
		for _, text := range origins {
			if allows(strings.ToLower(text), strings.ToLower(origin)) {
				return true
			}
		}
		return false
	}
	return cors.New(o)
}

// allows reports whether an origin is the one that text names, or one of
// those.
func allows(text, origin string) bool {
	before, after, wild := strings.Cut(text, anyHost)
	if !wild {
		return origin == text
	}
	rest, ok := strings.CutPrefix(origin, before)
	labels, below := strings.CutSuffix(rest, "."+after)
	return ok && below && areLabels(labels)
}

// areLabels reports whether text is labels of the name of a host, with dots
// between them.
func areLabels(text string) bool {
	for label := range strings.SplitSeq(text, ".") {
		if label == "" || strings.ContainsFunc(label, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
		}) {
			return false
		}
	}
	return true
}

// crosses lets pages of other origins ask the API. It reports whether the
// request was only about that and is answered.
func (g *guard) crosses(x *exchange, r *http.Request) bool {
	if g.cors == nil || !isAPI(r) && r.URL.Path != "/openapi.json" {
		return false
	}
	g.cors.HandlerFunc(x, r)
	if x.Header().Get("Access-Control-Allow-Origin") != "" {
		x.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	return x.status != 0
}
