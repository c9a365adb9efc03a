package fund

import (
	"strings"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// closingForm is what the form that proposes a closing shows.
type closingForm struct {
	page.Frame
	Now    string // up to which day the books are closed
	Fields []page.Input
}

// closing is the form that proposes to close the books up to a day.
func (d desk) closing() (*page.Answer, error) {
	form, err := d.closingForm()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, closingPage(form, nil))
}

func (d desk) closingForm() (closingForm, error) {
	if err := d.denied(access.FundPropose, access.Object{}); err != nil {
		return closingForm{}, err
	}
	totals, err := d.FundTotals(d.ctx)
	return closingForm{Frame: d.framed(closingTitle, d.aboveFund()), Now: d.closedTo(totals.ClosedTo), Fields: []page.Input{
		{Name: "date", Value: d.Form.Get("date"), Label: closeToLabel, Hint: closeToHint, Type: "date", Required: true},
		{Name: "reason", Value: d.Form.Get("reason"), Label: reasonLabel, Hint: optional, Lines: 2},
	}}, err
}

// proposeClosing proposes it.
func (d desk) proposeClosing() (*page.Answer, error) {
	shown, err := d.closingForm()
	if err != nil {
		return nil, err
	}
	form := d.sent()
	to := form.day("date", closeToLabel)
	if err = form.wrong(); err == nil {
		p, refused := d.ProposeClosing(d.ctx, d.Request(), to, strings.TrimSpace(d.Form.Get("reason")))
		if err = refused; err == nil {
			return d.On(proposalPath(p.ID), doneProposed), nil
		}
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return closingPage(shown, refused) })
}
