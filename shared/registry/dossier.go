package registry

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
)

// applicationEventType is the type of the events of applications: in a call's partition, by city and place in the city's stream.
const applicationEventType = "application_event"

// applicationEvent is one event of a stream, with the versions of the records that sheets share, as it left them. Where these have
// others since, a sheet has changed them.
type applicationEvent struct {
	Event application.Event `json:"event"`
	Seen  versions          `json:"seen"`
}

// versions are those of a city's records of a call; 0 is that there is none.
type versions struct {
	Application int64 `json:"application"`
	Endorsement int64 `json:"endorsement"`
	Decision    int64 `json:"decision"`
}

// dossier is all that is on record of a city's application to a call.
type dossier struct {
	recorded    []application.Event
	told        []application.Event // by sheets since the last event; entered with the next one
	seen        versions            // after the last event
	now         versions
	application *application.Application
	endorsement *application.Endorsement
	decision    *application.Decision
	brought     [3]records.Provenance // of application, endorsement and decision
}

// longestStream is how many bytes of forms an application's events may hold before no further answers are kept: whoever looks at the call's
// applications reads all of them.
const longestStream = 4 << 20

func (d *dossier) long() bool {
	size := 0
	for _, e := range d.recorded {
		if e.Form == nil {
			continue
		}
		text, err := json.Marshal(e.Form)
		if err != nil { // it was read from JSON
			return true
		}
		size += len(text)
	}
	return size > longestStream
}

// loadDossiers reads the dossiers of the cities whose identifiers begin with a prefix; events have the place behind it.
func loadDossiers(
	ctx context.Context, from records.Reader, call programme.Call, eventPrefix, prefix string,
) (map[string]*dossier, error) {
	files := map[string]*dossier{}
	of := func(id string) *dossier {
		if files[id] == nil {
			files[id] = &dossier{}
		}
		return files[id]
	}
	err := errors.Join(
		scan(ctx, from, applicationEventType, call.ID, eventPrefix, func(record records.Record, e applicationEvent) error {
			id := record.Ref.ID[:strings.LastIndex(record.Ref.ID, "#")]
			file := of(id)
			file.recorded, file.seen = append(file.recorded, e.Event), e.Seen
			return nil
		}),
		scan(ctx, from, application.RecordType, call.ID, prefix, func(record records.Record, a application.Application) error {
			file := of(record.Ref.ID)
			file.application, file.now.Application, file.brought[0] = &a, record.Version, record.Provenance
			return nil
		}),
		scan(ctx, from, application.EndorsementType, call.ID, prefix, func(record records.Record, e application.Endorsement) error {
			file := of(record.Ref.ID)
			file.endorsement, file.now.Endorsement, file.brought[1] = &e, record.Version, record.Provenance
			return nil
		}),
		scan(ctx, from, application.DecisionType, call.ID, prefix, func(record records.Record, d application.Decision) error {
			file := of(record.Ref.ID)
			file.decision, file.now.Decision, file.brought[2] = &d, record.Version, record.Provenance
			return nil
		}),
	)
	for id, file := range files {
		file.tell(call, id)
	}
	return files, err
}

// storedMember is a member's record with its version; 0 is that there is none.
type storedMember struct {
	body    member.Member
	version int64
}

func loadMember(ctx context.Context, from records.Reader, id string) (storedMember, error) {
	var m storedMember
	record, err := from.Get(ctx, records.Ref{Type: member.RecordType, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	m.version = record.Version
	return m, records.Decode(record.Body, &m.body)
}
