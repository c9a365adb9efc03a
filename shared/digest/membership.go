package digest

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/summary"
)

func membershipTypes() []string {
	return []string{member.RecordType, application.RecordType, application.EndorsementType, application.DecisionType}
}

// membershipSummary tells who belongs to the network on the period's last day, who joined and left in it, and how far applications had come
// (R-MEM-1).
func membershipSummary(ctx context.Context, from records.Reader, d *draft) error {
	all, err := d.readCities(ctx, from)
	if err != nil {
		return err
	}
	last := d.Period.To
	members := all.on(last)
	joined, left := d.moved(all)
	countries := members.countries()

	d.report.Title = say(membershipTitle, "period", periodText(d.Period))
	moved := movedNobody
	if len(joined)+len(left) > 0 {
		moved = say(movedSome, "joined", counted(len(joined), oneJoined, moreJoined), "left", counted(len(left), oneLeft, moreLeft))
	}
	d.report.Lead = say(membershipLead, "day", last, "members", counted(len(members), oneCity, moreCities),
		"countries", counted(len(countries), oneCountry, moreCountry), "moved", moved)
	d.report.Path = "members"

	d.figure("members", locale.Text{}, membersWord, summary.Number(len(members)))
	d.figure("countries", locale.Text{}, countriesWord, summary.Number(len(countries)))
	d.figure("regions", locale.Text{}, regionsWord, summary.Number(d.regions(members)))
	d.figure("joined", locale.Text{}, joinedWord, summary.Number(len(joined)))
	d.figure("left", locale.Text{}, leftWord, summary.Number(len(left)))
	d.byRegion(members)
	d.byCluster(members, last)
	d.list(summary.List{Key: "members_new", Title: membersNew, Empty: noMembersNew, Entries: joined, Fresh: true})
	d.list(summary.List{Key: "members_left", Title: membersGone, Entries: left, Fresh: true})
	d.countriesMoved(all)
	term, _ := d.Programme.TermAt(last)
	d.report.Files = append(d.report.Files, summary.File{Label: membershipFile, Kind: string(request.Membership), Term: term.ID})
	return d.calls(ctx, from)
}

// regions counts the regions that have a member.
func (d *draft) regions(members cities) int {
	seen := map[string]bool{}
	for _, c := range members {
		if region := d.country(c.Country).Region; region != "" {
			seen[region] = true
		}
	}
	return len(seen)
}

func (d *draft) byRegion(members cities) {
	count := map[string]int{}
	for _, c := range members {
		count[d.country(c.Country).Region]++
	}
	for _, region := range d.Reference.Regions() {
		d.figure("region."+region.ID, byRegionWord, region.Name, summary.Number(count[region.ID]))
	}
	if count[""] > 0 {
		d.figure("region.none", byRegionWord, noRegionWord, summary.Number(count[""]))
	}
}

func (d *draft) byCluster(members cities, day civil.Date) {
	for _, cluster := range d.Programme.Clusters {
		n := 0
		for _, c := range members {
			if slices.Contains(c.ClustersOn(day), cluster.ID) {
				n++
			}
		}
		d.figure("cluster."+cluster.ID, byClusterWord, cluster.Label, summary.Number(n))
	}
}

// countriesMoved lists the countries that have their first member city since the period, and those whose last one left in it: a city's last
// day still counts.
func (d *draft) countriesMoved(all cities) {
	since := func(now, before cities) (moved []summary.Entry) {
		had, has := before.countries(), now.countries()
		for _, iso2 := range slices.Sorted(maps.Keys(has)) {
			if had[iso2] == 0 {
				moved = append(moved, summary.Entry{Key: iso2, Name: d.country(iso2).Name})
			}
		}
		return moved
	}
	come := since(all.on(d.Period.To), all.on(d.Period.From.AddDays(-1)))
	gone := since(all.on(d.Period.From), all.on(d.Period.To.AddDays(1)))
	d.list(summary.List{Key: "countries_new", Title: countriesNew, Entries: come, Fresh: true})
	d.list(summary.List{Key: "countries_left", Title: countriesGone, Entries: gone, Fresh: true})
}

// calls counts, of each call with a deadline in the period or something done in it, the applications by their states at its end.
func (d *draft) calls(ctx context.Context, from records.Reader) error {
	for _, call := range d.Programme.Calls {
		round, err := registry.ReadRound(ctx, from, call)
		if err != nil {
			return err
		}
		first, end := d.Period.From.StartOf(call.Location()), d.Period.To.EndOf(call.Location())
		told := d.within(call.CityDeadline) || d.within(call.CommissionDeadline)
		states := map[application.State]int{}
		for _, c := range round.Cases() {
			states[stateAt(c, call, end)]++
			told = told || slices.ContainsFunc(c.History, func(e application.Event) bool { return !e.At.Before(first) && !e.At.After(end) })
		}
		if !told {
			continue
		}
		for _, state := range application.States {
			if state != application.None && states[state] > 0 {
				d.figure("call."+call.ID+"."+string(state), say(callGroup, "call", call.Title), state.Label(), summary.Number(states[state]))
			}
		}
	}
	return nil
}

// stateAt is the state of an application at a moment.
func stateAt(c application.Case, call programme.Call, at time.Time) application.State {
	round := application.NewRound(application.Terms{Call: call})
	for _, e := range c.History {
		if !e.At.After(at) {
			round.Recorded(e)
		}
	}
	return round.Case(c.City).State
}

var (
	membershipTitle = locale.Text{
		EN: "Membership of the network: {period}", FR: "Membres du réseau\u00a0: {period}", ES: "Miembros de la red: {period}",
	}
	membershipLead = locale.Text{
		EN: "On {day} the network had {members} in {countries}. {moved}",
		FR: "Au {day}, le réseau comptait {members} dans {countries}. {moved}",
		ES: "El {day} la red tenía {members} en {countries}. {moved}",
	}
	movedSome = locale.Text{
		EN: "In this period: {joined}, {left}.", FR: "Sur cette période\u00a0: {joined}, {left}.", ES: "En este periodo: {joined}, {left}.",
	}
	movedNobody = locale.Text{
		EN: "No city joined or left in this period.",
		FR: "Aucune ville n’a adhéré ni quitté le réseau sur cette période.",
		ES: "Ninguna ciudad se incorporó ni salió en este periodo.",
	}
	membershipFile = locale.Text{
		EN: "Workbook of the members", FR: "Classeur des membres", ES: "Libro de los miembros",
	}
	callGroup     = locale.Text{EN: "Applications: {call}", FR: "Candidatures\u00a0: {call}", ES: "Solicitudes: {call}"}
	countriesNew  = locale.Text{EN: "Countries with their first member city", FR: "Pays ayant une première ville membre", ES: "Países con su primera ciudad miembro"}
	countriesGone = locale.Text{EN: "Countries without a member city now", FR: "Pays n’ayant plus de ville membre", ES: "Países que ya no tienen ciudad miembro"}
)
