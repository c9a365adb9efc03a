package kinds

import (
	"context"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
)

// DecisionsKind is the name of the kind of sheet that holds the secretariat's decisions about applications.
const DecisionsKind = "decisions"

// Decisions is the sheet of what the secretariat decided about a call's applications; an acceptance makes a member (R-APP-9).
func Decisions() imports.Kind {
	return imports.Define(imports.Definition[decisionRow]{
		Name: DecisionsKind, Touches: []string{application.DecisionType, member.RecordType},
		Schema: DecisionsSchema, Begin: beginDecisions,
		Dependents: restingOn(member.RecordType),
	})
}

// DecisionsSchema lists the columns of the decisions sheet.
func DecisionsSchema(env *imports.Env) sheet.Schema {
	reason := textColumn("reason", 2000, text3("Reason", "Motif", "Motivo"),
		"Reasons", "Justification", "Explanation", "Motifs", "Raison", "Razón", "Justificación")
	return sheet.Schema{
		Kind: DecisionsKind, Version: 1, Title: text3("Decisions", "Décisions", "Decisiones"),
		Columns: []sheet.Column{
			cityColumn(),
			countryColumn(env.Reference),
			decisionColumn(),
			under("R-APP-9", required(noted(
				text3("The day of the decision; an accepted city is a member from this day.",
					"Le jour de la décision ; une ville acceptée est membre à partir de ce jour.",
					"El día de la decisión; una ciudad aceptada es miembro desde ese día."),
				dateColumn("decided_on", text3("Decided on", "Décidée le", "Decidida el"),
					"Decision date", "Date of decision", "Date decided", "Date de la décision", "Date de décision", "Décidé le",
					"Fecha de la decisión", "Fecha de decisión", "Decidido el")))),
			wide(40, reason),
		},
	}
}

func decisionColumn() sheet.Column {
	return sheet.Column{
		ID: "decision", Type: sheet.TypeEnum, Required: true, Width: 14, Rule: "R-APP-9",
		Label:   text3("Decision", "Décision", "Decisión"),
		Aliases: []string{"Outcome", "Result", "Status", "Résultat", "Issue", "Resultado", "Resolución"},
		Choices: []sheet.Choice{
			{ID: application.Accepted, Label: text3("Accepted", "Acceptée", "Aceptada"),
				Aliases: []string{"Accept", "Approved", "Admitted", "Accepté", "Admise", "Aceptado", "Admitida"}},
			{ID: application.Deferred, Label: text3("Deferred", "Reportée", "Aplazada"),
				Aliases: []string{"Defer", "Postponed", "On hold", "Reporté", "Ajournée", "Différée", "Aplazado", "Pospuesta"}},
			{ID: application.Declined, Label: text3("Declined", "Refusée", "Rechazada"),
				Aliases: []string{"Decline", "Rejected", "Not accepted", "Refusé", "Rejetée", "Rechazado", "Denegada"}},
		},
	}
}

type decisionRow struct {
	City      string     `sheet:"city" validate:"required"`
	Country   string     `sheet:"country" validate:"required"`
	Decision  string     `sheet:"decision" validate:"required"`
	DecidedOn civil.Date `sheet:"decided_on" validate:"required"`
	Reason    string     `sheet:"reason"`
}

type decisionRules struct {
	callRules
	applicants *applicants
	decisions  map[string]stored[application.Decision]
}

func beginDecisions(ctx context.Context, env *imports.Env) (imports.Rules[decisionRow], error) {
	call, err := beginCall(ctx, env)
	if err != nil {
		return nil, err
	}
	decisions, err := loadEach[application.Decision](ctx, env.Records, application.DecisionType, env.Call)
	if err != nil {
		return nil, err
	}
	return &decisionRules{callRules: call, applicants: newApplicants(call), decisions: decisions}, nil
}

// Judge holds R-APP-4, R-APP-5 and R-APP-9 for one decision.
func (r *decisionRules) Judge(_ context.Context, row decisionRow, at imports.Place) (imports.Judgement, error) {
	if row.City == "" || row.Country == "" {
		return imports.Judgement{}, nil
	}
	found, missing := r.applicants.refer(row.City, row.Country)
	var problems findings
	if problems.add(missing) {
		return imports.Judgement{Label: cityLabel(r.env, row.City, row.Country).In(r.env.Lang), Problems: problems}, nil
	}
	named := cityLabel(r.env, found.Name, found.Country)
	judgement := imports.Judgement{
		Key: found.ID, Label: named.In(r.env.Lang), Rests: []imports.Rest{r.restsOnApplication(found.ID)},
	}
	judgement.Changes = []imports.Change{{
		Ref: records.Ref{Type: application.DecisionType, Partition: r.call.ID, ID: found.ID},
		Body: application.Decision{
			City: found.Name, Country: found.Country, Decision: row.Decision, DecidedOn: row.DecidedOn, Reason: row.Reason,
		},
	}}
	if !at.Bad["decided_on"] {
		problems.add(r.notTooEarly(found.ID, row))
	}
	if !at.Bad["decision"] {
		r.consequence(found, named, row, &judgement, &problems)
	}
	judgement.Problems = problems
	return judgement, nil
}

// Finish has nothing to add: each decision stands for itself.
func (r *decisionRules) Finish(context.Context) ([]problem.Problem, error) { return nil, nil }

// notTooEarly asks that a decision was not made before its application was received, nor an acceptance before its endorsement (R-APP-4).
func (r *decisionRules) notTooEarly(id string, row decisionRow) *problem.Problem {
	if row.Decision == application.Accepted {
		endorsed := r.record.endorsements[id].Body.EndorsedOn
		if p := tooEarly("decided_on", row.DecidedOn, labelEndorsedOn, endorsed); p != nil {
			return p.Under("R-APP-4")
		}
	}
	return tooEarly("decided_on", row.DecidedOn, labelReceivedOn, r.record.applications[id].Body.ReceivedOn)
}

// consequence is what a decision means for the city's membership: an acceptance needs the endorsement (R-APP-4), is no second one
// (R-APP-5), and makes the city a member (R-APP-9); an acceptance that made it a member is not taken back here.
func (r *decisionRules) consequence(
	c city.City, named locale.Text, row decisionRow, judgement *imports.Judgement, problems *findings,
) {
	earlier := r.decisions[c.ID].Body
	before, known := r.members.id(c.ID)
	current := known && before.Current()
	if row.Decision != application.Accepted {
		if earlier.Decision == application.Accepted && current {
			problems.add(application.AlreadyMember(named, before.JoinedOn).In("decision"))
		}
		return
	}
	endorsement, endorsed := r.record.endorsements[c.ID]
	if !endorsed {
		problems.add(application.EndorsementMissing(named, "decision"))
	}
	judgement.Rests = append(judgement.Rests, imports.Rest{
		Ref: records.Ref{Type: application.EndorsementType, Partition: r.call.ID, ID: c.ID}, Version: endorsement.Version,
	})
	change := imports.Change{Ref: records.Ref{Type: member.RecordType, ID: c.ID}, KeepExisting: true}
	switch {
	case earlier.Decision != application.Accepted && current:
		problems.add(application.AlreadyMember(named, before.JoinedOn))
		return
	case earlier.Decision != application.Accepted && known:
		change.Body, change.KeepExisting = before.Join(row.DecidedOn), false
	case known && before.JoinedOn == earlier.DecidedOn && row.DecidedOn != earlier.DecidedOn: // the day is corrected
		before.JoinedOn = row.DecidedOn
		change.Body, change.KeepExisting = before.Member, false
	default:
		change.Body = r.newMember(c, row.DecidedOn)
	}
	judgement.Changes = append(judgement.Changes, change)
}

// newMember is the member that an accepted application makes, with what the application tells of the city.
func (r *decisionRules) newMember(c city.City, from civil.Date) member.Member {
	applied := r.record.applications[c.ID].Body
	return member.Member{
		City: c.Name, Country: c.Country, OtherNames: applied.OtherNames, Website: applied.Website, Population: applied.Profile.Population.Whole(),
	}.Join(from)
}
