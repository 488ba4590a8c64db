package testkit

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// SevenZip packs files, given as name and content in turn, by the program 7z with
// arguments, and gives what it made by their names: one archive, or its volumes.
// The test is skipped where there is no such program.
func SevenZip(tb testing.TB, arguments []string, files ...string) map[string][]byte {
	tb.Helper()
	program := ""
	for _, name := range []string{"7z", "7zz", "7za"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		tb.Skip("7z is not installed: its archives are not tried")
	}
	in, out := tb.TempDir(), tb.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(in, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	cmd := exec.Command(program, slices.Concat([]string{"a", "-bd"}, arguments, []string{filepath.Join(out, "a.7z"), "."})...)
	cmd.Dir = in
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if said, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, said)
	}
	made, err := os.ReadDir(out)
	if err != nil {
		tb.Fatal(err)
	}
	all := map[string][]byte{}
	for _, m := range made {
		if all[m.Name()], err = os.ReadFile(filepath.Join(out, m.Name())); err != nil {
			tb.Fatal(err)
		}
	}
	return all
}

// SevenZipOf is a 7z with a list of files, as it lies there, and nothing else.
func SevenZipOf(list []byte) []byte {
	var start []byte
	start = binary.LittleEndian.AppendUint64(start, 0)
	start = binary.LittleEndian.AppendUint64(start, uint64(len(list)))
	start = binary.LittleEndian.AppendUint32(start, crc32.ChecksumIEEE(list))
	data := binary.LittleEndian.AppendUint32([]byte("7z\xBC\xAF\x27\x1C\x00\x04"), crc32.ChecksumIEEE(start))
	return slices.Concat(data, start, list)
}

// A RARFile is a file in a RAR of version 5, as it lies there: not packed.
type RARFile struct {
	Name      string
	Content   string
	Size      int  // that it says it has; 0 is that of the content
	Flags     byte // of the block: 0x08 and 0x10 tell that the file goes on from and into other volumes
	Method    int  // packed in a way, 0 is not at all
	Encrypted bool
}

// RAR is an archive of files in the format of RAR 5, which no free program writes.
func RAR(files ...RARFile) []byte {
	var b bytes.Buffer
	b.WriteString("Rar!\x1A\x07\x01\x00")
	block := func(header, data []byte) {
		sized := append(vint(len(header)), header...)
		b.Write(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(sized)))
		b.Write(sized)
		b.Write(data)
	}
	block([]byte{1, 0, 0}, nil)
	for _, f := range files {
		size := f.Size
		if size == 0 {
			size = len(f.Content)
		}
		flags, extra := 0x02|f.Flags, []byte(nil)
		if f.Encrypted { // by AES with a salt and a vector of zeros, and no check of the password
			extra = slices.Concat([]byte{1, 0, 0, 15}, make([]byte, 32))
			extra = append(vint(len(extra)), extra...)
			flags |= 0x01
		}
		header := []byte{2, flags}
		if extra != nil {
			header = append(header, vint(len(extra))...)
		}
		header = append(header, vint(len(f.Content))...)
		header = append(header, 0x04) // a checksum follows
		header = append(header, vint(size)...)
		header = append(header, 0) // attributes
		header = binary.LittleEndian.AppendUint32(header, crc32.ChecksumIEEE([]byte(f.Content)))
		header = append(header, vint(f.Method<<7)...)
		header = append(header, 1) // made on Unix
		header = append(append(header, vint(len(f.Name))...), f.Name...)
		block(append(header, extra...), []byte(f.Content))
	}
	block([]byte{5, 0, 0}, nil)
	return b.Bytes()
}

// OldRAR is an archive of files, given as name and content in turn, in the format of
// RAR 3, whose names are in the charset of the machine.
func OldRAR(files ...string) []byte {
	var b bytes.Buffer
	b.WriteString("Rar!\x1A\x07\x00")
	block := func(header []byte) {
		b.Write(binary.LittleEndian.AppendUint16(nil, uint16(crc32.ChecksumIEEE(header))))
		b.Write(header)
	}
	block([]byte{0x73, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0})
	for i := 0; i < len(files); i += 2 {
		name, content := files[i], files[i+1]
		h := []byte{0x74, 0x00, 0x80}
		h = binary.LittleEndian.AppendUint16(h, uint16(32+len(name)))
		h = binary.LittleEndian.AppendUint32(h, uint32(len(content)))
		h = binary.LittleEndian.AppendUint32(h, uint32(len(content)))
		h = append(h, 2) // made on Windows
		h = binary.LittleEndian.AppendUint32(h, crc32.ChecksumIEEE([]byte(content)))
		h = append(h, 0, 0, 0x21, 0x58, 20, 0x30)
		h = binary.LittleEndian.AppendUint16(h, uint16(len(name)))
		h = binary.LittleEndian.AppendUint32(h, 0x20)
		block(append(h, name...))
		b.WriteString(content)
	}
	block([]byte{0x7B, 0, 0x40, 7, 0})
	return b.Bytes()
}

// vint is a number in seven bits a byte, of which each but the last has the eighth.
func vint(n int) (b []byte) {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}
