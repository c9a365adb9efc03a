package registry

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// extensionType is the type of a call's extensions: in its partition, by the order in which they were granted.
const extensionType = "extension"

// Extend grants an extension of a call's deadline, from now on, which only the secretariat can (APPLICATION_ACTOR); who grants it and when are
// the request's. *Refused with the problem of application.Extend; CALL_UNKNOWN, RECORD_BUSY, IDEMPOTENCY_KEY_REUSED.
func (r *Registry) Extend(
	ctx context.Context, o Origin, callID string, actor application.Actor, e application.Extension,
) (application.Extension, error) {
	call, err := r.call(callID)
	if err != nil {
		return application.Extension{}, err
	}
	if actor.Role != application.BySecretariat {
		return application.Extension{}, refused(problem.New("APPLICATION_ACTOR").
			WithText("action", locale.Text{EN: "extend a deadline", FR: "prolonger un délai", ES: "prorrogar un plazo"}).
			WithText("actor", application.BySecretariat.Label()))
	}
	asked := []any{callID, actor, e}
	id, err := r.perform(ctx, o, asked, applicationTypes, func(
		from records.Reader, o Origin, now time.Time,
	) ([]table.Write, string, error) {
		granted, err := loadExtensions(ctx, from, callID)
		if err != nil {
			return nil, "", err
		}
		e.GrantedAt, e.Person = now, o.Person
		if _, p := application.Extend(call, granted, e); p != nil {
			return nil, "", refused(p)
		}
		id := number(len(granted) + 1)
		ref := records.Ref{Type: extensionType, Partition: callID, ID: id}
		ws, err := written(records.Put{Record: records.Record{Ref: ref, Provenance: o.provenance(now)}}, e)
		return ws, id, err
	})
	if err != nil {
		return application.Extension{}, err
	}
	record, err := r.records.Get(ctx, records.Ref{Type: extensionType, Partition: callID, ID: id})
	if err != nil {
		return application.Extension{}, err
	}
	var granted application.Extension
	return granted, records.Decode(record.Body, &granted)
}

// Extensions gives the extensions of a call's deadlines in the order in which they were granted. CALL_UNKNOWN.
func (r *Registry) Extensions(ctx context.Context, call string) ([]application.Extension, error) {
	if _, err := r.call(call); err != nil {
		return nil, err
	}
	return loadExtensions(ctx, r.records, call)
}

func loadExtensions(ctx context.Context, from records.Reader, call string) ([]application.Extension, error) {
	var all []application.Extension
	err := scan(ctx, from, extensionType, call, "", func(_ records.Record, e application.Extension) error {
		all = append(all, e)
		return nil
	})
	return all, err
}
