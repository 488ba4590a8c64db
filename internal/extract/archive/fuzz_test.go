package archive

import (
	"bytes"
	"io"
	"testing"

	"baogao/internal/testkit"
)

// FuzzSevenZip: whatever the list of files of a 7z says, going through them ends, and
// they are no more than the list has room for.
func FuzzSevenZip(f *testing.F) {
	for _, list := range []string{
		"\x01\x05\x01\x0E\x01\x80\x0F\x01\x80\x11\x05\x00a\x00\x00\x00\x00\x00",
		"\x01\x04\x06\x00\x01\x09\x01\x00\x07\x0B\x01\x00\x01\x01\x00\x0C\x01\x00\x08\x0A\x01\x00\x00\x00\x00\x00\x00\x05\x01\x11\x05\x00a\x00\x00\x00\x00\x00",
		"\x17\x06\x00\x01\x09\x01\x00\x07\x0B\x01\x00\x01\x21\x21\x01\x10\x0C\x05\x00\x00",
	} {
		f.Add([]byte(list))
	}
	f.Fuzz(func(t *testing.T, list []byte) {
		data, files := testkit.SevenZipOf(list), 0
		err := SevenZip(bytes.NewReader(data), int64(len(data)))(func(m Member) error {
			if files++; files > len(list) {
				t.Errorf("more files than the %d bytes of the list", len(list))
			}
			in, err := m.Open()
			if err != nil {
				return nil
			}
			_, _ = io.CopyN(io.Discard, in, 1<<20)
			return in.Close()
		})
		_ = err // of most lists
	})
}

// FuzzRAR: whatever a RAR holds, reading it ends.
func FuzzRAR(f *testing.F) {
	for _, file := range []testkit.RARFile{{Name: "a", Content: "text"}, {Name: "a", Content: "text", Method: 3, Size: 9}, {Name: "a", Content: "text", Encrypted: true}} {
		f.Add(testkit.RAR(file, file))
	}
	f.Add(testkit.OldRAR("a", "text", "b", "text"))
	f.Fuzz(func(t *testing.T, data []byte) {
		err := RAR(bytes.NewReader(data), int64(len(data)))(func(m Member) error {
			in, err := m.Open()
			if err == nil {
				_, _ = io.CopyN(io.Discard, in, 1<<20)
			}
			return nil
		})
		_ = err // of most files
	})
}
