package records

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/learning-cities/guildhall/shared/table"
)

// The attributes of a lock's item, beside format, version and import as in a record's.
const (
	attrPlan  = "plan"
	attrPhase = "phase"
)

// lockTries is how often Acquire and Snapshot look at locks that others hold or move, before they give up.
const lockTries = 8

// Lock is the commit lock of one record type: while an import holds it, it alone may write records of that type. A lock that was
// never taken is free and has version 0.
type Lock struct {
	Type    string
	Version int64  // grows by one at each release
	Import  string // who holds it; "" when it is free
	Plan    string // the hash of the plan that is being executed
	Phase   string // how far the holder says it has come; "" after Acquire
}

// BusyError says that another import holds the lock of a type, or that it was moved too often while one tried (RECORD_BUSY; try
// again later).
type BusyError struct{ Type, Import string }

// Error implements error.
func (e *BusyError) Error() string {
	return fmt.Sprintf("records: %s is being changed by import %s", e.Type, e.Import)
}

// NotHeldError says that an import doesn't hold a lock, perhaps because it has released it before.
type NotHeldError struct{ Type, Import string }

// Error implements error.
func (e *NotHeldError) Error() string {
	return fmt.Sprintf("records: import %s doesn't hold the lock of %s", e.Import, e.Type)
}

// Locks returns the locks of the types, sorted by type.
func (s *Store) Locks(ctx context.Context, types []string) ([]Lock, error) {
	types, err := sortedTypes(types)
	if err != nil {
		return nil, err
	}
	keys := make([]table.Key, len(types))
	for i, typ := range types {
		keys[i] = lockKey(typ)
	}
	items, err := s.table.GetEach(ctx, keys)
	if err != nil {
		return nil, err
	}
	locks := make([]Lock, len(types))
	next := 0
	for i, typ := range types {
		locks[i].Type = typ
		if next < len(items) && items[next].Key == keys[i] {
			if locks[i], err = lockOf(typ, items[next]); err != nil {
				return nil, err
			}
			next++
		}
	}
	return locks, nil
}

func sortedTypes(types []string) ([]string, error) {
	if len(types) == 0 {
		return nil, fmt.Errorf("%w: no record types to lock", ErrInvalid)
	}
	for _, typ := range types {
		if err := checkType(typ); err != nil {
			return nil, err
		}
	}
	types = slices.Clone(types)
	slices.Sort(types)
	return slices.Compact(types), nil
}

func lockOf(typ string, item table.Item) (Lock, error) {
	if err := checkFormat(item); err != nil {
		return Lock{}, err
	}
	version, _ := item.Attributes[attrVersion].(int64)
	return Lock{
		Type: typ, Version: version,
		Import: text(item.Attributes, attrImport), Plan: text(item.Attributes, attrPlan), Phase: text(item.Attributes, attrPhase),
	}, nil
}

// put writes the lock on condition that it is as it was read.
func (l Lock) put(was Lock) table.Write {
	condition := table.AllOf(table.Equal(attrVersion, was.Version), table.Equal(attrImport, was.Import))
	if was.Version == 0 && was.Import == "" {
		condition = table.AnyOf(table.Absent(), condition)
	}
	return table.Write{
		Put: &table.Item{Key: lockKey(l.Type), Attributes: table.Attributes{
			attrFormat: int64(Format), attrVersion: l.Version,
			attrImport: l.Import, attrPlan: l.Plan, attrPhase: l.Phase,
		}},
		Condition: condition,
		Label:     lockLabel(l.Type),
	}
}

func lockLabel(typ string) string { return lockType + " " + typ }

// Acquire takes the locks of all types for an import and its plan, or none: *BusyError names another holder. Locks that the
// import holds already, from an earlier attempt, stay as they are with their phase. The caller's own writes and checks, such as
// one that the import isn't finished, are part of the transaction; it fails with *table.TransactionError when one of these does.
func (s *Store) Acquire(ctx context.Context, types []string, imp, plan string, also ...table.Write) error {
	if imp == "" {
		return fmt.Errorf("%w: a lock for no import", ErrInvalid)
	}
	var busy *BusyError
	for try := 1; ; try++ {
		err := s.acquire(ctx, types, imp, plan, also)
		if err == nil || !errors.As(err, &busy) || busy.Import != "" && busy.Import != imp || try == lockTries {
			return err
		}
		if err := s.pause(ctx, try); err != nil {
			return err
		}
	}
}

// acquire tries once. A *BusyError with no import, or this one, means that a lock moved meanwhile.
func (s *Store) acquire(ctx context.Context, types []string, imp, plan string, also []table.Write) error {
	locks, err := s.Locks(ctx, types)
	if err != nil {
		return err
	}
	ws := slices.Clone(also)
	for _, was := range locks {
		switch was.Import {
		case "":
			ws = append(ws, Lock{Type: was.Type, Version: was.Version, Import: imp, Plan: plan}.put(was))
		case imp:
			if was.Plan != plan {
				return fmt.Errorf("%w: import %s holds the lock of %s for plan %s", ErrInvalid, imp, was.Type, was.Plan)
			}
			ws = append(ws, held(was))
		default:
			return &BusyError{Type: was.Type, Import: was.Import}
		}
	}
	return Busy(s.table.Transact(ctx, ws))
}

// held checks that a lock is still as it was read.
func held(was Lock) table.Write {
	return table.Write{
		Check:     lockKey(was.Type),
		Condition: table.AllOf(table.Equal(attrVersion, was.Version), table.Equal(attrImport, was.Import)),
		Label:     lockLabel(was.Type),
	}
}

// Advance notes in the locks, all of which the import must hold, how far it has come. *NotHeldError.
func (s *Store) Advance(ctx context.Context, types []string, imp, phase string, also ...table.Write) error {
	return s.move(ctx, types, imp, also, func(l Lock) Lock {
		l.Phase = phase
		return l
	})
}

// ReleaseWith frees the locks, all of which the import must hold, and does the caller's writes, such as the import's end state, in
// the same transaction; *table.TransactionError when one of these fails. After a lost answer the second try is *NotHeldError:
// the caller's own state tells whether the first took effect.
func (s *Store) ReleaseWith(ctx context.Context, types []string, imp string, also ...table.Write) error {
	return s.move(ctx, types, imp, also, func(l Lock) Lock {
		return Lock{Type: l.Type, Version: l.Version + 1}
	})
}

func (s *Store) move(ctx context.Context, types []string, imp string, also []table.Write, change func(Lock) Lock) error {
	locks, err := s.Locks(ctx, types)
	if err != nil {
		return err
	}
	ws := slices.Clone(also)
	for _, was := range locks {
		if was.Import != imp || imp == "" {
			return &NotHeldError{Type: was.Type, Import: imp}
		}
		ws = append(ws, change(was).put(was))
	}
	err = Busy(s.table.Transact(ctx, ws))
	var busy *BusyError
	if errors.As(err, &busy) {
		return &NotHeldError{Type: busy.Type, Import: imp}
	}
	return err
}

// Guard is what every writer other than a commit adds to its transaction for the types whose records it writes: it fails while an
// import holds the lock of one of them. Busy then names the import.
func Guard(types ...string) []table.Write {
	types = slices.Clone(types)
	slices.Sort(types)
	var ws []table.Write
	for _, typ := range slices.Compact(types) {
		ws = append(ws, table.Write{
			Check:     lockKey(typ),
			Condition: table.AnyOf(table.Absent(), table.Equal(attrImport, "")),
			Label:     lockLabel(typ),
		})
	}
	return ws
}

// Busy returns the *BusyError that a transaction's error means when the condition on a lock failed, else err as it is.
func Busy(err error) error {
	var refused *table.TransactionError
	if !errors.As(err, &refused) {
		return err
	}
	for _, failure := range refused.Failed {
		if typ, isLock := lockedType(failure.Key); isLock {
			busy := &BusyError{Type: typ}
			if failure.Current != nil {
				busy.Import = text(failure.Current.Attributes, attrImport)
			}
			return busy
		}
	}
	return err
}
