package privacy

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"slices"

	"golang.org/x/text/transform"
)

// The bounds of what is held of a part that is XML. What goes beyond is looked at as text.
const (
	mostToken  = 1 << 20 // bytes of one text, tag or comment
	mostRuns   = 1 << 18 // bytes of the texts of an element that are looked at together: with more it is no cell
	mostDepth  = 256     // elements that are open
	mostFaults = 1000    // places at which a part is no XML, before it is taken for something else
)

// looksLikeXML tells XML, also in UTF-16, by its first bytes.
func looksLikeXML(head []byte) bool {
	for len(head) > 0 && bytes.IndexByte([]byte("\xef\xbb\xbf\xff\xfe\x00 \t\r\n"), head[0]) >= 0 {
		head = head[1:]
	}
	return len(head) > 0 && head[0] == '<'
}

// wideXML is the byte order of XML in UTF-16 (XML 1.0, appendix F); nil of any other.
func wideXML(head []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		return binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		return binary.BigEndian
	}
	return wideOrder(head)
}

// inXML looks at every attribute, at each run of text by itself, and at the runs of an element that holds several together, since a
// program may have cut a name in two to make one half bold. From where a part is no XML, or a text is too long to be held, it is looked
// at as plain text as well: that nothing can read it as XML doesn't say that it names nobody.
func (m *Marks) inXML(src io.Reader, head []byte) (bool, error) {
	if order := wideXML(head); order != nil {
		src = transform.NewReader(src, fromWide(order))
	}
	in := &tokens{from: src}
	seen := elements{marks: m}
	for faults := 0; faults < mostFaults; {
		decoder := in.decoder()
		token, err := decoder.RawToken()
		for ; err == nil; token, err = decoder.RawToken() {
			if seen.name(token) {
				return true, nil
			}
			if errors.Is(in.failed, errLong) { // the token is as much of a text as was held
				break
			}
			in.begin = in.place(decoder)
		}
		if errors.Is(in.failed, errFound) {
			return true, nil
		}
		left := in.buf[in.begin:in.at]
		if m.inLong(html.UnescapeString(string(left))) {
			return true, nil
		}
		if in.failed != nil && !errors.Is(in.failed, errLong) { // the end
			return in.end()
		}
		if err := in.plainly(m); err != nil {
			return found(err)
		}
		if errors.Is(in.failed, errLong) {
			_, next := cut(left)
			in.begin += next
			continue
		}
		faults++
		in.begin = max(in.begin+1, in.place(decoder))
	}
	return look(src, []io.WriteCloser{in.plain})
}

// errLong is a token that is too long to be held.
var errLong = errors.New("privacy: a long text")

// tokens gives a decoder its bytes, and holds them from the end of the last token on.
type tokens struct {
	from   io.Reader
	buf    []byte
	begin  int      // in buf, of what was read since the last token
	at     int      // in buf, of the next byte
	origin int      // in buf, of where the decoder began; negative once that is gone
	failed error    // what the decoder was told last
	plain  *windows // which has all from the first fault on
}

// decoder is a new decoder of what comes from begin on.
func (t *tokens) decoder() *xml.Decoder {
	t.at, t.origin, t.failed = t.begin, t.begin, nil
	decoder := xml.NewDecoder(t)
	decoder.Strict = false
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	return decoder
}

// place is where the decoder is in buf.
func (t *tokens) place(decoder *xml.Decoder) int { return t.origin + int(decoder.InputOffset()) }

// plainly has what comes from begin on looked at as plain text.
func (t *tokens) plainly(m *Marks) error {
	if t.plain != nil {
		return nil
	}
	t.plain = &windows{marks: m}
	_, err := t.plain.Write(t.buf[t.begin:])
	return err
}

// end says how it ended: with a find in the last of the plain text, well, or with an error.
func (t *tokens) end() (bool, error) {
	if t.plain != nil {
		if err := t.plain.Close(); err != nil {
			return found(err)
		}
	}
	if errors.Is(t.failed, io.EOF) {
		return false, nil
	}
	return false, t.failed
}

// ReadByte implements io.ByteReader, by which a decoder reads no more than it needs.
func (t *tokens) ReadByte() (byte, error) {
	for t.at == len(t.buf) {
		if err := t.fill(); err != nil {
			t.failed = err
			return 0, err
		}
	}
	t.at++
	return t.buf[t.at-1], nil
}

// Read implements io.Reader, which a decoder asks for and doesn't use.
func (t *tokens) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := t.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

// fill reads more into buf.
func (t *tokens) fill() error {
	if t.failed != nil {
		return t.failed
	}
	if t.begin > 0 {
		t.buf = append(t.buf[:0], t.buf[t.begin:]...)
		t.at, t.origin, t.begin = t.at-t.begin, t.origin-t.begin, 0
	}
	if len(t.buf) >= mostToken {
		return errLong
	}
	const step = 1 << 16
	t.buf = slices.Grow(t.buf, step)
	fresh := t.buf[len(t.buf) : len(t.buf)+step]
	n, err := t.from.Read(fresh)
	t.buf = t.buf[:len(t.buf)+n]
	if t.plain != nil {
		if _, failed := t.plain.Write(fresh[:n]); failed != nil {
			return failed
		}
	}
	if n > 0 {
		return nil // an error comes again
	}
	return err
}

// elements are those that are open, with their texts.
type elements struct {
	marks *Marks
	open  []element
}

type element struct {
	name string
	text []byte // of its runs together
	runs int
}

// name reports whether somebody is named up to and with a token.
func (e *elements) name(token xml.Token) bool {
	switch t := token.(type) {
	case xml.StartElement:
		for _, attribute := range t.Attr {
			if e.marks.inLong(attribute.Value) {
				return true
			}
		}
		if len(e.open) == mostDepth {
			e.open = e.open[:0]
		}
		e.open = slices.Grow(e.open, 1)[:len(e.open)+1]
		top := &e.open[len(e.open)-1]
		top.name, top.text, top.runs = t.Name.Local, top.text[:0], 0 // over what one held that is closed
	case xml.CharData:
		return e.marks.inLong(string(t)) || len(e.open) > 0 && e.open[len(e.open)-1].add(e.marks, t)
	case xml.EndElement:
		return e.close(t.Name.Local)
	case xml.Comment:
		return e.marks.inLong(string(t))
	case xml.Directive:
		return e.marks.inLong(string(t))
	case xml.ProcInst:
		return e.marks.inLong(string(t.Inst))
	}
	return false
}

// close closes an element, with those in it that nothing closes. One that isn't open is none.
func (e *elements) close(name string) bool {
	last := len(e.open) - 1
	for last >= 0 && e.open[last].name != name {
		last--
	}
	for top := len(e.open) - 1; last >= 0 && top >= last; top-- {
		one := e.open[top]
		e.open = e.open[:top]
		if one.named(e.marks) {
			return true
		}
		if top > 0 && !apart[one.name] && e.open[top-1].add(e.marks, one.text) {
			return true
		}
	}
	return false
}

// add adds a run, and reports whether those name somebody that are given up for being too long together.
func (e *element) add(m *Marks, run []byte) bool {
	if len(run) == 0 {
		return false
	}
	if len(e.text)+len(run) > mostRuns {
		if e.named(m) {
			return true
		}
		e.text, e.runs = e.text[:0], 0
		if len(run) > mostRuns {
			return false
		}
	}
	e.text = append(e.text, run...)
	e.runs++
	return false
}

// named looks at the runs together; a single one was looked at by itself.
func (e *element) named(m *Marks) bool { return e.runs > 1 && m.inLong(string(e.text)) }

// apart are the elements whose text isn't that of the element around them: a whole text, a cell, a row, a note, a paragraph of cells.
var apart = map[string]bool{
	"si": true, "c": true, "row": true, "comment": true, "is": true, "table-cell": true, "table-row": true, "definedName": true,
	"sheetData": true, "sst": true, "p": true,
}
