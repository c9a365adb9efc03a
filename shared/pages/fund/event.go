package fund

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// kindRow is a kind of event that can be entered.
type kindRow struct {
	Path, Name, About string
	Two               bool // it takes two persons
}

// kinds lists what can be entered in the books.
func (d desk) kinds() (*page.Answer, error) {
	if err := d.denied(access.FundPost, access.Object{}); err != nil {
		return nil, err
	}
	var rows []kindRow
	for _, kind := range trust.Kinds() {
		rows = append(rows, kindRow{newPath + "/" + string(kind), upper(kind.Label().In(d.Lang)), d.in(kindAbout[kind]), kind.NeedsSecond()})
	}
	return d.Written(d.ctx, kindsPage(d.framed(newTitle, d.aboveFund()), rows))
}

// eventForm is what the form of an event shows.
type eventForm struct {
	page.Frame
	Path   string
	Two    bool
	Says   string // what will happen
	Note   string // what there is to take from
	Fields []page.Input
}

// event is the form by which an event is entered, or proposed.
func (d desk) event() (*page.Answer, error) {
	form, err := d.eventForm()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, eventPage(form, nil))
}

// kind is the one in the path. ROUTE_UNKNOWN.
func (d desk) kind() (trust.Kind, error) {
	kind := trust.Kind(d.Values["kind"])
	if !slices.Contains(trust.Kinds(), kind) {
		return kind, problem.New("ROUTE_UNKNOWN").Valued("/" + d.Path)
	}
	return kind, nil
}

func (d desk) eventForm() (eventForm, error) {
	if err := d.denied(access.FundPost, access.Object{}); err != nil {
		return eventForm{}, err
	}
	kind, err := d.kind()
	if err != nil {
		return eventForm{}, err
	}
	totals, err := d.FundTotals(d.ctx)
	if err != nil {
		return eventForm{}, err
	}
	form := eventForm{
		Frame: d.framed(newTitle, d.aboveFund(), page.Step{Path: newPath, Name: d.in(newTitle)}), Path: newPath + "/" + string(kind),
		Two: kind.NeedsSecond(), Says: d.in(enteredAtOnce), Note: d.named(unallocatedNow, d.units(totals.Unallocated)), Fields: d.eventFields(kind),
	}
	if form.Two {
		form.Says = d.in(proposedFirst)
	}
	form.Name = upper(kind.Label().In(d.Lang))
	return form, nil
}

// eventFields are the fields that an event of a kind has, by the names that problems know them by.
func (d desk) eventFields(kind trust.Kind) []page.Input {
	own := d.currency().Code
	fields := []page.Input{
		{Name: "amount", Label: amountLabel, Hint: amountHint, Required: true},
		{Name: "date", Label: dateLabel, Hint: dateHint, Type: "date", Required: true},
		{Name: "valueDate", Label: valueDateLabel, Hint: optional, Type: "date"},
	}
	for _, one := range []struct {
		has    string
		fields []page.Input
	}{
		{"original", []page.Input{
			{Name: "currency", Value: own, Label: currencyLabel, Hint: currencyHint, Required: true},
			{Name: "rate", Label: rateLabel, Hint: rateHint},
			{Name: "rateDate", Label: rateDateLabel, Hint: optional, Type: "date"},
			{Name: "rateSource", Label: rateSourceLabel, Hint: optional},
		}},
		{"donor", []page.Input{{Name: "donor", Label: donorLabel, Hint: donorHint, Suggestions: d.donorSuggestions(), Required: kind != trust.SupportCost}}},
		{"agreement", []page.Input{{Name: "agreement", Label: agreementLabel, Hint: optional}}},
		{"instalment", []page.Input{{Name: "instalment", Label: instalmentLabel, Hint: optional}}},
		{"earmark", []page.Input{{Name: "earmark", Label: earmarkLabel, Options: d.earmarks()}}},
		{"activity", []page.Input{{Name: "activity", Label: activityLabel, Options: d.activities(), Required: true}}},
		{"cluster", []page.Input{{Name: "cluster", Label: clusterLabel, Options: d.clusters()}}},
		{"line", []page.Input{{Name: "line", Label: lineLabel, Options: d.budgetLines()}}},
		{"category", []page.Input{{Name: "category", Label: categoryLabel, Options: d.categories()}}},
		{"payee", []page.Input{
			{Name: "payee", Label: payeeLabel, Hint: payeeHint}, {Name: "contact", Label: contactLabel, Hint: optional},
		}},
		{"beneficiaries", []page.Input{{Name: "beneficiaries", Label: beneficiariesLabel, Hint: beneficiariesHint}}},
	} {
		if kind.Has(one.has) {
			fields = append(fields, one.fields...)
		}
	}
	fields = append(fields, page.Input{Name: "reason", Label: reasonLabel, Hint: reasonHint, Lines: 2})
	for i := range fields {
		if d.Form != nil {
			fields[i].Value = d.Form.Get(fields[i].Name)
		}
	}
	return fields
}

// donorSuggestions are the names of donors on record, of no more than a person would look through; others can be written all the same.
func (d desk) donorSuggestions() (names []string) {
	found, _, _ := d.DonorPage(d.ctx, office.DonorFilter{}, "", office.SuggestedDonors) //nolint:errcheck // the field does without
	for _, one := range found {
		names = append(names, one.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (d desk) noChoice() page.Option { return page.Option{Name: d.in(nothingChosen)} }

func (d desk) activities() []page.Option {
	options := []page.Option{d.noChoice()}
	for _, one := range d.Programme.Fund.Activities {
		options = append(options, page.Option{Value: one.Code, Name: d.activity(one.Code)})
	}
	return options
}

func (d desk) earmarks() []page.Option {
	options := []page.Option{{Name: d.in(notEarmarked)}}
	for _, one := range d.Programme.Fund.Areas {
		options = append(options, page.Option{Value: areaCode(one), Name: d.activity(areaCode(one))})
	}
	return append(options, d.activities()[1:]...)
}

func (d desk) clusters() []page.Option {
	options := []page.Option{d.noChoice()}
	for _, one := range d.Programme.Clusters {
		options = append(options, page.Option{Value: one.ID, Name: one.Label.In(d.Lang)})
	}
	return options
}

func (d desk) budgetLines() []page.Option {
	options := []page.Option{d.noChoice()}
	for _, one := range d.Programme.BudgetLines {
		options = append(options, page.Option{Value: one.Code, Name: d.budgetLine(one.Code)})
	}
	return options
}

func (d desk) categories() []page.Option {
	options := []page.Option{d.noChoice()}
	for _, one := range d.Programme.ExpenseCategories {
		options = append(options, page.Option{Value: one.ID, Name: one.Label.In(d.Lang)})
	}
	return options
}

// enter enters an event, or proposes it where it takes two persons.
func (d desk) enter() (*page.Answer, error) {
	shown, err := d.eventForm()
	if err != nil {
		return nil, err
	}
	form := d.sent()
	event := form.stated()
	if err = form.wrong(); err == nil {
		var to string
		if to, err = d.entered(event, shown.Two); err == nil {
			return d.On(to, doneEvent[shown.Two]), nil
		}
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return eventPage(shown, refused) })
}

// stated is the event as the form says it.
func (s *sent) stated() office.FundEvent {
	kind := trust.Kind(s.Values["kind"])
	currency := money.ISO(strings.ToUpper(cmp.Or(s.text("currency"), s.currency().Code)))
	return office.FundEvent{
		Kind: kind, Date: s.day("date", dateLabel), ValueDate: s.day("valueDate", valueDateLabel),
		Paid: registry.Payment{
			Amount: s.amount("amount", amountLabel, currency), Rate: s.rate("rate", rateLabel), RateDate: s.day("rateDate", rateDateLabel),
			RateSource: s.text("rateSource"),
		},
		Donor: s.text("donor"), Agreement: s.text("agreement"), Instalment: s.text("instalment"), Earmark: s.text("earmark"),
		Activity: s.text("activity"), Cluster: s.text("cluster"), Line: s.text("line"), Category: s.text("category"), Payee: s.text("payee"),
		Contact: s.text("contact"), Beneficiaries: s.list("beneficiaries"),
	}
}

// entered gives the path of what came of an event.
func (d desk) entered(event office.FundEvent, byTwo bool) (string, error) {
	reason := strings.TrimSpace(d.Form.Get("reason"))
	if byTwo {
		p, err := d.ProposeEvent(d.ctx, d.Request(), event, reason)
		return proposalPath(p.ID), err
	}
	e, err := d.PostEvent(d.ctx, d.Request(), event, reason)
	return entryPath(e.ID), err
}
