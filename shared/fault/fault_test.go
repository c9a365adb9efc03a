package fault_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/blobtest"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/fault"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/queue/embedded"
	"github.com/learning-cities/guildhall/shared/queue/queuetest"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/table/tabletest"
)

// Without a plan the seams are what they are below.

func TestATableWithoutFaultsIsATable(t *testing.T) {
	able := tabletest.Capabilities{NamesEveryFailure: true, IndexesAtOnce: true, Snapshots: true}
	tabletest.Run(t, able, func(t *testing.T, c table.Config) (table.Table, func() table.Table) {
		line, store := fault.New(fault.Plan{}), memory.NewStore()
		open := func() table.Table { return line.Start(t.Context()).Table(store.Table(c)) }
		return open(), open
	})
}

func TestFilesWithoutFaultsAreFiles(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) (blob.Store, func() blob.Store) {
		line, root := fault.New(fault.Plan{}), filepath.Join(t.TempDir(), "blobs")
		open := func() blob.Store {
			store, err := files.Open(root)
			if err != nil {
				t.Fatal(err)
			}
			return line.Start(t.Context()).Blobs(store)
		}
		return open(), open
	})
}

func TestAQueueWithoutFaultsIsAQueue(t *testing.T) {
	queuetest.Run(t, func(t *testing.T, attempts int) queuetest.Engine {
		clock, store := tabletest.NewClock(), memory.NewStore()
		line, ids := fault.New(fault.Plan{}), identity.NewIDs(clock.Now, nil)
		open := func() queue.Queue {
			q := embedded.New(store.Table(table.Config{}), "q", embedded.Options{Clock: clock.Now, IDs: ids, Attempts: attempts})
			return line.Start(t.Context()).Queue("q", q)
		}
		return queuetest.Engine{
			Queue: open(), Dead: embedded.New(store.Table(table.Config{}), "q-dead", embedded.Options{Clock: clock.Now, IDs: ids}), Reopen: open,
			Now: clock.Now, Pass: func() { clock.Advance(100 * time.Millisecond) },
		}
	})
}

var (
	key  = table.Key{Partition: "p", Sort: "s"}
	item = table.Write{Put: &table.Item{Key: key}}
)

func TestWhatAFaultDoesToAWrite(t *testing.T) {
	for _, c := range []struct {
		kind   fault.Kind
		answer error
		stored bool
		over   bool
	}{
		{"", nil, true, false},
		{fault.Refused, table.ErrUnavailable, false, false},
		{fault.Lost, table.ErrUnavailable, true, false},
		{fault.Killed, fault.ErrKilled, false, true},
		{fault.Ended, fault.ErrKilled, true, true},
	} {
		for name, write := range map[string]func(context.Context, table.Table) error{
			"Write":    func(ctx context.Context, t table.Table) error { return t.Write(ctx, item) },
			"Transact": func(ctx context.Context, t table.Table) error { return t.Transact(ctx, []table.Write{item}) },
			"WriteEach": func(ctx context.Context, t table.Table) error {
				return errors.Join(t.WriteEach(ctx, []table.Write{item})...)
			},
		} {
			store := memory.New(table.Config{})
			line := fault.New(fault.Plan{At: 1, Kind: c.kind})
			p := line.Start(t.Context())
			err := write(t.Context(), p.Table(store))
			_, find := store.Get(t.Context(), key)
			if !errors.Is(err, c.answer) || c.answer == nil && err != nil || (find == nil) != c.stored || p.Over() != c.over {
				t.Errorf("%s, %q: answered %v, stored %v, over %v", name, c.kind, err, find == nil, p.Over())
			}
			if _, err := p.Table(store).Get(t.Context(), table.Key{Partition: "p", Sort: "other"}); errors.Is(err, fault.ErrKilled) != c.over {
				t.Errorf("%s, %q: the next answer is %v", name, c.kind, err)
			}
			if _, err := line.Start(t.Context()).Table(store).Get(t.Context(), key); errors.Is(err, fault.ErrKilled) {
				t.Errorf("%s, %q: the next process doesn't work", name, c.kind)
			}
		}
	}
}

// Of five independent writes the third meets the fault.
func TestEachWriteOfManyMeetsItsOwnFault(t *testing.T) {
	for kind, want := range map[fault.Kind]struct {
		stored string
		errs   []error
	}{
		fault.Refused: {"abde", []error{nil, nil, table.ErrUnavailable, nil, nil}},
		fault.Lost:    {"abcde", []error{nil, nil, table.ErrUnavailable, nil, nil}},
		fault.Killed:  {"ab", []error{nil, nil, fault.ErrKilled, fault.ErrKilled, fault.ErrKilled}},
		fault.Ended:   {"abc", []error{nil, nil, fault.ErrKilled, fault.ErrKilled, fault.ErrKilled}},
	} {
		store := memory.New(table.Config{})
		var ws []table.Write
		for _, sort := range "abcde" {
			ws = append(ws, table.Write{Put: &table.Item{Key: table.Key{Partition: "p", Sort: string(sort)}}})
		}
		errs := fault.New(fault.Plan{At: 3, Kind: kind}).Start(t.Context()).Table(store).WriteEach(t.Context(), ws)
		page, err := store.Query(t.Context(), table.Query{Partition: "p"})
		if err != nil {
			t.Fatal(err)
		}
		stored := ""
		for _, item := range page.Items {
			stored += item.Key.Sort
		}
		if stored != want.stored || !slices.Equal(errs, want.errs) {
			t.Errorf("%s: stored %s, answered %v", kind, stored, errs)
		}
	}
}

// bodies are all messages of a queue, in their order.
func bodies(t *testing.T, q queue.Queue) (all []string) {
	t.Helper()
	ds, err := q.Receive(t.Context(), queue.MaxReceive, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		all = append(all, string(d.Body))
	}
	return all
}

func TestAMessageComesTwiceOrLate(t *testing.T) {
	for kind, want := range map[fault.Kind]struct{ first, then []string }{
		"":              {[]string{"a", "b"}, nil},
		fault.Refused:   {[]string{"b"}, nil},
		fault.Lost:      {[]string{"a", "b"}, nil},
		fault.Twice:     {[]string{"a", "a", "b"}, nil},
		fault.Late:      {[]string{"a", "b"}, []string{"a"}},
		fault.Overtaken: {[]string{"b"}, []string{"a"}},
	} {
		clock := tabletest.NewClock()
		below := embedded.New(memory.New(table.Config{}), "q", embedded.Options{Clock: clock.Now, IDs: identity.NewIDs(clock.Now, nil)})
		line := fault.New(fault.Plan{At: 1, Kind: kind})
		q := line.Start(t.Context()).Queue("q", below)
		err := q.Send(t.Context(), []byte("a"), 0)
		if failed := kind == fault.Refused || kind == fault.Lost; errors.Is(err, queue.ErrUnavailable) != failed || !failed && err != nil {
			t.Errorf("%q: answered %v", kind, err)
		}
		if err := q.Send(t.Context(), []byte("b"), 0); err != nil {
			t.Fatal(err)
		}
		first := bodies(t, below)
		late, err := line.Deliver(t.Context(), kind)
		if then := bodies(t, below); !reflect.DeepEqual(first, want.first) || !reflect.DeepEqual(then, want.then) || late != len(want.then) || err != nil {
			t.Errorf("%q: first %v, then %v (%d, %v)", kind, first, then, late, err)
		}
	}
}

func TestABlobThatCouldNotBeWrittenIsNotCommitted(t *testing.T) {
	for at, kind := range []fault.Kind{"", fault.Refused, fault.Refused, fault.Refused, fault.Lost} { // Create, Write, Commit
		at = min(at, 3)
		store, err := files.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		err = keep(t.Context(), fault.New(fault.Plan{At: at, Kind: kind}).Start(t.Context()).Blobs(store))
		_, missing := store.Stat(t.Context(), "a")
		if (err != nil) != (kind != "") || (missing == nil) != (kind == "" || kind == fault.Lost) {
			t.Errorf("%q at %d: %v, %v", kind, at, err, missing)
		}
	}
}

// keep writes a blob, and commits it whatever the writing answers.
func keep(ctx context.Context, to blob.Store) error {
	w, err := to.Create(ctx, "a")
	if err != nil {
		return err
	}
	_, err = w.Write([]byte("content"))
	_, committed := w.Commit()
	return errors.Join(err, committed)
}

// taking takes every message.
type taking struct{ taken int }

func (s *taking) Send(context.Context, mail.Message) (string, error) {
	s.taken++
	return "receipt", nil
}

func TestALetterIsRefusedForNowOrNobodyKnows(t *testing.T) {
	for kind, want := range map[fault.Kind]struct {
		answer error
		taken  int
	}{"": {nil, 1}, fault.Refused: {mail.ErrLater, 0}, fault.Lost: {fault.ErrUnanswered, 1}, fault.Killed: {fault.ErrKilled, 0}, fault.Ended: {fault.ErrKilled, 1}} {
		below := &taking{}
		receipt, err := fault.New(fault.Plan{At: 1, Kind: kind}).Start(t.Context()).Mail(below).Send(t.Context(), mail.Message{})
		if err != want.answer || below.taken != want.taken || (receipt != "") != (err == nil) {
			t.Errorf("%q: %q, %v, taken %d times", kind, receipt, err, below.taken)
		}
	}
}

func TestAPlanHappensOnlyWhereItsOperationIsAskedForAndCanMeetIt(t *testing.T) {
	for _, c := range []struct {
		plan fault.Plan
		want bool
	}{
		{fault.Plan{}, false},
		{fault.Plan{At: 1, Kind: fault.Refused}, true},
		{fault.Plan{At: 1, Kind: fault.Lost}, false}, // a read
		{fault.Plan{At: 2, Kind: fault.Lost}, true},
		{fault.Plan{At: 3, Kind: fault.Lost}, false},
	} {
		line := fault.New(c.plan)
		p := line.Start(t.Context()).Table(memory.New(table.Config{}))
		_, _ = p.Get(t.Context(), key)
		_ = p.Write(t.Context(), item)
		var names []string
		for _, o := range line.Operations() {
			names = append(names, o.Name+" "+o.About)
		}
		if line.Happened() != c.want || !slices.Equal(names, []string{"table.Get p/s", "table.Write p/s"}) {
			t.Errorf("%+v: %v after %v", c.plan, line.Happened(), names)
		}
	}
}
