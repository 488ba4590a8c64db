package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"baogao"
)

// A stored generation is an index of the cluster, with what its mapping says of it.
type stored struct {
	manifest
	index  string
	number int
}

// generationOf is what the generation of a number is called.
func generationOf(number int) string { return fmt.Sprintf("gen-%06d", number) }

var generationName = regexp.MustCompile(`-([0-9]{6,})$`)

// current is the index in use, ErrNoIndex where there is none.
func (c *client) current(ctx context.Context) (string, error) {
	var answer map[string]json.RawMessage
	err := c.do(ctx, http.MethodGet, "/_alias/"+c.location.name, nil, &answer)
	var r *refusal
	if errors.As(err, &r) && r.status == http.StatusNotFound {
		err = nil
	}
	if err != nil {
		return "", err
	}
	latest := ""
	for index := range answer {
		if numberOf(index) > numberOf(latest) {
			latest = index
		}
	}
	if latest == "" {
		return "", fmt.Errorf("%s: %w", c.location, baogao.ErrNoIndex)
	}
	return latest, nil
}

// numberOf is the number of the generation that an index is, 0 for none.
func numberOf(index string) int {
	m := generationName.FindStringSubmatch(index)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// generations lists those that the cluster has of an index, whole or not.
func (c *client) generations(ctx context.Context) ([]stored, error) {
	return c.stored(ctx, c.location.name+"-*")
}

// stored reads what the mappings of indexes say.
func (c *client) stored(ctx context.Context, pattern string) ([]stored, error) {
	var answer map[string]struct {
		Mappings struct {
			Meta struct {
				Baogao *manifest `json:"baogao"`
			} `json:"_meta"`
		} `json:"mappings"`
	}
	if err := c.do(ctx, http.MethodGet, "/"+pattern+"/_mapping", nil, &answer); err != nil {
		return nil, err
	}
	var all []stored
	for index, m := range answer {
		prefix, isOne := strings.CutSuffix(index, generationName.FindString(index))
		if isOne && prefix == c.location.name && numberOf(index) > 0 && m.Mappings.Meta.Baogao != nil {
			all = append(all, stored{*m.Mappings.Meta.Baogao, index, numberOf(index)})
		}
	}
	return all, nil
}

// open reads the generation in use.
func (c *client) open(ctx context.Context) (*stored, error) {
	index, err := c.current(ctx)
	if err != nil {
		return nil, err
	}
	all, err := c.stored(ctx, index)
	switch {
	case isKind(err, noSuchIndex):
		return nil, fmt.Errorf("%s: %w: it has just been replaced", c.location, baogao.ErrUnavailable)
	case err != nil:
		return nil, err
	case len(all) == 0 || all[0].Format != format:
		return nil, fmt.Errorf("%s: %w; rebuild it with: index build PATH --index %s", c.location, baogao.ErrFormat, c.location)
	case all[0].Built == "":
		return nil, fmt.Errorf("%s: %w: its build was not finished", c.location, baogao.ErrDamaged)
	}
	all[0].Stats.Number = all[0].number
	return &all[0], nil
}
