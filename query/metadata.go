package query

import "slices"

// Metadata keeps the parts of a tree, which may be nil, that ask of whole reports
// for what filters ask for; nil if there are none.
func Metadata(root Node) Node {
	return Join(slices.DeleteFunc(slices.Clone(Conjuncts(root)), func(part Node) bool { return !AsksMetadata(part) }))
}

// AsksMetadata reports whether a part of a question holds for whole reports, by
// the fields of filters alone.
func AsksMetadata(part Node) bool {
	for leaf := range Leaves(part) {
		f, field := leaf.(Field)
		if _, years := leaf.(Years); !years && !(field && slices.Contains([]string{"region", "level", "kind", "sure", "ocr"}, f.Name)) {
			return false
		}
	}
	return true
}
