package sheet

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
	"github.com/learning-cities/guildhall/shared/sheet/internal/notes"
	"github.com/learning-cities/guildhall/shared/sheet/internal/opc"
	"github.com/learning-cities/guildhall/shared/sheet/internal/restyle"
	"github.com/learning-cities/guildhall/shared/sheet/internal/zipout"
)

// copier makes the faithful copy: part by part, those that need no change as the compressed bytes they are.
type copier struct {
	*annotation
	pkg      *opc.Package
	archive  *zipout.Archive
	edited   map[string][]byte // small parts, new or changed, by name
	dropped  map[string]bool   // by lower-case name
	bookPart string
	bookRels []opc.Relation
	book     *markup.Document // the workbook part
	tabs     []tab
	styles   *senderStyles
	styling  string // the styles part
	types    *markup.Document
	block    int // highest block of shape numbers in use
}

// tab is a sheet of the workbook: the reader's name of it, its element and its part.
type tab struct {
	name    string
	element int
	part    string
	rows    bool // a worksheet, not a chart
}

// copy writes the faithful copy, or answers with an *unsafeError and has written nothing.
func (a *annotation) copy(dst io.Writer, src io.ReaderAt, size int64) error {
	c := &copier{annotation: a, archive: zipout.New(dst), edited: map[string][]byte{}, dropped: map[string]bool{}}
	defer c.archive.Discard()
	pkg, err := opc.Read(src, size)
	if err != nil {
		return unsafeForm
	}
	c.pkg = pkg
	for _, step := range []func() error{c.open, c.openStyles, c.dropSignatures, c.markSheets, c.addSheets, c.finish} {
		if err := step(); err != nil {
			return asUnsafe(err)
		}
		if err := a.ctx.Err(); err != nil {
			return err
		}
	}
	return c.archive.Close()
}

// asUnsafe gives the reason for the sender where a part can't be changed safely.
func asUnsafe(err error) error {
	for known, reason := range map[error]string{
		opc.ErrForm: "form", markup.ErrMarkup: "form", restyle.ErrUnexpected: "form", restyle.ErrStrict: "strict",
		restyle.ErrProtected: "protected", notes.ErrUnmergeable: "comments",
	} {
		if errors.Is(err, known) {
			return &unsafeError{annotateTexts[reason]}
		}
	}
	return err
}

// load gives a small part, and the name under which the archive has it.
func (c *copier) load(part string) (doc *markup.Document, name string, err error) {
	content, err := c.pkg.Load(part)
	if err != nil {
		return nil, "", err
	}
	doc, err = markup.Parse(content)
	return doc, c.pkg.File(part).Name, err
}

// findRelation finds the first reference of a type.
func findRelation(list []opc.Relation, kind string) (opc.Relation, bool) {
	for _, r := range list {
		if r.Type == kind && !r.External {
			return r, true
		}
	}
	return opc.Relation{}, false
}

const strictPrefix = "http://purl.oclc.org/ooxml/"

// open finds the workbook and its sheets.
func (c *copier) open() error {
	root, err := c.pkg.Relations("")
	if err != nil {
		return err
	}
	office, ok := findRelation(root, "officeDocument")
	switch {
	case !ok:
		return unsafeForm
	case strings.HasPrefix(office.URI, strictPrefix):
		return restyle.ErrStrict
	}
	if c.book, c.bookPart, err = c.load(office.Target); err != nil {
		return err
	}
	if c.book.Elements[0].Name != "workbook" || c.book.Namespace() != nsMain {
		return restyle.ErrStrict
	}
	if c.types, _, err = c.load("[Content_Types].xml"); err != nil {
		return err
	}
	if p := c.book.Child(0, "workbookProtection"); p >= 0 {
		for _, lock := range []string{"lockStructure", "lockWindows"} {
			if on, _ := c.book.Attr(p, lock); on == "1" || on == "true" {
				return restyle.ErrProtected
			}
		}
	}
	if c.bookRels, err = c.pkg.Relations(c.bookPart); err != nil {
		return err
	}
	return c.openTabs()
}

func (c *copier) openTabs() error {
	list := c.book.Child(0, "sheets")
	if list < 0 {
		return unsafeForm
	}
	parts := map[string]opc.Relation{}
	for _, r := range c.bookRels {
		parts[r.ID] = r
	}
	elements, infos := c.book.Children(list, "sheet"), c.annotation.book.Sheets()
	if len(elements) != len(infos) {
		return unsafeForm
	}
	used := map[string]bool{}
	for i, element := range elements {
		id, ok := c.book.Attr(element, "r:id")
		r, found := parts[id]
		if !ok || !found || r.External || c.pkg.File(r.Target) == nil || used[strings.ToLower(r.Target)] {
			return unsafeForm
		}
		used[strings.ToLower(r.Target)] = true
		c.tabs = append(c.tabs, tab{infos[i].Name, element, c.pkg.File(r.Target).Name, r.Type == "worksheet"})
	}
	return nil
}

func (c *copier) openStyles() error {
	r, ok := findRelation(c.bookRels, "styles")
	if !ok || c.pkg.File(r.Target) == nil {
		return unsafeStyles
	}
	content, err := c.pkg.Load(r.Target)
	if err != nil {
		return err
	}
	var old []string
	if c.marker.Problems != "" {
		old = append([]string{""}, c.marker.fills...)
	}
	c.styling = c.pkg.File(r.Target).Name
	c.styles, err = readStyles(content, old)
	return err
}

// dropSignatures takes out what can't hold for a changed workbook.
func (c *copier) dropSignatures() error {
	const folder = "_xmlsignatures/"
	for _, f := range c.pkg.Files {
		lower := strings.ToLower(f.Name)
		if !strings.HasPrefix(lower, folder) {
			continue
		}
		c.drop(f.Name)
		if strings.HasSuffix(lower, ".xml") {
			c.result.Signatures = append(c.result.Signatures, f.Name)
		}
	}
	if len(c.dropped) == 0 {
		return nil
	}
	return c.editRelations("", func(doc *markup.Document) {
		for _, r := range doc.Children(0, "Relationship") {
			if target, _ := doc.Attr(r, "Target"); strings.HasPrefix(strings.ToLower(strings.TrimPrefix(target, "/")), folder) {
				doc.Remove(r)
			}
		}
	})
}

// drop leaves a part out of the copy.
func (c *copier) drop(part string) {
	c.dropped[strings.ToLower(part)] = true
	for _, o := range c.types.Children(0, "Override") {
		if name, _ := c.types.Attr(o, "PartName"); strings.EqualFold(strings.TrimPrefix(markup.Unescape(name), "/"), part) {
			c.types.Remove(o)
		}
	}
}

// editRelations changes the references of a part, which need not have any yet.
func (c *copier) editRelations(part string, edit func(doc *markup.Document)) error {
	name := opc.RelationsPart(part)
	content, pending := c.edited[name]
	if f := c.pkg.File(name); f != nil && !pending {
		name = f.Name
		if content, pending = c.edited[name]; !pending {
			var err error
			if content, err = c.pkg.Load(name); err != nil {
				return err
			}
		}
	}
	if content == nil {
		content = relationships(nil).xml(part)
	}
	doc, err := markup.Parse(content)
	if err != nil {
		return err
	}
	edit(doc)
	c.edited[name] = doc.Bytes()
	return nil
}

// refer adds a reference and gives its identifier.
func (c *copier) refer(part, kind, target string) (id string, err error) {
	err = c.editRelations(part, func(doc *markup.Document) {
		taken := map[string]bool{}
		for _, r := range doc.Children(0, "Relationship") {
			id, _ := doc.Attr(r, "Id")
			taken[id] = true
		}
		id = freeID(taken)
		doc.Append(0, doc.Dialect(fmt.Sprintf(`<Relationship Id="%s" Type="%s/%s" Target="%s"/>`, id, nsRels, kind, attr(relativeTo(part, target)))))
	})
	return id, err
}

// unrefer takes a reference out.
func (c *copier) unrefer(part, id string) error {
	return c.editRelations(part, func(doc *markup.Document) {
		for _, r := range doc.Children(0, "Relationship") {
			if have, _ := doc.Attr(r, "Id"); have == id {
				doc.Remove(r)
			}
		}
	})
}

func freeID(taken map[string]bool) string {
	for n := 1; ; n++ {
		if id := "rId" + strconv.Itoa(n); !taken[id] {
			return id
		}
	}
}

// newPart gives a part name that neither the sender's package nor the copy has.
func (c *copier) newPart(format string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(format, n); !c.taken(name) {
			return name
		}
	}
}

func (c *copier) taken(name string) bool {
	return c.pkg.File(name) != nil || c.edited[name] != nil || c.archive.Has(name)
}

// declare gives a new part its content type.
func (c *copier) declare(part string) {
	c.types.Append(0, c.types.Dialect(`<Override PartName="/`+attr(part)+`" ContentType="`+contentType(part)+`"/>`))
}

// declareDrawings gives drawings of notes their content type.
func (c *copier) declareDrawings() {
	for _, d := range c.types.Children(0, "Default") {
		if extension, _ := c.types.Attr(d, "Extension"); strings.EqualFold(extension, "vml") {
			return
		}
	}
	first := c.types.Child(0, "Override")
	snippet := c.types.Dialect(`<Default Extension="vml" ContentType="` + typeVML + `"/>`)
	if first >= 0 {
		c.types.Before(first, snippet)
	} else {
		c.types.Append(0, snippet)
	}
}

// finish puts the archive together.
func (c *copier) finish() error {
	types := c.pkg.File("[Content_Types].xml").Name
	c.edited[c.bookPart], c.edited[c.styling], c.edited[types] = c.book.Bytes(), c.styles.bytes(), c.types.Bytes()
	for name, content := range c.edited {
		if err := c.archive.Put(name, content); err != nil {
			return err
		}
	}
	for _, f := range c.pkg.Files {
		if c.archive.Has(f.Name) || c.dropped[strings.ToLower(f.Name)] {
			continue
		}
		if err := c.archive.Copy(f); err != nil {
			return err
		}
	}
	return nil
}
