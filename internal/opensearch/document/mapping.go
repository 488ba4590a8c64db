package document

import (
	"os"
	"strconv"

	"baogao/internal/opensearch/nodes"
)

// Format is the version of the mapping and of the documents. Another one is
// refused.
const Format = 1

// Settings are those of a new index, in a cluster with some nodes for data: a shard
// for each, or BAOGAO_OPENSEARCH_SHARDS, and a replica of each where there is a
// second node.
func Settings(dataNodes int) nodes.Object {
	shards := max(dataNodes, 1)
	if n, err := strconv.Atoi(os.Getenv("BAOGAO_OPENSEARCH_SHARDS")); err == nil && n > 0 {
		shards = n
	}
	return nodes.Object{"index": nodes.Object{
		"number_of_shards": shards, "auto_expand_replicas": "0-1",
		"refresh_interval":                     "-1", // nothing is searched before it is whole
		"unassigned.node_left.delayed_timeout": "0",
		"similarity.default":                   nodes.Object{"type": "BM25", "k1": 1.2, "b": 0.75},
		"max_terms_count":                      MaxValues,
	}}
}

// MaxValues is how many values a field of a question may have.
const MaxValues = 65536

// properties are the fields of documents.
func properties() nodes.Object {
	typed := func(kind string) nodes.Object { return nodes.Object{"type": kind} }
	stored := func(kind string) nodes.Object { return nodes.Object{"type": kind, "index": false} }
	stream := func(options string) nodes.Object {
		return nodes.Object{"type": "text", "analyzer": "whitespace", "index_options": options, "norms": options == "freqs"}
	}
	off := nodes.Object{"type": "object", "enabled": false}
	return nodes.Object{
		"doc": typed("keyword"), "n": typed("integer"), "report": typed("integer"), "id": typed("keyword"),
		"class": stored("keyword"), "region": typed("keyword"), "level": typed("keyword"), "kind": typed("keyword"),
		"year": typed("integer"), "code": stored("keyword"), "name": stored("keyword"), "sure": typed("double"),
		"ocr": typed("boolean"), "copy": typed("boolean"), "chars": stored("long"), "passages": stored("integer"),
		"units": stored("integer"), "facts": stored("short"), "bare": typed("boolean"), "plan": typed("boolean"), "shared": typed("boolean"),
		"prior": stored("double"), "loose": stored("double"), "body": off, "details": off, "sample": off,
		"terms": stream("freqs"), "run": stream("positions"), "folded": nodes.Object{"type": "binary", "doc_values": true},
		"title_run": stream("positions"), "issuer_run": stream("positions"), "number_run": stream("positions"), "section_run": stream("positions"),
	}
}

// Mapping is that of a new index, with the manifest that it begins with.
func Mapping(manifest any) nodes.Object {
	return nodes.Object{
		"dynamic": "strict", "_meta": nodes.Object{"baogao": manifest}, "properties": properties(),
		"_source": nodes.Object{"excludes": []string{"terms", "run", "folded", "title_run", "issuer_run", "number_run", "section_run", "region", "level", "kind", "code", "name"}},
	}
}
