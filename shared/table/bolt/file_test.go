package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
)

func openAt(t *testing.T, path string, o bolt.Options) table.Table {
	t.Helper()
	tbl, err := bolt.Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeNow(t, tbl) })
	return tbl
}

func TestAFileHeldByAnotherIsBusy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.db")
	openAt(t, path, bolt.Options{})
	if _, err := bolt.Open(path, bolt.Options{Wait: time.Millisecond}); !errors.Is(err, table.ErrBusy) {
		t.Fatalf("got %v, want ErrBusy", err)
	}
}

func TestAFileLetGoInTimeIsOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.db")
	first := openAt(t, path, bolt.Options{})
	opened := make(chan error)
	go func() {
		second, err := bolt.Open(path, bolt.Options{Wait: time.Minute})
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	closeNow(t, first)
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
}

// store makes a file with a few hundred items.
func store(t *testing.T, path string) {
	t.Helper()
	tbl := openAt(t, path, bolt.Options{})
	var ws []table.Write
	for n := range 500 {
		ws = append(ws, table.Write{Put: &table.Item{
			Key: table.Key{Partition: "p", Sort: fmt.Sprint(n)}, Attributes: table.Attributes{"n": int64(n)}}})
	}
	if errs := tbl.WriteEach(t.Context(), ws); errs != nil {
		t.Fatal(errs)
	}
	closeNow(t, tbl)
}

func TestWhatIsNotSuchAFileIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"a text": func(path string) error { return os.WriteFile(path, []byte("date;amount\n1;2\n"), 0o600) },
		"zeros":  func(path string) error { return os.WriteFile(path, make([]byte, 64<<10), 0o600) },
		"a later layout": func(path string) error {
			db, err := bbolt.Open(path, 0o600, nil)
			if err != nil {
				return err
			}
			err = db.Update(func(tx *bbolt.Tx) error { return tx.Bucket([]byte("about")).Put([]byte("format"), []byte{2}) })
			return errors.Join(err, db.Close())
		},
		"cut off after a page": func(path string) error { return os.Truncate(path, 4096*2) },
		"cut off near its end": func(path string) error { return os.Truncate(path, 4096*5) },
	} {
		path := filepath.Join(t.TempDir(), "table.db")
		store(t, path)
		if err := spoil(path); err != nil {
			t.Fatal(err)
		}
		if _, err := bolt.Open(path, bolt.Options{Wait: time.Millisecond}); !errors.Is(err, bolt.ErrLayout) {
			t.Errorf("%s: got %v, want ErrLayout", name, err)
		}
	}
}

func TestTheFileIsItsOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "table.db")
	store(t, path)
	for _, each := range []string{path, filepath.Dir(path)} {
		stat, err := os.Stat(each)
		if err != nil || stat.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: mode %v, %v", each, stat.Mode(), err)
		}
	}
}

func TestLongExpiredItemsAreSweptUnlessTheClockIsAhead(t *testing.T) {
	for name, c := range map[string]struct {
		now  time.Time
		want int
	}{
		"as of today":           {time.Now(), 0},
		"as of a later year":    {time.Now().AddDate(5, 0, 0), 1},
		"as of an earlier year": {time.Now().AddDate(-5, 0, 0), 2},
	} {
		path := filepath.Join(t.TempDir(), "table.db")
		clock := func() time.Time { return c.now }
		tbl := openAt(t, path, bolt.Options{Config: table.Config{Clock: clock, Indexes: []string{"i"}}})
		for n, expires := range []time.Time{time.Now().Add(-72 * time.Hour), time.Now().Add(time.Hour)} {
			write(t, tbl, table.Item{
				Key: table.Key{Partition: "p", Sort: fmt.Sprint(n)}, Expires: expires,
				Index: map[string]table.Key{"i": {Partition: "i", Sort: "s"}}})
		}
		write(t, tbl, table.Item{Key: table.Key{Partition: "q", Sort: "s"}})
		closeNow(t, tbl)
		kept := map[string]int{"expiry": 1, "index/i": 1, "items": 2}
		if c.want == 2 {
			kept = map[string]int{"expiry": 2, "index/i": 2, "items": 3}
		}
		for bucket, want := range kept {
			if got := count(t, path, bucket); got != want {
				t.Errorf("%s: %d entries in %s, want %d", name, got, bucket, want)
			}
		}
	}
}

func write(t *testing.T, tbl table.Table, item table.Item) {
	t.Helper()
	if err := tbl.Write(context.Background(), table.Write{Put: &item}); err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, path, bucket string) (n int) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		n = tx.Bucket([]byte(bucket)).Stats().KeyN
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatAKilledProcessLeftOfItsSnapshotsIsRemoved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.db")
	first := openAt(t, path, bolt.Options{Unsynced: true})
	taken, err := first.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	left := path + ".snapshot-left"
	if err := os.WriteFile(left, []byte("half of one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(taken.Close(), first.Close()); err != nil {
		t.Fatal(err)
	}
	closeNow(t, openAt(t, path, bolt.Options{Unsynced: true}))
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) != 1 {
		t.Errorf("beside the table there are %q, %v", files, err)
	}
}

func TestWritersGoOnWhileASnapshotIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.db")
	tbl := openAt(t, path, bolt.Options{Unsynced: true})
	defer closeNow(t, tbl)
	taken, err := tbl.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	// The file grows beyond what is mapped of it, for which a reader of the file itself would have the write wait.
	large := strings.Repeat("x", 300_000)
	for n := range 40 {
		item := table.Item{Key: table.Key{Partition: "p", Sort: fmt.Sprint(n)}, Attributes: table.Attributes{"large": large}}
		if err := tbl.Write(t.Context(), table.Write{Put: &item}); err != nil {
			t.Fatal(err)
		}
	}
	for item, err := range taken.Items(t.Context()) {
		t.Errorf("the snapshot of an empty table has %s, %v", item.Key, err)
	}
}
