package zipout

import (
	"archive/zip"
	"fmt"
	"hash/crc32"
	"math"
)

// Entry is the entry being written. What is written is gathered into blocks; from the second one on they are compressed by a
// goroutine, in their order, so that the bytes are the same as without it.
type Entry struct {
	archive *Archive
	name    string
	start   int64 // in the spool
	size    uint64
	block   []byte // not yet compressed

	// Of the goroutine, nil unless it runs. Between a block's way in and its way back out nobody else touches it.
	full chan []byte
	free chan []byte
	done chan error // what the goroutine ends with

	// The goroutine's while it runs.
	crc uint32
}

const (
	blockSize = 64 << 10
	blocks    = 3 // one being filled, one being compressed, one between them
)

// Write adds to the entry.
func (e *Entry) Write(p []byte) (int, error) {
	if e.archive.err != nil {
		return 0, e.archive.err
	}
	e.size += uint64(len(p))
	if e.size > math.MaxUint32 {
		return 0, e.archive.fail(fmt.Errorf("zipout: %s is larger than 4 GiB", e.name))
	}
	for rest := p; len(rest) > 0; {
		if len(e.block) == blockSize {
			if err := e.pass(); err != nil {
				return len(p) - len(rest), err
			}
		}
		n := min(len(rest), blockSize-len(e.block))
		e.block, rest = append(e.block, rest[:n]...), rest[n:]
	}
	return len(p), nil
}

// pass hands the block to the goroutine and takes an empty one. The goroutine ends early only where the spool can't be written.
func (e *Entry) pass() error {
	if e.full == nil {
		e.full, e.free, e.done = make(chan []byte, 1), make(chan []byte, blocks), make(chan error, 1)
		for range blocks - 1 {
			e.free <- make([]byte, 0, blockSize)
		}
		go e.compressEach(e.full, e.free, e.done)
	}
	select {
	case e.full <- e.block:
	case err := <-e.done:
		return e.failed(err)
	}
	select {
	case e.block = <-e.free:
		return nil
	case err := <-e.done:
		return e.failed(err)
	}
}

func (e *Entry) failed(err error) error {
	e.full = nil
	return e.archive.fail(err)
}

func (e *Entry) compressEach(full <-chan []byte, free chan<- []byte, done chan<- error) {
	for block := range full {
		if err := e.compress(block); err != nil {
			done <- err
			return
		}
		free <- block[:0]
	}
	done <- nil
}

func (e *Entry) compress(block []byte) error {
	e.crc = crc32.Update(e.crc, crc32.IEEETable, block)
	_, err := e.archive.deflate.Write(block)
	return err
}

// join waits for the goroutine to end, if there is one.
func (e *Entry) join() error {
	if e.full == nil {
		return nil
	}
	close(e.full)
	e.full = nil
	return <-e.done
}

// Close ends the entry.
func (e *Entry) Close() error {
	a := e.archive
	if a.err != nil {
		return a.err
	}
	if err := e.finish(); err != nil {
		return a.fail(err)
	}
	header := fixedHeader(e.name, zip.Deflate, e.crc, uint64(a.spool.size-e.start), e.size)
	a.entries[e.name] = &entry{header: header, start: e.start}
	a.open = nil
	return nil
}

func (e *Entry) finish() error {
	if err := e.join(); err != nil {
		return err
	}
	if err := e.compress(e.block); err != nil {
		return err
	}
	return e.archive.deflate.Close()
}
