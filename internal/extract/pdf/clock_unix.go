//go:build unix

package pdf

import (
	"syscall"
	"time"
)

// processorTime is how much time of processors the program has spent.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
