//go:build unix

package pdf

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withOwnMemory has a machine of WebAssembly keep its memory outside of that of Go:
// it grows in its place, where Go would copy it. Release gives it back, when nobody
// reads it any more.
func withOwnMemory(ctx context.Context) (own context.Context, release func()) {
	m := &ownMemory{}
	allocate := func(_, most uint64) experimental.LinearMemory {
		if m.all == nil {
			m.all, _ = syscall.Mmap(-1, 0, int(most), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		}
		return m
	}
	release = func() {
		if m.all != nil {
			_ = syscall.Munmap(m.all)
			m.all = nil
		}
	}
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate)), release
}

// An ownMemory is as much as a machine may have; the system gives it what it uses.
type ownMemory struct{ all []byte }

// Reallocate is nil where the system has no memory, or so much may not be had.
func (m *ownMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

// Free leaves it to release: a machine that is killed frees its memory while what
// called it may still look into it.
func (m *ownMemory) Free() {}
