// Package fault says what an error means for whoever asked a Searcher: as a status of
// HTTP, and in words with the next step. Causes, which may name paths, stay out of it.
package fault

import (
	"context"
	"errors"
	"net/http"

	"baogao"
)

// A Fault is an error as it is told.
type Fault struct {
	Status int // of HTTP
	Says   string
	Logged bool // who runs the program is to know of it, with its cause
}

// known are the errors that are told apart. Those whose words are own, which say what
// was asked for and is wrong, stand with them in front.
var known = []struct {
	err error
	own bool
	Fault
}{
	{baogao.ErrRequest, true, Fault{http.StatusBadRequest, "", false}},
	{baogao.ErrNotFound, true, Fault{http.StatusNotFound, "; ids are given by search", false}},
	{baogao.ErrStale, false, Fault{http.StatusGone, "the index has changed since this cursor was given; begin again without it", false}},
	{baogao.ErrNoIndex, false, Fault{http.StatusServiceUnavailable, "the index is not built yet; build it with: index build PATH", false}},
	{baogao.ErrFormat, false, Fault{http.StatusServiceUnavailable, "the index was built by another version of the program; rebuild it with: index build PATH", true}},
	{baogao.ErrDamaged, false, Fault{http.StatusServiceUnavailable, "the index is damaged; see what is with: index verify", true}},
	{baogao.ErrNoFigures, false, Fault{http.StatusNotImplemented, "figures are not yet told over a cluster; quote passages instead, or ask the index in a folder", false}},
	{baogao.ErrUnavailable, false, Fault{http.StatusServiceUnavailable, "the cluster that holds the index does not answer; ask again in a while", true}},
	{context.DeadlineExceeded, false, Fault{http.StatusServiceUnavailable, "the question took too long; ask for fewer or rarer words, or narrow it", true}},
	{context.Canceled, false, Fault{http.StatusServiceUnavailable, "the service is stopping; ask again", false}},
}

// Of is an error as it is told. One that is not known is an internal error.
func Of(err error) Fault {
	for _, k := range known {
		if !errors.Is(err, k.err) {
			continue
		}
		f := k.Fault
		if k.own {
			f.Says = err.Error() + f.Says
		}
		return f
	}
	return Fault{http.StatusInternalServerError, "internal error; it has been logged", true}
}
