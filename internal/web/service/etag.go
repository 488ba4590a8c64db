package service

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// unchanged marks a request that is answered from the index with an ETag, and
// reports whether it answered that what the client has is still so.
//
// All answers change together, when another generation or another program
// gives them, so the engine need not be asked. The ETag is weak: the time a
// search took is a part of its answer. It is another one for each address, and
// errors carry none, so that a client can only have it from an answer to the
// same question that was no error. If-None-Match: * asks whether there is
// anything under an address, which the engine would have to be asked for: it
// is left unheeded, and answered whole.
func (x *index) unchanged(w *exchange, r *http.Request) bool {
	if w.spared || r.Method == http.MethodPost {
		return false
	}
	tag := x.tag(r)
	if tag == "" {
		return false
	}
	w.Header().Set("ETag", "W/"+tag)
	w.Header().Set("Cache-Control", "no-cache")
	if !names(r.Header.Values("If-None-Match"), tag) {
		return false
	}
	w.Header().Add("Vary", "Accept-Encoding") // as the whole answer has
	w.WriteHeader(http.StatusNotModified)
	return true
}

// tag is the opaque part of the ETag, in its quotes; "" when there is no
// index.
func (x *index) tag(r *http.Request) string {
	state, err := x.searcher.State(r.Context())
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{state.Generation, state.Built, x.Version, x.Edition(r), r.RequestURI}, "\x00")))
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// names reports whether a list of ETags has one, be it weak or not.
func names(lists []string, tag string) bool {
	for _, list := range lists {
		for one := range strings.SplitSeq(list, ",") {
			if strings.TrimPrefix(strings.TrimSpace(one), "W/") == tag {
				return true
			}
		}
	}
	return false
}
