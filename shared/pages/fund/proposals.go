package fund

import (
	"context"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// proposalRow is a proposal in a list.
type proposalRow struct {
	Path, What, Reason, By, At string
	State                      string
	Tone                       page.Tone
}

// The proposals that are listed.
const (
	stateOpen = "open"
	stateAll  = "all"
)

// proposals lists what waits for a second person, or all that was proposed.
func (d desk) proposals() (*page.Answer, error) {
	state := stateOpen
	if d.Query.Get("state") == stateAll {
		state = stateAll
	}
	found, err := d.FundProposals(d.ctx, state == stateAll)
	if err != nil {
		return nil, err
	}
	names := d.donorNames(donorsOf(found...)...)
	rows := make([]proposalRow, len(found))
	f := d.framed(proposalsTitle, d.aboveFund())
	for i, p := range found {
		word, tone := d.state(p)
		rows[i] = proposalRow{
			Path: proposalPath(p.ID), What: d.proposed(p, names), Reason: p.Reason, By: d.person(p.Person), At: f.Moment(p.At), State: word, Tone: tone,
		}
	}
	field := page.Input{Name: "state", Value: state, Label: stateLabel, Options: []page.Option{
		{Value: stateOpen, Name: d.in(onlyOpen)}, {Value: stateAll, Name: d.in(allOfThem)},
	}}
	return d.Written(d.ctx, proposalsPage(f, field, rows, d.may(access.FundPropose, access.Object{})))
}

// donorsOf are the donors that proposals are about.
func donorsOf(proposals ...registry.Proposed) (ids []string) {
	for _, p := range proposals {
		switch {
		case p.Event != nil:
			ids = append(ids, p.Event.Donor)
		case p.Statement != nil:
			ids = append(ids, p.Statement.Donor)
		}
	}
	return ids
}

func proposalPath(id string) string { return proposalsPath + "/" + id }

// state is how far a proposal has come, in words.
func (d desk) state(p registry.Proposed) (string, page.Tone) {
	switch p.State {
	case registry.ProposalApproved:
		return d.in(approvedWord), page.Good
	case registry.ProposalRejected:
		return d.in(rejectedWord), page.Calm
	}
	return d.in(openWord), page.Watch
}

// proposed says in a line what a proposal is for.
func (d desk) proposed(p registry.Proposed, names map[string]string) string {
	switch {
	case p.Event != nil:
		what := d.named(entryName, upper(p.Event.Kind.Label().In(d.Lang)), p.Event.Amount.Format(d.Lang))
		if about := d.about(*p.Event, names); about != "" {
			what += d.in(colon) + about
		}
		return what
	case p.Reversal != nil:
		return d.named(reversalOf, p.Reversal.Entry)
	case p.Statement != nil:
		return d.named(statementOf, donorName(p.Statement.Donor, names), p.Statement.From.Text().In(d.Lang), p.Statement.To.Text().In(d.Lang))
	}
	return d.named(closingOf, p.CloseTo.Text().In(d.Lang))
}

// proposalView is what the page of a proposal shows.
type proposalView struct {
	page.Frame
	State   string
	Tone    page.Tone
	Facts   []page.Fact
	Entry   []page.Fact // of a reversal: the entry that is to be taken back
	Links   []page.Step // where more is said of what is proposed
	Path    string
	Approve []string // what approving does, line by line; empty where who asks can't
	Reject  bool
	Why     string // why who asks can't decide, "" where it may or nothing is to be decided
}

// proposal shows what is proposed, what it would do, and the two buttons that decide it.
func (d desk) proposal() (*page.Answer, error) {
	view, err := d.proposalView()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, proposalPage(view, nil))
}

func (d desk) proposalView() (proposalView, error) {
	p, err := d.FundProposal(d.ctx, d.Values["proposal"])
	if err != nil {
		return proposalView{}, err
	}
	names := d.donorNames(donorsOf(p)...)
	view := proposalView{Frame: d.framed(proposalTitle, d.aboveFund(), d.aboveProposals()), Path: proposalPath(p.ID)}
	view.Name = d.proposed(p, names)
	view.At = view.Path
	view.State, view.Tone = d.state(p)
	view.Facts = d.proposalFacts(view.Frame, p, names)
	if err := d.details(&view, p); err != nil {
		return view, err
	}
	if p.State != registry.ProposalOpen {
		return view, nil
	}
	do, to := access.FundApprove, access.Object{}
	if p.Statement != nil {
		do, to = access.StatementApprove, access.Object{Donor: p.Statement.Donor}
	}
	switch may := d.may(do, to); {
	case p.Person == d.who.Person:
		view.Why = d.in(waitsForOther)
	case may:
		view.Approve, err = d.effect(p)
	default:
		view.Why = d.in(waitsForSecond)
	}
	view.Reject = d.may(access.FundReject, access.Object{})
	return view, err
}

func (d desk) proposalFacts(f page.Frame, p registry.Proposed, names map[string]string) []page.Fact {
	var facts []page.Fact
	switch {
	case p.Event != nil:
		facts = d.eventFacts(*p.Event, names)
	case p.Reversal != nil:
		facts = []page.Fact{{Name: d.in(entryWord), Value: p.Reversal.Entry}, {Name: d.in(dateLabel), Value: f.Day(p.Reversal.On)}}
	case p.Statement != nil:
		facts = []page.Fact{
			{Name: d.in(donorLabel), Value: donorName(p.Statement.Donor, names)}, {Name: d.in(fromLabel), Value: f.Day(p.Statement.From)},
			{Name: d.in(toLabel), Value: f.Day(p.Statement.To)}, {Name: d.in(versionWord), Value: f.Number(p.Statement.Version)},
			{Name: d.in(digestWord), Value: p.Statement.Digest},
		}
	default:
		facts = []page.Fact{{Name: d.in(closeToLabel), Value: f.Day(p.CloseTo)}}
	}
	return append(facts,
		page.Fact{Name: d.in(reasonLabel), Value: p.Reason}, page.Fact{Name: d.in(proposedByWord), Value: d.person(p.Person)},
		page.Fact{Name: d.in(proposedAtWord), Value: f.Moment(p.At)}, page.Fact{Name: d.in(decidedByWord), Value: d.person(p.Approver)},
		page.Fact{Name: d.in(decidedAtWord), Value: f.Moment(p.Decided)})
}

// details fill in where more is said: the entry that is to be taken back, the statement, and what became of the proposal.
func (d desk) details(view *proposalView, p registry.Proposed) error {
	if p.Reversal != nil {
		e, err := d.FundEntry(d.ctx, p.Reversal.Entry)
		if err != nil {
			return err
		}
		event := trust.EventOf(e.Entry, d.currency().Code)
		view.Entry = d.eventFacts(event, d.donorNames(event.Donor))
		view.Links = append(view.Links, page.Step{Path: entryPath(e.ID), Name: d.in(seeEntry)})
	}
	if s := p.Statement; s != nil {
		view.Links = append(view.Links, page.Step{Path: page.DonorPath(s.Donor) + "/statements", Name: d.in(seeStatement)})
	}
	if p.Entry != "" && p.Statement == nil && p.CloseTo.IsZero() {
		view.Links = append(view.Links, page.Step{Path: entryPath(p.Entry), Name: d.in(seeOutcome)})
	}
	return nil
}

// effect says what approving a proposal does, with the figures.
func (d desk) effect(p registry.Proposed) ([]string, error) {
	totals, err := d.FundTotals(d.ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case p.Event != nil:
		return d.eventEffect(*p.Event, totals), nil
	case p.Reversal != nil:
		return []string{d.named(reversalEffect, p.Reversal.On.Text().In(d.Lang))}, nil
	case p.Statement != nil:
		return []string{d.named(statementEffect, locale.FormatInt(d.Lang, int64(p.Statement.Version)))}, nil
	}
	return []string{d.named(closingEffect, p.CloseTo.Text().In(d.Lang)), d.closedTo(totals.ClosedTo)}, nil
}

// eventEffect says what becomes of what is not set aside, and of the activity.
func (d desk) eventEffect(e trust.Event, t office.FundTotals) []string {
	lines := []string{
		d.named(eventEffects[e.Kind], e.Amount.Format(d.Lang), d.activity(e.Activity)),
		d.named(unallocatedChange, d.units(t.Unallocated), d.units(t.Unallocated-e.Amount.Minor)),
	}
	for _, a := range t.Activities {
		if e.Kind == trust.Allocation && a.Activity.Code == e.Activity {
			lines = append(lines, d.named(allocatedChange, d.units(a.Allocated), d.units(a.Allocated+e.Amount.Minor)))
		}
	}
	return lines
}

// approve has a proposal take effect.
func (d desk) approve() (*page.Answer, error) { return d.decide(d.ApproveProposal, doneApproved) }

// reject ends a proposal without effect.
func (d desk) reject() (*page.Answer, error) { return d.decide(d.RejectProposal, doneRejected) }

func (d desk) decide(as func(ctx context.Context, request, id string) (registry.Proposed, error), done string) (*page.Answer, error) {
	p, err := as(d.ctx, d.Request(), d.Values["proposal"])
	if err == nil {
		return d.On(proposalPath(p.ID), done), nil
	}
	view, failed := d.proposalView()
	if failed != nil {
		return nil, err
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return proposalPage(view, refused) })
}
