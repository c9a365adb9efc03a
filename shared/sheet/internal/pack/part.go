package pack

import (
	"bufio"
	"errors"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Raw returns the part's bytes as they stand in the archive, for copying them unchanged.
func (p *Part) Raw() *io.SectionReader { return io.NewSectionReader(p.src, p.data, p.Packed) }

// Open inflates the part. The reader never gives more bytes than announced; its io.EOF means that size and checksum were
// right. Errors are refusals, or those of the source as they are.
func (p *Part) Open() io.ReadCloser {
	const readSize = 64 << 10
	packed := bufio.NewReaderSize(p.Raw(), int(min(max(p.Packed, 16), readSize)))
	r := &partReader{part: p, left: p.Size, in: packed}
	if p.Method == Deflate {
		inflater := flate.NewReader(packed)
		r.in, r.inflater = inflater, inflater
	}
	return r
}

type partReader struct {
	part     *Part
	in       io.Reader
	inflater io.Closer
	left     int64 // announced bytes that have not come yet
	crc      uint32
	err      error
}

func (r *partReader) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.in.Read(p)
	if int64(n) > r.left {
		r.err = r.overrun(p, int64(n)-r.left, err)
		return 0, r.err
	}
	r.left -= int64(n)
	r.crc = crc32.Update(r.crc, crc32.IEEETable, p[:n])
	if err != nil {
		r.err = r.end(err)
	}
	return n, r.err
}

// bombFrom is how much more than announced tells a bomb from a mistake.
const bombFrom = 16 << 20

// overrun says why an entry gives more bytes than announced: n of them so far.
func (r *partReader) overrun(buf []byte, n int64, err error) error {
	for err == nil && n < bombFrom {
		var more int
		more, err = r.in.Read(buf)
		n += int64(more)
	}
	if n >= bombFrom {
		return fault.TooLarge(fault.PartBytes, r.part.Size)
	}
	return fault.Corrupt(r.part.Name, fault.BadSize)
}

// end says what the inflater's last word means.
func (r *partReader) end(err error) error {
	var corrupt flate.CorruptInputError
	var internal flate.InternalError
	switch {
	case errors.Is(err, io.EOF):
		if r.left > 0 {
			return fault.Corrupt(r.part.Name, fault.BadSize)
		}
		if r.crc != r.part.CRC32 {
			return fault.Corrupt(r.part.Name, fault.BadChecksum)
		}
		return r.part.checkDescriptor()
	case errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt), errors.As(err, &internal):
		return fault.Corrupt(r.part.Name, fault.BadCompression)
	default:
		return err
	}
}

func (r *partReader) Close() error {
	if r.inflater == nil {
		return nil
	}
	return r.inflater.Close()
}

// checkDescriptor compares the checksum that follows a streamed entry and returns io.EOF when all is well.
func (p *Part) checkDescriptor() error {
	if !p.descriptor {
		return io.EOF
	}
	var b [8]byte
	if err := readAt(p.src, b[:], p.data+p.Packed); err != nil {
		return err
	}
	crc := le.Uint32(b[:])
	if crc == descriptorSignature {
		crc = le.Uint32(b[4:]) // the signature is optional
	}
	if crc != p.CRC32 {
		return fault.Corrupt(p.Name, fault.BadChecksum)
	}
	return io.EOF
}
