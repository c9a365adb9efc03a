package registry

import (
	"fmt"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// eventsOf are the events of the fund that a stored record tells of; none for other types of record and for one that was removed. What the
// books can't hold is *Refused.
func (r *Registry) eventsOf(ref records.Ref, body table.Attributes) ([]trust.Event, error) {
	if body == nil {
		return nil, nil
	}
	switch ref.Type {
	case fund.RecordType:
		var c fund.Contribution
		if err := records.Decode(body, &c); err != nil {
			return nil, fmt.Errorf("registry: %s: %w", ref, err)
		}
		return r.received(c)
	case fund.ExpenditureType:
		var e fund.Expenditure
		if err := records.Decode(body, &e); err != nil {
			return nil, fmt.Errorf("registry: %s: %w", ref, err)
		}
		return r.spent(e)
	}
	return nil, nil
}

// received is the deposit that a contribution is, and the support cost that its agreement asks for (R-FUN-10).
func (r *Registry) received(c fund.Contribution) ([]trust.Event, error) {
	worth, err := c.Worth(r.currency())
	if err != nil {
		return nil, refused(trust.OutOfRange(c.Amount, money.ISO(c.Amount.Currency)))
	}
	deposit := trust.Event{
		Kind: trust.Deposit, Amount: worth, Date: c.ReceivedOn, ValueDate: c.ReceivedOn, Donor: c.DonorID(), Agreement: c.Agreement,
		Earmark: c.Earmark, Original: original(c.Amount, c.Rate, c.RateDate, c.RateSource, worth),
	}
	support := trust.Event{
		Kind: trust.SupportCost, Date: c.ReceivedOn, ValueDate: c.ReceivedOn, Donor: deposit.Donor, Agreement: c.Agreement,
	}
	if support.Amount, err = c.SupportCost(r.currency()); err != nil || support.Amount.Minor == 0 {
		return []trust.Event{deposit}, err
	}
	return []trust.Event{deposit, support}, nil
}

// spent is the expenditure that its record tells of.
func (r *Registry) spent(e fund.Expenditure) ([]trust.Event, error) {
	worth, err := e.Worth(r.currency())
	if err != nil {
		return nil, refused(trust.OutOfRange(e.Amount, money.ISO(e.Amount.Currency)))
	}
	event := trust.Event{
		Kind: trust.Expenditure, Amount: worth, Date: e.Date, ValueDate: e.Date, Activity: e.Activity, Cluster: e.Cluster, Line: e.Line,
		Category: e.Category, Payee: e.PayeeID, Original: original(e.Amount, e.Rate, e.RateDate, e.RateSource, worth),
	}
	if len(e.Beneficiaries) > 0 { // no list and an empty one are the same to an entry
		event.Beneficiary = e.Beneficiaries
	}
	return []trust.Event{event}, nil
}

// original is money as it was paid; nil where that is the fund's own currency.
func original(paid money.Amount, rate money.Rate, date civil.Date, source string, worth money.Amount) *ledger.Original {
	if paid.Currency == worth.Currency {
		return nil
	}
	return &ledger.Original{Amount: paid, Rate: rate, RateDate: date, RateSource: source}
}
