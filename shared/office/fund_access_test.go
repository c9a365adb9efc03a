package office_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/registry"
)

// Who may ask for what, written out: nobody else learns so much as whether it exists.
func TestTheFundAnswersThoseWhoMayAsk(t *testing.T) {
	const (
		everybody = "secretariat treasurer commission city donor auditor"
		readers   = "secretariat treasurer auditor"
		deciders  = "secretariat treasurer"
		books     = "treasurer"
	)
	year := office.Span{From: day("2026-01-01"), To: day("2026-01-31")}
	for name, c := range map[string]struct {
		roles string
		ask   func(f *treasury, ctx context.Context) error
	}{
		"totals":   {everybody, func(f *treasury, ctx context.Context) error { _, err := f.FundTotals(ctx); return err }},
		"rates":    {everybody, func(f *treasury, ctx context.Context) error { _, err := f.Rates(ctx, 2026, ""); return err }},
		"balances": {readers, func(f *treasury, ctx context.Context) error { _, err := f.FundStanding(ctx); return err }},
		"entries": {readers, func(f *treasury, ctx context.Context) error {
			_, _, err := f.FundEntries(ctx, registry.FundPage{Limit: 1})
			return err
		}},
		"an entry":    {readers, func(f *treasury, ctx context.Context) error { _, err := f.FundEntry(ctx, f.deposit); return err }},
		"no entry":    {readers, func(f *treasury, ctx context.Context) error { _, err := f.FundEntry(ctx, "x"); return err }},
		"proposals":   {readers, func(f *treasury, ctx context.Context) error { _, err := f.FundProposals(ctx, true); return err }},
		"no proposal": {readers, func(f *treasury, ctx context.Context) error { _, err := f.FundProposal(ctx, "x"); return err }},
		"verifying":   {readers, func(f *treasury, ctx context.Context) error { _, err := f.VerifyFund(ctx); return err }},
		"post": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.PostEvent(ctx, "", earned(1), "")
			return err
		}},
		"post nothing": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.PostEvent(ctx, "", office.FundEvent{}, "")
			return err
		}},
		"propose": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.ProposeEvent(ctx, "", allocated(1), "")
			return err
		}},
		"approve nothing":  {deciders, func(f *treasury, ctx context.Context) error { _, err := f.ApproveProposal(ctx, "", "x"); return err }},
		"reject nothing":   {deciders, func(f *treasury, ctx context.Context) error { _, err := f.RejectProposal(ctx, "", "x"); return err }},
		"donors":           {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.Donors(ctx); return err }},
		"the donor":        {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.Donor(ctx, korea); return err }},
		"another donor":    {readers, func(f *treasury, ctx context.Context) error { _, err := f.Donor(ctx, hamburg); return err }},
		"no donor":         {readers, func(f *treasury, ctx context.Context) error { _, err := f.Donor(ctx, "company#1"); return err }},
		"its pledges":      {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.Pledges(ctx, korea); return err }},
		"another's pledge": {readers, func(f *treasury, ctx context.Context) error { _, err := f.Pledges(ctx, hamburg); return err }},
		"its money":        {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.Contributions(ctx, korea); return err }},
		"another's money":  {readers, func(f *treasury, ctx context.Context) error { _, err := f.Contributions(ctx, hamburg); return err }},
		"its statement":    {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.Statement(ctx, korea, year); return err }},
		"another's":        {readers, func(f *treasury, ctx context.Context) error { _, err := f.Statement(ctx, hamburg, year); return err }},
		"its finals":       {readers + " donor", func(f *treasury, ctx context.Context) error { _, err := f.FinalStatements(ctx, korea); return err }},
		"another's finals": {readers, func(f *treasury, ctx context.Context) error { _, err := f.FinalStatements(ctx, hamburg); return err }},
		"to make it final": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.ProposeStatement(ctx, "", korea, year, "")
			return err
		}},
		"reverse": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.ReverseEntry(ctx, "", f.deposit, day("2026-02-10"), "")
			return err
		}},
		"propose a reversal": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.ProposeReversal(ctx, "", registry.Reversal{Entry: f.deposit, On: day("2026-02-10")}, "")
			return err
		}},
		"close": {books, func(f *treasury, ctx context.Context) error {
			_, err := f.ProposeClosing(ctx, "", day("2026-02-28"), "")
			return err
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newTreasury(t)
			for _, role := range access.Roles {
				code := codeOf(c.ask(f, f.as(role)))
				if may := slices.Contains(strings.Fields(c.roles), string(role)); may == (code == "ACCESS_DENIED") {
					t.Errorf("%s: %q", role, code)
				}
			}
			if code := codeOf(c.ask(f, t.Context())); code != "SIGNIN_NEEDED" {
				t.Errorf("nobody: %q", code)
			}
		})
	}
}

func TestAStatementsApprovalIsAskedForAsThatOfAStatement(t *testing.T) {
	f := newTreasury(t)
	proposed, err := f.ProposeStatement(f.treasurer(), "", korea, office.Span{From: day("2026-01-01"), To: day("2026-01-31")}, "")
	if err != nil {
		t.Fatal(err)
	}
	for role, do := range map[access.Role]access.Action{access.Donor: access.StatementApprove, access.Auditor: access.StatementApprove} {
		_, err := f.ApproveProposal(f.as(role), "", proposed.ID)
		if codeOf(err) != "ACCESS_DENIED" || !strings.Contains(f.log.String(), "action="+string(do)) {
			t.Errorf("%s: %v, %s", role, err, f.log)
		}
	}
}
