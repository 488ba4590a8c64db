package pdf

import (
	"bufio"
	"bytes"
	stdlzw "compress/lzw"
	"encoding/ascii85"
	"encoding/hex"
	"io"
	"regexp"
	"strings"

	"compress/flate"

	"golang.org/x/image/tiff/lzw"

	"baogao/internal/extract/budget"
)

var (
	filterKey   = regexp.MustCompile(`/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)`)
	earlyChange = regexp.MustCompile(`/EarlyChange\s+0\b`)
)

// longestContent is how much of the content of a stream is looked into, in bytes.
const longestContent = 16 << 20

// unpack unpacks a stream, through all its filters (ISO 32000-1, 7.4), each within
// the bounds for what is packed; what came out before an error is returned with it.
// Filters for pictures end it without one.
func (s stream) unpack(allowed *budget.Budget) ([]byte, error) {
	filters := ""
	if m := filterKey.FindSubmatch(s.dictionary); m != nil {
		filters = string(m[1])
	}
	var in io.Reader = bytes.NewReader(s.body)
	for _, m := range dictKey.FindAllStringSubmatch(filters, -1) {
		switch m[1] {
		case "FlateDecode", "Fl":
			in = inflate(in)
		case "LZWDecode", "LZW":
			in = s.unpackLZW(in)
		case "RunLengthDecode", "RL":
			in = &runLengths{in: bufio.NewReader(in)}
		case "ASCII85Decode", "A85":
			in = unpack85(in)
		case "ASCIIHexDecode", "AHx":
			in = unpackHex(in)
		default:
			return nil, nil
		}
		in = allowed.Unpack(in, int64(len(s.body)))
	}
	content, err := io.ReadAll(io.LimitReader(in, longestContent))
	if err == nil {
		_, err = io.Copy(io.Discard, in)
	}
	return content, err
}

// inflate unpacks zlib. Its sum is not looked at, which some programs do not
// write to the end.
func inflate(in io.Reader) io.Reader {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return failing{io.ErrUnexpectedEOF}
	}
	return flate.NewReader(in)
}

// unpackLZW unpacks LZW, whose codes grow a code early unless the stream says that
// they do not.
func (s stream) unpackLZW(in io.Reader) io.Reader {
	if earlyChange.Match(s.dictionary) {
		return stdlzw.NewReader(in, stdlzw.MSB, 8)
	}
	return lzw.NewReader(in, lzw.MSB, 8)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func unpack85(in io.Reader) io.Reader {
	data, err := io.ReadAll(in)
	if err != nil {
		return failing{err}
	}
	text := strings.TrimPrefix(strings.TrimSpace(string(data)), "<~")
	text, _, _ = strings.Cut(text, "~")
	return ascii85.NewDecoder(strings.NewReader(text))
}

func unpackHex(in io.Reader) io.Reader {
	data, err := io.ReadAll(in)
	if err != nil {
		return failing{err}
	}
	text, _, _ := bytes.Cut(data, []byte(">"))
	text = bytes.Join(bytes.Fields(text), nil)
	if len(text)%2 == 1 {
		text = append(text, '0')
	}
	return hex.NewDecoder(bytes.NewReader(text))
}

// runLengths unpacks runs: a byte below 128 is followed by as many bytes and one
// more, and one above by a byte that stands 257 less as many times.
type runLengths struct {
	in    *bufio.Reader
	plain int // bytes of a run still to copy
	again int // times still to give same
	same  byte
}

func (r *runLengths) Read(p []byte) (n int, err error) {
	for n < len(p) {
		switch {
		case r.again > 0:
			p[n], r.again, n = r.same, r.again-1, n+1
			continue
		case r.plain > 0:
			if p[n], err = r.in.ReadByte(); err != nil {
				return n, io.ErrUnexpectedEOF
			}
			r.plain, n = r.plain-1, n+1
			continue
		}
		length, err := r.in.ReadByte()
		if err != nil || length == 128 {
			return n, io.EOF
		}
		if length < 128 {
			r.plain = int(length) + 1
			continue
		}
		if r.same, err = r.in.ReadByte(); err != nil {
			return n, io.ErrUnexpectedEOF
		}
		r.again = 257 - int(length)
	}
	return n, nil
}
