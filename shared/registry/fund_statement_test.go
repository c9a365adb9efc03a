package registry_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// stating is a world in which the figures of statements are what figures says.
func stating(t *testing.T, over table.Table, figures *string) *world {
	w := worldOver(t, over)
	w.registry.Figures = func(_ context.Context, _ records.Reader, _ time.Time, of registry.StatementOf) (string, error) {
		if of.Donor != "d1" {
			return "", registry.ErrDonor
		}
		return *figures, nil
	}
	w.post(deposit("d1", 1000, may(2)))
	return w
}

var aprilToMay = registry.StatementOf{Donor: "d1", From: civil.Date{Year: 2025, Month: 4, Day: 1}, To: may(10)}

func TestAFinalStatementTakesTwoPersonsAndAClosedPeriod(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		figures := "abc"
		w := stating(t, over, &figures)
		_, err := w.registry.ProposeStatement(t.Context(), anna, aprilToMay, "")
		wantCode(t, err, "STATEMENT_PERIOD_OPEN")
		if err := w.closed(may(10)); err != nil {
			t.Fatal(err)
		}
		proposal, err := w.registry.ProposeStatement(t.Context(), anna, aprilToMay, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.registry.Approve(t.Context(), anna, proposal)
		wantCode(t, err, "SECOND_PERSON_NEEDED")
		id, err := w.registry.Approve(t.Context(), bruno, proposal)
		if err != nil || id != "d1#2025-04-01#2025-05-10#0001" {
			t.Fatal(id, err)
		}
		all, err := w.registry.FinalStatements(t.Context(), "d1")
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		head := w.verified()
		if s := all[0]; s.Version != 1 || s.Follows != 0 || s.Digest != "abc" || s.Hash != head.Link.Hash || s.Batch != 1 || s.Person != "anna" ||
			s.Approver != "bruno" || s.At.IsZero() {
			t.Errorf("%+v", s)
		}
		none, err := w.registry.FinalStatements(t.Context(), "d2")
		if err != nil || len(none) != 0 {
			t.Error(none, err)
		}
	})
}

func TestACorrectedStatementIsANewVersionWithItsReason(t *testing.T) {
	figures := "abc"
	w := stating(t, memory.New(table.Config{}), &figures)
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	final := func(reason string) error {
		t.Helper()
		proposal, err := w.registry.ProposeStatement(t.Context(), anna, aprilToMay, reason)
		if err == nil {
			_, err = w.registry.Approve(t.Context(), bruno, proposal)
		}
		return err
	}
	if err := final(""); err != nil {
		t.Fatal(err)
	}
	wantCode(t, final(""), "CELL_REQUIRED")
	w.post(deposit("d1", 5, may(12)))
	figures = "def"
	if err := final("the spending of activity 1.1 was told twice"); err != nil {
		t.Fatal(err)
	}
	all, err := w.registry.FinalStatements(t.Context(), "")
	if err != nil || len(all) != 2 || all[1].Version != 2 || all[1].Follows != 1 || all[1].Digest != "def" || all[1].Batch != 2 || all[1].Reason == "" {
		t.Errorf("%+v, %v", all, err)
	}
	w.verified()
}

func TestAStatementThatChangedSinceItWasProposedIsProposedAnew(t *testing.T) {
	figures := "abc"
	w := stating(t, memory.New(table.Config{}), &figures)
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	propose := func() string {
		t.Helper()
		proposal, err := w.registry.ProposeStatement(t.Context(), anna, aprilToMay, "quarterly")
		if err != nil {
			t.Fatal(err)
		}
		return proposal
	}
	first, second := propose(), propose()
	figures = "def"
	_, err := w.registry.Approve(t.Context(), bruno, first)
	wantCode(t, err, "STATEMENT_CHANGED")
	figures = "abc"
	if _, err := w.registry.Approve(t.Context(), bruno, first); err != nil {
		t.Fatal(err)
	}
	_, err = w.registry.Approve(t.Context(), bruno, second) // it was to be version 1 too
	wantCode(t, err, "STATEMENT_CHANGED")
	if err := w.registry.Reject(t.Context(), bruno, second); err != nil {
		t.Error(err)
	}
}

func TestAStatementOfNoDonorOrPeriodIsRefused(t *testing.T) {
	figures := "abc"
	w := stating(t, memory.New(table.Config{}), &figures)
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	for code, of := range map[string]registry.StatementOf{
		"CELL_REQUIRED": {From: may(1), To: may(2)}, "REF_NOT_FOUND": {Donor: "d9", From: may(1), To: may(2)},
		"DATE_ORDER": {Donor: "d1", From: may(2), To: may(1)}, "STATEMENT_PERIOD_OPEN": {Donor: "d1", From: may(2), To: may(11)},
	} {
		_, err := w.registry.ProposeStatement(t.Context(), anna, of, "")
		wantCode(t, err, code)
	}
}

func TestBooksThatWereRewrittenSinceAFinalStatementShow(t *testing.T) {
	figures := "abc"
	w := stating(t, memory.New(table.Config{}), &figures)
	if err := w.closed(may(10)); err != nil {
		t.Fatal(err)
	}
	proposal, err := w.registry.ProposeStatement(t.Context(), anna, aprilToMay, "")
	if err == nil {
		_, err = w.registry.Approve(t.Context(), bruno, proposal)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.verified()
	ref := records.Ref{Type: registry.StatementType, ID: "d1#2025-04-01#2025-05-10#0001"}
	w.tampered(ref, ref, func(body map[string]any) { body["hash"] = "of other books" })
	var fault *ledger.Fault
	if _, err := w.registry.VerifyFund(t.Context()); !errors.As(err, &fault) || fault.Flaw != ledger.Rewritten || fault.Link != 1 {
		t.Error(err)
	}
}
