package kinds

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// dependent is a type of record that rests on others, so that an undo does not take those from under it.
type dependent struct {
	typ, on    string // what rests on what
	partitions func(env *imports.Env) []string
	// of is what a record rests on, by its body; no identifiers where it is on nothing.
	of   func(r records.Record) (partition string, ids []string)
	name func(partition string) locale.Text
}

// dependences are who rests on whom.
var dependences = []dependent{
	{survey.RecordType, member.RecordType, surveys, itsMember, saying("an answer to the survey of ", "une réponse à l'enquête de ",
		"una respuesta a la encuesta de ")},
	{questionnaire.RecordType, member.RecordType, terms, itsMember, saying("an offer for ", "une offre pour ", "una oferta para ")},
	{coordinator.RecordType, member.RecordType, terms, itsMember, saying("a candidacy for ", "une candidature pour ", "una candidatura para ")},
	{coordinator.MandateType, member.RecordType, terms, itsMember, saying("a coordination in ", "une coordination en ", "una coordinación en ")},
	{workplan.NewsType, member.RecordType, terms, itsMember, saying("news of ", "des nouvelles de ", "noticias de ")},
	{fund.RecordType, member.RecordType, years, itsMember, saying("a contribution of ", "une contribution de ", "una contribución de ")},
	{fund.ExpenditureType, member.RecordType, years, itsCities, saying("an expenditure of ", "une dépense de ", "un gasto de ")},
	{fund.InstalmentType, member.RecordType, once, itsMember, func(string) locale.Text {
		return text3("a pledge to the fund", "une promesse de contribution au fonds", "una promesa de contribución al fondo")
	}},
	{fund.RecordType, fund.RateType, years, itsMonthRate, saying("a contribution of ", "une contribution de ", "una contribución de ")},
	{fund.RecordType, fund.InstalmentType, years, itsAgreement, saying("a contribution of ", "une contribution de ", "una contribución de ")},
	{fund.ExpenditureType, fund.RateType, years, itsMonthRate, saying("an expenditure of ", "une dépense de ", "un gasto de ")},
	{coordinator.MandateType, coordinator.RecordType, terms, itsCandidacy, saying("a coordination in ", "une coordination en ",
		"una coordinación en ")},
	{workplan.NewsType, coordinator.MandateType, terms, itsMandate, saying("news of ", "des nouvelles de ", "noticias de ")},
	{application.EndorsementType, application.RecordType, calls, itsNamesake, saying("an endorsement in the call ", "un aval dans l'appel ",
		"un aval en la convocatoria ")},
	{application.DecisionType, application.RecordType, calls, itsNamesake, saying("a decision in the call ", "une décision dans l'appel ",
		"una decisión en la convocatoria ")},
	{application.DecisionType, application.EndorsementType, calls, itsEndorsement, saying("an acceptance in the call ",
		"une acceptation dans l'appel ", "una aceptación en la convocatoria ")},
}

// foundations are the attributes of records on which later ones rest.
var foundations = map[string][]string{
	member.RecordType:           {"joinedOn", "leftOn", "earlier", "participations"},
	application.EndorsementType: {"endorsedOn"},
	application.RecordType:      {"receivedOn"},
	coordinator.MandateType:     {"from", "until"},
	fund.RateType:               {"rate", "source"},
	fund.InstalmentType:         {"supportRate"},
}

func saying(en, fr, es string) func(string) locale.Text {
	return func(partition string) locale.Text { return text3(en+partition, fr+partition, es+partition) }
}

// once is for records that are all in one partition.
func once(*imports.Env) []string { return []string{""} }

func surveys(env *imports.Env) []string {
	return idsOf(env.Programme.Surveys, func(s programme.Survey) string { return s.ID })
}
func terms(env *imports.Env) []string {
	return idsOf(env.Programme.Terms, func(t programme.Term) string { return t.ID })
}
func calls(env *imports.Env) []string {
	return idsOf(env.Programme.Calls, func(c programme.Call) string { return c.ID })
}

// years are those in which the fund can have received or spent money: from the first term on.
func years(env *imports.Env) (all []string) {
	first, last := env.Now.Year(), env.Now.Year()+1
	for _, term := range env.Programme.Terms {
		first, last = min(first, term.Start.Year), max(last, term.End.Year)
	}
	for year := first; year <= last; year++ {
		all = append(all, strconv.Itoa(year))
	}
	return all
}

func idsOf[T any](all []T, id func(T) string) []string {
	ids := make([]string, len(all))
	for i, one := range all {
		ids[i] = id(one)
	}
	return ids
}

// textOf is a text of a record's body.
func textOf(r records.Record, name string) string {
	text, _ := r.Body[name].(string)
	return text
}

func itsMember(r records.Record) (partition string, ids []string) {
	return "", one(textOf(r, "member"))
}
func itsNamesake(r records.Record) (partition string, ids []string) {
	return r.Ref.Partition, one(r.Ref.ID)
}

// itsCities are the member cities that an expenditure benefits; countries are no records.
func itsCities(r records.Record) (partition string, ids []string) {
	list, _ := r.Body["beneficiaries"].([]any)
	for _, entry := range list {
		if id, _ := entry.(string); strings.Contains(id, "#") {
			ids = append(ids, id)
		}
	}
	return "", ids
}

// itsEndorsement is what an acceptance needs (R-APP-4).
func itsEndorsement(r records.Record) (partition string, ids []string) {
	if textOf(r, "decision") != application.Accepted {
		return "", nil
	}
	return r.Ref.Partition, one(r.Ref.ID)
}

func itsCandidacy(r records.Record) (partition string, ids []string) {
	return r.Ref.Partition, one(coordinator.Candidacy{Member: textOf(r, "member"), Cluster: textOf(r, "cluster")}.ID())
}

// itsMandate is that of the city that sends news (R-CLU-10).
func itsMandate(r records.Record) (partition string, ids []string) {
	return r.Ref.Partition, one(textOf(r, "cluster") + "#" + textOf(r, "member"))
}

// one is a list of the identifier, where there is one.
func one(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// itsMonthRate is the monthly rate that money was converted at; what can't be read was converted at none.
func itsMonthRate(r records.Record) (partition string, ids []string) {
	var paid struct {
		Amount   money.Amount `json:"amount"`
		Rate     money.Rate   `json:"rate"`
		RateDate civil.Date   `json:"rateDate"`
	}
	if err := records.Decode(r.Body, &paid); err != nil {
		return "", nil
	}
	partition, id := fund.OfMonth(paid.Amount, paid.Rate, paid.RateDate)
	return partition, one(id)
}

// itsAgreement is the agreement that a contribution is given under.
func itsAgreement(r records.Record) (partition string, ids []string) {
	return "", one(textOf(r, "agreement"))
}

// ground is what others rest on when they rest on a record: with one instalment, it is all of the agreement.
func ground(ref records.Ref) records.Ref {
	if end := strings.LastIndex(ref.ID, "#"); ref.Type == fund.InstalmentType && end >= 0 {
		ref.ID = ref.ID[:end]
	}
	return ref
}

// restingOn says what rests on records of some types.
func restingOn(types ...string) imports.Dependents {
	var relevant []dependent
	d := imports.Dependents{Fields: foundations}
	for _, one := range dependences {
		if slices.Contains(types, one.on) {
			relevant = append(relevant, one)
			d.Types = append(d.Types, one.typ)
		}
	}
	d.Load = func(ctx context.Context, env *imports.Env) (func(records.Ref) []imports.Dependent, error) {
		found := map[records.Ref][]imports.Dependent{}
		for _, one := range relevant {
			if err := one.load(ctx, env, found); err != nil {
				return nil, fmt.Errorf("kinds: %s on %s: %w", one.typ, one.on, err)
			}
		}
		return func(ref records.Ref) []imports.Dependent { return found[ground(ref)] }, nil
	}
	return d
}

func (d dependent) load(ctx context.Context, env *imports.Env, found map[records.Ref][]imports.Dependent) error {
	for _, partition := range d.partitions(env) {
		name := d.name(partition)
		err := env.Records.Scan(ctx, d.typ, partition, "", func(r records.Record) error {
			partition, ids := d.of(r)
			for _, id := range ids {
				on := records.Ref{Type: d.on, Partition: partition, ID: id}
				found[on] = append(found[on], imports.Dependent{Ref: r.Ref, Name: name, At: r.Provenance.At})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
