package document

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"baogao"
	"baogao/internal/analyzer"
)

// Streams are the terms of a document, parted by blanks: made here, and only parted
// there. They are not kept in the source, and made anew of it.
type Streams struct {
	Terms   string   `json:"terms,omitempty"`  // see analyzer.EachTerm
	Run     string   `json:"run,omitempty"`    // see runOf
	Folded  []byte   `json:"folded,omitempty"` // the text as search compares it, in UTF-8
	Title   string   `json:"title_run,omitempty"`
	Issuer  string   `json:"issuer_run,omitempty"`
	DocNo   string   `json:"number_run,omitempty"`
	Section []string `json:"section_run,omitempty"`
}

// Index fills the terms of a passage of a report.
func (p *Passage) Index(m *baogao.Meta) {
	var terms strings.Builder
	p.Units = analyzer.EachTerm(p.Body.Text, func(term []rune) {
		p.Shared = p.Shared || string(term) == analyzer.SharedTerm
		terms.WriteString(Token(string(term)))
		terms.WriteByte(' ')
	})
	p.Streams = MetaStreams(m)
	p.Terms = terms.String()
	var text analyzer.Text
	text.Read(p.Body.Text)
	p.Run, p.Folded = runOf(text.Runes), []byte(string(text.Runes))
	p.Streams.Section = nil
	for _, part := range p.Body.Section {
		p.Streams.Section = append(p.Streams.Section, runIn(part))
	}
}

// MetaStreams are those of the fields of a report.
func MetaStreams(m *baogao.Meta) Streams {
	return Streams{Title: runIn(m.Title), Issuer: runIn(m.Issuer), DocNo: runIn(m.Number)}
}

func runIn(text string) string {
	var t analyzer.Text
	t.Read(text)
	return runOf(t.Runes)
}

// Between parts the two units of a token in a run.
const Between = "␟"

// runOf are the units of a text as search compares it, each with the one behind it,
// and the last one with nothing: a run of units is a run of such pairs, and a unit
// is what stands before the first mark between two.
func runOf(runes []rune) string {
	units := analyzer.Units(runes)
	var b strings.Builder
	for i, u := range units {
		next := ""
		if i+1 < len(units) {
			next = Token(string(runes[units[i+1].Start:units[i+1].End]))
		}
		b.WriteString(Token(string(runes[u.Start:u.End])) + Between + next + " ")
	}
	return b.String()
}

// longestToken is how long a term may be, in bytes, before its sum takes its place:
// the cluster would cut it.
const longestToken = 100

// Token is a term as it stands in a stream: without blanks.
func Token(term string) string {
	if len(term) > longestToken {
		sum := sha256.Sum256([]byte(term))
		return "#" + hex.EncodeToString(sum[:])
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return '␠'
		}
		return r
	}, term)
}
