package segment

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	zap "github.com/blevesearch/zapx/v17"
)

// A snapshot of a bleve index says which segments it has and which of their
// documents are gone. It is what bleve's own offline builder writes, for any
// number of segments.

// An Entry is a segment in the list of a bleve index.
type Entry struct {
	File string          // its name
	Gone *roaring.Bitmap // documents that are no more; nil is none
}

// Path is the path of a file of segments in the bleve index at path.
func Path(path, file string) string { return filepath.Join(path, "store", file) }

// WriteList makes a bleve index of segments that are in the folder at
// path. Bleve lists them in their order.
func WriteList(path string, segments []Entry) error {
	meta, err := json.Marshal(map[string]string{"storage": scorch.Name, "index_type": scorch.Name})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(path, "index_meta.json"), meta, 0o644); err != nil {
		return err
	}
	name := Path(path, "root.bolt")
	bolt, err := util.OpenBolt(name, 0o644, nil)
	if err != nil {
		return err
	}
	err = bolt.Update(func(tx *util.BoltTxImpl) error { return putSnapshot(tx, name, segments) })
	return errors.Join(err, bolt.Close())
}

func putSnapshot(tx *util.BoltTxImpl, name string, segments []Entry) error {
	w, err := util.NewFileWriter([]byte(name))
	if err != nil {
		return err
	}
	snapshots, err := tx.CreateBucketIfNotExists(util.BoltSnapshotsBucket)
	if err != nil {
		return err
	}
	snapshot, err := snapshots.CreateBucketIfNotExists(boltKey(1))
	if err != nil {
		return err
	}
	mapping, err := json.Marshal(newMapping())
	if err != nil {
		return err
	}
	err = errors.Join(
		put(snapshot, util.BoltMetaDataKey, w, util.BoltMetaDataSegmentTypeKey, []byte(zap.Type)),
		put(snapshot, util.BoltMetaDataKey, w, util.BoltMetaDataSegmentVersionKey, binary.BigEndian.AppendUint32(nil, zap.Version)),
		put(snapshot, util.BoltMetaDataKey, w, util.BoltMetaDataFileWriterIDKey, []byte(w.Id())),
		put(snapshot, util.BoltInternalKey, w, util.MappingInternalKey, mapping),
	)
	if err != nil {
		return err
	}
	for i, s := range segments {
		key := boltKey(i + 1)
		if err := put(snapshot, key, w, util.BoltPathKey, []byte(s.File)); err != nil {
			return err
		}
		if s.Gone == nil || s.Gone.IsEmpty() {
			continue
		}
		b, err := s.Gone.ToBytes()
		if err != nil {
			return err
		}
		if err := put(snapshot, key, w, util.BoltDeletedKey, b); err != nil {
			return err
		}
	}
	return nil
}

// put puts a value into the bucket called name, which is made if it is missing.
func put(in *util.BoltBucketImpl, name []byte, w util.FileWriter, key, value []byte) error {
	bucket, err := in.CreateBucketIfNotExists(name)
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return bucket.Put(key, value, w)
}

// boltKey is bleve's key of a number: a byte that says how many follow, and
// those, so that keys sort as their numbers do.
func boltKey(n int) []byte { return binary.BigEndian.AppendUint32([]byte{0xfd - 4}, uint32(n)) }

// Link makes the file of the segment one of the bleve index at path too, by a
// link, or as a copy where links cannot be, and returns its name.
func (s *Segment) Link(path string) (file string, err error) {
	file = filepath.Base(s.file.Name())
	if os.Link(s.file.Name(), Path(path, file)) == nil {
		return file, nil
	}
	return file, copyFile(s.file.Name(), Path(path, file))
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
