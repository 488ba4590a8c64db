// Package generation keeps the generations of an index in a cluster: it fills a fresh
// one, makes it the one in use, and holds it to what was published.
package generation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"baogao"
	"baogao/internal/opensearch/document"
	"baogao/internal/opensearch/nodes"
)

// A Stored generation is an index of the cluster, with what its mapping says of it.
type Stored struct {
	Manifest
	Index  string
	number int
}

// generationOf is what the generation of a number is called.
func generationOf(number int) string { return fmt.Sprintf("gen-%06d", number) }

// Current is the index in use, ErrNoIndex where there is none.
func Current(ctx context.Context, c *nodes.Client) (string, error) {
	var answer map[string]json.RawMessage
	err := c.Do(ctx, http.MethodGet, "/_alias/"+c.Location.Name, nil, &answer)
	var r *nodes.Refusal
	if errors.As(err, &r) && r.Status == http.StatusNotFound {
		err = nil
	}
	if err != nil {
		return "", err
	}
	latest := ""
	for index := range answer {
		if nodes.NumberOf(index) > nodes.NumberOf(latest) {
			latest = index
		}
	}
	if latest == "" {
		return "", fmt.Errorf("%s: %w", c.Location, baogao.ErrNoIndex)
	}
	return latest, nil
}

// generations lists those that the cluster has of an index, whole or not.
func generations(ctx context.Context, c *nodes.Client) ([]Stored, error) {
	return storedAs(ctx, c, c.Location.Name+"-*")
}

// storedAs reads what the mappings of indexes say.
func storedAs(ctx context.Context, c *nodes.Client, pattern string) ([]Stored, error) {
	var answer map[string]struct {
		Mappings struct {
			Meta struct {
				Baogao *Manifest `json:"baogao"`
			} `json:"_meta"`
		} `json:"mappings"`
	}
	if err := c.Do(ctx, http.MethodGet, "/"+pattern+"/_mapping", nil, &answer); err != nil {
		return nil, err
	}
	var all []Stored
	for index, m := range answer {
		number := nodes.NumberOf(index)
		if number > 0 && index == c.Location.Index(number) && m.Mappings.Meta.Baogao != nil {
			all = append(all, Stored{*m.Mappings.Meta.Baogao, index, number})
		}
	}
	return all, nil
}

// Load reads the generation in use.
func Load(ctx context.Context, c *nodes.Client) (*Stored, error) {
	index, err := Current(ctx, c)
	if err != nil {
		return nil, err
	}
	all, err := storedAs(ctx, c, index)
	switch {
	case nodes.IsKind(err, nodes.NoSuchIndex):
		return nil, fmt.Errorf("%s: %w: it has just been replaced", c.Location, baogao.ErrUnavailable)
	case err != nil:
		return nil, err
	case len(all) == 0 || all[0].Format != document.Format:
		return nil, fmt.Errorf("%s: %w; rebuild it with: index build PATH --index %s", c.Location, baogao.ErrFormat, c.Location)
	case all[0].Built == "":
		return nil, fmt.Errorf("%s: %w: its build was not finished", c.Location, baogao.ErrDamaged)
	}
	all[0].Stats.Number = all[0].number
	return &all[0], nil
}

// DiskOf adds to what a manifest counts how much of their disks the nodes take for
// it, copies of shards left out.
func DiskOf(ctx context.Context, c *nodes.Client, index string, s baogao.Stats) (baogao.Stats, error) {
	var answer struct {
		All struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				} `json:"store"`
			} `json:"primaries"`
		} `json:"_all"`
	}
	err := c.Do(ctx, http.MethodGet, "/"+index+"/_stats/store", nil, &answer)
	s.DiskBytes = answer.All.Primaries.Store.Bytes
	return s, err
}

// Open opens the generation in use of an index. The errors wrap ErrNoIndex,
// ErrFormat, ErrDamaged or ErrUnavailable where one of them is the reason.
func Open(ctx context.Context, at string) (*nodes.Client, *Stored, error) {
	c, err := nodes.Connect(at)
	if err != nil {
		return nil, nil, err
	}
	gen, err := Load(ctx, c)
	if err != nil {
		return nil, nil, errors.Join(err, c.Close())
	}
	return c, gen, nil
}
