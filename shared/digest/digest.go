// Package digest puts together what each report and reminder says, from what was on record at a moment. It knows not who reads it, how it
// is sent, nor whether it is due.
package digest

import (
	"context"
	"fmt"
	"time"

	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/member"
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
// is recorded later; of a moment before the network's first record it says what is known now. It is compared with none before
// (summary.Since). *records.BusyError while an import is writing; an occasion of what the programme or the records have no more is an error.
func (s Source) Report(ctx context.Context, o schedule.Occasion, at time.Time) (summary.Report, error) {
	how, ok := contents[o.About]
	if !ok {
		return summary.Report{}, fmt.Errorf("digest: nothing is written about %q", o.About)
	}
	var d *draft
	write := func(from records.Reader) error {
		d = newDraft(s, o, at) // the snapshot may be taken again
		return how.write(ctx, from, d)
	}
	past := s.Records.AsOf(at)
	err := past.Snapshot(ctx, how.types(), write)
	if err == nil && past.Blank() {
		var unheard bool
		if unheard, err = s.unheard(ctx, at); unheard {
			err = s.Records.Snapshot(ctx, how.types(), write)
		}
	}
	if err != nil {
		return summary.Report{}, fmt.Errorf("digest: %s: %w", o.ID(), err)
	}
	return d.done(), nil
}

// unheard reports whether no city was on record at a moment: whoever asks about a time before the first record is told what is known of it
// now. That nothing was on record of one city or donor while the network was is what its letter says, whatever was recorded since.
func (s Source) unheard(ctx context.Context, at time.Time) (bool, error) {
	past := s.Records.AsOf(at)
	err := past.Snapshot(ctx, []string{member.RecordType}, func(from records.Reader) error {
		return from.Scan(ctx, member.RecordType, "", "", func(records.Record) error { return nil })
	})
	return past.Blank() && err == nil, err
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
	programme.ParticipationEnd: {participationTypes, participationEnd},
	programme.NewsDue:          {workTypes, newsDue},
	programme.ReportDue:        {workTypes, reportDue},
}
