package fault_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"baogao"
	"baogao/internal/fault"
)

// TestOf tells each error with the next step, and no cause but of what was asked for.
func TestOf(t *testing.T) {
	secret := errors.New("/srv/secret/path")
	for _, tt := range []struct {
		err    error
		status int
		says   string
		logged bool
	}{
		{fmt.Errorf("%w: no level is called village", baogao.ErrRequest), 400, baogao.ErrRequest.Error() + ": no level is called village", false},
		{baogao.ErrNotFound, 404, baogao.ErrNotFound.Error() + "; ids are given by search", false},
		{errors.Join(baogao.ErrStale, secret), 410, "the index has changed since this cursor was given; begin again without it", false},
		{errors.Join(baogao.ErrNoIndex, secret), 503, "the index is not built yet; build it with: index build PATH", false},
		{errors.Join(baogao.ErrFormat, secret), 503, "the index was built by another version of the program; rebuild it with: index build PATH", true},
		{errors.Join(secret, baogao.ErrDamaged), 503, "the index is damaged; see what is with: index verify", true},
		{fmt.Errorf("%s: %w", secret, context.DeadlineExceeded), 503, "the question took too long; ask for fewer or rarer words, or narrow it", true},
		{context.Canceled, 503, "the service is stopping; ask again", false},
		{secret, 500, "internal error; it has been logged", true},
	} {
		if got := fault.Of(tt.err); got != (fault.Fault{Status: tt.status, Says: tt.says, Logged: tt.logged}) {
			t.Errorf("%v is told as %+v", strings.ReplaceAll(tt.err.Error(), "\n", "; "), got)
		}
	}
}
