package index

import (
	"cmp"
	"context"

	"baogao"
	"baogao/index/internal/store"
)

var _ baogao.Vocabulary = (*Index)(nil)

// Pairs lists pairs of characters; see baogao.Vocabulary. They are the terms of
// the index, so that no text is read.
func (x *Index) Pairs(ctx context.Context, firsts, seconds []rune) ([]baogao.Pair, error) {
	var all []baogao.Pair
	at := map[[2]rune]int{}
	err := store.Guard(x.gen.Dir, func() (err error) {
		for _, s := range x.bleve.Segments {
			err = cmp.Or(err, ctx.Err(), s.Pairs(firsts, seconds, func(first, second rune, docs int) {
				i, known := at[[2]rune{first, second}]
				if !known {
					i = len(all)
					at[[2]rune{first, second}], all = i, append(all, baogao.Pair{First: first, Second: second})
				}
				all[i].Passages += docs
			}))
		}
		return err
	})
	return all, err
}
