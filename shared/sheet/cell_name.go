package sheet

import (
	"bytes"
	"strconv"
)

// The largest sheet there is: XFD1048576.
const (
	MaxRows    = 1 << 20
	MaxColumns = 1 << 14
)

// ColumnName returns the letters of a column: 1 is A, 16384 is XFD. Below 1 it is empty.
func ColumnName(col int) string {
	var letters [8]byte
	i := len(letters)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		letters[i] = byte('A' + (col-1)%26)
	}
	return string(letters[i:])
}

// CellName returns a cell's name in A1 style.
func CellName(col, row int) string { return ColumnName(col) + strconv.Itoa(row) }

// ParseCell reads a name such as "A1" or "xfd1048576"; ok is false for anything outside a sheet, and for $A$1.
func ParseCell(s string) (col, row int, ok bool) { return parseCell([]byte(s)) }

func parseCell(s []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4; i++ {
		c := s[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' || s[i] < 'A' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == 0 || col > MaxColumns {
		return 0, 0, false
	}
	row, ok = parseRowNumber(s[i:])
	return col, row, ok
}

// parseRowNumber reads a row number from 1 to MaxRows in plain digits without leading zeros.
func parseRowNumber(s []byte) (int, bool) {
	if len(s) == 0 || len(s) > 7 || s[0] == '0' {
		return 0, false
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n <= MaxRows
}

// parseRange reads "B2:D5" or "B2".
func parseRange(s []byte) (Range, bool) {
	first, last, _ := bytes.Cut(s, []byte(":"))
	if len(first) == len(s) {
		last = first
	}
	col1, row1, ok1 := parseCell(first)
	col2, row2, ok2 := parseCell(last)
	return Range{min(col1, col2), min(row1, row2), max(col1, col2), max(row1, row2)}, ok1 && ok2
}
