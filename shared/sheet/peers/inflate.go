package main

import (
	"archive/zip"
	"context"
	"io"

	"github.com/klauspost/compress/flate"
)

// inflateParts inflates the sheet, and the shared strings where there are some, and looks at nothing: the floor under every
// reader. The archive's checksums are compared, as each reader has to.
func inflateParts(_ context.Context, args []string) (told, error) {
	archive, err := zip.OpenReader(args[0])
	if err != nil {
		return told{}, err
	}
	defer archive.Close()
	archive.RegisterDecompressor(zip.Deflate, flate.NewReader)
	for _, part := range archive.File {
		if part.Name != "xl/worksheets/sheet1.xml" && part.Name != "xl/sharedStrings.xml" {
			continue
		}
		if err := inflatePart(part); err != nil {
			return told{}, err
		}
	}
	return told{}, nil
}

func inflatePart(part *zip.File) error {
	in, err := part.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.CopyBuffer(io.Discard, struct{ io.Reader }{in}, make([]byte, 64<<10))
	return err
}
