package budget

import "time"

// programTime stands for the time of a thread: both the time of the world and that of
// the program are over when it is.
func programTime() (spent func() time.Duration, unlock func()) {
	began, before := time.Now(), ProcessorTime()
	return func() time.Duration { return min(time.Since(began), ProcessorTime()-before) }, func() {}
}
