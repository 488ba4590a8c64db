package compare

import (
	"context"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
	"baogao/internal/web/picture"
)

// An Aliased is a word that was asked for with its other names.
type Aliased struct {
	Word  string
	Names []string // with what each finds
	Exact string   // address that asks for words as they are typed
}

// AliasesOf counts what each name of the words of a question finds.
func AliasesOf(ctx context.Context, x baogao.Searcher, s address.State, q *ask.Question) ([]Aliased, error) {
	counts, err := q.CountAliases(ctx, x)
	if err != nil {
		return nil, err
	}
	exact := s.Anew()
	exact.Exact = true
	var all []Aliased
	for _, c := range counts {
		if n := len(all); n == 0 || all[n-1].Word != c.Word {
			all = append(all, Aliased{Word: c.Word, Exact: exact.URL()})
		}
		last := &all[len(all)-1]
		last.Names = append(last.Names, c.Name+" "+picture.Grouped(c.Passages)+"段")
	}
	return all, nil
}
