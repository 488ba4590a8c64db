package store

import (
	"bufio"
	"errors"
	"os"

	"baogao/index/internal/block"
	"baogao/index/internal/system"
)

// column is a file written from front to back. The first error stays.
type column struct {
	file *os.File
	buf  *bufio.Writer
	size int64 // bytes written
	sums block.Summer
	err  error
}

func createColumn(name string) (*column, error) {
	f, err := system.Create(name)
	if err != nil {
		return nil, err
	}
	return &column{file: f, buf: bufio.NewWriterSize(f, 1<<16)}, nil
}

func (c *column) write(b []byte) {
	if c.err == nil {
		_, c.err = c.buf.Write(b)
		c.sums.Write(b)
		c.size += int64(len(b))
	}
}

func (c *column) close() error {
	if c.file == nil {
		return c.err
	}
	err := errors.Join(c.err, c.buf.Flush(), c.file.Close())
	c.file = nil
	return err
}
