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
	if e.Kind == Joined {
		return n.join(e)
	}
	c, p := n.member(e.City, e.On)
	if p != nil {
		return p
	}
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
	case ClusterJoined:
		return n.joinCluster(c, e)
	case ClusterRenewed:
		return n.renew(c, e)
	case ClusterLeft:
		stay := c.stay(e.Cluster, e.On)
		if stay == nil || stay.Ended {
			return n.notJoined(c, e)
		}
		stay.Until, stay.Ended = e.On, true
	case Reported:
		c.Reports = append(c.Reports, e.On)
	}
	return nil
}

// member is a city that is a member on a day and has not announced its end.
func (n *Network) member(id string, on civil.Date) (*City, *problem.Problem) {
	c, known := n.cities[id]
	if !known {
		return nil, member.NotAMember(locale.Same(id))
	}
	name := locale.Same(c.NameOn(on))
	if p := c.standing().CheckMember(name, on); p != nil {
		return nil, p
	}
	return c, c.standing().CheckMember(name, civil.Date{})
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
	} else {
		name := locale.Same(c.NameOn(e.On))
		if c.Into != "" {
			return problem.New("CITY_MERGED").In("city").WithText("city", name).With("other", n.cities[c.Into].NameOn(e.On)).
				WithText("date", c.Times[len(c.Times)-1].LeftOn.AddDays(1).Text())
		}
		if c.On(e.On) {
			return problem.New("ALREADY_MEMBER").In("city").Under("R-APP-5").WithText("city", name).
				WithText("since", c.Times[len(c.Times)-1].JoinedOn.Text())
		}
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
	if _, p := n.member(e.Into, e.On); p != nil {
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

func (n *Network) joinCluster(c *City, e Event) *problem.Problem {
	cluster, known := n.Programme.Cluster(e.Cluster)
	if !known {
		return problem.New("REF_NOT_FOUND").In("cluster").Valued(e.Cluster).
			WithText("what", locale.Text{EN: "The cluster", FR: "Le pôle", ES: "El grupo"})
	}
	name := locale.Same(c.NameOn(e.On))
	if stay := c.stay(e.Cluster, e.On); stay != nil {
		return problem.New("CLUSTER_ALREADY_JOINED").In("cluster").Under("R-CLU-2").
			WithText("city", name).WithText("cluster", cluster.Label).WithText("until", stay.Until.Text())
	}
	// Every participation on record has begun by this day, so never are more of them at a time than today.
	if p := member.CheckClusters(name, append(c.ClustersOn(e.On), e.Cluster), n.Programme.Limits.ClustersPerCity); p != nil {
		return p
	}
	period := member.Participate(e.On, n.Programme.Limits.ParticipationYears, nil)
	c.Stays = append(c.Stays, Stay{Cluster: e.Cluster, From: period.From, Until: period.Until})
	return nil
}

func (n *Network) renew(c *City, e Event) *problem.Problem {
	stay := c.stay(e.Cluster, e.On)
	if stay == nil || stay.Ended {
		return n.notJoined(c, e)
	}
	years := n.Programme.Limits.ParticipationYears
	if period := member.Participate(stay.From, years*stay.Renewals, nil); !e.On.After(period.Until) {
		return problem.New("CLUSTER_RENEWED").In("cluster").Under("R-CLU-2").WithText("city", locale.Same(c.NameOn(e.On))).
			WithText("cluster", n.label(e.Cluster)).WithText("until", stay.Until.Text())
	}
	stay.Renewals++
	stay.Until = member.Participate(stay.From, years*(stay.Renewals+1), nil).Until
	return nil
}

func (n *Network) notJoined(c *City, e Event) *problem.Problem {
	return problem.New("CLUSTER_NOT_JOINED").In("cluster").Under("R-CLU-2").WithText("city", locale.Same(c.NameOn(e.On))).
		WithText("cluster", n.label(e.Cluster)).WithText("date", e.On.Text())
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
