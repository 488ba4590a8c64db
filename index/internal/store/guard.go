package store

import (
	"fmt"
	"runtime/debug"

	"baogao"
	"baogao/index/internal/block"
)

// Guard turns a panic, a *block.Fault among them, into the error of a damaged
// index: a panic in a goroutine of its own would end the process. So would a read
// from a file that is mapped and has been cut short, unless the goroutine that
// reads takes it for a panic, which each has to say for itself.
func Guard(gen string, do func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *block.Fault:
			err = p
		default:
			err = fmt.Errorf("%s: %w, unless the program is at fault; index verify tells: %v", gen, baogao.ErrDamaged, p)
		}
	}()
	return do()
}
