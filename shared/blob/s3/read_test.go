package s3_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/s3"
)

// opened stores a content and opens it over a wire.
func opened(t *testing.T, content string) (blob.Reader, *wire, blob.Store) {
	t.Helper()
	cfg, w := config(t), &wire{}
	store := s3.New(w.through(cfg), bucket(t, cfg), s3.Options{Backoff: atOnce})
	put(t, store, "x", content)
	w.requests()
	w.bytes = 0
	r, err := store.Open(t.Context(), "x")
	must(t, err)
	t.Cleanup(func() { must(t, r.Close()) })
	return r, w, store
}

// A reader of a workbook goes to the directory at the end first and then through its parts in small steps. When it comes to the end
// again, the block with the directory isn't held any more.
func TestReadingAWorkbookCostsARequestForEachMegabyteAndOneMore(t *testing.T) {
	const size = 5 << 20
	r, w, _ := opened(t, strings.Repeat("0123456789abcdef", size/16))
	read(t, r, size-22, 22)
	read(t, r, size-8000, 8000)
	for at := int64(0); at < size; at += 32 << 10 {
		read(t, r, at, 32<<10)
	}
	if sent := w.requests(); len(sent) != 6 || w.bytes != size+1<<20 {
		t.Fatalf("%d requests for %d bytes: %v", len(sent), w.bytes, sent)
	}
}

func TestASmallBlobCostsOneRequest(t *testing.T) {
	r, w, _ := opened(t, "small")
	if got := read(t, r, 0, 5); got != "small" {
		t.Fatalf("read %q", got)
	}
	if sent := w.requests(); len(sent) != 1 {
		t.Fatalf("requests %v", sent)
	}
}

func TestSeveralWhoWantTheSamePlaceShareOneRequest(t *testing.T) {
	r, w, _ := opened(t, strings.Repeat("x", 3<<20))
	w.requests()
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			if _, err := r.ReadAt(make([]byte, 100), 2<<20); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if sent := w.requests(); len(sent) != 1 {
		t.Fatalf("requests %v", sent)
	}
}

func TestAReaderHoldsNoMoreThanFourMegabytes(t *testing.T) {
	const blocks = 6
	r, w, _ := opened(t, strings.Repeat("x", blocks<<20))
	for n := range int64(blocks) {
		read(t, r, n<<20, 1)
	}
	w.requests()
	for n := int64(2); n < blocks; n++ {
		read(t, r, n<<20, 1)
	}
	if sent := w.requests(); len(sent) != 0 {
		t.Fatalf("the last four aren't held: %v", sent)
	}
	read(t, r, 0, 1)
	if sent := w.requests(); len(sent) != 1 {
		t.Fatalf("more than the last four are held: %v", sent)
	}
}

func TestABlobThatWasReplacedWhileItWasReadIsUnavailableAndADeletedOneNotFound(t *testing.T) {
	r, _, store := opened(t, strings.Repeat("old ", 1<<20))
	put(t, store, "x", strings.Repeat("new ", 1<<20))
	if _, err := r.ReadAt(make([]byte, 1), 2<<20); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("replaced: %v", err)
	}
	must(t, store.Delete(t.Context(), "x"))
	if _, err := r.ReadAt(make([]byte, 1), 2<<20); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("deleted: %v", err)
	}
}

func TestAnAnswerThatBreaksOffIsAskedForAgain(t *testing.T) {
	r, w, _ := opened(t, strings.Repeat("0123", 1<<20))
	broken := 0
	w.do = func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
		answer, err := next(r)
		if err == nil && broken < 2 {
			broken++
			answer.Body = struct {
				io.Reader
				io.Closer
			}{io.MultiReader(io.LimitReader(answer.Body, 1000), failing{}), answer.Body}
		}
		return answer, err
	}
	if got := read(t, r, 2<<20, 4); got != "0123" || broken != 2 {
		t.Fatalf("read %q after %d answers that broke off", got, broken)
	}
	broken = -100 // for ever
	if _, err := r.ReadAt(make([]byte, 1), 3<<20); !errors.Is(err, blob.ErrUnavailable) {
		t.Fatalf("got %v, want ErrUnavailable", err)
	}
	broken = 2
	if got := read(t, r, 3<<20, 4); got != "0123" {
		t.Fatalf("read %q, when it answers again", got)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestBlobsAreListedInPagesAndForeignObjectsLeftOut(t *testing.T) {
	cfg, w := config(t), &wire{}
	store := s3.New(w.through(cfg), bucket(t, cfg), s3.Options{})
	want := []string{}
	for n := range 7 {
		want = append(want, fmt.Sprintf("plans/%d", n))
		put(t, store, want[n], "")
	}
	// What other programs put into buckets: folders as empty objects, names that no blob has.
	for _, key := range []string{"plans/", "plans/a%20b", "plans/.hidden"} {
		w.do = func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			r.URL.Path, r.URL.RawPath = strings.Replace(r.URL.Path, "plans/0", key, 1), ""
			return next(r)
		}
		put(t, store, "plans/0", "")
	}
	w.do = func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
		r.URL.RawQuery += "&max-keys=3"
		return next(r)
	}
	w.requests()
	got := []string{}
	must(t, store.List(t.Context(), "plans/", func(info blob.Info) error {
		got = append(got, info.Name)
		return nil
	}))
	if sent := w.requests(); !slices.Equal(got, want) || len(sent) != 4 {
		t.Fatalf("listed %v in %d pages", got, len(sent))
	}
}

func read(t *testing.T, r blob.Reader, at int64, size int) string {
	t.Helper()
	p := make([]byte, size)
	if n, err := r.ReadAt(p, at); n < size {
		t.Fatalf("at %d: %d of %d bytes, %v", at, n, size, err)
	}
	return string(p)
}
