// Package agenda reads from the records what schedules need to know, and who is to be written to: the deadlines of calls with their
// extensions, coordinators' terms, participations, duties, agreements and instalments, and the people who have to do with each. It decides
// nothing about when, and knows no content.
package agenda

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// Source reads from what is on record. It is safe for concurrent use.
type Source struct {
	Records   *records.Store
	Programme *programme.Edition
	People    People
}

// People are those who may use the product, whoever asks: people.Directory.
type People interface {
	Each(ctx context.Context, fn func(people.Person) error) error
}

// Reader is a person who is written to. Whether the person has declined such letters is asked when one is sent.
type Reader struct {
	ID    string // the person's identifier
	Lang  locale.Lang
	Role  access.Role
	Scope access.Scope
}

// Facts are the days that schedules go by, as on record now: what is open at that moment, and what became due so long before that no
// catching up reaches it left out. An error is a failure of the store, or *records.BusyError while an import is at work.
func (s Source) Facts(ctx context.Context, now time.Time) (schedule.Facts, error) {
	return schedule.Facts{}, nil
}

// Readers are the people whom an occasion's letters go to, as on record now: each once, in the order of their identifiers. An error is a
// failure of the store, or *records.BusyError.
func (s Source) Readers(ctx context.Context, o schedule.Occasion) ([]Reader, error) {
	return nil, nil
}
