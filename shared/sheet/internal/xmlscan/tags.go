package xmlscan

import (
	"bytes"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// maxAttrs bounds the attributes of a tag, which are compared with each other; office formats stay below 40.
const maxAttrs = 128

// usualSpaces is how many bytes of white space are skipped in the time that a token takes.
const usualSpaces = 8

// usualAttrs is how many attributes are compared with another in the time that a token takes.
const usualAttrs = 8

// maxName bounds a name, of which all that are open are held; those of office formats are short.
const maxName = 1 << 10

// startTag scans a start tag or an empty element.
func (s *Scanner) startTag(w []byte) (Kind, bool, error) {
	if len(s.open) == 0 && s.rootSeen {
		return 0, false, s.corrupt(fault.AfterRoot)
	}
	name, i, err := s.name(w, 1)
	if err != nil || i == 0 {
		return 0, false, err
	}
	s.Attrs, s.scratch = s.Attrs[:0], s.scratch[:0]
	declares := false
	for {
		gap := i
		for i < len(w) && isSpace(w[i]) {
			i++
		}
		s.work += (i - gap) / usualSpaces
		if i == len(w) {
			return 0, false, nil
		}
		if w[i] == '>' || w[i] == '/' {
			break
		}
		if i == gap {
			return 0, false, s.corrupt(fault.NotXML)
		}
		next, declaration, err := s.attribute(w, i)
		if err != nil || next == 0 {
			return 0, false, err
		}
		i, declares = next, declares || declaration
	}
	empty := w[i] == '/'
	if empty {
		if i++; i == len(w) {
			return 0, false, nil
		}
		if w[i] != '>' {
			return 0, false, s.corrupt(fault.NotXML)
		}
	}
	if err := s.begin(name, declares); err != nil {
		return 0, false, err
	}
	s.empty = empty
	s.consume(i + 1)
	return Start, true, nil
}

// begin resolves the namespaces of a complete start tag and opens its element.
func (s *Scanner) begin(name qname, declares bool) error {
	e := element{spaces: len(s.spaces), deflt: s.deflt, local: len(name.full) - len(name.local)}
	if declares {
		if err := s.declare(); err != nil {
			return err
		}
	}
	var ok bool
	if e.space, ok = s.resolve(name.prefix()); !ok {
		return s.corrupt(fault.BadNamespace)
	}
	for i := range s.Attrs {
		if prefix := s.Attrs[i].Prefix; len(prefix) > 0 {
			if _, ok := s.resolve(prefix); !ok {
				return s.corrupt(fault.BadNamespace)
			}
		}
	}
	s.Name, s.Space = name.local, e.space
	return s.enter(name.full, e)
}

// endTag scans an end tag.
func (s *Scanner) endTag(w []byte) (Kind, bool, error) {
	if len(s.open) == 0 {
		return 0, false, s.corrupt(fault.TagMismatch)
	}
	want := s.names[s.open[len(s.open)-1].name:]
	i := 2 + len(want)
	if i >= len(w) {
		if bytes.IndexByte(w, '>') >= 0 {
			return 0, false, s.corrupt(fault.TagMismatch)
		}
		return 0, false, nil
	}
	if !bytes.Equal(w[2:i], want) || isNameByte(w[i]) {
		return 0, false, s.corrupt(fault.TagMismatch)
	}
	for isSpace(w[i]) {
		if i++; i == len(w) {
			return 0, false, nil
		}
	}
	if w[i] != '>' {
		return 0, false, s.corrupt(fault.NotXML)
	}
	s.leave()
	s.consume(i + 1)
	return End, true, nil
}

// attribute scans one attribute at i and returns where it ends, or 0 for more.
func (s *Scanner) attribute(w []byte, i int) (next int, declaration bool, err error) {
	name, i, err := s.name(w, i)
	if err != nil || i == 0 {
		return 0, false, err
	}
	for i < len(w) && isSpace(w[i]) {
		i++
	}
	if i < len(w) && w[i] != '=' {
		return 0, false, s.corrupt(fault.NotXML)
	}
	i++
	for i < len(w) && isSpace(w[i]) {
		i++
	}
	if i >= len(w) {
		return 0, false, nil
	}
	quote := w[i]
	if quote != '"' && quote != '\'' {
		return 0, false, s.corrupt(fault.NotXML)
	}
	n := bytes.IndexByte(w[i+1:], quote)
	if n < 0 {
		if bytes.IndexByte(w[i+1:], '<') >= 0 {
			return 0, false, s.corrupt(fault.NotXML)
		}
		return 0, false, nil
	}
	value, err := s.decodeAttr(w[i+1 : i+1+n])
	if err != nil {
		return 0, false, err
	}
	if len(s.Attrs) == maxAttrs {
		return 0, false, fault.TooLarge(fault.Attributes, maxAttrs)
	}
	attr := Attr{Prefix: name.prefix(), Name: name.local, Value: value}
	for j := range s.Attrs {
		if bytes.Equal(s.Attrs[j].Name, attr.Name) && bytes.Equal(s.Attrs[j].Prefix, attr.Prefix) {
			return 0, false, s.corrupt(fault.BadAttribute)
		}
	}
	s.work += 1 + len(s.Attrs)/usualAttrs
	s.Attrs = append(s.Attrs, attr)
	return i + n + 2, string(attr.Prefix) == "xmlns" || string(attr.Name) == "xmlns", nil
}

// qname is a qualified name and its part behind the prefix.
type qname struct{ full, local []byte }

func (q qname) prefix() []byte {
	if len(q.full) == len(q.local) {
		return nil
	}
	return q.full[:len(q.full)-len(q.local)-1]
}

// name scans a qualified name at i and returns where it ends, or 0 for more.
func (s *Scanner) name(w []byte, i int) (qname, int, error) {
	start, local := i, i
	beyondASCII := false
	for ; i < len(w); i++ {
		class := classes[w[i]]
		if class&nameByte == 0 {
			break
		}
		if w[i] == ':' {
			if local != start {
				return qname{}, 0, s.corrupt(fault.NotXML)
			}
			local = i + 1
		}
		beyondASCII = beyondASCII || w[i] >= 0x80
	}
	if i-start > maxName {
		return qname{}, 0, fault.TooLarge(fault.TextBytes, maxName)
	}
	if i == len(w) {
		return qname{}, 0, nil
	}
	if i == start || i == local || local == start+1 || classes[w[start]]&nameStart == 0 || classes[w[local]]&nameStart == 0 {
		return qname{}, 0, s.corrupt(fault.NotXML)
	}
	if beyondASCII && (!validName(w[start:i], local-start)) {
		return qname{}, 0, s.corrupt(fault.NotXML)
	}
	return qname{full: w[start:i], local: w[local:i]}, i, nil
}
