package registry

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// Post enters an event in the fund's books and gives its entry's identifier. What needs a second person is proposed instead
// (ProposeEvent): SECOND_PERSON_NEEDED.
//
// *Refused with DATE_AHEAD, TEXT_TOO_LONG, NUMBER_OUT_OF_RANGE for what the books can't hold, FUND_DONOR_EXCEEDED and the problems of
// trust.Event.Check or trust.Period.CheckEntry; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Post(ctx context.Context, o Origin, e trust.Event, reason string) (string, error) {
	if e.Kind.NeedsSecond() {
		return "", refused(problem.New("SECOND_PERSON_NEEDED"))
	}
	if problems := e.Check(r.Programme); len(problems) > 0 {
		return "", refused(problems...)
	}
	return r.keepBooks(ctx, o, []any{"post", e, reason}, func(ctx context.Context, b *books) ([]table.Write, string, error) {
		return b.post(ctx, e, reason)
	})
}

// Reverse takes an entry back by another of a day: the entry's own at the earliest. A reason is needed. What two persons decided is not
// undone by one (trust.Kind.TakingBackNeedsSecond): SECOND_PERSON_NEEDED, ProposeReversal.
//
// *Refused with REF_NOT_FOUND, ENTRY_REVERSED, DATE_ORDER, CELL_REQUIRED, TEXT_TOO_LONG, FUND_DONOR_EXCEEDED and those of trust.Period.CheckEntry;
// RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Reverse(ctx context.Context, o Origin, entry string, on civil.Date, reason string) (string, error) {
	return r.keepBooks(ctx, o, []any{"reverse", entry, on, reason}, func(ctx context.Context, b *books) ([]table.Write, string, error) {
		found, err := b.standing(ctx, entry, on, reason)
		if err != nil {
			return nil, "", err
		}
		if trust.Kind(found.Kind).TakingBackNeedsSecond() {
			return nil, "", refused(problem.New("SECOND_PERSON_NEEDED"))
		}
		return b.reverse(ctx, entry, on, reason)
	})
}

// keepBooks does an act on the books. Acts of one process go one after the other: each moves the head, so that together they would only
// overtake one another.
func (r *Registry) keepBooks(
	ctx context.Context, o Origin, asked any, do func(ctx context.Context, b *books) ([]table.Write, string, error),
) (string, error) {
	select {
	case r.fund <- struct{}{}:
		defer func() { <-r.fund }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return r.perform(ctx, o, asked, fundTypes, func(from records.Reader, o Origin, now time.Time) ([]table.Write, string, error) {
		b, err := r.books(ctx, from, o, now)
		if err != nil {
			return nil, "", err
		}
		return do(ctx, b)
	})
}

func (b *books) post(ctx context.Context, e trust.Event, reason string) ([]table.Write, string, error) {
	if problems := e.Check(b.registry.Programme); len(problems) > 0 {
		return nil, "", refused(problems...)
	}
	if err := bounded("reason", reason, longReason); err != nil {
		return nil, "", err
	}
	entry := e.Entry(b.who(reason))
	if err := b.donor(ctx, entry); err != nil {
		return nil, "", err
	}
	return b.append(ctx, entry)
}

// who says where an act's entry comes from; append gives it its identifier.
func (b *books) who(reason string) trust.Who {
	return trust.Who{
		ID: "-", At: b.now, Source: ledger.Source{Request: b.origin.Request, Person: b.origin.Person}, Reason: reason,
	}
}

// standing is an entry that can be taken back on a day for a reason.
func (b *books) standing(ctx context.Context, id string, on civil.Date, reason string) (ledger.Entry, error) {
	entry, err := b.entry(ctx, id)
	if err != nil {
		return entry, err
	}
	if strings.TrimSpace(reason) == "" {
		return entry, refused(problem.New("CELL_REQUIRED").In("reason").WithText("column", fieldReason))
	}
	if err := bounded("reason", reason, longReason); err != nil {
		return entry, err
	}
	if on.Before(entry.Date) {
		return entry, refused(problem.New("DATE_ORDER").In("date").Valued(on).WithText("column", fieldEntry).WithText("date", entry.Date.Text()))
	}
	switch _, err := b.from.Get(ctx, reversedRef(id)); {
	case err == nil || entry.Reverses != "":
		return entry, refused(problem.New("ENTRY_REVERSED").In("entry").Valued(id))
	case !errors.Is(err, records.ErrNotFound):
		return entry, err
	}
	return entry, nil
}

func (b *books) reverse(ctx context.Context, id string, on civil.Date, reason string) ([]table.Write, string, error) {
	entry, err := b.standing(ctx, id, on, reason)
	if err != nil {
		return nil, "", err
	}
	who := b.who(reason)
	back := entry.Reversal()
	back.ID, back.Date, back.At, back.Source, back.Reason = who.ID, on, who.At.UTC().Format(time.RFC3339), who.Source, reason
	if err := b.donor(ctx, back); err != nil {
		return nil, "", err
	}
	writes, answer, err := b.append(ctx, back)
	if err != nil {
		return nil, "", err
	}
	taken, err := b.put(reversedRef(id), 0, reversedMark{By: answer})
	return append(writes, taken...), answer, err
}

// donor refuses what takes more from a donor than there is. An entry of a closed period is append's to refuse.
func (b *books) donor(ctx context.Context, entry ledger.Entry) error {
	if !trust.Takes(entry) || !entry.Date.After(b.head.ClosedTo) {
		return nil
	}
	before, day, err := b.head.figures(ctx, b.from)
	if err != nil {
		return err
	}
	left, err := trust.Takeable(entry, before, entriesAfter(ctx, b.from, b.head, day))
	if err != nil {
		return err
	}
	if p := trust.CheckDonor(entry, left, b.registry.currency()); p != nil {
		return refused(p)
	}
	return nil
}

// append gives the writes of an entry that is a batch of its own: the entry, its link, its day and the head.
func (b *books) append(ctx context.Context, entry ledger.Entry) ([]table.Write, string, error) {
	if today := b.registry.today(b.now); entry.Date.After(today) {
		return nil, "", refused(problem.New("DATE_AHEAD").In("date").Valued(entry.Date).WithText("today", today.Text()))
	}
	period, versions, err := b.period(ctx)
	if err != nil {
		return nil, "", err
	}
	if p := period.CheckEntry(entry, b.registry.currency()); p != nil {
		return nil, "", refused(p)
	}
	entry.ID = entryID(entry.Date, b.head.Link.Number+1, 1)
	if err := entry.Check(); err != nil {
		return nil, "", err
	}
	head := b.head
	head.Balances = head.Balances.Clone()
	if err := errors.Join(period.Add(entry), head.Balances.Add(entry)); errors.Is(err, ledger.ErrRange) {
		return nil, "", refused(trust.OutOfRange(trust.EventOf(entry, b.registry.currency().Code).Amount, b.registry.currency()))
	} else if err != nil {
		return nil, "", err
	}
	var rolling ledger.Rolling
	if err := rolling.Add(entry); err != nil {
		return nil, "", err
	}
	head.Link, head.Total = head.Link.Next(b.origin.Request, rolling), head.Total+1
	if head.First == 0 || entry.Date.Year < head.First {
		head.First = entry.Date.Year
	}
	head.Last = max(head.Last, entry.Date.Year)
	var writes []table.Write
	for _, put := range []struct {
		ref     records.Ref
		version int64
		body    any
	}{
		{entryRef(entry.ID), 0, entry},
		{linkRef(head.Link.Number), 0, fundLink{head.Link, []civil.Date{entry.Date}}},
		{fundDayRef(entry.Date), versions[entry.Date], fundDay{period.On(entry.Date), head.Link.Number}},
		{fundHeadRef, b.version, head},
	} {
		ws, err := b.put(put.ref, put.version, put.body)
		if err != nil {
			return nil, "", err
		}
		writes = append(writes, ws...)
	}
	return writes, entry.ID, nil
}

func (b *books) put(ref records.Ref, base int64, body any) ([]table.Write, error) {
	return written(records.Put{Record: records.Record{Ref: ref, Provenance: b.origin.provenance(b.now)}, Base: base}, body)
}

// entryID names an entry by its day, its batch and its place in the batch, in which order identifiers sort.
func entryID(day civil.Date, batch int64, place int) string {
	return fmt.Sprintf("%s#%012d#%07d", day, batch, place)
}

func yearOf(entry string) string { return entry[:len("2006")] }

func entryRef(id string) records.Ref {
	return records.Ref{Type: fundEntryType, Partition: yearOf(id), ID: id}
}

// reversedMark is the mark that an entry was taken back, which keeps it from being taken back again.
type reversedMark struct {
	By    string `json:"by"`              // the entry that took it back
	Batch bool   `json:"batch,omitempty"` // of an import or undo
}

func reversedRef(entry string) records.Ref {
	return records.Ref{Type: fundReversedType, Partition: yearOf(entry), ID: entry}
}

func linkRef(number int64) records.Ref {
	return records.Ref{Type: fundLinkType, ID: fmt.Sprintf("%012d", number)}
}

// entry finds an entry. *Refused with REF_NOT_FOUND.
func (b *books) entry(ctx context.Context, id string) (ledger.Entry, error) {
	missing := noEntry(id)
	if batch, err := batchOf(id); err != nil || batch < 1 || !utf8.ValidString(id) || len(id) > 2*len("2025-05-01#000000000001#0000001") {
		return ledger.Entry{}, missing
	}
	record, err := b.from.Get(ctx, entryRef(id))
	if errors.Is(err, records.ErrNotFound) {
		return ledger.Entry{}, missing
	}
	if err != nil {
		return ledger.Entry{}, err
	}
	var entry ledger.Entry
	return entry, records.Decode(record.Body, &entry)
}

func noEntry(id string) error {
	return refused(problem.New("REF_NOT_FOUND").In("entry").Valued(id).WithText("what", fieldEntry))
}
