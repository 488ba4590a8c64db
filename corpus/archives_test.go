package corpus

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"baogao/internal/testkit"
)

// archived are files with a metadata.csv that lies behind some of those it speaks of,
// and with one below it, packed by each of the ways that are read.
func archived(t *testing.T) (files []string, packed map[string]func(t *testing.T) []byte) {
	const text = "全县受理行政复议案件二十一件，办结十九件。"
	files = []string{
		"a/b/乙.txt", text + "乙", "a/b/metadata.csv", "file,year\n乙.txt,2021\n", "c.zip", string(zippedTexts(t, map[string]string{"丙.txt": text + "丙"})),
		"metadata.csv", "file,year,kind\n甲.txt,2019,work\na/b/乙.txt,2020,work\nc.zip/丙.txt,2018,work\n没有.txt,2017,work\n", "甲.txt", text,
	}
	byName := map[string][]byte{}
	for i := 0; i < len(files); i += 2 {
		byName[files[i]] = []byte(files[i+1])
	}
	sevenZip := func(arguments ...string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return testkit.SevenZip(t, arguments, files...)["a.7z"] }
	}
	rar := func(t *testing.T) []byte {
		var all []testkit.RARFile
		for i := 0; i < len(files); i += 2 {
			all = append(all, testkit.RARFile{Name: files[i], Content: files[i+1]})
		}
		return testkit.RAR(all...)
	}
	oldRAR := func(t *testing.T) []byte {
		old := slices.Clone(files)
		for i := 0; i < len(old); i += 2 {
			old[i] = string(inGBK(t, strings.ReplaceAll(old[i], "/", `\`)))
		}
		return testkit.OldRAR(old...)
	}
	return files, map[string]func(t *testing.T) []byte{
		"x.zip": func(t *testing.T) []byte { return testkit.Zip(t, files...) },
		"x.tar": func(t *testing.T) []byte { return tarred(t, byName) }, "x.tar.gz": func(t *testing.T) []byte { return gzipped(t, tarred(t, byName)) },
		"x.rar": rar, "old.rar": oldRAR,
		"x.7z": sevenZip(), "single.7z": sevenZip("-ms=off"), "lzma.7z": sevenZip("-m0=LZMA"), "ppmd.7z": sevenZip("-m0=PPMd"), "bzip2.7z": sevenZip("-m0=BZip2"),
		"deflate.7z": sevenZip("-m0=Deflate"), "copy.7z": sevenZip("-mx=0"), "plain.7z": sevenZip("-mhc=off"), "delta.7z": sevenZip("-m0=Delta:2", "-m1=LZMA2"),
	}
}

// TestArchives: all archives are read alike, and a metadata.csv in one speaks of the
// files beside and below it, the nearest with the last word.
func TestArchives(t *testing.T) {
	_, packed := archived(t)
	for name, pack := range packed {
		t.Run(name, func(t *testing.T) {
			data := pack(t)
			for outer, data := range map[string][]byte{name: data, "o.zip": testkit.Zip(t, name, string(data)), "o.tar.gz": gzipped(t, tarred(t, map[string][]byte{name: data}))} {
				reports, faults := Read(outer, data, Options{})
				below := name
				if outer != name {
					below = outer + "/" + name
				}
				got := map[string]string{}
				for _, r := range reports {
					got[strings.TrimPrefix(r.Meta.ID, below+"/")] = fmt.Sprint(r.Meta.Year, r.Meta.Kind)
				}
				if want := map[string]string{"甲.txt": "2019work", "a/b/乙.txt": "2021work", "c.zip/丙.txt": "2018work"}; !maps.Equal(got, want) {
					t.Errorf("%s: %v, want %v", outer, got, want)
				}
				if len(faults) != 1 || !strings.Contains(faults[0].Error(), "没有.txt") || faults[0].Path != below+"/metadata.csv" || faults[0].Line != 5 {
					t.Errorf("%s: faults %v", outer, faults)
				}
			}
		})
	}
}

// TestArchiveFaults: what cannot be read of an archive is named with the reason, and
// the rest of it is read.
func TestArchiveFaults(t *testing.T) {
	const text = "全县受理行政复议案件二十一件，办结十九件。"
	large := strings.Repeat("全", 1<<20) + "\n"
	packedOnce := func(arguments ...string) func(t *testing.T) []byte {
		return func(t *testing.T) []byte { return testkit.SevenZip(t, arguments, "甲.txt", text)["a.7z"] }
	}
	of := func(files ...testkit.RARFile) func(t *testing.T) []byte {
		return func(*testing.T) []byte { return testkit.RAR(files...) }
	}
	good := testkit.RARFile{Name: "甲.txt", Content: text}
	many := make([]testkit.RARFile, 100_001)
	for i := range many {
		many[i].Name = fmt.Sprint(i)
	}
	for _, tt := range []struct {
		name    string
		pack    func(t *testing.T) []byte
		reports int
		want    string
	}{
		{"locked.7z", packedOnce("-psecret"), 0, "locked.7z/甲.txt: encrypted"},
		{"hidden.7z", packedOnce("-psecret", "-mhe=on"), 0, "hidden.7z: encrypted"},
		{"bomb.7z", func(t *testing.T) []byte {
			return testkit.SevenZip(t, nil, "乙.txt", strings.Repeat(large, 20))["a.7z"]
		}, 0, "200 times"},
		{"volume.7z.001", func(t *testing.T) []byte {
			return testkit.SevenZip(t, []string{"-mx=0", "-v200"}, "乙.txt", strings.Repeat(text, 20))["a.7z.001"]
		}, 0, "unpack all parts together"},
		{"cut.7z", func(t *testing.T) []byte { return packedOnce()(t)[:90] }, 0, "get it again"},
		{"damaged.7z", func(t *testing.T) []byte {
			return bytes.Replace(packedOnce("-mx=0")(t), []byte("复议"), []byte("复义"), 1)
		}, 0, "甲.txt: damaged"},
		{"empty.7z", func(*testing.T) []byte { return testkit.SevenZipOf(nil) }, 0, "without files"},
		{"said.7z", func(*testing.T) []byte { return testkit.SevenZipOf([]byte("\x01\x05\xF0\xFF\xFF\xFF\xFE\x19")) }, 0, "more than 100000 files"},
		{"folders.7z", func(*testing.T) []byte {
			return testkit.SevenZipOf([]byte("\x01\x04\x06\x00\x01\x09\x01\x00\x07\x0B\xF0\xFF\xFF\xFF\xFE\x00"))
		}, 0, "damaged"},
		{"substreams.7z", func(*testing.T) []byte {
			return testkit.SevenZipOf([]byte("\x01\x04\x06\x00\x01\x09\x01\x00\x07\x0B\x01\x00\x01\x01\x00\x0C\x01\x00\x08\x0D\xF0\xFF\xFF\xFF\xFE\x09"))
		}, 0, "damaged"},
		{"dictionary.7z", func(*testing.T) []byte { return encodedSevenZip("\x21\x21\x01\x28", 1<<30) }, 0, "too large"},
		{"locked.rar", of(testkit.RARFile{Name: "乙.txt", Content: text, Encrypted: true}, good), 1, "locked.rar/乙.txt: encrypted"},
		{"first.rar", of(good, testkit.RARFile{Name: "乙.txt", Content: text, Flags: 0x10}), 0, "unpack all of them together"},
		{"second.rar", of(testkit.RARFile{Name: "乙.txt", Content: text, Flags: 0x08}), 0, "unpack all of them together"},
		{"bomb.rar", of(testkit.RARFile{Name: "乙.txt", Content: text, Size: 1 << 40, Method: 1}), 0, "200 times"},
		{"many.rar", of(many...), 0, "more than 100000 files"},
		{"cut.rar", func(*testing.T) []byte { return testkit.RAR(good, good)[:170] }, 1, "downloaded to its end"},
		{"damaged.rar", func(*testing.T) []byte {
			return bytes.Replace(testkit.RAR(good), []byte("复议"), []byte("复义"), 1)
		}, 0, "damaged"},
		{"empty.rar", of(), 0, "without files"},
		{"outside.rar", of(testkit.RARFile{Name: "../../甲.txt", Content: text}), 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reports, faults := Read(tt.name, tt.pack(t), Options{})
			if len(reports) != tt.reports || (tt.want == "") != (len(faults) == 0) || tt.want != "" && !strings.Contains(fmt.Sprint(faults), tt.want) {
				t.Errorf("%q, faults %v, want %q", ids(reports), faults, tt.want)
			}
			for _, r := range reports {
				if r.Meta.ID != tt.name+"/甲.txt" {
					t.Errorf("a report %s", r.Meta.ID)
				}
			}
		})
	}
}

// encodedSevenZip is a 7z whose list of files is said to be packed by a coder to so
// many bytes.
func encodedSevenZip(coder string, size uint64) []byte {
	list := "\x17\x06\x00\x01\x09\x01\x00\x07\x0B\x01\x00\x01" + coder + "\x0C\xFF" + string(binary.LittleEndian.AppendUint64(nil, size)) + "\x00\x00"
	return testkit.SevenZipOf([]byte(list))
}

// TestOFD reads an OFD as a report, by itself and in an archive, whatever it is called.
func TestOFD(t *testing.T) {
	var objects strings.Builder
	for i, line := range []string{"2022年度报告", "全县受理行政复议案件二十一件，办结十九件。"} {
		fmt.Fprintf(&objects, `<o:TextObject ID="%d" Boundary="30 %d 150 5" Size="5"><o:TextCode X="0" Y="4" DeltaX="g 40 5">%s</o:TextCode></o:TextObject>`, i+5, 30+20*i, line)
	}
	data := testkit.Zip(t, "OFD.xml", `<o:OFD xmlns:o="http://www.ofdspec.org/2016"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>`,
		"Doc_0/Document.xml", `<o:Document xmlns:o="http://www.ofdspec.org/2016"><o:Pages><o:Page ID="1" BaseLoc="Content.xml"/></o:Pages></o:Document>`,
		"Doc_0/Content.xml", `<o:Page xmlns:o="http://www.ofdspec.org/2016"><o:Content><o:Layer ID="2">`+objects.String()+`</o:Layer></o:Content></o:Page>`)
	for name, data := range map[string][]byte{"a.ofd": data, "a.txt": data, "a.rar": testkit.RAR(testkit.RARFile{Name: "a.ofd", Content: string(data)})} {
		reports, faults := Read(name, data, Options{})
		if len(reports) != 1 || len(faults) > 0 {
			t.Errorf("%s: %d reports, %v", name, len(reports), faults)
			continue
		}
		r := reports[0]
		if said := texts(r.Paragraphs); !slices.Contains(said, "全县受理行政复议案件二十一件，办结十九件。") || r.Meta.Year != 2022 || r.Cleaning.Format != "ofd" {
			t.Errorf("%s: %q of %d, read as %s", name, said, r.Meta.Year, r.Cleaning.Format)
		}
	}
}
