package imports

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// at is when the tests act.
var at = time.Date(2025, 6, 1, 9, 30, 0, 0, time.UTC)

// world is a store with what a Service needs around it; it can be copied, so that many histories begin at one state.
type world struct {
	store *memory.Store
	blobs *memoryBlobs
	kinds []Kind
	ids   identity.IDs
}

func newWorld(kinds ...Kind) *world {
	return &world{
		store: memory.NewStore(), blobs: &memoryBlobs{blobs: map[string][]byte{}}, kinds: kinds,
		ids: identity.NewIDs(identity.Fixed(at), zeros{}),
	}
}

// copied is a world with the same state and a future of its own. Blobs are never changed once written, so they are shared.
func (w *world) copied() *world {
	twin := *w
	twin.store = w.store.Clone()
	return &twin
}

func (w *world) table() table.Table { return w.store.Table(table.Config{}) }

func (w *world) records() *records.Store { return records.New(w.table(), records.WithPause(noPause)) }

// service makes a service over the world's own table, or another one over the same data.
func (w *world) service(t testing.TB, over table.Table, change ...func(*Config)) *Service {
	t.Helper()
	if over == nil {
		over = w.table()
	}
	config := Config{
		Table: over, Records: records.New(over, records.WithPause(noPause)), Blobs: w.blobs,
		Programme: programme.Current(), Reference: reference.Load(), Kinds: w.kinds,
		Clock: identity.Fixed(at), IDs: w.ids, Pause: noPause,
	}
	for _, one := range change {
		one(&config)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func noPause(ctx context.Context, _ int) error { return ctx.Err() }

// zeros is a source of bytes that aren't random: identifiers then only count up.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func (w *world) stones(t testing.TB) map[string]records.Record {
	t.Helper()
	return storedStones(t, w.records())
}

// storedStones are all stones by their identifiers.
func storedStones(t testing.TB, store *records.Store) map[string]records.Record {
	t.Helper()
	found := map[string]records.Record{}
	err := store.Scan(t.Context(), stoneType, "", "", func(r records.Record) error {
		found[r.Ref.ID] = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// plan stores an import with a plan of these rows, as a check would.
func (w *world) plan(t testing.TB, s *Service, rows ...PlanRow) *intake.Import {
	t.Helper()
	return planned(t, s, rows...)
}

func planned(t testing.TB, s *Service, rows ...PlanRow) *intake.Import {
	t.Helper()
	id := s.ids()
	plan, err := writePlan(t.Context(), s.blobs, intake.PlanBlob(id, ""), PlanHeader{Format: planFormat, Kind: stoneKind, File: id})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := plan.row(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	hash, err := plan.commit()
	if err != nil {
		t.Fatal(err)
	}
	imp := &intake.Import{
		ID: id, State: intake.Checked, Kind: stoneKind, Touches: []string{stoneType}, File: intake.File{Name: "stones.csv", SHA256: id},
		Sheet: "Stones", Plan: hash, Rows: plan.counts, CheckedAt: at,
	}
	write, err := imp.Write(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.table.Write(t.Context(), write); err != nil {
		t.Fatal(err)
	}
	return imp
}

// created is n rows that each create a stone; those of a series have identifiers of their own.
func created(series string, n int) []PlanRow {
	rows := make([]PlanRow, n)
	for i := range rows {
		id := fmt.Sprintf("%s-%04d", series, i+1)
		rows[i] = PlanRow{Row: i + 2, Outcome: intake.Create, Label: id, Writes: []PlanWrite{{
			Op: intake.Create, Type: stoneType, ID: id, After: table.Attributes{"name": id, "weight": int64(i)},
		}}}
	}
	return rows
}

// memoryBlobs is a blob store in memory.
type memoryBlobs struct {
	mu    sync.Mutex
	blobs map[string][]byte
}

func (m *memoryBlobs) Create(_ context.Context, name string) (blob.Writer, error) {
	return &memoryWriter{store: m, name: name}, blob.CheckName(name)
}

func (m *memoryBlobs) Open(_ context.Context, name string) (blob.Reader, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, ok := m.blobs[name]
	if !ok {
		return nil, blob.ErrNotFound
	}
	return memoryReader{bytes.NewReader(b)}, nil
}

func (m *memoryBlobs) Stat(ctx context.Context, name string) (blob.Info, error) {
	r, err := m.Open(ctx, name)
	if err != nil {
		return blob.Info{}, err
	}
	return blob.Info{Name: name, Size: r.Size()}, nil
}

func (m *memoryBlobs) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.blobs, name)
	return nil
}

func (m *memoryBlobs) Erase(ctx context.Context, name string) error { return m.Delete(ctx, name) }

func (m *memoryBlobs) Ever(ctx context.Context, prefix string, fn func(name string) error) error {
	return m.List(ctx, prefix, func(info blob.Info) error { return fn(info.Name) })
}

func (m *memoryBlobs) List(_ context.Context, prefix string, fn func(blob.Info) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for name := range m.blobs {
		if strings.HasPrefix(name, prefix) {
			if err := fn(blob.Info{Name: name}); err != nil {
				return err
			}
		}
	}
	return nil
}

type memoryReader struct{ *bytes.Reader }

func (memoryReader) Close() error { return nil }

type memoryWriter struct {
	bytes.Buffer
	store *memoryBlobs
	name  string
	done  bool
}

func (w *memoryWriter) Commit() (blob.Info, error) {
	if w.done {
		return blob.Info{}, blob.ErrDone
	}
	w.done = true
	w.store.mu.Lock()
	defer w.store.mu.Unlock()
	w.store.blobs[w.name] = w.Bytes()
	sum := sha256.Sum256(w.Bytes())
	return blob.Info{Name: w.name, Size: int64(w.Len()), SHA256: hex.EncodeToString(sum[:])}, nil
}

func (w *memoryWriter) Abort() error {
	w.done = true
	return nil
}
