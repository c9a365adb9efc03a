package imports

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// importFormat is the number of the layout of import records.
const importFormat = 1

// The keys under which imports are kept in the table, beside the blobs imports/<id>/plan and imports/<id>/report and
// uploads/<sha256>:
//
//	what                        partition                 sort
//	import                      import                    <id>
//	committed import of a file  import#file#<sha256>      <id>: identifiers ascend with time
//	committed import of a plan  import#plan#<hash>        committed
//	what a person answered      import#answers#<person>   <kind>
const (
	importPartition  = "import"
	filePartition    = "import#file#"
	planPartition    = "import#plan#"
	planSort         = "committed"
	answersPartition = "import#answers#"
)

// State is how far an import has come.
type State string

// The states of an import. A check makes it checked; a commit makes it committing while it holds the lock, then committed, or
// failed when its plan was stale.
const (
	Checked    State = "checked"
	Committing State = "committing"
	Committed  State = "committed"
	Failed     State = "failed"
)

// Mode says what a commit does with a sheet that has failing rows.
type Mode string

// The modes of a commit, chosen by a person.
const (
	All   Mode = "all"   // nothing is imported (ROWS_REFUSED)
	Valid Mode = "valid" // the other rows are
)

// Import is the record of one import.
type Import struct {
	ID        string    `json:"id"`
	State     State     `json:"state"`
	Kind      string    `json:"kind"`
	Touches   []string  `json:"touches"`
	File      File      `json:"file"`
	Sheet     string    `json:"sheet"`
	Plan      string    `json:"plan"`
	Rows      Counts    `json:"rows"`
	Person    string    `json:"person,omitempty"`
	Answers   []Answer  `json:"answers,omitempty"` // that the sender gave and the commit is to remember
	CheckedAt time.Time `json:"checkedAt"`
	Mode      Mode      `json:"mode,omitempty"`
	// Attempt counts the times that the commit took the lock; Confirmed is set once the plan was found to fit what is stored
	// under the present one. From then on the commit goes forward only.
	Attempt   int64 `json:"attempt"`
	Confirmed bool  `json:"confirmed"`
	// StartedAt is when the commit took the lock: the time of all its records, however often it is resumed.
	StartedAt   time.Time `json:"startedAt,omitzero"`
	CommittedAt time.Time `json:"committedAt,omitzero"`
}

// Result is what a commit did. Running the same commit again gives the same result.
type Result struct {
	Import string
	Plan   string
	Mode   Mode
	Rows   Counts // of the plan: Create and Update were written, Fail were not
	At     time.Time
}

// Partial reports whether rows were left out because they have errors: never to be shown as a full success.
func (r *Result) Partial() bool { return r.Rows.Fail > 0 }

func (i *Import) result() *Result {
	return &Result{Import: i.ID, Plan: i.Plan, Mode: i.Mode, Rows: i.Rows, At: i.CommittedAt}
}

func planBlob(id string) string       { return "imports/" + id + "/plan.jsonl" }
func reportBlob(id string) string     { return "imports/" + id + "/report.jsonl" }
func uploadBlob(sha256 string) string { return "uploads/" + sha256 }

func importKey(id string) table.Key { return table.Key{Partition: importPartition, Sort: id} }

func answersKey(person, kind string) table.Key {
	return table.Key{Partition: answersPartition + person, Sort: kind}
}

// item is the import as it is stored: its state stands at the top, where conditions see it.
func (i *Import) item() (*table.Item, error) {
	attributes, err := records.Encode(i)
	if err != nil {
		return nil, fmt.Errorf("imports: %s: %w", i.ID, err)
	}
	attributes["format"] = int64(importFormat)
	return &table.Item{Key: importKey(i.ID), Attributes: attributes}, nil
}

// write stores the import as it is now, in place of what it was; a nil before is an import that is not stored yet. The
// condition covers whatever tells one step of an import from another.
func (i *Import) write(before *Import) (table.Write, error) {
	item, err := i.item()
	if err != nil {
		return table.Write{}, err
	}
	condition := table.Absent()
	if before != nil {
		condition = table.AllOf(
			table.Equal("state", string(before.State)),
			table.Equal("attempt", before.Attempt),
			table.Equal("confirmed", before.Confirmed),
		)
	}
	return table.Write{Put: item, Condition: condition, Label: "import " + i.ID}, nil
}

// Find returns the record of an import. IMPORT_UNKNOWN.
func (s *Service) Find(ctx context.Context, id string) (*Import, error) {
	item, err := s.table.Get(ctx, importKey(id))
	if errors.Is(err, table.ErrNotFound) {
		return nil, problem.New("IMPORT_UNKNOWN").Valued(id)
	}
	if err != nil {
		return nil, err
	}
	if format, _ := item.Attributes["format"].(int64); format != importFormat {
		return nil, fmt.Errorf("imports: import %s has format %v, this is %d", id, item.Attributes["format"], importFormat)
	}
	var imp Import
	if err := records.Decode(item.Attributes, &imp); err != nil {
		return nil, fmt.Errorf("imports: %s: %w", id, err)
	}
	return &imp, nil
}

// foundBy returns the identifier that an item by which imports are found holds.
func foundBy(item table.Item) string {
	id, _ := item.Attributes["import"].(string)
	return id
}

// committedOfFile returns the latest committed import of a file's very bytes, or nil.
func (s *Service) committedOfFile(ctx context.Context, sha256 string) (*Import, error) {
	latest := table.Query{Partition: filePartition + sha256, Limit: 1, Descending: true}
	for {
		page, err := s.table.Query(ctx, latest)
		if err != nil {
			return nil, err
		}
		if len(page.Items) > 0 {
			return s.Find(ctx, foundBy(page.Items[0]))
		}
		if page.Cursor == "" {
			return nil, nil
		}
		latest.After = page.Cursor
	}
}

// committedOfPlan returns the committed import of a plan, or nil.
func (s *Service) committedOfPlan(ctx context.Context, plan string) (*Import, error) {
	item, err := s.table.Get(ctx, table.Key{Partition: planPartition + plan, Sort: planSort})
	if errors.Is(err, table.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return s.Find(ctx, foundBy(item))
}
