package imports

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// Kind is one kind of sheet: its columns, the record types it changes, and the rules its rows are judged by. Most kinds are
// made with [Define].
type Kind interface {
	// Name is how the kind is named on the command line and in plans, such as "contributions".
	Name() string
	// Schema lists the columns, with the choices and look-ups of this environment.
	Schema(env *Env) sheet.Schema
	// Touches names every record type that a row may write (records.Ref.Type): the commit locks these.
	Touches() []string
	// Begin starts the check of one sheet.
	Begin(ctx context.Context, env *Env) (Session, error)
}

// Session judges the rows of one sheet, in the order of the sheet.
type Session interface {
	// Row decodes and judges one line of data; at says where it stands, and whether it fails anyway. An error stops the
	// check; what is wrong with the row is in the Verdict.
	Row(ctx context.Context, table *sheet.Table, line *sheet.Line, at Place) (Verdict, error)
	// Finish gives the problems that only the whole sheet shows. One that carries a Row belongs to that row and, when it
	// blocks, fails it.
	Finish(ctx context.Context) ([]problem.Problem, error)
}

// Supporting is implemented by kinds on whose records others rest, as the answers to a survey rest on members: an undo does not take
// a record away from under them.
type Supporting interface {
	// Dependents says what rests on the kind's records; with the zero value nothing does.
	Dependents() Dependents
}

// Listing is implemented by kinds whose records are found by lists too, such as contributions by their donors.
type Listing interface {
	// List enters records before they are written, by a commit or an undo, under their locks. It may be repeated.
	List(ctx context.Context, about Listed) error
}

// Listed is what is about to be written.
type Listed struct {
	Records   *records.Store
	Programme *programme.Edition
	Now       time.Time // when it was decided
	Import    string
	Puts      []records.Put
}

// Dependents says what rests on the records of a kind.
type Dependents struct {
	// Types are the record types whose records may do so: an undo holds their locks too.
	Types []string
	// Fields are, by type of the kind's records, the attributes on which what comes later rests: a change of others is undone freely.
	Fields map[string][]string
	// Load reads them; what it returns names those that rest on a record.
	Load func(ctx context.Context, env *Env) (func(ref records.Ref) []Dependent, error)
}

// Dependent is a record that rests on another.
type Dependent struct {
	Ref  records.Ref
	Name locale.Text // for people, such as "an answer to the survey of 2019"
	At   time.Time   // when it was last changed
}

// Env is what a kind may know while it checks a sheet. It is the same from the first row to the last.
type Env struct {
	Programme *programme.Edition
	Reference *reference.Data
	Records   records.Reader
	Now       time.Time // the moment the check acts as of
	Call      string    // identifier of the call asked for, or the latest; never empty
	Term      string    // identifier of the term asked for, or the one of Now, or the latest; never empty
	Lang      locale.Lang
	Answers   sheet.Answers
	Person    string
}

// Place is where a row stands, and what is wrong with it before the rules see it.
type Place struct {
	Sheet  string
	Row    int             // the sheet's own number
	Failed bool            // the row fails whatever the rules say: it must not use up a quota
	Bad    map[string]bool // fields whose value could not be read: rules on them would only repeat the sender's mistake
}

// Judgement is what the rules say of one row.
type Judgement struct {
	// Key identifies the row within the file, such as "FR#brest": a later row with the same key repeats or contradicts the
	// earlier one. Empty where the row can't be told or may repeat.
	Key string
	// Label is the row's name for people, such as "Brest (France)".
	Label    string
	Changes  []Change
	Rests    []Rest
	Besides  []Beside
	Problems []problem.Problem // each with its Field; the engine adds sheet, row, cell and value
}

// Beside is a record that a row does not write and that may stand in its way, such as the same payment in another year. The engine reads those
// of many rows at once, and so a check costs the same whatever else is stored.
type Beside struct {
	Ref records.Ref
	// Refuse is called with the record where there is one. A problem fails the row, of which nothing is stored then; it names its Field. It is
	// called on another goroutine than the rules.
	Refuse func(there records.Record) (*problem.Problem, error)
}

// Rest is a record that a row was judged by and does not write, in the version that the rules saw: the row is stored only while it is
// the one on record, else the plan is stale.
type Rest struct {
	Ref     records.Ref
	Version int64
}

// Change is one record that a row wants stored.
type Change struct {
	Ref  records.Ref
	Body any // a struct or map that records.Encode takes
	// Claims are taken together with the record, such as one of a country's three slots in a call (R-APP-3).
	Claims []records.Claim
	// KeepExisting writes the record only where none is stored yet.
	KeepExisting bool
	// BaseVersion is the version that the sheet was exported at: a record changed since is ROW_UPDATE_CONFLICT. 0 is unknown.
	BaseVersion int64
}

// Verdict is what a Session says of one row: the judgement, and what the decoding found.
type Verdict struct {
	Judgement
	// Failed is set when the row fails, whether or not a problem of the row says why (a question on the whole column may).
	Failed bool
	// Content tells two rows with the same key apart: equal content is a repetition, other content a contradiction.
	Content [16]byte
}
