package fund

import (
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	giving "github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/ledger"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/trust"
)

// entryLimit is how many entries a page lists.
const entryLimit = 50

// The orders in which entries are listed.
const (
	newest = "newest"
	oldest = "oldest"
)

// entryRow is an entry in a list.
type entryRow struct{ Path, Day, Kind, About, Amount, Reverses string }

// entries lists the fund's entries, the last ones first unless the first ones are wanted.
func (d desk) entries() (*page.Answer, error) {
	order := newest
	if d.Query.Get("order") == oldest {
		order = oldest
	}
	after, ok := strings.CutPrefix(d.Query.Get(page.AfterParameter), order)
	if !ok && after != "" {
		return nil, noCursor()
	}
	found, next, err := d.FundEntries(d.ctx, registry.FundPage{After: after, Limit: entryLimit, Newest: order == newest})
	if errors.Is(err, table.ErrCursor) {
		return nil, noCursor()
	}
	if err != nil {
		return nil, err
	}
	if next != "" {
		next = order + next
	}
	events, donors := make([]trust.Event, len(found)), make([]string, len(found))
	for i, e := range found {
		events[i] = trust.EventOf(e, d.currency().Code)
		donors[i] = events[i].Donor
	}
	names := d.donorNames(donors...)
	rows := make([]entryRow, len(found))
	for i, e := range found {
		event := events[i]
		rows[i] = entryRow{
			Path: entryPath(e.ID), Day: e.Date.Text().In(d.Lang), Kind: upper(event.Kind.Label().In(d.Lang)),
			About: d.about(event, names), Amount: d.units(signed(e, event)), Reverses: e.Reverses,
		}
	}
	field := page.Input{Name: "order", Value: order, Label: orderLabel, Options: []page.Option{
		{Value: newest, Name: d.in(newestFirst)}, {Value: oldest, Name: d.in(oldestFirst)},
	}}
	return d.Written(d.ctx, entriesPage(d.framed(entriesTitle, d.aboveFund()), field, rows, next, d.may(access.FundPost, access.Object{})))
}

func noCursor() error { return problem.New("CURSOR_INVALID").In("cursor") }

// signed is what an entry's event did to the money, below zero where the entry takes it back.
func signed(e ledger.Entry, event trust.Event) int64 {
	if e.Reverses != "" {
		return -event.Amount.Minor
	}
	return event.Amount.Minor
}

// about says what an event is about: its donor, or its activity.
func (d desk) about(e trust.Event, names map[string]string) string {
	switch {
	case e.Activity != "":
		return d.activity(e.Activity)
	case e.Donor != "":
		return donorName(e.Donor, names)
	}
	return ""
}

// donorNames are what the donors of some identifiers are called, as far as who asks may know; a list is shown without them too.
func (d desk) donorNames(ids ...string) map[string]string {
	names := map[string]string{}
	found, _ := d.DonorsNamed(d.ctx, ids) //nolint:errcheck // identifiers stand in their place
	for _, one := range found {
		names[one.ID] = one.Name
	}
	return names
}

func donorName(id string, names map[string]string) string {
	if name := names[id]; name != "" {
		return name
	}
	return id
}

// entryPath is the path of an entry's page: '#' begins the fragment of an address.
func entryPath(id string) string { return entriesPath + "/" + strings.ReplaceAll(id, "#", "/") }

// entryID is the identifier of the entry in the path.
func (d desk) entryID() string {
	return d.Values["day"] + "#" + d.Values["batch"] + "#" + d.Values["place"]
}

// entryView is what the page of an entry shows.
type entryView struct {
	ID       string
	Event    []page.Fact
	Postings []line
	Proof    []page.Fact
	Import   string // identifier of the import that it comes from
	Reverses string // path of the entry that it takes back
	TakenBy  string // path of the entry that takes it back
	TakeBack string // path of the form that takes it back; "" where who asks can't
}

// entry shows an entry with its proof.
func (d desk) entry() (*page.Answer, error) {
	e, err := d.FundEntry(d.ctx, d.entryID())
	if err != nil {
		return nil, err
	}
	event := trust.EventOf(e.Entry, d.currency().Code)
	view := entryView{ID: e.ID, Event: d.eventFacts(event, d.donorNames(event.Donor)), Proof: d.proof(e.Entry), Import: e.Source.Import}
	for _, p := range e.Postings {
		debit, credit := d.units(p.Minor), ""
		if p.Minor < 0 {
			debit, credit = "", d.units(-p.Minor)
		}
		view.Postings = append(view.Postings, line{Name: d.account(p.Account), Amounts: []string{debit, credit}})
	}
	if e.Reverses != "" {
		view.Reverses = entryPath(e.Reverses)
	}
	switch {
	case e.TakenBackBy != "":
		view.TakenBy = entryPath(e.TakenBackBy)
	case e.Reverses == "" && d.may(access.FundReverse, access.Object{}):
		view.TakeBack = entryPath(e.ID) + "/reversal"
	}
	f := d.framed(entryTitle, d.aboveFund(), d.aboveEntries())
	f.Name = d.named(entryName, upper(event.Kind.Label().In(d.Lang)), d.units(signed(e.Entry, event)))
	return d.Written(d.ctx, entryPage(f, view))
}

// proof says where an entry comes from, and what links it to the books.
func (d desk) proof(e ledger.Entry) []page.Fact {
	facts := []page.Fact{{Name: d.in(identifierWord), Value: e.ID}, {Name: d.in(enteredWord), Value: e.At}}
	if e.Source.Import != "" {
		facts = append(facts,
			page.Fact{Name: d.in(importWord), Value: e.Source.Import}, page.Fact{Name: d.in(sheetWord), Value: e.Source.Sheet},
			page.Fact{Name: d.in(cellWord), Value: e.Source.Cell}, page.Fact{Name: d.in(cellValueWord), Value: e.Source.Value},
			page.Fact{Name: d.in(fileWord), Value: e.Source.File})
	} else {
		facts = append(facts, page.Fact{Name: d.in(requestWord), Value: e.Source.Request})
	}
	_, batch, _ := strings.Cut(e.ID, "#")
	batch, _, _ = strings.Cut(batch, "#")
	return append(facts,
		page.Fact{Name: d.in(byWord), Value: d.person(e.Source.Person)}, page.Fact{Name: d.in(batchWord), Value: batch},
		page.Fact{Name: d.in(reasonLabel), Value: e.Reason})
}

// person is who did something: oneself, an address for who may know it, or else that it was somebody else.
func (d desk) person(id string) string {
	switch {
	case id == "":
		return ""
	case id == d.who.Person:
		return d.in(yourself)
	case !d.may(access.PeopleRead, access.Object{Person: id}):
		return d.in(somebodyElse)
	}
	known, err := d.Person(d.ctx, id)
	if err != nil || known.Email == "" {
		return d.in(somebodyElse)
	}
	return known.Email
}

// eventFacts say what happened.
func (d desk) eventFacts(e trust.Event, names map[string]string) []page.Fact {
	facts := []page.Fact{
		{Name: d.in(kindWord), Value: upper(e.Kind.Label().In(d.Lang))}, {Name: d.in(amountLabel), Value: e.Amount.Format(d.Lang)},
		{Name: d.in(dateLabel), Value: e.Date.Text().In(d.Lang)}, {Name: d.in(valueDateLabel), Value: e.ValueDate.Text().In(d.Lang)},
	}
	if o := e.Original; o != nil {
		facts = append(facts, page.Fact{Name: d.in(paidWord), Value: o.Amount.Format(d.Lang)}, page.Fact{Name: d.in(rateLabel), Value: d.rate(*o)})
	}
	if e.Donor != "" {
		facts = append(facts, page.Fact{Name: d.in(donorLabel), Value: donorName(e.Donor, names)})
	}
	for _, one := range []struct {
		name  locale.Text
		value string
	}{
		{agreementLabel, e.Agreement}, {instalmentLabel, e.Instalment}, {earmarkLabel, d.activity(e.Earmark)},
		{activityLabel, d.activity(e.Activity)}, {clusterLabel, d.clusterName(e.Cluster)}, {lineLabel, d.budgetLine(e.Line)},
		{categoryLabel, d.category(e.Category)}, {payeeLabel, e.Payee}, {beneficiariesLabel, d.beneficiaries(e.Beneficiary)},
	} {
		facts = append(facts, page.Fact{Name: d.in(one.name), Value: one.value})
	}
	return facts
}

// rate is a rate as it was stated, with its day and source.
func (d desk) rate(o ledger.Original) string {
	decimal, divides := o.Rate.Stated()
	text := rateTimes
	if divides {
		text = rateDivides
	}
	return d.named(text, locale.FormatDecimal(d.Lang, decimal), o.RateDate.Text().In(d.Lang), d.source(o.RateSource))
}

func (d desk) source(source string) string { return giving.SourceText(source).In(d.Lang) }

func (d desk) clusterName(id string) string {
	if known, ok := d.Programme.Cluster(id); ok {
		return known.Label.In(d.Lang)
	}
	return id
}

func (d desk) budgetLine(code string) string {
	if known, ok := d.Programme.BudgetLine(code); ok {
		return known.Number + " " + known.Activity.In(d.Lang)
	}
	return code
}

func (d desk) category(id string) string {
	if known, ok := d.Programme.ExpenseCategory(id); ok {
		return known.Label.In(d.Lang)
	}
	return id
}

// beneficiaries are countries by their names, and cities by their identifiers.
func (d desk) beneficiaries(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		if names[i] = id; giving.BeneficiaryCountry(id) == id {
			names[i] = d.country(id)
		}
	}
	return locale.List(d.Lang, names)
}
