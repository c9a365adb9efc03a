package httpapi

import (
	"errors"
	"net/http"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// fundEvent is what happened to the fund's money. All keys are always present.
type fundEvent struct {
	Kind          trust.Kind    `json:"kind"`
	Label         string        `json:"label"`
	Amount        amount        `json:"amount"`
	Date          civil.Date    `json:"date"`
	ValueDate     *civil.Date   `json:"valueDate"`
	Original      *originalPaid `json:"original"` // where another currency was paid
	Donor         *string       `json:"donor"`
	Agreement     *string       `json:"agreement"`
	Instalment    *string       `json:"instalment"`
	Earmark       *string       `json:"earmark"`
	Activity      *string       `json:"activity"`
	Cluster       *string       `json:"cluster"`
	Line          *string       `json:"line"`
	Category      *string       `json:"category"`
	Payee         *string       `json:"payee"` // a digest, or the number of a contact
	Beneficiaries []string      `json:"beneficiaries"`
}

// originalPaid is money as it was paid, and what made it the fund's.
type originalPaid struct {
	Amount     amount     `json:"amount"`
	Rate       string     `json:"rate"`
	Divides    bool       `json:"divides"` // the amount is divided by the rate, as the UN prints them
	RateDate   civil.Date `json:"rateDate"`
	RateSource string     `json:"rateSource"`
}

func eventOf(q *asking, e trust.Event) fundEvent {
	s := fundEvent{
		Kind: e.Kind, Label: e.Kind.Label().In(q.lang), Amount: amountOf(e.Amount), Date: e.Date, ValueDate: orNull(e.ValueDate),
		Donor: orNull(e.Donor), Agreement: orNull(e.Agreement), Instalment: orNull(e.Instalment), Earmark: orNull(e.Earmark),
		Activity: orNull(e.Activity), Cluster: orNull(e.Cluster), Line: orNull(e.Line), Category: orNull(e.Category), Payee: orNull(e.Payee),
		Beneficiaries: append([]string{}, e.Beneficiary...),
	}
	if e.Original != nil {
		original := originalOf(q, *e.Original)
		s.Original = &original
	}
	return s
}

func originalOf(q *asking, o ledger.Original) originalPaid {
	rate, divides := o.Rate.Stated()
	return originalPaid{amountOf(o.Amount), rate, divides, o.RateDate, fund.SourceText(o.RateSource).In(q.lang)}
}

// entryState is an entry of the fund's books. All keys are always present.
type entryState struct {
	ID       string      `json:"id"`
	Path     string      `json:"path"` // below fund/entries/
	Event    fundEvent   `json:"event"`
	At       string      `json:"at"`
	Postings []posting   `json:"postings"`
	Reason   *string     `json:"reason"`
	Reverses *string     `json:"reverses"` // the entry that it takes back
	Source   entrySource `json:"source"`
}

type posting struct {
	Account ledger.Account `json:"account"`
	Amount  amount         `json:"amount"` // above zero debits the account
}

// entrySource is where an entry comes from: a cell of an import, or a person's request.
type entrySource struct {
	Import  *string `json:"import"`
	Sheet   *string `json:"sheet"`
	Cell    *string `json:"cell"`
	Request *string `json:"request"`
	Person  *string `json:"person"`
}

// entryAnswer is the answer to whatever asks for or makes an entry.
type entryAnswer struct {
	Entry       entryState `json:"entry"`
	TakenBackBy *string    `json:"takenBackBy"` // the entry that took it back; null for one that stands
}

func (a *api) entryState(q *asking, e ledger.Entry) entryState {
	s := entryState{
		ID: e.ID, Path: pathOf(e.ID), Event: eventOf(q, trust.EventOf(e, a.Office.Programme.Fund.Currency)), At: e.At,
		Postings: make([]posting, len(e.Postings)), Reason: orNull(e.Reason), Reverses: orNull(e.Reverses),
		Source: entrySource{
			orNull(e.Source.Import), orNull(e.Source.Sheet), orNull(e.Source.Cell), orNull(e.Source.Request), orNull(e.Source.Person),
		},
	}
	for i, p := range e.Postings {
		s.Postings[i] = posting{p.Account, a.units(p.Minor)}
	}
	return s
}

// pathOf is an identifier as it stands in a path: '#' begins the fragment of an address.
func pathOf(id string) string { return strings.ReplaceAll(id, "#", "/") }

// entryAt is the identifier of the entry in a path.
func (q *asking) entryAt() string {
	return q.path("day") + "#" + q.path("batch") + "#" + q.path("place")
}

func (a *api) entryAnswer(q *asking, e office.FundEntry, status int, location string) *answer {
	return &answer{status: status, body: entryAnswer{a.entryState(q, e.Entry), orNull(e.TakenBackBy)}, location: location}
}

func (a *api) fundEntry(q *asking) (*answer, error) {
	e, err := a.Office.FundEntry(q.Context(), q.entryAt())
	if err != nil {
		return nil, err
	}
	return a.entryAnswer(q, e, http.StatusOK, ""), nil
}

// The orders in which entries are listed.
const (
	newest = "newest"
	oldest = "oldest"
)

// fundEntries answers a page of the entries as the store has them; no more than that is read.
func (a *api) fundEntries(q *asking) (*answer, error) {
	limit, err := q.limit()
	if err != nil {
		return nil, err
	}
	order, err := q.choice("order", []string{newest, oldest})
	if err != nil {
		return nil, err
	}
	if order == "" {
		order = newest
	}
	after, err := q.after()
	if err != nil {
		return nil, err
	}
	place, ok := strings.CutPrefix(after, order)
	if after != "" && !ok {
		return nil, problem.New("CURSOR_INVALID").In("cursor")
	}
	entries, next, err := a.Office.FundEntries(q.Context(), registry.FundPage{After: place, Limit: limit, Newest: order == newest})
	if errors.Is(err, table.ErrCursor) {
		return nil, problem.New("CURSOR_INVALID").In("cursor")
	}
	if err != nil {
		return nil, err
	}
	got := page[entryState]{Items: make([]entryState, len(entries))}
	for i, e := range entries {
		got.Items[i] = a.entryState(q, e)
	}
	if next != "" {
		got.Next = q.cursor(order + next)
	}
	return &answer{status: http.StatusOK, body: got}, nil
}

var someIdentifiers = locale.Text{
	EN: "a list of countries (CM) and cities (CM#bafoussam)", FR: "une liste de pays (CM) et de villes (CM#bafoussam)",
	ES: "una lista de países (CM) y ciudades (CM#bafoussam)",
}

// eventFields read an event as a person states it.
func eventFields(e *office.FundEvent) []field {
	return []field{
		{"kind", (*string)(&e.Kind), aText, true},
		{"amount", &exactly{&e.Paid.Amount}, anAmount, true},
		{"rate", &stated{&e.Paid.Rate}, aRate, false},
		{"rateDate", &e.Paid.RateDate, aDay, false},
		{"rateSource", &plain{&e.Paid.RateSource}, aText, false},
		{"date", &e.Date, aDay, true},
		{"valueDate", &e.ValueDate, aDay, false},
		{"donor", &plain{&e.Donor}, aText, false},
		{"agreement", &plain{&e.Agreement}, aText, false},
		{"instalment", &plain{&e.Instalment}, aText, false},
		{"earmark", &plain{&e.Earmark}, aText, false},
		{"activity", &plain{&e.Activity}, aText, false},
		{"cluster", &plain{&e.Cluster}, aText, false},
		{"line", &plain{&e.Line}, aText, false},
		{"category", &plain{&e.Category}, aText, false},
		{"payee", &plain{&e.Payee}, aText, false},
		{"contact", &plain{&e.Contact}, aText, false},
		{"beneficiaries", &plains{&e.Beneficiaries}, someIdentifiers, false},
	}
}

// postEntry enters an event in the books.
func (a *api) postEntry(q *asking) (*answer, error) {
	var event office.FundEvent
	var reason string
	if _, err := q.read(append(eventFields(&event), field{"reason", &plain{&reason}, aText, false})...); err != nil {
		return nil, err
	}
	request, err := q.request()
	if err != nil {
		return nil, err
	}
	e, err := a.Office.PostEvent(q.Context(), request, event, reason)
	if err != nil {
		return nil, err
	}
	return a.entryAnswer(q, e, http.StatusCreated, "entries/"+pathOf(e.ID)), nil
}

// reverseEntry takes an entry back, by one of the day that is named.
func (a *api) reverseEntry(q *asking) (*answer, error) {
	var on civil.Date
	var reason string
	if _, err := q.read(field{"on", &on, aDay, true}, field{"reason", &plain{&reason}, aText, true}); err != nil {
		return nil, err
	}
	request, err := q.request()
	if err != nil {
		return nil, err
	}
	e, err := a.Office.ReverseEntry(q.Context(), request, q.entryAt(), on, reason)
	if err != nil {
		return nil, err
	}
	return a.entryAnswer(q, e, http.StatusCreated, "../../../"+pathOf(e.ID)), nil
}

// rateOf is a rate as it is stated; nil for none.
func rateOf(r money.Rate) *string {
	if r.IsZero() {
		return nil
	}
	decimal, _ := r.Stated()
	return &decimal
}
