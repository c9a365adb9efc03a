package retention

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/personal"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// personMark is the mark of the walk through applications.
const personMark = "persons"

// persons blanks the mayors and contact persons in the applications of cities that are no members: of those that never were, from the end of their
// call, of those that left, from that day. The application itself, its versions and its events stay, with the city and all that was decided.
func (r *round) persons(ctx context.Context) error {
	key := table.Key{Partition: markPartition, Sort: personMark}
	m, err := r.marked(ctx, key)
	if err != nil || m.skipped {
		return err
	}
	for _, call := range r.Programme.Calls {
		if !r.due(programme.ApplicantPersons, call.CommissionCloses()) {
			continue
		}
		if stopped, err := r.applicants(ctx, call); err != nil || stopped {
			return err
		}
	}
	return r.note(ctx, personMark, m, true)
}

// applicants blanks the persons of a call's applications that are due; stopped: others are left for the next run.
func (r *round) applicants(ctx context.Context, call programme.Call) (stopped bool, err error) {
	partition := records.Ref{Type: application.RecordType, Partition: call.ID}.Key().Partition
	err = r.each(ctx, table.Query{Partition: partition}, func(item table.Item) (bool, error) {
		due, err := r.stranger(ctx, item.Key.Sort)
		if err != nil || !due {
			return true, err
		}
		if stopped = r.full(ctx, r.Persons); stopped {
			return false, nil
		}
		blanked, err := r.application(ctx, call, item)
		if blanked {
			r.Persons++
		}
		return true, err
	})
	return stopped, err
}

// stranger reports whether a city is no member, and has not been one for long enough.
func (r *round) stranger(ctx context.Context, city string) (bool, error) {
	item, err := r.Table.Get(ctx, records.Ref{Type: member.RecordType, ID: city}.Key())
	if errors.Is(err, table.ErrNotFound) {
		return true, nil
	}
	body, there := item.Attributes["body"].(map[string]any)
	if err != nil || !there { // it was removed: an import of it was taken back
		return err == nil, err
	}
	var m member.Member
	if err := records.Decode(body, &m); err != nil {
		return false, err
	}
	return !m.Current() && r.due(programme.FormerMemberPersons, m.LeftOn.EndOf(time.UTC)), nil
}

// application blanks the persons of one application, of its earlier versions and of its events, and reports whether there were any.
func (r *round) application(ctx context.Context, call programme.Call, item table.Item) (blanked bool, err error) {
	city := item.Key.Sort
	// The earlier versions and the events first: the application as it is tells the next run that it isn't done.
	for _, q := range []table.Query{
		{Partition: "past#" + item.Key.Partition, Prefix: city + "#"},
		{Partition: records.Ref{Type: eventType, Partition: call.ID}.Key().Partition, Prefix: city + "#"},
		{Partition: item.Key.Partition, Prefix: city},
	} {
		err := r.each(ctx, q, func(one table.Item) (bool, error) {
			if q.Partition == item.Key.Partition && one.Key.Sort != city {
				return true, nil
			}
			did, err := r.blank(ctx, one)
			blanked = blanked || did
			return err == nil, err
		})
		if err != nil {
			return blanked, err
		}
	}
	return blanked, nil
}

// eventType is the type of the events of applications (registry).
const eventType = "application_event"

// blank puts an item without its persons in the place of what it is, under the same version, and reports whether there were any.
func (r *round) blank(ctx context.Context, item table.Item) (bool, error) {
	typ := strings.TrimPrefix(item.Key.Partition, "past#")
	typ, _, _ = strings.Cut(typ, "#")
	holding, _ := personal.Of(typ)
	clean := item.Clone()
	body, _ := clean.Attributes["body"].(map[string]any)
	if body == nil || !holding.Blank(body, nil) {
		return false, nil
	}
	if r.try {
		return true, nil
	}
	err := r.Table.Write(ctx, table.Write{Put: &clean, Condition: table.Equal("version", item.Attributes["version"]), Label: "persons"})
	var overtaken *table.ConditionError
	if errors.As(err, &overtaken) { // somebody changed it: the next run sees to it
		return false, nil
	}
	return err == nil, err
}

// each calls fn for the items of a query, until it wants no more.
func (r *round) each(ctx context.Context, q table.Query, fn func(table.Item) (bool, error)) error {
	for {
		page, err := r.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, item := range page.Items {
			if more, err := fn(item); err != nil || !more {
				return err
			}
		}
		if page.Cursor == "" {
			return nil
		}
		q.After = page.Cursor
	}
}
