package story

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/records"
)

// version is what a record was from one change to the next.
type version[T any] struct {
	records.Record
	body    T
	removed *records.Provenance // what took the record away after this version
}

// trail is the versions of one record by the teller's moment, the earliest first.
type trail[T any] []version[T]

// trails reads the records of a type and partition whose identifiers begin with a prefix, in the order of their identifiers.
func trails[T any](ctx context.Context, t Teller, typ, partition, prefix string) ([]trail[T], error) {
	byID := map[string]trail[T]{}
	add := func(r records.Record, removed *records.Provenance) error {
		if !t.knows(r.Provenance.At) {
			return nil
		}
		one := version[T]{Record: r}
		if removed != nil && t.knows(removed.At) {
			one.removed = removed
		}
		if err := records.Decode(r.Body, &one.body); err != nil {
			return fmt.Errorf("story: %s: %w", r.Ref, err)
		}
		byID[r.Ref.ID] = append(byID[r.Ref.ID], one)
		return nil
	}
	// Earlier versions are read last: what is replaced meanwhile is then seen twice, and not missed.
	err := t.Records.Scan(ctx, typ, partition, prefix, func(r records.Record) error { return add(r, nil) })
	if err != nil {
		return nil, err
	}
	err = records.ScanEarlier(ctx, t.Records, typ, partition, prefix, func(e records.Earlier) error { return add(e.Record, e.Removed) })
	if err != nil {
		return nil, err
	}
	var all []trail[T]
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		versions := byID[id]
		slices.SortStableFunc(versions, func(a, b version[T]) int {
			return cmp.Or(a.Provenance.At.Compare(b.Provenance.At), cmp.Compare(a.Version, b.Version))
		})
		all = append(all, slices.CompactFunc(versions, func(a, b version[T]) bool {
			return a.Version == b.Version && a.Provenance.At.Equal(b.Provenance.At)
		}))
	}
	return all, nil
}

// trailOf reads one record.
func trailOf[T any](ctx context.Context, t Teller, ref records.Ref) (trail[T], error) {
	all, err := trails[T](ctx, t, ref.Type, ref.Partition, ref.ID)
	for _, one := range all {
		if one[0].Ref == ref {
			return one, err
		}
	}
	return nil, err
}

// last is the record as it stood; false when there was none.
func (v trail[T]) last() (body T, there bool) {
	if len(v) == 0 || v[len(v)-1].removed != nil {
		return body, false
	}
	return v[len(v)-1].body, true
}

// telling is how one kind of record is told: by the lines of each version, and of changes that these don't show by the names of fields.
type telling[T any] struct {
	lines   func(body T) []history.Line
	told    []string // fields that the lines speak of
	details func(fields []string) history.Line
	acts    map[string]bool // requests of acts that are told as such: what a version of theirs is the first to say has been said
}

// said is a line of a record, and whether it is told elsewhere.
type said struct {
	history.Line
	elsewhere bool
}

// tell tells a record's versions one after the other: what a version is the first to say comes from its origin, and what it says no
// longer ends with it.
func tell[T any](t Teller, versions trail[T], how telling[T]) []history.Line {
	var all []said
	var details []history.Line
	var before records.Record
	for _, v := range versions {
		origin := t.origin(v.Provenance)
		says := how.lines(v.body)
		end(all, says, origin)
		for _, line := range says {
			if !slices.ContainsFunc(all, func(s said) bool { return s.Ended == nil && same(s.Line, line) }) {
				line.Origin = origin
				all = append(all, said{line, v.Provenance.Import == "" && how.acts[v.Provenance.Request]})
			}
		}
		if changed := changedFields(before, v.Record, how.told); len(changed) > 0 && how.details != nil {
			line := how.details(changed)
			line.On, line.Origin = civil.Of(v.Provenance.At, t.zone()), origin
			details = append(details, line)
		}
		before = v.Record
		if v.removed != nil {
			end(all, nil, t.origin(*v.removed))
			before = records.Record{}
		}
	}
	var lines []history.Line
	for _, s := range all {
		if !s.elsewhere {
			lines = append(lines, s.Line)
		}
	}
	return append(lines, details...)
}

// end marks what is said no longer.
func end(all []said, says []history.Line, by history.Origin) {
	for i := range all {
		if all[i].Ended == nil && !slices.ContainsFunc(says, func(l history.Line) bool { return same(l, all[i].Line) }) {
			all[i].Ended = &by
		}
	}
}

func same(a, b history.Line) bool { return a.On == b.On && a.Text == b.Text && a.Reason == b.Reason }

// changedFields names what differs from the version before, but for what lines tell; nothing for a first version.
func changedFields(before, after records.Record, told []string) []string {
	if before.Version == 0 {
		return nil
	}
	names := maps.Clone(before.Body)
	maps.Copy(names, after.Body)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(names)), func(name string) bool {
		was, is := map[string]any{}, map[string]any{}
		if v, there := before.Body[name]; there {
			was[name] = v
		}
		if v, there := after.Body[name]; there {
			is[name] = v
		}
		return slices.Contains(told, name) || records.Same(was, is)
	})
}
