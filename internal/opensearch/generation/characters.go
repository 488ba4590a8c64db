package generation

import (
	"context"
	"net/http"

	"baogao/internal/opensearch/nodes"
	"baogao/internal/weight"
)

// Characters says how many passages hold a Chinese character.
type Characters struct {
	passages int
	holding  map[rune]int
}

// ReadCharacters reads those of a generation.
func ReadCharacters(ctx context.Context, c *nodes.Client, index string) (Characters, error) {
	var answer struct {
		Source struct {
			Sample struct {
				Passages int            `json:"passages"`
				Holding  map[string]int `json:"holding"`
			} `json:"sample"`
		} `json:"_source"`
	}
	if err := c.Do(ctx, http.MethodGet, "/"+index+"/_doc/sample?routing=0", nil, &answer); err != nil {
		return Characters{}, err
	}
	all := Characters{answer.Source.Sample.Passages, map[rune]int{}}
	for r, n := range answer.Source.Sample.Holding {
		all.holding[[]rune(r)[0]] = n
	}
	return all, nil
}

func (c Characters) document() nodes.Object {
	counts := make(map[string]int, len(c.holding))
	for r, n := range c.holding {
		counts[string(r)] = n
	}
	return nodes.Object{"passages": c.passages, "holding": counts}
}

// Weights are those of characters that a question asks for, by how often it does.
func (c Characters) Weights(asked map[rune]float64) map[rune]float64 {
	weights := make(map[rune]float64, len(asked))
	for r, n := range asked {
		weights[r] = n * weight.IDF(c.passages, c.holding[r])
	}
	return weights
}
