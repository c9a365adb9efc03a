package sheet

import (
	"context"
	"io"
	"path"
	"strings"

	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
)

// csvFile is an open CSV: text whose encoding and delimiter are known, or guessed and noted.
type csvFile struct {
	src       io.ReaderAt
	size      int64
	encoding  csvEncoding
	delimiter byte
	declared  bool // the first line is "sep=;" as Excel understands it
	limits    Limits
}

// openCSV finds out how a text is encoded and what separates its fields.
func openCSV(ctx context.Context, src io.ReaderAt, size int64, name string, options openOptions) (*Book, error) {
	c := &csvFile{src: src, size: size, limits: options.limits}
	b := newBook(CSV)
	b.csv = c
	b.sheets = []SheetInfo{{Name: sheetNameOf(name)}}
	note, err := c.findEncoding(ctx, options.answers["csv.encoding"])
	if err != nil {
		return nil, err
	}
	if note != nil {
		b.notes = append(b.notes, *note)
	}
	note, err = c.findDelimiter(options.answers["csv.delimiter"])
	if err != nil {
		return nil, err
	}
	if note != nil {
		b.notes = append(b.notes, *note)
	}
	return b, nil
}

// sheetNameOf is the file's name without folders and extension.
func sheetNameOf(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if trimmed := strings.TrimSuffix(base, path.Ext(base)); trimmed != "" {
		base = trimmed
	}
	return base
}

// rows begins to read the records.
func (c *csvFile) rows(ctx context.Context) (rowSource, error) {
	return c.reader(ctx, c.text(), c.delimiter), nil
}

func (c *csvFile) reader(ctx context.Context, in io.Reader, delimiter byte) *csvReader {
	return &csvReader{ctx: ctx, in: in, delimiter: delimiter, declared: c.declared, limits: c.limits, buf: make([]byte, csvBuffer)}
}

const csvBuffer = 64 << 10

// csvReader reads records. A record is scanned again from its beginning when the buffer ended inside of it.
type csvReader struct {
	ctx       context.Context
	in        io.Reader
	delimiter byte
	declared  bool
	limits    Limits

	buf      []byte
	pos, end int
	eof      bool
	number   int
	count    int64
	texts    textArena
	scratch  []byte
	beside   Layout
}

func (c *csvReader) layout() Layout { return c.beside }

func (c *csvReader) close() {}

func (c *csvReader) next(row *Row) (bool, error) {
	for {
		got, err := c.record(row)
		if err != nil || !got {
			return false, err
		}
		if len(row.Cells) > 0 {
			c.beside.LastValueRow = row.Number
			return true, nil
		}
	}
}

// record reads the next record, which may be blank.
func (c *csvReader) record(row *Row) (bool, error) {
	for {
		window := c.buf[c.pos:c.end]
		if len(window) == 0 && c.eof {
			return false, nil
		}
		row.Number, row.Fields, row.Cells = c.number+1, 0, row.Cells[:0]
		n, err := c.parse(row, window)
		if err != nil {
			return false, err
		}
		if n == 0 {
			if err := c.more(); err != nil {
				return false, err
			}
			continue
		}
		c.pos += n
		c.number++
		c.beside.LastRow = c.number
		if c.declared && c.number == 1 {
			row.Fields, row.Cells = 0, row.Cells[:0] // "sep=;" is not data
		}
		c.count += int64(row.Fields)
		switch {
		case c.number > c.limits.Rows:
			return false, fault.TooLarge(fault.Rows, int64(c.limits.Rows))
		case c.count > c.limits.Cells:
			return false, fault.TooLarge(fault.Cells, c.limits.Cells)
		}
		return true, nil
	}
}

// more makes the buffer hold more of the text behind pos.
func (c *csvReader) more() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	held := c.end - c.pos
	if held >= c.limits.Token {
		return fault.TooLarge(fault.TextBytes, int64(c.limits.Token))
	}
	target := c.buf
	if held > len(c.buf)/2 {
		target = make([]byte, 2*len(c.buf))
	}
	copy(target, c.buf[c.pos:c.end])
	c.buf, c.pos, c.end = target, 0, held
	n, err := io.ReadAtLeast(c.in, c.buf[c.end:], (len(c.buf)-c.end)/2)
	c.end += n
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		c.eof = true
		return nil
	}
	return err
}
