package markup

import (
	"bytes"
	"slices"
	"strings"
)

// Document is a small document held in memory, with the changes to be made to it. What isn't changed keeps its bytes.
type Document struct {
	source   []byte
	Elements []Element // in document order; the first is the document's own
	changes  map[int]*change
}

// Element is where an element stands in its document.
type Element struct {
	Name   string // without its prefix
	Prefix string // with its colon, or empty
	Parent int    // index of the element around it, -1 for the document's own

	start, content, end, after int // <a>, its content, </a>, what follows
	empty                      bool
}

type change struct {
	attrs    []attrChange
	appended strings.Builder
	before   strings.Builder
	removed  bool
}

type attrChange struct{ name, value string }

// Parse takes a document apart.
func Parse(source []byte) (*Document, error) {
	d := &Document{source: source, changes: map[int]*change{}}
	s, at := NewScanner(bytes.NewReader(source)), 0
	var open []int
	for s.Next() {
		t := s.Token()
		from := at
		at += len(t.Raw)
		switch t.Kind {
		case Start, Empty:
			parent := -1
			if len(open) > 0 {
				parent = open[len(open)-1]
			}
			e := Element{Name: string(t.Local()), Prefix: t.Prefix(), Parent: parent, start: from, content: at, end: at, after: at, empty: t.Kind == Empty}
			d.Elements = append(d.Elements, e)
			if t.Kind == Start {
				open = append(open, len(d.Elements)-1)
			}
		case End:
			e := &d.Elements[open[len(open)-1]]
			e.end, e.after = from, at
			open = open[:len(open)-1]
		case Other:
			if bytes.HasPrefix(t.Raw, []byte("<?xml ")) && !declaresUTF8(t.Raw) {
				return nil, ErrMarkup
			}
		}
	}
	return d, s.Err()
}

// declaresUTF8 reports whether an XML declaration leaves the encoding at UTF-8.
func declaresUTF8(raw []byte) bool {
	encoding, _, ok := findAttr(raw, "encoding")
	return !ok || strings.EqualFold(string(encoding), "utf-8") || strings.EqualFold(string(encoding), "us-ascii")
}

// Children lists the elements directly within an element that have a name, or all when it is empty.
func (d *Document) Children(parent int, name string) []int {
	var out []int
	for i := parent + 1; i < len(d.Elements) && d.Elements[i].Parent >= parent; i++ {
		if d.Elements[i].Parent == parent && (name == "" || d.Elements[i].Name == name) {
			out = append(out, i)
		}
	}
	return out
}

// Child is the first of Children, or -1.
func (d *Document) Child(parent int, name string) int {
	for i := parent + 1; i < len(d.Elements) && d.Elements[i].Parent >= parent; i++ {
		if d.Elements[i].Parent == parent && d.Elements[i].Name == name {
			return i
		}
	}
	return -1
}

// Attr gives an attribute of an element as it stands in the document.
func (d *Document) Attr(i int, name string) (string, bool) {
	e := &d.Elements[i]
	value, _, ok := findAttr(d.source[e.start:e.content], name)
	return string(value), ok
}

// Raw is an element with everything in it, as it stands in the document.
func (d *Document) Raw(i int) string {
	return string(d.source[d.Elements[i].start:d.Elements[i].after])
}

// Content is what stands within an element.
func (d *Document) Content(i int) string {
	return string(d.source[d.Elements[i].content:d.Elements[i].end])
}

// Namespace is what the document's element declares its own prefix to stand for.
func (d *Document) Namespace() string {
	name := "xmlns"
	if p := d.Elements[0].Prefix; p != "" {
		name += ":" + strings.TrimSuffix(p, ":")
	}
	ns, _ := d.Attr(0, name)
	return ns
}

// Dialect gives a snippet, whose tags have no prefix, with the prefix of the document's element.
func (d *Document) Dialect(snippet string) string { return Prefixed(snippet, d.Elements[0].Prefix) }

// Prefixed puts a prefix before the name of every tag. Attribute values have their < escaped.
func Prefixed(snippet, prefix string) string {
	if prefix == "" {
		return snippet
	}
	snippet = strings.ReplaceAll(snippet, "<", "<"+prefix)
	return strings.ReplaceAll(snippet, "<"+prefix+"/", "</"+prefix)
}

// Bare takes a prefix off the names of the tags again.
func Bare(snippet, prefix string) string {
	if prefix == "" {
		return snippet
	}
	return strings.NewReplacer("<"+prefix, "<", "</"+prefix, "</").Replace(snippet)
}

func (d *Document) change(i int) *change {
	c := d.changes[i]
	if c == nil {
		c = &change{}
		d.changes[i] = c
	}
	return c
}

// SetAttr changes or adds an attribute; the value must be escaped already.
func (d *Document) SetAttr(i int, name, value string) {
	c := d.change(i)
	c.attrs = append(c.attrs, attrChange{name, value})
}

// Append puts a snippet behind everything in an element.
func (d *Document) Append(i int, snippet string) { d.change(i).appended.WriteString(snippet) }

// Before puts a snippet in front of an element.
func (d *Document) Before(i int, snippet string) { d.change(i).before.WriteString(snippet) }

// Remove takes an element out.
func (d *Document) Remove(i int) { d.change(i).removed = true }

type splice struct {
	from, to int
	text     string
}

// Bytes is the document with its changes.
func (d *Document) Bytes() []byte {
	var splices []splice
	for i, c := range d.changes {
		splices = append(splices, d.splices(&d.Elements[i], c)...)
	}
	slices.SortFunc(splices, func(a, b splice) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	out, at := make([]byte, 0, len(d.source)+1024), 0
	for _, s := range splices {
		if s.from < at { // within what was removed
			continue
		}
		out = append(append(out, d.source[at:s.from]...), s.text...)
		at = s.to
	}
	return append(out, d.source[at:]...)
}

func (d *Document) splices(e *Element, c *change) []splice {
	out := []splice{{e.start, e.start, c.before.String()}}
	if c.removed {
		return append(out, splice{e.start, e.after, ""})
	}
	tag := d.source[e.start:e.content]
	for _, a := range c.attrs {
		tag = SetAttr(nil, tag, a.name, a.value)
	}
	appended := c.appended.String()
	if e.empty && appended != "" {
		open := strings.TrimRight(strings.TrimSuffix(string(tag), "/>"), " \t\r\n")
		return append(out, splice{e.start, e.content, open + ">" + appended + "</" + e.Prefix + e.Name + ">"})
	}
	if len(c.attrs) > 0 {
		out = append(out, splice{e.start, e.content, string(tag)})
	}
	return append(out, splice{e.end, e.end, appended})
}

// Unescape gives the text of a value or content as it stands in a document. Entities that XML doesn't know stay as they are.
func Unescape(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&#39;", "'", "&#34;", `"`, "&#10;", "\n", "&amp;", "&").Replace(s)
}
