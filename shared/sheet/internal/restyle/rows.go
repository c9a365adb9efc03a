package restyle

import (
	"strconv"

	"github.com/learning-cities/guildhall/shared/sheet/a1"
	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// data handles the start of the rows; a sheet without any gets the rows of the cells to be changed.
func (c *copier) data(t *markup.Token) {
	if c.seenData {
		c.fail(ErrUnexpected)
		return
	}
	c.seenData = true
	if t.Kind == markup.Start {
		c.inData = true
		c.write(t.Raw)
		return
	}
	if len(c.todo) == 0 {
		c.write(t.Raw)
		return
	}
	c.write(opened(t.Raw))
	c.rowsBefore(a1.MaxRow + 1)
	c.write([]byte("</" + string(t.Name) + ">"))
}

// opened is the start tag of an empty element.
func opened(raw []byte) []byte {
	out := append([]byte(nil), raw[:len(raw)-2]...)
	return append(out, '>')
}

// startRow handles a row that is stored.
func (c *copier) startRow(t *markup.Token) {
	row, stated := number(t, "r")
	if _, _, has := t.Attr("r"); has && !stated {
		c.fail(ErrUnexpected)
		return
	}
	if !stated {
		row = c.row + 1
	}
	if string(t.Local()) != "row" || row <= c.row || row > a1.MaxRow {
		c.fail(ErrUnexpected)
		return
	}
	c.rowsBefore(row)
	c.row, c.col, c.rowDone, c.rowStyle = row, 0, false, -1
	tag := t.Raw
	if style, has := number(t, "s"); has {
		clean := c.clean(style)
		if custom, _, _ := t.Attr("customFormat"); string(custom) == "1" || string(custom) == "true" {
			c.rowStyle = clean
		}
		if clean != style {
			tag = markup.SetAttr(nil, tag, "s", strconv.Itoa(clean))
		}
	}
	marked := len(c.todo) > 0 && c.todo[0].Row == row
	if marked { // a hint at the columns in use, which may no longer be true
		tag = markup.DropAttr(nil, tag, "spans")
	}
	if t.Kind == markup.Start {
		c.write(tag)
		c.inRow = marked || c.opts.Clean != nil || !c.copyRest()
		return
	}
	if !marked {
		c.write(tag)
		return
	}
	name := string(t.Name)
	c.write(opened(tag))
	c.finishRow()
	c.write([]byte("</" + name + ">"))
}

// copyRest copies the rest of a row in which nothing changes, if that can be done at once.
func (c *copier) copyRest() bool {
	raw, ok := c.scan.Rest()
	if ok {
		c.write(raw)
	}
	return ok
}

// rowsBefore inserts the rows up to a number that hold nothing but cells to be changed.
func (c *copier) rowsBefore(next int) {
	for len(c.todo) > 0 && c.todo[0].Row < next && c.err == nil {
		row := c.todo[0].Row
		if row <= c.row {
			c.fail(ErrUnexpected)
			return
		}
		c.row, c.col, c.rowDone, c.rowStyle = row, 0, false, -1
		c.write([]byte("<" + c.prefix + `row r="` + strconv.Itoa(row) + `">`))
		c.finishRow()
		c.write([]byte("</" + c.prefix + "row>"))
	}
}

// cell handles a cell that is stored, or what else a row may have.
func (c *copier) cell(t *markup.Token) {
	if string(t.Local()) != "c" {
		c.finishRow()
		c.write(t.Raw)
		return
	}
	col := c.col + 1
	if ref, _, has := t.Attr("r"); has {
		var row int
		if col, row, _ = a1.ParseCell(ref); row != c.row {
			c.fail(ErrUnexpected)
			return
		}
	}
	if col <= c.col || col > a1.MaxColumn || c.rowDone {
		c.fail(ErrUnexpected)
		return
	}
	c.cellsBefore(col)
	c.col = col
	style, has := number(t, "s")
	if _, _, stated := t.Attr("s"); stated && !has {
		c.fail(ErrUnexpected)
		return
	}
	changed := c.clean(style)
	if level, marked := c.take(col); marked {
		changed = c.styled(changed, level)
	}
	if changed == style {
		c.write(t.Raw)
		return
	}
	c.scratch = markup.SetAttr(c.scratch[:0], t.Raw, "s", strconv.Itoa(changed))
	c.write(c.scratch)
}

func (c *copier) styled(style, level int) int {
	changed, err := c.opts.Style(style, level)
	if err != nil {
		c.fail(err)
	}
	return changed
}

// take removes the next cell to be changed if it is this one, and gives its level.
func (c *copier) take(col int) (level int, marked bool) {
	if len(c.todo) == 0 || c.todo[0].Row != c.row || c.todo[0].Col != col {
		return 0, false
	}
	level = c.todo[0].Level
	c.todo = c.todo[1:]
	return level, true
}

// cellsBefore inserts the cells to be changed that the row doesn't store, up to a column.
func (c *copier) cellsBefore(next int) {
	for len(c.todo) > 0 && c.todo[0].Row == c.row && c.todo[0].Col < next && c.err == nil {
		col := c.todo[0].Col
		if col <= c.col {
			c.fail(ErrUnexpected)
			return
		}
		c.col = col
		level, _ := c.take(col)
		style := c.styled(c.inherited(col), level)
		c.write([]byte("<" + c.prefix + `c r="` + a1.Cell(col, c.row) + `" s="` + strconv.Itoa(style) + `"/>`))
	}
}

// finishRow inserts what is left of the row.
func (c *copier) finishRow() {
	if !c.rowDone {
		c.cellsBefore(a1.MaxColumn + 1)
		c.rowDone = true
	}
}

// inherited is the style that a cell shows which isn't stored.
func (c *copier) inherited(col int) int {
	if c.rowStyle >= 0 {
		return c.rowStyle
	}
	for _, s := range c.columns {
		if s.first <= col && col <= s.last {
			return s.style
		}
	}
	return c.clean(0)
}
