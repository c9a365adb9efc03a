package httpapi

import (
	"net/http"
	"strconv"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/trust"
)

// anEntry is the path of an entry: its identifier's parts.
const anEntry = "/api/fund/entries/{day}/{batch}/{place}"

func fundRoutes() []Route {
	return []Route{
		{Method: "GET", Pattern: "/api/fund", serve: (*api).fundTotals},
		{Method: "GET", Pattern: "/api/fund/balances", serve: (*api).fundBalances},
		{Method: "GET", Pattern: "/api/fund/entries", serve: (*api).fundEntries},
		{Method: "POST", Pattern: "/api/fund/entries", serve: (*api).postEntry},
		{Method: "GET", Pattern: anEntry, serve: (*api).fundEntry},
		{Method: "POST", Pattern: anEntry + "/reversal", serve: (*api).reverseEntry},
		{Method: "GET", Pattern: "/api/fund/proposals", serve: (*api).fundProposals},
		{Method: "POST", Pattern: "/api/fund/proposals", serve: (*api).propose},
		{Method: "GET", Pattern: "/api/fund/proposals/{proposal}", serve: (*api).fundProposal},
		{Method: "POST", Pattern: "/api/fund/proposals/{proposal}/approval", serve: (*api).approve},
		{Method: "POST", Pattern: "/api/fund/proposals/{proposal}/rejection", serve: (*api).reject},
		{Method: "GET", Pattern: "/api/fund/verification", serve: (*api).verifyFund},
		{Method: "GET", Pattern: "/api/rates", serve: (*api).rates},
	}
}

// fundStatuses are those of the codes of the fund that aren't a mistake in the request's content: there is no such thing, or the books, or
// what was decided before, don't allow it.
var fundStatuses = map[problem.Code]int{
	"ENTRY_UNKNOWN":             http.StatusNotFound,
	"PROPOSAL_UNKNOWN":          http.StatusNotFound,
	"DONOR_UNKNOWN":             http.StatusNotFound,
	"ENTRY_REVERSED":            http.StatusConflict,
	"PROPOSAL_DECIDED":          http.StatusConflict,
	"SECOND_PERSON_NEEDED":      http.StatusConflict,
	"STATEMENT_CHANGED":         http.StatusConflict,
	"STATEMENT_PERIOD_OPEN":     http.StatusConflict,
	"PERIOD_LOCKED":             http.StatusConflict,
	"FUND_UNALLOCATED_EXCEEDED": http.StatusConflict,
	"FUND_ALLOCATION_EXCEEDED":  http.StatusConflict,
	"FUND_DONOR_EXCEEDED":       http.StatusConflict,
}

// fundAnswer is what everybody may know of the fund. All keys are always present.
type fundAnswer struct {
	Currency    string           `json:"currency"`
	ClosedTo    *civil.Date      `json:"closedTo"` // the last day that is closed
	Received    amount           `json:"received"`
	Interest    amount           `json:"interest"`
	Exchange    amount           `json:"exchange"`
	Spent       amount           `json:"spent"`
	Support     amount           `json:"support"`
	Refunded    amount           `json:"refunded"`
	Held        amount           `json:"held"`
	Unallocated amount           `json:"unallocated"`
	Allocated   amount           `json:"allocated"`
	Activities  []activityTotals `json:"activities"`
}

// activityTotals is one activity of the fund.
type activityTotals struct {
	label
	Area      label  `json:"area"`
	Planned   amount `json:"planned"` // for a term
	Allocated amount `json:"allocated"`
	Spent     amount `json:"spent"`
}

// fundTotals answers the fund's sums, without whose money it is.
func (a *api) fundTotals(q *asking) (*answer, error) {
	t, err := a.Office.FundTotals(q.Context())
	if err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, body: a.fundAnswerOf(q, t)}, nil
}

func (a *api) fundAnswerOf(q *asking, t office.FundTotals) fundAnswer {
	got := fundAnswer{
		Currency: t.Currency.Code, ClosedTo: orNull(t.ClosedTo), Received: a.units(t.Received), Interest: a.units(t.Interest),
		Exchange: a.units(t.Exchange), Spent: a.units(t.Spent), Support: a.units(t.Support), Refunded: a.units(t.Refunded),
		Held: a.units(t.Held), Unallocated: a.units(t.Unallocated), Allocated: a.units(t.Allocated), Activities: []activityTotals{},
	}
	for _, one := range t.Activities {
		got.Activities = append(got.Activities, activityTotals{
			label: a.activity(q, one.Activity.Code), Area: a.area(q, one.Activity.Area), Planned: amountOf(one.Activity.Planned),
			Allocated: a.units(one.Allocated), Spent: a.units(one.Spent),
		})
	}
	return got
}

// activity is one of the fund's, by its code.
func (a *api) activity(q *asking, code string) label {
	if known, ok := a.Office.Programme.Activity(code); ok {
		return labelOf(q, code, known.Label)
	}
	return label{ID: code, Name: code}
}

func (a *api) area(q *asking, number int) label {
	area, _ := a.Office.Programme.Fund.Area(number)
	return labelOf(q, strconv.Itoa(number), area.Label)
}

// balancesAnswer is where the fund's books stand. All keys are always present.
type balancesAnswer struct {
	Currency string           `json:"currency"`
	ClosedTo *civil.Date      `json:"closedTo"`
	Head     headState        `json:"head"`
	Accounts []accountBalance `json:"accounts"` // that have a balance, by name
}

// headState is up to where the books go.
type headState struct {
	Batch   int64        `json:"batch"` // number of the last one; 0 of empty books
	Hash    *ledger.Hash `json:"hash"`
	Entries int64        `json:"entries"`
}

type accountBalance struct {
	Account  ledger.Account `json:"account"`
	Label    string         `json:"label"`
	Activity *string        `json:"activity"` // that the account is of
	Balance  amount         `json:"balance"`  // above zero for what the account is there for
}

func headOf(h ledger.Head) headState {
	return headState{Batch: h.Link.Number, Hash: orNull(h.Link.Hash), Entries: h.Total}
}

func (a *api) fundBalances(q *asking) (*answer, error) {
	at, err := a.Office.FundStanding(q.Context())
	if err != nil {
		return nil, err
	}
	got := balancesAnswer{
		Currency: a.Office.Programme.Fund.Currency, ClosedTo: orNull(at.ClosedTo), Head: headOf(at.Head), Accounts: []accountBalance{},
	}
	for _, account := range at.Balances.Accounts() {
		activity, _ := trust.ActivityOf(account)
		got.Accounts = append(got.Accounts, accountBalance{
			Account: account, Label: trust.AccountLabel(account).In(q.lang), Activity: orNull(activity),
			Balance: a.units(trust.Shown(at.Balances, account)),
		})
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// verificationAnswer is what came of recomputing the books. All keys are always present.
type verificationAnswer struct {
	Sound bool       `json:"sound"`
	Head  *headState `json:"head"`  // up to which they were recomputed; null where they are not sound
	Fault *faultSeen `json:"fault"` // the first; null where there is none
}

// faultSeen is the first place at which the books aren't what they say.
type faultSeen struct {
	Flaw    ledger.Flaw     `json:"flaw"`
	Batch   int64           `json:"batch"`
	Entry   *string         `json:"entry"` // identifier, or a day
	Account *ledger.Account `json:"account"`
	Want    string          `json:"want"` // what follows from the entries
	Got     string          `json:"got"`  // what is recorded
}

func (a *api) verifyFund(q *asking) (*answer, error) {
	v, err := a.Office.VerifyFund(q.Context())
	if err != nil {
		return nil, err
	}
	got := verificationAnswer{Sound: v.Fault == nil}
	if f := v.Fault; f != nil {
		got.Fault = &faultSeen{f.Flaw, f.Link, orNull(f.Entry), orNull(f.Account), f.Want, f.Got}
	} else {
		head := headOf(v.Head)
		got.Head = &head
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

// monthRate is a rate on record.
type monthRate struct {
	Currency string     `json:"currency"`
	From     civil.Date `json:"from"` // the first of a month, or the day of a revision
	Rate     string     `json:"rate"` // units of the currency for one of the fund's
	Source   string     `json:"source"`
}

// rates answers the monthly rates of a year, the present one where none is named.
func (a *api) rates(q *asking) (*answer, error) {
	year := a.Clock().Year()
	if given := q.URL.Query().Get("year"); given != "" {
		var err error
		if year, err = strconv.Atoi(given); err != nil || year < 1000 || year > 9999 {
			return nil, invalidText("year", aYear).Valued(given)
		}
	}
	all, err := a.Office.Rates(q.Context(), year, q.URL.Query().Get("currency"))
	if err != nil {
		return nil, err
	}
	list := make([]monthRate, len(all))
	for i, one := range all {
		decimal, _ := one.Rate.Stated()
		list[i] = monthRate{one.Currency, one.From, decimal, one.Source}
	}
	body, err := pageOf(q, list, func(r monthRate) string { return r.Currency + "#" + r.From.String() })
	return &answer{status: http.StatusOK, body: body}, err
}
