package mcp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"baogao/internal/fault"
)

// An argumentError is an argument that cannot be used, with what can.
type argumentError struct{ name, reason string }

func (e *argumentError) Error() string { return e.name + " " + e.reason }

// bad is an argument that cannot be used.
func bad(name, reason string, args ...any) error {
	return &argumentError{name, fmt.Sprintf(reason, args...)}
}

// explained says what went wrong in words for a client, with the next step. What who
// runs the program is to know of is logged, with its cause.
func explained(ctx context.Context, log *slog.Logger, tool string, err error) error {
	var argument *argumentError
	if errors.As(err, &argument) {
		return err
	}
	f := fault.Of(err)
	if f.Logged {
		log.ErrorContext(ctx, "tool failed", "tool", tool, "err", err)
	}
	return errors.New(f.Says)
}
