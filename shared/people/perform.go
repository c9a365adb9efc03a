package people

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// tries is how often an act is judged anew because others wrote at the same moment.
const tries = 40

// entry is the record of a request that took effect.
type entry struct {
	Asked  string `json:"asked"`  // keyed hash of the request, which can name an address
	Answer string `json:"answer"` // identifier of what was recorded
}

// act is one act as it is under way: the same moment, actor and event in every try.
type act struct {
	service *Service
	by      records.Provenance
	event   Event
}

// work judges an act by what is stored and gives the writes that it takes, with a condition on each record that it judged by. It fills the
// event in. No writes: there is nothing to do, which needs no event.
type work func(ctx context.Context, a *act) ([]table.Write, error)

// perform does an act of the context's actor once for each request, and gives its answer also in every repetition. What is refused leaves no
// trace. ACCESS_DENIED, IDEMPOTENCY_KEY_REUSED, and the problems of the work.
func (s *Service) perform(
	ctx context.Context, request string, do access.Action, person, answer string, asked any, w work,
) (string, error) {
	if err := allowed(ctx, do, person); err != nil {
		return "", err
	}
	if request == "" {
		request = s.IDs()
	}
	by := access.ActorOf(ctx).Person
	text, err := json.Marshal([]any{do, person, asked, by})
	if err != nil {
		return "", fmt.Errorf("people: %w", err)
	}
	e := entry{Asked: s.keyed("request", text), Answer: answer}
	ref := records.Ref{Type: "request", Partition: request, ID: "people"}
	a := s.begin(do, person, by, request)
	err = s.trying(ctx, func() error {
		if done, err := s.done(ctx, ref, &e); done || err != nil {
			return err
		}
		writes, err := w(ctx, a)
		if err != nil {
			if done, again := s.done(ctx, ref, &e); done || again != nil { // what refuses can be the request's own effect
				return again
			}
			return err
		}
		effect, err := a.put(records.Put{Record: records.Record{Ref: ref}}, e)
		if err != nil {
			return err
		}
		return a.write(ctx, writes, effect)
	})
	return e.Answer, err
}

func (s *Service) begin(do access.Action, person, by, request string) *act {
	return &act{
		service: s, by: records.Provenance{Person: by, Request: request, At: s.Clock().UTC()},
		event: Event{ID: s.IDs(), Action: do, Person: person},
	}
}

// trying does something again while others are faster, or while it is not known whether it took effect.
func (s *Service) trying(ctx context.Context, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		var overtaken *table.TransactionError
		switch {
		case errors.As(err, &overtaken):
			err = fmt.Errorf("%w: %v", table.ErrUnavailable, err)
		case !errors.Is(err, table.ErrUnavailable):
			return err
		}
		if try == tries {
			return err
		}
		if err := s.Pause(ctx, try); err != nil {
			return err
		}
	}
}

// done takes the answer of a request that took effect.
func (s *Service) done(ctx context.Context, ref records.Ref, e *entry) (bool, error) {
	stored, err := s.records.Get(ctx, ref)
	if errors.Is(err, records.ErrNotFound) {
		return false, nil
	}
	var was entry
	if err == nil {
		err = records.Decode(stored.Body, &was)
	}
	if err != nil {
		return false, err
	}
	if was.Asked != e.Asked {
		return true, problem.New("IDEMPOTENCY_KEY_REUSED")
	}
	e.Answer = was.Answer
	return true, nil
}

// write does an act with its event in one transaction.
func (a *act) write(ctx context.Context, writes, effect []table.Write) error {
	if len(writes) > 0 {
		ref := records.Ref{Type: eventType, Partition: partitionOf(a.by.At.Year()), ID: a.event.ID}
		told, err := a.put(records.Put{Record: records.Record{Ref: ref}}, a.event)
		if err != nil {
			return err
		}
		writes = slices.Concat(writes, told)
	}
	return a.service.Table.Transact(ctx, slices.Concat(writes, effect))
}

// put gives the writes of a record.
func (a *act) put(p records.Put, body any) ([]table.Write, error) {
	encoded, err := records.Encode(body)
	if err != nil {
		return nil, fmt.Errorf("people: %s: %w", p.Ref, err)
	}
	p.Body, p.Provenance = encoded, a.by
	return p.Writes("")
}

// again gives the writes of a person on record that was changed in what needs no claim.
func (a *act) again(p Person) ([]table.Write, error) {
	return a.put(records.Put{Record: records.Record{Ref: personRef(p.ID)}, Base: p.Version}, p.stored())
}
