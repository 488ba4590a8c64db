package generation

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"baogao"
	"baogao/internal/opensearch/nodes"
)

// A lock keeps a second writer out. It is a document with its owner and the time at
// which that last said it lives: one that has not for a while has died, and its lock
// may be taken. Clocks of machines that write must agree to within half that time.
const (
	heartbeat = 10 * time.Second
	lockLives = 60 * time.Second
)

type lock struct {
	client *nodes.Client
	owner  string
	stop   chan struct{}
	ended  sync.WaitGroup

	mu  sync.Mutex
	err error // why the lock is lost
}

type lockDocument struct {
	Owner string    `json:"owner"`
	Host  string    `json:"host"`
	Seen  time.Time `json:"seen"`
}

// path is that of the document, with what an update of it asks for.
func (l *lock) path(query string) string {
	return "/" + l.client.Location.Name + ".lock/_doc/lock?refresh=true" + query
}

// takeLock takes the lock of the index of a client, ErrLocked while another has it.
func takeLock(ctx context.Context, c *nodes.Client) (*lock, error) {
	l := &lock{client: c, owner: rand.Text(), stop: make(chan struct{})}
	err := c.Do(ctx, http.MethodPut, "/"+c.Location.Name+".lock", nodes.Object{
		"settings": nodes.Object{"number_of_shards": 1, "auto_expand_replicas": "0-all"},
		"mappings": nodes.Object{"properties": nodes.Object{"owner": nodes.Object{"type": "keyword"}, "host": nodes.Object{"type": "keyword"}, "seen": nodes.Object{"type": "date"}}},
	}, nil)
	if err != nil && !nodes.IsKind(err, nodes.AlreadyExists) {
		return nil, err
	}
	err = l.write(ctx, "&op_type=create")
	if nodes.IsKind(err, nodes.DocConflict) {
		err = l.takeOver(ctx)
	}
	if err != nil {
		return nil, err
	}
	l.ended.Go(l.beat)
	return l, nil
}

func (l *lock) write(ctx context.Context, query string) error {
	host, _ := os.Hostname()
	return l.client.Do(ctx, http.MethodPut, l.path(query), lockDocument{l.owner, host, time.Now().UTC()}, nil)
}

// takeOver takes the lock of a writer that has died.
func (l *lock) takeOver(ctx context.Context) error {
	var found struct {
		Source lockDocument `json:"_source"`
		SeqNo  int          `json:"_seq_no"`
		Term   int          `json:"_primary_term"`
	}
	if err := l.client.Do(ctx, http.MethodGet, "/"+l.client.Location.Name+".lock/_doc/lock", nil, &found); err != nil {
		return err
	}
	if found.Source.Owner == l.owner { // the answer to the first attempt was lost
		return nil
	}
	locked := fmt.Errorf("%s: %w, on %s, which last said so at %s", l.client.Location, baogao.ErrLocked, found.Source.Host, found.Source.Seen.Format(time.TimeOnly))
	if time.Since(found.Source.Seen) < lockLives {
		return locked
	}
	err := l.write(ctx, fmt.Sprintf("&if_seq_no=%d&if_primary_term=%d", found.SeqNo, found.Term))
	if nodes.IsKind(err, nodes.DocConflict) {
		return locked
	}
	return err
}

// beat says that the writer lives until the lock is released.
func (l *lock) beat() {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
		}
		if err := l.renew(); err == nil {
			last = time.Now()
		} else if time.Since(last) > lockLives || errors.Is(err, errTaken) || nodes.IsKind(err, nodes.DocConflict) {
			l.mu.Lock()
			l.err = fmt.Errorf("%s: the lock is lost: %w", l.client.Location, err)
			l.mu.Unlock()
			return
		}
	}
}

var errTaken = errors.New("another writer has taken it")

// renew writes the time down, unless another writer has taken the lock.
func (l *lock) renew() error {
	ctx, cancel := context.WithTimeout(context.Background(), heartbeat)
	defer cancel()
	var found struct {
		Source lockDocument `json:"_source"`
		SeqNo  int          `json:"_seq_no"`
		Term   int          `json:"_primary_term"`
	}
	if err := l.client.Do(ctx, http.MethodGet, "/"+l.client.Location.Name+".lock/_doc/lock", nil, &found); err != nil {
		return err
	}
	if found.Source.Owner != l.owner {
		return errTaken
	}
	return l.write(ctx, fmt.Sprintf("&if_seq_no=%d&if_primary_term=%d", found.SeqNo, found.Term))
}

// lost says why the lock is lost, nil while it is held.
func (l *lock) lost() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// release gives the lock back, unless it is lost.
func (l *lock) release(ctx context.Context) error {
	close(l.stop)
	l.ended.Wait()
	if l.lost() != nil {
		return nil
	}
	return l.client.Do(ctx, http.MethodDelete, l.path(""), nil, nil)
}
