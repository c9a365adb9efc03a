package s3_test

import (
	"errors"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awss3 "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/s3"
)

// atOnce tries again without a pause.
var atOnce = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })

func TestASmallBlobIsWrittenWithOneRequestAndALargeOneInParts(t *testing.T) {
	cfg, w := config(t), &wire{}
	store := s3.New(w.through(cfg), bucket(t, cfg), s3.Options{})
	put(t, store, "x", "small")
	if sent := w.requests(); !slices.Equal(sent, []string{"PUT"}) {
		t.Errorf("small: %v", sent)
	}
	put(t, store, "x", strings.Repeat("x", 12<<20))
	if sent := w.requests(); !slices.Equal(sent, []string{"POST", "PUT", "PUT", "PUT", "POST"}) {
		t.Errorf("large: %v", sent)
	}
}

func TestNothingIsSentOfASmallBlobThatIsAborted(t *testing.T) {
	cfg, wire := config(t), &wire{}
	w, err := s3.New(wire.through(cfg), "none", s3.Options{}).Create(t.Context(), "x")
	must(t, err)
	_, err = io.WriteString(w, "dropped")
	must(t, err)
	must(t, w.Abort())
	if sent := wire.requests(); len(sent) != 0 {
		t.Fatalf("sent %v", sent)
	}
}

func TestThePartsOfAnAbortedBlobAreRemoved(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	w, err := s3.New(cfg, name, s3.Options{}).Create(t.Context(), "x")
	must(t, err)
	_, err = io.WriteString(w, strings.Repeat("x", 11<<20))
	must(t, err)
	if left := unfinished(t, name); left != 1 {
		t.Fatalf("%d uploads while it is written", left)
	}
	must(t, w.Abort())
	if left := unfinished(t, name); left != 0 {
		t.Fatalf("%d uploads are left", left)
	}
}

// unfinished counts the multipart uploads of a bucket.
func unfinished(t *testing.T, name string) int {
	t.Helper()
	out, err := awss3.NewFromConfig(config(t)).ListMultipartUploads(t.Context(), &awss3.ListMultipartUploadsInput{Bucket: &name})
	must(t, err)
	return len(out.Uploads)
}

// fault is an answer with an error as the service words it.
func fault(status int, code string) (*http.Response, error) {
	body := `<?xml version="1.0"?><Error><Code>` + code + `</Code><Message>said by the test</Message></Error>`
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/xml"}}, Body: io.NopCloser(strings.NewReader(body)),
	}, nil
}

func TestWhatFailsForNoFaultOfItsOwnIsTriedAgain(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	for _, c := range []struct {
		name string
		fail func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error)
	}{
		{"throttled", func(*http.Request, func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			return fault(http.StatusServiceUnavailable, "SlowDown")
		}},
		{"broken", func(*http.Request, func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			return fault(http.StatusInternalServerError, "InternalError")
		}},
		{"connection lost", func(*http.Request, func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			return nil, io.ErrUnexpectedEOF
		}},
		{"answer lost", func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			answer, err := next(r)
			if err == nil {
				answer.Body.Close()
			}
			return nil, io.ErrUnexpectedEOF
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			failures := 0
			w := &wire{do: func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
				if failures++; failures <= 3 {
					return c.fail(r, next)
				}
				return next(r)
			}}
			store := s3.New(w.through(cfg), name, s3.Options{Backoff: atOnce})
			put(t, store, "x", c.name)
			failures = 0
			if info, err := store.Stat(t.Context(), "x"); err != nil || info.Size != int64(len(c.name)) {
				t.Errorf("Stat: %+v, %v", info, err)
			}
			failures = 0
			r, err := store.Open(t.Context(), "x")
			must(t, err)
			if got := read(t, r, 0, len(c.name)); got != c.name {
				t.Errorf("read %q", got)
			}
			must(t, r.Close())
			failures = 0
			must(t, store.List(t.Context(), "", func(blob.Info) error { return nil }))
			failures = 0
			must(t, store.Delete(t.Context(), "x"))
		})
	}
}

func TestAServiceThatDoesNotAnswerIsUnavailableAfterSixTries(t *testing.T) {
	w := &wire{do: func(*http.Request, func(*http.Request) (*http.Response, error)) (*http.Response, error) {
		return fault(http.StatusServiceUnavailable, "SlowDown")
	}}
	store := s3.New(w.through(config(t)), "bucket", s3.Options{Backoff: atOnce})
	ctx := t.Context()
	_, opened := store.Open(ctx, "x")
	if sent := w.requests(); len(sent) != 6 {
		t.Errorf("%d tries", len(sent))
	}
	_, described := store.Stat(ctx, "x")
	creating, err := store.Create(ctx, "x")
	must(t, err)
	_, committed := creating.Commit()
	for _, err := range []error{
		opened, described, committed, store.Delete(ctx, "x"), store.List(ctx, "", func(blob.Info) error { return nil }),
	} {
		if !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("got %v, want ErrUnavailable", err)
		}
	}
}

func TestWhatIsForbiddenOrHasNoBucketIsUnavailableNotMissing(t *testing.T) {
	for _, code := range []string{"AccessDenied", "NoSuchBucket"} {
		w := &wire{do: func(*http.Request, func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			return fault(http.StatusForbidden, code)
		}}
		store := s3.New(w.through(config(t)), "bucket", s3.Options{})
		if _, err := store.Open(t.Context(), "x"); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s: %v", code, err)
		}
		if sent := w.requests(); len(sent) != 1 {
			t.Errorf("%s: %d tries", code, len(sent))
		}
	}
}

// A writer of more than the service takes in is told soon, not when it is done.
func TestAWriterIsToldThatAPartWasRefused(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	w := &wire{do: func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
		if r.Method == http.MethodPut {
			return fault(http.StatusForbidden, "AccessDenied")
		}
		return next(r)
	}}
	creating, err := s3.New(w.through(cfg), name, s3.Options{}).Create(t.Context(), "x")
	must(t, err)
	piece := make([]byte, 1<<20)
	for n := 0; err == nil; n++ {
		if n == 100 {
			t.Fatal("100 MB were taken")
		}
		_, err = creating.Write(piece)
	}
	if !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("got %v, want ErrUnavailable", err)
	}
	if _, err := creating.Commit(); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("commit: %v, want ErrUnavailable", err)
	}
	if left := unfinished(t, name); left != 0 {
		t.Errorf("%d uploads are left", left)
	}
}

func TestBytesThatChangeOnTheWayAreRefused(t *testing.T) {
	cfg := config(t)
	name := bucket(t, cfg)
	for what, size := range map[string]int{"small": 100, "large": 6 << 20} {
		w := &wire{do: func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
			if r.Method == http.MethodPut {
				body, err := io.ReadAll(r.Body)
				must(t, err)
				body[len(body)/2] ^= 1
				r.Body = io.NopCloser(strings.NewReader(string(body)))
			}
			return next(r)
		}}
		store := s3.New(w.through(cfg), name, s3.Options{Backoff: atOnce})
		creating, err := store.Create(t.Context(), what)
		must(t, err)
		_, err = io.WriteString(creating, strings.Repeat("x", size))
		must(t, err)
		if _, err := creating.Commit(); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s: %v, want ErrUnavailable", what, err)
		}
		if _, err := store.Stat(t.Context(), what); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("%s is there: %v", what, err)
		}
	}
}

func TestWritingALargeBlobNeedsNoMoreMemoryThanItsPartsUnderWay(t *testing.T) {
	cfg := config(t)
	wire := &wire{do: func(r *http.Request, next func(*http.Request) (*http.Response, error)) (*http.Response, error) {
		if r.Method != http.MethodPut {
			return next(r)
		}
		_, err := io.Copy(io.Discard, r.Body)
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Etag": {`"x"`}}, Body: http.NoBody}, err
	}}
	w, err := s3.New(wire.through(cfg), bucket(t, cfg), s3.Options{}).Create(t.Context(), "x")
	must(t, err)
	piece := make([]byte, 1<<20)
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before, most := stats.HeapAlloc, uint64(0)
	for range 200 {
		_, err := w.Write(piece)
		must(t, err)
		runtime.ReadMemStats(&stats)
		most = max(most, stats.HeapAlloc)
	}
	must(t, w.Abort())
	// 22 MB were measured, of which some are garbage.
	if needed := (most - min(before, most)) >> 20; needed > 64 {
		t.Fatalf("%d MB for a blob of 200", needed)
	}
}
