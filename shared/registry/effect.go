package registry

import (
	"context"
	"slices"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// effect is what an event means for the records that are shared with sheets and workbooks.
type effect struct {
	registry *Registry
	origin   Origin
	now      time.Time
	call     programme.Call
	act      Act
	file     *dossier
	known    storedMember
	after    application.Case
	gone     map[records.Ref]int64 // the last versions of records that were removed
	all      []table.Write
}

// writes gives the event and what follows from it. Records that it leaves alone are held to be as they were judged by.
func (e *effect) writes(
	ctx context.Context, from records.Reader, event application.Event, round *application.Round,
) ([]table.Write, string, error) {
	seen := e.file.now
	if err := e.loadGone(ctx); err != nil {
		return nil, "", err
	}
	claims, err := e.claims(ctx, from, round)
	if err != nil {
		return nil, "", err
	}
	for _, part := range []struct {
		typ     string
		version *int64
		body    any
		changed bool
		claims  []records.Claim
	}{
		{application.RecordType, &seen.Application, e.after.Form, e.act.Action == application.Send, nil},
		{application.EndorsementType, &seen.Endorsement, e.endorsement(), e.act.Action == application.Submit, claims},
		{application.DecisionType, &seen.Decision, e.decision(), e.act.Action.By() == application.BySecretariat, nil},
	} {
		ref := records.Ref{Type: part.typ, Partition: e.call.ID, ID: e.act.City.ID}
		removed := e.act.Action == application.Withdraw ||
			e.act.Action == application.Recall && part.typ == application.EndorsementType
		switch {
		case part.changed:
			put := records.Put{Record: e.record(ref), Base: e.base(ref, *part.version), Claims: part.claims}
			if err := e.put(put, part.body); err != nil {
				return nil, "", err
			}
			*part.version = put.Base + 1
		case removed && *part.version > 0:
			e.all = append(e.all, records.Remove(ref, *part.version))
			*part.version = 0
		default:
			e.all = append(e.all, records.Unchanged(ref, *part.version))
		}
	}
	if err := e.member(); err != nil {
		return nil, "", err
	}
	n, err := e.events(event, seen)
	return e.all, number(n), err
}

func (e *effect) record(ref records.Ref) records.Record {
	return records.Record{Ref: ref, Provenance: e.origin.provenance(e.now)}
}

func (e *effect) put(p records.Put, body any) error {
	ws, err := written(p, body)
	e.all = append(e.all, ws...)
	return err
}

// events enters what sheets told, then the event itself, behind those on record: whoever else would be next in the stream fails.
func (e *effect) events(event application.Event, seen versions) (last int, err error) {
	last = len(e.file.recorded)
	for _, event := range append(slices.Clone(e.file.told), event) {
		last++
		ref := records.Ref{Type: applicationEventType, Partition: e.call.ID, ID: event.City + "#" + number(last)}
		if err := e.put(records.Put{Record: e.record(ref)}, applicationEvent{Event: event, Seen: seen}); err != nil {
			return 0, err
		}
	}
	return last, nil
}

// claims takes a slot of the country's quota for a submission, and gives it back for a recall (R-APP-3).
func (e *effect) claims(ctx context.Context, from records.Reader, round *application.Round) ([]records.Claim, error) {
	id, country := e.act.City.ID, e.act.City.Country
	if e.act.Action != application.Submit && e.act.Action != application.Recall {
		return nil, nil
	}
	slots := application.Slots(e.call.ID, country)
	held, err := records.Holders(ctx, from, slots)
	if err != nil {
		return nil, err
	}
	quota := application.NewQuota(e.call.Quota)
	for _, slot := range held {
		if e.act.Action == application.Recall && slot.Holder == id {
			e.all = append(e.all, records.Release(slot))
		}
		name := round.Case(slot.Holder).Name
		if name == "" {
			name = slot.Holder
		}
		quota.Held(slot.ID, slot.Holder, name)
	}
	if e.act.Action == application.Recall {
		return nil, nil
	}
	slot, ok := quota.Take(id, e.after.Name)
	if !ok {
		return nil, refused(quota.Exceeded(e.registry.Country(country)))
	}
	return []records.Claim{{Partition: slots, ID: slot, Holder: id}}, nil
}

// endorsement is the record of a submission: the National Commission's word is dated by its latest endorsement.
func (e *effect) endorsement() application.Endorsement {
	record := application.Endorsement{
		City: e.after.Name, Country: e.after.Country, EndorsedBy: e.act.Signed, Origin: application.OriginEndorsement,
	}
	if record.EndorsedBy == "" {
		record.EndorsedBy = e.origin.Person
	}
	for _, event := range e.after.History {
		if event.Action == application.Endorse {
			record.EndorsedOn = civil.Of(event.At, e.call.Location())
		}
	}
	return record
}

func (e *effect) decision() application.Decision {
	return application.Decision{
		City: e.after.Name, Country: e.after.Country, Decision: string(e.after.State), DecidedOn: civil.Of(e.now, e.call.Location()),
		Reason: e.act.Reason,
	}
}

// member makes an accepted city a member (R-APP-9).
func (e *effect) member() error {
	ref := records.Ref{Type: member.RecordType, ID: e.act.City.ID}
	from, accepted := e.after.MemberFrom(e.call)
	if !accepted {
		e.all = append(e.all, records.Unchanged(ref, e.known.version))
		return nil
	}
	body := e.known.body
	if e.known.version == 0 {
		form := e.after.Form
		body = member.Member{
			City: e.after.Name, Country: e.after.Country, OtherNames: form.OtherNames, Website: form.Website, Population: form.Profile.Population.Whole(),
		}
	}
	return e.put(records.Put{Record: e.record(ref), Base: e.base(ref, e.known.version)}, body.Join(from))
}

// loadGone finds which of the city's records there were once: who creates one again writes from its last version.
func (e *effect) loadGone(ctx context.Context) error {
	refs := []records.Ref{{Type: member.RecordType, ID: e.act.City.ID}}
	for _, typ := range []string{application.RecordType, application.EndorsementType, application.DecisionType} {
		refs = append(refs, records.Ref{Type: typ, Partition: e.call.ID, ID: e.act.City.ID})
	}
	latest, err := e.registry.records.Latest(ctx, refs)
	e.gone = map[records.Ref]int64{}
	for _, one := range latest {
		if one.Gone {
			e.gone[one.Ref] = one.Version
		}
	}
	return err
}

// base is the version from which a record is written; version is 0 where there is none.
func (e *effect) base(ref records.Ref, version int64) int64 {
	if version == 0 {
		return e.gone[ref]
	}
	return version
}
