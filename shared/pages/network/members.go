package network

import (
	"context"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// memberList is the list of members, as far as it is asked for.
type memberList struct {
	Filter []page.Input
	Count  int // of all parts
	Part   []office.Member
	Next   string
}

// members shows the cities on record that a filter chooses, by country and identifier: those that are members, unless another state is asked for.
func members(ctx context.Context, o *office.Office, v page.Visit) (*page.Answer, error) {
	f := framed(ctx, o, v, membersTitle, nil)
	all, _, err := o.Members(ctx, office.MemberFilter{})
	if err != nil {
		return nil, err
	}
	list := memberList{Filter: f.memberFilter(all)}
	chosen := f.chosenMembers(all)
	list.Count = len(chosen)
	list.Part, list.Next = page.Part(v, chosen, func(m office.Member) string { return m.ID })
	return v.Written(ctx, membersView(f, list))
}

// stateAsked is the state that members are to have, "" for any.
func (f frame) stateAsked() office.MemberState {
	if !f.Query.Has("state") {
		return office.MemberNow
	}
	return office.MemberState(f.Query.Get("state"))
}

// chosenMembers are those that the page is asked for, in the order in which people look for them.
func (f frame) chosenMembers(all []office.Member) (chosen []office.Member) {
	country, region, cluster, state := f.Query.Get("country"), f.Query.Get("region"), f.Query.Get("cluster"), f.stateAsked()
	words := strings.Fields(locale.Fold(f.Query.Get("q")))
	today := f.today()
	for _, m := range all {
		if (country == "" || m.Country == country) && (region == "" || f.regionOf(m.Country) == region) &&
			(state == "" || m.StateOn(today) == state) && (cluster == "" || slices.Contains(m.ClustersOn(today), cluster)) && f.named(m, words) {
			chosen = append(chosen, m)
		}
	}
	slices.SortStableFunc(chosen, func(a, b office.Member) int { return f.byCountry(a.Country, b.Country) })
	return chosen
}

// named tells whether all words are part of what a city is called, or its country.
func (f frame) named(m office.Member, words []string) bool {
	if len(words) == 0 {
		return true
	}
	names := locale.Fold(strings.Join(append(slices.Clone(m.OtherNames), m.City, f.country(m.Country)), " "))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(names, word) })
}

// memberFilter are the fields by which members are looked for. Countries are those that have any.
func (f frame) memberFilter(all []office.Member) []page.Input {
	country := page.Input{Name: "country", Label: countryWord, Value: f.Query.Get("country"), Options: []page.Option{{Name: f.In(anyCountry)}}}
	region := page.Input{Name: "region", Label: regionWord, Value: f.Query.Get("region"), Options: []page.Option{{Name: f.In(anyRegion)}}}
	cluster := page.Input{Name: "cluster", Label: clusterWord, Value: f.Query.Get("cluster"), Options: []page.Option{{Name: f.In(anyCluster)}}}
	state := page.Input{Name: "state", Label: stateWord, Value: string(f.stateAsked()), Options: []page.Option{{Name: f.In(anyState)}}}
	seen := map[string]bool{}
	for _, m := range all {
		if !seen[m.Country] {
			seen[m.Country] = true
			country.Options = append(country.Options, page.Option{Value: m.Country, Name: f.country(m.Country)})
		}
	}
	slices.SortFunc(country.Options[1:], func(a, b page.Option) int { return strings.Compare(locale.Fold(a.Name), locale.Fold(b.Name)) })
	for _, one := range f.office.Reference.Regions() {
		region.Options = append(region.Options, page.Option{Value: one.ID, Name: f.In(one.Name)})
	}
	for _, one := range f.office.Programme.Clusters {
		cluster.Options = append(cluster.Options, page.Option{Value: one.ID, Name: f.In(one.Label)})
	}
	for _, one := range office.MemberStates {
		state.Options = append(state.Options, page.Option{Value: string(one), Name: f.In(memberStates[one].word)})
	}
	return []page.Input{
		{Name: "q", Type: "search", Label: searchWord, Hint: searchHint, Value: f.Query.Get("q")}, country, region, cluster, state,
	}
}

// memberStates are the states in words.
var memberStates = map[office.MemberState]struct {
	word locale.Text
	tone page.Tone
}{
	office.MemberNow:    {memberNow, page.Good},
	office.MemberBefore: {memberBefore, page.Calm},
	office.MemberLater:  {memberLater, page.Watch},
}
