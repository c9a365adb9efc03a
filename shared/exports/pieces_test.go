package exports_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
)

// An import that is stopped wherever its hurry strikes, and continued, leaves what the uninterrupted one leaves: the workbook of it
// has the same bytes.
func TestAnImportInPiecesExportsAsTheWholeDoes(t *testing.T) {
	whole, pieces := func(*rand.Rand) bool { return false }, func(r *rand.Rand) bool { return r.IntN(3) > 0 }
	want, stops := exportedAfter(t, 0, whole)
	if stops != 0 {
		t.Fatalf("%d stops", stops)
	}
	for seed := range uint64(12) {
		got, stops := exportedAfter(t, seed, pieces)
		if stops < 3 || !bytes.Equal(got, want) {
			t.Errorf("seed %d, %d stops: the workbook differs", seed, stops)
		}
	}
}

// exportedAfter takes the members in, two rows at a time, and gives the workbook of them and how often the import was stopped.
func exportedAfter(t *testing.T, seed uint64, hurry func(*rand.Rand) bool) (workbook []byte, stops int) {
	t.Helper()
	seeded := rand.New(rand.NewPCG(seed, 5))
	service, config := importerWith(t, func(c *imports.Config) {
		c.Batch, c.Hurry = 2, func(context.Context) bool { return hurry(seeded) }
	})
	taken := intake.New(intake.Config{Table: config.Table, Blobs: config.Blobs, Clock: config.Clock, IDs: config.IDs})
	imp, err := taken.Create(t.Context(), intake.Request{Name: "members.csv", Bytes: int64(len(memberSheet)), Kind: "members"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := config.Blobs.Create(t.Context(), intake.Incoming(imp.ID))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, memberSheet); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	var report *intake.Report
	again := func(do func() error) {
		var unfinished *imports.Unfinished
		for err = do(); errors.As(err, &unfinished); err = do() {
			stops++
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	again(func() (err error) {
		report, err = service.CheckIncoming(t.Context(), imp.ID)
		return err
	})
	again(func() error {
		_, err := service.Commit(t.Context(), imports.Order{Import: imp.ID, Plan: report.Plan})
		return err
	})
	return membershipOf(t, config.Records, locale.ES), stops
}
