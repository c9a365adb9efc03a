package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/schedule"
)

// toRead is the action by which what is said about an occasion is read, and of what: everybody who is written to may read the page.
func toRead(o schedule.Occasion) (access.Action, access.Object) {
	switch of := o.Subject; o.About {
	case programme.ClusterDigest, programme.NetworkDigest, programme.NewsDue, programme.ReportDue:
		return access.PlanRead, access.Object{}
	case programme.FundSummary:
		return access.FundRead, access.Object{}
	case programme.DonorStatement:
		return access.StatementRead, access.Object{Donor: of.Donor}
	case programme.InstalmentOverdue:
		return access.PledgeRead, access.Object{Donor: of.Donor}
	case programme.MembershipSummary:
		return access.SummaryRead, access.Object{}
	case programme.CallCity:
		return access.ApplicationRead, access.Object{City: of.City}
	case programme.CallCommission:
		return access.ApplicationRead, access.Object{Country: of.Country}
	case programme.TermEnd, programme.ParticipationEnd:
		return access.HistoryRead, access.Object{City: of.City}
	}
	return "", access.Object{} // which the table grants to nobody
}

// toCorrect is the action by which a report about something is corrected.
func toCorrect(about programme.About) access.Action {
	switch about {
	case programme.FundSummary, programme.DonorStatement:
		return access.SummaryCorrectFund
	}
	return access.SummaryCorrect
}

// MayRead reports whether an actor may read what is said about an occasion: what reports and reminders are sent by, too.
func MayRead(who access.Actor, o schedule.Occasion) bool {
	do, to := toRead(o)
	return access.Decide(who, do, to) == nil
}

// findSummary is a summary's entry that the actor may read. Identifiers follow from what a summary is about, so that anybody could ask whether
// there is one of another donor: who reads its own only is denied all others, and those that are none, in the same words. SIGNIN_NEEDED,
// ACCESS_DENIED, SUMMARY_UNKNOWN.
func (o *Office) findSummary(ctx context.Context, id string) (outbox.Entry, error) {
	own, err := o.reach(ctx, access.SummaryRead)
	if err != nil {
		return outbox.Entry{}, err
	}
	entry, found, err := o.Outbox.Entry(ctx, id)
	if err != nil {
		return outbox.Entry{}, err
	}
	readsAll := own == access.Object{}
	if !readsAll && (!found || !MayRead(access.ActorOf(ctx), entry.Occasion)) {
		return outbox.Entry{}, o.leave(ctx, access.SummaryRead, access.Object{})
	}
	if !found {
		return outbox.Entry{}, problem.New("SUMMARY_UNKNOWN").Valued(id)
	}
	do, to := toRead(entry.Occasion)
	return entry, o.leave(ctx, do, to)
}
