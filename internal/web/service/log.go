package service

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"syscall"
)

type exchangeKey struct{}

// exchangeOf returns the exchange that a context belongs to, nil if it belongs
// to none.
func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// RequestID returns the id of the request that a context belongs to, "" if it
// belongs to none.
func RequestID(ctx context.Context) string {
	if x := exchangeOf(ctx); x != nil {
		return x.id
	}
	return ""
}

// LogHandler adds the id of its request to every line that is logged with the
// context of one. An error that is the doing of a client, who asked too much
// or went away, becomes a warning: it must not wake an operator.
func LogHandler(h slog.Handler) slog.Handler { return requestHandler{h} }

type requestHandler struct{ slog.Handler }

func (h requestHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("id", id))
		if r.Level > slog.LevelWarn && blamesClient(r) {
			r.Level = slog.LevelWarn
		}
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

func (h requestHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attrs)}
}

func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}

// clientErrors come of a question that takes too long, of an answer that is
// not taken in time, and of a connection that its client has closed.
var clientErrors = []error{
	context.DeadlineExceeded, os.ErrDeadlineExceeded, context.Canceled, syscall.EPIPE, syscall.ECONNRESET,
}

// blamesClient reports whether a line is about one of clientErrors.
func blamesClient(r slog.Record) (blamed bool) {
	r.Attrs(func(a slog.Attr) bool {
		err, ok := a.Value.Any().(error)
		blamed = ok && slices.ContainsFunc(clientErrors, func(one error) bool { return errors.Is(err, one) })
		return !blamed
	})
	return blamed
}
