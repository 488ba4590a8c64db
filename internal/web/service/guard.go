package service

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/rs/cors"
)

// maxURI is the length of the longest path and query that is read, in bytes:
// a question of 10,000 Chinese characters, percent-encoded, and filters.
const maxURI = 128 << 10

// maxBody is the length of the longest body of a request, in bytes.
const maxBody = 64 << 10

// filesOfPage is how many files under Static a client may ask for with each
// request: a style, a script and a picture, and one more.
const filesOfPage = 4

// guard refuses requests that are not let in.
type guard struct {
	*terms
	clients *clients
	readers *clients   // the same clients, of files under Static
	cors    *cors.Cors // nil when no other origin may ask
}

func newGuard(t *terms) *guard {
	return &guard{t, newClients(t.Rate, t.Burst), newClients(filesOfPage*t.Rate, filesOfPage*t.Burst), newCORS(t.Origins)}
}

// confine sets the headers that keep pages from being used for anything but
// reading.
func (g *guard) confine(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, value := range confinement {
		h.Set(name, value)
	}
	if r.ContentLength != 0 && !g.Posted(r) {
		// A body is left unread, and where it ends a proxy may see otherwise.
		h.Set("Connection", "close")
	}
}

var confinement = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

// refuses answers a request that is not let in, and reports whether it did.
func (g *guard) refuses(x *exchange, r *http.Request) bool {
	if len(r.RequestURI) > maxURI {
		g.refuse(x, r, http.StatusRequestURITooLong, overLength, fmt.Sprintf("the address is longer than %d bytes; ask a shorter question", maxURI))
		return true
	}
	if g.crosses(x, r) {
		return true // it was a preflight request
	}
	if g.misformed(x, r) {
		return true
	}
	if x.own != nil {
		return false
	}
	clients := g.clients
	if x.spared {
		clients = g.readers
	}
	if wait := clients.wait(x.client, time.Now()); wait > 0 {
		g.refuseFor(x, r, http.StatusTooManyRequests, overRate, "too many requests from this address", wait)
		return true
	}
	return g.lacksToken(x, r) || g.lacksBody(x, r)
}

// misformed refuses a request of a method that its path does not have, and one with
// a body where none is read.
func (g *guard) misformed(x *exchange, r *http.Request) bool {
	switch {
	case g.Posted(r) && r.Method == http.MethodPost:
		return false
	case g.Posted(r):
		x.Header().Set("Allow", http.MethodPost)
		g.refuse(x, r, http.StatusMethodNotAllowed, badMethod, "what is asked here is sent by POST")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		x.Header().Set("Allow", "GET, HEAD")
		g.refuse(x, r, http.StatusMethodNotAllowed, badMethod, "this service only reads; use GET")
	case r.ContentLength != 0:
		g.refuse(x, r, http.StatusBadRequest, badBody, "a request to this service has no body; put what you ask into the query")
	default:
		return false
	}
	return true
}

// lacksBody reads what was posted, before its request has a turn, so that a client
// that sends slowly holds up nobody. It refuses a body that is too long, or breaks off.
func (g *guard) lacksBody(x *exchange, r *http.Request) bool {
	if r.Method != http.MethodPost {
		return false
	}
	body, err := io.ReadAll(http.MaxBytesReader(x, r.Body, maxBody))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		g.refuse(x, r, http.StatusRequestEntityTooLarge, overLength, fmt.Sprintf("what was posted is longer than %d bytes; ask less at once", maxBody))
	case err != nil:
		g.refuse(x, r, http.StatusBadRequest, badBody, "what was posted could not be read to its end")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return err != nil
}

// lacksToken refuses a request to the API without the token.
func (g *guard) lacksToken(x *exchange, r *http.Request) bool {
	if g.Token == "" || !isAPI(r) && !g.Posted(r) {
		return false
	}
	x.Header().Add("Vary", "Authorization")
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got, want := sha256.Sum256([]byte(strings.TrimSpace(token))), sha256.Sum256([]byte(g.Token)) // of one length, which keeps that of the token
	if strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(got[:], want[:]) == 1 {
		return false
	}
	challenge := `Bearer realm="baogao"`
	if scheme != "" {
		challenge += `, error="invalid_token"`
	}
	x.Header().Set("WWW-Authenticate", challenge)
	g.refuse(x, r, http.StatusUnauthorized, badToken, "this needs the token of the service; send it as: Authorization: Bearer TOKEN")
	return true
}
