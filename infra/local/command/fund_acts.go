package command

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/trust"
)

// The events that one person enters, and those that one proposes and another approves.
var (
	postedKinds   = []trust.Kind{trust.Earned, trust.ExchangeDiff, trust.SupportCost, trust.Deallocation, trust.Deposit, trust.Expenditure}
	proposedKinds = []trust.Kind{trust.Allocation, trust.Refund}
)

// fundPost enters an event in the books.
func fundPost(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	event, reason := declareEvent(flags), declareReason(flags)
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		kind := trust.Kind(names[0])
		if !slices.Contains(postedKinds, kind) && !slices.Contains(proposedKinds, kind) { // the latter are refused with their reason
			return told{}, noSuchKind(names[0], needPosted)
		}
		e, err := event.of(ctx, f, kind)
		if err != nil {
			return told{}, err
		}
		if err := f.noted(ctx, trailOf(f.app), access.FundPost); err != nil {
			return told{}, err
		}
		entry, err := f.app.Registry.Post(ctx, f.origin(), e, *reason)
		if err != nil {
			return told{}, err
		}
		return f.entered(ctx, entry)
	}
}

// fundPropose proposes an event.
func fundPropose(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	event, reason := declareEvent(flags), declareReason(flags)
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		kind := trust.Kind(names[0])
		if !slices.Contains(proposedKinds, kind) {
			return told{}, noSuchKind(names[0], needProposed)
		}
		e, err := event.of(ctx, f, kind)
		if err != nil {
			return told{}, err
		}
		if err := f.noted(ctx, trailOf(f.app), access.FundPropose); err != nil {
			return told{}, err
		}
		id, err := f.app.Registry.ProposeEvent(ctx, f.origin(), e, *reason)
		if err != nil {
			return told{}, err
		}
		return f.proposed(ctx, id)
	}
}

func noSuchKind(typed string, known locale.Text) error {
	return usage(locale.Text{EN: "%q is not one of %s", FR: "%q n'est pas parmi %s", ES: "%q no está entre %s"}, typed, known.EN)
}

func declareReason(flags *pflag.FlagSet) *string { return flags.String("reason", "", "why") }

// fundClose proposes to close the books up to the end of a month or year.
func fundClose(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	reason := declareReason(flags)
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		to, ok := lastDayOf(names[0])
		if !ok {
			return told{}, usage(locale.Text{
				EN: "%q is not a month such as 2025-05, a year such as 2025 or a day such as 2025-05-31",
				FR: "%q n'est ni un mois comme 2025-05, ni une année comme 2025, ni un jour comme 2025-05-31",
				ES: "%q no es un mes como 2025-05, ni un año como 2025, ni un día como 2025-05-31",
			}, names[0])
		}
		if err := f.noted(ctx, trailOf(f.app), access.FundPropose); err != nil {
			return told{}, err
		}
		id, err := f.app.Registry.ProposeClosing(ctx, f.origin(), to, *reason)
		if err != nil {
			return told{}, err
		}
		return f.proposed(ctx, id)
	}
}

// lastDayOf reads a day, or the last day of a month or of a year.
func lastDayOf(text string) (civil.Date, bool) {
	for _, period := range []struct {
		more   string
		months int
	}{{"", 0}, {"-01", 1}, {"-01-01", 12}} {
		if day, err := civil.Parse(text + period.more); err == nil && len(text)+len(period.more) == len("2025-05-31") {
			if period.months > 0 {
				day = day.AddMonths(period.months).AddDays(-1)
			}
			return day, true
		}
	}
	return civil.Date{}, false
}

// fundReverse takes an entry back, or proposes that where it takes two persons.
func fundReverse(flags *pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	day, reason := declareDate(flags), declareReason(flags)
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		on, err := f.day("date", *day, f.today())
		if err != nil {
			return told{}, err
		}
		entry, _, err := f.app.Registry.FundEntry(ctx, names[0])
		if err != nil {
			return told{}, err
		}
		if trust.Kind(entry.Kind).TakingBackNeedsSecond() {
			if err := f.noted(ctx, trailOf(f.app), access.FundPropose, entry.ID); err != nil {
				return told{}, err
			}
			id, err := f.app.Registry.ProposeReversal(ctx, f.origin(), entry.ID, on, *reason)
			if err != nil {
				return told{}, err
			}
			return f.proposed(ctx, id)
		}
		if err := f.noted(ctx, trailOf(f.app), access.FundReverse, entry.ID); err != nil {
			return told{}, err
		}
		back, err := f.app.Registry.Reverse(ctx, f.origin(), entry.ID, on, *reason)
		if err != nil {
			return told{}, err
		}
		return f.entered(ctx, back)
	}
}

// fundApprove has a proposal take effect.
func fundApprove(*pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		if err := f.noted(ctx, trailOf(f.app), access.FundApprove, names[0]); err != nil {
			return told{}, err
		}
		answer, err := f.app.Registry.Approve(ctx, f.origin(), names[0])
		if err != nil {
			return told{}, err
		}
		return f.approved(ctx, names[0], answer)
	}
}

func (f *funding) approved(ctx context.Context, id, answer string) (told, error) {
	p, err := f.app.Registry.FundProposal(ctx, id)
	if err != nil {
		return told{}, err
	}
	if p.Entry == answer {
		return f.entered(ctx, answer)
	}
	return told{
		text:   fmt.Sprintf(textApproved.In(f.now), f.proposalWords(p)),
		object: map[string]any{"proposal": printedProposal{id, p.Proposal}},
	}, nil
}

// fundReject ends a proposal without effect.
func fundReject(*pflag.FlagSet) func(context.Context, *funding, []string) (told, error) {
	return func(ctx context.Context, f *funding, names []string) (told, error) {
		if err := f.noted(ctx, trailOf(f.app), access.FundReject, names[0]); err != nil {
			return told{}, err
		}
		if err := f.app.Registry.Reject(ctx, f.origin(), names[0]); err != nil {
			return told{}, err
		}
		p, err := f.app.Registry.FundProposal(ctx, names[0])
		return told{
			text:   fmt.Sprintf(textRejected.In(f.now), f.proposalWords(p)),
			object: map[string]any{"proposal": printedProposal{p.ID, p.Proposal}},
		}, err
	}
}

// entered tells of an entry that was made, and what is left to be allocated.
func (f *funding) entered(ctx context.Context, id string) (told, error) {
	entry, _, err := f.app.Registry.FundEntry(ctx, id)
	if err != nil {
		return told{}, err
	}
	balances, err := f.app.Registry.FundBalances(ctx)
	if err != nil {
		return told{}, err
	}
	var text strings.Builder
	fmt.Fprintf(&text, textEntered.In(f.now), entry.ID, f.entryWords(entry))
	object := map[string]any{"entry": f.printedEntry(entry)}
	for _, account := range accountsOf(entry) {
		left := trust.Shown(balances, account)
		fmt.Fprintf(&text, textLeft.In(f.now), f.accountWords(account), f.amount(left))
		object[leftNames[account == trust.Unallocated]] = f.decimal(left)
	}
	return told{text: text.String(), object: object}, nil
}

// accountsOf are the accounts of an entry of which nothing can go that isn't there.
func accountsOf(entry ledger.Entry) []ledger.Account {
	var held []ledger.Account
	for _, p := range entry.Postings {
		if activity, ok := trust.ActivityOf(p.Account); p.Account == trust.Unallocated || ok && p.Account == trust.AllocatedTo(activity) {
			held = append(held, p.Account)
		}
	}
	return held
}

var leftNames = map[bool]string{true: "unallocated", false: "allocated"}

func (f *funding) proposed(ctx context.Context, id string) (told, error) {
	p, err := f.app.Registry.FundProposal(ctx, id)
	return told{
		text:   fmt.Sprintf(textProposed.In(f.now), f.proposalWords(p), id),
		object: map[string]any{"proposal": printedProposal{id, p.Proposal}},
	}, err
}
