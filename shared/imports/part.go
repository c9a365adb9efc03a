package imports

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// partFormat is the number of the layout of parts; one of another is thrown away.
const partFormat = 2

// part is what a check keeps when it is interrupted: the stored records that its rows were compared with, batch by batch. The next
// call reads and judges the sheet from the start, which is quick, takes these records for the same batches, and asks the store only
// for those after them. A nil part keeps nothing.
//
// It is a gzip of lines: a partHeader, a plan row for each batch (its row is the batch's number, its label a hash of the
// records that were asked for, its writes are those that are stored), and the end of a plan.
type part struct {
	service *Service
	imp     *intake.Import
	head    partHeader
	rows    int // compared so far in this pass

	source blob.Reader // of the part that was kept; nil when there is none, or no longer one that fits
	kept   *PlanReader
	text   bytes.Buffer // of the part to keep
	zip    *gzip.Writer
	counts intake.Counts
	batch  int
	fresh  bool // a batch was compared that was not kept before
}

// partHeader is all that a part depends on besides the records.
type partHeader struct {
	Format  int        `json:"part"`
	Attempt int64      `json:"attempt"`
	Batch   int        `json:"batch"` // rows
	Plan    PlanHeader `json:"header"`
	// Recalled are the answers of earlier imports with which the check had begun anew.
	Recalled sheet.Answers `json:"recalled"`
}

// openPart opens the part of an import's check, if one was kept.
func (s *Service) openPart(ctx context.Context, imp *intake.Import) (*part, error) {
	if s.hurry == nil {
		return nil, nil
	}
	p := &part{service: s, imp: imp}
	src, err := s.blobs.Open(ctx, intake.PartBlob(imp.ID))
	if errors.Is(err, blob.ErrNotFound) {
		return p, nil
	}
	if err != nil {
		return nil, err
	}
	p.source = src
	if !p.readHead() || p.head.Format != partFormat || p.head.Attempt != imp.Attempt || p.head.Batch != s.batch {
		p.drop()
	}
	return p, nil
}

// readHead reads the kept part's header, and begins to read its batches.
func (p *part) readHead() bool {
	text, err := gzip.NewReader(io.NewSectionReader(p.source, 0, p.source.Size()))
	if err != nil {
		return false
	}
	p.kept = newPlanReader(text)
	line, err := p.kept.line()
	return err == nil && json.Unmarshal(line, &p.head) == nil
}

// drop forgets the kept part.
func (p *part) drop() {
	p.close()
	p.kept, p.head = nil, partHeader{}
}

func (p *part) close() {
	if p != nil && p.source != nil {
		_ = p.source.Close()
		p.source = nil
	}
}

// recalled moves the answers of earlier imports with which the check had begun anew to those used, so that it begins there.
func (p *part) recalled(r *recalled) {
	if p == nil || p.kept == nil {
		return
	}
	for question, answer := range p.head.Recalled {
		if r.used[question] != answer && r.answers[question] != answer {
			p.drop()
			return
		}
	}
	for question, answer := range p.head.Recalled {
		r.used[question] = answer
		delete(r.answers, question)
	}
}

// begin begins to take the rows to the plan. A part of another plan, or a pass that is not the first, has no use of what was kept.
func (p *part) begin(header PlanHeader, used sheet.Answers) error {
	if p == nil {
		return nil
	}
	kept, err := json.Marshal(p.head.Plan)
	if err != nil {
		return err
	}
	now, err := json.Marshal(header)
	if err != nil {
		return err
	}
	if p.kept != nil && (p.batch > 0 || !bytes.Equal(kept, now)) {
		p.drop()
	}
	p.rows, p.batch, p.counts = 0, 0, intake.Counts{}
	p.head = partHeader{Format: partFormat, Attempt: p.imp.Attempt, Batch: p.service.batch, Plan: header, Recalled: used}
	p.text.Reset()
	if p.zip, err = gzip.NewWriterLevel(&p.text, gzip.BestSpeed); err != nil {
		return err
	}
	return json.NewEncoder(p.zip).Encode(p.head)
}

// latest gives records with those that were removed, as records.Store does.
type latest interface {
	Latest(ctx context.Context, refs []records.Ref) ([]records.Record, error)
}

// stored returns the records that exist among refs, or did: those of the kept part while it has the same batch, else the store's.
func (p *part) stored(ctx context.Context, from latest, refs []records.Ref) ([]records.Record, error) {
	if p == nil {
		return from.Latest(ctx, refs)
	}
	p.batch++
	label := hashOfRefs(refs)
	if found, ok := p.next(label); ok {
		return found, p.keep(label, found)
	}
	p.fresh = true
	found, err := from.Latest(ctx, refs)
	if err != nil {
		return nil, err
	}
	return found, p.keep(label, found)
}

// next is the next batch of the kept part, if it is the one of this label.
func (p *part) next(label string) ([]records.Record, bool) {
	if p.kept == nil {
		return nil, false
	}
	if !p.kept.Next() || p.kept.Row().Row != p.batch || p.kept.Row().Label != label {
		p.kept = nil
		p.close()
		return nil, false
	}
	var found []records.Record
	for _, write := range p.kept.Row().Writes {
		found = append(found, records.Record{
			Ref: write.ref(), Version: write.Base, Body: write.Before, Provenance: write.From.provenance(), Gone: write.Op == intake.Remove,
		})
	}
	return found, true
}

// keep adds a batch to the part to keep.
func (p *part) keep(label string, found []records.Record) error {
	row := PlanRow{Row: p.batch, Outcome: intake.Unchanged, Label: label}
	for _, one := range found {
		op := intake.Unchanged
		if one.Gone {
			op = intake.Remove
		}
		row.Writes = append(row.Writes, PlanWrite{
			Op: op, Type: one.Ref.Type, Partition: one.Ref.Partition, ID: one.Ref.ID, Base: one.Version, Before: one.Body,
			From: sourceOf(one.Provenance),
		})
	}
	p.counts.Add(row.Outcome)
	var speller speller
	_, err := p.zip.Write(speller.row(&row))
	return err
}

// pause is *Unfinished when it is time to stop and there is something new to keep, which is then kept.
func (p *part) pause(ctx context.Context, rows int) error {
	if p == nil || !p.fresh || !p.service.hurried(ctx) {
		return nil
	}
	if err := p.store(ctx); err != nil {
		return err
	}
	if err := p.service.intake.Advance(ctx, p.imp, int64(rows)); err != nil {
		return err
	}
	return &Unfinished{Import: p.imp.ID, Stage: Checking, Rows: rows}
}

func (p *part) store(ctx context.Context) (err error) {
	if err := json.NewEncoder(p.zip).Encode(planEnd{Rows: &p.counts}); err != nil {
		return err
	}
	if err := p.zip.Close(); err != nil {
		return err
	}
	w, err := p.service.blobs.Create(ctx, intake.PartBlob(p.imp.ID))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Abort()) }()
	if _, err := w.Write(p.text.Bytes()); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

// hashOfRefs tells the records that two batches ask for apart.
func hashOfRefs(refs []records.Ref) string {
	var all []byte
	for _, ref := range refs {
		all = fmt.Appendf(all, "%q %q %q\n", ref.Type, ref.Partition, ref.ID)
	}
	sum := shortHash(all)
	return hex.EncodeToString(sum[:])
}
