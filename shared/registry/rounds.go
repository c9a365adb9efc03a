package registry

import (
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// round plays the events of dossiers up to a moment, the zero moment being now.
func (r *Registry) round(
	ctx context.Context, from records.Reader, call programme.Call, files map[string]*dossier, at time.Time,
) (*application.Round, error) {
	terms := application.Terms{Programme: r.Programme, Call: call, Country: r.Country}
	return played(ctx, from, terms, files, at)
}

// ReadRound shows all applications to a call, with its extensions, as some records have them: acts, and what sheets brought since. It is
// for who reads more than that of one snapshot.
func ReadRound(ctx context.Context, from records.Reader, call programme.Call) (*application.Round, error) {
	return ReadRoundOf(ctx, from, call, "")
}

// ReadRoundOf is ReadRound of the cities whose identifiers begin with a prefix: those of a country, "FR#", or one.
func ReadRoundOf(ctx context.Context, from records.Reader, call programme.Call, prefix string) (*application.Round, error) {
	files, err := loadDossiers(ctx, from, call, prefix, prefix)
	if err != nil {
		return nil, err
	}
	return played(ctx, from, application.Terms{Call: call}, files, time.Time{})
}

func played(
	ctx context.Context, from records.Reader, terms application.Terms, files map[string]*dossier, at time.Time,
) (*application.Round, error) {
	extensions, err := loadExtensions(ctx, from, terms.Call.ID)
	if err != nil {
		return nil, err
	}
	terms.Extensions = extensions
	round := application.NewRound(terms)
	for _, file := range files {
		for _, e := range slices.Concat(file.recorded, file.told) {
			if at.IsZero() || !e.At.After(at) {
				round.Recorded(e)
			}
		}
	}
	return round, nil
}

// Round shows all applications to a call as they were at a moment; the zero moment is now. CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) Round(ctx context.Context, call string, at time.Time) (*application.Round, error) {
	return r.shownRound(ctx, call, "", at)
}

// RoundOf shows the applications of a country to a call, as they are now. CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) RoundOf(ctx context.Context, call, country string) (*application.Round, error) {
	return r.shownRound(ctx, call, country+"#", time.Time{})
}

// Application shows the application of a city, by its identifier, to a call as it is now: in the state None where it hasn't begun.
// CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) Application(ctx context.Context, call, city string) (application.Case, error) {
	round, err := r.shownRound(ctx, call, city, time.Time{})
	if err != nil {
		return application.Case{}, err
	}
	return round.Case(city), nil // the prefix of its identifier may be another's too
}

// Quota shows a National Commission how its quota in a call stands now. CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) Quota(ctx context.Context, call, country string) (application.QuotaView, error) {
	round, err := r.RoundOf(ctx, call, country)
	if err != nil {
		return application.QuotaView{}, err
	}
	return round.Quota(country), nil
}

func (r *Registry) shownRound(ctx context.Context, id, prefix string, at time.Time) (*application.Round, error) {
	call, err := r.call(id)
	if err != nil {
		return nil, err
	}
	var round *application.Round
	err = r.records.Snapshot(ctx, applicationTypes, func(from records.Reader) error {
		files, err := loadDossiers(ctx, from, call, prefix, prefix)
		if err == nil {
			round, err = r.round(ctx, from, call, files, at)
		}
		return err
	})
	return round, busy(err)
}

// OfCity is what is on record of a city, with the city's identifier.
type OfCity[T any] struct {
	City string
	Body T
}

// Endorsements gives the endorsements of a call that are on record, those of the cities whose identifiers begin with a prefix, in their
// order. CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) Endorsements(ctx context.Context, call, prefix string) ([]OfCity[application.Endorsement], error) {
	return ofCall[application.Endorsement](ctx, r, application.EndorsementType, call, prefix)
}

// Decisions gives the decisions of a call likewise. CALL_UNKNOWN, RECORD_BUSY.
func (r *Registry) Decisions(ctx context.Context, call, prefix string) ([]OfCity[application.Decision], error) {
	return ofCall[application.Decision](ctx, r, application.DecisionType, call, prefix)
}

func ofCall[T any](ctx context.Context, r *Registry, typ, id, prefix string) ([]OfCity[T], error) {
	call, err := r.call(id)
	if err != nil {
		return nil, err
	}
	var all []OfCity[T]
	err = r.records.Snapshot(ctx, []string{typ}, func(from records.Reader) error {
		all = nil
		return scan(ctx, from, typ, call.ID, prefix, func(record records.Record, body T) error {
			all = append(all, OfCity[T]{record.Ref.ID, body})
			return nil
		})
	})
	return all, busy(err)
}
