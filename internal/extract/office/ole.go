package office

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"

	"baogao/internal/extract"
)

// oleFile holds the streams of a compound file: the kind of file that Word,
// Excel and PowerPoint wrote before their files were zip archives.
type oleFile struct {
	data    []byte
	entries map[string]*mscfb.File
}

// openOLE reads the folder of a compound file.
func openOLE(data []byte) (f oleFile, err error) {
	defer recoverTo(&err)
	r, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return oleFile{}, fmt.Errorf("a broken compound file (%w); get the file again", err)
	}
	f = oleFile{data, map[string]*mscfb.File{}}
	for _, e := range r.File {
		if len(e.Path) == 0 && f.entries[e.Name] == nil {
			f.entries[e.Name] = e
		}
	}
	return f, nil
}

func (f oleFile) has(name string) bool { return f.entries[name] != nil }

// stream reads a whole stream; no stream is longer than its file.
func (f oleFile) stream(name string) (data []byte, err error) {
	defer recoverTo(&err)
	e := f.entries[name]
	if e == nil {
		return nil, fmt.Errorf("no stream %s; get the file again", name)
	}
	data, err = io.ReadAll(io.LimitReader(e, min(e.Size, int64(len(f.data)))))
	if err == nil && int64(len(data)) < e.Size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("stream %s: %w; get the file again", name, err)
	}
	return data, nil
}

// recoverTo makes an error of a panic in a library that reads broken files.
func recoverTo(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("a broken file (%v); get the file again", p)
	}
}

// oleKinds tells the kinds of compound files apart by a stream that only they
// have.
var oleKinds = []struct{ stream, kind, next string }{
	{"Workbook", "an Excel workbook", "save it as XLSX or CSV"},
	{"Book", "an Excel workbook", "save it as XLSX or CSV"},
	{"PowerPoint Document", "a PowerPoint presentation", "save it as PDF or text"},
	{"__properties_version1.0", "an Outlook message", "save what is attached to it, or its text"},
	{"VisioDocument", "a Visio drawing", "save it as PDF"},
	{"HwpSummaryInformation", "a Hangul document", "save it as DOCX or text"},
	{"MatOST", "a Microsoft Works document", "save it as DOCX or text"},
	{"CONTENTS", "a Microsoft Works document", "save it as DOCX or text"},
}

// refusal says why a compound file without a Word text is not read.
func (f oleFile) refusal() error {
	if f.has("EncryptedPackage") || f.has("EncryptionInfo") {
		return extract.ErrEncrypted
	}
	for _, k := range oleKinds {
		if f.has(k.stream) {
			return fmt.Errorf("%s, no Word document; %s", k.kind, k.next)
		}
	}
	for name := range f.entries {
		if strings.HasPrefix(name, "\u4840") { // a table of an installer
			return errors.New("an installer, no document")
		}
	}
	return errors.New("a compound file without a Word document in it; save it as DOCX or text first")
}
