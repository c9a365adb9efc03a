package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xlsxtest"
)

// An archive is refused with a code, or holds what archive/zip finds in it: no byte more than its limits allow.
func FuzzArchive(f *testing.F) {
	f.Add(xlsxtest.Zip(two()...))
	f.Add(xlsxtest.Zip64(two()...))
	f.Add(xlsxtest.Zip())
	f.Add(xlsxtest.Zip(xlsxtest.Entry{Name: "../a", Data: []byte("x")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		archive, err := open(data)
		if err != nil {
			isRefused(t, err)
			return
		}
		other, otherErr := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if otherErr != nil && !errors.Is(otherErr, zip.ErrInsecurePath) {
			t.Fatalf("another program refuses it: %v", otherErr)
		}
		if len(other.File) != len(archive.Parts()) {
			t.Fatalf("%d parts, another program finds %d", len(archive.Parts()), len(other.File))
		}
		all := int64(0)
		for i, part := range archive.Parts() {
			if other.File[i].Name != part.Name {
				t.Errorf("a part is named %q, another program says %q", part.Name, other.File[i].Name)
			}
			if part.Dir {
				continue
			}
			reader := part.Open()
			got, err := io.ReadAll(io.LimitReader(reader, limits.Inflated+1))
			if all += int64(len(got)); all > limits.Inflated {
				t.Fatalf("%d bytes are inflated", all)
			}
			if err := errors.Join(err, reader.Close()); err != nil {
				isRefused(t, err)
				continue
			}
			theirs, err := other.File[i].Open()
			if err != nil {
				t.Fatalf("%q: another program refuses it: %v", part.Name, err)
			}
			if want, err := io.ReadAll(theirs); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%q holds %q, another program reads %q (%v)", part.Name, got, want, err)
			}
		}
	})
}

func isRefused(t *testing.T, err error) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) {
		t.Errorf("it is answered %v", err)
	}
}
