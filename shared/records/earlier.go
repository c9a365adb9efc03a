package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/table"
)

// ErrNotKept: an earlier version of a record is asked for that was replaced before versions were kept.
var ErrNotKept = errors.New("records: earlier version not kept")

// Earlier is a version of a record that was replaced or removed: the record as it was, with its own version and provenance.
type Earlier struct {
	Record
	Until   time.Time   // when the change that ended it was decided
	Removed *Provenance // who removed the record; nil where a further version replaced this one
}

// An earlier version is kept as a record of type "past" (see keys.go), whose body holds the record's.
const (
	attrUntil   = "until"
	attrRemoved = "removed"
	// pastTime is how the moment of a version stands in a key, so that keys ascend with it.
	pastTime = "20060102T150405.000000000Z"
)

// EarlierOf returns the kept versions of a record, the earliest first. What is stored now is not among them, except for an instant:
// a commit keeps a version before it replaces it.
func EarlierOf(ctx context.Context, r Reader, ref Ref) ([]Earlier, error) {
	if err := checkRef(ref); err != nil {
		return nil, err
	}
	var all []Earlier
	err := ScanEarlier(ctx, r, ref.Type, ref.Partition, ref.ID+separator, func(one Earlier) error {
		if one.Ref == ref { // the prefix is also that of longer identifiers
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// ScanEarlier calls fn for each kept version of the records of a type and partition whose id begins with prefix, those of one record
// the earliest first, until fn returns an error, which ScanEarlier then returns.
func ScanEarlier(ctx context.Context, r Reader, typ, part, prefix string, fn func(Earlier) error) error {
	return r.Scan(ctx, pastType, partition(typ, part), prefix, func(record Record) error {
		one, err := earlierOf(record)
		if err != nil {
			return err
		}
		return fn(one)
	})
}

// earlierOf takes the version out of the record that keeps it.
func earlierOf(kept Record) (Earlier, error) {
	id, _, found := cutLast(kept.Ref.ID)
	id, _, timed := cutLast(id)
	body, isMap := kept.Body[attrBody].(map[string]any)
	if !found || !timed || !isMap {
		return Earlier{}, fmt.Errorf("%w: %s", ErrFormat, kept.Ref)
	}
	one := Earlier{Record: kept}
	one.Ref = refOf(table.Key{Partition: kept.Ref.Partition, Sort: id})
	one.Body = body
	var err error
	if one.Until, err = timeOf(kept.Body, attrUntil); err != nil {
		return Earlier{}, fmt.Errorf("%w: %s: %v", ErrFormat, kept.Ref, err)
	}
	if by, there := kept.Body[attrRemoved].(map[string]any); there {
		p, err := provenanceOf(by)
		if err != nil {
			return Earlier{}, fmt.Errorf("%w: %s: %v", ErrFormat, kept.Ref, err)
		}
		one.Removed = &p
	}
	return one, nil
}

func cutLast(id string) (before, after string, found bool) {
	i := strings.LastIndex(id, separator)
	if i < 0 {
		return id, "", false
	}
	return id[:i], id[i+1:], true
}

// Keeping adds to the writes of a transaction those that keep the versions which they replace or remove; by is who removes. The
// conditions of the writes hold the records to the versions that are read here, so that nothing else is kept than what is replaced.
// A record that is to be created where one was removed is created from the last version of that.
func (s *Store) Keeping(ctx context.Context, by Provenance, ws []table.Write) ([]table.Write, error) {
	ws, err := s.fromTheLast(ctx, ws)
	if err != nil {
		return nil, err
	}
	kept, err := s.keeping(ctx, by, ws)
	for _, w := range ws {
		if put(w, attrGone) == true {
			by.set(w.Put.Attributes) // made by Remove, which doesn't know
		}
		if keep, needed := kept[w.Key()]; needed {
			ws = append(ws[:len(ws):len(ws)], keep)
		}
	}
	return ws, err
}

// fromTheLast gives creations of records that were removed the version that follows.
func (s *Store) fromTheLast(ctx context.Context, ws []table.Write) ([]table.Write, error) {
	created := map[table.Key]int{}
	var keys []table.Key
	for i, w := range ws {
		_, onlyNew := w.Condition.(table.ConditionAbsent)
		if onlyNew && put(w, attrVersion) == int64(1) && refOf(w.Key()).Type != claimType {
			created[w.Key()] = i
			keys = append(keys, w.Key())
		}
	}
	if len(keys) == 0 {
		return ws, nil
	}
	stored, err := s.table.GetEach(ctx, keys)
	if err != nil {
		return nil, err
	}
	ws = slices.Clone(ws)
	for _, item := range stored {
		last, _ := item.Attributes[attrVersion].(int64)
		if item.Attributes[attrGone] != true {
			continue // the creation fails
		}
		w := &ws[created[item.Key]]
		again := w.Put.Clone()
		again.Attributes[attrVersion] = last + 1
		w.Put, w.Condition = &again, table.Equal(attrVersion, last)
	}
	return ws, nil
}

// keeping gives the writes that keep what others replace or remove, by the keys of those. Repeated, it gives the same as long as these
// have not taken effect, and afterwards nothing.
func (s *Store) keeping(ctx context.Context, by Provenance, ws []table.Write) (map[table.Key]table.Write, error) {
	changes := map[table.Key]table.Write{}
	var keys []table.Key
	for _, w := range ws {
		if keepsPast(w) {
			changes[w.Key()] = w
			keys = append(keys, w.Key())
		}
	}
	if len(keys) == 0 {
		return nil, nil
	}
	stored, err := s.table.GetEach(ctx, keys)
	if err != nil {
		return nil, err
	}
	kept := map[table.Key]table.Write{}
	for _, item := range stored {
		if _, isRecord := item.Attributes[attrBody]; !isRecord {
			continue
		}
		record, err := recordOf(item)
		if err != nil {
			return nil, err
		}
		ended := table.Attributes{attrBody: map[string]any(record.Body)}
		change := changes[item.Key]
		switch next, _ := put(change, attrVersion).(int64); {
		case change.Put != nil && next <= record.Version:
			continue // the change took effect before
		case change.Put == nil || put(change, attrGone) == true:
			remover := by
			if remover == (Provenance{}) && change.Put != nil {
				if remover, err = provenanceOf(change.Put.Attributes); err != nil {
					return nil, err
				}
			}
			removed := table.Attributes{}
			remover.set(removed)
			ended[attrUntil], ended[attrRemoved] = timeText(remover.At), map[string]any(removed)
		default:
			ended[attrUntil] = put(change, attrAt)
		}
		kept[item.Key] = keep(record, ended)
	}
	return kept, nil
}

// put is an attribute that a write puts; nil for none.
func put(w table.Write, attribute string) any {
	if w.Put == nil {
		return nil
	}
	return w.Put.Attributes[attribute]
}

// keepsPast reports whether a write may replace or remove a version of a record.
func keepsPast(w table.Write) bool {
	if w.Put != nil {
		version, isRecord := w.Put.Attributes[attrVersion].(int64)
		_, hasBody := w.Put.Attributes[attrBody]
		return isRecord && (hasBody || put(w, attrGone) == true) && version > 1 && refOf(w.Put.Key).Type != claimType
	}
	return w.Delete != (table.Key{}) && refOf(w.Delete).Type != claimType
}

// keep is the write of an earlier version: unconditional, since a version never changes.
func keep(was Record, body table.Attributes) table.Write {
	if body[attrUntil] == nil {
		body[attrUntil] = ""
	}
	was.Ref = Ref{
		Type: pastType, Partition: was.Ref.Key().Partition,
		ID: fmt.Sprintf("%s#%s#%06d", was.Ref.ID, was.Provenance.At.UTC().Format(pastTime), was.Version),
	}
	was.Body = body
	return table.Write{Put: itemOf(was), Label: was.Ref.String()}
}
