package restyle

import (
	"cmp"
	"slices"
	"strconv"

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
	c.rowsBefore(maxRow + 1)
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
	if string(t.Local()) != "row" || row <= c.row || row > maxRow {
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
		c.inRow = true
		c.write(tag)
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
		if col, row = parse(ref); row != c.row {
			c.fail(ErrUnexpected)
			return
		}
	}
	if col <= c.col || col > maxCol || c.rowDone {
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

// take removes the cells to be changed that are this one, and gives the highest of their levels.
func (c *copier) take(col int) (level int, marked bool) {
	for len(c.todo) > 0 && c.todo[0].Row == c.row && c.todo[0].Col <= col {
		placed := c.todo[0]
		placed.Col = col
		c.result.Cells = append(c.result.Cells, placed)
		level, marked = max(level, placed.Level), true
		c.todo = c.todo[1:]
	}
	return level, marked
}

// cellsBefore inserts the cells to be changed that the row doesn't store, up to a column.
func (c *copier) cellsBefore(next int) {
	for len(c.todo) > 0 && c.todo[0].Row == c.row && c.err == nil {
		col := c.todo[0].Col
		if col == 0 { // goes to the first cell that the row has or gets
			col = c.firstOfRow()
			if col == 0 && next > maxCol {
				col = 1
			}
		}
		if col == 0 || col >= next {
			return
		}
		if col <= c.col {
			c.fail(ErrUnexpected)
			return
		}
		c.col = col
		level, _ := c.take(col)
		style := c.styled(c.inherited(col), level)
		c.write([]byte("<" + c.prefix + `c r="` + name(col, c.row) + `" s="` + strconv.Itoa(style) + `"/>`))
	}
}

// firstOfRow is the first column of the row in which a cell is to be changed, 0 for none.
func (c *copier) firstOfRow() int {
	for _, cell := range c.todo {
		if cell.Row != c.row {
			return 0
		}
		if cell.Col > 0 {
			return cell.Col
		}
	}
	return 0
}

// finishRow inserts what is left of the row.
func (c *copier) finishRow() {
	if !c.rowDone {
		c.cellsBefore(maxCol + 1)
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

// merge notes which of the changed cells are hidden beneath a merged one.
func (c *copier) merge(ref []byte) {
	first, last, ok := cut(ref)
	if !ok {
		c.fail(ErrUnexpected)
		return
	}
	left, top := parse(first)
	right, bottom := parse(last)
	if top == 0 || bottom < top || right < left {
		c.fail(ErrUnexpected)
		return
	}
	placed := c.result.Cells
	i, _ := slices.BinarySearchFunc(placed, top, func(cell Cell, row int) int { return cmp.Compare(cell.Row, row) })
	for ; i < len(placed) && placed[i].Row <= bottom; i++ {
		cell := placed[i]
		if cell.Col < left || cell.Col > right || cell.Col == left && cell.Row == top {
			continue
		}
		if c.result.Covered == nil {
			c.result.Covered = map[[2]int][2]int{}
		}
		c.result.Covered[[2]int{cell.Row, cell.Col}] = [2]int{top, left}
	}
}

func cut(ref []byte) (first, last []byte, ok bool) {
	for i, b := range ref {
		if b == ':' {
			return ref[:i], ref[i+1:], true
		}
	}
	return ref, ref, len(ref) > 0
}

// parse reads a cell's name; row 0 when it is none.
func parse(ref []byte) (col, row int) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		letter := ref[i] &^ 0x20
		if letter < 'A' || letter > 'Z' || ref[i] < 'A' {
			break
		}
		col = col*26 + int(letter-'A') + 1
	}
	digits := ref[i:]
	if i == 0 || col > maxCol || len(digits) == 0 || len(digits) > 7 || digits[0] == '0' {
		return 0, 0
	}
	for _, b := range digits {
		if b < '0' || b > '9' {
			return 0, 0
		}
		row = row*10 + int(b-'0')
	}
	if row > maxRow {
		return 0, 0
	}
	return col, row
}

func name(col, row int) string {
	var letters [4]byte
	i := len(letters)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		letters[i] = byte('A' + (col-1)%26)
	}
	return string(letters[i:]) + strconv.Itoa(row)
}
