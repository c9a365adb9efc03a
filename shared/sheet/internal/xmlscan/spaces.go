package xmlscan

import (
	"bytes"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// Space is a namespace that matters here; Transitional and Strict OOXML have the same.
type Space uint8

// The namespaces.
const (
	NoSpace      Space = iota
	Main               // SpreadsheetML
	Relation           // attributes that refer to relationships: r:id
	PackageLinks       // parts that list relationships
	ContentTypes       // the part that lists content types
	XML                // xml:space, xml:lang
	Other
	Compatibility // alternatives for programs that know more or less
)

var known = map[string]Space{
	"": NoSpace,
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           Main,
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       Main,
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": Relation,
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             Relation,
	"http://schemas.openxmlformats.org/package/2006/relationships":        PackageLinks,
	"http://schemas.openxmlformats.org/package/2006/content-types":        ContentTypes,
	"http://schemas.openxmlformats.org/markup-compatibility/2006":         Compatibility,
	xmlSpace: XML,
}

const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)

// usualBindings is how many bindings are looked at in the time that a token takes.
const usualBindings = 8

type binding struct {
	prefix string
	space  Space
}

// declare takes the declarations of namespaces out of Attrs and binds them for the element about to open.
func (s *Scanner) declare() error {
	kept := s.Attrs[:0]
	for _, a := range s.Attrs {
		switch {
		case len(a.Prefix) == 0 && string(a.Name) == "xmlns":
			if v := string(a.Value); v == xmlSpace || v == xmlnsSpace {
				return s.corrupt(fault.BadNamespace)
			}
			s.deflt = spaceOf(a.Value)
		case string(a.Prefix) == "xmlns":
			prefix, uri := string(a.Name), string(a.Value)
			if uri == "" || prefix == "xmlns" || uri == xmlnsSpace || (prefix == "xml") != (uri == xmlSpace) {
				return s.corrupt(fault.BadNamespace)
			}
			s.spaces = append(s.spaces, binding{prefix, spaceOf(a.Value)})
		default:
			kept = append(kept, a)
		}
	}
	s.Attrs = kept
	return nil
}

func spaceOf(uri []byte) Space {
	if space, ok := known[string(uri)]; ok {
		return space
	}
	if space, ok := known[strings.TrimSuffix(string(bytes.TrimSpace(uri)), "/")]; ok && len(uri) > 0 {
		return space // seen in the wild
	}
	return Other
}

// resolve returns the namespace of a prefix; the empty one has the default namespace.
func (s *Scanner) resolve(prefix []byte) (Space, bool) {
	if len(prefix) == 0 {
		return s.deflt, true
	}
	for i := len(s.spaces) - 1; i >= 0; i-- {
		if s.spaces[i].prefix == string(prefix) {
			s.work += (len(s.spaces) - i) / usualBindings
			return s.spaces[i].space, true
		}
	}
	return XML, string(prefix) == "xml"
}

// Plain reports whether an attribute of the element started last is one of the element's own. Those of other namespaces say
// nothing to a reader that doesn't know them; those that have the prefix of SpreadsheetML itself are none at all.
func (s *Scanner) Plain(a *Attr) (bool, error) {
	if len(a.Prefix) == 0 {
		return true, nil
	}
	if space, _ := s.resolve(a.Prefix); space == Main {
		return false, s.corrupt(fault.BadAttribute)
	}
	return false, nil
}

// Attr returns the value of the attribute with that name and no prefix.
func (s *Scanner) Attr(name string) ([]byte, bool) {
	for i := range s.Attrs {
		if a := &s.Attrs[i]; len(a.Prefix) == 0 && string(a.Name) == name {
			return a.Value, true
		}
	}
	return nil, false
}

// AttrIn returns the value of the attribute with that name in that namespace.
func (s *Scanner) AttrIn(space Space, name string) ([]byte, bool) {
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if len(a.Prefix) == 0 || string(a.Name) != name {
			continue
		}
		if got, _ := s.resolve(a.Prefix); got == space {
			return a.Value, true
		}
	}
	return nil, false
}
