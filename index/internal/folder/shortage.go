package folder

import (
	"errors"
	"fmt"
	"slices"
	"syscall"

	"baogao"
)

// shortages are errors of the system that say nothing of what a file holds: the
// machine ran out of something, or does not let this user or its disk read.
var shortages = []error{
	syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM, syscall.ENOSPC, syscall.EACCES, syscall.EPERM, syscall.EIO,
}

func isShortage(err error) bool {
	return slices.ContainsFunc(shortages, func(s error) bool { return errors.Is(err, s) })
}

// Damaged makes an error of reading a file that of a damaged index. A shortage
// stays what it is: the file may be whole.
func Damaged(err error) error {
	if err == nil || isShortage(err) || errors.Is(err, baogao.ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w: %w", baogao.ErrDamaged, err)
}
