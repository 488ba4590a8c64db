package suggest

import "baogao/query"

// wider lets the words of a question meet in a passage where they meet in no
// sentence, and drops fields of the question within which nothing is found. Of
// filters beside the question, the pages say what dropping them opens.
func wider(a *asking) (proposals, error) {
	var all []proposal
	if a.within == query.Sentence {
		all = append(all, proposal{root: query.Join(a.parts), within: query.Passage, why: query.Warning{ID: widerScope}})
	}
	for i, part := range a.parts {
		if len(a.parts) > 1 && query.AsksMetadata(part) {
			printed := (&query.Query{Root: part}).String()
			all = append(all, proposal{root: a.instead(i, i+1), within: a.within, why: query.Warning{ID: withoutField, Args: []string{printed}}})
		}
	}
	return proposals{all}, nil
}
