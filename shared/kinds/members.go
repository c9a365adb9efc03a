package kinds

import (
	"context"
	"slices"

	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// MembersKind is the name of the kind of sheet that lists the network's members.
const MembersKind = "members"

// Members is the sheet of member cities: the one that the secretariat keeps, and the one that it exports.
func Members() imports.Kind {
	return imports.Define(imports.Definition[memberRow]{
		Name: MembersKind, Touches: []string{member.RecordType}, Schema: MembersSchema, Begin: beginMembers,
		Dependents: restingOn(member.RecordType),
	})
}

type memberRow struct {
	City        string     `sheet:"city" validate:"required"`
	Country     string     `sheet:"country" validate:"required"`
	JoinedOn    civil.Date `sheet:"joined_on" validate:"required"`
	LeftOn      civil.Date `sheet:"left_on"`
	Website     string     `sheet:"website"`
	Population  int64      `sheet:"population" validate:"gte=0"`
	Clusters    []string   `sheet:"clusters"`
	ClusterFrom civil.Date `sheet:"cluster_from"`
	Version     int64      `sheet:"version" validate:"gte=0"`
}

type memberRules struct {
	env      *imports.Env
	members  *memberIndex
	cities   *cityRegister
	clusters []sheet.Choice
}

func beginMembers(ctx context.Context, env *imports.Env) (imports.Rules[memberRow], error) {
	members, err := loadMembers(ctx, env)
	if err != nil {
		return nil, err
	}
	cities, err := loadCities(ctx, env, members)
	if err != nil {
		return nil, err
	}
	return &memberRules{env: env, members: members, cities: cities, clusters: clusterChoices(env.Programme)}, nil
}

// Judge holds R-APP-5 (one record a city), R-CLU-1 and R-CLU-2.
func (r *memberRules) Judge(_ context.Context, row memberRow, at imports.Place) (imports.Judgement, error) {
	if row.City == "" || row.Country == "" {
		return imports.Judgement{}, nil
	}
	found, question := r.cities.register(row.City, row.Country, at.Row)
	var problems findings
	problems.add(question)
	known, _ := r.members.id(found.ID)
	updated := r.merged(known.Member, row)
	updated.City, updated.Country = found.Name, found.Country
	updated.OtherNames = withName(updated.OtherNames, found.otherName)
	if row.Version > 0 && city.SameSpelling(row.City, found.Name) {
		updated.City = row.City // a correction of letter case in the exported sheet
	}
	if !at.Bad["joined_on"] {
		problems.add(tooEarly("left_on", updated.LeftOn, labelJoinedOn, updated.JoinedOn))
	}
	updated = r.participation(updated, row, at, &problems)
	return imports.Judgement{
		Key: found.ID, Label: r.label(updated),
		Changes: []imports.Change{{
			Ref: records.Ref{Type: member.RecordType, ID: found.ID}, Body: updated, BaseVersion: row.Version,
		}},
		Problems: problems,
	}, nil
}

// Finish has nothing to add: no rule is about the list of members as a whole (its size is counted, never prescribed, R-MEM-1).
func (r *memberRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }

func (r *memberRules) label(m member.Member) string {
	return cityLabel(r.env, m.City, m.Country).In(r.env.Lang)
}

// merged is the stored member with what the row says of it. A row with its record's version shows the whole record, so a blank
// there clears; any other row may come from a sheet that has only some of the columns, so its blanks leave what is stored.
func (r *memberRules) merged(m member.Member, row memberRow) member.Member {
	whole := row.Version > 0
	m.JoinedOn = row.JoinedOn
	if whole || !row.LeftOn.IsZero() {
		m.LeftOn = row.LeftOn
	}
	if whole || row.Website != "" {
		m.Website = row.Website
	}
	if whole || row.Population != 0 {
		m.Population = row.Population
	}
	return m
}

// participation adds the row's period in clusters (R-CLU-1, R-CLU-2). A period on record is never taken away by a blank: it
// lapses by itself.
func (r *memberRules) participation(m member.Member, row memberRow, at imports.Place, problems *findings) member.Member {
	clusters := inOrder(row.Clusters, r.clusters)
	limits := r.env.Programme.Limits
	if at.Bad["clusters"] || at.Bad["cluster_from"] {
		return m
	}
	problems.add(member.CheckClusters(cityLabel(r.env, m.City, m.Country), clusters, limits.ClustersPerCity))
	switch {
	case len(clusters) == 0 && row.ClusterFrom.IsZero():
		return m
	case row.ClusterFrom.IsZero():
		problems.add(missing("cluster_from", labelClusterFrom, "R-CLU-2"))
		return m
	case len(clusters) == 0:
		problems.add(missing("clusters", labelClusters, "R-CLU-2"))
		return m
	}
	period := member.Participate(row.ClusterFrom, limits.ParticipationYears, clusters)
	if !at.Bad["joined_on"] {
		problems.add(r.startsAsMember(m, period))
	}
	with, overlap := m.With(period)
	problems.add(overlap)
	return with
}

// startsAsMember asks that a new period begins when the city is a member. One on record stays, whatever dates are corrected.
func (r *memberRules) startsAsMember(m member.Member, period member.Participation) *problem.Problem {
	if m.On(period.From) || m.Began(period.From) {
		return nil
	}
	if p := tooEarly("cluster_from", period.From, labelJoinedOn, m.JoinedOn); p != nil {
		return p
	}
	return m.CheckMember(cityLabel(r.env, m.City, m.Country), period.From).In("cluster_from").Under("R-CLU-2")
}

// inOrder brings chosen identifiers into the order of the choices, each once.
func inOrder(chosen []string, choices []sheet.Choice) []string {
	var ordered []string
	for _, choice := range choices {
		if slices.Contains(chosen, choice.ID) {
			ordered = append(ordered, choice.ID)
		}
	}
	return ordered
}
