package pdf

import (
	"time"

	"golang.org/x/sys/unix"
)

// A threadClock tells how much time of a processor a thread has spent since the
// clock was made on it.
type threadClock struct {
	id    int32
	start time.Duration
}

// newThreadClock is the clock of the thread that calls it. The id of the clock of
// a thread is made of that of the thread as clock_getcpuclockid(3) does.
func newThreadClock() threadClock {
	const perThread, scheduled = 4, 2
	c := threadClock{id: int32(^unix.Gettid())<<3 | perThread | scheduled}
	c.start = c.now()
	return c
}

func (c threadClock) now() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(c.id, &t) != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

func (c threadClock) spent() time.Duration { return c.now() - c.start }
