package mcp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"baogao"
)

// An argumentError is an argument that cannot be used, with what can.
type argumentError struct{ name, reason string }

func (e *argumentError) Error() string { return e.name + " " + e.reason }

// bad is an argument that cannot be used.
func bad(name, reason string, args ...any) error {
	return &argumentError{name, fmt.Sprintf(reason, args...)}
}

// explained says what went wrong in words for a client, with the next step. What is
// not the client's fault is told without its cause, which is logged.
func explained(ctx context.Context, log *slog.Logger, tool string, err error) error {
	var argument *argumentError
	switch {
	case errors.As(err, &argument), errors.Is(err, baogao.ErrRequest):
		return err
	case errors.Is(err, baogao.ErrNotFound):
		return fmt.Errorf("%w; search gives the ids there are", err)
	case errors.Is(err, baogao.ErrStale):
		return errors.New("the index has changed since this cursor was given; begin again without it")
	case errors.Is(err, baogao.ErrNoIndex):
		return errors.New("the index is not built yet; its owner builds it with: index build PATH")
	case errors.Is(err, baogao.ErrFormat):
		return errors.New("the index was built by another version of the program; its owner rebuilds it with: index build PATH")
	case errors.Is(err, baogao.ErrDamaged):
		return errors.New("the index is damaged; its owner sees what is with: index verify")
	case errors.Is(err, baogao.ErrNoFigures):
		return errors.New("figures are not yet told over a cluster; quote passages instead")
	case errors.Is(err, baogao.ErrUnavailable):
		return errors.New("the cluster that holds the index does not answer; ask again in a while")
	case errors.Is(err, context.DeadlineExceeded):
		return errors.New("the question took too long; ask for fewer or rarer words, or narrow it")
	case errors.Is(err, context.Canceled):
		return errors.New("the service is stopping; ask again")
	}
	log.ErrorContext(ctx, "tool failed", "tool", tool, "err", err)
	return errors.New("internal error; ask again, or something else")
}
