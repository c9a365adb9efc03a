package digest

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/statement"
	"github.com/learning-cities/guildhall/shared/summary"
)

// donorPath is the page of a donor. The identifier of a member city has a further "#", which stands there as a hyphen.
func donorPath(id string) string {
	kind, which, _ := strings.Cut(id, "#")
	return "donors/" + url.PathEscape(kind) + "/" + url.PathEscape(strings.Replace(which, "#", "-", 1))
}

// donorStatement tells a donor what became of its money in a year of its agreement (R-FUN-3): the figures of its statement as it stood,
// final or provisional. Of a donor that was unheard of at the moment it says just that.
func donorStatement(ctx context.Context, from records.Reader, d *draft) error {
	donor, period, zone := d.Subject.Donor, d.stated(d.Period), d.Programme.LatestCall().Location()
	d.report.Path = donorPath(donor)
	finals, err := registry.StatementsOf(ctx, from, registry.StatementOf{Donor: donor, From: period.From, To: period.To})
	if err != nil {
		return err
	}
	in, err := readStatements(ctx, from, d)
	if err != nil {
		return err
	}
	all, err := statement.Compute(in, period, donor)
	if err != nil {
		return err
	}
	stated, err := donors.Standing(all, donor, finals, zone)
	var unheard *problem.Problem
	switch {
	case errors.As(err, &unheard) && unheard.Code == "REF_NOT_FOUND":
		d.report.Title = say(statementTitle, "donor", donor, "period", periodText(d.Period))
		d.report.Lead = say(statementUnheard, "day", civil.Of(d.at, zone))
		return nil
	case err != nil:
		return err
	}
	b := donorReport{d, stated}
	d.report.Title = say(statementTitle, "donor", d.donorName(stated.Donor, donor), "period", periodText(d.Period))
	d.report.Lead = b.lead()
	d.report.Figures, d.report.Lists, d.report.Files = b.figures(), b.lists(), b.files()
	return nil
}

// donorReport puts a donor's report together.
type donorReport struct {
	*draft
	of *statement.Statement
}

func (b donorReport) amount(minor int64) money.Amount {
	return money.Amount{Minor: minor, Currency: b.of.Currency.Code}
}

func (b donorReport) money(minor int64) summary.Value { return summary.Money(b.amount(minor)) }

func (b donorReport) lead() locale.Text {
	of := b.of.Figures
	state := provisionalLead
	if b.of.Status == statement.Final {
		state = finalLead
	}
	return say(statementLead, "from", b.Period.From, "to", b.Period.To, "received", b.money(of.Of(statement.Received).Period),
		"spent", b.money(-of.Of(statement.Spent).Period), "held", b.money(of.Of(statement.Closing).Period), "state", state)
}

// figures are the statement's lines with their signs, so that they add up, what the donor's money paid for, and how far the agreement is kept.
func (b donorReport) figures() []summary.Figure {
	status := b.of.Status.Text()
	if b.of.Status == statement.Final {
		status = say(finalVersion, "status", status, "version", b.of.Version)
	}
	figures := []summary.Figure{{Key: "status", Label: statusWord, Value: summary.Value{Text: status}}}
	for _, line := range statement.Lines {
		columns := b.of.Figures.Of(line)
		if line == statement.Adjusted && columns.IsZero() { // which is rare and needs explaining
			continue
		}
		figures = append(figures, summary.Figure{
			Key: string(line), Group: heading(b.Period), Label: line.Text(), Value: b.money(columns.Period),
		})
	}
	for _, row := range b.of.Spending {
		if row.Donor.Period != 0 {
			figures = append(figures, summary.Figure{
				Key: "activity." + row.Activity.Code + ".spent", Group: paidForWord, Label: b.activityName(row.Activity.Code),
				Value: b.money(row.Donor.Period),
			})
		}
	}
	figures = append(figures, focusFigures(focusOfDonor, b.of.Focus, func(f statement.Focus) (part, whole int64) {
		return f.Donor.Period, f.DonorBase.Period
	})...)
	for _, a := range b.of.Agreements {
		group := say(agreementName, "agreement", a.Number)
		figures = append(figures,
			summary.Figure{Key: "agreement." + a.Key + ".pledged", Group: group, Label: pledgedWord, Value: summary.Money(a.Pledged)},
			summary.Figure{Key: "agreement." + a.Key + ".received", Group: group, Label: coveredWord, Value: summary.Money(a.Covered)},
			summary.Figure{Key: "agreement." + a.Key + ".open", Group: group, Label: openWord, Value: summary.Money(a.Open)},
		)
	}
	return figures
}

// lists are the contributions of the period, the instalments that are open, and what the activities reached that the donor's money paid for.
func (b donorReport) lists() []summary.List {
	received := summary.List{Key: "received", Title: receivedTitle, Empty: nothingReceived, Fresh: true}
	for _, c := range b.of.Contributions {
		if c.Column != statement.InPeriod {
			continue
		}
		note := each(c.Paid.Format)
		if c.Paid.Currency != b.of.Currency.Code {
			note = say(convertedTo, "paid", note, "worth", b.money(c.Amount))
		}
		if c.Entry.Reverses != "" {
			note = joined(note, takenBackWord)
		}
		name := contributionWord
		if c.Earmark != "" {
			name = joined(name, b.activityName(c.Earmark))
		}
		received.Entries = append(received.Entries, summary.Entry{Key: c.Entry.ID, Name: name, Note: note, On: c.Entry.Date})
	}
	open := summary.List{Key: "instalments", Title: openInstalments, Empty: nothingOpen}
	for _, i := range b.of.Instalments {
		if i.Open.Minor > 0 {
			open.Entries = append(open.Entries, instalmentEntry(i))
		}
	}
	results := summary.List{Key: "results", Title: resultsTitle}
	for _, r := range b.of.Results {
		if b.paidFor(r.Activity) && !r.Narrative.IsZero() {
			results.Entries = append(results.Entries, summary.Entry{
				Key: r.Activity + "#" + r.Term, Name: b.activityName(r.Activity), Note: inAll(r.Narrative),
			})
		}
	}
	return []summary.List{short(received), short(open), short(results)}
}

// paidFor reports whether the donor's money paid for an activity up to the period's end.
func (b donorReport) paidFor(activity string) bool {
	return b.of.Figures.SpentOn(activity).Cumulative != 0
}

func (b donorReport) files() (files []summary.File) {
	for _, one := range []struct {
		format request.Format
		label  locale.Text
	}{{request.XLSX, statementWorkbook}, {request.PDF, statementPaper}, {request.CSV, statementData}} {
		files = append(files, summary.File{
			Label: one.label, Kind: string(request.Donor), Format: string(one.format), Donor: b.Subject.Donor, From: b.Period.From, To: b.Period.To,
		})
	}
	return files
}
