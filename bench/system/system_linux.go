package system

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// peakRSS returns the peak of the memory of a process that has ended, in bytes.
// The system tells it in KiB.
func peakRSS(state *os.ProcessState) int64 {
	return state.SysUsage().(*syscall.Rusage).Maxrss << 10
}

// onDisk returns the bytes that a file takes on the disk: files with holes, as
// Groonga makes them, take less than their size.
func onDisk(info fs.FileInfo) int64 {
	return info.Sys().(*syscall.Stat_t).Blocks * 512
}

// Resident returns the bytes of memory that a running process holds, and those
// of them that are no pages of files.
func Resident(pid int) (all, anonymous int64, err error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(b)) {
		fmt.Sscanf(line, "VmRSS: %d kB", &all)
		fmt.Sscanf(line, "RssAnon: %d kB", &anonymous)
	}
	return all << 10, anonymous << 10, nil
}

// ThreadTime is the processor time of the thread that asks, which is to be locked to
// its goroutine.
func ThreadTime() (time.Duration, error) {
	var t unix.Timespec
	err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t)
	return time.Duration(t.Nano()), err
}

// Evict takes the files below a folder out of the page cache. Pages that a
// process has mapped, or that are not yet written, would stay.
func Evict(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Sync(); err != nil {
			return err
		}
		if err := unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED); err != nil {
			return fmt.Errorf("%s: leaving the page cache: %w", name, err)
		}
		return nil
	})
}
