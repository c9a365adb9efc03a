package fund

import (
	"errors"

	"github.com/a-h/templ"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// reversal is the form that takes an entry back.
func (d desk) reversal() (*page.Answer, error) {
	if err := d.denied(access.FundReverse, access.Object{}); err != nil {
		return nil, err
	}
	view, err := d.reversing()
	if err != nil {
		return nil, err
	}
	return d.Written(d.ctx, reversalPage(view, nil))
}

// reversingView is what the form that takes an entry back shows.
type reversingView struct {
	page.Frame
	Event  []page.Fact
	Path   string
	Two    bool   // it takes two persons
	Says   string // what will happen
	Fields []page.Input
}

func (d desk) reversing() (reversingView, error) {
	e, err := d.FundEntry(d.ctx, d.entryID())
	if err != nil {
		return reversingView{}, err
	}
	event := trust.EventOf(e.Entry, d.currency().Code)
	view := reversingView{
		Frame: d.framed(reversalTitle, d.aboveFund(), d.aboveEntries(), page.Step{Path: entryPath(e.ID), Name: e.ID}),
		Event: d.eventFacts(event, d.donorNames(event.Donor)), Path: entryPath(e.ID) + "/reversal", Two: event.Kind.TakingBackNeedsSecond(),
	}
	says := reversesAlone
	if view.Two {
		says = reversesByTwo
	}
	view.Says = d.named(says, event.Amount.Format(d.Lang))
	day := d.Form.Get("date")
	if d.Form == nil {
		day = civil.Of(d.Now, d.Programme.LatestCall().Location()).String()
	}
	view.Fields = []page.Input{
		{Name: "date", Value: day, Label: dateLabel, Hint: reversalDateHint, Type: "date", Required: true},
		{Name: "reason", Value: d.Form.Get("reason"), Label: reasonLabel, Hint: reversalReasonHint, Lines: 3, Required: true},
	}
	return view, nil
}

// reverse takes an entry back, or proposes to where that takes two persons.
func (d desk) reverse() (*page.Answer, error) {
	view, err := d.reversing()
	if denied := d.denied(access.FundReverse, access.Object{}); denied != nil || err != nil {
		return nil, errors.Join(denied, err)
	}
	form := d.sent()
	on := form.day("date", dateLabel)
	if form.wrong() == nil {
		var to string
		if to, err = d.takenBack(view.Two, on); err == nil {
			return d.On(to, doneReversal[view.Two]), nil
		}
	} else {
		err = form.wrong()
	}
	return d.Again(d.ctx, err, func(refused page.Refused) templ.Component { return reversalPage(view, refused) })
}

// takenBack gives the path of what came of taking back the path's entry.
func (d desk) takenBack(byTwo bool, on civil.Date) (string, error) {
	reason := d.Form.Get("reason")
	if byTwo {
		p, err := d.ProposeReversal(d.ctx, d.Request(), registry.Reversal{Entry: d.entryID(), On: on}, reason)
		return proposalPath(p.ID), err
	}
	e, err := d.ReverseEntry(d.ctx, d.Request(), d.entryID(), on, reason)
	return entryPath(e.ID), err
}
