package index

import (
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// asyncErrors is the name under which bleve finds onAsyncError.
const asyncErrors = "baogao"

func init() { scorch.RegistryAsyncErrorCallbacks[asyncErrors] = onAsyncError }

// building holds, by the path of its bleve index, where each writer hears of
// errors of bleve's own goroutines.
var building sync.Map // string → chan error

// onAsyncError is called by a goroutine of bleve that could not write, as on a
// full disk. Bleve would try again for ever, and does so on segments it has
// closed already, which ends the process in a panic. So the goroutine is
// parked: the build has failed, and the writer gives up its bleve index
// without touching it again.
func onAsyncError(err error, path string) {
	ch, ok := building.Load(path)
	if !ok {
		return
	}
	select {
	case ch.(chan error) <- err:
	default: // one reason is enough
	}
	select {}
}

// submit hands batches to bleve until there are no more. After a failure it
// only takes them, so that Add never waits for ever.
func submit(ix bleve.Index, batches <-chan *bleve.Batch, ended chan<- error) {
	var failure error
	for b := range batches {
		if failure == nil {
			failure = runBatch(ix, b)
		}
	}
	ended <- failure
}

// runBatch turns a panic over segments that a failed write has closed into an
// error.
func runBatch(ix bleve.Index, b *bleve.Batch) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("writing to the bleve index: %v", p)
		}
	}()
	return ix.Batch(b)
}
