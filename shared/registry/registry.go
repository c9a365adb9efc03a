// Package registry enters what is done in the network into its records, one act at a time: it judges an act by the domain's rules on what is
// stored, and writes the event with every record that follows from it in one transaction, once for each request. It knows no sheet
// and no HTTP.
package registry

import (
	"context"
	"time"

	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// Config is what a Registry works with; all but Pause is needed, and Figures only where statements are made final.
type Config struct {
	Table     table.Table
	Programme *programme.Edition
	Country   func(iso2 string) locale.Text // a country's name, for messages
	Region    func(iso2 string) string      // its UNESCO region (R-REG-1), "" for none
	Clock     identity.Clock
	IDs       identity.IDs
	Figures   Figures
	// Pause waits between tries for what others write at the same moment; try counts from 1. An error ends the trying. nil waits
	// 10 ms, twice as long each time, and at most half a second.
	Pause func(ctx context.Context, try int) error
}

// Registry is safe for concurrent use, also by several processes over one table.
type Registry struct {
	Config
	records *records.Store
	fund    chan struct{} // full while an act on the fund's books is at work
}

// New makes a registry.
func New(c Config) *Registry {
	if c.Pause == nil {
		c.Pause = records.BackOff(10*time.Millisecond, 500*time.Millisecond)
	}
	return &Registry{Config: c, records: records.New(c.Table, records.WithPause(c.Pause)), fund: make(chan struct{}, 1)}
}

// Origin is who asks for an act, and in which request.
type Origin struct {
	Request string // identifier; a repetition with the same one does nothing and is given the same answer. "" makes a new one
	Person  string // identifier
}

func (o Origin) provenance(at time.Time) records.Provenance {
	return records.Provenance{Person: o.Person, Request: o.Request, At: at}
}

// Refused says why an act can't be. Nothing was written.
type Refused struct{ Problems []*problem.Problem }

// Error implements error.
func (e *Refused) Error() string { return e.Problems[0].Error() }

// Unwrap gives the problems, at least one.
func (e *Refused) Unwrap() []error {
	all := make([]error, len(e.Problems))
	for i, p := range e.Problems {
		all[i] = p
	}
	return all
}

func refused(problems ...*problem.Problem) error { return &Refused{problems} }
