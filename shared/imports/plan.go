package imports

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// planFormat is the number of the layout of plans that this version writes, and the only one that it reads.
const planFormat = 1

// PlanHeader is the first line of a plan: all that decided about its rows except the rows and the stored records themselves.
// It holds no time and no random identifier, so that the same input against the same state gives the same bytes.
type PlanHeader struct {
	Format    int               `json:"plan"`
	File      string            `json:"file"` // SHA-256 of the sender's file
	Kind      string            `json:"kind"`
	Sheet     string            `json:"sheet"`
	Lang      string            `json:"lang"`
	Call      string            `json:"call"`
	Term      string            `json:"term"`
	Answers   map[string]string `json:"answers"`
	Edits     string            `json:"edits,omitempty"` // SHA-256 of the edits over the sheet
	Programme string            `json:"programme"`       // the edition's identifier
	Edition   string            `json:"edition"`         // SHA-256 of the edition's content
}

// PlanRow is a further line of a plan: one row of the sheet. Rows ascend.
type PlanRow struct {
	Row     int            `json:"row"`
	Outcome intake.Outcome `json:"outcome"`
	Label   string         `json:"label,omitempty"`
	// Cell is where the money of a row that is booked stands, as A1, and Value what stands there.
	Cell   string      `json:"cell,omitempty"`
	Value  string      `json:"value,omitempty"`
	Writes []PlanWrite `json:"writes,omitempty"`
}

// PlanWrite is one record of a row.
type PlanWrite struct {
	Op        intake.Outcome `json:"op"` // create, update, or unchanged: then it is confirmed and not written
	Type      string         `json:"type"`
	Partition string         `json:"partition,omitempty"`
	ID        string         `json:"id"`
	Base      int64          `json:"base"` // the version that the check saw, also of a record that was removed; 0 when there was none
	// Before and After are the record's body; both are empty when unchanged. Fields names what differs.
	Before table.Attributes `json:"before,omitempty"`
	After  table.Attributes `json:"after,omitempty"`
	Fields []string         `json:"fields,omitempty"`
	From   *PlanSource      `json:"from,omitempty"` // where the body before an update came from: an undo gives it back
	Claims []PlanClaim      `json:"claims,omitempty"`
	after  []byte           // After as it is spelled, in its place
	// First is an earlier row of the plan that writes the same record: this one is then not written.
	First int `json:"first,omitempty"`
}

// PlanClaim is a slot or key taken together with the record.
type PlanClaim struct {
	Partition string `json:"partition"`
	ID        string `json:"id"`
	Holder    string `json:"holder"`
	Held      bool   `json:"held,omitempty"` // of an update: the holder had it already, so that an undo leaves it
}

// PlanSource is the provenance of a record as a plan has it.
type PlanSource struct {
	Import     string    `json:"import,omitempty"`
	File       string    `json:"file,omitempty"`
	FileSHA256 string    `json:"sha256,omitempty"`
	Sheet      string    `json:"sheet,omitempty"`
	Row        int       `json:"row,omitempty"`
	Person     string    `json:"person,omitempty"`
	Request    string    `json:"request,omitempty"`
	At         time.Time `json:"at,omitzero"`
	Undo       string    `json:"undo,omitempty"`
}

func sourceOf(p records.Provenance) *PlanSource {
	source := PlanSource(p)
	source.At = source.At.UTC()
	return &source
}

func (s *PlanSource) provenance() records.Provenance {
	if s == nil {
		return records.Provenance{}
	}
	return records.Provenance(*s)
}

func (w *PlanWrite) ref() records.Ref {
	return records.Ref{Type: w.Type, Partition: w.Partition, ID: w.ID}
}

func (c PlanClaim) claim() records.Claim {
	return records.Claim{Partition: c.Partition, ID: c.ID, Holder: c.Holder}
}

// effective reports whether a commit writes w.
func (w *PlanWrite) effective() bool { return w.Op != intake.Unchanged && w.First == 0 }

func (w *PlanWrite) claims() []records.Claim {
	claims := make([]records.Claim, len(w.Claims))
	for i, c := range w.Claims {
		claims[i] = c.claim()
	}
	return claims
}

// planEnd is the last line: a plan without it was cut off.
type planEnd struct {
	Rows *intake.Counts `json:"rows"`
}

// planWriter writes a plan to a blob, line by line.
type planWriter struct {
	blob    blob.Writer
	buffer  *bufio.Writer
	lines   *json.Encoder // of the first and the last line
	speller speller
	counts  intake.Counts
}

func writePlan(ctx context.Context, blobs blob.Store, name string, header PlanHeader) (*planWriter, error) {
	w, err := blobs.Create(ctx, name)
	if err != nil {
		return nil, err
	}
	buffer := bufio.NewWriterSize(w, 1<<16)
	lines := json.NewEncoder(buffer)
	lines.SetEscapeHTML(false)
	p := &planWriter{blob: w, buffer: buffer, lines: lines}
	if err := lines.Encode(header); err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	return p, nil
}

func (p *planWriter) row(row *PlanRow) error {
	p.counts.Add(row.Outcome)
	_, err := p.buffer.Write(p.speller.row(row))
	return err
}

// commit makes the plan visible and returns its hash: the SHA-256 of all its bytes.
func (p *planWriter) commit() (hash string, err error) {
	if err := p.lines.Encode(planEnd{Rows: &p.counts}); err != nil {
		return "", err
	}
	if err := p.buffer.Flush(); err != nil {
		return "", err
	}
	info, err := p.blob.Commit()
	return info.SHA256, err
}

func (p *planWriter) abort() { _ = p.blob.Abort() }

// PlanReader reads a plan, row by row.
type PlanReader struct {
	Header PlanHeader
	Counts intake.Counts // complete after the last Next
	lines  *bufio.Reader
	parser parser
	row    PlanRow
	err    error
	ended  bool
}

// errPlan: a plan's blob is not what a check wrote.
var errPlan = errors.New("imports: damaged plan")

// ReadPlan reads a plan from its bytes.
func ReadPlan(src io.Reader) (*PlanReader, error) {
	r := newPlanReader(src)
	line, err := r.line()
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(line, &r.Header); err != nil {
		return nil, fmt.Errorf("%w: %w", errPlan, err)
	}
	if r.Header.Format != planFormat {
		return nil, fmt.Errorf("%w: format %d, this is %d", errPlan, r.Header.Format, planFormat)
	}
	return r, nil
}

func newPlanReader(src io.Reader) *PlanReader {
	return &PlanReader{lines: bufio.NewReaderSize(src, 1<<16)}
}

// Next goes to the next row; false at the end and after an error.
func (r *PlanReader) Next() bool {
	if r.err != nil || r.ended {
		return false
	}
	line, err := r.line()
	if err != nil {
		r.err = err
		return false
	}
	row, rows, err := r.parser.row(line)
	switch {
	case err != nil:
		r.err = fmt.Errorf("%w: %w", errPlan, err)
		return false
	case rows != nil:
		r.Counts, r.ended = *rows, true
		return false
	}
	r.row = row
	return true
}

// Row is the current row. It may be kept.
func (r *PlanReader) Row() PlanRow { return r.row }

// Err says why the rows ended before the end of the plan.
func (r *PlanReader) Err() error { return r.err }

// line reads one line, of any length; it is valid until the next.
func (r *PlanReader) line() ([]byte, error) {
	line, err := r.lines.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		head := slices.Clone(line)
		line, err = r.lines.ReadBytes('\n')
		line = append(head, line...)
	}
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: it was cut off", errPlan)
	}
	return line, err
}
