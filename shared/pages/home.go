package pages

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// card is a part of home: things of one kind that wait, or why there are none, and what can be done then.
type card struct {
	Title locale.Text
	Items []item
	Empty locale.Text
	Acts  []act
}

// item is one thing that waits.
type item struct {
	Name, Note string
	Path       string // where it is done; "" where nothing can be
	Urgent     bool   // it is late, or soon will be
}

// act is a page on which something is begun.
type act struct {
	Path string
	Name locale.Text
}

// desk is what home is put together with.
type desk struct {
	page.Visit
	*office.Office
	ctx context.Context
	who access.Actor
}

// homes are the cards of each role, in their order.
var homes = map[access.Role][]func(desk) (card, error){
	access.Secretariat: {desk.imports, desk.toDecide, desk.proposals, desk.deadlines},
	access.Treasurer:   {desk.proposals, desk.imports},
	access.Commission:  {desk.quota, desk.deadlines},
	access.City:        {desk.application, desk.duties, desk.deadlines},
	access.Donor:       {desk.giving, desk.statements},
	access.Auditor:     {desk.proposals, desk.deadlines},
}

// home shows what waits for who asks.
func home(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	d := desk{Visit: v, Office: o, ctx: ctx, who: access.ActorOf(ctx)}
	var cards []card
	for _, part := range homes[d.who.Role] {
		one, err := part(d)
		if err != nil {
			return nil, err
		}
		cards = append(cards, one)
	}
	first, err := d.firstSteps()
	if err != nil {
		return nil, err
	}
	f := page.Framed(ctx, v, homeTitle, nil)
	f.Generous = d.who.Role == access.Donor
	return v.Written(ctx, homeView(f, first, cards))
}

// count is a number with the word that goes with it.
func (d desk) count(n int, one, more locale.Text) string {
	return locale.FormatInt(d.Lang, int64(n)) + " " + locale.Plural(d.Lang, int64(n), one, more)
}

// pair is what something is called, and what it is.
func (d desk) pair(name, what string) string { return name + colon.In(d.Lang) + what }

// tally is a number under a name.
func (d desk) tally(name locale.Text, n int) string {
	return d.pair(name.In(d.Lang), locale.FormatInt(d.Lang, int64(n)))
}
