package registry

import (
	"fmt"

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
	}
	return nil, nil
}

// received is the deposit that a contribution is.
func (r *Registry) received(c fund.Contribution) ([]trust.Event, error) {
	worth, err := c.Worth(r.currency())
	if err != nil {
		return nil, refused(trust.OutOfRange(c.Amount, money.ISO(c.Amount.Currency)))
	}
	deposit := trust.Event{
		Kind: trust.Deposit, Amount: worth, Date: c.ReceivedOn, ValueDate: c.ReceivedOn, Donor: c.DonorID(), Earmark: c.Earmark,
	}
	if c.Amount.Currency != worth.Currency {
		deposit.Original = &ledger.Original{Amount: c.Amount, Rate: c.Rate, RateDate: c.RateDate, RateSource: c.RateSource}
	}
	return []trust.Event{deposit}, nil
}
