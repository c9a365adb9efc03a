package blobtest

import (
	"errors"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/blob"
)

// sorted are names in the order of their bytes, which isn't the order of their folders.
var sorted = []string{"A", "a-b", "a.b", "a/a", "a/b/c", "a/b0", "a0", "aa/x", "b", "b_", "plans/2025/x.json", "z"}

var listTests = []test{
	{"blobs are listed in the byte order of their names", func(s *suite) {
		for _, name := range slices.Backward(sorted) {
			s.put(name, name)
		}
		s.holds(sorted...)
	}},
	{"a prefix selects the names that begin with it", func(s *suite) {
		for _, name := range sorted {
			s.put(name, name)
		}
		for _, prefix := range append([]string{"a", "a/", "a/b", "a/b/", "plans/2025", "pl", "none", "a//", "../", "/"}, sorted...) {
			want := []string{}
			for _, name := range sorted {
				if strings.HasPrefix(name, prefix) {
					want = append(want, name)
				}
			}
			s.equal(s.list(prefix), want)
		}
	}},
	{"a listing tells sizes and stops when told", func(s *suite) {
		s.put("a", "12")
		s.put("b", "123")
		s.put("c", "1234")
		enough := errors.New("enough")
		var sizes []int64
		err := s.store.List(s.ctx, "", func(info blob.Info) error {
			sizes = append(sizes, info.Size)
			if info.Name == "b" {
				return enough
			}
			return nil
		})
		s.is(err, enough)
		s.equal(sizes, []int64{2, 3})
	}},
	{"what could be erased is named, each once", func(s *suite) {
		for _, name := range slices.Backward(sorted) {
			s.put(name, "first")
			s.put(name, "then")
		}
		s.must(s.store.Delete(s.ctx, sorted[0]))
		s.must(s.store.Erase(s.ctx, sorted[1]))
		var got []string
		s.must(s.store.Ever(s.ctx, "", func(name string) error { got = append(got, name); return nil }))
		if i := slices.Index(got, sorted[0]); i >= 0 { // of an engine that keeps versions
			got = slices.Delete(got, i, i+1)
		}
		s.equal(got, sorted[2:])
	}},
}

var nameTests = []test{
	{"names of all allowed forms are kept", func(s *suite) {
		longest := strings.Repeat(strings.Repeat("x", 127)+"/", 4)[:blob.MaxName-1] + "y"
		for _, name := range []string{"x", "X-1_2.tar.gz", "0", "a/b/c/d/e/f/g/h", "-", "_", "con", strings.Repeat("x", 128), longest} {
			s.put(name, name)
			s.equal(s.read(name), name)
		}
	}},
	{"names that lead elsewhere, or that not every engine can keep, are refused", func(s *suite) {
		for _, name := range []string{
			"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/..", "./a", "a/.hidden", ".tmp/x", "a\\b", "C:x", "a b",
			"é", "a\x00b", "a\nb", "a*", "~", "a%2fb", "a?b", strings.Repeat("x", 129), strings.Repeat("x/", 256) + "x",
		} {
			_, err := s.store.Create(s.ctx, name)
			s.is(err, blob.ErrName)
			_, err = s.store.Open(s.ctx, name)
			s.is(err, blob.ErrName)
			_, err = s.store.Stat(s.ctx, name)
			s.is(err, blob.ErrName)
			s.is(s.store.Delete(s.ctx, name), blob.ErrName)
		}
		s.holds()
	}},
}
