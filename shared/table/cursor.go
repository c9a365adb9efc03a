package table

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// A cursor is, in URL-safe base 64: a version byte, a byte for the direction, then the index's name, the item's key and, for an
// index, its key there, each text with its length before it. It isn't secret and isn't signed; position trusts nothing in it
// beyond what the query itself could ask for. A scan's has a direction of its own, and of the texts the item's key.
const (
	cursorVersion = 1
	wholeTable    = 2 // the direction of a scan
)

func cursorOf(q Query, p Position) Cursor {
	return packed(direction(q), q.Index, p.Key.Partition, p.Key.Sort, p.Index.Partition, p.Index.Sort)
}

func scanCursor(last Key) Cursor { return packed(wholeTable, last.Partition, last.Sort) }

func packed(direction byte, texts ...string) Cursor {
	out := []byte{cursorVersion, direction}
	for _, s := range texts {
		out = binary.AppendUvarint(out, uint64(len(s)))
		out = append(out, s...)
	}
	return Cursor(base64.RawURLEncoding.EncodeToString(out))
}

// unpacked is the inverse of packed, into as many texts as there are.
func unpacked(c Cursor, direction byte, texts []string) error {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(string(c))
	if err != nil || len(raw) < 2 || raw[0] != cursorVersion || raw[1] != direction {
		return ErrCursor
	}
	rest := raw[2:]
	for i := range texts {
		n, used := binary.Uvarint(rest)
		if used <= 0 || n > uint64(len(rest)-used) {
			return ErrCursor
		}
		texts[i] = string(rest[used : used+int(n)])
		rest = rest[used+int(n):]
	}
	if len(rest) > 0 {
		return ErrCursor
	}
	return nil
}

// CursorBehind is where a page of a query without an index goes on that has come to a sort key, whether or not an item is stored there.
func CursorBehind(q Query, sort string) Cursor {
	return cursorOf(q, Position{Key: Key{q.Partition, sort}})
}

func direction(q Query) byte {
	if q.Descending {
		return 1
	}
	return 0
}

// position reads q.After, and refuses a place that isn't in the range of q.
func (q Query) position() (Position, error) {
	var texts [5]string
	if err := unpacked(q.After, direction(q), texts[:]); err != nil {
		return Position{}, err
	}
	p := Position{Key: Key{texts[1], texts[2]}, Index: Key{texts[3], texts[4]}}
	if texts[0] != q.Index || !p.within(q) {
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

// key reads s.After, and refuses what is no item's key.
func (s Scan) key() (Key, error) {
	var texts [2]string
	if err := unpacked(s.After, wholeTable, texts[:]); err != nil {
		return Key{}, err
	}
	key := Key{texts[0], texts[1]}
	if checkKey(key) != nil {
		return Key{}, ErrCursor
	}
	return key, nil
}
