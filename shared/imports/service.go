package imports

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/booking"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Service is made of. Everything but the optional fields is required.
type Config struct {
	Table     table.Table
	Records   *records.Store // over the same table
	Blobs     blob.Store
	Programme *programme.Edition
	Reference *reference.Data
	Kinds     []Kind
	// Books take what follows from the records of kinds that are booked (Bookable); nil: nothing is booked.
	Books booking.Books
	Clock identity.Clock
	IDs   identity.IDs

	// Limits of a file; the zero value is sheet.DefaultLimits.
	Limits sheet.Limits
	// Pause waits before a further try (counted from 1) of something that failed for the moment; nil waits 50 ms and twice
	// as long each time. An error ends the trying.
	Pause func(ctx context.Context, try int) error
	// Tries is how often something that fails for the moment is tried, and Checks how often Import checks a sheet again that
	// another import overtook; 0 means 6 and 20.
	Tries, Checks int
	// Batch is how many rows are compared or written together; 0 means 200.
	Batch int
	// Hurry is asked between batches of CheckIncoming, Recheck and Commit, and of Recover, whether to stop for now (*Unfinished);
	// nil never stops. Each call does at least one batch that was not done before.
	Hurry func(ctx context.Context) bool
	// Keep is after how many rows a commit notes how far it has come; 0 means 5,000.
	Keep int
	// Exclusive says that no other process writes to the table: a lock that no commit of this process holds was left behind,
	// and is dealt with when it is in the way of another commit.
	Exclusive bool
}

// Service checks sheets and commits their plans. It is safe for concurrent use, also by several processes over one table:
// what one of them leaves undone, another finishes.
type Service struct {
	table     table.Table
	records   *records.Store
	blobs     blob.Store
	intake    *intake.Store
	programme *programme.Edition
	edition   string // SHA-256 of the programme's content
	reference *reference.Data
	kinds     []Kind
	books     booking.Books
	clock     identity.Clock
	ids       identity.IDs
	limits    sheet.Limits
	pause     func(ctx context.Context, try int) error
	tries     int
	checks    int
	batch     int
	hurry     func(ctx context.Context) bool
	keepEvery int
	exclusive bool
	running   running
}

// New makes a service. It fails when two kinds have one name.
func New(c Config) (*Service, error) {
	names := map[string]bool{}
	for _, kind := range c.Kinds {
		if names[kind.Name()] {
			return nil, fmt.Errorf("imports: two kinds are named %s", kind.Name())
		}
		names[kind.Name()] = true
	}
	content, err := json.Marshal(c.Programme)
	if err != nil {
		return nil, fmt.Errorf("imports: programme: %w", err)
	}
	sum := sha256.Sum256(content)
	s := &Service{
		table: c.Table, records: c.Records, blobs: c.Blobs,
		intake:    intake.New(intake.Config{Table: c.Table, Blobs: c.Blobs, Clock: c.Clock, IDs: c.IDs}),
		programme: c.Programme, edition: hex.EncodeToString(sum[:]), reference: c.Reference,
		kinds: slices.Clone(c.Kinds), books: c.Books, clock: c.Clock, ids: c.IDs,
		limits: c.Limits, pause: c.Pause, tries: cmp.Or(c.Tries, 6), checks: cmp.Or(c.Checks, 20), batch: cmp.Or(c.Batch, 200),
		hurry: c.Hurry, keepEvery: cmp.Or(c.Keep, 5000),
		exclusive: c.Exclusive,
	}
	if s.limits == (sheet.Limits{}) {
		s.limits = sheet.DefaultLimits()
	}
	if s.pause == nil {
		s.pause = records.BackOff(50*time.Millisecond, 2*time.Second)
	}
	return s, nil
}

// Kinds names the kinds that can be imported, in the order of their registration.
func (s *Service) Kinds() []string {
	names := make([]string, len(s.kinds))
	for i, kind := range s.kinds {
		names[i] = kind.Name()
	}
	return names
}

// Schema returns the columns of a kind as the options' environment has them, for its template. It needs no table and no blobs.
// KIND_UNKNOWN, CALL_UNKNOWN, TERM_UNKNOWN.
func (s *Service) Schema(opts Options) (sheet.Schema, error) {
	kinds, err := s.kindNamed(opts.Kind)
	if err != nil {
		return sheet.Schema{}, err
	}
	env, err := s.env(opts)
	if err != nil {
		return sheet.Schema{}, err
	}
	return kinds[0].Schema(env), nil
}

// Upload is a sender's file. Its bytes must stay the same while it is used.
type Upload struct {
	Name   string
	Source io.ReaderAt
	Size   int64
}

// Options say how a sheet is to be checked.
type Options struct {
	Kind    string        // empty: the kind whose columns fit best
	Sheet   string        // empty: the visible sheet that fits best
	Lang    locale.Lang   // of the sheet; empty: as its header shows
	Call    string        // empty: the latest
	Term    string        // empty: the one of today, or the latest
	Answers sheet.Answers // to earlier questions
	Person  string        // who has it checked
	at      time.Time     // the moment that the check acts as of; zero: now
	edits   []sheet.Edit  // over the sheet, as TableOptions has them
	layer   string        // SHA-256 of the edits; empty without any
	review  bool          // what a page shows of the check is kept
	part    *part         // what an interrupted check is to keep; nil: it is never interrupted
	// Progress is told from time to time how many rows are done; it may be nil.
	Progress Progress
}

// Stage is a part of the work that takes long.
type Stage string

// The stages of an import.
const (
	Checking   Stage = "checking"
	Confirming Stage = "confirming"
	Writing    Stage = "writing"
	Undoing    Stage = "undoing"
)

// Progress is told how many rows of a stage are done. It must not take long.
type Progress func(stage Stage, rows int)

func (p Progress) tell(stage Stage, rows int) {
	if p != nil {
		p(stage, rows)
	}
}

// retry does something that may be repeated until it no longer fails for the moment (table.ErrUnavailable), at most as often
// as configured.
func (s *Service) retry(ctx context.Context, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		if !errors.Is(err, table.ErrUnavailable) || try >= s.tries {
			return err
		}
		if stopped := s.pause(ctx, try); stopped != nil {
			return errors.Join(stopped, err)
		}
	}
}

// kindsFor returns the kind of that name, or all when it is empty.
func (s *Service) kindsFor(name string) ([]Kind, error) {
	if name == "" {
		return s.kinds, nil
	}
	return s.kindNamed(name)
}

// kindNamed returns the one kind of that name. KIND_UNKNOWN.
func (s *Service) kindNamed(name string) ([]Kind, error) {
	at := slices.IndexFunc(s.kinds, func(k Kind) bool { return k.Name() == name })
	if at < 0 {
		names := s.Kinds()
		refusal := problem.New("KIND_UNKNOWN").Valued(name).WithText("kinds", listed(names))
		if near, ok := locale.Nearest(name, names); ok {
			refusal.Suggest(near)
		}
		return nil, refusal
	}
	return s.kinds[at : at+1], nil
}

// listed names things as people do in each language.
func listed(names []string) locale.Text {
	return locale.Text{
		EN: locale.List(locale.EN, names), FR: locale.List(locale.FR, names), ES: locale.List(locale.ES, names),
	}
}
