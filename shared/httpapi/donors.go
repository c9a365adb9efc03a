package httpapi

import (
	"context"
	"net/http"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	web "github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/table"
)

// aDonorsPath is the path of a donor: what kind of one it is, and which of them.
const aDonorsPath = "/api/donors/{donorKind}/{donor}"

func donorRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/donors", serve: (*api).donors},
		{Method: "GET", Pattern: aDonorsPath, serve: (*api).donor},
		{Method: "GET", Pattern: aDonorsPath + "/pledges", serve: (*api).pledges},
		{Method: "GET", Pattern: aDonorsPath + "/contributions", serve: (*api).contributions},
		{Method: "GET", Pattern: aDonorsPath + "/statement", serve: (*api).statement},
		{Method: "GET", Pattern: aDonorsPath + "/statements", serve: (*api).finalStatements},
		{Method: "POST", Pattern: aDonorsPath + "/statements", serve: (*api).proposeStatement},
	}
}

// donorState is who gave or pledged. All keys are always present.
type donorState struct {
	ID      string  `json:"id"`
	Path    string  `json:"path"` // below donors/
	Kind    string  `json:"kind"`
	Label   string  `json:"label"` // the kind in words
	Name    *string `json:"name"`
	Member  *string `json:"member"` // the member city that it is
	City    *string `json:"city"`
	Country *label  `json:"country"`
}

func (a *api) donorState(q *asking, d fund.Donor) donorState {
	kind, which := web.DonorSteps(d.ID)
	s := donorState{
		ID: d.ID, Path: kind + "/" + which, Kind: kind, Label: a.donorKind(q, kind), Name: orNull(d.Name),
		Member: orNull(d.Member), City: orNull(d.City),
	}
	if d.Country != "" {
		country := a.country(q, d.Country)
		s.Country = &country
	}
	return s
}

func (a *api) donorKind(q *asking, kind string) string {
	for _, one := range a.Office.Programme.DonorTypes {
		if one.ID == kind {
			return one.Label.In(q.lang)
		}
	}
	return kind
}

// donorAt is the identifier of the donor in a path.
func (q *asking) donorAt() string { return web.DonorAt(q.path("donorKind"), q.path("donor")) }

// donors answers those on record, or the one that asks.
func (a *api) donors(q *asking) (*answer, error) {
	body, err := storedPage(q, func(ctx context.Context, after table.Cursor, limit int) ([]fund.Donor, table.Cursor, error) {
		found, next, err := a.Office.DonorPage(ctx, office.DonorFilter{}, string(after), limit)
		return found, table.Cursor(next), err
	}, func(d *fund.Donor) donorState { return a.donorState(q, *d) })
	return &answer{status: http.StatusOK, body: body}, err
}

// donorAnswer is a donor with the sums of what it gave and pledged, one a currency. All keys are always present.
type donorAnswer struct {
	Donor         donorState `json:"donor"`
	Contributions int        `json:"contributions"`
	Received      []amount   `json:"received"`
	Pledged       []amount   `json:"pledged"`
}

func (a *api) donor(q *asking) (*answer, error) {
	d, err := a.Office.Donor(q.Context(), q.donorAt())
	if err != nil {
		return nil, err
	}
	got := donorAnswer{a.donorState(q, d.Donor), d.Contributions, amountsOf(d.Received), amountsOf(d.Pledged)}
	return &answer{status: http.StatusOK, body: got}, nil
}

// donorPledge is an instalment of what a donor pledged. All keys are always present.
type donorPledge struct {
	ID          string      `json:"id"`
	Agreement   string      `json:"agreement"`
	SignedOn    civil.Date  `json:"signedOn"`
	Pledged     amount      `json:"pledged"` // all instalments of the agreement together
	Number      int         `json:"number"`
	Amount      amount      `json:"amount"`
	DueOn       *civil.Date `json:"dueOn"`
	Covered     amount      `json:"covered"` // by what the donor gave
	Open        amount      `json:"open"`
	Overdue     bool        `json:"overdue"`
	Earmark     *string     `json:"earmark"`
	SupportRate string      `json:"supportRate"` // per cent
}

func (a *api) pledges(q *asking) (*answer, error) {
	found, err := a.Office.Pledges(q.Context(), q.donorAt())
	if err != nil {
		return nil, err
	}
	list := make([]donorPledge, len(found))
	for n, p := range found {
		i := p.Instalment
		list[n] = donorPledge{
			ID: i.ID(), Agreement: i.Agreement, SignedOn: i.SignedOn, Pledged: amountOf(i.Pledged), Number: i.Number, Amount: amountOf(i.Amount),
			DueOn: orNull(i.DueOn), Covered: amountOf(p.Covered), Open: amountOf(p.Open()), Overdue: p.Overdue, Earmark: orNull(i.Earmark),
			SupportRate: i.SupportRate.String(),
		}
	}
	body, err := pageOf(q, list, func(p donorPledge) string { return p.ID })
	return &answer{status: http.StatusOK, body: body}, err
}

// contributionState is money that came of a donor. All keys are always present.
type contributionState struct {
	ID          string      `json:"id"`
	ReceivedOn  civil.Date  `json:"receivedOn"`
	Amount      amount      `json:"amount"` // as it was paid
	Worth       *amount     `json:"worth"`  // in the fund's currency; null where its rate is not known
	Rate        *string     `json:"rate"`
	RateDate    *civil.Date `json:"rateDate"`
	RateSource  *string     `json:"rateSource"`
	Reference   *string     `json:"reference"`
	Earmark     *string     `json:"earmark"`
	Agreement   *string     `json:"agreement"`
	SupportRate string      `json:"supportRate"` // per cent
}

func (a *api) contributions(q *asking) (*answer, error) {
	found, err := a.Office.Contributions(q.Context(), q.donorAt())
	if err != nil {
		return nil, err
	}
	own := money.ISO(a.Office.Programme.Fund.Currency)
	list := make([]contributionState, len(found))
	for i, c := range found {
		list[i] = contributionState{
			ID: c.Year() + "/" + c.ID(), ReceivedOn: c.ReceivedOn, Amount: amountOf(c.Amount), Rate: rateOf(c.Rate), RateDate: orNull(c.RateDate),
			RateSource: orNull(fund.SourceText(c.RateSource).In(q.lang)), Reference: orNull(c.Reference), Earmark: orNull(c.Earmark),
			Agreement: orNull(c.Agreement), SupportRate: c.SupportRate.String(),
		}
		if worth, err := c.Worth(own); err == nil {
			converted := amountOf(worth)
			list[i].Worth = &converted
		}
	}
	body, err := pageOf(q, list, func(c contributionState) string { return c.ReceivedOn.String() + c.ID })
	return &answer{status: http.StatusOK, body: body}, err
}
