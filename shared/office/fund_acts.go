package office

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// FundEvent is what happened to the fund's money, as a person states it: the money as it was paid, donors and beneficiaries by what they
// are called. Which fields an event has is its kind's (trust.Kind.Has).
type FundEvent struct {
	Kind       trust.Kind
	Paid       registry.Payment
	Date       civil.Date // in whose period it counts
	ValueDate  civil.Date // the bank's; may be zero
	Donor      string     // identifier, or the name on record
	Agreement  string     // its number
	Instalment string
	Earmark    string // code of an activity or an area: "fund/1.1", "fund/1"
	Activity   string // code: "fund/1.1"
	Cluster    string // identifier
	Line       string // code: "cluster/1.2"
	Category   string // identifier among programme.Edition.ExpenseCategories
	Payee      string // the name, of which the books keep a digest only
	Contact    string // the payee's number among the office's contacts, which is kept instead
	// Beneficiaries are countries by their ISO 3166-1 alpha-2 codes, and cities by their identifiers.
	Beneficiaries []string
}

// PostEvent enters an event in the fund's books and gives its entry. ACCESS_DENIED; FIELD_UNKNOWN and FIELD_MISSING for what the kind doesn't
// have or the rate needs; CURRENCY_UNKNOWN, REF_NOT_FOUND, REF_AMBIGUOUS, DONOR_NEAR, COUNTRY_UNKNOWN, CITY_NEAR_DUPLICATE,
// FX_RATE_MISSING; *registry.Refused with the problems of registry.Post; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (o *Office) PostEvent(ctx context.Context, request string, event FundEvent, reason string) (FundEntry, error) {
	if err := o.leave(ctx, access.FundPost, access.Object{}); err != nil {
		return FundEntry{}, err
	}
	e, err := o.event(ctx, event)
	if err != nil {
		return FundEntry{}, err
	}
	id, err := o.Registry.Post(ctx, origin(ctx, request), e, reason)
	if err != nil {
		return FundEntry{}, err
	}
	return o.fundEntry(ctx, id)
}

// ReverseEntry takes an entry back by another one of a day, and gives that. ACCESS_DENIED, ENTRY_UNKNOWN; *registry.Refused with the problems of
// registry.Reverse, SECOND_PERSON_NEEDED where it has to be proposed; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (o *Office) ReverseEntry(ctx context.Context, request, entry string, on civil.Date, reason string) (FundEntry, error) {
	if err := o.leave(ctx, access.FundReverse, access.Object{}, entry); err != nil {
		return FundEntry{}, err
	}
	id, err := o.Registry.Reverse(ctx, origin(ctx, request), entry, on, reason)
	if err != nil {
		return FundEntry{}, unknownObject(err, "entry", "ENTRY_UNKNOWN", entry)
	}
	return o.fundEntry(ctx, id)
}

// ProposeEvent proposes an event that takes two persons. The problems are those of PostEvent, judged by the books when it is approved.
func (o *Office) ProposeEvent(ctx context.Context, request string, event FundEvent, reason string) (registry.Proposed, error) {
	return o.propose(ctx, access.FundPropose, access.Object{}, func() (string, error) {
		e, err := o.event(ctx, event)
		if err != nil {
			return "", err
		}
		return o.Registry.ProposeEvent(ctx, origin(ctx, request), e, reason)
	})
}

// ProposeClosing proposes to close the fund's books up to a day, included. ACCESS_DENIED; *registry.Refused with CELL_REQUIRED, PERIOD_LOCKED,
// DATE_AHEAD, TEXT_TOO_LONG; RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (o *Office) ProposeClosing(ctx context.Context, request string, to civil.Date, reason string) (registry.Proposed, error) {
	return o.propose(ctx, access.FundPropose, access.Object{}, func() (string, error) {
		return o.Registry.ProposeClosing(ctx, origin(ctx, request), to, reason)
	})
}

// ProposeReversal proposes to take an entry back that takes two persons. The problems are those of ReverseEntry, and REF_NOT_FOUND.
func (o *Office) ProposeReversal(ctx context.Context, request string, of registry.Reversal, reason string) (registry.Proposed, error) {
	return o.propose(ctx, access.FundPropose, access.Object{}, func() (string, error) {
		return o.Registry.ProposeReversal(ctx, origin(ctx, request), of.Entry, of.On, reason)
	})
}

func (o *Office) propose(ctx context.Context, do access.Action, to access.Object, ask func() (string, error)) (registry.Proposed, error) {
	if err := o.leave(ctx, do, to); err != nil {
		return registry.Proposed{}, err
	}
	id, err := ask()
	if err != nil {
		return registry.Proposed{}, err
	}
	return o.Registry.FundProposal(ctx, id)
}

// ApproveProposal has what another person proposed take effect: an entry, a closing, or a statement that becomes final. ACCESS_DENIED,
// PROPOSAL_UNKNOWN; *registry.Refused with PROPOSAL_DECIDED, SECOND_PERSON_NEEDED, STATEMENT_CHANGED and what the books say; RECORD_BUSY,
// IDEMPOTENCY_KEY_REUSED.
func (o *Office) ApproveProposal(ctx context.Context, request, id string) (registry.Proposed, error) {
	p, err := o.proposal(ctx, id)
	do, to := access.FundApprove, access.Object{}
	if err == nil && p.Statement != nil {
		do, to = access.StatementApprove, access.Object{Donor: p.Statement.Donor}
	}
	if denied := o.leave(ctx, do, to, id); denied != nil {
		return registry.Proposed{}, denied
	}
	if err != nil {
		return registry.Proposed{}, err
	}
	if _, err := o.Registry.Approve(ctx, origin(ctx, request), id); err != nil {
		return registry.Proposed{}, err
	}
	return o.proposal(ctx, id)
}

// RejectProposal ends a proposal without effect. ACCESS_DENIED, PROPOSAL_UNKNOWN; *registry.Refused with PROPOSAL_DECIDED; RECORD_BUSY,
// IDEMPOTENCY_KEY_REUSED.
func (o *Office) RejectProposal(ctx context.Context, request, id string) (registry.Proposed, error) {
	if err := o.leave(ctx, access.FundReject, access.Object{}, id); err != nil {
		return registry.Proposed{}, err
	}
	if err := o.Registry.Reject(ctx, origin(ctx, request), id); err != nil {
		return registry.Proposed{}, unknownObject(err, "proposal", "PROPOSAL_UNKNOWN", id)
	}
	return o.proposal(ctx, id)
}

// event is the event of the books that a person stated.
func (o *Office) event(ctx context.Context, stated FundEvent) (trust.Event, error) {
	e := trust.Event{
		Kind: stated.Kind, Date: stated.Date, ValueDate: stated.ValueDate, Agreement: fund.AgreementKey(stated.Agreement),
		Instalment: stated.Instalment, Earmark: stated.Earmark, Activity: stated.Activity, Cluster: stated.Cluster, Line: stated.Line,
		Category: stated.Category,
	}
	if stated.Kind.Label().IsZero() { // which is what the registry says of it
		e.Amount = stated.Paid.Amount
		return e, nil
	}
	if err := stated.fits(); err != nil {
		return e, err
	}
	if stated.Payee != "" || stated.Contact != "" {
		e.Payee = fund.PayeeID(stated.Contact, stated.Payee)
	}
	var err error
	if stated.Donor != "" {
		if e.Donor, err = o.donorNamed(ctx, stated.Donor); err != nil {
			return e, err
		}
	}
	if e.Beneficiary, err = o.beneficiaries(ctx, stated.Beneficiaries); err != nil {
		return e, err
	}
	return o.paid(ctx, e, stated.Paid)
}

// fits refuses fields that say nothing of this kind of event: who gives them means something else. FIELD_UNKNOWN.
func (stated FundEvent) fits() error {
	for _, field := range []struct {
		name, has string
		given     bool
	}{
		{"donor", "donor", stated.Donor != ""}, {"agreement", "agreement", stated.Agreement != ""},
		{"instalment", "instalment", stated.Instalment != ""}, {"earmark", "earmark", stated.Earmark != ""},
		{"activity", "activity", stated.Activity != ""}, {"cluster", "cluster", stated.Cluster != ""}, {"line", "line", stated.Line != ""},
		{"category", "category", stated.Category != ""}, {"payee", "payee", stated.Payee != ""}, {"contact", "payee", stated.Contact != ""},
		{"beneficiaries", "beneficiaries", len(stated.Beneficiaries) > 0}, {"rate", "original", !stated.Paid.Rate.IsZero()},
		{"rateDate", "original", !stated.Paid.RateDate.IsZero()}, {"rateSource", "original", stated.Paid.RateSource != ""},
	} {
		if field.given && !stated.Kind.Has(field.has) {
			return noField(field.name)
		}
	}
	return nil
}

func noField(name string) error { return problem.New("FIELD_UNKNOWN").In(name).With("field", name) }

// paid converts what was paid. A rate says where it is from, and belongs to another currency than the fund's.
func (o *Office) paid(ctx context.Context, e trust.Event, paid registry.Payment) (trust.Event, error) {
	code := paid.Amount.Currency
	if _, known := o.Reference.Currency(code); !known {
		return e, problem.New("CURRENCY_UNKNOWN").In("currency").Valued(code)
	}
	missing := ""
	switch own, rated := code == o.currency().Code, !paid.Rate.IsZero(); {
	case own && rated:
		return e, noField("rate")
	case rated && paid.RateSource == "":
		missing = "rateSource"
	case !rated && (paid.RateSource != "" || !paid.RateDate.IsZero()):
		missing = "rate"
	}
	if missing != "" {
		return e, problem.New("FIELD_MISSING").In(missing).With("field", missing)
	}
	if !e.Kind.Has("original") {
		e.Amount = paid.Amount
		return e, nil
	}
	return o.Registry.Paid(ctx, e, paid)
}

// beneficiaries are countries and cities on record, by their identifiers. COUNTRY_UNKNOWN, REF_NOT_FOUND, REF_AMBIGUOUS, CITY_NEAR_DUPLICATE.
func (o *Office) beneficiaries(ctx context.Context, named []string) ([]string, error) {
	var all []string
	for _, id := range named {
		country := fund.BeneficiaryCountry(id)
		if _, known := o.Reference.Country(country); !known {
			return nil, problem.New("COUNTRY_UNKNOWN").In("beneficiaries").Valued(country)
		}
		if id != country {
			found, err := o.Registry.City(ctx, id, country, "")
			if err != nil {
				return nil, err
			}
			id = found.ID
		}
		all = append(all, id)
	}
	return all, nil
}
