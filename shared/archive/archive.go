// Package archive puts all that a store has, items of its table and files, into one file, and that back into an empty store, whichever
// engines stand behind either. It knows nothing of what the items and files mean.
//
// An archive is a tar compressed with Zstandard, for everybody's tools (zstd -dc F | tar t), with these entries in this order:
//
//	about.json            {"format":1,"at":"2026-11-22T09:00:00Z","product":"…"}: the number of this layout, the moment as of which the
//	                      items were read, and what wrote it
//	items/00000001.jsonl  items, one a line, as table/jsonl writes them; as many such entries as it takes, of about a megabyte
//	blobs/<name>          a file, under its name
//	SHA256SUMS            the SHA-256 of each entry above, as sha256sum -c reads them
//	end.json              {"items":…,"blobs":…,"bytes":…}: how many items and files there are, and the bytes of the files
//
// Behind the tar stands a frame that Zstandard has readers skip, with the SHA-256 of every byte before it. So an archive that is cut
// anywhere, or has one bit that was another, is told from a whole one before anything is made of it; and as it is read, each entry is
// held against its sum once more.
package archive

import (
	"encoding/binary"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/table"
)

// Format is the number of the archives' layout.
const Format = 1

// Store is where data is: a table and files.
type Store struct {
	Name  string // what people call it, for messages
	Table table.Table
	Blobs blob.Store
}

// About is what an archive says of itself.
type About struct {
	Format  int       `json:"format"`
	At      time.Time `json:"at"`      // UTC
	Product string    `json:"product"` // the version of the program
}

// Counts are how much an archive holds.
type Counts struct {
	Items int64 `json:"items"`
	Blobs int64 `json:"blobs"`
	Bytes int64 `json:"bytes"` // of the files
}

// The names of the entries.
const (
	nameAbout = "about.json"
	nameSums  = "SHA256SUMS"
	nameEnd   = "end.json"
	dirItems  = "items/"
	dirBlobs  = "blobs/"
)

// The frame at the end: its magic number, which is one of those that readers of Zstandard skip, the length of what follows, a text that
// says what it is, and the sum.
const (
	skippable = 0x184D2A5E
	seal      = "guildhall archive\n"
	sumBytes  = 32
	endBytes  = 4 + 4 + len(seal) + sumBytes
)

// sealed is the frame for a sum.
func sealed(sum []byte) []byte {
	end := binary.LittleEndian.AppendUint32(nil, skippable)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(seal)+sumBytes))
	return append(append(end, seal...), sum...)
}
