package blobtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/learning-cities/guildhall/shared/blob"
)

var readTests = []test{
	{"a blob is described with its size and time", func(s *suite) {
		s.put("x", "content")
		info, err := s.store.Stat(s.ctx, "x")
		s.must(err)
		s.equal([]any{info.Name, info.Size}, []any{"x", int64(7)})
		if info.Modified.IsZero() {
			s.Fatal("no time of modification")
		}
	}},
	{"an empty blob is a blob", func(s *suite) {
		info := s.put("empty", "")
		s.equal([]any{info.Size, info.SHA256}, []any{int64(0), sha("")})
		s.equal(s.read("empty"), "")
	}},
	{"a blob is read at any place", func(s *suite) {
		s.put("x", "0123456789")
		r, err := s.store.Open(s.ctx, "x")
		s.must(err)
		defer r.Close()
		s.equal(r.Size(), int64(10))
		for _, c := range []struct {
			at   int64
			size int
			want string
			err  error
		}{{0, 10, "0123456789", nil}, {3, 4, "3456", nil}, {8, 5, "89", io.EOF}, {10, 1, "", io.EOF}, {99, 1, "", io.EOF}} {
			p := make([]byte, c.size)
			n, err := r.ReadAt(p, c.at)
			s.equal(string(p[:n]), c.want)
			if err != c.err && !(err == io.EOF && c.at+int64(c.size) == 10) {
				s.Fatalf("at %d: error %v, want %v", c.at, err, c.err)
			}
		}
	}},
	{"several read at once", func(s *suite) {
		content := strings.Repeat("0123456789", 10_000)
		s.put("x", content)
		r, err := s.store.Open(s.ctx, "x")
		s.must(err)
		defer r.Close()
		var group sync.WaitGroup
		bad := make([]bool, 8)
		for n := range bad {
			group.Go(func() {
				p := make([]byte, 1000)
				for at := n * 1000; at < len(content); at += 8000 {
					if _, err := r.ReadAt(p, int64(at)); err != nil || string(p) != content[at:at+1000] {
						bad[n] = true
					}
				}
			})
		}
		group.Wait()
		s.equal(bad, make([]bool, 8))
	}},
	{"an open blob keeps its content, or fails, when it is replaced or deleted", func(s *suite) {
		content := strings.Repeat("old ", 10_000)
		s.put("x", content)
		r, err := s.store.Open(s.ctx, "x")
		s.must(err)
		defer r.Close()
		p := make([]byte, 20_000)
		_, err = r.ReadAt(p, 0)
		s.must(err)
		s.put("x", strings.Repeat("new ", 10_000))
		if _, err := r.ReadAt(p, 20_000); err == nil || err == io.EOF {
			s.equal(string(p), content[20_000:])
		}
		s.must(s.store.Delete(s.ctx, "x"))
		if _, err := r.ReadAt(p, 0); err == nil {
			s.equal(string(p), content[:20_000])
		}
	}},
	{"a large blob is read in small steps and at several places at once", func(s *suite) {
		content := large(7<<20 + 3)
		s.put("x", content)
		r, err := s.store.Open(s.ctx, "x")
		s.must(err)
		defer r.Close()
		var group sync.WaitGroup
		errs := make([]error, 6)
		for n := range errs {
			group.Go(func() { errs[n] = compare(r, content, int64(n)<<20, 30_000) })
		}
		group.Wait()
		s.must(errors.Join(errs...))
		p := make([]byte, 3<<20)
		n, err := r.ReadAt(p, 5<<20)
		s.is(err, io.EOF)
		s.equal([]any{n, string(p[:n]) == content[5<<20:]}, []any{2<<20 + 3, true})
	}},
	{"a large open blob is never mixed with the one that replaces it, whatever their sizes", func(s *suite) {
		old := large(7 << 20)
		for _, size := range []int{7 << 20, 6 << 20, 8 << 20, 0} {
			s.put("x", old)
			r, err := s.store.Open(s.ctx, "x")
			s.must(err)
			_, err = r.ReadAt(make([]byte, 1000), 0)
			s.must(err)
			s.put("x", strings.Repeat("new ", size/4))
			for at := 0; at < len(old); at += 1 << 20 {
				p := make([]byte, 1000)
				n, err := r.ReadAt(p, int64(at))
				if err == io.EOF || err == nil && string(p) != old[at:at+1000] || err != nil && n > 0 && string(p[:n]) != old[at:at+n] {
					s.Fatalf("replaced by %d bytes: at %d came %d bytes, %q…, %v", size, at, n, p[:min(n, 8)], err)
				}
			}
			s.must(r.Close())
		}
	}},
	{"what isn't there is not found", func(s *suite) {
		s.put("a/b", "")
		for _, name := range []string{"x", "a", "a/b/c", "a/c", "A/b"} {
			s.absent(name)
		}
	}},
}

var lifetimeTests = []test{
	{"a store opened again has what was committed, and nothing of what was not", func(s *suite) {
		s.put("a/kept", "kept")
		left := s.create("a/left")
		_, err := io.WriteString(left, "unfinished")
		s.must(err)
		s.store = s.reopen()
		s.holds("a/kept")
		s.equal(s.read("a/kept"), "kept")
		s.put("a/left", "again")
		s.holds("a/kept", "a/left")
	}},
	{"when the context has ended nothing happens", func(s *suite) {
		s.put("x", "kept")
		ended, end := context.WithCancel(s.ctx)
		begun, err := s.store.Create(ended, "begun")
		s.must(err)
		opened, err := s.store.Open(ended, "x")
		s.must(err)
		defer opened.Close()
		end()
		_, err = s.store.Create(ended, "y")
		s.is(err, context.Canceled)
		_, err = s.store.Open(ended, "x")
		s.is(err, context.Canceled)
		_, err = s.store.Stat(ended, "x")
		s.is(err, context.Canceled)
		s.is(s.store.Delete(ended, "x"), context.Canceled)
		s.is(s.store.List(ended, "", func(blob.Info) error { return nil }), context.Canceled)
		_, err = opened.ReadAt(make([]byte, 1), 0)
		s.is(err, context.Canceled)
		_, err = begun.Write([]byte("x"))
		s.is(err, context.Canceled)
		_, err = begun.Commit()
		s.is(err, context.Canceled)
		s.must(begun.Abort())
		s.holds("x")
	}},
}

// large is a content in which no two places look alike.
func large(size int) string {
	content := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{}).Read(content) // never fails
	return string(content)
}

// compare reads a blob to its end in steps and says where it isn't its content.
func compare(r blob.Reader, content string, from int64, step int) error {
	p := make([]byte, step)
	for at := from; at < int64(len(content)); at += int64(step) {
		want := content[at:min(at+int64(step), int64(len(content)))]
		n, err := r.ReadAt(p, at)
		if string(p[:n]) != want || err != nil && err != io.EOF {
			return fmt.Errorf("at %d: %d bytes, want %d, %w", at, n, len(want), err)
		}
	}
	return nil
}
