package histories

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

// The term whose seats are looked at, the cities that stand for both clusters, and the days on which somebody is appointed or lays down.
const (
	seatTerm     = "2023-2025"
	seatCities   = 4
	seatClusters = 2
	lastDay      = 99 // of the term, behind all others
)

var (
	standing   = []city.City{cityOf("Brest", "FR"), cityOf("Hamburg", "DE"), cityOf("Dakar", "SN"), cityOf("Osan", "KR")}
	inCountry  = []string{"France", "Germany", "Senegal", "Republic of Korea"}
	clusters   = []string{"literacy", "health"}
	clusterTab = []string{"Literacy", "Health"}
)

// dayOf is a day by its number, from 0: the tenth of a month from December 2023 on.
func dayOf(n int) civil.Date { return civil.Date{Year: 2023, Month: 12, Day: 10}.AddDays(30 * n) }

// seatState has the mandates by cluster and city: their first and last day, counted from 1; 0 where there is none.
type seatState struct {
	from, until [seatClusters][seatCities]int8
	done        requests
}

// may says why a city can't be appointed to a cluster from a day on, or "".
func (s seatState) may(who, where, day int) []problem.Code {
	var no []problem.Code
	seats := 0
	for other := range seatCities {
		if s.from[where][other] != 0 && s.until[where][other] >= int8(day) {
			seats++
		}
	}
	if seats >= 2 {
		no = append(no, "COORDINATOR_SEATS_TAKEN") // R-CLU-3
	}
	if s.from[where][who] != 0 && s.until[where][who] < int8(day) {
		no = append(no, "COORDINATOR_SECOND_TERM") // R-CLU-4
	}
	for cluster := range seatClusters {
		if s.from[cluster][who] != 0 && s.until[cluster][who] >= int8(day) {
			no = append(no, "COORDINATOR_ELSEWHERE") // R-CLU-5
		}
	}
	return no
}

// String lists the mandates as a reader shows them.
func (s seatState) String() string {
	var all []string
	for where := range seatClusters {
		for who := range seatCities {
			if s.from[where][who] != 0 {
				all = append(all, mandate(clusters[where], standing[who].ID, int(s.from[where][who]), int(s.until[where][who])))
			}
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func mandate(cluster, member string, from, until int) string {
	return fmt.Sprintf("%s of %s %d–%d", cluster, member, from, until)
}

// Seats is the history of coordinators' seats: cities are appointed by acts and by sheets and lay their seats down, and the mandates are
// read. On no day has a cluster more than two coordinators (R-CLU-3), none comes twice (R-CLU-4), and none has two clusters (R-CLU-5).
func Seats() Subject {
	return Subject{
		Name: "seats", begin: beginSeats, draw: drawSeats, ask: askSeats, last: []Asked{{Act: "mandates"}}, model: modelled(seatState{}, seatStep),
	}
}

func seatStep(now seatState, asked Asked, answered Answered) (bool, seatState) {
	if now.done.has(asked.Request) {
		return answered.done(), now
	}
	after := now
	day, had := int8(asked.Day), now.from[asked.Where][asked.Who] != 0
	switch asked.Act {
	case "mandates":
		return answered.Lost || answered.Seen == now.String(), now
	case "appoint", "sheet":
		no := now.may(asked.Who, asked.Where, asked.Day)
		switch {
		case asked.Act == "sheet" && had: // a row about a seat on record leaves it as it is
			return answered.done(), now
		case asked.Act == "sheet" && len(no) > 0:
			return refusedAs(answered, "ROWS_REFUSED"), now
		case len(no) > 0:
			return answered.Lost || slices.Contains(no, answered.Code), now
		}
		after.from[asked.Where][asked.Who], after.until[asked.Where][asked.Who] = day, lastDay
	case "lay down":
		switch {
		case !had:
			return refusedAs(answered, "NOT_A_COORDINATOR"), now
		case day < now.from[asked.Where][asked.Who]:
			return refusedAs(answered, "DATE_ORDER"), now
		}
		after.until[asked.Where][asked.Who] = min(day, now.until[asked.Where][asked.Who])
	}
	if asked.Request != 0 {
		after.done = now.done.with(asked.Request)
	}
	return answered.done(), after
}

func drawSeats(r *rand.Rand) Asked {
	asked := Asked{Who: r.IntN(seatCities), Where: r.IntN(seatClusters), Day: 1 + r.IntN(6), Request: 1}
	switch n := r.IntN(20); {
	case n < 9:
		asked.Act = "appoint"
	case n < 15:
		asked.Act = "lay down"
	case n < 18:
		asked.Act, asked.Request = "sheet", 0
	default:
		asked = Asked{Act: "mandates"}
	}
	return asked
}

func beginSeats(ctx context.Context, p *process) error {
	members, candidates := "City;Country;Member since;Clusters;In clusters since\n", candidatesTitles
	for n, c := range standing {
		members += c.Name + ";" + inCountry[n] + ";2016-01-01;Literacy, Health;2023-10-01\n"
		for _, cluster := range clusterTab {
			candidates += c.Name + ";" + inCountry[n] + ";" + cluster + ";2023-11-05;Libraries;4;;\n"
		}
	}
	if err := p.stored(ctx, "members", members); err != nil {
		return err
	}
	return p.stored(ctx, "coordinators", candidates)
}

const candidatesTitles = "City;Country;Cluster;Answered on;Item 1;Rating 1;Appointed on;Reason\n"

func askSeats(ctx context.Context, p *process, asked Asked) (seen string, err error) {
	seat := coordinator.Seat{Cluster: clusters[asked.Where], Member: standing[asked.Who].ID}
	switch asked.Act {
	case "appoint":
		_, err = p.registry.Appoint(ctx, origin(asked), registry.Choice{Term: seatTerm, Seat: seat, Reason: "By lot.", On: dayOf(asked.Day)})
	case "lay down":
		_, err = p.registry.LayDown(ctx, origin(asked), seatTerm, seat, dayOf(asked.Day))
	case "sheet":
		err = p.send(ctx, "coordinators", candidatesTitles+fmt.Sprintf("%s;%s;%s;2023-11-05;Libraries;4;%s;By lot.\n",
			standing[asked.Who].Name, inCountry[asked.Who], clusterTab[asked.Where], dayOf(asked.Day)))
	case "mandates":
		var field coordinator.Field
		field, err = p.registry.Candidates(ctx, seatTerm, civil.Date{})
		var all []string
		for _, m := range field.Mandates {
			all = append(all, mandate(m.Cluster, m.Member, dayNumber(m.From), dayNumber(m.Until)))
		}
		slices.Sort(all)
		seen = strings.Join(all, ", ")
	}
	return seen, err
}

// dayNumber is the inverse of dayOf; lastDay for one that it does not give.
func dayNumber(d civil.Date) int {
	for n := range 12 {
		if dayOf(n) == d {
			return n
		}
	}
	return lastDay
}
