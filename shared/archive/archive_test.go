package archive_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/learning-cities/guildhall/shared/archive"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/jsonl"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var options = archive.Options{
	At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Product: "test",
	Leave: func(key table.Key) bool { return strings.HasPrefix(key.Partition, "session#") },
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// coded checks that an error is a problem with a code and a whole message.
func coded(t *testing.T, err error, code problem.Code) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	if text := p.Message("en"); text == "" || strings.Contains(text, "{") {
		t.Errorf("%s says %q", code, text)
	}
}

// emptyStore is a store over a table in memory, which can be opened again.
func emptyStore(t testing.TB) (archive.Store, *memory.Store) {
	t.Helper()
	held := memory.NewStore()
	blobs, err := files.Open(filepath.Join(t.TempDir(), "blobs"))
	must(t, err)
	return archive.Store{Name: "the store", Table: held.Table(table.Config{}), Blobs: blobs}, held
}

func keep(t testing.TB, in archive.Store, name, content string) {
	t.Helper()
	w, err := in.Blobs.Create(t.Context(), name)
	must(t, err)
	_, err = io.WriteString(w, content)
	must(t, err)
	_, err = w.Commit()
	must(t, err)
}

// small is a store with a few items of every type, and files.
func small(t *testing.T) archive.Store {
	t.Helper()
	s, _ := emptyStore(t)
	for n := range 5 {
		item := table.Item{Key: table.Key{Partition: fmt.Sprint("member#", n%2), Sort: fmt.Sprintf("FR#%d é", n)}, Attributes: table.Attributes{
			"n": int64(n), "yes": true, "body": map[string]any{"list": []any{"a", int64(-1)}, "text": "\u0000<&>\u2028"},
		}}
		must(t, s.Table.Write(t.Context(), table.Write{Put: &item}))
	}
	session := table.Item{Key: table.Key{Partition: "session#p", Sort: "1"}, Attributes: table.Attributes{}}
	gone := table.Item{Key: table.Key{Partition: "idempotency#1", Sort: "request"}, Attributes: table.Attributes{}, Expires: time.Unix(1, 0)}
	must(t, s.Table.Write(t.Context(), table.Write{Put: &session}))
	must(t, s.Table.Write(t.Context(), table.Write{Put: &gone}))
	keep(t, s, "uploads/"+strings.Repeat("0f", 32), "a workbook")
	keep(t, s, "imports/1/plan.jsonl", "")
	keep(t, s, "imports/1/"+strings.Repeat("long/", 40)+"report.jsonl", strings.Repeat("row\n", 300))
	return s
}

func packed(t testing.TB, from archive.Store) []byte {
	t.Helper()
	var out bytes.Buffer
	_, err := archive.Write(t.Context(), &out, from, options)
	must(t, err)
	return out.Bytes()
}

func open(t testing.TB, content []byte) (*archive.Archive, error) {
	return archive.Open(t.Context(), "backup.zst", bytes.NewReader(content), int64(len(content)))
}

func opened(t *testing.T, content []byte) *archive.Archive {
	t.Helper()
	a, err := open(t, content)
	must(t, err)
	return a
}

func TestWhatIsRestoredIsWhatWasThereWithoutSessionsAndWhatExpired(t *testing.T) {
	content := packed(t, small(t))
	a := opened(t, content)
	if want := (archive.Counts{Items: 5, Blobs: 3, Bytes: 1210}); a.Counts != want || !a.About.At.Equal(options.At) || a.About.Product != "test" {
		t.Errorf("it tells %+v, %+v", a.About, a.Counts)
	}
	to, _ := emptyStore(t)
	must(t, a.Restore(t.Context(), to, archive.Restoring{}))
	must(t, archive.Unfinished(t.Context(), to.Name, to.Table))
	if again := packed(t, to); !bytes.Equal(again, content) {
		t.Error("the archive of what was restored is another one")
	}
	if _, err := to.Table.Get(t.Context(), table.Key{Partition: "session#p", Sort: "1"}); !errors.Is(err, table.ErrNotFound) {
		t.Errorf("a session came back: %v", err)
	}
}

func TestAnEmptyStoreHasAnArchiveToo(t *testing.T) {
	from, _ := emptyStore(t)
	to, _ := emptyStore(t)
	a := opened(t, packed(t, from))
	must(t, a.Restore(t.Context(), to, archive.Restoring{}))
	if a.Counts != (archive.Counts{}) {
		t.Errorf("it holds %+v", a.Counts)
	}
}

func TestMoreItemsThanFitIntoOneEntry(t *testing.T) {
	from, _ := emptyStore(t)
	var ws []table.Write
	for n := range 3500 {
		ws = append(ws, table.Write{Put: &table.Item{
			Key: table.Key{Partition: "p", Sort: fmt.Sprintf("%05d", n)}, Attributes: table.Attributes{"text": strings.Repeat("x", 800)},
		}})
	}
	must(t, errors.Join(from.Table.WriteEach(t.Context(), ws)...))
	content := packed(t, from)
	to, _ := emptyStore(t)
	a := opened(t, content)
	must(t, a.Restore(t.Context(), to, archive.Restoring{}))
	if again := packed(t, to); a.Counts.Items != 3500 || !bytes.Equal(again, content) {
		t.Errorf("%+v, restored otherwise than it was", a.Counts)
	}
}

// An item takes up to twelve times its bytes where it is written as text.
func TestItemsAsLargeAsATableHoldsComeBack(t *testing.T) {
	from, _ := emptyStore(t)
	for _, sort := range []string{"1", "2", "3"} {
		item := table.Item{Key: table.Key{Partition: "p", Sort: sort}, Attributes: table.Attributes{"text": strings.Repeat("\x00", table.MaxItem-100)}}
		must(t, from.Table.Write(t.Context(), table.Write{Put: &item}))
	}
	content := packed(t, from)
	to, _ := emptyStore(t)
	must(t, opened(t, content).Restore(t.Context(), to, archive.Restoring{}))
	if again := packed(t, to); !bytes.Equal(again, content) {
		t.Error("restored otherwise than it was")
	}
}

// Somebody makes archives of a few kilobytes whose items would fill the memory.
func TestItemsThatNoTableCouldHoldAreRefusedBeforeTheyAreGathered(t *testing.T) {
	line := func(bytes int) string {
		head, end := `{"partition":"p","sort":"s","attributes":{"text":"`, "\"}}\n"
		return head + strings.Repeat("x", bytes-len(head)-len(end)) + end
	}
	for name, part := range map[string]string{
		"a line":            line(jsonl.MaxLine + 1),
		"an entry of lines": strings.Repeat(line(1<<10), archive.MaxPart>>10+1),
		"an entry":          strings.Repeat("x", 64<<20),
	} {
		content := made(t, part)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := open(t, content)
		runtime.ReadMemStats(&after)
		coded(t, err, "ARCHIVE_DAMAGED")
		if took := after.TotalAlloc - before.TotalAlloc; took > 48<<20 {
			t.Errorf("%s: %d bytes were allocated for it", name, took)
		}
	}
	if a, err := open(t, made(t, line(jsonl.MaxLine))); err != nil || a.Counts.Items != 1 {
		t.Errorf("a line as long as one may be is refused: %v", err)
	}
}

// made is an archive whose one entry of items has that text, with sums and counts that fit.
func made(t *testing.T, part string) []byte {
	t.Helper()
	var unpacked, sums bytes.Buffer
	out := tar.NewWriter(&unpacked)
	put := func(name, text string) {
		must(t, out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(text)), Mode: 0o600}))
		_, err := io.WriteString(out, text)
		must(t, err)
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(text)), name)
	}
	put("about.json", `{"format":1}`)
	put("items/00000001.jsonl", part)
	put("SHA256SUMS", sums.String())
	put("end.json", fmt.Sprintf(`{"items":%d}`, strings.Count(part, "\n")))
	must(t, out.Close())
	content, err := archive.Sealed(unpacked.Bytes())
	must(t, err)
	return content
}

func TestAnArchiveCutAnywhereIsRefused(t *testing.T) {
	content := packed(t, small(t))
	for cut := range content {
		_, err := open(t, content[:cut])
		coded(t, err, "ARCHIVE_DAMAGED")
	}
	_, err := open(t, append(bytes.Clone(content), 0))
	coded(t, err, "ARCHIVE_DAMAGED")
	t.Logf("cut at %d places: refused at each", len(content))
}

func TestAFlippedBitInAnyByteIsFound(t *testing.T) {
	content := packed(t, small(t))
	for at := range content {
		for bit := range 8 {
			content[at] ^= 1 << bit
			_, err := open(t, content)
			coded(t, err, "ARCHIVE_DAMAGED")
			content[at] ^= 1 << bit
		}
	}
	opened(t, content)
	t.Logf("%d bits flipped: found each", 8*len(content))
}

// changing gives other bytes from its second reading of a place on, as a failing disk does.
type changing struct {
	*bytes.Reader
	at    int64
	times int
}

func (c *changing) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.Reader.ReadAt(p, off)
	if off <= c.at && c.at < off+int64(n) {
		if c.times++; c.times > 2 { // the sum, and the first reading through
			p[c.at-off] ^= 4
		}
	}
	return n, err
}

func TestWhatTheDiskChangesWhileItIsRestoredIsFoundAndTheStoreStaysClosed(t *testing.T) {
	content := packed(t, small(t))
	found := 0
	for at := range content[:len(content)-100] {
		a, err := archive.Open(t.Context(), "f", &changing{Reader: bytes.NewReader(content), at: int64(at)}, int64(len(content)))
		must(t, err)
		to, _ := emptyStore(t)
		if err := a.Restore(t.Context(), to, archive.Restoring{}); err != nil {
			coded(t, err, "ARCHIVE_DAMAGED")
			coded(t, archive.Unfinished(t.Context(), to.Name, to.Table), "RESTORE_UNFINISHED")
			found++
		} else if again := packed(t, to); !bytes.Equal(again, content) {
			t.Fatalf("byte %d was another, and what was restored too", at)
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
	t.Logf("%d of %d changes found, the others changed nothing", found, len(content)-100)
}

func TestOrdinaryToolsReadAnArchive(t *testing.T) {
	unpacked, err := zstd.NewReader(bytes.NewReader(packed(t, small(t))))
	must(t, err)
	defer unpacked.Close()
	var names []string
	for in := tar.NewReader(unpacked); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		must(t, err)
		names = append(names, header.Name)
	}
	want := "about.json items/00000001.jsonl blobs/imports/1/"
	if got := strings.Join(names, " "); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, " SHA256SUMS end.json") {
		t.Errorf("entries %s", got)
	}
}

func TestALaterLayoutIsRefusedByItsNumber(t *testing.T) {
	to, _ := emptyStore(t)
	var out bytes.Buffer
	must(t, archive.WriteAbout(&out, archive.About{Format: archive.Format + 1}))
	_, err := open(t, out.Bytes())
	coded(t, err, "ARCHIVE_NEWER")
	must(t, archive.Unfinished(t.Context(), to.Name, to.Table))
}

func TestOnlyAnEmptyStoreIsFilled(t *testing.T) {
	content := packed(t, small(t))
	for name, fill := range map[string]func(archive.Store){
		"an item": func(s archive.Store) {
			must(t, s.Table.Write(t.Context(), table.Write{Put: &table.Item{Key: table.Key{Partition: "p", Sort: "s"}}}))
		},
		"a file": func(s archive.Store) { keep(t, s, "uploads/1", "") },
	} {
		to, _ := emptyStore(t)
		fill(to)
		before := packed(t, to)
		coded(t, opened(t, content).Restore(t.Context(), to, archive.Restoring{}), "STORE_NOT_EMPTY")
		if after := packed(t, to); !bytes.Equal(after, before) {
			t.Errorf("%s: it was changed", name)
		}
	}
}

// failing is a store of files that fails at one of its changes, and from then on.
type failing struct {
	blob.Store
	at, changes *int
}

func (f failing) stopped() error {
	*f.changes++
	if *f.changes >= *f.at {
		return blob.ErrUnavailable
	}
	return nil
}

func (f failing) Create(ctx context.Context, name string) (blob.Writer, error) {
	if err := f.stopped(); err != nil {
		return nil, err
	}
	w, err := f.Store.Create(ctx, name)
	return failingWriter{w, f}, err
}

type failingWriter struct {
	blob.Writer
	f failing
}

func (w failingWriter) Commit() (blob.Info, error) {
	if err := w.f.stopped(); err != nil {
		return blob.Info{}, err
	}
	return w.Writer.Commit()
}

func TestARestoreThatIsStoppedAtAnyWriteLeavesAClosedStoreAndCanBeDoneAgain(t *testing.T) {
	from := small(t)
	content := packed(t, from)
	another, _ := emptyStore(t)
	keep(t, another, "uploads/another", "archive")
	other := opened(t, packed(t, another))
	stops := 0
	for _, effect := range []bool{false, true} {
		for n := 1; ; n++ {
			to, held := emptyStore(t)
			broken := to
			broken.Table = faulty.New(to.Table, faulty.Plan{Fail: n, Effect: effect, Halt: true})
			err := opened(t, content).Restore(t.Context(), broken, archive.Restoring{})
			if err == nil {
				break
			}
			if !errors.Is(err, table.ErrUnavailable) {
				t.Fatal(err)
			}
			stops++
			to.Table = held.Table(table.Config{})
			again(t, to, content, other)
		}
	}
	for n := 1; ; n++ {
		to, _ := emptyStore(t)
		broken, changes := to, 0
		broken.Blobs = failing{to.Blobs, &n, &changes}
		err := opened(t, content).Restore(t.Context(), broken, archive.Restoring{})
		if err == nil {
			break
		}
		if !errors.Is(err, blob.ErrUnavailable) {
			t.Fatal(err)
		}
		stops++
		again(t, to, content, other)
	}
	t.Logf("stopped at %d places", stops)
}

// again restores an archive where a restore was stopped, and nothing else before.
func again(t *testing.T, to archive.Store, content []byte, other *archive.Archive) {
	t.Helper()
	if archive.Unfinished(t.Context(), to.Name, to.Table) == nil {
		// Stopped before its first write, or after its last: the store is empty or whole, and not in between.
		if got := packed(t, to); !bytes.Equal(got, content) {
			must(t, opened(t, content).Restore(t.Context(), to, archive.Restoring{}))
		}
	} else {
		coded(t, other.Restore(t.Context(), to, archive.Restoring{}), "RESTORE_UNFINISHED")
		must(t, opened(t, content).Restore(t.Context(), to, archive.Restoring{}))
	}
	if got := packed(t, to); !bytes.Equal(got, content) {
		t.Fatal("restored otherwise than it was")
	}
	must(t, archive.Unfinished(t.Context(), to.Name, to.Table))
}

func TestWhatTheProductItselfWroteKeepsNoStoreFromBeingFilledAndIsNotLeftInIt(t *testing.T) {
	from := small(t)
	inBoth, onlyThere := table.Key{Partition: "mark", Sort: "1"}, table.Key{Partition: "mark", Sort: "2"}
	put := func(in archive.Store, key table.Key, text string) {
		must(t, in.Table.Write(t.Context(), table.Write{Put: &table.Item{Key: key, Attributes: table.Attributes{"at": text}}}))
	}
	put(from, inBoth, "then")
	content := packed(t, from)
	restoring := archive.Restoring{Aside: []table.Key{inBoth, onlyThere}}
	stops := 0
	for n := 1; ; n++ {
		to, held := emptyStore(t)
		put(to, inBoth, "now")
		put(to, onlyThere, "now")
		broken := to
		broken.Table = faulty.New(to.Table, faulty.Plan{Fail: n, Halt: true})
		err := opened(t, content).Restore(t.Context(), broken, restoring)
		if err != nil {
			stops++
			to.Table = held.Table(table.Config{})
			must(t, opened(t, content).Restore(t.Context(), to, restoring))
		}
		if again := packed(t, to); !bytes.Equal(again, content) {
			t.Fatalf("stopped at write %d, restored otherwise than it was", n)
		}
		if err == nil {
			break
		}
	}
	if stops < 3 {
		t.Errorf("stopped at %d places", stops)
	}
	to, _ := emptyStore(t)
	put(to, inBoth, "now")
	put(to, table.Key{Partition: "mark", Sort: "3"}, "somebody's")
	coded(t, opened(t, content).Restore(t.Context(), to, restoring), "STORE_NOT_EMPTY")
	if item, err := to.Table.Get(t.Context(), inBoth); err != nil || item.Attributes["at"] != "now" {
		t.Errorf("a refused restore changed something: %v, %v", item, err)
	}
}

func TestWhatCouldNotBeFinishedIsFinishedFromWhereItStopped(t *testing.T) {
	to, _ := emptyStore(t)
	a := opened(t, packed(t, small(t)))
	gone, failure := table.Key{Partition: "member#0", Sort: "FR#0 é"}, errors.New("from the finish")
	err := a.Restore(t.Context(), to, archive.Restoring{Finish: func(ctx context.Context, filled archive.Store) error {
		if _, err := filled.Table.Get(ctx, gone); err != nil {
			t.Errorf("it is called before all is there: %v", err)
		}
		must(t, filled.Table.Write(ctx, table.Write{Delete: gone}))
		return failure
	}})
	if !errors.Is(err, failure) {
		t.Errorf("got %v", err)
	}
	coded(t, archive.Unfinished(t.Context(), to.Name, to.Table), "RESTORE_UNFINISHED")
	must(t, a.Restore(t.Context(), to, archive.Restoring{Finish: func(ctx context.Context, filled archive.Store) error {
		if _, err := filled.Table.Get(ctx, gone); !errors.Is(err, table.ErrNotFound) {
			t.Errorf("the archive was put over what the first try did: %v", err)
		}
		return nil
	}}))
	must(t, archive.Unfinished(t.Context(), to.Name, to.Table))
}

func TestAStoreStaysClosedUntilItIsFinishedWhereverThatIsStopped(t *testing.T) {
	content := packed(t, small(t))
	gone, made := table.Key{Partition: "member#0", Sort: "FR#0 é"}, table.Key{Partition: "register", Sort: "1"}
	restoring := archive.Restoring{Finish: func(ctx context.Context, filled archive.Store) error {
		coded(t, archive.Unfinished(ctx, filled.Name, filled.Table), "RESTORE_UNFINISHED")
		if err := filled.Table.Write(ctx, table.Write{Put: &table.Item{Key: made, Attributes: table.Attributes{}}}); err != nil {
			return err
		}
		return filled.Table.Write(ctx, table.Write{Delete: gone})
	}}
	stops := 0
	for _, effect := range []bool{false, true} {
		for n := 1; ; n++ {
			to, held := emptyStore(t)
			broken := to
			broken.Table = faulty.New(to.Table, faulty.Plan{Fail: n, Effect: effect, Halt: true})
			err := opened(t, content).Restore(t.Context(), broken, restoring)
			to.Table = held.Table(table.Config{})
			if err != nil {
				stops++
				if _, err := to.Table.Get(t.Context(), gone); err == nil && archive.Unfinished(t.Context(), to.Name, to.Table) == nil {
					t.Fatalf("stopped at write %d: the store is open and not finished", n)
				}
				if whole := archive.Unfinished(t.Context(), to.Name, to.Table) == nil; !whole || n == 1 {
					must(t, opened(t, content).Restore(t.Context(), to, restoring))
				}
			}
			must(t, archive.Unfinished(t.Context(), to.Name, to.Table))
			if _, there := to.Table.Get(t.Context(), gone); !errors.Is(there, table.ErrNotFound) {
				t.Fatalf("stopped at write %d: not finished in the end", n)
			}
			if err == nil {
				break
			}
		}
	}
	t.Logf("stopped at %d places", stops)
}

// unsettled is a table that always changes.
type unsettled struct{ table.Table }

func (unsettled) Snapshot(context.Context) (table.Snapshot, error) { return nil, table.ErrUnsettled }

func TestATableThatKeepsChangingHasNoArchive(t *testing.T) {
	from := small(t)
	from.Table = unsettled{from.Table}
	_, err := archive.Write(t.Context(), io.Discard, from, options)
	coded(t, err, "BACKUP_UNSETTLED")
}

// nowhere is a store of files that keeps none.
type nowhere struct{ blob.Store }

func (nowhere) List(context.Context, string, func(blob.Info) error) error { return nil }

func (nowhere) Create(context.Context, string) (blob.Writer, error) { return gone{io.Discard}, nil }

type gone struct{ io.Writer }

func (gone) Commit() (blob.Info, error) { return blob.Info{}, nil }
func (gone) Abort() error               { return nil }
