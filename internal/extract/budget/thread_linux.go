package budget

import (
	"runtime"
	"syscall"
	"time"
	"unsafe"
)

// threadTime keeps the goroutine on a thread up to unlock. spent is how much time of a
// processor the thread has taken from then on, for whatever thread asks.
func threadTime() (spent func() time.Duration, unlock func()) {
	runtime.LockOSThread()
	clock := threadClock(syscall.Gettid())
	began, ok := clockTime(clock)
	if !ok {
		runtime.UnlockOSThread()
		return programTime()
	}
	return func() time.Duration {
		now, _ := clockTime(clock) // 0 where the thread has ended, and with it the work
		return now - began
	}, runtime.UnlockOSThread
}

// threadClock is the clock of a thread: Linux makes the number of a clock of that of a
// thread (CPUCLOCK_SCHED and CPUCLOCK_PERTHREAD_MASK in include/linux/posix-timers.h).
func threadClock(thread int) uintptr { return uintptr(^thread<<3 | 2 | 4) }

func clockTime(clock uintptr) (time.Duration, bool) {
	var t syscall.Timespec
	_, _, errno := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, clock, uintptr(unsafe.Pointer(&t)), 0)
	return time.Duration(t.Nano()), errno == 0
}
