package exports

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// stored is what a workbook keeps of a record: a hundred thousand contributions are held at once, so no more than it shows.
type stored[T any] struct {
	body    T
	id      string
	version int64
	from    origin
}

// origin is the row of a sheet that a record came from.
type origin struct {
	file, hash, sheet string
	row               int
}

// scan reads the records of a type and partition in the order of their identifiers.
func scan[T any](ctx context.Context, from records.Reader, typ, partition string) ([]stored[T], error) {
	var all []stored[T]
	var last origin // records of one import lie together: their texts are kept once
	err := from.Scan(ctx, typ, partition, "", func(r records.Record) error {
		p := r.Provenance
		if p.File != last.file || p.FileSHA256 != last.hash || p.Sheet != last.sheet {
			last = origin{file: p.File, hash: p.FileSHA256, sheet: p.Sheet}
		}
		last.row = p.Row
		one := stored[T]{id: r.Ref.ID, version: r.Version, from: last}
		if err := records.Decode(r.Body, &one.body); err != nil {
			return fmt.Errorf("%s: %w", r.Ref, err)
		}
		all = append(all, one)
		return nil
	})
	return all, err
}

// byID keeps the bodies of records by their identifiers.
func byID[T any](all []stored[T]) map[string]T {
	bodies := make(map[string]T, len(all))
	for _, one := range all {
		bodies[one.id] = one.body
	}
	return bodies
}

// bodies goes through the bodies of records.
func bodies[T any](all []stored[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := range all {
			if !yield(all[i].body) {
				return
			}
		}
	}
}

// moneyRecords is what the budget workbook shows of the records.
type moneyRecords struct {
	members       []stored[member.Member]
	offers        []stored[questionnaire.Offer]
	contributions []stored[fund.Contribution] // of the term
	sums          *fundSums                   // of the fund's books around the term
}

func (r *request) readMoney(ctx context.Context) (moneyRecords, error) {
	var m moneyRecords
	types := append(registry.FundTypes(), member.RecordType, questionnaire.RecordType, fund.RecordType)
	err := r.Records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		m = moneyRecords{sums: newFundSums(r.fundDays())} // the snapshot may be taken again
		if m.members, err = scan[member.Member](ctx, from, member.RecordType, ""); err != nil {
			return err
		}
		if m.offers, err = scan[questionnaire.Offer](ctx, from, questionnaire.RecordType, r.term.ID); err != nil {
			return err
		}
		if m.contributions, err = contributionsOf(ctx, from, r.term); err != nil {
			return err
		}
		books, err := registry.ReadFundBooks(ctx, from)
		if err != nil {
			return err
		}
		for entry, err := range books.Entries(ctx) {
			if err == nil {
				err = m.sums.add(entry)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return m, err
}

// contributionsOf reads the years that a term touches, and keeps what was received in the term, the earliest first.
func contributionsOf(ctx context.Context, from records.Reader, term programme.Term) ([]stored[fund.Contribution], error) {
	var within []stored[fund.Contribution]
	for year := term.Start.Year; year <= term.End.Year; year++ {
		all, err := scan[fund.Contribution](ctx, from, fund.RecordType, strconv.Itoa(year))
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if term.Contains(c.body.ReceivedOn) {
				within = append(within, c)
			}
		}
	}
	slices.SortStableFunc(within, func(a, b stored[fund.Contribution]) int { return a.body.ReceivedOn.Compare(b.body.ReceivedOn) })
	return within, nil
}

// memberRecords is what the membership workbook shows of the records.
type memberRecords struct {
	members      []stored[member.Member]
	calls        []callRecords
	applications []stored[application.Application]
	endorsements map[string]application.Endorsement
	decisions    map[string]application.Decision
	answers      []survey.Answer

	mandates      []coordinator.Mandate // of all terms
	seatDecisions map[string]coordinator.Decision
	candidacies   map[string]coordinator.Candidacy
	offers        []questionnaire.Offer
	plans         map[string]workplan.Plan // by cluster
}

func (r *request) readMembership(ctx context.Context) (memberRecords, error) {
	var m memberRecords
	types := []string{
		member.RecordType, application.RecordType, application.EndorsementType, application.DecisionType, survey.RecordType,
		coordinator.RecordType, coordinator.DecisionType, coordinator.MandateType, questionnaire.RecordType, workplan.RecordType,
	}
	err := r.Records.Snapshot(ctx, types, func(from records.Reader) (err error) {
		m = memberRecords{}
		if m.members, err = scan[member.Member](ctx, from, member.RecordType, ""); err != nil {
			return err
		}
		if m.applications, err = scan[application.Application](ctx, from, application.RecordType, r.call.ID); err != nil {
			return err
		}
		endorsements, err := scan[application.Endorsement](ctx, from, application.EndorsementType, r.call.ID)
		if err != nil {
			return err
		}
		decisions, err := scan[application.Decision](ctx, from, application.DecisionType, r.call.ID)
		if err != nil {
			return err
		}
		answers, err := scan[survey.Answer](ctx, from, survey.RecordType, r.poll.ID)
		if err != nil {
			return err
		}
		if m.calls, err = r.readCalls(ctx, from); err != nil {
			return err
		}
		m.endorsements, m.decisions = byID(endorsements), byID(decisions)
		m.answers = slices.Collect(bodies(answers))
		return r.readTerm(ctx, from, &m)
	})
	return m, err
}

// callRecords is what became of the applications to a call, without their forms.
type callRecords struct {
	call       programme.Call
	cases      []application.Case
	extensions []application.Extension
}

func (r *request) readCalls(ctx context.Context, from records.Reader) ([]callRecords, error) {
	var calls []callRecords
	for _, call := range r.Programme.Calls {
		round, err := registry.ReadRound(ctx, from, call)
		if err != nil {
			return nil, err
		}
		one := callRecords{call: call, cases: round.Cases(), extensions: round.Extensions}
		for i := range one.cases {
			one.cases[i].Form, one.cases[i].History = application.Application{ReceivedOn: one.cases[i].Form.ReceivedOn}, nil
		}
		calls = append(calls, one)
	}
	return calls, nil
}

// readTerm reads what the clusters do in the term, and the mandates of all terms.
func (r *request) readTerm(ctx context.Context, from records.Reader, m *memberRecords) error {
	for _, term := range r.Programme.Terms {
		mandates, err := scan[coordinator.Mandate](ctx, from, coordinator.MandateType, term.ID)
		if err != nil {
			return err
		}
		m.mandates = slices.AppendSeq(m.mandates, bodies(mandates))
	}
	decisions, err := scan[coordinator.Decision](ctx, from, coordinator.DecisionType, r.term.ID)
	if err != nil {
		return err
	}
	candidacies, err := scan[coordinator.Candidacy](ctx, from, coordinator.RecordType, r.term.ID)
	if err != nil {
		return err
	}
	offers, err := scan[questionnaire.Offer](ctx, from, questionnaire.RecordType, r.term.ID)
	if err != nil {
		return err
	}
	plans, err := scan[workplan.Plan](ctx, from, workplan.RecordType, r.term.ID)
	if err != nil {
		return err
	}
	m.seatDecisions, m.candidacies, m.plans = byID(decisions), byID(candidacies), byID(plans)
	m.offers = slices.SortedStableFunc(bodies(offers), func(x, y questionnaire.Offer) int { return r.byName(x.Country, x.City, y.Country, y.City) })
	return nil
}

// storedMember is a member as it stands on record.
type storedMember = stored[member.Member]
