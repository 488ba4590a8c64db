//go:build unix

package budget

import (
	"syscall"
	"time"
)

// ProcessorTime is how much time of processors the program has spent.
func ProcessorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
