// Package xmlscan scans the subset of XML 1.0 with namespaces that office formats use, and refuses everything else: it checks
// well-formedness to the last byte while it goes, holds one token at a time, and never declares a part complete that ends
// early. Document types are refused, so there are no entities but the five and no expansion. It does not know what the
// elements mean.
package xmlscan

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Kind is the kind of a token.
type Kind uint8

// The kinds of tokens. An empty element gives Start and End.
const (
	EOF Kind = iota
	Start
	End
	Text
)

// Limits bound what one part may cost.
type Limits struct {
	Depth int // of nested elements
	Token int // bytes of one tag, text or comment
	Work  int // tokens and attributes, and what tags with many attributes, prefixes or spaces take beyond the usual
}

// Attr is an attribute, its value decoded. Its slices are valid until the next token.
type Attr struct {
	Prefix, Name, Value []byte
}

// Scanner gives the tokens of one part.
type Scanner struct {
	// Name and Space are the local name and the namespace of the element that was started or ended last.
	Name  []byte
	Space Space
	// Attrs are the attributes of the element started last, without declarations of namespaces.
	Attrs []Attr
	// Text is the decoded content of the last Text token. One text may come in several tokens.
	Text []byte

	in   io.Reader
	ctx  context.Context
	part string
	lim  Limits

	work     int
	buf      []byte
	pos, end int
	eof      bool // in has no more
	begun    bool // something of the document was consumed, so that an XML declaration is too late

	open     []element
	names    []byte // qualified names of the open elements
	rootSeen bool
	empty    bool // the last Start was an empty element: its End is due
	spaces   []binding
	deflt    Space // of names without a prefix
	scratch  []byte
}

// element is an open element: where its name begins and what was declared outside of it.
type element struct {
	name   int
	spaces int
	deflt  Space
	space  Space
	local  int // bytes of the prefix and its colon
}

const firstBuffer = 64 << 10

// New scans what in gives, which must be the output of a Source; part names it in refusals.
func New(ctx context.Context, in io.Reader, part string, lim Limits) *Scanner {
	return &Scanner{in: in, ctx: ctx, part: part, lim: lim, buf: make([]byte, firstBuffer)}
}

// Next goes to the next token. Errors are refusals (FILE_CORRUPT, FILE_TRUNCATED, FILE_TOO_LARGE) or those of the source.
// EOF is only returned when the document was complete and the source said that it had no more.
func (s *Scanner) Next() (Kind, error) {
	if s.empty {
		s.empty = false
		s.leave()
		return End, nil
	}
	for {
		kind, got, err := s.token()
		if got || err != nil {
			return kind, err
		}
		if err := s.more(); err != nil {
			return EOF, err
		}
	}
}

// Part returns the name of the part.
func (s *Scanner) Part() string { return s.part }

// Depth counts the open elements.
func (s *Scanner) Depth() int { return len(s.open) }

// Skip goes to the end of the element that was started last.
func (s *Scanner) Skip() error {
	for depth := len(s.open); ; {
		kind, err := s.Next()
		if err != nil {
			return err
		}
		if kind == End && len(s.open) < depth {
			return nil
		}
	}
}

// SkipForeign leaves out an element of another namespace that stands among data. It refuses alternatives (mc:AlternateContent),
// which may hold data of their own.
func (s *Scanner) SkipForeign() error {
	if s.Space == Compatibility {
		return s.corrupt(fault.BadStructure)
	}
	return s.Skip()
}

// Window returns the bytes that are buffered behind the last token, for a caller with a faster way through whole elements.
// It is empty while the End of an empty element is due.
func (s *Scanner) Window() []byte {
	if s.empty {
		return nil
	}
	return s.buf[s.pos:s.end]
}

// Advance leaves out the next n bytes of the window, which must be whole well-formed elements.
func (s *Scanner) Advance(n int) { s.pos += n }

// Default returns the namespace of names without a prefix at this place.
func (s *Scanner) Default() Space { return s.deflt }

func (s *Scanner) corrupt(reason locale.Text) error { return fault.Corrupt(s.part, reason) }

// CheckText refuses n bytes of text if a token may not have as many, for callers that put texts together from tokens.
func (s *Scanner) CheckText(n int) error {
	if n >= s.lim.Token {
		return fault.TooLarge(fault.TextBytes, int64(s.lim.Token))
	}
	return nil
}

// more makes the buffer hold more of the document behind pos.
func (s *Scanner) more() error {
	if s.eof {
		return fault.Truncated(s.part, fault.XMLEnds)
	}
	if err := s.ctx.Err(); err != nil {
		return err
	}
	held := s.end - s.pos
	if err := s.CheckText(held); err != nil {
		return err
	}
	if s.work > s.lim.Work {
		return fault.TooLarge(fault.Markup, int64(s.lim.Work))
	}
	target := s.buf
	if held > len(s.buf)/2 {
		target = make([]byte, 2*len(s.buf))
	}
	copy(target, s.buf[s.pos:s.end])
	s.buf, s.pos, s.end = target, 0, held
	for s.end == held || len(s.buf)-s.end > len(s.buf)/2 {
		n, err := s.in.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.eof = true
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// token scans the token at pos. When the buffer ends inside of it, got is false and nothing has changed: the caller gets
// more and has it scanned again from its beginning.
func (s *Scanner) token() (kind Kind, got bool, err error) {
	for {
		window := s.buf[s.pos:s.end]
		if len(window) == 0 && s.eof && len(s.open) == 0 && s.rootSeen {
			return EOF, true, nil
		}
		if len(window) == 0 || len(window) == 1 && window[0] == '<' {
			return 0, false, nil
		}
		if window[0] != '<' {
			n, err := s.content(window)
			if err != nil || n == 0 {
				return 0, false, err
			}
			s.consume(n)
			if len(s.open) == 0 {
				continue
			}
			return Text, true, nil
		}
		switch window[1] {
		case '/':
			return s.endTag(window)
		case '?':
			n, err := s.instruction(window)
			if err != nil || n == 0 {
				return 0, false, err
			}
			s.consume(n)
		case '!':
			n, isText, err := s.declaration(window)
			if err != nil || n == 0 {
				return 0, false, err
			}
			s.consume(n)
			if isText {
				return Text, true, nil
			}
		default:
			return s.startTag(window)
		}
	}
}

func (s *Scanner) consume(n int) {
	s.pos += n
	s.work++
	s.begun = true
}

// content scans text up to the next tag and returns its length, or 0 for more.
func (s *Scanner) content(window []byte) (int, error) {
	n := bytes.IndexByte(window, '<')
	if len(s.open) == 0 {
		text := window
		if n >= 0 {
			text = window[:n]
		}
		if len(bytes.Trim(text, " \t\r\n")) > 0 {
			if s.rootSeen {
				return 0, s.corrupt(fault.AfterRoot)
			}
			return 0, s.corrupt(fault.NotXML)
		}
		return len(text), nil
	}
	if n < 0 {
		return 0, nil
	}
	text, err := s.decode(window[:n])
	s.Text = text
	return n, err
}

// declaration scans what begins with "<!": a comment or CDATA section.
func (s *Scanner) declaration(window []byte) (n int, isText bool, err error) {
	const comment, cdata = "<!--", "<![CDATA["
	switch {
	case bytes.HasPrefix(window, []byte(comment)):
		end := bytes.Index(window[len(comment):], []byte("--"))
		if end < 0 {
			return 0, false, nil
		}
		end += len(comment) + 2
		if end == len(window) {
			return 0, false, nil
		}
		if window[end] != '>' {
			return 0, false, s.corrupt(fault.NotXML)
		}
		return end + 1, false, nil
	case bytes.HasPrefix(window, []byte(cdata)):
		if len(s.open) == 0 {
			return 0, false, s.corrupt(fault.NotXML)
		}
		end := bytes.Index(window, []byte("]]>"))
		if end < 0 {
			return 0, false, nil
		}
		s.Text = s.lineEnds(window[len(cdata):end])
		return end + 3, true, nil
	case bytes.HasPrefix(window, []byte("<!DOCTYPE")):
		return 0, false, s.corrupt(fault.Doctype)
	case len(window) < len(cdata) && !s.eof &&
		(bytes.HasPrefix([]byte(comment), window) || bytes.HasPrefix([]byte(cdata), window) || bytes.HasPrefix([]byte("<!DOCTYPE"), window)):
		return 0, false, nil
	case len(window) < len(cdata) && s.eof:
		return 0, false, nil // ends early
	default:
		return 0, false, s.corrupt(fault.NotXML)
	}
}

// enter opens the element whose qualified name is given.
func (s *Scanner) enter(qualified []byte, e element) error {
	if len(s.open) >= s.lim.Depth {
		return fault.TooLarge(fault.Depth, int64(s.lim.Depth))
	}
	e.name = len(s.names)
	s.names = append(s.names, qualified...)
	s.open = append(s.open, e)
	s.rootSeen = true
	return nil
}

// leave closes the innermost element and sets Name and Space to it.
func (s *Scanner) leave() {
	e := s.open[len(s.open)-1]
	s.Name, s.Space = s.names[e.name+e.local:], e.space
	s.names = s.names[:e.name]
	s.open = s.open[:len(s.open)-1]
	s.spaces, s.deflt = s.spaces[:e.spaces], e.deflt
}
