package nodes

// An Object is one of JSON, such as a query.
type Object = map[string]any

// Every finds what all of some queries find, without scores.
func Every(parts ...Object) Object { return Object{"bool": Object{"filter": parts}} }

// Either finds what one of some queries finds.
func Either(parts []Object) Object {
	switch len(parts) {
	case 0:
		return Object{"match_none": Object{}}
	case 1:
		return parts[0]
	}
	return Object{"bool": Object{"should": parts, "minimum_should_match": 1}}
}

// Not finds what a query does not find.
func Not(part Object) Object { return Object{"bool": Object{"must_not": []Object{part}}} }

// Anything finds all documents.
func Anything() Object { return Object{"match_all": Object{}} }

// Term finds the documents with a value in a field.
func Term(field string, value any) Object { return Object{"term": Object{field: value}} }
