package blobtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/blob"
)

var writeTests = []test{
	{"a blob is to be seen after its commit and not before", func(s *suite) {
		w := s.create("a/b.txt")
		for range 3 {
			_, err := io.WriteString(w, "part ")
			s.must(err)
			s.absent("a/b.txt")
			s.holds()
		}
		info, err := w.Commit()
		s.must(err)
		s.equal([]any{info.Name, info.Size, info.SHA256}, []any{"a/b.txt", int64(15), sha("part part part ")})
		s.equal(s.read("a/b.txt"), "part part part ")
		s.holds("a/b.txt")
	}},
	{"an aborted blob never was, and aborting again or after a commit does nothing", func(s *suite) {
		w := s.create("x")
		_, err := io.WriteString(w, "dropped")
		s.must(err)
		s.must(w.Abort())
		s.must(w.Abort())
		s.absent("x")
		kept := s.create("y")
		_, err = kept.Commit()
		s.must(err)
		s.must(kept.Abort())
		s.holds("y")
	}},
	{"a writer that is done takes nothing more", func(s *suite) {
		committed, aborted := s.create("x"), s.create("y")
		_, err := committed.Commit()
		s.must(err)
		s.must(aborted.Abort())
		for _, w := range []blob.Writer{committed, aborted} {
			_, err := io.WriteString(w, "more")
			s.is(err, blob.ErrDone)
			_, err = w.Commit()
			s.is(err, blob.ErrDone)
		}
		s.equal(s.read("x"), "")
	}},
	{"a later commit replaces a blob, and an aborted one leaves it", func(s *suite) {
		s.put("x", "first, longer")
		w := s.create("x")
		_, err := io.WriteString(w, "aborted")
		s.must(err)
		s.equal(s.read("x"), "first, longer")
		s.must(w.Abort())
		s.equal(s.read("x"), "first, longer")
		s.put("x", "second")
		s.equal(s.read("x"), "second")
		s.holds("x")
	}},
	{"blobs of many megabytes are written in pieces", func(s *suite) {
		piece := strings.Repeat("0123456789abcdef", 4096)
		w := s.create("large")
		for range 200 {
			_, err := io.WriteString(w, piece)
			s.must(err)
		}
		info, err := w.Commit()
		s.must(err)
		s.equal([]any{info.Size, info.SHA256}, []any{int64(200 * len(piece)), sha(strings.Repeat(piece, 200))})
		s.equal(sha(s.read("large")), info.SHA256)
	}},
	{"blobs of the sizes at which engines change their way are kept whole", func(s *suite) {
		const part = 5 << 20
		content := strings.Repeat("0123456789abcde\n", (2*part+1)/16+1)
		for _, size := range []int{1, part - 1, part, part + 1, 2 * part, 2*part + 1} {
			info := s.put("sized", content[:size])
			s.equal([]any{info.Size, info.SHA256}, []any{int64(size), sha(content[:size])})
			if s.read("sized") != content[:size] {
				s.Fatalf("%d bytes come back changed", size)
			}
		}
	}},
	{"a blob that is aborted late, or whose context ends, leaves nothing and changes nothing", func(s *suite) {
		content := strings.Repeat("0123456789abcdef", 12<<20/16)
		s.put("x", "kept")
		for _, name := range []string{"x", "y"} {
			w := s.create(name)
			_, err := io.WriteString(w, content)
			s.must(err)
			s.must(w.Abort())
			ctx, end := context.WithCancel(s.ctx)
			w, err = s.store.Create(ctx, name)
			s.must(err)
			_, err = io.WriteString(w, content)
			s.must(err)
			end()
			_, err = w.Commit()
			s.is(err, context.Canceled)
			s.must(w.Abort())
		}
		s.equal(s.read("x"), "kept")
		s.holds("x")
	}},
	{"of writers of one name one stays, whole", func(s *suite) {
		var group sync.WaitGroup
		errs := make([]error, 8)
		for n := range errs {
			group.Go(func() {
				w, err := s.store.Create(s.ctx, "contended/x")
				if err == nil {
					_, err = io.WriteString(w, strings.Repeat(fmt.Sprint(n), 10_000))
				}
				if err == nil {
					_, err = w.Commit()
				}
				errs[n] = err
			})
		}
		group.Wait()
		s.must(errors.Join(errs...))
		content := s.read("contended/x")
		s.equal(content, strings.Repeat(content[:1], 10_000))
		s.holds("contended/x")
	}},
	{"a deleted blob is gone, and deleting nothing is no error", func(s *suite) {
		s.put("a/x", "1")
		s.put("a/y", "2")
		for range 2 {
			s.must(s.store.Delete(s.ctx, "a/x"))
		}
		s.must(s.store.Delete(s.ctx, "a"))
		s.must(s.store.Delete(s.ctx, "a/y/z"))
		s.absent("a/x")
		s.holds("a/y")
		s.must(s.store.Delete(s.ctx, "a/y"))
		s.holds()
		s.put("a", "now a blob itself")
		s.holds("a")
	}},
	{"an erased blob is gone, its neighbours stay, and erasing nothing is no error", func(s *suite) {
		s.put("a/x", "first")
		s.put("a/x", "second")
		s.put("a/x.y", "another, whose name begins alike")
		s.put("a/deleted", "1")
		s.must(s.store.Delete(s.ctx, "a/deleted"))
		for range 2 {
			s.must(s.store.Erase(s.ctx, "a/x"))
			s.must(s.store.Erase(s.ctx, "a/deleted"))
		}
		s.must(s.store.Erase(s.ctx, "a"))
		s.is(s.store.Erase(s.ctx, "a//x"), blob.ErrName)
		s.absent("a/x")
		s.holds("a/x.y")
		s.put("a/x", "stored anew")
		s.equal(s.read("a/x"), "stored anew")
	}},
	{"blobs come and go at once", func(s *suite) {
		var group sync.WaitGroup
		errs := make([]error, 8)
		for n := range errs {
			group.Go(func() {
				for i := range 20 {
					name := fmt.Sprintf("deep/%d/x%d", i%3, n)
					w, err := s.store.Create(s.ctx, name)
					if err == nil {
						_, err = w.Commit()
					}
					if err == nil && i < 17 {
						err = s.store.Delete(s.ctx, name)
					}
					errs[n] = errors.Join(errs[n], err)
				}
			})
		}
		group.Wait()
		s.must(errors.Join(errs...))
		s.equal(len(s.list("deep/")), 24)
	}},
}
