package table

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// A cursor is, in URL-safe base 64: a version byte, a byte for the direction, then the index's name, the item's key and, for an
// index, its key there, each text with its length before it. It isn't secret and isn't signed; position trusts nothing in it
// beyond what the query itself could ask for.
const cursorVersion = 1

func cursorOf(q Query, p Position) Cursor {
	out := []byte{cursorVersion, direction(q)}
	for _, s := range []string{q.Index, p.Key.Partition, p.Key.Sort, p.Index.Partition, p.Index.Sort} {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(out))
}

func direction(q Query) byte {
	if q.Descending {
		return 1
	}
	return 0
}

// position reads q.After, and refuses a place that isn't in the range of q.
func (q Query) position() (Position, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(string(q.After))
	if err != nil || len(raw) < 2 || raw[0] != cursorVersion || raw[1] != direction(q) {
		return Position{}, ErrCursor
	}
	var texts [5]string
	rest := raw[2:]
	for i := range texts {
		n, used := binary.Uvarint(rest)
		if used <= 0 || n > uint64(len(rest)-used) {
			return Position{}, ErrCursor
		}
		texts[i] = string(rest[used : used+int(n)])
		rest = rest[used+int(n):]
	}
	p := Position{Key: Key{texts[1], texts[2]}, Index: Key{texts[3], texts[4]}}
	if len(rest) > 0 || texts[0] != q.Index || !p.within(q) {
		return Position{}, ErrCursor
	}
	return p, nil
}

func (p Position) within(q Query) bool {
	place := p.Key
	if q.Index != "" {
		place = p.Index
	} else if p.Index != (Key{}) {
		return false
	}
	return place.Partition == q.Partition && strings.HasPrefix(place.Sort, q.Prefix) &&
		checkKey(place) == nil && checkKey(p.Key) == nil
}
