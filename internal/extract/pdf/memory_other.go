//go:build !unix

package pdf

import "context"

// withOwnMemory changes nothing where memory cannot be had apart from that of Go.
func withOwnMemory(ctx context.Context) (own context.Context, release func()) { return ctx, func() {} }
