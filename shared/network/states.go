package network

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
)

// standing is what a city is to the network on a day.
type standing string

const (
	unknown standing = "unknown" // it never was a member
	inside  standing = "member"
	leaving standing = "leaving" // a member, whose last day is on record and has not passed
	outside standing = "outside" // it has left
	merged  standing = "merged"  // into another city
)

var standings = []standing{unknown, inside, leaving, outside, merged}

// standings × kinds of events: the code of the refusal, "" where the event can be. What takes place in a cluster is asked of the
// participation next.
var byStanding = map[standing]map[Kind]problem.Code{
	unknown: otherwise("NOT_A_MEMBER", map[Kind]problem.Code{Joined: ""}),
	inside:  otherwise("", map[Kind]problem.Code{Joined: "ALREADY_MEMBER"}),
	leaving: otherwise("NOT_A_MEMBER", map[Kind]problem.Code{Joined: "ALREADY_MEMBER"}),
	outside: otherwise("NOT_A_MEMBER", map[Kind]problem.Code{Joined: ""}),
	merged:  otherwise("NOT_A_MEMBER", map[Kind]problem.Code{Joined: "CITY_MERGED"}),
}

// otherwise gives every kind of event the same code but those that have their own.
func otherwise(code problem.Code, own map[Kind]problem.Code) map[Kind]problem.Code {
	all := map[Kind]problem.Code{}
	for _, kind := range Kinds {
		all[kind] = code
	}
	for kind, code := range own {
		all[kind] = code
	}
	return all
}

// standing is what a city is on a day, by the events up to it.
func (n *Network) standing(id string, on civil.Date) standing {
	c, known := n.cities[id]
	switch {
	case !known:
		return unknown
	case c.Into != "":
		return merged
	case !c.On(on):
		return outside
	case !c.standing().Current():
		return leaving
	}
	return inside
}

// taking is how a city takes part in a cluster on a day (R-CLU-2).
type taking string

const (
	apart   taking = "apart"   // it doesn't: it never did, has left, or its participation has lapsed
	taken   taking = "taken"   // and it can be renewed
	renewed taking = "renewed" // for the period after the one that runs
	ending  taking = "ending"  // it was left, and this is its last day
)

var takings = []taking{apart, taken, renewed, ending}

// takings × the events of clusters: the code of the refusal, "" where the event can be.
var byTaking = map[taking]map[Kind]problem.Code{
	apart:   {ClusterJoined: "", ClusterRenewed: "CLUSTER_NOT_JOINED", ClusterLeft: "CLUSTER_NOT_JOINED"},
	taken:   {ClusterJoined: "CLUSTER_ALREADY_JOINED", ClusterRenewed: "", ClusterLeft: ""},
	renewed: {ClusterJoined: "CLUSTER_ALREADY_JOINED", ClusterRenewed: "CLUSTER_RENEWED", ClusterLeft: ""},
	ending:  {ClusterJoined: "CLUSTER_ALREADY_JOINED", ClusterRenewed: "CLUSTER_NOT_JOINED", ClusterLeft: "CLUSTER_NOT_JOINED"},
}

// taking is how a city takes part in a cluster on a day, and the participation that runs, if any.
func (n *Network) taking(c *City, cluster string, on civil.Date) (taking, *Stay) {
	stay := c.stay(cluster, on)
	switch {
	case stay == nil:
		return apart, nil
	case stay.Ended:
		return ending, stay
	case stay.Renewals > 0 && !on.After(n.period(stay, stay.Renewals)):
		return renewed, stay
	}
	return taken, stay
}
