package sharedstrings

import (
	"bufio"
	"errors"
	"os"
)

// disk keeps texts in a temporary file: one behind the other, each with its length in front. Where a text begins is kept in
// memory for the first of each group only, so that an index of millions takes a quarter of a byte for each.
type disk struct {
	file   *os.File
	out    *bufio.Writer
	size   int64
	count  int
	groups []int64 // where each group begins
}

const (
	groupSize = 32 // texts
	staging   = 64 << 10
)

func newDisk() (*disk, error) {
	file, err := os.CreateTemp("", "sheet-strings-*.tmp")
	if err != nil {
		return nil, err
	}
	// Without its name the file goes when the process does, however it ends. Where an open file can't be removed, close does it.
	_ = os.Remove(file.Name())
	return &disk{file: file, out: bufio.NewWriterSize(file, staging)}, nil
}

func (d *disk) add(head, text []byte) error {
	if d.count%groupSize == 0 {
		d.groups = append(d.groups, d.size)
	}
	d.count++
	d.size += int64(len(head) + len(text))
	if _, err := d.out.Write(head); err != nil {
		return err
	}
	_, err := d.out.Write(text)
	return err
}

// finish writes out what is buffered. Nothing may be added any more.
func (d *disk) finish() error {
	err := d.out.Flush()
	d.out = nil
	return err
}

func (d *disk) close() error {
	err := d.file.Close()
	if gone := os.Remove(d.file.Name()); gone != nil && !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
