// Package extract is what the packages below it have in common: each takes the
// readable text, and the metadata that the format itself holds, out of
// documents of some formats. They clean nothing and infer nothing.
package extract

import (
	"cmp"
	"errors"
	"strings"

	"baogao"
)

// A Text is what a document says. In its body each paragraph is a line, and
// so is each row of a table, its cells held apart by " | ".
type Text struct {
	Body    string
	Title   string        // by the document's own metadata; "" if that does not say
	Facts   []baogao.Fact // metadata of the document, labelled as government pages label it
	Source  string        // address the document says it was published at; "" if it does not say
	Charset string        // as package charset names it; "" where the format leaves no choice
	Dropped []string      // what was left out, since it is no text of the document

	OCR     *baogao.OCR // what was read by machine; nil is nothing
	Missing []int       // pages, from 1, whose text could not be had
	Note    string      // what is to be known of the text besides; "" is nothing
}

// Limits bound what a document may cost.
type Limits struct {
	Bytes int64 // of text, and of any part of the document when unpacked; 0 means 64 MiB
	Depth int   // of elements within one another; 0 means 1000

	// Stopped is asked by readers at work, which end with its error. nil is never
	// stopped.
	Stopped func() error

	// OCR reads pages that are pictures; nil reads none of them.
	OCR Recogniser

	// Preparing is told, once and before it takes seconds, what a reader must
	// have prepared. nil is told nothing.
	Preparing func(what string)
}

// WithDefaults fills the limits that are zero.
func (l Limits) WithDefaults() Limits {
	l.Bytes = cmp.Or(l.Bytes, 64<<20)
	l.Depth = cmp.Or(l.Depth, 1000)
	if l.Stopped == nil {
		l.Stopped = func() error { return nil }
	}
	return l
}

// ErrNoReport marks the errors of files that were read and are no reports. Any
// other error leaves open what a file holds.
var ErrNoReport = errors.New("no report")

// NoReport says why a file that was read is no report.
func NoReport(why string) error { return noReport(why) }

type noReport string

func (e noReport) Error() string { return string(e) }

func (noReport) Is(target error) bool { return target == ErrNoReport }

// Errors of all formats.
var (
	ErrEncrypted = errors.New("encrypted; remove the password first")
	ErrNoWords   = NoReport("no text in it; if it holds pictures of pages, recognise their text (OCR) first")
	ErrUnpacked  = errors.New("unpacks to more than the size limit; save it as text first")
)

// Lines collects the paragraphs of a document and keeps them within Bytes,
// unless that is 0.
type Lines struct {
	Bytes int64
	text  strings.Builder
}

// Add appends paragraphs without the blanks at their ends; blank ones are left
// out. It fails with ErrUnpacked.
func (l *Lines) Add(paragraphs ...string) error {
	for _, p := range paragraphs {
		if strings.TrimSpace(p) == "" {
			continue
		}
		if l.Bytes > 0 && int64(l.text.Len())+int64(len(p)) > l.Bytes {
			return ErrUnpacked
		}
		l.text.WriteString(strings.TrimRight(p, " \t\n"))
		l.text.WriteByte('\n')
	}
	return nil
}

// Text is a document of the paragraphs, a line each. It fails with ErrNoWords
// where there are none, and where they are not Readable.
func (l *Lines) Text() (Text, error) {
	body := l.text.String()
	if body == "" {
		return Text{}, ErrNoWords
	}
	return Text{Body: body}, Readable(body)
}

var raisedDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// Raised is a text that is set raised: the mark of a note, or a power, in raised
// digits, 改革¹, m²; any other as it is.
func Raised(text string) string {
	const longest = 3 // digits
	if len(text) > longest || strings.Trim(text, "0123456789") != "" {
		return text
	}
	return raisedDigits.Replace(text)
}
