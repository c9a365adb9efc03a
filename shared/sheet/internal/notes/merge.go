package notes

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// ErrUnmergeable is what notes of a form give that new ones can't be merged into without risk to them.
var ErrUnmergeable = errors.New("notes: the sheet's notes have a form that can't be merged into")

// Signed is a text as Merge writes it, below the author's name in brackets. That is how it is known again: programs keep what
// notes say, but not all keep who said it.
func Signed(author, text string) string { return "[" + author + "]\n" + text }

// Merge adds notes, signed, to those that a sheet has already, after taking out what the same author added before: whole notes
// and what stands in other people's notes behind the author's name. A cell keeps the note it has; the new text follows it. Nil stands for a part that the sheet doesn't have. Shape numbers that the drawing has no room for are taken
// from the blocks behind *highest, the highest that the workbook uses, which goes up.
func Merge(comments, drawing []byte, author string, list []Note, highest *int) (newComments, newDrawing []byte, err error) {
	Sort(list)
	for i := range list {
		list[i].Text = Signed(author, list[i].Text)
	}
	if comments == nil {
		if newDrawing, err = mergeDrawing(drawing, nil, list, highest); err != nil {
			return nil, nil, err
		}
		return Comments(author, list), newDrawing, nil
	}
	if drawing == nil {
		return nil, nil, ErrUnmergeable
	}
	newComments, dropped, added, err := mergeComments(comments, author, list)
	if err != nil {
		return nil, nil, err
	}
	newDrawing, err = mergeDrawing(drawing, dropped, added, highest)
	return newComments, newDrawing, err
}

// merger works on the comments of a sheet.
type merger struct {
	doc     *markup.Document
	author  string
	authors []string
	kept    map[string]int // comment element by cell
	dropped map[string]bool
}

func mergeComments(content []byte, author string, list []Note) (merged []byte, dropped map[string]bool, added []Note, err error) {
	doc, err := markup.Parse(content)
	if err != nil || doc.Elements[0].Name != "comments" || doc.Namespace() != nsMain {
		return nil, nil, nil, ErrUnmergeable
	}
	authors, comments := doc.Child(0, "authors"), doc.Child(0, "commentList")
	if authors < 0 || comments < 0 {
		return nil, nil, nil, ErrUnmergeable
	}
	m := merger{doc: doc, author: author, kept: map[string]int{}, dropped: map[string]bool{}}
	own := -1
	for i, a := range doc.Children(authors, "author") {
		m.authors = append(m.authors, markup.Unescape(doc.Content(a)))
		if m.authors[i] == author {
			own = i
		}
	}
	if own < 0 && len(list) > 0 {
		own = len(m.authors)
		doc.Append(authors, doc.Dialect("<author>"+string(markup.AppendText(nil, author))+"</author>"))
	}
	for _, c := range doc.Children(comments, "comment") {
		if err := m.clean(c, own); err != nil {
			return nil, nil, nil, err
		}
	}
	for _, n := range list {
		if c, ok := m.kept[n.Name()]; ok {
			if err := m.extend(c, n.Text); err != nil {
				return nil, nil, nil, err
			}
			continue
		}
		doc.Append(comments, string(appendComment(nil, doc.Elements[0].Prefix, n, own)))
		added = append(added, n)
	}
	return doc.Bytes(), m.dropped, added, nil
}

// clean takes out of a comment what the author added before.
func (m *merger) clean(c, own int) error {
	ref, _ := m.doc.Attr(c, "ref")
	id, _ := m.doc.Attr(c, "authorId")
	n, err := strconv.Atoi(id)
	if err != nil || n < 0 || ref == "" || m.kept[ref] != 0 {
		return ErrUnmergeable
	}
	text := m.doc.Child(c, "text")
	if n == own && n < len(m.authors) || text >= 0 && strings.HasPrefix(strings.TrimSpace(m.says(text)), m.divider()) {
		m.doc.Remove(c)
		m.dropped[ref] = true
		return nil
	}
	m.kept[ref] = c
	if text < 0 {
		return nil
	}
	found := false
	for _, run := range m.doc.Children(text, "") {
		if found {
			m.doc.Remove(run)
			continue
		}
		found = m.cut(run)
	}
	return nil
}

func (m *merger) divider() string { return string(markup.AppendText(nil, "["+m.author+"]")) }

// says is the text of a comment.
func (m *merger) says(text int) string {
	all := ""
	for _, run := range m.doc.Children(text, "") {
		if t := m.textOf(run); t >= 0 {
			all += m.doc.Content(t)
		}
	}
	return all
}

// textOf is the text element of a run, or of a text without runs; -1 for none.
func (m *merger) textOf(run int) int {
	switch m.doc.Elements[run].Name {
	case "t":
		return run
	case "r":
		return m.doc.Child(run, "t")
	}
	return -1
}

// cut shortens a run, or a text without runs, at the divider.
func (m *merger) cut(run int) bool {
	t := m.textOf(run)
	if t < 0 {
		return false
	}
	before, _, found := strings.Cut(m.doc.Content(t), m.divider())
	if !found {
		return false
	}
	before = strings.TrimRight(before, " \r\n")
	if before != "" {
		m.doc.Before(run, m.doc.Dialect(`<r><t xml:space="preserve">`+before+`</t></r>`))
	}
	m.doc.Remove(run)
	return true
}

// extend puts new text behind the one of a comment.
func (m *merger) extend(c int, addition string) error {
	text := m.doc.Child(c, "text")
	id, _ := m.doc.Attr(c, "authorId")
	author, _ := strconv.Atoi(id)
	threaded := author < len(m.authors) && strings.HasPrefix(m.authors[author], "tc=")
	if text < 0 || threaded || m.doc.Child(text, "rPh") >= 0 {
		return ErrUnmergeable
	}
	prefix := m.doc.Elements[0].Prefix
	if t := m.doc.Child(text, "t"); t >= 0 && !strings.Contains(m.doc.Content(t), m.divider()) {
		m.doc.Before(t, "<"+prefix+"r>"+m.doc.Raw(t)+"</"+prefix+"r>")
		m.doc.Remove(t)
	}
	m.doc.Append(text, string(appendRun(nil, prefix, "\n\n"+addition)))
	return nil
}

var (
	shapeRow    = regexp.MustCompile(`<x:Row>\s*(\d{1,7})\s*</x:Row>`)
	shapeColumn = regexp.MustCompile(`<x:Column>\s*(\d{1,5})\s*</x:Column>`)
	shapeNumber = regexp.MustCompile(`_x0000_s(\d{1,9})"`)
	shapeBlocks = regexp.MustCompile(`<o:idmap [^>]*data="([0-9, ]*)"`)
)

// mergeDrawing works on bytes: the drawings that programs write aren't always well-formed.
func mergeDrawing(content []byte, dropped map[string]bool, added []Note, highest *int) ([]byte, error) {
	if content == nil {
		first := *highest + 1
		*highest += Blocks(len(added))
		return Drawing(added, first), nil
	}
	for _, ns := range []string{`xmlns:v="urn:schemas-microsoft-com:vml"`, `xmlns:o="urn:schemas-microsoft-com:office:office"`, `xmlns:x="urn:schemas-microsoft-com:office:excel"`} {
		if !bytes.Contains(content, []byte(ns)) {
			return nil, ErrUnmergeable
		}
	}
	content = withoutShapes(content, dropped)
	end := bytes.LastIndex(content, []byte(drawingEnd))
	if end < 0 {
		return nil, ErrUnmergeable
	}
	if len(added) == 0 {
		return content, nil
	}
	out := append([]byte(nil), content[:end]...)
	if !bytes.Contains(content, []byte(`id="_x0000_t202"`)) {
		out = append(out, shapeType...)
	}
	numbers := numbersOf(content)
	for _, n := range added {
		out = appendShape(out, n, numbers.take(highest))
	}
	return numbers.list(append(out, content[end:]...)), nil
}

// withoutShapes takes out the boxes of the notes at some cells.
func withoutShapes(content []byte, cells map[string]bool) []byte {
	const open, end = "<v:shape ", "</v:shape>"
	var out []byte
	for len(cells) > 0 {
		from := bytes.Index(content, []byte(open))
		if from < 0 {
			break
		}
		n := bytes.Index(content[from:], []byte(end))
		if n < 0 {
			break
		}
		shape := content[from : from+n+len(end)]
		out = append(out, content[:from]...)
		if !cells[cellOf(shape)] {
			out = append(out, shape...)
		}
		content = content[from+len(shape):]
	}
	return append(out, content...)
}

// cellOf names the cell whose note a shape is the box of, or gives "".
func cellOf(shape []byte) string {
	row, column := shapeRow.FindSubmatch(shape), shapeColumn.FindSubmatch(shape)
	if row == nil || column == nil || !bytes.Contains(shape, []byte(`ObjectType="Note"`)) {
		return ""
	}
	r, _ := strconv.Atoi(string(row[1]))
	c, _ := strconv.Atoi(string(column[1]))
	return Note{Col: c + 1, Row: r + 1}.Name()
}

// numbers are the shape numbers of a drawing.
type numbers struct {
	used   map[int]bool
	blocks []int
	block  int // index of the block that numbers are taken from
	next   int // in that block
}

func numbersOf(drawing []byte) *numbers {
	n := &numbers{used: map[int]bool{}, next: 1}
	for _, m := range shapeNumber.FindAllSubmatch(drawing, -1) {
		id, _ := strconv.Atoi(string(m[1]))
		n.used[id] = true
	}
	for _, block := range blocksOf(drawing) {
		if !slices.Contains(n.blocks, block) {
			n.blocks = append(n.blocks, block)
		}
	}
	return n
}

func blocksOf(drawing []byte) []int {
	var blocks []int
	for _, m := range shapeBlocks.FindAllSubmatch(drawing, -1) {
		for _, text := range strings.Split(string(m[1]), ",") {
			if block, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && block > 0 && block <= maxBlock {
				blocks = append(blocks, block)
			}
		}
	}
	return blocks
}

// take gives the next number that is free, in a further block of the workbook when those of the drawing are full.
func (n *numbers) take(highest *int) int {
	for {
		if n.block == len(n.blocks) {
			*highest++
			n.blocks = append(n.blocks, *highest)
		}
		for ; n.next < shapesPerBlock; n.next++ {
			if id := n.blocks[n.block]*shapesPerBlock + n.next; !n.used[id] {
				n.next++
				return id
			}
		}
		n.block, n.next = n.block+1, 1
	}
}

// list names the blocks in the drawing, if it names any.
func (n *numbers) list(drawing []byte) []byte {
	at := shapeBlocks.FindSubmatchIndex(drawing)
	if at == nil {
		return drawing
	}
	var list []string
	for _, block := range n.blocks {
		list = append(list, strconv.Itoa(block))
	}
	out := append([]byte(nil), drawing[:at[2]]...)
	return append(append(out, strings.Join(list, ",")...), drawing[at[3]:]...)
}

const maxBlock = 1 << 20

// HighestBlock is the highest block of shape numbers that a drawing uses.
func HighestBlock(drawing []byte) int {
	highest := 0
	for _, m := range shapeNumber.FindAllSubmatch(drawing, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		highest = max(highest, n/shapesPerBlock)
	}
	for _, block := range blocksOf(drawing) {
		highest = max(highest, block)
	}
	return min(highest, maxBlock)
}
