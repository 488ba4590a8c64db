//go:build !unix

package budget

import "time"

var started = time.Now()

// ProcessorTime is how long the program has run: where it cannot ask what time of
// processors it has spent, the time of the world stands for that.
func ProcessorTime() time.Duration { return time.Since(started) }
