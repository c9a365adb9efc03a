package records

import (
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// The attributes of a stored record, format 1. What conditions look at stands at the top level; provenance that is empty is
// left out, and so is the body of a record that was removed. In a console a record reads: format 1, version 3, import "…", row 17, at "2025-06-15T12:00:00Z", body {…}.
const (
	attrFormat  = "format"
	attrVersion = "version"
	attrBody    = "body"
	attrImport  = "import"
	attrFile    = "file"
	attrSHA256  = "sha256"
	attrSheet   = "sheet"
	attrRow     = "row"
	attrPerson  = "person"
	attrRequest = "request"
	attrAt      = "at"
	attrUndo    = "undo"
	attrGone    = "gone" // of a record that was removed
)

func itemOf(r Record) *table.Item {
	attrs := table.Attributes{
		attrFormat:  int64(Format),
		attrVersion: r.Version,
	}
	if r.Gone {
		attrs[attrGone] = true
	} else {
		attrs[attrBody] = map[string]any(r.Body)
	}
	r.Provenance.set(attrs)
	return &table.Item{Key: r.Ref.Key(), Attributes: attrs}
}

func (p Provenance) set(attrs table.Attributes) {
	setText(attrs, attrImport, p.Import)
	setText(attrs, attrFile, p.File)
	setText(attrs, attrSHA256, p.FileSHA256)
	setText(attrs, attrSheet, p.Sheet)
	setText(attrs, attrPerson, p.Person)
	setText(attrs, attrRequest, p.Request)
	setText(attrs, attrUndo, p.Undo)
	if p.Row != 0 {
		attrs[attrRow] = int64(p.Row)
	}
	setText(attrs, attrAt, timeText(p.At))
}

// timeText is "" for no time.
func timeText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

func timeOf(attrs map[string]any, name string) (time.Time, error) {
	if at := text(attrs, name); at != "" {
		return time.Parse(time.RFC3339Nano, at)
	}
	return time.Time{}, nil
}

func setText(attrs table.Attributes, name, value string) {
	if value != "" {
		attrs[name] = value
	}
}

func checkFormat(item table.Item) error {
	format, ok := item.Attributes[attrFormat].(int64)
	if !ok || format < 1 {
		return fmt.Errorf("%w: %s has format %v", ErrFormat, item.Key, item.Attributes[attrFormat])
	}
	if err := Known(item, Format); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return nil
}

// Known refuses an item whose attribute "format" is a later one than a program knows: STORE_NEWER. It is not read as if it were another.
func Known(item table.Item, format int64) error {
	if of, _ := item.Attributes[attrFormat].(int64); of > format {
		return fmt.Errorf("%w: %s has format %d, known up to %d", problem.New("STORE_NEWER"), item.Key, of, format)
	}
	return nil
}

func recordOf(item table.Item) (Record, error) {
	attrs := item.Attributes
	if err := checkFormat(item); err != nil {
		return Record{}, err
	}
	version, ok := attrs[attrVersion].(int64)
	removed, _ := attrs[attrGone].(bool)
	body, isMap := attrs[attrBody].(map[string]any)
	if !ok || !isMap && !removed {
		return Record{}, fmt.Errorf("%w: %s lacks version or body", ErrFormat, item.Key)
	}
	p, err := provenanceOf(attrs)
	if err != nil {
		return Record{}, fmt.Errorf("%w: %s: %v", ErrFormat, item.Key, err)
	}
	return Record{Ref: refOf(item.Key), Version: version, Body: body, Provenance: p, Gone: removed}, nil
}

func provenanceOf(attrs map[string]any) (p Provenance, err error) {
	p = Provenance{
		Import:     text(attrs, attrImport),
		File:       text(attrs, attrFile),
		FileSHA256: text(attrs, attrSHA256),
		Sheet:      text(attrs, attrSheet),
		Person:     text(attrs, attrPerson),
		Request:    text(attrs, attrRequest),
		Undo:       text(attrs, attrUndo),
	}
	if row, ok := attrs[attrRow].(int64); ok {
		p.Row = int(row)
	}
	p.At, err = timeOf(attrs, attrAt)
	return p, err
}

func text(attrs map[string]any, name string) string {
	s, _ := attrs[name].(string)
	return s
}
