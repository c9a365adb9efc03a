// Package services puts together the services that people ask, over whatever table and files a host has. It links nothing that reads or
// writes sheets, so that what only takes requests in stays small; it knows no engine, no platform and no HTTP.
package services

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"time"

	"github.com/learning-cities/guildhall/shared/agenda"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/donors"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/deadletters"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/queue"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

// Parts are what a host gives.
type Parts struct {
	Table table.Table
	Blobs blob.Store
	Clock identity.Clock
	IDs   identity.IDs
	// Programme is the edition that holds; nil: the current one.
	Programme *programme.Edition
	// Pause waits between tries of what fails for the moment; nil: by the machine's clock.
	Pause func(ctx context.Context, try int) error
}

// How long sessions last: until nobody used them for so long, and in any case.
const (
	idle     = time.Hour
	absolute = 12 * time.Hour
)

// Edition is the programme that holds.
func (p Parts) Edition() *programme.Edition {
	if p.Programme == nil {
		return programme.Current()
	}
	return p.Programme
}

// Records keeps the network's records.
func (p Parts) Records() *records.Store {
	if p.Pause == nil {
		return records.New(p.Table)
	}
	return records.New(p.Table, records.WithPause(p.Pause))
}

// Intake keeps the records of imports.
func (p Parts) Intake() *intake.Store {
	return intake.New(intake.Config{Table: p.Table, Blobs: p.Blobs, Clock: p.Clock, IDs: p.IDs})
}

// Exports keeps the records of workbooks that were asked for.
func (p Parts) Exports() *request.Store { return request.New(p.Table, p.Clock) }

// Registry enters what is done in the network, one act at a time.
func (p Parts) Registry() *registry.Registry {
	countries := reference.Load()
	return registry.New(registry.Config{
		Table: p.Table, Programme: p.Edition(), Clock: p.Clock, IDs: p.IDs, Pause: p.Pause, Figures: donors.Figures(p.Edition(), countries),
		Country: func(iso2 string) locale.Text {
			country, ok := countries.Country(iso2)
			if !ok {
				return locale.Same(iso2)
			}
			return country.Name
		},
		Region: func(iso2 string) string {
			country, _ := countries.Country(iso2)
			return country.Region
		},
	})
}

// People are those who may use the product, and their sessions; key is that of door.Keys.
func (p Parts) People(key []byte) (*people.Service, error) {
	return people.New(people.Config{
		Table: p.Table, Clock: p.Clock, IDs: p.IDs, Random: rand.Reader, Key: key, Idle: idle, Absolute: absolute, Pause: p.Pause,
	})
}

// Outbox keeps what was written about the network by itself, and how its letters stand.
func (p Parts) Outbox() *outbox.Store { return outbox.New(p.Table, p.Clock, p.IDs) }

// Directory is where the product itself looks people up.
func (p Parts) Directory() *people.Directory { return people.NewDirectory(p.Table, p.Clock, p.IDs) }

// Trail is that of who did what.
func (p Parts) Trail() *audit.Trail {
	return audit.New(audit.Config{Table: p.Table, Clock: p.Clock, IDs: p.IDs, Pause: p.Pause})
}

// Agenda knows the days that letters go by, and to whom they go.
func (p Parts) Agenda() agenda.Source {
	return agenda.Source{Records: p.Records(), Programme: p.Edition(), People: p.Directory()}
}

// Digest puts together what letters say.
func (p Parts) Digest() digest.Source {
	return digest.Source{Records: p.Records(), Programme: p.Edition(), Reference: reference.Load()}
}

// Privacy answers for the data of one person. letters are e-mails that the host keeps as files, nil for none; alone says that nobody else writes
// meanwhile.
func (p Parts) Privacy(letters privacy.Letters, alone bool) *privacy.Service {
	return privacy.New(privacy.Config{
		Table: p.Table, Blobs: p.Blobs, Intake: p.Intake(), Exports: p.Exports(), People: p.Directory(), Letters: letters, Clock: p.Clock, IDs: p.IDs,
		Random: rand.Reader, Alone: alone,
	})
}

// Work is how a host has files sent and fetched, and where it sends what jobs are to do.
type Work struct {
	Links                 blob.Linker
	Check, Commit, Export queue.Sender
	Deliver               queue.Sender // nil: no letter is sent, and all wait
	Arrivals              queue.Sender // as office.Config has it
	DeadLetters           []deadletters.Line
	// Privacy answers for the data of one person; nil where the host has not the time, nor the leave, to look through everything.
	Privacy *privacy.Service
	// Archive is as office.Config has it.
	Archive func(ctx context.Context, to io.Writer) error
}

// Office is where people ask. on are those whom People gave.
func (p Parts) Office(on *people.Service, work Work, log *slog.Logger) *office.Office {
	return office.New(office.Config{
		Registry: p.Registry(), Records: p.Records(), People: on, Programme: p.Edition(), Reference: reference.Load(),
		Intake: p.Intake(), Exports: p.Exports(), Blobs: p.Blobs, Links: work.Links,
		Outbox: p.Outbox(), Agenda: p.Agenda(), Digest: p.Digest(), Directory: p.Directory(), Trail: p.Trail(),
		CheckQueue: work.Check, CommitQueue: work.Commit, ExportQueue: work.Export, DeliverQueue: work.Deliver, Arrivals: work.Arrivals,
		DeadLetters: deadletters.New(work.DeadLetters), Privacy: work.Privacy, Archive: work.Archive, Clock: p.Clock, Log: log,
	})
}
