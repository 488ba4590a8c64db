package folder

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"baogao"
)

func TestDamagedIsNoShortage(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{&os.PathError{Op: "open", Path: "text.bin", Err: syscall.EMFILE}, false},
		{fmt.Errorf("a segment: %w", syscall.ENOMEM), false},
		{syscall.ENFILE, false}, {syscall.EACCES, false}, {syscall.EPERM, false}, {syscall.ENOSPC, false}, {syscall.EIO, false}, {nil, false},
		{os.ErrNotExist, true}, {errors.New("what is this"), true},
	} {
		if got := errors.Is(Damaged(tt.err), baogao.ErrDamaged); got != tt.want || !errors.Is(Damaged(tt.err), tt.err) {
			t.Errorf("%v: damaged %v", tt.err, got)
		}
	}
}
