package application_test

import (
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
)

func TestRecordsOfSheetsAreRetoldAsEventsThatLeadToTheSameState(t *testing.T) {
	a := form()
	a.City, a.Country, a.ReceivedOn = "Brest", "FR", day("2025-06-15")
	endorsed := &application.Endorsement{EndorsedOn: day("2025-06-10")} // before it was received, which is a warning in a sheet
	for _, c := range []struct {
		e *application.Endorsement
		d *application.Decision
	}{
		{}, {e: endorsed},
		{e: endorsed, d: &application.Decision{Decision: application.Accepted, DecidedOn: day("2025-09-01")}},
		{e: endorsed, d: &application.Decision{Decision: application.Deferred, DecidedOn: day("2025-09-01")}},
		{e: endorsed, d: &application.Decision{Decision: application.Declined, DecidedOn: day("2025-09-01")}},
	} {
		events := application.EventsOf(call, "FR#brest", a, c.e, c.d)
		r, refused := application.Play(terms(), events, berlin("2026-01-01 00:00:00"))
		for _, refusal := range refused {
			t.Errorf("%s: %v", refusal.Event.Action, refusal.Problems[0])
		}
		got := r.Case("FR#brest")
		if want := application.StateOf(a, c.e, c.d); got.State != want || got.Form.Motivation != a.Motivation {
			t.Errorf("%q, want %q", got.State, want)
		}
		if from, ok := got.MemberFrom(call); ok && from != day("2025-09-01") {
			t.Errorf("a member from %s", from)
		}
	}
	if events := application.EventsOf(call, "FR#brest", nil, endorsed, nil); len(events) != 0 {
		t.Errorf("%v", events)
	}
}
