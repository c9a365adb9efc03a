package zipout

import (
	"bytes"
	"io"
	"os"
)

const (
	inMemory = 1 << 20   // bytes kept before a temporary file is used
	staging  = 256 << 10 // bytes written to the file at once: the compressor hands over a few hundred at a time
)

// spool keeps bytes in memory, and in a temporary file once they are many.
type spool struct {
	buf  []byte // everything, or with a file what isn't written to it yet
	file *os.File
	size int64
}

// Write appends.
func (s *spool) Write(p []byte) (int, error) {
	s.buf = append(s.buf, p...)
	s.size += int64(len(p))
	if s.file == nil && len(s.buf) > inMemory {
		if err := s.toFile(); err != nil {
			return 0, err
		}
	}
	if s.file != nil && len(s.buf) >= staging {
		return len(p), s.flush()
	}
	return len(p), nil
}

func (s *spool) toFile() error {
	file, err := os.CreateTemp("", "sheet-*.tmp")
	if err != nil {
		return err
	}
	// Without its name the file goes when the process does, however it ends. Where an open file can't be removed, discard does it.
	_ = os.Remove(file.Name())
	s.file = file
	err = s.flush()
	s.buf = make([]byte, 0, 2*staging)
	return err
}

func (s *spool) flush() error {
	_, err := s.file.Write(s.buf)
	s.buf = s.buf[:0]
	return err
}

// section reads n bytes from start. Nothing may be written any more.
func (s *spool) section(start, n int64) io.Reader {
	if s.file == nil {
		return bytes.NewReader(s.buf[start : start+n])
	}
	if err := s.flush(); err != nil {
		return failing{err}
	}
	return io.NewSectionReader(s.file, start, n)
}

func (s *spool) discard() {
	if s.file != nil {
		_ = s.file.Close()
		_ = os.Remove(s.file.Name())
	}
	*s = spool{}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
