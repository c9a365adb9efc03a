package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
)

// Revise keeps a correction of a report as the revision after base, in the name of a person, and has letters go to people: at once, as
// Make does. changes are what the revision before it said otherwise. Repeated with the same report it does nothing. SUMMARY_UNKNOWN, also
// for an occasion without a report; RECORD_CHANGED when base is not the latest revision.
func (s *Store) Revise(
	ctx context.Context, id string, base int, by string, report summary.Report, changes []summary.Change, people []string,
) (Entry, error) {
	text, hash := report.Canonical()
	people = distinct(people)
	for range tries {
		was, found, err := s.Entry(ctx, id)
		if err != nil {
			return Entry{}, err
		}
		if !found || was.Revision == 0 || report.Occasion.ID() != id {
			return Entry{}, summaryUnknown(id)
		}
		if was.Revision == base+1 && was.By == by && was.SHA256 == hash { // as a repetition finds it
			return s.Post(ctx, was)
		}
		if was.Revision != base || base >= mostRevisions {
			return Entry{}, problem.New("RECORD_CHANGED")
		}
		if was, err = s.Post(ctx, was); err != nil { // no letter of the revision before it is written after it
			return Entry{}, err
		}
		next := was
		next.Revision, next.MadeAt, next.By, next.SHA256, next.People = base+1, s.clock().UTC(), by, hash, len(people)
		next.Outcome = Written
		if len(people) == 0 {
			next.Outcome = Nobody
		}
		writes, err := s.revision(&next, string(text), changes, people)
		if err != nil {
			return Entry{}, err
		}
		if err := s.advance(ctx, was, next, writes); !overtaken(err) {
			if err != nil {
				return Entry{}, err
			}
			return s.post(ctx, next, people)
		}
	}
	return Entry{}, busy("summary " + id)
}

// mostChanges is how many bytes of changes are kept beside a report of summary.Most, in an item of the table. Of more changes the first ones
// are kept: the reports themselves have them all.
const mostChanges = 80_000

// keep is a revision as it is stored.
func keep(e Entry, report string, changes []summary.Change) (keptBody, error) {
	body := keptBody{Revision: e.Revision, MadeAt: e.MadeAt.Format(time.RFC3339Nano), By: e.By, Report: report}
	for len(changes) > 0 {
		text, err := json.Marshal(changes)
		if err != nil {
			return keptBody{}, fmt.Errorf("outbox: %s: %w", e.ID, err)
		}
		if len(text) <= mostChanges {
			body.Changes = string(text)
			break
		}
		changes = changes[:len(changes)/2]
	}
	return body, nil
}

// kept is the reverse of keep.
func (b keptBody) kept() (Kept, error) {
	k := Kept{Revision: b.Revision, By: b.By}
	var err error
	if k.MadeAt, err = time.Parse(time.RFC3339Nano, b.MadeAt); err != nil {
		return k, fmt.Errorf("outbox: %w", err)
	}
	if k.Report, err = summary.Read([]byte(b.Report)); err != nil {
		return k, fmt.Errorf("outbox: %w", err)
	}
	if b.Changes != "" {
		if err := json.Unmarshal([]byte(b.Changes), &k.Changes); err != nil {
			return k, fmt.Errorf("outbox: %w", err)
		}
	}
	return k, nil
}

// Kept is a revision of a report; 0 is the latest. SUMMARY_UNKNOWN, also where nothing was made.
func (s *Store) Kept(ctx context.Context, id string, revision int) (Kept, error) {
	if revision == 0 {
		e, found, err := s.Entry(ctx, id)
		if err != nil {
			return Kept{}, err
		}
		if !found {
			return Kept{}, summaryUnknown(id)
		}
		revision = e.Revision
	}
	if !(Letter{Summary: id, Revision: revision, Person: "any"}).valid() {
		return Kept{}, summaryUnknown(id)
	}
	var b keptBody
	found, err := s.find(ctx, table.Key{Partition: keptPartition, Sort: of(id, revision)}, &b)
	if err != nil {
		return Kept{}, err
	}
	if !found {
		return Kept{}, summaryUnknown(id)
	}
	return b.kept()
}

// ReportAsOf is what a report said at a moment: its latest revision by then, and the first one where that came later, so that a report that
// is made up for is compared with what it would have been compared with in time. nil where nothing was made.
func (s *Store) ReportAsOf(ctx context.Context, id string, at time.Time) (*summary.Report, error) {
	all, err := s.Revisions(ctx, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	i := len(all) - 1
	for i > 0 && all[i].MadeAt.After(at) {
		i--
	}
	return &all[i].Report, nil
}

// Revisions are all revisions of a report, from the first on; none where nothing was made.
func (s *Store) Revisions(ctx context.Context, id string) ([]Kept, error) {
	var all []Kept
	err := s.each(ctx, table.Query{Partition: keptPartition, Prefix: id + "#"}, func(stored table.Item) error {
		var b keptBody
		if err := decode(stored, &b); err != nil {
			return err
		}
		k, err := b.kept()
		all = append(all, k)
		return err
	})
	return all, err
}

// People are the identifiers of those to whom the letters of a revision go, in their order. SUMMARY_UNKNOWN.
func (s *Store) People(ctx context.Context, id string, revision int) ([]string, error) {
	var b peopleBody
	found, err := s.find(ctx, table.Key{Partition: peoplePartition, Sort: of(id, revision)}, &b)
	if err == nil && !found {
		err = summaryUnknown(id)
	}
	return slices.Clip(b.People), err
}
