package command

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// runRead prints every cell as the toolkit sees it, line n for row n.
func runRead(ctx context.Context, s *streams, args []string) (int, error) {
	flags := pflag.NewFlagSet("read", pflag.ContinueOnError)
	var opts common
	opts.declare(flags)
	name := flags.String("sheet", "", "the sheet's exact name (default: the first visible one)")
	format := flags.String("format", "jsonl", "jsonl or csv")
	names, err := parse(s, flags, args, needFile)
	if err != nil {
		return NotDone, err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	var lines lineWriter
	switch *format {
	case "jsonl":
		lines = &jsonLines{out: out}
	case "csv":
		lines = &csvLines{out: csv.NewWriter(out)}
	default:
		return NotDone, notOneOf("format", *format, "jsonl, csv")
	}
	if err := readSheet(ctx, s, names[0], *name, lines); err != nil {
		return NotDone, err
	}
	if err := out.Flush(); err != nil {
		return NotDone, problem.New("OUTPUT_FAILED").With("file", "standard output")
	}
	return Done, nil
}

func readSheet(ctx context.Context, s *streams, file, name string, lines lineWriter) error {
	source, size, err := openFile(file)
	if err != nil {
		return err
	}
	defer source.Close()
	book, err := sheet.Open(ctx, source, size, file)
	if err != nil {
		return err
	}
	defer book.Close()
	if name == "" {
		first, err := book.DefaultSheet()
		if err != nil {
			return err
		}
		name = first.Name
	}
	rows, err := book.Rows(ctx, name)
	if err != nil {
		return err
	}
	defer rows.Close()
	fmt.Fprintln(s.err, name)
	next := 1
	for rows.Next() {
		row := rows.Row()
		if blank(row) {
			continue // printed when a later row has a value
		}
		for ; next < row.Number; next++ {
			if err := lines.blank(); err != nil {
				return err
			}
		}
		if err := lines.row(row); err != nil {
			return err
		}
		next++
	}
	return rows.Err()
}

func blank(row *sheet.Row) bool {
	return !slices.ContainsFunc(row.Cells, func(c sheet.Cell) bool { return c.Kind != sheet.KindEmpty })
}

// lineWriter prints one row a line.
type lineWriter interface {
	row(row *sheet.Row) error
	blank() error
}

type jsonLines struct {
	out *bufio.Writer
	buf []byte
}

func (j *jsonLines) row(row *sheet.Row) error {
	j.buf = append(row.AppendJSON(j.buf[:0]), '\n')
	_, err := j.out.Write(j.buf)
	return outputFailed(err)
}

func (j *jsonLines) blank() error {
	_, err := j.out.WriteString("[]\n")
	return outputFailed(err)
}

// csvLines prints values for other programs: texts that a spreadsheet would take for formulas get a leading quote, which the
// importer takes off again.
type csvLines struct {
	out    *csv.Writer
	fields []string
}

func (c *csvLines) row(row *sheet.Row) error {
	c.fields = c.fields[:0]
	for i := range row.Cells {
		cell := &row.Cells[i]
		for len(c.fields) < cell.Col-1 {
			c.fields = append(c.fields, "")
		}
		c.fields = append(c.fields, csvField(cell))
	}
	return c.write()
}

func (c *csvLines) blank() error {
	c.fields = append(c.fields[:0], "")
	return c.write()
}

func (c *csvLines) write() error {
	if err := c.out.Write(c.fields); err != nil {
		return outputFailed(err)
	}
	c.out.Flush()
	return outputFailed(c.out.Error())
}

func csvField(cell *sheet.Cell) string {
	switch value := cell.Value().(type) {
	case nil:
		return ""
	case string:
		return sheet.GuardCSV(value)
	case map[string]any:
		if raw, ok := value["raw"]; ok {
			return fmt.Sprint(raw)
		}
		return fmt.Sprint(value["error"])
	default:
		return string(cell.AppendJSON(nil)) // a number or true or false
	}
}

func outputFailed(err error) error {
	if err == nil {
		return nil
	}
	return problem.New("OUTPUT_FAILED").With("file", "standard output")
}
