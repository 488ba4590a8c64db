package ocr

import "golang.org/x/sys/unix"

// boundMemory bounds the address space of a process, so that it fails for want of
// memory before the machine does.
func boundMemory(pid int, bytes uint64) {
	_ = unix.Prlimit(pid, unix.RLIMIT_AS, &unix.Rlimit{Cur: bytes, Max: bytes}, nil) // pictures are bounded too
}
