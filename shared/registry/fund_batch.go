package registry

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// What an import's entries need beside the books' own records: which entries stand for a record, and the batch that is being entered.
const (
	fundEnteredType = "fund_entered"
	fundBatchType   = "fund_batch"
)

// The reasons of reversals that an import makes; people's own are in their words.
const (
	reasonChanged = "changed" // another import changed the record
	reasonUndone  = "undone"  // the import was undone
)

var reasonTexts = map[string]locale.Text{
	reasonChanged: {EN: "corrected by an import", FR: "corrigé par un import", ES: "corregido por una importación"},
	reasonUndone:  {EN: "import undone", FR: "import annulé", ES: "importación anulada"},
}

// ReasonText is the reason of an entry for people: that of an import in their language, a person's own as it was written.
func ReasonText(reason string) locale.Text {
	if text, ok := reasonTexts[reason]; ok {
		return text
	}
	return locale.Same(reason)
}

// recordEntries say which entries stand for a record that an import stored.
type recordEntries struct {
	onBooks
	Batch  int64   `json:"batch"`           // that made them so
	Before onBooks `json:"before,omitzero"` // what that batch found, should it go on after an interruption
}

// onBooks is what the books have of a record.
type onBooks struct {
	Now []string `json:"now,omitempty"` // identifiers of the entries, of which some may have been taken back by hand
	// Past are those that stood before each change of the record by an import that isn't undone, the last one last.
	Past [][]string `json:"past,omitempty"`
	// Closed: some of its entries are in a closed period, and were taken back in a later one.
	Closed bool `json:"closed,omitempty"`
}

// IsZero reports whether the books have nothing of a record.
func (o onBooks) IsZero() bool { return len(o.Now) == 0 && len(o.Past) == 0 && !o.Closed }

// before are the entries that stood before the last change.
func (o onBooks) before() []string {
	if len(o.Past) == 0 {
		return nil
	}
	return o.Past[len(o.Past)-1]
}

func enteredRef(of records.Ref) records.Ref {
	return records.Ref{Type: fundEnteredType, Partition: of.Type + "#" + of.Partition, ID: of.ID}
}

// batchRecord is a batch on its way, from when it was judged.
type batchRecord struct {
	Number int64        `json:"number"`
	Days   []civil.Date `json:"days"` // those that it has entries of
}

func batchRef(b booking.Batch) records.Ref {
	return records.Ref{Type: fundBatchType, ID: batchName(b)}
}

// batchName is the batch's identifier in its link: the import's.
func batchName(b booking.Batch) string {
	if b.Undo {
		return b.Import + "#undo"
	}
	return b.Import
}

// put is a put of the batch's, which may be repeated.
func (b *bookedBatch) put(ref records.Ref, base int64, body any) (records.Put, error) {
	encoded, err := records.Encode(body)
	if err != nil {
		return records.Put{}, fmt.Errorf("registry: %s: %w", ref, err)
	}
	return records.Put{Record: records.Record{Ref: ref, Body: encoded, Provenance: batchProvenance(b.batch)}, Base: base}, nil
}

// writes are those of a put, for a transaction.
func (b *bookedBatch) writes(ref records.Ref, base int64, body any) ([]table.Write, error) {
	put, err := b.put(ref, base, body)
	if err != nil {
		return nil, err
	}
	return put.Writes(b.batch.Import)
}

func batchProvenance(b booking.Batch) records.Provenance {
	p := records.Provenance{Import: b.Import, Person: b.Person, At: b.At}
	if b.Undo {
		p.Import, p.Undo = "", b.Import
	}
	return p
}

// Type implements booking.Books: the books are under the lock of their entries.
func (r *Registry) Type() string { return fundEntryType }

// bookedBatch turns records into entries. Judge and writer do so alike.
type bookedBatch struct {
	registry *Registry
	batch    booking.Batch
	head     fundHead
	version  int64 // of the head
	number   int64 // of the batch
	standing map[records.Ref]*standing
	ahead    bool // Load has met what a later batch made
}

// standing is what the books have of a record, before this batch.
type standing struct {
	onBooks
	version int64 // of its record of type fund_entered; 0 for none
	now     []enteredEntry
	last    []enteredEntry // that stood before the last change
}

// enteredEntry is an entry of a record.
type enteredEntry struct {
	ledger.Entry
	taken  bool // back, by another than this batch
	byHand bool // taken back, and not by a batch
}

func (r *Registry) bookedBatch(ctx context.Context, batch booking.Batch) (bookedBatch, error) {
	b, err := r.books(ctx, r.records, Origin{}, batch.At)
	if err != nil {
		return bookedBatch{}, err
	}
	return bookedBatch{
		registry: r, batch: batch, head: b.head, version: b.version, number: b.head.Link.Number + 1, standing: map[records.Ref]*standing{},
	}, nil
}

// Load implements booking.Judge. What was loaded before is forgotten.
func (b *bookedBatch) Load(ctx context.Context, refs []records.Ref) error {
	clear(b.standing)
	if len(refs) == 0 {
		return nil
	}
	of := make(map[records.Ref]records.Ref, len(refs))
	wanted := make([]records.Ref, len(refs))
	for i, ref := range refs {
		wanted[i] = enteredRef(ref)
		of[wanted[i]] = ref
	}
	stored, err := b.registry.records.Latest(ctx, wanted)
	if err != nil {
		return err
	}
	var ids []string
	for _, record := range stored {
		var mark recordEntries
		if err := records.Decode(record.Body, &mark); err != nil {
			return fmt.Errorf("registry: %s: %w", record.Ref, err)
		}
		stands := &standing{onBooks: mark.onBooks, version: record.Version}
		b.ahead = b.ahead || mark.Batch > b.number
		if mark.Batch >= b.number { // this batch was here before, or, at a check, the books have gone on
			stands.onBooks, stands.version = mark.Before, record.Version-1
		}
		b.standing[of[record.Ref]] = stands
		ids = append(append(ids, stands.Now...), stands.before()...)
	}
	found, err := b.entries(ctx, ids)
	if err != nil {
		return err
	}
	for _, stands := range b.standing {
		if stands.now, err = found.of(stands.Now); err == nil {
			stands.last, err = found.of(stands.before())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// found are entries by their identifiers.
type found map[string]enteredEntry

func (f found) of(ids []string) ([]enteredEntry, error) {
	all := make([]enteredEntry, len(ids))
	for i, id := range ids {
		entry, ok := f[id]
		if !ok || entry.ID == "" {
			return nil, fmt.Errorf("registry: there is no entry %s", id)
		}
		all[i] = entry
	}
	return all, nil
}

func (b *bookedBatch) entries(ctx context.Context, ids []string) (found, error) {
	refs := make([]records.Ref, 0, 2*len(ids))
	for _, id := range ids {
		refs = append(refs, entryRef(id), reversedRef(id))
	}
	stored, err := b.registry.records.GetEach(ctx, refs)
	if err != nil {
		return nil, err
	}
	f := make(found, len(ids))
	for _, record := range stored {
		one := f[record.Ref.ID]
		if record.Ref.Type == fundEntryType {
			err = records.Decode(record.Body, &one.Entry)
		} else {
			err = b.takenBack(record, &one)
		}
		if err != nil {
			return nil, fmt.Errorf("registry: %s: %w", record.Ref, err)
		}
		f[record.Ref.ID] = one
	}
	return f, nil
}

func (b *bookedBatch) takenBack(record records.Record, one *enteredEntry) error {
	var mark reversedMark
	if err := records.Decode(record.Body, &mark); err != nil {
		return err
	}
	batch, err := batchOf(mark.By)
	one.taken, one.byHand = batch != b.number, !mark.Batch
	b.ahead = b.ahead || batch > b.number
	return err
}

// change is what a record's booking does to the books.
type change struct {
	ref      records.Ref
	standing *standing
	entries  []ledger.Entry // new ones and reversals of those that stand, in the order in which they are judged
	after    onBooks        // with no identifiers yet where new ones stand
}

// placesOfRow bounds how many entries one row makes; so the largest sheet's rows have places of seven digits.
const placesOfRow = 8

// changes turn the records of one row into entries; nothing for what the books have as it is. *Refused.
func (b *bookedBatch) changes(row []booking.Booking) ([]change, error) {
	var all []change
	place := 0
	for i := range row {
		c, err := b.change(&row[i])
		if err != nil {
			return nil, err
		}
		for k := range c.entries {
			if place++; place >= placesOfRow {
				return nil, fmt.Errorf("registry: row %d makes more than %d entries", row[i].Row, placesOfRow)
			}
			c.entries[k].ID = entryID(c.entries[k].Date, b.number, row[i].Row*placesOfRow+place)
		}
		if len(c.entries) > 0 {
			all = append(all, c)
		}
	}
	return all, nil
}

func (b *bookedBatch) change(booked *booking.Booking) (change, error) {
	stands := b.standing[booked.Ref]
	if stands == nil {
		stands = &standing{}
	}
	c := change{ref: booked.Ref, standing: stands}
	events, err := b.registry.eventsOf(booked.Ref, booked.Body)
	if err != nil || b.same(events, stands.now) {
		return c, err
	}
	c.after = stands.after(b.batch.Undo, len(events))
	who := trust.Who{At: b.batch.At, Source: b.source(booked)}
	comesBack := b.batch.Undo && b.same(events, stands.last)
	for i, event := range events {
		if comesBack && stands.last[i].byHand {
			c.after.Now[i] = stands.last[i].ID
			continue
		}
		// A correction of what is in a closed period is entered in the open one.
		if b.batch.Undo || len(stands.now) > 0 || stands.Closed {
			event.Date = b.open(event.Date)
		}
		entry := event.Entry(who)
		if comesBack { // as it came
			entry.Source, entry.Reason = stands.last[i].Source, reasonUndone
		}
		c.entries = append(c.entries, entry)
	}
	var taken []ledger.Entry
	for _, entry := range slices.Backward(stands.now) { // a support cost before the deposit that bears it
		if entry.taken {
			continue
		}
		back := entry.Reversal()
		back.Date, back.At, back.Source, back.Reason = b.open(entry.Date), b.batch.At.UTC().Format(time.RFC3339), who.Source, reasonChanged
		if b.batch.Undo {
			back.Reason = reasonUndone
		}
		c.after.Closed = c.after.Closed || back.Date != entry.Date
		taken = append(taken, back)
	}
	if booked.Ref.Type == fund.ExpenditureType { // what was spent is there again before it is spent anew
		c.entries = append(taken, c.entries...)
	} else { // what was received is not missed before it is received anew
		c.entries = append(c.entries, taken...)
	}
	return c, nil
}

// after is what the books have of a record behind a change by an import, or the undoing of the last one, which leaves so many entries.
func (s *standing) after(undo bool, entries int) onBooks {
	next := onBooks{Now: make([]string, entries), Past: slices.Clone(s.Past), Closed: s.Closed}
	switch {
	case undo && len(next.Past) > 0:
		next.Past = next.Past[:len(next.Past)-1]
	case !undo && s.version > 0:
		next.Past = append(next.Past, append([]string{}, s.Now...))
		next.Past = next.Past[max(len(next.Past)-mostPast, 0):]
	}
	return next
}

// mostPast bounds how many changes of a record can be undone so that what comes back has the source that it came from.
const mostPast = 100

// same reports whether the entries of a record are those of events, on whatever day a closed period made them be entered.
func (b *bookedBatch) same(events []trust.Event, entries []enteredEntry) bool {
	return slices.EqualFunc(events, entries, func(event trust.Event, entry enteredEntry) bool {
		stands := trust.EventOf(entry.Entry, b.registry.currency().Code)
		stands.Date = event.Date
		return reflect.DeepEqual(event, stands)
	})
}

func (b *bookedBatch) source(booked *booking.Booking) ledger.Source {
	s := ledger.Source{
		Import: b.batch.Import, File: b.batch.File, Sheet: b.batch.Sheet, Cell: booked.Cell, Value: booked.Value, Person: b.batch.Person,
	}
	if b.batch.Undo {
		s.Request = batchName(b.batch)
	}
	return s
}

// open is a day, or the first one of the open period where it is closed.
func (b *bookedBatch) open(day civil.Date) civil.Date {
	if first := b.head.ClosedTo.AddDays(1); !b.head.ClosedTo.IsZero() && day.Before(first) {
		return first
	}
	return day
}
