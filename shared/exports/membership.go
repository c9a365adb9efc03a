package exports

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/cluster"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// Membership writes the membership workbook: the members by region, country and cluster, the network's published sizes, the clusters'
// coordinators and candidates, offers and gaps, the calls with their extensions, the applications of one with the quota used, and the
// survey's result. Its sheet of members imports again as unchanged.
// TERM_UNKNOWN, CALL_UNKNOWN; a store that stays busy is a *records.BusyError.
func Membership(ctx context.Context, dst io.Writer, in Input) error {
	r, err := in.resolve()
	if err != nil {
		return err
	}
	found, err := r.readMembership(ctx)
	if err != nil {
		return err
	}
	b := newMemberBook(dst, r, found)
	defer b.Discard()
	if err := b.write(ctx); err != nil {
		return err
	}
	return b.Close()
}

// memberBook is the membership workbook with all that its sheets show. Places of sheets that others refer to are fixed beforehand.
type memberBook struct {
	book
	found      memberRecords
	schema     sheet.Schema
	places     memberPlaces
	countries  []countryCount
	rosters    []cluster.Roster
	tally      survey.Tally
	seated     []seated
	matches    []questionnaire.ClusterMatch
	unassigned []questionnaire.Offer // of cities in no cluster
	applied    []applied
	quotas     []countryQuota
}

// countryCount is how many members a country has on the workbook's day.
type countryCount struct {
	country reference.Country
	members int
}

func newMemberBook(dst io.Writer, r *request, found memberRecords) *memberBook {
	b := &memberBook{found: found}
	w := sheet.NewWriter(dst, r.workbook(r.in(membershipTitle)))
	b.book = book{Writer: w, look: newLook(w), r: r}
	slices.SortStableFunc(b.found.members, func(x, y storedMember) int {
		return cmp.Or(r.byName(x.body.Country, x.body.City, y.body.Country, y.body.City), cmp.Compare(x.id, y.id))
	})
	b.placeMembers()
	b.countries = b.countByCountry()
	b.rosters = cluster.Rosters(r.Programme, byID(found.members), r.term.Start, r.term.End)
	for _, roster := range b.rosters {
		slices.SortStableFunc(roster.Cities, func(x, y cluster.Participant) int { return r.byName(x.Country, x.City, y.Country, y.City) })
	}
	b.tally = survey.Count(r.Programme, r.poll, found.answers, r.region)
	b.seated = b.seats()
	b.matchOffers()
	b.applied = b.applications()
	b.quotas = b.countQuotas()
	return b
}

// byName compares two cities as people look them up: by country in the workbook's language, then by name.
func (r *request) byName(countryX, cityX, countryY, cityY string) int {
	return cmp.Or(
		cmp.Compare(locale.Fold(r.country(countryX)), locale.Fold(r.country(countryY))),
		cmp.Compare(locale.Fold(cityX), locale.Fold(cityY)),
	)
}

// countByCountry counts the members of each country that has had any, by region and name.
func (b *memberBook) countByCountry() []countryCount {
	at := map[string]int{}
	var counts []countryCount
	for _, m := range b.found.members {
		i, seen := at[m.body.Country]
		if !seen {
			country, ok := b.r.Reference.Country(m.body.Country)
			if !ok {
				country = reference.Country{ISO2: m.body.Country, Name: locale.Same(m.body.Country)}
			}
			i = len(counts)
			at[m.body.Country] = i
			counts = append(counts, countryCount{country: country})
		}
		if isMember(m.body, b.r) {
			counts[i].members++
		}
	}
	slices.SortStableFunc(counts, func(x, y countryCount) int { return cmp.Compare(x.country.Region, y.country.Region) })
	return counts
}

func (b *memberBook) write(ctx context.Context) error {
	for _, sheet := range []func() error{
		b.overview, func() error { return b.members(ctx) }, b.countrySheet, b.clusterSheet, b.participationSheet,
		b.coordinatorSheet, b.candidateSheet, b.gapSheet, b.offerSheet,
		b.callSheet, b.applicationSheet, b.quotaSheet, b.surveySheet, b.notes,
	} {
		if err := sheet(); err != nil {
			return err
		}
	}
	return b.Identify(&b.schema, b.r.Lang, nil)
}

// surveySheet is the result of the latest survey. The answers are in a workbook of their own, so no formula counts them here.
func (b *memberBook) surveySheet() error {
	return b.resultSheet(b.r.in(surveyTab), b.tally, func(string) string { return "" })
}

// notes ends the people's part of the workbook.
func (b *memberBook) notes() error {
	found := append(b.r.surveyDifferences(b.tally), b.unrecorded()...)
	services := make([]string, len(b.r.Programme.Services))
	for i, service := range b.r.Programme.Services {
		services[i] = b.r.in(service.Label)
	}
	rules := slices.Insert(slices.Clone(membershipRules), 1, ruleNote{"R-MEM-3", locale.Same(b.r.fill(servicesWords, strings.Join(services, ", ")))})
	return b.notesPage(rules, found, "R-MEM", "R-SUR", "R-TOP", "R-CLU", "R-APP")
}

// unrecorded names the members of the sources that are none by the records (R-MEM-2); a network without members lacks none.
func (b *memberBook) unrecorded() []difference {
	if len(b.found.members) == 0 {
		return nil
	}
	members := byID(b.found.members)
	var missing []difference
	isMember := func(id string, on civil.Date) bool {
		m, known := members[id]
		return known && m.On(on)
	}
	for _, known := range network.Unrecorded(b.r.Programme, isMember) {
		missing = append(missing, difference{"R-MEM-2", b.r.fill(notOnRecord, known.Name, b.r.country(known.Country), known.Source, b.r.in(known.Date.Text()))})
	}
	return missing
}

// surveyDifferences are the counted figures of a survey that are not the printed ones; before the first answer there are none.
func (r *request) surveyDifferences(t survey.Tally) []difference {
	if t.Answers == 0 {
		return nil
	}
	var found []difference
	for _, d := range t.Differences() {
		found = append(found, difference{"R-SUR-3", r.fill(surveyDiffers, r.in(d.What), d.Computed, d.Printed)})
	}
	return found
}
