package network

import (
	"context"
	"net/url"
	"slices"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
	"github.com/learning-cities/guildhall/shared/questionnaire"
)

// cityStory is a city with what is told of it to who reads.
type cityStory struct {
	office.Member
	Facts  []page.Fact
	Story  *history.Page // nil for who may not read it
	Offer  []page.Fact   // in the term of today, item by item
	Enters bool          // who reads may enter an event
}

// memberCity shows a city: what is on record of it, and its whole story where who reads may know it.
func memberCity(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	m, _, err := o.Member(ctx, cityAt(v))
	if err != nil {
		return nil, err
	}
	f := framed(ctx, o, v, membersTitle, map[string]locale.Text{"entered": eventEntered})
	f.Name, f.Within = m.City, []page.Step{{Path: "members", Name: f.In(membersTitle)}}
	told := cityStory{Member: m, Facts: f.factsOf(m), Enters: f.may(access.MemberEnter, access.Object{City: m.ID})}
	if f.may(access.HistoryRead, access.Object{City: m.ID}) {
		story, err := o.History(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		told.Story = &story
	}
	if told.Offer, err = f.offerOf(m.ID); err != nil {
		return nil, err
	}
	return v.Written(ctx, cityView(f, told))
}

func (f frame) factsOf(m office.Member) []page.Fact {
	facts := []page.Fact{
		{Name: f.In(countryWord), Value: f.country(m.Country)}, {Name: f.In(regionWord), Value: f.region(f.regionOf(m.Country))},
		{Name: f.In(sinceWord), Value: f.Day(m.JoinedOn)}, {Name: f.In(lastDayWord), Value: f.Day(m.LeftOn)},
	}
	for _, e := range m.Earlier {
		facts = append(facts, page.Fact{Name: f.In(earlierWord), Value: f.told(fromUntil, "{from}", f.Day(e.JoinedOn), "{until}", f.Day(e.LeftOn))})
	}
	if m.Population > 0 {
		facts = append(facts, page.Fact{Name: f.In(populationWord), Value: locale.FormatInt(f.Lang, m.Population)})
	}
	return append(facts,
		page.Fact{Name: f.In(websiteWord), Value: m.Website}, page.Fact{Name: f.In(otherNamesWord), Value: locale.List(f.Lang, m.OtherNames)})
}

// offerOf is what a city offers in today's term; none for who may not read it.
func (f frame) offerOf(city string) (items []page.Fact, err error) {
	if !f.may(access.OfferRead, access.Object{City: city}) {
		return nil, nil
	}
	offers, err := f.office.Offers(f.ctx, "")
	at := slices.IndexFunc(offers, func(o questionnaire.Offer) bool { return o.Member == city })
	if err != nil || at < 0 {
		return nil, err
	}
	for _, item := range f.office.Programme.Questionnaire.Items {
		if offers[at].Offers(item.Number) {
			items = append(items, page.Fact{Name: f.In(item.Short), Value: offers[at].Item(item.Number)})
		}
	}
	return items, nil
}

// importPath is the path of the import that something came from, for who may read it; "" for none.
func importPath(from history.Origin) string {
	if from.File == "" || from.Source == "" {
		return ""
	}
	return "imports/" + url.PathEscape(from.Source)
}

// came is where something came from, in words that people read: no identifiers.
func came(from history.Origin) history.Origin {
	from.Person, from.Source = "", ""
	return from
}

// lines are a story's lines from the latest on.
func (s cityStory) lines() []history.Line {
	lines := slices.Clone(s.Story.Lines)
	slices.Reverse(lines)
	return lines
}
