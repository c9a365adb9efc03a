package pages

import (
	"context"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// card is a part of home: things of one kind that wait, or why there are none.
type card struct {
	Title locale.Text
	Items []item
	Empty locale.Text
}

// item is one thing that waits.
type item struct {
	Name, Note string
	Path       string // where it is done; "" where nothing can be
	Urgent     bool   // it is late, or soon will be
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
	access.Secretariat: {desk.deadlines, desk.imports, desk.proposals},
	access.Treasurer:   {desk.proposals, desk.imports},
	access.Commission:  {desk.deadlines, desk.quota},
	access.City:        {desk.deadlines},
	access.Donor:       {desk.giving},
	access.Auditor:     {desk.deadlines, desk.proposals},
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
	return v.Written(ctx, homeView(page.Framed(ctx, v, homeTitle, nil), cards))
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
