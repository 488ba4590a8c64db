// Package extract takes the readable text, and the metadata that the format
// itself holds, out of document formats. It cleans nothing and infers nothing.
package extract

import "baogao"

// A Text is what a document says. In its body each paragraph is a line, and
// so is each row of a table, its cells held apart by " | ".
type Text struct {
	Body    string
	Title   string        // by the document's own metadata; "" if that does not say
	Facts   []baogao.Fact // metadata of the document, labelled as government pages label it
	Source  string        // address the document says it was published at; "" if it does not say
	Charset string        // as package charset names it; "" where the format leaves no choice
}

// Limits bound what a document may cost.
type Limits struct {
	Bytes int64 // of text, and of any part of the document when unpacked
	Depth int   // of elements within one another
}
