package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// importFormat is the number of the layout of import records.
const importFormat = 1

// State is how far an import has come.
type State string

// The states of an import. One that is asked for before its file is there begins as awaiting; one whose file is at hand begins as
// checked. A check makes it checked or refused, a commit makes it committing while it holds the lock, then committed, or failed when
// its plan was stale. Checked, failed and refused ones can be checked again. An undo makes a committed one undoing while it holds the
// lock, then undone; it stays so.
const (
	Awaiting   State = "awaiting"   // its file has not been taken in
	Checking   State = "checking"   // its file is being checked, or is going to be
	Checked    State = "checked"    // it has a plan and a report
	Refused    State = "refused"    // its file could not be checked; the report and Problem say why
	Committing State = "committing" // its plan is being executed, under the lock
	Committed  State = "committed"
	Failed     State = "failed"  // what was asked last could not be done; Problem says why
	Undoing    State = "undoing" // its rows are being taken back, under the lock
	Undone     State = "undone"  // Undo says what was taken back
)

// States lists all states.
var States = []State{Awaiting, Checking, Checked, Refused, Committing, Committed, Failed, Undoing, Undone}

// Mode says what a commit does with a sheet that has failing rows.
type Mode string

// The modes of a commit, chosen by a person.
const (
	All   Mode = "all"   // nothing is imported (ROWS_REFUSED)
	Valid Mode = "valid" // the other rows are
)

// Request is what a person asks for with an import whose file is still to come.
type Request struct {
	Name    string            `json:"name"`  // the file's
	Bytes   int64             `json:"bytes"` // its size
	Kind    string            `json:"kind,omitempty"`
	Sheet   string            `json:"sheet,omitempty"`
	Lang    locale.Lang       `json:"lang,omitempty"`
	Call    string            `json:"call,omitempty"`
	Term    string            `json:"term,omitempty"`
	Answers map[string]string `json:"answers,omitempty"`
	Person  string            `json:"person,omitempty"`
	// Edits is the SHA-256 of the edits over the sheet, Edited how many they are, EditedIn the import's attempt that began with them (see
	// Store.Edits).
	Edits    string `json:"edits,omitempty"`
	Edited   int    `json:"edited,omitempty"`
	EditedIn int64  `json:"editedIn,omitempty"`
}

// File is the sender's file.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"` // 64 hexadecimal digits
	Format string `json:"format"` // as told by its content: "xlsx", "csv", …
	Bytes  int64  `json:"bytes"`
}

// Import is the record of one import.
type Import struct {
	ID      string   `json:"id"`
	State   State    `json:"state"`
	Request Request  `json:"request"`
	Kind    string   `json:"kind"`
	Touches []string `json:"touches"`
	File    File     `json:"file"` // what is known of it: before its check the name and size that were asked for
	Sheet   string   `json:"sheet"`
	Plan    string   `json:"plan"`
	Rows    Counts   `json:"rows"`
	Person  string   `json:"person,omitempty"` // who asked for it
	// Committer is who had its plan committed, where that is known.
	Committer string   `json:"committer,omitempty"`
	Answers   []Answer `json:"answers,omitempty"` // that the sender gave and the commit is to remember
	// Check names the check whose plan and report stand; empty for that of a file at hand (see PlanBlob).
	Check string `json:"check,omitempty"`
	// Problem is why the import is refused or failed.
	Problem problem.Code `json:"problem,omitempty"`
	// Blocker is the import that was in the way, where that is the problem.
	Blocker string    `json:"blocker,omitempty"`
	AskedAt time.Time `json:"askedAt,omitzero"`
	// BegunAt is when the check was begun: the moment it acts as of, however often it is continued.
	BegunAt   time.Time `json:"begunAt,omitzero"`
	CheckedAt time.Time `json:"checkedAt,omitzero"`
	Mode      Mode      `json:"mode,omitempty"`
	// Attempt counts the times that the import was taken up anew: by a further check, or by a commit or undo that took the lock. Confirmed
	// is set once the plan was found to fit what is stored under the present one, or that of an undo was made. From then on the commit
	// or undo goes forward only.
	Attempt   int64 `json:"attempt"`
	Confirmed bool  `json:"confirmed"`
	// Done is how many rows of its present stage this attempt has surely done: where it goes on when it was interrupted.
	Done int64 `json:"done"`
	// StartedAt is when the commit took the lock: the time of all its records, however often it is resumed.
	StartedAt   time.Time `json:"startedAt,omitzero"`
	CommittedAt time.Time `json:"committedAt,omitzero"`
	Undo        Undo      `json:"undo,omitzero"`
	// ErasedAt is when persons were taken out of it last (see Store.Erase). Redacted is since then the SHA-256 of its plan as it is kept; Plan
	// stays what was confirmed.
	ErasedAt time.Time `json:"erasedAt,omitzero"`
	Redacted string    `json:"redacted,omitempty"`
	// Redacting are the names, among those of checks, under which persons are being taken out of plan and reports: nobody sweeps these.
	Redacting []string `json:"redacting,omitempty"`
	// Erasing says that what Erase took the place of may still be there.
	Erasing bool `json:"erasing,omitempty"`
	// ExpiredAt is when its files began to be erased, since they had been kept for long enough.
	ExpiredAt time.Time `json:"expiredAt,omitzero"`
	Swept     bool      `json:"swept,omitempty"` // that was done to the end
	// History is what became of it, from when it was asked for on; imports of earlier days have none.
	History []Step `json:"history,omitempty"`
}

// Storer is in whose name the rows are stored: of who had them committed, else of who asked for the import.
func (i *Import) Storer() string { return cmp.Or(i.Committer, i.Person) }

// Locks are the record types whose locks the import's work holds.
func (i *Import) Locks() []string {
	if i.State == Undoing {
		return i.Undo.Locks
	}
	return i.Touches
}

// Result is what a commit did. Running the same commit again gives the same result.
type Result struct {
	Import string
	Plan   string
	Mode   Mode
	Rows   Counts // of the plan: Create and Update were written, Fail were not
	At     time.Time
	Undone bool // it was taken back since
}

// Partial reports whether rows were left out because they have errors: never to be shown as a full success.
func (r *Result) Partial() bool { return r.Rows.Fail > 0 }

// Unchecked reports whether the import's check is still to be done. One that was given up (Fail) is taken up again by whatever brings it:
// a dead letter that somebody sends on its way anew, or a message that was late.
func (i *Import) Unchecked() bool {
	if i.State == Failed && i.Erased() {
		return false
	}
	return i.State == Awaiting || i.State == Checking || i.State == Failed && i.CheckedAt.IsZero()
}

// AwaitsFile reports whether the import's file is still to be sent, or to be sent again since it was lost before its check.
func (i *Import) AwaitsFile() bool {
	return i.State == Awaiting || i.State == Failed && i.Problem == "IMPORT_FILE_AWAITED"
}

// Result is what the import's commit did, once it is committed.
func (i *Import) Result() *Result {
	return &Result{Import: i.ID, Plan: i.Plan, Mode: i.Mode, Rows: i.Rows, At: i.CommittedAt, Undone: i.State == Undone}
}

// Committable says why a plan of the import can't be committed in a mode, empty for All; nil when it can, or goes on being. A plan that
// failed for another reason than being stale may succeed in another mode, or later. A committed plan is not committed again:
// callers give its Result. IMPORT_EXPIRED, IMPORT_NOT_CHECKED, PLAN_STALE, ROWS_REFUSED, RECORD_BUSY while it is being undone, IMPORT_UNDONE, IMPORT_ERASED.
func (i *Import) Committable(plan string, mode Mode) error {
	if err := i.Available(); err != nil {
		return err
	}
	stale := i.State == Failed && (i.Problem == "PLAN_STALE" || i.Problem == "")
	switch {
	case i.State == Awaiting || i.State == Checking:
		return notChecked(i)
	case i.State == Undoing:
		return problem.New("RECORD_BUSY").With("import", i.ID)
	case i.State == Undone:
		return problem.New("IMPORT_UNDONE").Valued(i.ID)
	case i.State == Failed && i.Erased():
		return erased(i)
	case stale || i.State == Refused || i.State == Committed || i.Plan == "" || i.Plan != plan:
		return problem.New("PLAN_STALE")
	case mode != Valid && i.Rows.Fail > 0:
		return problem.New("ROWS_REFUSED").WithInt("count", i.Rows.Fail)
	}
	return nil
}

// PlanBlob names the blob of the import's plan.
func (i *Import) PlanBlob() string { return PlanBlob(i.ID, i.Check) }

// HasBlob reports whether a blob among CheckBlobs is one of the check that counts or of the undo, or of the edits that count or may still
// come to.
func (i *Import) HasBlob(name string) bool {
	if layer, ok := strings.CutPrefix(name, CheckBlobs(i.ID)+"edits/"); ok {
		attempt, _, _ := strings.Cut(layer, "-")
		n, err := strconv.ParseInt(attempt, 10, 64)
		return err == nil && n > i.Attempt || i.Request.Edits != "" && name == EditsBlob(i.ID, i.Request.EditedIn, i.Request.Edits)
	}
	return i.counts(name)
}

// counts reports whether a blob is one of the check that counts or of the undo, or of what takes their place.
func (i *Import) counts(name string) bool {
	rest, ok := strings.CutPrefix(name, checkBlob(i.ID, i.Check, ""))
	ofCheck := ok && !strings.Contains(rest, "/")
	becomes := func(check string) bool { return strings.HasPrefix(name, checkBlob(i.ID, check, "")) }
	return ofCheck || i.Undo.Check != "" && becomes(i.Undo.Check) || slices.ContainsFunc(i.Redacting, becomes)
}

// item is the import as it is stored: its state stands at the top, where conditions see it.
func (i *Import) item() (*table.Item, error) {
	attributes, err := records.Encode(i)
	if err != nil {
		return nil, fmt.Errorf("intake: %s: %w", i.ID, err)
	}
	attributes["format"] = int64(importFormat)
	return &table.Item{Key: importKey(i.ID), Attributes: attributes}, nil
}

// Write stores the import as it is now, in place of what it was; a nil before is an import that is not stored yet. The
// condition covers whatever tells one step of an import from another.
func (i *Import) Write(before *Import) (table.Write, error) {
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
