package store

import (
	"fmt"
	"runtime/debug"

	"baogao"
)

// Guard turns a panic into the error of a damaged index: one in a goroutine of
// its own would end the process. So would a read from a file that is mapped
// and has been cut short, unless the goroutine that reads takes it for a
// panic, which each has to say for itself.
func Guard(gen string, do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damaged(gen, p)
		}
	}()
	return do()
}

// damaged is the error for a panic: neither bleve nor we notice a damaged file
// until we stumble over it.
func damaged(gen string, p any) error {
	return fmt.Errorf("%s: %w, unless the program is at fault; index verify tells: %v", gen, baogao.ErrDamaged, p)
}
