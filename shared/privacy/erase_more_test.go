package privacy_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

// interrupted are files at which something else happens when a plan is about to be written, once.
type interrupted struct {
	blob.Store
	by func()
}

func (s *interrupted) Create(ctx context.Context, name string) (blob.Writer, error) {
	if by := s.by; by != nil && strings.HasSuffix(name, "/plan.jsonl") {
		s.by = nil
		by()
	}
	return s.Store.Create(ctx, name)
}

func TestErasuresAtOnceLeaveAnImportItsPlanAndReport(t *testing.T) {
	w := newWorld(t)
	plain := w.blobs
	w.blobs = &interrupted{plain, func() { // another process is at the same erasure, and ends it
		other := *w
		other.blobs = plain
		if _, _, err := other.service(w.table, false).Resume(t.Context()); err != nil {
			t.Error(err)
		}
	}}
	s := w.service(w.table, false)
	if _, err := s.Erase(t.Context(), yann, "anna"); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(2 * privacy.Settle)
	for range 3 {
		if _, _, err := s.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(2 * privacy.Settle)
	}
	w.gone("after both")
	store := intake.New(intake.Config{Table: w.table, Blobs: w.blobs, Clock: w.clock, IDs: identity.NewIDs(w.clock, nil)})
	imp, err := store.Find(t.Context(), "i1")
	w.must(err)
	if _, err := store.ReportOf(t.Context(), imp); err != nil {
		t.Errorf("the report: %v", err)
	}
	if _, err := w.blobs.Stat(t.Context(), imp.PlanBlob()); err != nil {
		t.Errorf("the plan: %v", err)
	}
}

// change puts another import in the place of one.
func (w *world) change(id string, by func(*intake.Import)) {
	w.Helper()
	imp, err := intake.New(intake.Config{Table: w.table, Blobs: w.blobs, Clock: w.clock, IDs: identity.NewIDs(w.clock, nil)}).Find(w.Context(), id)
	w.must(err)
	by(imp)
	write, err := imp.Write(nil)
	w.must(err)
	write.Condition = table.Present()
	w.must(w.table.Write(w.Context(), write))
}

func TestAnImportWhoseFilesAreGoneByRetentionKeepsNoErasureOpen(t *testing.T) {
	w := newWorld(t)
	w.change("i1", func(i *intake.Import) { i.ExpiredAt, i.Swept = w.now, true })
	for _, name := range []string{intake.PlanBlob("i1", ""), intake.ReportBlob("i1", "")} {
		w.must(w.blobs.Erase(t.Context(), name))
	}
	if e, err := w.service(w.table, true).Erase(t.Context(), yann, "anna"); err != nil || e.State != privacy.Done {
		t.Errorf("%+v, %v", e, err)
	}
	w.gone("after the erasure")
}

func TestANameInAnIdentifierStaysAndKeepsNoErasureOpen(t *testing.T) {
	w := newWorld(t)
	const plan = `{"plan":1,"file":"ab","kind":"expenditures","answers":{"payee:Yann Kerbrat":"yes"}}
{"row":2,"outcome":"create","writes":[{"op":"create","type":"expenditure","partition":"2025","id":"ref-yann-kerbrat-3","after":{"payee":"Yann Kerbrat"}}]}
`
	sum := w.keep(intake.PlanBlob("i1", ""), plan)
	w.change("i1", func(i *intake.Import) { i.Plan = sum })
	if e, err := w.service(w.table, true).Erase(t.Context(), yann, "anna"); err != nil || e.State != privacy.Done {
		t.Errorf("%+v, %v", e, err)
	}
	w.gone("after the erasure") // as a name
	if held := w.held(); !strings.Contains(held, "ref-yann-kerbrat-3") || !strings.Contains(held, `"payee:[…]":"yes"`) {
		t.Error("the identifier by which an undo finds the record is not what it was, or an answer's question still names the person")
	}
}

func TestWhatStoodInTheCellsOfThePersonsRowIsNotInTheReportAnyMore(t *testing.T) {
	w := newWorld(t)
	store := intake.New(intake.Config{Table: w.table, Blobs: w.blobs, Clock: w.clock, IDs: identity.NewIDs(w.clock, nil)})
	report, err := store.ReportOf(t.Context(), &intake.Import{ID: "i1", State: intake.Committed, CheckedAt: w.now})
	w.must(err)
	report.Problems = append(report.Problems,
		*problem.New("CODE_LEADING_ZERO_LOST").At("Form", 2, 7).Valued(298001122.0).With("shown", "0298001122").Suggest("0298001122"),
		*problem.New("CODE_LEADING_ZERO_LOST").At("Form", 3, 7).Valued(511.0).With("shown", "0511").Suggest("0511"))
	w.must(store.KeepReport(t.Context(), report))
	if _, err := w.service(w.table, true).Erase(t.Context(), yann, "anna"); err != nil {
		t.Fatal(err)
	}
	held := w.held()
	if strings.Contains(held, "298001122") {
		t.Error("the person's telephone number is still in the report")
	}
	if !strings.Contains(held, "0511") {
		t.Error("so is nobody's")
	}
}

func TestWhatReportsQuoteAndPapersShowLosesThePerson(t *testing.T) {
	w := newWorld(t)
	w.must(w.table.Write(t.Context(), table.Write{Put: &table.Item{
		Key: table.Key{Partition: "summary_kept", Sort: "s1#1"}, Attributes: table.Attributes{
			"by": "", "report": `{"lists":[{"entries":[{"note":"Thanks to Yann Kerbrat.","city":"Brest"}]}],"n":1.50}`, "changes": `[]`,
		},
	}}))
	w.record(fund.ResultType, "2025", "r1", map[string]any{"text": map[string]any{"en": "Led by Yann Kerbrat."}}, 0)
	exports := request.New(w.table, w.clock)
	_, err := exports.Create(t.Context(), "e3", request.Wish{Kind: request.Donor, Lang: locale.FR, Donor: "Norway", Format: "pdf"})
	w.must(err)
	_, err = exports.Begin(t.Context(), "e3")
	w.must(err)
	paper, err := exports.Finish(t.Context(), "e3", 12)
	w.must(err)
	w.keep(paper.Blob(), "%PDF- what it says is packed")
	if e, err := w.service(w.table, true).Erase(t.Context(), yann, "anna"); err != nil || e.State != privacy.Done {
		t.Fatalf("%+v, %v", e, err)
	}
	w.gone("after the erasure")
	held := w.held()
	if !strings.Contains(held, `{\"note\":\"Thanks to […].\",\"city\":\"Brest\"}]}],\"n\":1.50}`) {
		t.Error("the report is not what it was but for the name")
	}
	if strings.Contains(held, "%PDF-") {
		t.Error("a paper that may show the result is kept")
	}
}

func TestAllAccountsOfAPersonAreRemoved(t *testing.T) {
	w := newWorld(t)
	service, err := people.New(people.Config{
		Table: w.table, Clock: w.clock, IDs: identity.NewIDs(w.clock, nil), Key: []byte("a key that is only for these tests"),
		Random: rand.Reader, Idle: time.Hour, Absolute: time.Hour,
	})
	w.must(err)
	_, err = service.First(t.Context(), "anna@example.org", locale.EN)
	w.must(err)
	_, err = service.First(t.Context(), "yann@brest.example", locale.FR)
	w.must(err)
	_, err = service.First(t.Context(), "yann.kerbrat@commission.example", locale.FR)
	w.must(err)
	both := privacy.Who{Names: yann.Names, Emails: []string{"yann@brest.example", "yann.kerbrat@commission.example"}}
	if e, err := w.service(w.table, true).Erase(t.Context(), both, "anna"); err != nil || e.State != privacy.Done {
		t.Fatalf("%+v, %v", e, err)
	}
	if held := w.held(); strings.Contains(held, "yann@brest.example") || strings.Contains(held, "commission.example") || !strings.Contains(held, "anna@example.org") {
		t.Error("an account of the person is left, or somebody else's is gone")
	}
}
