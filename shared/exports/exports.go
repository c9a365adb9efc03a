// Package exports writes the network's workbooks: what the domain packages compute from the records, laid out for people to read,
// print and calculate on with. It writes through package sheet and never reads a sheet; the same records give the same bytes.
package exports

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	asked "github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
)

// Snapshotter reads records of some types as they stand between two commits; *records.Store is one, and *records.Past one of the past.
type Snapshotter interface {
	Snapshot(ctx context.Context, types []string, read func(records.Reader) error) error
}

// Input is what a workbook is made from.
type Input struct {
	Records   Snapshotter
	Programme *programme.Edition
	Reference *reference.Data
	Lang      locale.Lang
	Format    asked.Format // "" is a workbook
	Term      string       // "" is the one of At, or the latest
	Call      string       // "" is the latest
	Donor     string       // of a statement: identifier or name
	ByID      bool         // Donor is the identifier and nothing else
	From, To  civil.Date   // of a statement that is not of a term, and of the audit trail: its first and last day
	Trail     Entries      // of the audit trail only
	At        time.Time    // the moment that the workbook shows the network as of; no other time goes into it
}

// creator is the workbooks' author in their properties.
const creator = "Guildhall"

// request is an Input with its choices made.
type request struct {
	Input
	term programme.Term
	call programme.Call
	poll programme.Survey
	day  civil.Date // of At, where the secretariat is
}

// resolve makes the choices that the caller left open. TERM_UNKNOWN, CALL_UNKNOWN.
func (in Input) resolve() (*request, error) {
	r := &request{Input: in, call: in.Programme.LatestCall()}
	r.day = civil.Of(in.At, r.call.Location())
	if in.Call != "" {
		call, ok := in.Programme.Call(in.Call)
		if !ok {
			return nil, unknown("CALL_UNKNOWN", in.Call, in.Programme.Calls, func(c programme.Call) string { return c.ID })
		}
		r.call = call
	}
	term, ok := in.Programme.TermAt(r.day)
	if !ok {
		term = in.Programme.LatestTerm()
	}
	if in.Term != "" {
		if term, ok = in.Programme.Term(in.Term); !ok {
			return nil, unknown("TERM_UNKNOWN", in.Term, in.Programme.Terms, func(t programme.Term) string { return t.ID })
		}
	}
	r.term = term
	r.poll = r.survey()
	return r, nil
}

// survey is the one that had opened last on the workbook's day; of a term that was asked for and is over, the last one of its days.
func (r *request) survey() programme.Survey {
	day := r.day
	if r.Term != "" && r.term.End.Before(day) {
		day = r.term.End
	}
	latest, _ := survey.Of(r.Programme, day)
	return latest
}

func unknown[T any](code problem.Code, value string, known []T, id func(T) string) *problem.Problem {
	ids := make([]string, len(known))
	for i, one := range known {
		ids[i] = id(one)
	}
	p := problem.New(code).Valued(value).With("known", strings.Join(ids, ", "))
	if near, ok := locale.Nearest(value, ids); ok {
		p.Suggest(near)
	}
	return p
}

// in gives a text in the workbook's language.
func (r *request) in(text locale.Text) string { return text.In(r.Lang) }

// fill gives a text in the workbook's language with its verbs filled in.
func (r *request) fill(text locale.Text, args ...any) string {
	return fmt.Sprintf(text.In(r.Lang), args...)
}

// country is a country's name in the workbook's language, or its code where there is no such country.
func (r *request) country(iso2 string) string {
	if c, ok := r.Reference.Country(iso2); ok {
		return r.in(c.Name)
	}
	return iso2
}

// region is the identifier of a country's UNESCO region, "" when it has none.
func (r *request) region(iso2 string) string {
	c, _ := r.Reference.Country(iso2)
	return c.Region
}

// workbook is the properties of a workbook.
func (r *request) workbook(title string) sheet.WriterOptions {
	return sheet.WriterOptions{Title: title, Creator: creator, Lang: r.Lang}
}
