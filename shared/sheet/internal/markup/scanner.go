package markup

import (
	"bytes"
	"errors"
	"io"
)

// Kind says what a token is.
type Kind uint8

// The kinds of tokens.
const (
	Text  Kind = iota // character data; long data may come in several tokens
	Start             // <a>
	Empty             // <a/>
	End               // </a>
	Other             // a comment, processing instruction or CDATA section
)

// Token is a piece of a document. The tokens of a document put together are its bytes. Slices are valid until the next token.
type Token struct {
	Kind Kind
	Raw  []byte
	Name []byte // of tags, with its prefix
}

// Local is the tag's name without its prefix.
func (t *Token) Local() []byte {
	if i := bytes.IndexByte(t.Name, ':'); i >= 0 {
		return t.Name[i+1:]
	}
	return t.Name
}

// Prefix is the tag's prefix with its colon, or empty.
func (t *Token) Prefix() string { return string(t.Name[:len(t.Name)-len(t.Local())]) }

// Attr finds an attribute by its full name: its value as it stands in the document, and where in Raw it stands.
func (t *Token) Attr(name string) (value []byte, at int, ok bool) { return findAttr(t.Raw, name) }

// ErrMarkup is what a document that can't be taken apart gives: not well-formed, a document type, a tag beyond all measure.
var ErrMarkup = errors.New("markup: not well-formed, or beyond what is accepted")

const bom = "\ufeff"

const (
	window  = 128 << 10
	maxTag  = 1 << 20 // bytes of a tag, comment, instruction or CDATA section
	maxDeep = 256     // elements within each other
)

// Scanner takes a document apart as it streams by. It checks that tags match and that nothing but one element stands at the
// top; it doesn't look into attributes and text.
type Scanner struct {
	r          io.Reader
	buf        []byte
	start, end int // what is read and not yet handed out
	eof        bool
	err        error
	tok        Token
	names      []byte // of the open elements, one behind the other
	ends       []int  // where in names each one ends
	rooted     bool
	search     []byte
}

// NewScanner reads from r.
func NewScanner(r io.Reader) *Scanner { return &Scanner{r: r, buf: make([]byte, window)} }

// Token is the current token.
func (s *Scanner) Token() *Token { return &s.tok }

// Depth is how many elements are open: 1 for the content and the tags of the document's element.
func (s *Scanner) Depth() int {
	if s.tok.Kind == End || s.tok.Kind == Empty {
		return len(s.ends) + 1
	}
	return len(s.ends)
}

// Err is why Next returned false, nil at the end of the document.
func (s *Scanner) Err() error { return s.err }

// Next goes to the next token.
func (s *Scanner) Next() bool {
	if s.err != nil {
		return false
	}
	if s.start == s.end && !s.fill() {
		if s.err == nil && (len(s.ends) > 0 || !s.rooted) {
			s.err = ErrMarkup
		}
		return false
	}
	switch s.buf[s.start] {
	case '<':
		return s.tag()
	case bom[0]: // only the beginning of the document may have one, and it must be whole to be recognised
		for s.end-s.start < len(bom) && s.fill() {
		}
	}
	return s.text()
}

// fill reads more behind what is there already; false at the end and after an error.
func (s *Scanner) fill() bool {
	if s.eof {
		return false
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.start, s.end = 0, s.end-s.start
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxTag {
			s.err = ErrMarkup
			return false
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err == io.EOF {
			s.eof = true
		} else if err != nil {
			s.err = err
			return false
		}
		if n > 0 {
			return true
		}
		if s.eof {
			return false
		}
	}
	s.err = io.ErrNoProgress
	return false
}

func (s *Scanner) text() bool {
	n := bytes.IndexByte(s.buf[s.start:s.end], '<')
	if n < 0 {
		n = s.end - s.start
	}
	raw := s.take(n)
	s.tok = Token{Kind: Text, Raw: raw}
	if len(s.ends) == 0 && len(bytes.TrimSpace(bytes.TrimPrefix(raw, []byte(bom)))) > 0 {
		s.err = ErrMarkup
		return false
	}
	return true
}

func (s *Scanner) take(n int) []byte {
	raw := s.buf[s.start : s.start+n]
	s.start += n
	return raw
}

func (s *Scanner) tag() bool {
	for s.end-s.start < 4 && s.fill() {
	}
	if s.end-s.start < 3 { // the shortest tag is <a>
		s.fault()
		return false
	}
	switch s.buf[s.start+1] {
	case '?':
		return s.other("?>")
	case '!':
		return s.declared()
	}
	n, quoted := s.closing()
	if n < 0 || quoted {
		s.fault()
		return false
	}
	raw := s.take(n)
	return s.element(raw)
}

// fault notes that the document isn't well-formed, unless reading failed.
func (s *Scanner) fault() {
	if s.err == nil {
		s.err = ErrMarkup
	}
}

func (s *Scanner) declared() bool {
	for s.end-s.start < 9 && s.fill() {
	}
	have := s.buf[s.start:s.end]
	switch {
	case bytes.HasPrefix(have, []byte("<!--")):
		return s.other("-->")
	case bytes.HasPrefix(have, []byte("<![CDATA[")) && len(s.ends) > 0:
		return s.other("]]>")
	}
	s.fault() // a document type is never read
	return false
}

func (s *Scanner) other(end string) bool {
	const skip = 2 // so that <!--> isn't whole
	for from := skip; ; {
		if i := bytes.Index(s.buf[s.start+from:s.end], []byte(end)); i >= 0 {
			s.tok = Token{Kind: Other, Raw: s.take(from + i + len(end))}
			return true
		}
		from = max(s.end-s.start-len(end), skip)
		if !s.fill() {
			s.fault()
			return false
		}
	}
}

// closing gives the length of the tag at start, whose > may not stand in a quoted value.
func (s *Scanner) closing() (n int, quoted bool) {
	quote := byte(0)
	for i := 1; ; i++ {
		for s.start+i >= s.end {
			if !s.fill() {
				return -1, false
			}
		}
		switch c := s.buf[s.start+i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			} else if c == '<' {
				return -1, true
			}
		case c == '>':
			return i + 1, false
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return -1, false
		}
	}
}

func (s *Scanner) element(raw []byte) bool {
	kind, from := Start, 1
	switch {
	case raw[1] == '/':
		kind, from = End, 2
	case raw[len(raw)-2] == '/':
		kind = Empty
	}
	to := from
	for to < len(raw) && raw[to] > ' ' && raw[to] != '/' && raw[to] != '>' {
		to++
	}
	name := raw[from:to]
	s.tok = Token{Kind: kind, Raw: raw, Name: name}
	switch {
	case len(name) == 0 || kind == End && len(s.ends) == 0, kind != End && len(s.ends) == 0 && s.rooted, len(s.ends) > maxDeep:
		s.fault()
	case kind == Start:
		s.names = append(s.names, name...)
		s.ends = append(s.ends, len(s.names))
	case kind == End:
		s.pop(name)
	}
	s.rooted = true
	return s.err == nil
}

func (s *Scanner) pop(name []byte) {
	if open := s.innermost(); !bytes.Equal(open, name) {
		s.fault()
	} else {
		s.names, s.ends = s.names[:len(s.names)-len(open)], s.ends[:len(s.ends)-1]
	}
}

// Rest gives what is left of the element whose start tag is the current token, with its end tag, and goes behind that. It does so
// only where that needs no look at the tags between: ok is false, and nothing happened, where the element is large or has one
// of its own name, a comment, an instruction or a CDATA section in it. Whether the tags between match is not checked.
func (s *Scanner) Rest() (raw []byte, ok bool) {
	if s.tok.Kind != Start || s.err != nil {
		return nil, false
	}
	name := s.innermost()
	s.search = append(append(append(s.search[:0], "</"...), name...), '>')
	for from := 0; ; {
		have := s.buf[s.start:s.end]
		if i := bytes.Index(have[from:], s.search); i >= 0 {
			if !isFlat(have[:from+i], s.search) {
				return nil, false
			}
			s.tok = Token{Kind: End}
			s.names, s.ends = s.names[:len(s.names)-len(name)], s.ends[:len(s.ends)-1]
			return s.take(from + i + len(s.search)), true
		}
		from = max(0, len(have)-len(s.search))
		if s.start == 0 && s.end == len(s.buf) || !s.fill() {
			return nil, false
		}
	}
}

// isFlat reports whether an element's content has no element of the same name, as its end tag tells it, and nothing that may
// hold what looks like a tag.
func isFlat(content, end []byte) bool {
	name := end[2 : len(end)-1]
	for rest := content; ; {
		i := bytes.Index(rest, name)
		if i < 0 {
			break
		}
		if i > 0 && (rest[i-1] == '<' || rest[i-1] == '/') {
			return false
		}
		rest = rest[i+len(name):]
	}
	return !bytes.Contains(content, []byte("<!")) && !bytes.Contains(content, []byte("<?"))
}

// innermost is the name of the element that was opened last.
func (s *Scanner) innermost() []byte {
	from := 0
	if n := len(s.ends); n > 1 {
		from = s.ends[n-2]
	}
	return s.names[from:]
}

// findAttr scans the attributes of a tag one by one, so that a value is never taken for a name.
func findAttr(raw []byte, name string) (value []byte, at int, ok bool) {
	i := 1
	for i < len(raw) && raw[i] > ' ' && raw[i] != '/' && raw[i] != '>' {
		i++
	}
	for {
		for i < len(raw) && raw[i] <= ' ' {
			i++
		}
		start := i
		for i < len(raw) && raw[i] > ' ' && raw[i] != '=' {
			i++
		}
		key := raw[start:i]
		for i < len(raw) && (raw[i] <= ' ' || raw[i] == '=') {
			i++
		}
		if i >= len(raw) || raw[i] != '"' && raw[i] != '\'' {
			return nil, 0, false
		}
		n := bytes.IndexByte(raw[i+1:], raw[i])
		if n < 0 {
			return nil, 0, false
		}
		if string(key) == name {
			return raw[i+1 : i+1+n], i + 1, true
		}
		i += n + 2
	}
}

// SetAttr gives a tag with an attribute's value changed or added. The value must be escaped already.
func SetAttr(dst, raw []byte, name, value string) []byte {
	if old, at, ok := findAttr(raw, name); ok {
		dst = append(append(dst, raw[:at]...), value...)
		return append(dst, raw[at+len(old):]...)
	}
	end := len(raw) - 1
	if raw[end-1] == '/' {
		end--
	}
	for end > 0 && raw[end-1] <= ' ' {
		end--
	}
	dst = append(append(dst, raw[:end]...), ' ')
	dst = append(append(append(dst, name...), `="`...), value...)
	return append(append(dst, '"'), raw[end:]...)
}

// DropAttr gives a tag without an attribute.
func DropAttr(dst, raw []byte, name string) []byte {
	old, at, ok := findAttr(raw, name)
	if !ok {
		return append(dst, raw...)
	}
	from := at
	for from > 0 && raw[from-1] > ' ' {
		from--
	}
	for from > 0 && raw[from-1] <= ' ' {
		from--
	}
	return append(append(dst, raw[:from]...), raw[at+len(old)+1:]...)
}
