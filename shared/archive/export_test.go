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
