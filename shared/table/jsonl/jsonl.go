// Package jsonl writes a table's items as lines of JSON and reads them back. Equal items give equal bytes, whichever engine they come
// from. It knows nothing of what the items mean.
//
// A line is {"partition":"member","sort":"FR#brest","expires":1750000000,"index":{"first":{"partition":"p","sort":"s"}},
// "attributes":{…}}: expires, in seconds since 1970, and index only where an item has them; the names of a map in ascending order; numbers
// whole; nothing null. Text stands as it is: nothing is escaped but what JSON asks for, and the two line separators of Unicode.
package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// ErrLine: a line isn't that of an item.
var ErrLine = errors.New("jsonl: not an item")

// MaxLine bounds the line of an item that a table can hold, in bytes. What counts one byte in a table (table.Size) is written in at most twelve:
// an attribute whose name is one control character and whose text is empty. The rest is for the names of the line's own parts.
const MaxLine = 12*table.MaxItem + 1<<10

// line is an item as it is written.
type line struct {
	Partition  string         `json:"partition"`
	Sort       string         `json:"sort"`
	Expires    *int64         `json:"expires,omitempty"`
	Index      map[string]key `json:"index,omitempty"`
	Attributes map[string]any `json:"attributes"`
}

// key is an item's key in an index.
type key struct {
	Partition string `json:"partition"`
	Sort      string `json:"sort"`
}

// Writer writes items to a stream. It is for one goroutine.
type Writer struct{ encoder *json.Encoder }

// NewWriter makes a writer to w, which gets each line in one piece.
func NewWriter(w io.Writer) *Writer {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return &Writer{encoder}
}

// Write writes an item, with the newline at its end.
func (w *Writer) Write(item *table.Item) error {
	out := line{Partition: item.Key.Partition, Sort: item.Key.Sort, Attributes: item.Attributes}
	if out.Attributes == nil {
		out.Attributes = map[string]any{}
	}
	if !item.Expires.IsZero() {
		seconds := item.Expires.Unix()
		out.Expires = &seconds
	}
	if len(item.Index) > 0 {
		out.Index = make(map[string]key, len(item.Index))
		for name, there := range item.Index {
			out.Index[name] = key(there)
		}
	}
	return w.encoder.Encode(&out)
}

// Parse reads the item of a line, with or without the newline at its end. ErrLine.
func Parse(text []byte) (table.Item, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	var in line
	if err := decoder.Decode(&in); err != nil {
		return table.Item{}, fmt.Errorf("%w: %v", ErrLine, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return table.Item{}, fmt.Errorf("%w: something follows it", ErrLine)
	}
	item := table.Item{Key: table.Key{Partition: in.Partition, Sort: in.Sort}}
	if in.Expires != nil {
		item.Expires = time.Unix(*in.Expires, 0).UTC()
	}
	if len(in.Index) > 0 {
		item.Index = make(map[string]table.Key, len(in.Index))
		for name, there := range in.Index {
			item.Index[name] = table.Key(there)
		}
	}
	if in.Attributes == nil {
		return table.Item{}, fmt.Errorf("%w: no attributes", ErrLine)
	}
	for name, value := range in.Attributes {
		whole, err := valueOf(value)
		if err != nil {
			return table.Item{}, err
		}
		in.Attributes[name] = whole
	}
	item.Attributes = in.Attributes
	return item, nil
}

// valueOf puts an attribute's value in the types of a table, in place where it can.
func valueOf(value any) (any, error) {
	switch v := value.(type) {
	case string, bool:
		return v, nil
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return nil, fmt.Errorf("%w: the number %s isn't whole, or too large", ErrLine, v)
		}
		return n, nil
	case []any:
		for i := range v {
			element, err := valueOf(v[i])
			if err != nil {
				return nil, err
			}
			v[i] = element
		}
		return v, nil
	case map[string]any:
		for name := range v {
			field, err := valueOf(v[name])
			if err != nil {
				return nil, err
			}
			v[name] = field
		}
		return v, nil
	}
	return nil, fmt.Errorf("%w: a value of type %T", ErrLine, value)
}
