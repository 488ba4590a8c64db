//go:build !unix

package pdf

import "time"

var started = time.Now()

// processorTime is how long the program has run: where it cannot ask what time of
// processors it has spent, the time of the world stands for that.
func processorTime() time.Duration { return time.Since(started) }
