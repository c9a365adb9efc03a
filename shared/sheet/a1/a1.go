// Package a1 names cells in the A1 style of spreadsheets and reads such names. It knows how large a sheet may be and nothing
// else of it.
package a1

import "strconv"

// The largest sheet there is: XFD1048576.
const (
	MaxRow    = 1 << 20
	MaxColumn = 1 << 14
)

// Column returns the letters of a column: 1 is A, 16384 is XFD. Below 1 it is empty.
func Column(col int) string {
	var letters [8]byte
	i := len(letters)
	for ; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		letters[i] = byte('A' + (col-1)%26)
	}
	return string(letters[i:])
}

// Cell returns a cell's name.
func Cell(col, row int) string { return Column(col) + strconv.Itoa(row) }

// ParseCell reads a name such as "A1" or "xfd1048576"; ok is false for anything outside a sheet, and for $A$1.
func ParseCell(s []byte) (col, row int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4; i++ {
		c := s[i] &^ 0x20 // upper case
		if c < 'A' || c > 'Z' || s[i] < 'A' {
			break
		}
		col = col*26 + int(c-'A') + 1
	}
	if i == 0 || col > MaxColumn {
		return 0, 0, false
	}
	row, ok = ParseRow(s[i:])
	return col, row, ok
}

// ParseRow reads a row number from 1 to MaxRow in plain digits without leading zeros.
func ParseRow(s []byte) (int, bool) {
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
	return n, n <= MaxRow
}
