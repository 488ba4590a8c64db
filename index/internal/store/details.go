package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"baogao"
	"baogao/index/internal/block"
)

// details.zst holds what only a reader of the whole report asks for: a line of
// JSON a report, in blocks that are Zstandard frames. Each report names the
// block that holds its line; its place there is that among the reports that
// name the same one.

// Details is a line of details.zst.
type Details struct {
	Findings []baogao.Finding `json:"findings"`
	Facts    []baogao.Fact    `json:"facts"`
	Cleaning baogao.Cleaning  `json:"cleaning"`
}

// detailsBlock is the size of a block before it is compressed, in bytes.
const detailsBlock = 64 << 10

// A detailsColumn is details.zst while it is written.
type detailsColumn struct {
	*column
	encoder *zstd.Encoder
	block   []byte
}

func newDetailsColumn(c *column) (*detailsColumn, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	return &detailsColumn{column: c, encoder: e}, err
}

// add takes the line of the next report and returns where its block begins.
func (d *detailsColumn) add(line []byte) int {
	if len(d.block) >= detailsBlock {
		d.end()
	}
	d.block = append(d.block, line...)
	return int(d.size)
}

// end ends the block.
func (d *detailsColumn) end() {
	if len(d.block) > 0 {
		d.write(d.encoder.EncodeAll(d.block, nil))
		d.block = d.block[:0]
	}
}

// detailsReader reads details.zst. It keeps the block that was read last:
// an update reads one report after another.
type detailsReader struct {
	file    *block.File
	decoder *zstd.Decoder

	mu    sync.Mutex
	at    int      // where the block that is kept begins
	lines [][]byte // of that block; nil if there is none
}

func (g *Generation) openDetails() (*detailsReader, error) {
	f, err := g.mapped(detailsFile)
	if err != nil {
		return nil, err
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<30))
	if err != nil {
		f.Close()
		return nil, err
	}
	return &detailsReader{file: f, decoder: d}, nil
}

func (d *detailsReader) close() error {
	d.decoder.Close()
	return d.file.Close()
}

// line returns a line of the block from one offset to another.
func (d *detailsReader) line(at, end, n int) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lines == nil || d.at != at {
		if err := d.file.Check(at, end); err != nil {
			return nil, err
		}
		lines, err := d.decoder.DecodeAll(d.file.Bytes(at, end), nil)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: block at %d: %w", d.file.Name(), baogao.ErrDamaged, at, err)
		}
		d.at, d.lines = at, bytes.SplitAfter(lines, []byte{'\n'})
	}
	if n >= len(d.lines) {
		return nil, fmt.Errorf("%s: %w: block at %d has no line %d", d.file.Name(), baogao.ErrDamaged, at, n)
	}
	return d.lines[n], nil
}

// DetailsLine returns the line of a report in details.zst, with its end.
func (g *Generation) DetailsLine(report int) ([]byte, error) {
	size := int(g.Manifest.Files[detailsFile].Size)
	at, first, next := g.Reports[report].block, report, report+1
	for first > 0 && g.Reports[first-1].block == at {
		first--
	}
	for next < len(g.Reports) && g.Reports[next].block == at {
		next++
	}
	end := size
	if next < len(g.Reports) {
		end = g.Reports[next].block
	}
	if end < at || end > size {
		return nil, fmt.Errorf("%s: %w: names no block of %s", reportsFile, baogao.ErrDamaged, detailsFile)
	}
	return g.details.line(at, end, report-first)
}

// Details reads what only a reader of the whole report asks for.
func (g *Generation) Details(report int) (d Details, err error) {
	b, err := g.DetailsLine(report)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(b, &d); err != nil {
		return d, fmt.Errorf("%s: %w: %w", g.details.file.Name(), baogao.ErrDamaged, err)
	}
	return d, nil
}

// Line is the details as DetailsLine gives them.
func (d Details) Line() ([]byte, error) {
	b, err := json.Marshal(d)
	return append(b, '\n'), err
}
