// Package zipout writes zip archives whose bytes depend on nothing but their content: entries in the order of their names,
// one fixed time stamp, sizes in the local headers. It does not know what the entries hold.
package zipout

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/klauspost/compress/flate"
)

// level is the fastest that still finds the repetition of a sheet's cells.
const level = 1

// firstDay is 1 January 1980, the zero of the time stamps of zip archives.
const firstDay = 1<<5 | 1

// Archive collects entries, compressed, in memory up to 1 MiB and beyond that in a temporary file, and writes them out at
// Close. One entry is open at a time; a large one is compressed beside what fills it. An archive that isn't closed must be
// discarded.
type Archive struct {
	dst     io.Writer
	spool   spool
	deflate *flate.Writer
	entries map[string]*entry
	open    *Entry
	err     error // the first failure; everything later answers with it
}

type entry struct {
	header zip.FileHeader
	start  int64     // in the spool
	copied *zip.File // instead of the spool: taken over as it is
}

// New starts an archive that goes to dst at Close; before that nothing is written there.
func New(dst io.Writer) *Archive {
	return &Archive{dst: dst, entries: map[string]*entry{}}
}

// Create starts an entry. It must be closed before the next one is created.
func (a *Archive) Create(name string) (*Entry, error) {
	if a.open != nil {
		return nil, a.fail(fmt.Errorf("zipout: %s is still open", a.open.name))
	}
	if err := a.claim(name); err != nil {
		return nil, err
	}
	if a.deflate == nil {
		w, err := flate.NewWriter(&a.spool, level)
		if err != nil {
			return nil, a.fail(err)
		}
		a.deflate = w
	} else {
		a.deflate.Reset(&a.spool)
	}
	a.open = &Entry{archive: a, name: name, start: a.spool.size}
	return a.open, nil
}

// Put adds a whole entry.
func (a *Archive) Put(name string, content []byte) error {
	e, err := a.Create(name)
	if err != nil {
		return err
	}
	if _, err := e.Write(content); err != nil {
		return err
	}
	return e.Close()
}

// Copy takes over an entry of another archive without inflating it. That archive must stay readable until Close.
func (a *Archive) Copy(f *zip.File) error {
	if err := a.claim(f.Name); err != nil {
		return err
	}
	header := fixedHeader(f.Name, f.Method, f.CRC32, f.CompressedSize64, f.UncompressedSize64)
	a.entries[f.Name] = &entry{header: header, copied: f}
	return nil
}

// Has reports whether there is an entry of that name.
func (a *Archive) Has(name string) bool { _, ok := a.entries[name]; return ok }

// Names lists the entries so far, in no order.
func (a *Archive) Names() []string { return slices.Collect(maps.Keys(a.entries)) }

func (a *Archive) claim(name string) error {
	if a.err != nil {
		return a.err
	}
	if a.Has(name) {
		return a.fail(fmt.Errorf("zipout: two entries named %q", name))
	}
	a.entries[name] = &entry{}
	return nil
}

func (a *Archive) fail(err error) error {
	if a.err == nil {
		a.err = err
	}
	return a.err
}

// Close writes the archive to its destination and frees what was held.
func (a *Archive) Close() error {
	defer a.Discard()
	if a.err != nil {
		return a.err
	}
	if a.open != nil {
		return a.fail(fmt.Errorf("zipout: %s is still open", a.open.name))
	}
	names := a.Names()
	slices.Sort(names)
	out := zip.NewWriter(a.dst)
	for _, name := range names {
		if err := a.write(out, a.entries[name]); err != nil {
			return a.fail(fmt.Errorf("zipout: %s: %w", name, err))
		}
	}
	return a.fail(out.Close())
}

func (a *Archive) write(out *zip.Writer, e *entry) error {
	body, err := a.body(e)
	if err != nil {
		return err
	}
	w, err := out.CreateRaw(&e.header)
	if err != nil {
		return err
	}
	n, err := io.Copy(w, body)
	if err == nil && n != int64(e.header.CompressedSize64) {
		err = io.ErrUnexpectedEOF
	}
	return err
}

func (a *Archive) body(e *entry) (io.Reader, error) {
	if e.copied != nil {
		return e.copied.OpenRaw()
	}
	return a.spool.section(e.start, int64(e.header.CompressedSize64)), nil
}

// Discard frees what is held without writing anything. After Close it does nothing.
func (a *Archive) Discard() {
	if a.open != nil {
		_ = a.open.join()
		a.open = nil
	}
	a.spool.discard()
	_ = a.fail(errors.New("zipout: the archive is closed"))
}

func fixedHeader(name string, method uint16, crc uint32, compressed, size uint64) zip.FileHeader {
	header := zip.FileHeader{
		Name: name, Method: method, CRC32: crc, CompressedSize64: compressed, UncompressedSize64: size,
		CreatorVersion: 20, ReaderVersion: 20, Flags: utf8Flag(name),
	}
	header.ModifiedDate = firstDay //lint:ignore SA1019 Modified would add an extra field and depend on a zone
	return header
}

// utf8Flag says that a name is UTF-8 where it isn't plain ASCII.
func utf8Flag(name string) uint16 {
	for i := 0; i < len(name); i++ {
		if name[i] >= 0x80 {
			return 0x800
		}
	}
	return 0
}
