package segment

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"hash/crc32"
	"math"
	"os"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// The segments of the bleve index are written here, in the format that the
// zapx module describes in its zap.md and reads: version 17, without doc values.
// Bleve makes segments of two thousand documents and merges them again and
// again; a segment of all documents, written once, takes a sixth of the
// processor time and is smaller. A test holds these segments to those that bleve makes of the
// same passages.
//
// Bleve keeps a frequency and a norm beside each posting. We keep neither. A
// term that occurs n times in a passage stands in n layers: the term itself,
// and for each further occurrence the term that layerTerm gives. So counts and
// frequencies come out of bitmaps alone. Bleve's readers ask for a frequency
// all the same; all lists share one block that says 0, which bleve takes as
// not kept.

// chunkDocs is the number of documents in a chunk of frequencies. Up to 1024
// the format takes it as it is, whatever the list.
const chunkDocs = 1024

// noDocValues stands for the place of doc values where there are none.
const noDocValues = math.MaxUint64

// MaxLayers bounds the layers of a term. A passage in the last one has the term
// as often or more often; how often, its text tells.
const MaxLayers = 255

// layerTerm is the term by which the documents are found in which a term occurs
// n times or more, for n from 2 on. Terms of a text never hold a NUL.
func layerTerm(term []byte, n int) []byte { return append(slices.Clip(term), 0, byte(n)) }

// layerOf is the layer that a term finds, 1 for a term that is none of
// layerTerm.
func layerOf(term string) int {
	if n := len(term); n > 2 && term[n-2] == 0 {
		return int(term[n-1])
	}
	return 1
}

// A segmentFile is a segment while it is written.
type segmentFile struct {
	file  *os.File
	buf   *bufio.Writer
	at    uint64 // bytes written
	crc   uint32
	err   error // the first one
	count uint64
	freqs uint64 // where the shared frequencies are

	dict  bytes.Buffer
	terms *vellum.Builder
}

// Write writes the segment to a new file at path.
func (v *Builder) Write(ctx context.Context, path string) error {
	v.Close()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // never over the segment of another generation
	if err != nil {
		return err
	}
	s := &segmentFile{file: f, buf: bufio.NewWriterSize(f, 1<<20), count: uint64(len(v.ids))}
	stored := s.stored(v.ids)
	s.frequencies()
	names := append([]string{idField, Text}, Keywords...)
	slices.Sort(names[1:])
	fields := make([]uint64, len(names))
	for i, name := range names {
		fields[i] = s.field(func() error { return v.writeTerms(ctx, s, name) })
	}
	s.footer(stored, s.sections(names, fields))
	return cmp.Or(s.err, s.buf.Flush(), f.Close())
}

// idField is what bleve calls the field of the ids.
const idField = "_id"

// writeTerms writes the terms of a field.
func (v *Builder) writeTerms(ctx context.Context, s *segmentFile, field string) error {
	switch field {
	case idField:
		return s.idTerms(v.ids)
	case Text:
		return v.lists.encoded(ctx, s.encoded)
	}
	var values []string
	for f := range v.fields {
		if f.Field == field {
			values = append(values, f.Value)
		}
	}
	slices.Sort(values)
	for _, value := range values {
		docs := v.fields[Value{field, value}]
		docs.RunOptimize()
		if err := s.term([]byte(value), docs); err != nil {
			return err
		}
	}
	return nil
}

func (s *segmentFile) write(b []byte) {
	if s.err != nil {
		return
	}
	s.at += uint64(len(b))
	s.crc = crc32.Update(s.crc, crc32.IEEETable, b)
	_, s.err = s.buf.Write(b)
}

func (s *segmentFile) uvarints(values ...uint64) {
	b := make([]byte, 0, 32)
	for _, v := range values {
		b = binary.AppendUvarint(b, v)
	}
	s.write(b)
}

// stored writes the stored fields, the id of each document and nothing else,
// and returns where the list of them is.
func (s *segmentFile) stored(ids []uint32) uint64 {
	places := make([]byte, 0, 8*len(ids))
	for _, number := range ids {
		places = binary.BigEndian.AppendUint64(places, s.at)
		id := docID(number)
		// The lengths of what describes the fields and of the fields; the length
		// of the id; the id, and Snappy's form of nothing.
		s.uvarints(1, uint64(len(id)+1), uint64(len(id)))
		s.write(append(id, 0))
	}
	list := s.at
	s.write(places)
	s.uvarints(0) // no documents within documents
	return list
}

// frequencies writes the frequencies that all lists share: for each chunk of
// documents as many zeros as it may hold postings.
func (s *segmentFile) frequencies() {
	s.freqs = s.at
	chunks := s.count/chunkDocs + 1
	s.uvarints(chunks)
	for i := range chunks {
		s.uvarints((i + 1) * chunkDocs)
	}
	s.write(make([]byte, chunks*chunkDocs))
}

// field writes a field of the terms that write gives, and returns where it is.
func (s *segmentFile) field(write func() error) uint64 {
	s.dict.Reset()
	var err error
	if s.terms, err = vellum.New(&s.dict, nil); err == nil {
		err = cmp.Or(write(), s.terms.Close())
	}
	s.err = cmp.Or(s.err, err)
	dict := s.at
	s.uvarints(uint64(s.dict.Len()))
	s.write(s.dict.Bytes())
	start := s.at
	s.uvarints(noDocValues, noDocValues, dict)
	return start
}

// idTerms writes the terms of the ids, which grow with the documents.
func (s *segmentFile) idTerms(ids []uint32) error {
	for doc, number := range ids {
		if err := s.terms.Insert(docID(number), zap.FSTValEncode1Hit(uint64(doc), zap.NormBits1Hit)); err != nil {
			return err
		}
	}
	return nil
}

// term writes a term and its documents.
func (s *segmentFile) term(term []byte, docs *roaring.Bitmap) error {
	var e encoding
	if err := e.add(term, docs); err != nil {
		return err
	}
	return s.encoded(&e)
}

// encoded writes terms that were encoded.
func (s *segmentFile) encoded(e *encoding) error {
	bytes := e.bytes
	for _, t := range e.terms {
		if t.size == 0 {
			if err := s.terms.Insert(t.term, zap.FSTValEncode1Hit(uint64(t.doc), zap.NormBits1Hit)); err != nil {
				return err
			}
			continue
		}
		at := s.at
		s.uvarints(s.freqs, 0, uint64(t.size))
		s.write(bytes[:t.size])
		bytes = bytes[t.size:]
		if err := s.terms.Insert(t.term, at); err != nil {
			return err
		}
	}
	return s.err
}

// sections writes where the parts of each field are, and returns where that
// stands.
func (s *segmentFile) sections(names []string, fields []uint64) uint64 {
	places := make([]uint64, len(names))
	for i, name := range names {
		places[i] = s.at
		options := bleveindex.IndexField | bleveindex.SkipFreqNorm
		if name == idField {
			options = bleveindex.IndexField | bleveindex.StoreField
		}
		s.uvarints(uint64(len(name)))
		s.write([]byte(name))
		s.uvarints(uint64(options), 1)
		s.write(binary.BigEndian.AppendUint16(nil, zap.SectionInvertedTextIndex))
		s.write(binary.BigEndian.AppendUint64(nil, fields[i]))
	}
	at := s.at
	s.uvarints(uint64(len(names)))
	for _, place := range places {
		s.write(binary.BigEndian.AppendUint64(nil, place))
	}
	return at
}

// footer ends the file.
func (s *segmentFile) footer(stored, sections uint64) {
	s.write(binary.BigEndian.AppendUint32(nil, 0)) // no encryption
	s.write(binary.BigEndian.AppendUint64(nil, s.count))
	s.write(binary.BigEndian.AppendUint64(nil, stored))
	s.write(binary.BigEndian.AppendUint64(nil, sections))
	s.write(binary.BigEndian.AppendUint32(nil, chunkDocs))
	s.write(binary.BigEndian.AppendUint32(nil, zap.Version))
	s.write(binary.BigEndian.AppendUint32(nil, s.crc))
}
