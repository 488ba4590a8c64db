//go:build !linux

package system

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

var errNotLinux = errors.New("only Linux tells; run it there")

func peakRSS(*os.ProcessState) int64 { return 0 }

func onDisk(info fs.FileInfo) int64 { return info.Size() }

// Resident is told by Linux alone.
func Resident(int) (all, anonymous int64, err error) { return 0, 0, errNotLinux }

// ThreadTime is told by Linux alone.
func ThreadTime() (time.Duration, error) { return 0, errNotLinux }

// Evict is possible on Linux alone.
func Evict(string) error { return errNotLinux }
