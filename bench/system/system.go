// Package system tells what processes, files and the machine take and have, as
// far as the system tells it.
package system

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A Cost is what a process took, with those it started.
type Cost struct {
	Wall float64 `json:"wall"` // seconds
	CPU  float64 `json:"cpu"`  // seconds, user and system
	RSS  int64   `json:"rss"`  // bytes, at the peak of the largest of the processes
}

// Measure runs a command and tells what it printed and what it took. An error
// shows the end of what it said.
func Measure(cmd *exec.Cmd) (out []byte, c Cost, err error) {
	began := time.Now()
	out, err = cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		err = fmt.Errorf("%w: %s", err, exit.Stderr[max(0, len(exit.Stderr)-2000):])
	}
	if err != nil {
		return nil, c, fmt.Errorf("%s: %w", filepath.Base(cmd.Path), err)
	}
	state := cmd.ProcessState
	return out, Cost{time.Since(began).Seconds(), (state.UserTime() + state.SystemTime()).Seconds(), peakRSS(state)}, nil
}

// SizeOf returns the bytes that all files below a folder take on the disk.
func SizeOf(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += onDisk(info)
		}
		return err
	})
	return size, err
}

// Machine tells what the figures are measured on.
func Machine() string {
	kernel := runtime.GOOS
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		kernel = "Linux " + strings.TrimSpace(string(release))
	}
	var memory float64 // KiB
	fmt.Sscanf(field("/proc/meminfo", "MemTotal"), "%g kB", &memory)
	return fmt.Sprintf("%s, %d cores, %.0f GB of memory, %s, %s %s", cmp.Or(field("/proc/cpuinfo", "model name"), "unknown processor"),
		runtime.NumCPU(), memory*1024/1e9, kernel, runtime.Version(), runtime.GOARCH)
}

// field returns the value of the first line of a file that begins with a name
// and a colon, "" if there is none.
func field(file, name string) string {
	text, _ := os.ReadFile(file)
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
