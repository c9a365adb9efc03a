package network

import (
	"strings"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
)

// apply does what an event says, or gives the rule that it breaks and changes nothing:
//   - Joined: a member does not join again (ALREADY_MEMBER), nor does a city that has merged into another (CITY_MERGED)
//   - all others: the city is a member on the day, and its last day is not set (NOT_A_MEMBER)
//   - Joined and Renamed: with what they need (CELL_REQUIRED)
//   - Merged: into another city (MERGED_WITH_ITSELF) that is a member then
//   - ClusterJoined: a cluster of the programme (REF_NOT_FOUND) that it isn't in (CLUSTER_ALREADY_JOINED), and not more of them at a
//     time than the programme allows (R-CLU-1, CLUSTER_LIMIT_EXCEEDED)
//   - ClusterRenewed: before it lapses (R-CLU-2, CLUSTER_NOT_JOINED), once a period (CLUSTER_RENEWED)
//   - ClusterLeft: a cluster that it is in (CLUSTER_NOT_JOINED)
func (n *Network) apply(e Event) *problem.Problem {
	if code := byStanding[n.standing(e.City, e.On)][e.Kind]; code != "" {
		return n.refused(code, e)
	}
	if e.Kind == Joined {
		return n.join(e)
	}
	c := n.cities[e.City]
	switch e.Kind {
	case Renamed:
		if strings.TrimSpace(e.Name) == "" {
			return required("name", locale.Text{EN: "New name", FR: "Nouveau nom", ES: "Nuevo nombre"})
		}
		c.Names = append(c.Names, Name{e.On, e.Name})
	case Merged:
		return n.merge(c, e)
	case Left:
		c.leave(e.On)
	case ClusterJoined, ClusterRenewed, ClusterLeft:
		return n.takePart(c, e)
	case Reported:
		c.Reports = append(c.Reports, e.On)
	}
	return nil
}

// refused words a refusal of a city's standing.
func (n *Network) refused(code problem.Code, e Event) *problem.Problem {
	c, known := n.cities[e.City]
	if !known {
		return member.NotAMember(locale.Same(e.City))
	}
	name := locale.Same(c.NameOn(e.On))
	last := c.Times[len(c.Times)-1]
	switch code {
	case "ALREADY_MEMBER":
		return problem.New(code).In("city").Under("R-APP-5").WithText("city", name).WithText("since", last.JoinedOn.Text())
	case "CITY_MERGED":
		return problem.New(code).In("city").WithText("city", name).With("other", n.cities[c.Into].NameOn(e.On)).
			WithText("date", last.LeftOn.AddDays(1).Text())
	}
	return n.notAMember(c, e.On)
}

// notAMember says that a city is none on a day, or has announced its end; nil when it goes on as one.
func (n *Network) notAMember(c *City, on civil.Date) *problem.Problem {
	name := locale.Same(c.NameOn(on))
	if p := c.standing().CheckMember(name, on); p != nil {
		return p
	}
	return c.standing().CheckMember(name, civil.Date{})
}

func (n *Network) join(e Event) *problem.Problem {
	c, known := n.cities[e.City]
	if !known {
		if e.Country == "" {
			return required("country", locale.Text{EN: "Country", FR: "Pays", ES: "País"})
		}
		c = &City{
			ID: e.City, Country: e.Country, clusters: ids(n.Programme.Clusters), years: n.Programme.Limits.ParticipationYears,
		}
		n.cities[e.City] = c
	}
	c.Times = append(c.Times, member.Membership{JoinedOn: e.On})
	if e.Name != "" && (len(c.Names) == 0 || c.NameOn(e.On) != e.Name) {
		c.Names = append(c.Names, Name{e.On, e.Name})
	}
	if len(c.Names) == 0 {
		c.Names = []Name{{e.On, e.City}}
	}
	return nil
}

func required(field string, label locale.Text) *problem.Problem {
	return problem.New("CELL_REQUIRED").In(field).WithText("column", label)
}

func (n *Network) merge(c *City, e Event) *problem.Problem {
	if e.Into == e.City {
		return problem.New("MERGED_WITH_ITSELF").In("into").With("city", c.NameOn(e.On))
	}
	into, known := n.cities[e.Into]
	if !known {
		return member.NotAMember(locale.Same(e.Into)).In("into")
	}
	if p := n.notAMember(into, e.On); p != nil {
		return p.In("into")
	}
	// It must have been a member before: a city that joins and merges on one day was never one.
	if p := c.standing().CheckMember(locale.Same(c.NameOn(e.On)), e.On.AddDays(-1)); p != nil {
		return p
	}
	c.leave(e.On.AddDays(-1))
	c.Into = e.Into
	return nil
}

// takePart does what an event of a cluster says.
func (n *Network) takePart(c *City, e Event) *problem.Problem {
	cluster, known := n.Programme.Cluster(e.Cluster)
	if !known && e.Kind == ClusterJoined {
		return problem.New("REF_NOT_FOUND").In("cluster").Valued(e.Cluster).
			WithText("what", locale.Text{EN: "The cluster", FR: "Le pôle", ES: "El grupo"})
	}
	name := locale.Same(c.NameOn(e.On))
	state, stay := n.taking(c, e.Cluster, e.On)
	switch code := byTaking[state][e.Kind]; code {
	case "":
	case "CLUSTER_NOT_JOINED":
		return problem.New(code).In("cluster").Under("R-CLU-2").WithText("city", name).
			WithText("cluster", n.label(e.Cluster)).WithText("date", e.On.Text())
	default: // CLUSTER_ALREADY_JOINED, CLUSTER_RENEWED
		return problem.New(code).In("cluster").Under("R-CLU-2").WithText("city", name).
			WithText("cluster", cluster.Label).WithText("until", stay.Until.Text())
	}
	switch e.Kind {
	case ClusterJoined:
		return n.joinCluster(c, e)
	case ClusterRenewed:
		stay.Renewals++
		stay.Until = n.period(stay, stay.Renewals+1)
	case ClusterLeft:
		stay.Until, stay.Ended = e.On, true
	}
	return nil
}

// joinCluster begins a participation, within the limit (R-CLU-1).
func (n *Network) joinCluster(c *City, e Event) *problem.Problem {
	// Every participation on record has begun by this day, so never are more of them at a time than today.
	in := append(c.ClustersOn(e.On), e.Cluster)
	if p := member.CheckClusters(locale.Same(c.NameOn(e.On)), in, n.Programme.Limits.ClustersPerCity); p != nil {
		return p
	}
	stay := Stay{Cluster: e.Cluster, From: e.On}
	stay.Until = n.period(&stay, 1)
	c.Stays = append(c.Stays, stay)
	return nil
}

// period is the last day of a participation after so many periods of the programme's years (R-CLU-2).
func (n *Network) period(stay *Stay, periods int) civil.Date {
	return member.Participate(stay.From, n.Programme.Limits.ParticipationYears*periods, nil).Until
}

func (n *Network) label(cluster string) locale.Text {
	if c, ok := n.Programme.Cluster(cluster); ok {
		return c.Label
	}
	return locale.Same(cluster)
}

func ids(clusters []programme.Cluster) []string {
	all := make([]string, len(clusters))
	for i, c := range clusters {
		all[i] = c.ID
	}
	return all
}

// Label is how messages name an event.
func (k Kind) Label() locale.Text { return kindLabels[k] }

var kindLabels = map[Kind]locale.Text{
	Joined:         {EN: "joining the network", FR: "adhésion au réseau", ES: "adhesión a la red"},
	Renamed:        {EN: "new name", FR: "nouveau nom", ES: "nuevo nombre"},
	Merged:         {EN: "merger", FR: "fusion", ES: "fusión"},
	Left:           {EN: "leaving the network", FR: "départ du réseau", ES: "salida de la red"},
	ClusterJoined:  {EN: "joining a cluster", FR: "entrée dans un pôle", ES: "entrada en un grupo"},
	ClusterRenewed: {EN: "renewal in a cluster", FR: "renouvellement dans un pôle", ES: "renovación en un grupo"},
	ClusterLeft:    {EN: "leaving a cluster", FR: "départ d’un pôle", ES: "salida de un grupo"},
	Reported:       {EN: "progress report", FR: "rapport d’avancement", ES: "informe de progreso"},
}
