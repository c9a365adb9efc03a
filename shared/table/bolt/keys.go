package bolt

import (
	"bytes"
	"encoding/binary"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// The file's buckets. Keys are made so that the file's byte order is the order of the table's queries:
//
//	about           "format" → the number of this layout
//	items           length of partition (2 bytes), partition, sort → the item (encode.go)
//	index/<name>    length of partition, partition, sort in the index with zero bytes escaped, two zero bytes, the item's
//	                key as in items → nothing
//	expiry          seconds since 1970 (8 bytes), the item's key as in items → nothing
var (
	bucketAbout  = []byte("about")
	bucketItems  = []byte("items")
	bucketExpiry = []byte("expiry")
	aboutFormat  = []byte("format")
)

func bucketIndex(name string) []byte { return []byte("index/" + name) }

func appendPartition(dst []byte, partition string) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(partition)))
	return append(dst, partition...)
}

func appendKey(dst []byte, key table.Key) []byte {
	return append(appendPartition(dst, key.Partition), key.Sort...)
}

func parseKey(b []byte) (table.Key, bool) {
	if len(b) < 2 {
		return table.Key{}, false
	}
	n := int(binary.BigEndian.Uint16(b))
	if n > len(b)-2 {
		return table.Key{}, false
	}
	return table.Key{Partition: string(b[2 : 2+n]), Sort: string(b[2+n:])}, true
}

// appendEscaped writes a zero byte as 0 255, so that 0 0 can end a text and a text sorts before its own continuations.
func appendEscaped(dst []byte, s string) []byte {
	for i := range len(s) {
		dst = append(dst, s[i])
		if s[i] == 0 {
			dst = append(dst, 255)
		}
	}
	return dst
}

var ending = []byte{0, 0}

func appendIndexKey(dst []byte, there, key table.Key) []byte {
	dst = appendEscaped(appendPartition(dst, there.Partition), there.Sort)
	return appendKey(append(dst, ending...), key)
}

// parseIndexKey takes an entry of an index apart into the key there and the item's key.
func parseIndexKey(b []byte) (there, key table.Key, ok bool) {
	there, ok = parseKey(b)
	if !ok {
		return there, key, false
	}
	rest := b[2+len(there.Partition):]
	var sort []byte
	for {
		i := bytes.IndexByte(rest, 0)
		if i < 0 || i+1 >= len(rest) {
			return there, key, false
		}
		sort = append(sort, rest[:i]...)
		escape := rest[i+1]
		rest = rest[i+2:]
		if escape == 0 {
			break
		}
		sort = append(sort, 0)
	}
	there.Sort = string(sort)
	key, ok = parseKey(rest)
	return there, key, ok
}

func expiryKey(expires time.Time, key table.Key) []byte {
	// The flipped sign bit sorts moments before 1970 first.
	return appendKey(binary.BigEndian.AppendUint64(nil, uint64(expires.Unix())^1<<63), key)
}

// after returns the first key that doesn't begin with prefix, nil when there is none.
func after(prefix []byte) []byte {
	next := bytes.Clone(prefix)
	for i := len(next) - 1; i >= 0; i-- {
		next[i]++
		if next[i] != 0 {
			return next[:i+1]
		}
	}
	return nil
}
