//go:build !linux

package pdf

import "time"

// A threadClock tells how much time has gone since it was made: where the time
// of a thread cannot be asked for, that of the world stands for it.
type threadClock struct{ start time.Time }

func newThreadClock() threadClock { return threadClock{time.Now()} }

func (c threadClock) spent() time.Duration { return time.Since(c.start) }
