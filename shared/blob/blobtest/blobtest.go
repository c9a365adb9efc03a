// Package blobtest states what every blob store must do, whatever its engine: one suite that each driver's test runs in a few
// lines. It knows the seam only.
package blobtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob"
)

// Open makes an empty store for one test, and says how to open the same data again as a process does that starts after the
// one before was killed.
type Open func(t *testing.T) (opened blob.Store, reopen func() blob.Store)

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for _, group := range [][]test{writeTests, readTests, nameTests, listTests, lifetimeTests} {
		for _, one := range group {
			t.Run(one.name, func(t *testing.T) {
				s := &suite{T: t, ctx: t.Context()}
				s.store, s.reopen = open(t)
				one.run(s)
			})
		}
	}
}

type test struct {
	name string
	run  func(*suite)
}

// suite is one test with its store.
type suite struct {
	*testing.T
	ctx    context.Context
	store  blob.Store
	reopen func() blob.Store
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *suite) is(err, want error) {
	s.Helper()
	if !errors.Is(err, want) {
		s.Fatalf("got error %v, want %v", err, want)
	}
}

func (s *suite) equal(got, want any) {
	s.Helper()
	if !reflect.DeepEqual(got, want) {
		s.Fatalf("got  %v\nwant %v", got, want)
	}
}

func (s *suite) create(name string) blob.Writer {
	s.Helper()
	w, err := s.store.Create(s.ctx, name)
	s.must(err)
	return w
}

// put stores a blob and returns what Commit says of it.
func (s *suite) put(name, content string) blob.Info {
	s.Helper()
	w := s.create(name)
	_, err := io.WriteString(w, content)
	s.must(err)
	info, err := w.Commit()
	s.must(err)
	return info
}

func (s *suite) read(name string) string {
	s.Helper()
	r, err := s.store.Open(s.ctx, name)
	s.must(err)
	defer r.Close()
	return s.all(r)
}

func (s *suite) all(r blob.Reader) string {
	s.Helper()
	var out bytes.Buffer
	_, err := io.Copy(&out, io.NewSectionReader(r, 0, r.Size()))
	s.must(err)
	return out.String()
}

// holds checks that exactly these blobs are stored, in this order.
func (s *suite) holds(names ...string) {
	s.Helper()
	s.equal(s.list(""), append([]string{}, names...))
}

func (s *suite) list(prefix string) []string {
	s.Helper()
	names := []string{}
	s.must(s.store.List(s.ctx, prefix, func(info blob.Info) error {
		names = append(names, info.Name)
		return nil
	}))
	return names
}

// absent checks that a name stands for nothing.
func (s *suite) absent(name string) {
	s.Helper()
	_, err := s.store.Open(s.ctx, name)
	s.is(err, blob.ErrNotFound)
	_, err = s.store.Stat(s.ctx, name)
	s.is(err, blob.ErrNotFound)
}

func sha(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}
