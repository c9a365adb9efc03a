package faults

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// stores are what outlives processes.
type stores interface {
	// open opens the table for a process; one that was opened before is closed.
	open() (table.Table, error)
	blobs() blob.Store
	// messages is the table of the queues, past all faults.
	messages() table.Table
	// alone says that one process holds the table, with the queues in it.
	alone() bool
	// whole is all that is stored: the items of the table, those of messages among them, and the blobs.
	whole(ctx context.Context) (*state, error)
	close() error
}

// state is all that is stored at a moment.
type state struct {
	items []table.Item
	blobs map[string][]byte
}

// engine makes stores.
type engine struct {
	name  string
	quick bool // quick enough for all faults in every run of the tests
	// filled makes stores that hold a state already; it is called often.
	filled func(t testing.TB, from *state) stores
}

func engines() []engine {
	return []engine{{"memory", true, inMemory}, {"bbolt", false, onBolt()}, {"DynamoDB Local", false, onDynamoDB()}}
}

// itemsOf are all items of a table, in the order of their keys.
func itemsOf(ctx context.Context, t table.Table) ([]table.Item, error) {
	var items []table.Item
	for scan := (table.Scan{}); ; {
		page, err := t.Scan(ctx, scan)
		if err != nil {
			return nil, err
		}
		items = append(items, page.Items...)
		if scan.After = page.Cursor; scan.After == "" {
			break
		}
	}
	slices.SortFunc(items, func(a, b table.Item) int {
		return cmp.Or(cmp.Compare(a.Key.Partition, b.Key.Partition), cmp.Compare(a.Key.Sort, b.Key.Sort))
	})
	return items, nil
}

// fill writes a state's items into an empty table.
func fill(t testing.TB, to table.Table, from *state) {
	t.Helper()
	ws := make([]table.Write, len(from.items))
	for i := range from.items {
		ws[i].Put = &from.items[i]
	}
	for chunk := range slices.Chunk(ws, 100) {
		for _, err := range to.WriteEach(t.Context(), chunk) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

// wholeOf is what is stored in a table and its files, and in the table of messages where that is another one.
func wholeOf(ctx context.Context, items, messages table.Table, blobs blob.Store) (*state, error) {
	s := &state{blobs: map[string][]byte{}}
	var err error
	if s.items, err = itemsOf(ctx, items); err != nil {
		return nil, err
	}
	if messages != items {
		more, err := itemsOf(ctx, messages)
		if err != nil {
			return nil, err
		}
		s.items = append(s.items, more...)
	}
	var names []string
	if err := blobs.List(ctx, "", func(info blob.Info) error {
		names = append(names, info.Name)
		return nil
	}); err != nil {
		return nil, err
	}
	for _, name := range names {
		r, err := blobs.Open(ctx, name)
		if err != nil {
			return nil, err
		}
		s.blobs[name], err = readAll(r, r.Size())
		if err != nil {
			return nil, err
		}
		if err := r.Close(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// separate are stores whose queues are kept apart from the table, as SQS is from DynamoDB.
type separate struct {
	items, queue table.Table
	files        *memoryBlobs
	closing      func() error
}

func (s *separate) open() (table.Table, error) { return s.items, nil }
func (s *separate) blobs() blob.Store          { return s.files }
func (s *separate) messages() table.Table      { return s.queue }
func (s *separate) alone() bool                { return false }
func (s *separate) close() error               { return s.closing() }
func (s *separate) whole(ctx context.Context) (*state, error) {
	return wholeOf(ctx, s.items, s.queue, s.files)
}

func newSeparate(t testing.TB, items table.Table, from *state, closing func() error) *separate {
	fill(t, items, from)
	return &separate{items, memory.New(table.Config{}), &memoryBlobs{stored: maps.Clone(from.blobs)}, closing}
}

func inMemory(t testing.TB, from *state) stores {
	return newSeparate(t, memory.New(table.Config{Clock: standing}), from, func() error { return nil })
}

// standing is the clock by which items expire: none does while a play lasts.
func standing() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }

// onDynamoDB plays one after the other in one table of the emulator, which is emptied after each.
func onDynamoDB() func(t testing.TB, from *state) stores {
	var items table.Table
	return func(t testing.TB, from *state) stores {
		if items == nil {
			client, name := dynamodblocal.NewTable(outlasting{t})
			items = dynamo.New(client, name, table.Config{Clock: standing}, dynamo.Options{})
		}
		return newSeparate(t, items, from, func() error {
			stored, err := itemsOf(t.Context(), items)
			if err != nil {
				return err
			}
			for chunk := range slices.Chunk(stored, 100) {
				ws := make([]table.Write, len(chunk))
				for i := range chunk {
					ws[i].Delete = chunk[i].Key
				}
				for _, err := range items.WriteEach(t.Context(), ws) {
					if err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
}

// outlasting is a test whose table lasts as long as the emulator, which ends with the process.
type outlasting struct{ testing.TB }

// Cleanup implements testing.TB.
func (outlasting) Cleanup(func()) {}

// embeddedStores are a data folder as one process has it.
type embeddedStores struct {
	folder string
	opened table.Table
	files  *files.Store
}

func onBolt() func(t testing.TB, from *state) stores {
	return func(t testing.TB, from *state) stores {
		t.Helper()
		folder, err := os.MkdirTemp("", "faults")
		if err != nil {
			t.Fatal(err)
		}
		s := &embeddedStores{folder: folder}
		if _, err := s.open(); err != nil {
			t.Fatal(err)
		}
		fill(t, s.opened, from)
		for name, content := range from.blobs {
			if err := keep(t.Context(), s.files, name, content); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
}

func keep(ctx context.Context, to blob.Store, name string, content []byte) error {
	w, err := to.Create(ctx, name)
	if err != nil {
		return err
	}
	if _, err := w.Write(content); err != nil {
		return err
	}
	_, err = w.Commit()
	return err
}

func (s *embeddedStores) open() (table.Table, error) {
	if s.opened != nil {
		if err := s.opened.Close(); err != nil {
			return nil, err
		}
	}
	opened, err := bolt.Open(filepath.Join(s.folder, "table.db"), bolt.Options{Config: table.Config{Clock: standing}, Unsynced: true})
	if err != nil {
		return nil, err
	}
	s.opened = opened
	s.files, err = files.Open(filepath.Join(s.folder, "blobs"))
	return s.opened, err
}

func (s *embeddedStores) blobs() blob.Store     { return s.files }
func (s *embeddedStores) messages() table.Table { return s.opened }
func (s *embeddedStores) alone() bool           { return true }

func (s *embeddedStores) close() error {
	if err := s.opened.Close(); err != nil {
		return err
	}
	return os.RemoveAll(s.folder)
}

func (s *embeddedStores) whole(ctx context.Context) (*state, error) {
	return wholeOf(ctx, s.opened, s.opened, s.files)
}

// memoryBlobs are files in memory, as a bucket has them.
type memoryBlobs struct {
	mu     sync.Mutex
	stored map[string][]byte
}

var _ blob.Store = (*memoryBlobs)(nil)

// Create implements blob.Store.
func (m *memoryBlobs) Create(ctx context.Context, name string) (blob.Writer, error) {
	if err := blob.CheckName(name); err != nil {
		return nil, err
	}
	return &memoryWriter{store: m, name: name}, ctx.Err()
}

// Open implements blob.Store.
func (m *memoryBlobs) Open(_ context.Context, name string) (blob.Reader, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok := m.stored[name]
	if !ok {
		return nil, blob.ErrNotFound
	}
	return memoryReader{bytes.NewReader(content)}, nil
}

// Stat implements blob.Store.
func (m *memoryBlobs) Stat(_ context.Context, name string) (blob.Info, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok := m.stored[name]
	if !ok {
		return blob.Info{}, blob.ErrNotFound
	}
	return blob.Info{Name: name, Size: int64(len(content))}, nil
}

// Delete implements blob.Store.
func (m *memoryBlobs) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.stored, name)
	return nil
}

// Erase implements blob.Store.
func (m *memoryBlobs) Erase(ctx context.Context, name string) error { return m.Delete(ctx, name) }

// Ever implements blob.Store.
func (m *memoryBlobs) Ever(ctx context.Context, prefix string, fn func(name string) error) error {
	return m.List(ctx, prefix, func(info blob.Info) error { return fn(info.Name) })
}

// List implements blob.Store.
func (m *memoryBlobs) List(_ context.Context, prefix string, fn func(blob.Info) error) error {
	m.mu.Lock()
	var found []blob.Info
	for _, name := range slices.Sorted(maps.Keys(m.stored)) {
		if strings.HasPrefix(name, prefix) {
			found = append(found, blob.Info{Name: name, Size: int64(len(m.stored[name]))})
		}
	}
	m.mu.Unlock()
	for _, info := range found {
		if err := fn(info); err != nil {
			return err
		}
	}
	return nil
}

type memoryReader struct{ *bytes.Reader }

// Close implements blob.Reader.
func (memoryReader) Close() error { return nil }

var _ io.ReaderAt = memoryReader{}

type memoryWriter struct {
	store   *memoryBlobs
	name    string
	content bytes.Buffer
	done    bool
}

// Write implements blob.Writer.
func (w *memoryWriter) Write(p []byte) (int, error) {
	if w.done {
		return 0, blob.ErrDone
	}
	return w.content.Write(p)
}

// Commit implements blob.Writer.
func (w *memoryWriter) Commit() (blob.Info, error) {
	if w.done {
		return blob.Info{}, blob.ErrDone
	}
	w.done = true
	w.store.mu.Lock()
	defer w.store.mu.Unlock()
	w.store.stored[w.name] = w.content.Bytes()
	sum := sha256.Sum256(w.content.Bytes())
	return blob.Info{Name: w.name, Size: int64(w.content.Len()), SHA256: hex.EncodeToString(sum[:])}, nil
}

// Abort implements blob.Writer.
func (w *memoryWriter) Abort() error {
	w.done = true
	return nil
}
