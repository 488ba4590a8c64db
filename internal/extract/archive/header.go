package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"baogao/internal/extract/budget"
)

// MostMembers is how many files an archive may have.
const MostMembers = 100_000

// ErrMany is of archives that have more.
var ErrMany = fmt.Errorf("holds more than %d files; unpack it first", MostMembers)

var (
	errHeader   = errors.New("7z: the list of its files is damaged; get the archive again")
	errCutOff   = errors.New("7z: cut off, or one of several parts; get it again, or unpack all parts together")
	errTooLarge = errors.New("7z: the list of its files is too large; unpack it first")
)

// Sections of a list of files, as 7zFormat.txt names them.
const (
	idEnd, idHeader, idAdditional, idMain, idFiles = 0x00, 0x01, 0x03, 0x04, 0x05
	idPackInfo, idUnpackInfo, idSubStreams         = 0x06, 0x07, 0x08
	idSize, idCRC, idFolder, idUnpackSize, idCount = 0x09, 0x0A, 0x0B, 0x0C, 0x0D
	idEncoded                                      = 0x17
)

// methodAES is the method of what is encrypted.
const methodAES = "\x06\xF1\x07\x01"

// checkHeader refuses a 7z whose list of files says that more is in it than it has
// room for: the library makes room for whatever it says. The format is that of
// 7zFormat.txt in the LZMA SDK. io.EOF is that of a 7z without files.
func checkHeader(in io.ReaderAt, size int64) error {
	var start [32]byte
	if _, err := in.ReadAt(start[:], 0); err != nil {
		return errCutOff
	}
	offset, length := binary.LittleEndian.Uint64(start[12:]), binary.LittleEndian.Uint64(start[20:])
	if offset > uint64(size) || length > uint64(size) || 32+offset+length > uint64(size) {
		return errCutOff
	}
	switch {
	case length == 0:
		return io.EOF
	case length > mostMemory:
		return errTooLarge
	}
	header := make([]byte, length)
	if _, err := in.ReadAt(header, int64(32+offset)); err != nil {
		return errCutOff
	}
	s := &scanner{data: header}
	if s.byte() != idEncoded {
		return checkFiles(header)
	}
	list, err := unpackHeader(in, size, s)
	if err != nil {
		return err
	}
	return checkFiles(list)
}

// unpackHeader unpacks the list of files that s says where it lies.
func unpackHeader(in io.ReaderAt, size int64, s *scanner) ([]byte, error) {
	packed := s.streams()
	switch {
	case s.bad, packed.folders != 1, packed.size > uint64(size), packed.position > uint64(size):
		return nil, errHeader
	case packed.unpacked > uint64(max(budget.FreeBytes, budget.Ratio*size)), packed.unpacked > mostMemory:
		return nil, errTooLarge
	}
	body := io.NopCloser(io.NewSectionReader(in, int64(32+packed.position), int64(packed.size)))
	var r io.Reader
	var err error
	switch packed.method {
	case methodAES:
		return nil, ErrEncrypted
	case "\x03\x01\x01":
		r, err = unpackLZMA(packed.properties, packed.unpacked, []io.ReadCloser{body})
	case "\x21":
		r, err = unpackLZMA2(packed.properties, packed.unpacked, []io.ReadCloser{body})
	case "\x00":
		r = body
	default:
		err = errMethod
	}
	if err != nil {
		return nil, err
	}
	var list bytes.Buffer
	if _, err := io.CopyN(&list, r, int64(packed.unpacked)); err != nil {
		return nil, errHeader
	}
	return list.Bytes(), nil
}

// checkFiles checks the list of files itself.
func checkFiles(list []byte) error {
	const mostSteps = 1 << 30 // the library goes through the folders for each file
	s := &scanner{data: list}
	if s.byte() != idHeader {
		return errHeader
	}
	var packed streams
	section := s.byte()
	for ; (section == idAdditional || section == idMain) && !s.bad; section = s.byte() {
		packed = s.streams()
	}
	if section == idEnd && !s.bad {
		return io.EOF
	}
	if section != idFiles || s.bad {
		return errHeader
	}
	files := s.number()
	switch {
	case s.bad:
		return errHeader
	case files > MostMembers, files*uint64(packed.folders) > mostSteps:
		return ErrMany
	case files > uint64(len(list)):
		return errHeader
	}
	return nil
}

// A scanner reads the numbers of a header. bad is set where it ends too soon or says
// what cannot be.
type scanner struct {
	data []byte
	bad  bool
}

func (s *scanner) byte() byte {
	if len(s.data) == 0 {
		s.bad = true
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

func (s *scanner) bytes(n uint64) []byte {
	if n > uint64(len(s.data)) {
		s.bad = true
		s.data = nil
		return nil
	}
	b := s.data[:n]
	s.data = s.data[n:]
	return b
}

// number reads a number: the ones that its first byte begins with are the bytes
// that follow.
func (s *scanner) number() (n uint64) {
	first := s.byte()
	mask := byte(0x80)
	for i := range 8 {
		if first&mask == 0 {
			return n | uint64(first&(mask-1))<<(8*i)
		}
		n |= uint64(s.byte()) << (8 * i)
		mask >>= 1
	}
	return n
}

// count reads the number of things of which each has a byte at least.
func (s *scanner) count() uint64 {
	n := s.number()
	if n > uint64(len(s.data)) {
		s.bad = true
		return 0
	}
	return n
}

// streams are what a header says of packed streams.
type streams struct {
	position, size uint64 // of the first
	folders        int
	unpacked       uint64 // bytes of the first folder
	method         string // of its last coder that is named
	properties     []byte
	summed         []bool // the folders that have a checksum
}

// streams reads a section of packed streams, of the folders they unpack to, and of
// the files in those.
func (s *scanner) streams() (all streams) {
	for id := s.byte(); id != idEnd && !s.bad; id = s.byte() {
		switch id {
		case idPackInfo:
			s.packInfo(&all)
		case idUnpackInfo:
			s.folders(&all)
		case idSubStreams:
			s.substreams(all)
		default:
			s.bad = true
		}
	}
	return all
}

func (s *scanner) packInfo(all *streams) {
	all.position = s.number()
	n := s.count()
	for id := s.byte(); id != idEnd && !s.bad; id = s.byte() {
		switch id {
		case idSize:
			for i := range n {
				if size := s.number(); i == 0 {
					all.size = size
				}
			}
		case idCRC:
			s.digests(n)
		default:
			s.bad = true
		}
	}
}

// digests passes over checksums, of all or of those that bits tell, and gives which
// there are.
func (s *scanner) digests(n uint64) []bool {
	if n > uint64(len(s.data)) {
		s.bad = true
		return nil
	}
	all, there := s.byte() != 0, uint64(0)
	var bits []byte
	if !all {
		bits = s.bytes((n + 7) / 8)
	}
	defined := make([]bool, n)
	for i := range defined {
		if defined[i] = all || !s.bad && bits[i/8]>>(7-i%8)&1 == 1; defined[i] {
			there++
		}
	}
	s.bytes(4 * there)
	return defined
}

func (s *scanner) folders(all *streams) {
	if s.byte() != idFolder {
		s.bad = true
	}
	n := s.count()
	if s.byte() != 0 { // they lie elsewhere, which no program writes
		s.bad = true
	}
	all.folders = int(n)
	var outs []uint64
	for i := range n {
		if s.bad {
			return
		}
		outs = append(outs, s.folder(all, i == 0))
	}
	if s.byte() != idUnpackSize {
		s.bad = true
	}
	for i, out := range outs {
		for j := range out {
			if size := s.number(); i == 0 && j+1 == out {
				all.unpacked = size
			}
		}
	}
	for id := s.byte(); id != idEnd && !s.bad; id = s.byte() {
		if id != idCRC {
			s.bad = true
			return
		}
		all.summed = s.digests(n)
	}
}

// folder reads how streams are unpacked to one, and gives how many sizes are told
// of it.
func (s *scanner) folder(all *streams, first bool) (outs uint64) {
	const most = 32 // coders, and streams of one; 7-Zip writes five at most
	ins := uint64(0)
	coders := s.number()
	if coders == 0 || coders > most {
		s.bad = true
		return 0
	}
	for range coders {
		flags := s.byte()
		method := string(s.bytes(uint64(flags & 0xF)))
		in, out := uint64(1), uint64(1)
		if flags&0x10 != 0 {
			in, out = s.number(), s.number()
		}
		var properties []byte
		if flags&0x20 != 0 {
			properties = s.bytes(s.number())
		}
		if ins, outs = ins+in, outs+out; in > most || out > most || flags&0xC0 != 0 {
			s.bad = true
			return 0
		}
		if first && all.method != methodAES {
			all.method, all.properties = method, properties
		}
	}
	if outs == 0 || ins < outs {
		s.bad = true
		return 0
	}
	for range 2 * (outs - 1) {
		s.number()
	}
	if packed := ins - (outs - 1); packed > 1 {
		for range packed {
			s.number()
		}
	}
	return outs
}

// substreams reads how many files are in each folder, and their checksums: the only
// file of a folder has that of the folder, if it has one.
func (s *scanner) substreams(all streams) {
	perFolder := make([]uint64, all.folders)
	for i := range perFolder {
		perFolder[i] = 1
	}
	id := s.byte()
	if id == idCount {
		files := uint64(0)
		for i := range perFolder {
			perFolder[i] = s.count()
			files += perFolder[i]
		}
		if files > uint64(len(s.data)) {
			s.bad = true
			return
		}
		id = s.byte()
	}
	sums := uint64(0)
	for i, n := range perFolder {
		for range n - min(n, 1) {
			if id == idSize {
				s.number()
			}
		}
		if n != 1 || i >= len(all.summed) || !all.summed[i] {
			sums += n
		}
	}
	if id == idSize {
		id = s.byte()
	}
	if id == idCRC {
		s.digests(sums)
		id = s.byte()
	}
	if id != idEnd {
		s.bad = true
	}
}
