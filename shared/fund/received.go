package fund

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
)

// Received is what has arrived, in the fund's currency, from every side that the budget workbook shows.
type Received struct {
	Currency    money.Currency
	Count       int
	Total       money.Amount
	Earmarked   money.Amount       // for one activity
	Unearmarked money.Amount       // for no single activity: for any, or for those of an area
	Activities  []ActivityReceived // every activity of the fund, in its order
	Areas       []AreaReceived     // every area of the fund, in its order
	Sources     []SourceReceived   // every type of donor, in the programme's order (R-FUN-4)
	Unrated     []Contribution     // foreign money without a rate: in no sum above, to be shown beside them
}

// ActivityReceived is what was given towards one activity by name.
type ActivityReceived struct {
	Activity programme.Activity
	Count    int
	Received money.Amount
}

// AreaReceived sums the activities of one area, with what was given for the area as a whole.
type AreaReceived struct {
	Area     programme.WorkArea
	Received money.Amount
}

// SourceReceived is what one type of donor gave.
type SourceReceived struct {
	Type     programme.Choice
	Count    int
	Received money.Amount
	Original []money.Amount // as paid: one sum a currency, ordered by code
}

// Sum adds up contributions by activity, area and source (R-FUN-4, R-FUN-6), each converted at its own stated rate
// (R-FUN-9). An earmark or donor type that the programme does not have is an error, as are sums beyond money.Bound.
func Sum(p *programme.Edition, contributions iter.Seq[Contribution]) (Received, error) {
	currency := money.ISO(p.Fund.Currency)
	s := summing{received: empty(p, currency), currency: currency}
	for c := range contributions {
		if err := s.add(c); err != nil {
			return Received{}, fmt.Errorf("contribution %s of %s: %w", c.ID(), c.ReceivedOn, err)
		}
	}
	for i := range s.received.Sources {
		slices.SortFunc(s.received.Sources[i].Original, func(a, b money.Amount) int { return cmp.Compare(a.Currency, b.Currency) })
	}
	return s.received, nil
}

// empty is nothing received, with a line for everything that could receive.
func empty(p *programme.Edition, currency money.Currency) Received {
	none := money.Zero(currency)
	r := Received{Currency: currency, Total: none, Earmarked: none, Unearmarked: none}
	for _, activity := range p.Fund.Activities {
		r.Activities = append(r.Activities, ActivityReceived{Activity: activity, Received: none})
	}
	for _, area := range p.Fund.Areas {
		r.Areas = append(r.Areas, AreaReceived{Area: area, Received: none})
	}
	for _, donor := range p.DonorTypes {
		r.Sources = append(r.Sources, SourceReceived{Type: donor, Received: none})
	}
	return r
}

type summing struct {
	received Received
	currency money.Currency
	failed   error
}

func (s *summing) add(c Contribution) error {
	worth, err := c.Worth(s.currency)
	if err != nil {
		s.received.Unrated = append(s.received.Unrated, c)
		return nil
	}
	r := &s.received
	r.Count++
	s.into(&r.Total, worth)
	s.bySource(c, worth)
	switch area, isArea := s.areaOf(c.Earmark); {
	case c.Earmark == "":
		s.into(&r.Unearmarked, worth)
	case isArea:
		s.into(&r.Unearmarked, worth)
		s.byArea(area, worth)
	default:
		s.into(&r.Earmarked, worth)
		s.byActivity(c, worth)
	}
	return s.failed
}

// areaOf is the number of the area that an earmark is, as AreaCode writes it.
func (s *summing) areaOf(earmark string) (number int, ok bool) {
	for _, area := range s.received.Areas {
		if earmark == AreaCode(area.Area) {
			return area.Area.Number, true
		}
	}
	return 0, false
}

// AreaCode is how money is earmarked for an area of the fund: "fund/1".
func AreaCode(area programme.WorkArea) string {
	return programme.FundNamespace + strconv.Itoa(area.Number)
}

func (s *summing) byActivity(c Contribution, worth money.Amount) {
	i := slices.IndexFunc(s.received.Activities, func(a ActivityReceived) bool { return a.Activity.Code == c.Earmark })
	if i < 0 {
		s.fail(fmt.Errorf("the fund has no activity %q", c.Earmark))
		return
	}
	a := &s.received.Activities[i]
	a.Count++
	s.into(&a.Received, worth)
	s.byArea(a.Activity.Area, worth)
}

func (s *summing) byArea(number int, worth money.Amount) {
	for i := range s.received.Areas {
		if s.received.Areas[i].Area.Number == number {
			s.into(&s.received.Areas[i].Received, worth)
		}
	}
}

func (s *summing) bySource(c Contribution, worth money.Amount) {
	i := slices.IndexFunc(s.received.Sources, func(r SourceReceived) bool { return r.Type.ID == c.DonorType })
	if i < 0 {
		s.fail(fmt.Errorf("there is no donor type %q", c.DonorType))
		return
	}
	source := &s.received.Sources[i]
	source.Count++
	s.into(&source.Received, worth)
	for j := range source.Original {
		if source.Original[j].Currency == c.Amount.Currency {
			s.into(&source.Original[j], c.Amount)
			return
		}
	}
	source.Original = append(source.Original, c.Amount)
}

// into adds to a sum, keeping the first failure.
func (s *summing) into(sum *money.Amount, amount money.Amount) {
	total, err := sum.Add(amount)
	if err != nil {
		s.fail(err)
		return
	}
	*sum = total
}

func (s *summing) fail(err error) {
	if s.failed == nil {
		s.failed = err
	}
}
