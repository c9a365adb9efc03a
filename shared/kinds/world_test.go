package kinds

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// world is a store with what rules may know of it, and a small importer: rows are judged, and what is judged importable is stored
// as package imports stores it.
type world struct {
	t     *testing.T
	store *records.Store
	env   *imports.Env
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store := records.New(memory.New(table.Config{}))
	p := programme.Current()
	return &world{t: t, store: store, env: &imports.Env{
		Programme: p, Reference: reference.Load(), Records: store,
		Now:  time.Date(2025, time.June, 1, 9, 0, 0, 0, time.UTC),
		Call: p.LatestCall().ID, Term: p.LatestTerm().ID, Lang: locale.EN, Answers: sheet.Answers{}, Person: "secretariat",
	}}
}

// judged is what became of one row.
type judged struct {
	outcome  string // create, update, unchanged or fail
	label    string
	changes  []imports.Change
	problems []problem.Problem
}

// codes lists the row's problems in the order of their finding.
func (j judged) codes() []string {
	codes := []string{}
	for _, p := range j.problems {
		codes = append(codes, string(p.Code))
	}
	return codes
}

// beginning starts the rules of one sheet.
type beginning[T any] func(context.Context, *imports.Env) (imports.Rules[T], error)

// send judges the rows of one sheet, which begin in row 2, and stores those that do not fail.
func send[T any](w *world, begin beginning[T], rows ...T) []judged {
	w.t.Helper()
	results := check(w, begin, rows...)
	for i := range results {
		if results[i].outcome == "" {
			results[i].outcome = w.apply(results[i].changes)
		}
	}
	return results
}

// check judges the rows of one sheet and stores nothing; the outcome of a row that fails is "fail", of others "".
func check[T any](w *world, begin beginning[T], rows ...T) []judged {
	w.t.Helper()
	rules, err := begin(w.t.Context(), w.env)
	if err != nil {
		w.t.Fatal(err)
	}
	results := make([]judged, len(rows))
	for i, row := range rows {
		j, err := rules.Judge(w.t.Context(), row, imports.Place{Sheet: "Sheet1", Row: i + 2})
		if err != nil {
			w.t.Fatal(err)
		}
		results[i] = judged{label: j.Label, changes: j.Changes, problems: j.Problems}
	}
	late, err := rules.Finish(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range late {
		results[p.Row-2].problems = append(results[p.Row-2].problems, p)
	}
	for i := range results {
		if findings(results[i].problems).block() {
			results[i].outcome = "fail"
		}
		for _, p := range results[i].problems {
			w.complete(&p)
		}
	}
	return results
}

// complete fails the test for a problem that does not say what its message names.
func (w *world) complete(p *problem.Problem) {
	w.t.Helper()
	entry, ok := problem.Lookup(p.Code)
	if !ok {
		w.t.Errorf("%s is not in the catalogue", p.Code)
	}
	for _, param := range entry.Params {
		if _, given := p.Params[param]; !given {
			w.t.Errorf("%s lacks %s", p.Code, param)
		}
	}
}

// apply stores a row's changes and says what came of them.
func (w *world) apply(changes []imports.Change) string {
	w.t.Helper()
	outcome := "unchanged"
	for _, change := range changes {
		body, err := records.Encode(change.Body)
		if err != nil {
			w.t.Fatal(err)
		}
		current, err := w.store.Get(w.t.Context(), change.Ref)
		exists := err == nil
		switch {
		case err != nil && !errors.Is(err, records.ErrNotFound):
			w.t.Fatal(err)
		case exists && (change.KeepExisting || records.Same(current.Body, body)):
			continue
		case exists && outcome == "unchanged":
			outcome = "update"
		case !exists:
			outcome = "create"
		}
		put := records.Put{Record: records.Record{Ref: change.Ref, Body: body}, Base: current.Version, Claims: change.Claims}
		if errs := w.store.PutEach(w.t.Context(), "", []records.Put{put}); errs != nil {
			w.t.Fatal(errs)
		}
	}
	return outcome
}

// read gives a record on file, as the domain's type.
func read[T any](w *world, typ, partition, id string) (body T, found bool) {
	w.t.Helper()
	record, err := w.store.Get(w.t.Context(), records.Ref{Type: typ, Partition: partition, ID: id})
	if errors.Is(err, records.ErrNotFound) {
		return body, false
	}
	if err == nil {
		err = records.Decode(record.Body, &body)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return body, true
}

// outcomes lists what became of each row.
func outcomes(rows []judged) string {
	var all []string
	for _, row := range rows {
		all = append(all, row.outcome)
	}
	return strings.Join(all, " ")
}

// want checks a row's outcome and the codes of its problems, whatever their order.
func (j judged) want(t *testing.T, outcome string, codes ...string) {
	t.Helper()
	got := j.codes()
	slices.Sort(got)
	slices.Sort(codes)
	if j.outcome != outcome || !slices.Equal(got, codes) {
		t.Errorf("%s: %s %v, want %s %v", j.label, j.outcome, got, outcome, codes)
	}
}

// only gives the row's one problem with a code.
func (j judged) only(t *testing.T, code problem.Code) problem.Problem {
	t.Helper()
	for _, p := range j.problems {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("%s: no %s among %v", j.label, code, j.codes())
	return problem.Problem{}
}

func date(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}
