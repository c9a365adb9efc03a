// Package digest puts together what each report and reminder says, from what was on record at a moment. It knows not who reads it, how it
// is sent, nor whether it is due.
package digest

import (
	"context"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/schedule"
	"github.com/learning-cities/guildhall/shared/summary"
)

// Source is what reports are made of.
type Source struct {
	Records   *records.Store
	Programme *programme.Edition
	Reference *reference.Data
}

// Report says what an occasion's letter says, by what was on record at a moment: the same occasion and moment give the same bytes, whatever
// is recorded later. It is compared with none before (summary.Since). *records.BusyError while an import is writing; an occasion of what
// the programme or the records have no more is an error.
func (s Source) Report(ctx context.Context, o schedule.Occasion, at time.Time) (summary.Report, error) {
	how, ok := contents[o.About]
	if !ok {
		return summary.Report{}, fmt.Errorf("digest: nothing is written about %q", o.About)
	}
	var d *draft
	err := s.Records.AsOf(at).OrNow().Snapshot(ctx, how.types(), func(from records.Reader) error {
		d = newDraft(s, o, at) // the snapshot may be taken again
		return how.write(ctx, from, d)
	})
	if err != nil {
		return summary.Report{}, fmt.Errorf("digest: %s: %w", o.ID(), err)
	}
	return d.done(), nil
}

// content is how one kind of report or reminder is written: from records of some types, read in one snapshot.
type content struct {
	types func() []string
	write func(ctx context.Context, from records.Reader, d *draft) error
}

// contents are what can be written about.
var contents = map[programme.About]content{
	// What the fund's readers and donors are told stands in fund*.go and donor*.go.
	programme.FundSummary:       {donors.Types, fundSummary},
	programme.DonorStatement:    {donors.Types, donorStatement},
	programme.InstalmentOverdue: {donors.Types, instalmentOverdue},

	// What clusters and the network are told stands in cluster.go, network.go and membership.go.
	programme.ClusterDigest:     {workTypes, clusterDigest},
	programme.NetworkDigest:     {networkTypes, networkDigest},
	programme.MembershipSummary: {membershipTypes, membershipSummary},

	// Reminders to cities and National Commissions stand in call.go, ends.go and duty.go.
	programme.CallCity:         {callTypes, callCity},
	programme.CallCommission:   {callTypes, callCommission},
	programme.TermEnd:          {workTypes, termEnd},
	programme.ParticipationEnd: {workTypes, participationEnd},
	programme.NewsDue:          {workTypes, newsDue},
	programme.ReportDue:        {workTypes, reportDue},
}
