// Package request keeps the record of each workbook that was asked for, from then until it can be fetched; it knows no sheet, and not
// how a workbook is made.
package request

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// format is the number of the layout of these records.
const format = 1

// partition holds them, by identifier.
const partition = "export"

// Kind is one of the workbooks.
type Kind string

// The workbooks that can be asked for.
const (
	Budget     Kind = "budget"
	Fund       Kind = "fund"
	Membership Kind = "membership"
	Survey     Kind = "survey"
	Donor      Kind = "donor" // the statement of one donor
	Audit      Kind = "audit" // who did what with the product
)

// Kinds lists those of the whole network.
func Kinds() []Kind { return []Kind{Budget, Fund, Membership, Survey} }

// All lists them with the statement, which is of one donor, and the audit trail, which is of the product.
func All() []Kind { return append(Kinds(), Donor, Audit) }

// State is how far a workbook has come.
type State string

// The states. A failed one stays failed: what was wrong was the request.
const (
	Asked    State = "asked"
	Building State = "building"
	Ready    State = "ready"
	Failed   State = "failed"
)

// Wish is what a person asks for.
type Wish struct {
	Kind   Kind        `json:"kind"`
	Lang   locale.Lang `json:"lang"`
	Format Format      `json:"format,omitempty"` // empty: a workbook
	Call   string      `json:"call,omitempty"`   // empty: the latest
	Term   string      `json:"term,omitempty"`   // empty: the one of At, or the latest
	Donor  string      `json:"donor,omitempty"`  // of a statement: identifier or name
	ByID   bool        `json:"byID,omitempty"`   // Donor is the identifier and nothing else: whoever asks may know of no other
	From   civil.Date  `json:"from,omitzero"`    // of a statement that is not of a term, and of the audit trail: its first day
	To     civil.Date  `json:"to,omitzero"`      // and its last
	At     time.Time   `json:"at"`               // the moment that the workbook shows the network as of
	Past   bool        `json:"past,omitempty"`   // by what was on record at that moment, and not by what is now
	Person string      `json:"person,omitempty"`
}

// Export is the record of a workbook that was asked for.
type Export struct {
	ID      string    `json:"id"`
	State   State     `json:"state"`
	Wish    Wish      `json:"wish"`
	Bytes   int64     `json:"bytes,omitempty"`   // of the workbook, once it is ready
	Problem *Reason   `json:"problem,omitempty"` // why it failed
	AskedAt time.Time `json:"askedAt"`
	EndedAt time.Time `json:"endedAt,omitzero"`
}

// Reason is why a workbook can't be built, in so far as its message needs it.
type Reason struct {
	Code   problem.Code           `json:"code"`
	Value  string                 `json:"value,omitempty"`
	Params map[string]locale.Text `json:"params,omitempty"`
}

// Message says it in a language.
func (r *Reason) Message(lang locale.Lang) string {
	p := problem.New(r.Code).Valued(r.Value)
	p.Params = r.Params
	return p.Message(lang)
}

// Blob names the workbook's blob.
func (e *Export) Blob() string { return "exports/" + e.ID + "/" + e.File() }

// File is the name under which a person keeps it, such as budget.fr.xlsx.
func (e *Export) File() string {
	return string(e.Wish.Kind) + "." + string(e.Wish.Lang) + e.Wish.Format.Extension()
}

// Store keeps the records. It is safe for concurrent use, also by several processes over one table.
type Store struct {
	table table.Table
	clock identity.Clock
}

// New makes a store over a table.
func New(t table.Table, clock identity.Clock) *Store { return &Store{table: t, clock: clock} }

// Create keeps a wish under an identifier that was made for it. A wish that is kept under it already is given as it stands, so that
// Create may be repeated.
func (s *Store) Create(ctx context.Context, id string, wish Wish) (*Export, error) {
	export := &Export{ID: id, State: Asked, Wish: wish, AskedAt: s.clock().UTC()}
	if wish.Person != "" { // first, so that no wish is without its note
		if err := s.table.Write(ctx, table.Write{Put: &table.Item{Key: personKey(wish.Person, id)}, Label: "export " + id}); err != nil {
			return nil, err
		}
	}
	err := s.write(ctx, export, table.Absent())
	var there *table.ConditionError
	if errors.As(err, &there) {
		return s.Find(ctx, id)
	}
	return export, err
}

// Find returns a record. EXPORT_UNKNOWN.
func (s *Store) Find(ctx context.Context, id string) (*Export, error) {
	if !identity.WellFormed(id) {
		return nil, unknown(id)
	}
	item, err := s.table.Get(ctx, table.Key{Partition: partition, Sort: id})
	if errors.Is(err, table.ErrNotFound) {
		return nil, unknown(id)
	}
	if err != nil {
		return nil, err
	}
	return decode(item)
}

// decode reads a record as it is stored.
func decode(item table.Item) (*Export, error) {
	id := item.Key.Sort
	if err := records.Known(item, format); err != nil {
		return nil, err
	}
	if got, _ := item.Attributes["format"].(int64); got != format {
		return nil, fmt.Errorf("request: export %s has format %v, this is %d", id, item.Attributes["format"], format)
	}
	var export Export
	if err := records.Decode(item.Attributes, &export); err != nil {
		return nil, fmt.Errorf("request: %s: %w", id, err)
	}
	return &export, nil
}

// Begin marks a workbook as being built, and gives its record: ready or failed when somebody did it before. EXPORT_UNKNOWN.
func (s *Store) Begin(ctx context.Context, id string) (*Export, error) {
	return s.step(ctx, id, func(e *Export) { e.State = Building })
}

// Finish marks a workbook as ready, its blob being kept. EXPORT_UNKNOWN.
func (s *Store) Finish(ctx context.Context, id string, bytes int64) (*Export, error) {
	return s.step(ctx, id, func(e *Export) { e.State, e.Bytes, e.EndedAt = Ready, bytes, s.clock().UTC() })
}

// Expire notes that the file of an export is about to be erased, since it has been kept for long enough: it is failed, with that as the reason
// (EXPORT_EXPIRED). Its bytes are known until Erased. One that isn't ready stays as it is. EXPORT_UNKNOWN.
func (s *Store) Expire(ctx context.Context, id string) (*Export, error) {
	export, err := s.Find(ctx, id)
	if err != nil || export.State != Ready {
		return export, err
	}
	export.State, export.Problem = Failed, &Reason{Code: "EXPORT_EXPIRED"}
	return export, s.write(ctx, export, table.Present())
}

// Erased notes that the file of an expired export is erased. EXPORT_UNKNOWN.
func (s *Store) Erased(ctx context.Context, id string) error {
	export, err := s.Find(ctx, id)
	if err != nil || !export.Expiring() {
		return err
	}
	export.Bytes = 0
	return s.write(ctx, export, table.Present())
}

// Expiring reports whether the file has expired, and may not be erased yet.
func (e *Export) Expiring() bool {
	return e.Problem != nil && e.Problem.Code == "EXPORT_EXPIRED" && e.Bytes > 0
}

// Oldest is List from the oldest on.
func (s *Store) Oldest(ctx context.Context, after table.Cursor, limit int) ([]Export, table.Cursor, error) {
	page, err := s.table.Query(ctx, table.Query{Partition: partition, After: after, Limit: limit})
	if err != nil {
		return nil, "", err
	}
	return decodeEach(page.Items, page.Cursor)
}

// Fail notes why a workbook can't be built. EXPORT_UNKNOWN.
func (s *Store) Fail(ctx context.Context, id string, why *problem.Problem) (*Export, error) {
	reason := &Reason{Code: why.Code, Params: why.Params}
	if why.Value != nil {
		reason.Value = fmt.Sprint(why.Value)
	}
	return s.step(ctx, id, func(e *Export) { e.State, e.Problem, e.EndedAt = Failed, reason, s.clock().UTC() })
}

// Erase notes that a workbook is no more, since it named somebody who was erased: EXPORT_ERASED is then why it failed. Its blob is the
// caller's to erase. EXPORT_UNKNOWN.
func (s *Store) Erase(ctx context.Context, id string) (*Export, error) {
	export, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	was := export.State
	export.State, export.Bytes, export.Problem = Failed, 0, &Reason{Code: "EXPORT_ERASED"}
	if export.EndedAt.IsZero() {
		export.EndedAt = s.clock().UTC()
	}
	return export, s.write(ctx, export, table.Equal("state", string(was)))
}

// step changes a record that has not come to its end; one that has is given as it stands.
func (s *Store) step(ctx context.Context, id string, change func(*Export)) (*Export, error) {
	export, err := s.Find(ctx, id)
	if err != nil || export.ended() {
		return export, err
	}
	change(export)
	err = s.write(ctx, export, table.AnyOf(table.Equal("state", string(Asked)), table.Equal("state", string(Building))))
	var overtaken *table.ConditionError
	if errors.As(err, &overtaken) { // by whoever brought it to its end
		return s.Find(ctx, id)
	}
	return export, err
}

func (e *Export) ended() bool { return e.State == Ready || e.State == Failed }

func (s *Store) write(ctx context.Context, export *Export, condition table.Condition) error {
	attributes, err := records.Encode(export)
	if err != nil {
		return fmt.Errorf("request: %s: %w", export.ID, err)
	}
	attributes["format"] = int64(format)
	return s.table.Write(ctx, table.Write{
		Put:       &table.Item{Key: table.Key{Partition: partition, Sort: export.ID}, Attributes: attributes},
		Condition: condition, Label: "export " + export.ID,
	})
}

func unknown(id string) error { return problem.New("EXPORT_UNKNOWN").Valued(id) }
