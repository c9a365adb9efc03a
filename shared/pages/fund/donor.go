package fund

import (
	"cmp"
	"slices"

	"github.com/learning-cities/guildhall/shared/exports/request"
	giving "github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/statement"
)

// donorView is what a donor's page shows.
type donorView struct {
	Path        string // of the page
	Status      string
	Tone        page.Tone
	Lead        string
	Figures     []page.Figure
	Term        page.Input
	Spent       page.Bars
	Results     []resultView
	Focus       page.Bars
	Countries   []line
	Columns     []string
	Lines       []line
	Pledges     []pledgeRow
	Gifts       []giftRow
	Download    []page.Option // the formats in which the statement is fetched
	Hidden      []page.Fact   // of the period that is shown
	Proof       []page.Fact
	Definitions []page.Fact
}

// resultView is what an activity achieved.
type resultView struct {
	Name, Text string
	Lang       locale.Lang // of Text
	Figures    []page.Fact
}

// pledgeRow is an instalment of a pledge.
type pledgeRow struct {
	Agreement, Number, Amount, Due, Covered, Open string
	State                                         string
	Tone                                          page.Tone
}

// giftRow is a contribution.
type giftRow struct{ Day, Paid, Worth, Rate, Earmark, Reference string }

func (d desk) donorID() string { return page.DonorAt(d.Values["donorKind"], d.Values["donor"]) }

// donor shows a donor what it is told: its balance, what its money did, and its statement to fetch.
func (d desk) donor() (*page.Answer, error) {
	id := d.donorID()
	known, err := d.Donor(d.ctx, id)
	if isCode(err, "DONOR_UNKNOWN") && d.who.Own().Donor == id { // nothing was entered yet
		return d.Written(d.ctx, noDonorPage(d.framed(ownTitle)))
	}
	if err != nil {
		return nil, err
	}
	s, err := d.Statement(d.ctx, id, d.span())
	if isCode(err, "DONOR_UNKNOWN") { // all that is on record of it came after the term
		return d.Written(d.ctx, beforePage(d.donorFrame(known), page.DonorPath(id), d.terms(d.Query.Get("term"))))
	}
	if err != nil {
		return nil, err
	}
	view := d.donorView(s)
	view.Figures = append(view.Figures, page.Figure{Name: d.in(pledgedWord), Value: d.sums(known.Pledged), Note: d.in(sinceStart)})
	if err := d.given(&view, id); err != nil {
		return nil, err
	}
	return d.Written(d.ctx, donorPage(d.donorFrame(known), view))
}

// span is the term that is asked for.
func (d desk) span() office.Span { return office.Span{Term: d.Query.Get("term")} }

func (d desk) donorFrame(known office.Donor) page.Frame {
	f := d.framed(ownTitle)
	f.Name, f.Generous = cmp.Or(known.Name, known.ID), true
	if seesAllDonors(d.who) {
		f.Within = []page.Step{{Path: donorsPath, Name: d.in(donorsTitle)}}
	}
	return f
}

// donorView is the page as far as the statement says it.
func (d desk) donorView(s *statement.Statement) donorView {
	of := s.Figures
	view := donorView{
		Path: page.DonorPath(s.Donor.ID), Status: s.Status.Text().In(d.Lang), Tone: page.Watch, Lead: statement.MethodText.In(d.Lang),
		Term: d.terms(s.Period.Term), Columns: d.columnNames(s.Period, s.Prior), Hidden: hiddenPeriod(s.Period),
		Figures: []page.Figure{
			{Name: d.in(heldForWord), Value: d.units(of.Of(statement.Closing).Period), Note: d.named(asOf, s.AsOf.Text().In(d.Lang))},
			{Name: d.in(receivedWord), Value: d.units(of.Of(statement.Received).Cumulative), Note: d.in(sinceStart)},
			{Name: d.in(spentOfIt), Value: d.units(-of.Of(statement.Spent).Cumulative), Note: d.in(sinceStart)},
		},
	}
	if s.Status == statement.Final {
		view.Tone = page.Good
	}
	for _, one := range statement.Lines {
		amounts := of.Of(one)
		if one == statement.Adjusted && amounts.IsZero() {
			continue
		}
		view.Lines = append(view.Lines, line{
			Name: one.Text().In(d.Lang), Amounts: d.columns(amounts), Sum: one == statement.Opening || one == statement.Closing,
		})
	}
	d.did(&view, s)
	view.Proof = d.statementProof(s)
	for _, one := range s.Definitions {
		view.Definitions = append(view.Definitions, page.Fact{Name: one.Term.In(d.Lang), Value: one.Text.In(d.Lang)})
	}
	for _, format := range request.Donor.Formats() {
		view.Download = append(view.Download, page.Option{Value: string(format), Name: d.in(formatNames[format])})
	}
	return view
}

// hiddenPeriod are the fields by which a form means the period that is shown.
func hiddenPeriod(p statement.Period) []page.Fact {
	if p.Term != "" {
		return []page.Fact{{Name: "term", Value: p.Term}}
	}
	return []page.Fact{{Name: "from", Value: p.From.String()}, {Name: "to", Value: p.To.String()}}
}

// did says what the donor's money did: for which activities, what came of them, and where.
func (d desk) did(view *donorView, s *statement.Statement) {
	view.Spent = page.Bars{Title: d.in(spentTitle), Name: d.in(activityLabel), Value: statement.CumulativeText.In(d.Lang), Part: d.period(s.Period)}
	for _, row := range s.Spending {
		if row.Donor.IsZero() {
			continue
		}
		view.Spent.Bars = append(view.Spent.Bars, page.Bar{
			Name: d.activity(row.Activity.Code), Value: max(row.Donor.Cumulative, 0), Text: d.units(row.Donor.Cumulative),
			Part: max(row.Donor.Period, 0), Note: d.units(row.Donor.Period),
		})
	}
	for _, r := range s.Results {
		if !slices.ContainsFunc(s.Spending, func(row statement.Spending) bool { return row.Activity.Code == r.Activity && !row.Donor.IsZero() }) {
			continue
		}
		one := resultView{Name: d.activity(r.Activity)}
		one.Text, one.Lang = written(r.Narrative, d.Lang)
		for _, figure := range r.Figures {
			one.Figures = append(one.Figures, page.Fact{Name: figure.Label.In(d.Lang), Value: locale.FormatDecimal(d.Lang, figure.Value)})
		}
		view.Results = append(view.Results, one)
	}
	for _, b := range s.Beneficiaries {
		if !b.Donor.IsZero() {
			view.Countries = append(view.Countries, line{Name: b.Name.In(d.Lang), Amounts: d.columns(b.Donor), Marks: d.marks(b)})
		}
	}
	if !slices.ContainsFunc(s.Focus, func(f statement.Focus) bool { return f.DonorBase.Cumulative > 0 }) {
		return // nothing of it names a country
	}
	view.Focus = d.focusBars(focusTitle, s.Focus, func(f statement.Focus) (part, base int64) { return f.Donor.Cumulative, f.DonorBase.Cumulative })
}

// written is a text in a language, or in the first in which it was written.
func written(text locale.Text, lang locale.Lang) (string, locale.Lang) {
	for _, one := range append([]locale.Lang{lang}, locale.Langs[:]...) {
		if !slices.Contains(text.Missing(), one) {
			return text.In(one), one
		}
	}
	return "", lang
}

// statementProof says what the figures rest on.
func (d desk) statementProof(s *statement.Statement) []page.Fact {
	f := page.Frame{Visit: d.Visit}
	books := d.in(booksOpen)
	if s.Closed {
		books = d.in(booksClosed)
	}
	facts := []page.Fact{
		{Name: d.in(versionWord), Value: f.Number(s.Version)}, {Name: d.in(issuedWord), Value: f.Day(s.IssuedOn)}, {Name: d.in(booksWord), Value: books},
		{Name: d.in(entriesWord), Value: locale.FormatInt(d.Lang, s.Head.Entries)}, {Name: d.in(hashWord), Value: string(s.Head.Hash)},
		{Name: d.in(digestWord), Value: s.Digest},
	}
	for _, r := range s.Reconciled {
		if r.Line == statement.Closing {
			facts = append(facts, page.Fact{
				Name:  d.in(reconciledWord),
				Value: d.named(reconciledText, d.units(r.Donor.Period), d.units(r.Others.Period), d.units(r.Fund.Period)),
			})
		}
	}
	return facts
}

// given fills in what the donor pledged and paid.
func (d desk) given(view *donorView, id string) error {
	pledges, err := d.Pledges(d.ctx, id)
	if err != nil {
		return err
	}
	for _, p := range pledges {
		row := pledgeRow{
			Agreement: p.Instalment.Agreement, Number: locale.FormatInt(d.Lang, int64(p.Instalment.Number)), Amount: p.Instalment.Amount.Format(d.Lang),
			Due: cmp.Or(p.Instalment.DueOn.Text().In(d.Lang), d.in(noDay)), Covered: p.Covered.Format(d.Lang), Open: p.Open().Format(d.Lang),
			State: d.in(dueLater), Tone: page.Calm,
		}
		switch {
		case p.Open().IsZero():
			row.State, row.Tone = d.in(coveredState), page.Good
		case p.Overdue:
			row.State, row.Tone = d.in(overdueState), page.Urgent
		}
		view.Pledges = append(view.Pledges, row)
	}
	gifts, err := d.Contributions(d.ctx, id)
	if err != nil {
		return err
	}
	for _, c := range slices.Backward(gifts) {
		view.Gifts = append(view.Gifts, d.gift(c))
	}
	return nil
}

func (d desk) gift(c giving.Contribution) giftRow {
	row := giftRow{
		Day: c.ReceivedOn.Text().In(d.Lang), Paid: c.Amount.Format(d.Lang), Earmark: cmp.Or(d.activity(c.Earmark), d.in(notEarmarked)),
		Reference: c.Reference,
	}
	if worth, err := c.Worth(d.currency()); err == nil {
		row.Worth = worth.Format(d.Lang)
	}
	if !c.Rate.IsZero() {
		decimal, _ := c.Rate.Stated()
		row.Rate = locale.FormatDecimal(d.Lang, decimal)
	}
	return row
}
