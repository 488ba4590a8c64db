package pages

import (
	"context"

	"baogao"
	"baogao/internal/ask"
	"baogao/internal/web/address"
)

// An aliased is a word that was asked for with its other names.
type aliased struct {
	Word  string
	Names []string // with what each finds
	Exact string   // address that asks for words as they are typed
}

// aliasesOf counts what each name of the words of a question finds.
func aliasesOf(ctx context.Context, x baogao.Searcher, s address.State, q *ask.Question) ([]aliased, error) {
	counts, err := q.CountAliases(ctx, x)
	if err != nil {
		return nil, err
	}
	exact := s.Anew()
	exact.Exact = true
	var all []aliased
	for _, c := range counts {
		if n := len(all); n == 0 || all[n-1].Word != c.Word {
			all = append(all, aliased{Word: c.Word, Exact: exact.URL()})
		}
		last := &all[len(all)-1]
		last.Names = append(last.Names, c.Name+" "+grouped(c.Passages)+"段")
	}
	return all, nil
}
