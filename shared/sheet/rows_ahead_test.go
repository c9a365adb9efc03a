package sheet

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
)

// widthsSource has rows of given widths; each cell holds its row's number. It ends with err.
type widthsSource struct {
	widths []int
	row    int
	err    error
	closed bool
}

func (s *widthsSource) next(row *Row) (bool, error) {
	if s.row == len(s.widths) {
		return false, s.err
	}
	s.row++
	row.Number, row.Hidden, row.Cells = s.row, s.row%7 == 0, row.Cells[:0]
	for col := range s.widths[s.row-1] {
		row.Cells = append(row.Cells, Cell{Col: col + 1, Kind: KindNumber, Number: float64(s.row)})
	}
	return true, nil
}

func (s *widthsSource) layout() Layout { return Layout{LastRow: s.row} }

func (s *widthsSource) close() { s.closed = true }

// TestRowsReadAheadAreTheSameRows: whatever their widths, no row's cells are touched while it is used.
func TestRowsReadAheadAreTheSameRows(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	cut := errors.New("cut off")
	for round := range 30 {
		source := &widthsSource{}
		for range rnd.IntN(3000) {
			width := rnd.IntN(30)
			if rnd.IntN(100) == 0 {
				width = rnd.IntN(6000)
			}
			source.widths = append(source.widths, width)
		}
		if round%2 == 0 {
			source.err = cut
		}
		ahead, n := newAheadRows(context.Background(), source), 0
		for row := (Row{}); ; n++ {
			got, err := ahead.next(&row)
			if !got {
				if n != len(source.widths) || !errors.Is(err, source.err) {
					t.Fatalf("round %d: %d rows of %d, %v", round, n, len(source.widths), err)
				}
				break
			}
			if row.Number != n+1 || row.Hidden != (row.Number%7 == 0) || len(row.Cells) != source.widths[n] {
				t.Fatalf("round %d: row %d is %d with %d cells", round, n+1, row.Number, len(row.Cells))
			}
			for _, c := range row.Cells {
				if c.Number != float64(n+1) {
					t.Fatalf("round %d: row %d has a cell of row %v", round, n+1, c.Number)
				}
			}
		}
		if ahead.layout().LastRow != n {
			t.Errorf("round %d: layout %+v", round, ahead.layout())
		}
		if ahead.close(); !source.closed {
			t.Error("the source is not closed")
		}
	}
}

func TestReadingAheadEndsWithItsReader(t *testing.T) {
	source := &widthsSource{widths: make([]int, 1_000_000)}
	ahead := newAheadRows(context.Background(), source)
	var row Row
	if got, err := ahead.next(&row); !got || err != nil {
		t.Fatal(got, err)
	}
	ahead.close()
	if !source.closed || source.row > 10*batchRows {
		t.Errorf("%d rows were read", source.row)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ahead = newAheadRows(ctx, &widthsSource{widths: make([]int, 1_000_000)})
	defer ahead.close()
	cancel()
	for {
		if got, err := ahead.next(&row); !got {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("ended with %v", err)
			}
			return
		}
	}
}
