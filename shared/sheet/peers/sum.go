package main

import (
	"fmt"
	"hash/crc32"
)

// sum is what a program has read of a workbook. Two programs that report the same sum have read the same values: nobody wins by
// reading less. Cells are those that hold something, titles among them; Texts is the CRC-32 (IEEE) of all texts in their order,
// each followed by a line end; Numbers and Dates are totals, Dates of whole days in the 1900 system; True counts booleans.
type sum struct {
	Cells   int64  `json:"cells"`
	Texts   uint32 `json:"texts"`
	Numbers string `json:"numbers"` // with four decimals
	Dates   int64  `json:"dates"`
	True    int64  `json:"true"`
}

// summer adds up a sum.
type summer struct {
	sum
	numbers float64
	buf     []byte
}

func (s *summer) text(t string) {
	s.Cells++
	s.buf = append(append(s.buf, t...), '\n')
	if len(s.buf) > 32<<10 {
		s.flush()
	}
}

func (s *summer) flush() {
	s.Texts = crc32.Update(s.Texts, crc32.IEEETable, s.buf)
	s.buf = s.buf[:0]
}

func (s *summer) number(f float64) {
	s.Cells++
	s.numbers += f
}

func (s *summer) date(serial float64) {
	s.Cells++
	s.Dates += int64(serial)
}

func (s *summer) boolean(b bool) {
	s.Cells++
	if b {
		s.True++
	}
}

func (s *summer) done() *sum {
	s.flush()
	s.Numbers = fmt.Sprintf("%.4f", s.numbers)
	return &s.sum
}
