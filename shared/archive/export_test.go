package archive

import (
	"archive/tar"
	"crypto/sha256"
	"io"

	"github.com/klauspost/compress/zstd"
)

// WriteAbout writes an archive that says something of itself and holds nothing.
func WriteAbout(w io.Writer, about About) error {
	whole := sha256.New()
	packed, err := zstd.NewWriter(io.MultiWriter(w, whole))
	if err != nil {
		return err
	}
	out := &writer{tar: tar.NewWriter(packed)}
	if err := out.json(nameAbout, about); err != nil {
		return err
	}
	if err := out.tar.Close(); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	_, err = w.Write(sealed(whole.Sum(nil)))
	return err
}

// MaxPart is the bound of an entry of items.
const MaxPart = maxPart

// Sealed is what is taken for an archive: whatever is compressed, with the frame at its end.
func Sealed(unpacked []byte) ([]byte, error) {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	packed := packer.EncodeAll(unpacked, nil)
	sum := sha256.Sum256(packed)
	return append(packed, sealed(sum[:])...), packer.Close()
}
