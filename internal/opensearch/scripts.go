package opensearch

import "baogao/internal/opensearch/nodes"

// Where every word of a question is of Chinese characters and none can overlap
// another, the shards tell all: their query finds just the passages that match, a
// script counts where words stand in the text as search compares it, and passages,
// reports and occurrences are added up by class. A report lies in one shard, so that
// each counts reports of its own. No text is read here.

// times counts how often a word stands in a text.
const times = `int times(String text, String word) {
  int n = 0;
  for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + word.length())) n++;
  return n;
}
`

// scoring is what a match is worth, see package weight, in the order in which that
// computes: so both give the same to the last bit.
const scoring = times + `String text = doc['folded'].value.utf8ToString();
double length = doc['units'].value * (double) params.texts / (double) params.units;
double score = 0;
for (int i = 0; i < params.words.length; i++) {
  double n = times(text, params.words[i]);
  if (n > 0) score += params.weights[i] * (n * (params.k1 + 1) / (n + params.k1 * (1 - params.b + params.b * length)));
}
return score * doc['prior'].value;`

// adding adds up by a key: passages, reports, occurrences, and characters of reports.
// Where a sign stands for several characters, two places may be one, and the text
// must tell; see addShared.
func adding(key string) string { return times + "String k = " + key + addingTo }

const addingTo = `;
def t = state.classes.get(k);
if (t == null) { t = new long[4]; state.classes.put(k, t); }
t[0] += params.reports ? doc['passages'].value : 1L;
if (state.seen.add(doc['report'].value)) { t[1]++; t[3] += doc['chars'].value; }
if (params.words.length > 0 && !doc['shared'].value) {
  String text = doc['folded'].value.utf8ToString();
  for (w in params.words) t[2] += times(text, w);
}`

// joining joins what the shards have added up.
const joining = `Map all = new HashMap();
for (s in states) {
  if (s == null) continue;
  for (e in s.entrySet()) {
    def t = all.get(e.getKey());
    if (t == null) { all.put(e.getKey(), e.getValue()); continue; }
    for (int i = 0; i < 4; i++) t[i] += e.getValue()[i];
  }
}
return all;`

// The keys that matches are added up by.
const (
	byClass  = "doc['class'].value"
	byReport = "String.valueOf(doc['report'].value)"
)

// tallying adds matches up by a key, with the places of words in them, and counts the
// passages whose places are not among those.
func tallying(key string, words []string, reports bool) nodes.Object {
	return nodes.Object{"shared": nodes.Object{"filter": nodes.Term("shared", true)}, "tally": nodes.Object{"scripted_metric": nodes.Object{
		"init_script": "state.classes = new HashMap(); state.seen = new HashSet();", "map_script": adding(key),
		"combine_script": "return state.classes;", "reduce_script": joining, "params": nodes.Object{"words": words, "reports": reports},
	}}}
}
