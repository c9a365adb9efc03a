package records

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Past reads records as they stood at a moment: each in the latest version that was decided by then, and none that was removed by
// then. Versions are those that commits and Keeping have kept; where one is missing, reading fails with ErrNotKept and is not
// guessed. Claims have no past (ErrInvalid).
//
// It is for one reader at a time.
type Past struct {
	store *Store
	at    time.Time
	orNow bool
	shown int // records of the past, by the last snapshot
}

// AsOf gives the records as they stood at a moment.
func (s *Store) AsOf(at time.Time) *Past { return &Past{store: s, at: at} }

// OrNow has a snapshot in which nothing was on record yet show what is on record now: who asks about a time before the first record
// asks for what is known of it.
func (p *Past) OrNow() *Past {
	p.orNow = true
	return p
}

// Snapshot is Store.Snapshot of the past.
func (p *Past) Snapshot(ctx context.Context, types []string, read func(Reader) error) error {
	return p.store.Snapshot(ctx, types, func(now Reader) error {
		p.shown = 0
		err := read(pastReader{now, p.at, &p.shown})
		if err == nil && p.orNow && p.Blank() {
			return read(now)
		}
		return err
	})
}

// Blank reports whether the last snapshot found no record in the past: that nothing of what was asked for had been recorded by then.
func (p *Past) Blank() bool { return p.shown == 0 }

// pastReader finds in what is stored now and in earlier versions what stood at a moment.
type pastReader struct {
	now   Reader
	at    time.Time
	shown *int
}

// Get implements Reader.
func (p pastReader) Get(ctx context.Context, ref Ref) (Record, error) {
	found, err := p.GetEach(ctx, []Ref{ref})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%w: %s", ErrNotFound, ref)
	}
	if err != nil {
		return Record{}, err
	}
	return found[0], nil
}

// GetEach implements Reader.
func (p pastReader) GetEach(ctx context.Context, refs []Ref) ([]Record, error) {
	var found []Record
	seen := map[Ref]bool{}
	for _, ref := range refs {
		if err := keepsVersions(ref.Type); err != nil {
			return nil, err
		}
		if seen[ref] {
			continue
		}
		seen[ref] = true
		current, err := p.now.Get(ctx, ref)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		record, there, err := p.of(ctx, ref, current)
		if err != nil {
			return nil, err
		}
		if there {
			found = append(found, record)
		}
	}
	*p.shown += len(found)
	return found, nil
}

// of is a record as it stood; current is what is stored, of version 0 where nothing is.
func (p pastReader) of(ctx context.Context, ref Ref, current Record) (Record, bool, error) {
	if current.Version > 0 && !current.Provenance.At.After(p.at) {
		return current, true, nil
	}
	earlier, err := EarlierOf(ctx, p.now, ref)
	if err != nil {
		return Record{}, false, err
	}
	t := trail{}
	for _, one := range earlier {
		t.add(one, p.at)
	}
	if !t.reaches(current) {
		return Record{}, false, fmt.Errorf("%w: %s before version %d", ErrNotKept, ref, current.Version)
	}
	return t.stood.Record, t.there, nil
}

// Scan implements Reader. It holds the versions in memory that stood then and no longer do.
func (p pastReader) Scan(ctx context.Context, typ, part, prefix string, fn func(Record) error) error {
	if err := keepsVersions(typ); err != nil {
		return err
	}
	trails := map[string]*trail{}
	err := ScanEarlier(ctx, p.now, typ, part, prefix, func(one Earlier) error {
		if trails[one.Ref.ID] == nil {
			trails[one.Ref.ID] = &trail{}
		}
		trails[one.Ref.ID].add(one, p.at)
		return nil
	})
	if err != nil {
		return err
	}
	var gone []string // identifiers with a version that stood then, in order; each is dropped once it is passed
	for _, id := range slices.Sorted(maps.Keys(trails)) {
		if trails[id].there {
			gone = append(gone, id)
		}
	}
	upTo := func(id string, all bool) error {
		for len(gone) > 0 && (all || gone[0] < id) {
			*p.shown++
			if err := fn(trails[gone[0]].stood.Record); err != nil {
				return err
			}
			gone = gone[1:]
		}
		return nil
	}
	err = p.now.Scan(ctx, typ, part, prefix, func(current Record) error {
		if err := upTo(current.Ref.ID, false); err != nil {
			return err
		}
		if len(gone) > 0 && gone[0] == current.Ref.ID {
			gone = gone[1:]
		}
		record, there := current, true
		if current.Provenance.At.After(p.at) {
			if t := trails[current.Ref.ID]; t != nil && t.reaches(current) {
				record, there = t.stood.Record, t.there
			} else if record, there, err = p.of(ctx, current.Ref, current); err != nil { // it was changed between the two scans, or never kept
				return err
			}
		}
		if !there {
			return nil
		}
		*p.shown++
		return fn(record)
	})
	if err != nil {
		return err
	}
	return upTo("", true)
}

// trail is what the earlier versions of a record say of a moment.
type trail struct {
	stood Earlier
	there bool  // whether one stood
	last  int64 // the latest version that is kept
}

// add takes in a further version.
func (t *trail) add(e Earlier, at time.Time) {
	t.last = max(t.last, e.Version)
	if e.Removed != nil { // which is a version too
		t.last = max(t.last, e.Version+1)
	}
	begun := !e.Provenance.At.After(at)
	if begun && (e.Until.IsZero() || e.Until.After(at)) && (!t.there || e.Version >= t.stood.Version) {
		t.stood, t.there = e, true
	}
}

// reaches reports whether no version is missing before the one that is stored.
func (t *trail) reaches(current Record) bool {
	return current.Version <= 1 || t.last >= current.Version-1
}

// keepsVersions refuses the types whose records are replaced without a trace.
func keepsVersions(typ string) error {
	if typ == claimType || typ == pastType {
		return fmt.Errorf("%w: the past of records of type %s", ErrInvalid, typ)
	}
	return checkType(typ)
}
