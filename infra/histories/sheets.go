package histories

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/records"
)

// The members whose records sheets and acts share, and the clusters that they join.
const sheetMembers = 3

var (
	listed  = []city.City{cityOf("Brest", "FR"), cityOf("Nanterre", "FR"), cityOf("Sarcelles", "FR")}
	joining = []string{"literacy", "health", "equity", "esd"}
	today   = civil.Date{Year: 2025, Month: 5, Day: 20}
)

// sheetState is what the members' records say: the population, which sheets tell of all at once, and the clusters, which acts change.
type sheetState struct {
	population int64
	clusters   [sheetMembers]uint8 // by the place among those that can be joined
	done       requests
}

// Sheets is the history of sheets that are committed beside acts on the same records: a sheet tells the population of all members, while
// cities join clusters. Readers see a sheet entire or not at all, and neither a sheet nor an act is written over.
func Sheets() Subject {
	s := Subject{
		Name: "imports", begin: beginSheets, draw: drawSheets, ask: askSheets, last: []Asked{{Act: "populations"}}, model: modelled(sheetState{population: 1}, sheetStep),
	}
	for who := range listed {
		s.last = append(s.last, Asked{Act: "clusters", Who: who})
	}
	return s
}

func sheetStep(now sheetState, asked Asked, answered Answered) (bool, sheetState) {
	if now.done.has(asked.Request) {
		return answered.done(), now
	}
	after := now
	bit, in := uint8(1)<<asked.Where, now.clusters[asked.Who]&(1<<asked.Where) != 0
	switch asked.Act {
	case "populations":
		return answered.Lost || answered.Seen == strings.TrimSpace(strings.Repeat(fmt.Sprint(now.population, " "), sheetMembers)), now
	case "clusters":
		return answered.Lost || answered.Seen == clusterNames(now.clusters[asked.Who]), now
	case "sheet":
		after.population = asked.Amount
		return answered.done(), after
	case "join":
		switch {
		case in:
			return refusedAs(answered, "CLUSTER_ALREADY_JOINED"), now
		case strings.Count(clusterNames(now.clusters[asked.Who]), " ") >= 2:
			return refusedAs(answered, "CLUSTER_LIMIT_EXCEEDED"), now // R-CLU-1
		}
		after.clusters[asked.Who] |= bit
	}
	after.done = now.done.with(asked.Request)
	return answered.done(), after
}

// clusterNames lists the clusters of a city, in the order of those that can be joined.
func clusterNames(in uint8) string {
	var names []string
	for n, name := range joining {
		if in&(1<<n) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

func drawSheets(r *rand.Rand) Asked {
	asked := Asked{Who: r.IntN(sheetMembers), Where: r.IntN(len(joining)), Request: 1}
	switch n := r.IntN(20); {
	case n < 6:
		asked = Asked{Act: "sheet", Amount: 2 + r.Int64N(900)}
	case n < 14:
		asked.Act = "join"
	case n < 18:
		asked.Act, asked.Request = "clusters", 0
	default:
		asked = Asked{Act: "populations"}
	}
	return asked
}

func memberSheet(population int64) string {
	text := "City;Country;Member since;Population\n"
	for _, c := range listed {
		text += fmt.Sprintf("%s;France;2016-01-01;%d\n", c.Name, population)
	}
	return text
}

func beginSheets(ctx context.Context, p *process) error {
	return p.stored(ctx, "members", memberSheet(1))
}

func askSheets(ctx context.Context, p *process, asked Asked) (seen string, err error) {
	switch asked.Act {
	case "sheet":
		err = p.send(ctx, "members", memberSheet(asked.Amount))
	case "join":
		e := network.Event{City: listed[asked.Who].ID, On: today, Kind: network.ClusterJoined, Cluster: joining[asked.Where]}
		_, err = p.registry.Enter(ctx, origin(asked), e)
	case "clusters":
		var m member.Member
		if m, err = p.member(ctx, p.records, asked.Who); err == nil {
			var in uint8
			for n, name := range joining {
				for _, cluster := range m.ClustersOn(today) {
					if cluster == name {
						in |= 1 << n
					}
				}
			}
			seen = clusterNames(in)
		}
	case "populations":
		err = p.records.Snapshot(ctx, []string{member.RecordType}, func(from records.Reader) error {
			var all []string
			for who := range listed {
				m, err := p.member(ctx, from, who)
				if err != nil {
					return err
				}
				all = append(all, fmt.Sprint(m.Population))
			}
			seen = strings.Join(all, " ")
			return nil
		})
	}
	return seen, err
}

func (p *process) member(ctx context.Context, from records.Reader, who int) (m member.Member, err error) {
	record, err := from.Get(ctx, records.Ref{Type: member.RecordType, ID: listed[who].ID})
	if err == nil {
		err = records.Decode(record.Body, &m)
	}
	return m, err
}
