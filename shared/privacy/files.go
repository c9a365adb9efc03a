package privacy

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/learning-cities/guildhall/shared/blob"
)

// most is how many bytes of one packed part are looked through: more than any file that is accepted has.
const most = 4 << 30

// inFile reports whether a file names one of the persons, wherever it does: in a cell, also of a hidden row or sheet, a note, a property,
// a link. It goes by content: workbooks and other packages are looked through part by part, packed files unpacked, lines of JSON read
// as such, and everything else as text in UTF-8, UTF-16 or Windows-1252. blob.ErrNotFound.
func (m *Marks) inFile(ctx context.Context, from blob.Store, name string) (bool, error) {
	src, err := from.Open(ctx, name)
	if err != nil {
		return false, err
	}
	defer src.Close()
	heard := &attentive{from: src}
	found, err := m.inReader(heard, src.Size(), name)
	if !found && heard.failed != nil {
		return false, heard.failed
	}
	return found, err
}

// attentive remembers that its file could not be read: whoever takes a file for text because it is no package must not mistake that for it.
type attentive struct {
	from   io.ReaderAt
	failed error
}

// ReadAt implements io.ReaderAt.
func (a *attentive) ReadAt(p []byte, at int64) (int, error) {
	n, err := a.from.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		a.failed = err
	}
	return n, err
}

func (m *Marks) inReader(src io.ReaderAt, size int64, name string) (bool, error) {
	all := io.NewSectionReader(src, 0, size)
	head := make([]byte, 4)
	n, err := src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		if packed, err := zip.NewReader(src, size); err == nil {
			return m.inPackage(packed)
		}
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		if packed, err := gzip.NewReader(bufio.NewReader(all)); err == nil {
			return m.inText(io.LimitReader(packed, most), strings.TrimSuffix(name, ".gz"))
		}
		if _, err := all.Seek(0, io.SeekStart); err != nil {
			return false, err
		}
	}
	return m.inText(all, name)
}

// inPackage looks through the parts of a workbook. A part that can't be unpacked names nobody: nothing reads it.
func (m *Marks) inPackage(packed *zip.Reader) (bool, error) {
	for _, part := range packed.File {
		if m.Named(part.Name) || m.Named(part.Comment) {
			return true, nil
		}
		src, err := part.Open()
		if err != nil {
			continue
		}
		found, _ := m.inPart(io.LimitReader(src, most), part.Name)
		src.Close()
		if found {
			return true, nil
		}
	}
	return m.Named(packed.Comment), nil
}

func (m *Marks) inPart(src io.Reader, name string) (bool, error) {
	if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") || strings.HasSuffix(name, ".vml") {
		return m.inXML(src)
	}
	return m.inText(src, name)
}

// mostRuns is from how many bytes on the runs of an element are no longer looked at together: it is no cell.
const mostRuns = 1 << 20

// inXML looks at every attribute, at each run of text by itself, and at the runs of an element that holds several together, since a
// program may have cut a name in two to make one half bold.
func (m *Marks) inXML(src io.Reader) (bool, error) {
	decoder := xml.NewDecoder(bufio.NewReaderSize(src, 1<<16))
	decoder.Strict = false
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	var open [][]byte // the texts of the elements that are open
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			for _, attribute := range t.Attr {
				if m.Named(attribute.Value) {
					return true, nil
				}
			}
			open = append(open, nil)
		case xml.CharData:
			if m.Named(string(t)) {
				return true, nil
			}
			if top := len(open) - 1; top >= 0 {
				open[top] = append(open[top], t...)
			}
		case xml.EndElement:
			top := len(open) - 1
			text := open[top]
			open = open[:top]
			if m.Named(string(text)) {
				return true, nil
			}
			if top > 0 && !apart[t.Name.Local] && len(open[top-1]) < mostRuns {
				open[top-1] = append(open[top-1], text...)
			}
		case xml.Comment:
			if m.Named(string(t)) {
				return true, nil
			}
		}
	}
}

// apart are the elements whose text isn't that of the element around them: a whole text, a cell, a row, a note, a paragraph of cells.
var apart = map[string]bool{
	"si": true, "c": true, "row": true, "comment": true, "is": true, "table-cell": true, "table-row": true, "definedName": true,
	"sheetData": true, "sst": true, "p": true,
}

// inText looks through a text line by line.
func (m *Marks) inText(src io.Reader, name string) (bool, error) {
	lines := bufio.NewReaderSize(src, 1<<16)
	head, _ := lines.Peek(4096)
	asJSON := strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".jsonl")
	if !asJSON {
		lines = bufio.NewReaderSize(decoded(lines, head), 1<<16)
	}
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var found bool
			if asJSON {
				found = m.inJSON([]byte(line))
			} else {
				found = m.Named(line)
			}
			if found {
				return true, nil
			}
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// decoded is a text as UTF-8, as its first bytes have it.
func decoded(src io.Reader, head []byte) io.Reader {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return transform.NewReader(src, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case len(head) > 3 && head[1] == 0 && head[3] == 0:
		return transform.NewReader(src, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	}
	return &mixed{lines: bufio.NewReader(src)}
}

// mixed reads a text whose lines are UTF-8 or, where they aren't, Windows-1252.
type mixed struct {
	lines *bufio.Reader
	rest  []byte
}

// Read implements io.Reader.
func (r *mixed) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		line, err := r.lines.ReadBytes('\n')
		if len(line) == 0 {
			return 0, err
		}
		if !utf8.Valid(line) {
			if line, err = charmap.Windows1252.NewDecoder().Bytes(line); err != nil {
				return 0, err
			}
		}
		r.rest = line
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// inJSON looks at the texts of a line of JSON, whose escapes can hide where a word begins. What is no JSON is looked at as it is.
func (m *Marks) inJSON(line []byte) bool {
	if !json.Valid(line) {
		return m.Named(string(line))
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	for {
		token, err := decoder.Token()
		if err != nil {
			return false
		}
		if text, ok := token.(string); ok && m.Named(text) {
			return true
		}
	}
}
