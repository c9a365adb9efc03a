// Package story finds a city by any spelling on record and gathers, version by version, what the records say of it, for package history
// to tell. It changes nothing, and knows no sheet.
package story

import (
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/history"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// Types are the records that stories are made of; whoever wants a whole picture reads them in one snapshot.
var Types = []string{
	member.RecordType, application.RecordType, application.EndorsementType, application.DecisionType, survey.RecordType,
	questionnaire.RecordType, coordinator.RecordType, coordinator.DecisionType, coordinator.MandateType, workplan.NewsType,
	network.RecordType,
}

// Teller tells what was on record at a moment.
type Teller struct {
	Records   records.Reader // of the present: a past moment is found in the earlier versions
	Programme *programme.Edition
	Reference *reference.Data
	At        time.Time
	// Hindsight tells by all that is on record now what holds on the day of At, and nothing that came after it.
	Hindsight bool
	// Outside tells what may be told to those who don't decide about coordinators: nothing of candidacies, and of a seat what is announced or
	// has begun, without the reason.
	Outside bool
}

// knows reports whether what was recorded at a moment is told.
func (t Teller) knows(recorded time.Time) bool { return t.Hindsight || !recorded.After(t.At) }

// zone is where the secretariat is.
func (t Teller) zone() *time.Location { return t.Programme.LatestCall().Location() }

// day is that of the page.
func (t Teller) day() civil.Date { return civil.Of(t.At, t.zone()) }

func (t Teller) country(iso2 string) locale.Text {
	if c, ok := t.Reference.Country(iso2); ok {
		return c.Name
	}
	return locale.Same(iso2)
}

func (t Teller) region(iso2 string) locale.Text {
	c, _ := t.Reference.Country(iso2)
	region, _ := t.Reference.Region(c.Region)
	return region.Name
}

func (t Teller) origin(p records.Provenance) history.Origin {
	o := history.Origin{File: p.File, Sheet: p.Sheet, Row: p.Row, Source: p.Import, Person: p.Person}
	if o.Source == "" {
		o.Source = p.Request
	}
	if p.Undo != "" { // what the rest says is told where it first came up
		o = history.Origin{Source: p.Undo, Undone: true}
		if p.Import == "" && p.Request == "" {
			o.Person = p.Person
		}
	}
	if !p.At.IsZero() {
		o.On = civil.Of(p.At, t.zone())
	}
	return o
}
