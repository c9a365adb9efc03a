package furnished

import (
	"time"

	"github.com/learning-cities/guildhall/shared/app/services"
	"github.com/learning-cities/guildhall/shared/jobs"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/programme"
)

// letters are what the product has written by itself since the term began, to people whose mail is sent, uncertain, refused, or waits.
func (s *staff) letters() {
	s.Helper()
	parts := services.Parts{Table: s.app.Table, Blobs: s.app.Blobs, Clock: s.app.Clock, IDs: s.app.Parts.IDs}
	kept := parts.Outbox()
	_, err := kept.Advance(s.Context(), s.day("2025-10-01").StartOf(time.UTC))
	s.must(err)
	writer := jobs.Summaries{
		Schedules: parts.Edition().Schedules, Agenda: parts.Agenda(), Digest: parts.Digest(), Outbox: kept, Clock: s.app.Clock, IDs: parts.IDs,
		Log: s.log, Measure: s.measure,
	}
	tally, err := writer.Run(s.Context(), Now)
	s.must(err)
	if tally.Made == 0 || tally.Failed > 0 {
		s.Fatalf("%+v", tally)
	}
	entries, _, err := kept.Entries(s.Context(), outbox.Filter{About: programme.FundSummary}, "", 1)
	s.must(err)
	if len(entries) == 0 {
		s.Fatal("nothing was written about the fund")
	}
	s.named["summary"] = entries[0].ID
	waiting, _, err := kept.Open(s.Context(), []outbox.State{outbox.Waiting}, "", 4)
	s.must(err)
	for i, mail := range waiting {
		if i == 3 {
			continue
		}
		begun, _, err := kept.Begin(s.Context(), mail.Letter)
		s.must(err)
		switch i {
		case 0:
			s.must(kept.Doubt(s.Context(), begun))
		case 1:
			s.must(kept.Fail(s.Context(), begun, outbox.Refused))
		case 2:
			s.must(kept.Sent(s.Context(), begun, "receipt"))
		}
	}
}
