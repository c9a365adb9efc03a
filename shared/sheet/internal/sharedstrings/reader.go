package sharedstrings

import "encoding/binary"

// Reader looks up texts for one goroutine.
type Reader struct {
	table *Table
	keep  func([]byte) string
	pages []page // of the file, each in the one slot for its number

	next    int   // the text behind the one that was found last,
	nextAt  int64 // and where it stands: sheets mostly ask for one text after the other
	scratch []byte
}

// page is a piece of the file.
type page struct {
	number int64 // from 1, so that none is 0
	data   []byte
}

const (
	pageBytes   = 4 << 10
	cachedPages = 1024
)

// Reader returns a reader of the complete table. Texts that are not in memory are handed to keep, which copies them.
func (t *Table) Reader(keep func([]byte) string) *Reader { return &Reader{table: t, keep: keep} }

// Get returns text i; ok is false when there is none. It stays valid for ever. Errors are those of the temporary file.
func (r *Reader) Get(i int) (text string, ok bool, err error) {
	if i < 0 || i >= r.table.count {
		return "", false, nil
	}
	if r.table.disk == nil {
		return r.table.get(i), true, nil
	}
	found, err := r.find(i)
	if err != nil {
		return "", false, err
	}
	return r.keep(found), true, nil
}

// find returns text i of the file, valid until the next call.
func (r *Reader) find(i int) ([]byte, error) {
	k, at := r.next, r.nextAt
	if i != k {
		k = i / groupSize * groupSize
		at = r.table.disk.groups[k/groupSize]
	}
	for ; ; k++ {
		head, err := r.bytes(at, int(min(binary.MaxVarintLen32, r.table.disk.size-at)))
		if err != nil {
			return nil, err
		}
		size, n := binary.Uvarint(head)
		at += int64(n)
		if k < i {
			at += int64(size)
			continue
		}
		r.next, r.nextAt = i+1, at+int64(size)
		return r.bytes(at, int(size))
	}
}

// bytes returns n bytes of the file, valid until the next call.
func (r *Reader) bytes(at int64, n int) ([]byte, error) {
	data, err := r.page(at / pageBytes)
	if err != nil {
		return nil, err
	}
	if from := int(at % pageBytes); from+n <= len(data) {
		return data[from : from+n], nil
	}
	if cap(r.scratch) < n {
		r.scratch = make([]byte, n, 2*n)
	}
	got, err := r.table.disk.file.ReadAt(r.scratch[:n], at)
	if got == n {
		err = nil
	}
	return r.scratch[:n], err
}

// page returns a page of the file, the last one shorter than the others.
func (r *Reader) page(number int64) ([]byte, error) {
	if r.pages == nil {
		r.pages = make([]page, cachedPages)
	}
	p := &r.pages[number%cachedPages]
	if p.number == number+1 {
		return p.data, nil
	}
	if p.data == nil {
		p.data = make([]byte, pageBytes)
	}
	size := int(min(pageBytes, r.table.disk.size-number*pageBytes))
	p.number, p.data = 0, p.data[:size]
	got, err := r.table.disk.file.ReadAt(p.data, number*pageBytes)
	if got < size {
		return nil, err
	}
	p.number = number + 1
	return p.data, nil
}
