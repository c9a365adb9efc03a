package sheet

import (
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/opc"
)

// addSheets writes the sheet of problems and the marker sheet. Those of an earlier annotation are replaced in their place, so
// that no number by which other parts know a sheet changes; new ones come last.
func (c *copier) addSheets() error {
	w := newWriter(c.archive, c.styles.table, WriterOptions{Lang: c.opts.Lang})
	w.taken = c.taken
	name, old := c.problemsName(), c.old
	index, part, err := c.tabFor(old, name, "")
	if err != nil {
		return err
	}
	w.part = part
	s, err := w.Sheet(problemsSpec(name))
	if err != nil {
		return err
	}
	if err := c.writeProblems(w, s); err != nil {
		return err
	}
	c.nameRanges(index, s)
	m := c.marker
	m.Problems, m.fills = name, c.styles.covered[1:]
	if m.Lang == "" {
		m.Lang = c.opts.Lang
	}
	if _, w.part, err = c.tabFor(c.oldMarker(), markerSheet, "veryHidden"); err != nil {
		return err
	}
	if err := w.writeMarker(m); err != nil {
		return err
	}
	return w.finishSheet()
}

func (c *copier) oldMarker() string {
	for _, t := range c.tabs {
		if t.name == markerSheet && t.rows {
			return markerSheet
		}
	}
	return ""
}

// tabFor gives the tab of a sheet to be written: the one of an old sheet, or a new one behind the others.
func (c *copier) tabFor(old, name, state string) (index int, part string, err error) {
	for i, t := range c.tabs {
		if old == "" || t.name != old {
			continue
		}
		if old != name {
			c.book.SetAttr(t.element, "name", attr(name))
		}
		c.drop(opc.RelationsPart(t.part))
		return i, t.part, c.dropCalculation()
	}
	part = c.newPart("xl/worksheets/sheet%d.xml")
	id, err := c.refer(c.bookPart, "worksheet", part)
	if err != nil {
		return 0, "", err
	}
	c.declare(part)
	element := `<sheet name="` + attr(name) + `" sheetId="` + strconv.Itoa(c.nextSheetID()) + `"`
	if state != "" {
		element += ` state="` + state + `"`
	}
	c.book.Append(c.book.Child(0, "sheets"), c.book.Dialect(element+` xmlns:r="`+nsRels+`" r:id="`+id+`"/>`))
	c.tabs = append(c.tabs, tab{name: name, part: part, rows: true, element: -1})
	return len(c.tabs) - 1, part, nil
}

// nextSheetID is a number that no tab has, counting those that were added.
func (c *copier) nextSheetID() int {
	highest := 0
	added := 0
	for _, t := range c.tabs {
		if t.element < 0 {
			added++
			continue
		}
		id, _ := c.book.Attr(t.element, "sheetId")
		if n, err := strconv.Atoi(id); err == nil && n < 1<<30 {
			highest = max(highest, n)
		}
	}
	return highest + added + 1
}

// dropCalculation leaves out the order of calculation, which programs find anew: it may name cells of a sheet that is replaced.
func (c *copier) dropCalculation() error {
	r, ok := findRelation(c.bookRels, "calcChain")
	if !ok || c.dropped[strings.ToLower(r.Target)] {
		return nil
	}
	c.drop(r.Target)
	return c.unrefer(c.bookPart, r.ID)
}

// nameRanges adds the names by which programs find the range of a sheet's filter and the rows to be repeated in print, in place
// of any that the sheet has.
func (c *copier) nameRanges(index int, s *SheetWriter) {
	element := ""
	for _, n := range s.names(index) {
		element += c.book.Dialect(n.xml())
	}
	list := c.book.Child(0, "definedNames")
	if list >= 0 {
		for _, n := range c.book.Children(list, "definedName") {
			if scope, ok := c.book.Attr(n, "localSheetId"); ok && scope == strconv.Itoa(index) {
				c.book.Remove(n)
			}
		}
		c.book.Append(list, element)
		return
	}
	element = c.book.Dialect("<definedNames>") + element + c.book.Dialect("</definedNames>")
	behind := false // names stand behind the sheets, function groups and external references
	for _, e := range c.book.Children(0, "") {
		switch c.book.Elements[e].Name {
		case "sheets":
			behind = true
		case "functionGroups", "externalReferences":
		default:
			if behind {
				c.book.Before(e, element)
				return
			}
		}
	}
	c.book.Append(0, element)
}
