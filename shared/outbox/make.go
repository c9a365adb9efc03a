package outbox

import (
	"context"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
	"github.com/learning-cities/guildhall/shared/table"
)

// batch is for how many people letters are written at once: a transaction holds 100 writes, three of which are the entry, the report and
// the people.
const batch = 90

// Make keeps a report, and with it, in one transaction, the letters to people by identifier, each once. Where there are more of them than
// a transaction holds, they are kept with the report and the rest of the letters follow; whoever comes next goes on (Post). made is
// whether it was this call that made the entry: of an occasion that was dealt with before, the entry comes back as it is.
func (s *Store) Make(ctx context.Context, report summary.Report, people []string) (e Entry, made bool, err error) {
	people = distinct(people)
	outcome := Written
	if len(people) == 0 {
		outcome = Nobody
	}
	return s.first(ctx, report, outcome, people)
}

// Skip keeps a report that has nothing new and so isn't sent.
func (s *Store) Skip(ctx context.Context, report summary.Report) (e Entry, made bool, err error) {
	return s.first(ctx, report, Nothing, nil)
}

// Pass notes an occasion for which nothing is made: outcome is Lapsed or PassedOver.
func (s *Store) Pass(ctx context.Context, o schedule.Occasion, outcome Outcome) (e Entry, made bool, err error) {
	return s.settle(ctx, Entry{ID: o.ID(), Occasion: o, Outcome: outcome, MadeAt: s.clock().UTC()}, nil)
}

func (s *Store) first(ctx context.Context, report summary.Report, outcome Outcome, people []string) (Entry, bool, error) {
	text, hash := report.Canonical()
	e := Entry{
		ID: report.Occasion.ID(), Occasion: report.Occasion, Outcome: outcome, Revision: 1, MadeAt: s.clock().UTC(), SHA256: hash,
		People: len(people),
	}
	writes, err := s.revision(&e, string(text), nil, people)
	if err != nil {
		return Entry{}, false, err
	}
	e, made, err := s.settle(ctx, e, writes)
	if err != nil {
		return e, made, err
	}
	e, err = s.Post(ctx, e) // to the people on record: another one may have made it, and found others
	return e, made, err
}

// settle writes an entry where there is none, with what belongs to it.
func (s *Store) settle(ctx context.Context, e Entry, writes []table.Write) (Entry, bool, error) {
	put, err := item(entryKey(e.ID), e)
	if err != nil {
		return Entry{}, false, err
	}
	writes = append(writes, table.Write{Put: put, Condition: table.Absent(), Label: "summary " + e.ID})
	err = s.table.Transact(ctx, writes)
	if !overtaken(err) {
		return e, err == nil, err
	}
	there, found, err := s.Entry(ctx, e.ID)
	if err == nil && !found {
		err = busy("summary " + e.ID)
	}
	return there, false, err
}

// keptBody is a revision as it is stored: the report and the changes as texts, so that their bytes stay what they were.
type keptBody struct {
	Revision int    `json:"revision"`
	MadeAt   string `json:"madeAt"`
	By       string `json:"by"`
	Report   string `json:"report"`
	Changes  string `json:"changes"`
}

// peopleBody are those to whom the letters of a revision go.
type peopleBody struct {
	People []string `json:"people"`
}

// revision is what belongs to an entry's revision besides the entry: the report, the people, and the first letters, which it counts.
func (s *Store) revision(e *Entry, report string, changes []summary.Change, people []string) ([]table.Write, error) {
	body, err := keep(*e, report, changes)
	if err != nil {
		return nil, err
	}
	kept, err := item(table.Key{Partition: keptPartition, Sort: of(e.ID, e.Revision)}, body)
	if err != nil {
		return nil, err
	}
	to, err := item(table.Key{Partition: peoplePartition, Sort: of(e.ID, e.Revision)}, peopleBody{people})
	if err != nil {
		return nil, err
	}
	e.Posted = min(len(people), batch)
	letters, err := s.letters(*e, people[:e.Posted])
	return append(letters,
		table.Write{Put: kept, Condition: table.Absent(), Label: "report of " + e.ID},
		table.Write{Put: to, Condition: table.Absent(), Label: "people of " + e.ID},
	), err
}

func (s *Store) letters(e Entry, people []string) ([]table.Write, error) {
	now := s.clock().UTC()
	var writes []table.Write
	for _, person := range people {
		m := Mail{
			Letter: Letter{Summary: e.ID, Revision: e.Revision, Person: person}, State: Waiting, Since: now, NotBefore: now, Version: 1,
		}
		if !m.valid() {
			return nil, fmt.Errorf("outbox: no letter: %q", m.Letter)
		}
		put, err := item(mailKey(openPartition, m.Letter), mailBody{Mail: m})
		if err != nil {
			return nil, err
		}
		writes = append(writes, table.Write{Put: put, Condition: table.Absent(), Label: "mail of " + e.ID})
	}
	return writes, nil
}

// Post writes the letters of an entry that aren't written yet, and gives the entry as it is then.
func (s *Store) Post(ctx context.Context, e Entry) (Entry, error) {
	if e.Posted >= e.People {
		return e, nil
	}
	people, err := s.People(ctx, e.ID, e.Revision)
	if err != nil {
		return e, err
	}
	return s.post(ctx, e, people)
}

// post writes the letters from e.Posted on, so many at a time. Whoever is overtaken goes on from where the others are.
func (s *Store) post(ctx context.Context, e Entry, people []string) (Entry, error) {
	for e.Posted < e.People {
		if len(people) != e.People {
			return e, fmt.Errorf("outbox: %s is for %d people, not %d", e.ID, e.People, len(people))
		}
		next := e
		next.Posted = min(e.Posted+batch, e.People)
		writes, err := s.letters(e, people[e.Posted:next.Posted])
		if err != nil {
			return e, err
		}
		err = s.advance(ctx, e, next, writes)
		if overtaken(err) {
			there, found, again := s.Entry(ctx, e.ID)
			if again != nil {
				return e, again
			}
			if !found || there.Revision != e.Revision || there.Posted <= e.Posted {
				return there, busy("summary " + e.ID)
			}
			e = there
			continue
		}
		if err != nil {
			return e, err
		}
		e = next
	}
	return e, nil
}

// advance replaces an entry as it was read by another, with further writes.
func (s *Store) advance(ctx context.Context, was, next Entry, writes []table.Write) error {
	put, err := item(entryKey(next.ID), next)
	if err != nil {
		return err
	}
	return s.table.Transact(ctx, append(writes, table.Write{
		Put: put, Label: "summary " + next.ID,
		Condition: table.AllOf(table.Equal("revision", int64(was.Revision)), table.Equal("posted", int64(was.Posted))),
	}))
}

// distinct are people, each once, in an order that doesn't depend on how they were found.
func distinct(people []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(people)))
}
