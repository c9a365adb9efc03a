package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/sheet/peers/sample"
)

// told is what a measured program says of itself on standard output: one JSON object.
type told struct {
	Sum     *sum    `json:"sum,omitempty"`
	Rows    int     `json:"rows,omitempty"`
	Valid   int     `json:"valid,omitempty"`
	Failed  int     `json:"failed,omitempty"`
	Peak    int64   `json:"peak"`    // most memory resident, in bytes
	Seconds float64 `json:"seconds"` // of the work alone, without the program's start
}

// operations are what `peers run NAME …` does in a process of its own.
var operations = map[string]func(ctx context.Context, args []string) (told, error){
	"inflate":       inflateParts,
	"read":          readCells,
	"decode":        decodeRows,
	"judge":         judgeRows,
	"write":         making(sample.Write),
	"make-inline":   making(sample.Write),
	"make-shared":   making(sample.WriteShared),
	"make-flawed":   making(sample.WriteFlawed),
	"rewrite":       rewriteSheet,
	"annotate":      annotateSheet,
	"excelize-read": excelizeRead, "excelize-write": excelizeWrite,
}

// runOperation does one operation and prints what it told.
func runOperation(ctx context.Context, args []string) error {
	if len(args) < 2 || operations[args[0]] == nil {
		return fmt.Errorf("usage: peers run OPERATION FILE|ROWS [OUT]")
	}
	start := time.Now()
	t, err := operations[args[0]](ctx, args[1:])
	if err != nil {
		return err
	}
	t.Seconds = time.Since(start).Seconds()
	if t.Peak, err = peakOfThis(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(t)
}

// peakOfThis asks the system for the most memory that this process had resident. A parent can't ask as exactly: what it is told
// of a child includes its own size when it started it.
func peakOfThis() (int64, error) {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var kilobytes int64
		if n, _ := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10, nil
		}
	}
	return 0, fmt.Errorf("the system doesn't tell the memory of a process")
}

// withBook opens a workbook for the length of a call.
func withBook(ctx context.Context, path string, use func(*sheet.Book) error) error {
	file, size, err := openFile(path)
	if err != nil {
		return err
	}
	defer file.Close()
	book, err := sheet.Open(ctx, file, size, path)
	if err != nil {
		return err
	}
	defer book.Close()
	return use(book)
}

func openFile(path string) (*os.File, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// readCells reads every cell with its type.
func readCells(ctx context.Context, args []string) (told, error) {
	var s summer
	err := eachRow(ctx, args[0], func(row *sheet.Row) error {
		for i := range row.Cells {
			switch c := &row.Cells[i]; c.Kind {
			case sheet.KindText:
				s.text(c.Text)
			case sheet.KindNumber:
				s.number(c.Number)
			case sheet.KindDate:
				s.date(c.Number)
			case sheet.KindBool:
				s.boolean(c.Bool)
			default:
				return fmt.Errorf("cell %s is of no expected kind", sheet.CellName(c.Col, row.Number))
			}
		}
		return nil
	})
	return told{Sum: s.done()}, err
}

func eachRow(ctx context.Context, path string, use func(*sheet.Row) error) error {
	return withBook(ctx, path, func(book *sheet.Book) error {
		info, err := book.DefaultSheet()
		if err != nil {
			return err
		}
		rows, err := book.Rows(ctx, info.Name)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := use(rows.Row()); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// making writes so many rows of the sample to a file.
func making(write func(io.Writer, int) error) func(context.Context, []string) (told, error) {
	return func(_ context.Context, args []string) (told, error) {
		rows, err := strconv.Atoi(args[0])
		if err != nil || len(args) < 2 {
			return told{}, fmt.Errorf("usage: peers run write ROWS OUT")
		}
		return told{Rows: rows}, create(args[1], func(out io.Writer) error { return write(out, rows) })
	}
}

// rewriteSheet reads all cells and writes them into a new workbook.
func rewriteSheet(ctx context.Context, args []string) (told, error) {
	if len(args) < 2 {
		return told{}, fmt.Errorf("usage: peers run rewrite FILE OUT")
	}
	return told{}, create(args[1], func(out io.Writer) error {
		w := sheet.NewWriter(out, sheet.WriterOptions{})
		s, err := w.Sheet(sheet.SheetSpec{Name: sample.Sheet})
		if err != nil {
			return err
		}
		c := copier{out: s, styles: map[*sheet.CellStyle]sheet.StyleID{}, w: w}
		if err := eachRow(ctx, args[0], c.row); err != nil {
			return err
		}
		return w.Close()
	})
}

// copier writes cells as they were read, with their number formats.
type copier struct {
	w      *sheet.Writer
	out    *sheet.SheetWriter
	styles map[*sheet.CellStyle]sheet.StyleID
	cells  []sheet.OutCell
}

func (c *copier) row(row *sheet.Row) error {
	c.cells = c.cells[:0]
	for i := range row.Cells {
		in := &row.Cells[i]
		for len(c.cells) < in.Col-1 {
			c.cells = append(c.cells, sheet.OutCell{})
		}
		out := sheet.OutCell{Style: c.style(in.Style)}
		switch in.Kind {
		case sheet.KindNumber, sheet.KindDate:
			out.Value = sheet.Number(in.Raw)
		default:
			out.Value = in.Value()
		}
		c.cells = append(c.cells, out)
	}
	return c.out.Row(c.cells...)
}

func (c *copier) style(s *sheet.CellStyle) sheet.StyleID {
	id, known := c.styles[s]
	if !known {
		if s != nil && s.Format != "General" {
			id = c.w.Style(sheet.Style{NumFmt: s.Format})
		}
		c.styles[s] = id
	}
	return id
}

// annotateSheet marks 1,000 amounts that are spread over the sheet's rows.
func annotateSheet(ctx context.Context, args []string) (told, error) {
	if len(args) < 3 {
		return told{}, fmt.Errorf("usage: peers run annotate FILE OUT ROWS")
	}
	rows, err := strconv.Atoi(args[2])
	if err != nil {
		return told{}, err
	}
	file, size, err := openFile(args[0])
	if err != nil {
		return told{}, err
	}
	defer file.Close()
	marks := Marks(rows)
	var done sheet.Annotated
	err = create(args[1], func(out io.Writer) error {
		done, err = sheet.Annotate(ctx, out, file, size, args[0], marks, sheet.AnnotateOptions{Lang: locale.EN, HeaderRow: 1})
		return err
	})
	if err == nil && (done.Fresh || done.Marked != len(marks)) {
		err = fmt.Errorf("%d of %d cells are marked; a fresh workbook: %v", done.Marked, len(marks), done.Fresh)
	}
	return told{Rows: rows}, err
}

// Marks are at most 1,000 problems, evenly spread over the amounts of so many rows.
func Marks(rows int) []sheet.Mark {
	n := min(rows, 1000)
	marks := make([]sheet.Mark, n)
	for i := range marks {
		marks[i] = *problem.New("NUMBER_INVALID").At(sample.Sheet, 2+i*(rows/n), 5).In("amount").
			WithText("column", locale.Same("Amount")).With("value", "1,5")
	}
	return marks
}

func create(path string, fill func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := fill(file); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
