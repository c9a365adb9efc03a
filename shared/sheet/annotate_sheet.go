package sheet

import (
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/notes"
	"github.com/learning-cities/guildhall/shared/sheet/internal/opc"
	"github.com/learning-cities/guildhall/shared/sheet/internal/restyle"
)

// markSheets rewrites the sheets that have marks, and after an earlier annotation all that may still have its marks.
func (c *copier) markSheets() error {
	if err := c.findBlocks(); err != nil {
		return err
	}
	for _, t := range c.tabs {
		if !t.rows || t.name == markerSheet || t.name == c.old {
			continue
		}
		if len(c.spots[t.name]) == 0 && !c.styles.remark {
			continue
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
		if err := c.markSheet(t); err != nil {
			return err
		}
	}
	return nil
}

// findBlocks finds the highest block of shape numbers: those of new notes must be the workbook's first.
func (c *copier) findBlocks() error {
	for _, f := range c.pkg.Files {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".vml") {
			continue
		}
		content, err := c.pkg.Load(f.Name)
		if err != nil {
			return err
		}
		c.block = max(c.block, notes.HighestBlock(content))
	}
	return nil
}

// besides are the parts of a sheet's notes.
type besides struct {
	relations         []opc.Relation
	comments, drawing string // names, empty for none
}

func (c *copier) besidesOf(t tab) (besides, error) {
	list, err := c.pkg.Relations(t.part)
	b := besides{relations: list}
	if r, ok := findRelation(list, "comments"); ok {
		b.comments = r.Target
	}
	return b, err
}

func (c *copier) markSheet(t tab) error {
	layout, err := c.layoutOf(t)
	if err != nil {
		return err
	}
	cells := showAt(c.spots[t.name], layout.Merges)
	b, err := c.besidesOf(t)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, r := range b.relations {
		taken[r.ID] = true
	}
	drawing := freeID(taken)
	opts := restyle.Options{Style: c.styles.mark}
	if c.styles.remark {
		opts.Clean = c.styles.clean
	}
	if slices.ContainsFunc(cells, c.noted) {
		opts.Drawing = drawing
	}
	for _, s := range cells {
		opts.Cells = append(opts.Cells, restyle.Cell{Row: s.row, Col: s.col, Level: s.level})
	}
	named, err := c.rewrite(t.part, opts)
	if err != nil {
		return err
	}
	if named != drawing || opts.Drawing == "" {
		for _, r := range b.relations {
			if r.ID == named && !r.External {
				b.drawing = r.Target
			}
		}
		if named != "" && b.drawing == "" {
			return unsafeForm
		}
	}
	return c.putNotes(t, b, c.notesAt(cells))
}

// layoutOf is what stands beside the rows of a sheet that gets marks; others need not be known so well.
func (c *copier) layoutOf(t tab) (Layout, error) {
	if len(c.spots[t.name]) == 0 {
		return Layout{}, nil
	}
	return c.annotation.book.Layout(c.ctx, t.name)
}

// rewrite copies a sheet with its marks and gives the relationship of the drawing that it names.
func (c *copier) rewrite(part string, opts restyle.Options) (drawing string, err error) {
	body, err := c.pkg.Open(part)
	if err != nil {
		return "", err
	}
	defer func() { _ = body.Close() }()
	entry, err := c.archive.Create(part)
	if err != nil {
		return "", err
	}
	if drawing, err = restyle.Copy(entry, body, opts); err != nil {
		return "", err
	}
	return drawing, entry.Close()
}

// notesAt gives the notes of a sheet.
func (c *copier) notesAt(cells []*shown) []notes.Note {
	var list []notes.Note
	for _, s := range cells {
		if text, ok := c.noteAt(s); ok {
			list = append(list, notes.Note{Row: s.row, Col: s.col, Text: text})
		}
	}
	return list
}

// putNotes merges notes into the parts that a sheet has for them, or adds those parts.
func (c *copier) putNotes(t tab, b besides, list []notes.Note) error {
	if len(list) == 0 && b.comments == "" {
		return nil
	}
	var old [2][]byte
	for i, part := range []string{b.comments, b.drawing} {
		if part == "" {
			continue
		}
		var err error
		if old[i], err = c.pkg.Load(part); err != nil {
			return err
		}
	}
	comments, drawing, err := notes.Merge(old[0], old[1], noteAuthor, list, &c.block)
	if err != nil {
		return err
	}
	for _, p := range []struct {
		part, kind, format string
		content            []byte
	}{
		{b.drawing, "vmlDrawing", "xl/drawings/vmlDrawing%d.vml", drawing}, // first, for the identifier that the sheet names
		{b.comments, "comments", "xl/comments%d.xml", comments},
	} {
		if err := c.putNotesPart(t, p.part, p.kind, p.format, p.content); err != nil {
			return err
		}
	}
	return nil
}

func (c *copier) putNotesPart(t tab, part, kind, format string, content []byte) error {
	if part != "" {
		c.edited[c.pkg.File(part).Name] = content
		return nil
	}
	part = c.newPart(format)
	c.edited[part] = content
	if kind == "vmlDrawing" {
		c.declareDrawings()
	} else {
		c.declare(part)
	}
	_, err := c.refer(t.part, kind, part)
	return err
}
