package kinds_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/fixtures"
	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/fund"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// goodSamples are the sample workbooks in the order in which they build on each other.
var goodSamples = []string{
	"members.en.xlsx", "applications.fr.xlsx", "applications.es.xlsx", "endorsements.es.csv", "decisions.en.xlsx",
	"survey.en.xlsx", "survey.fr.xlsx", "survey.es.xlsx", "questionnaire.en.xlsx", "questionnaire.fr.xlsx", "questionnaire.es.xlsx",
	"coordinators.fr.xlsx", "coordinators.es.xlsx", "coordinators.en.xlsx", "news.en.xlsx", "news.fr.xlsx", "news.es.xlsx",
	"rates.en.xlsx", "rates.fr.csv", "rates.es.xlsx",
	"pledges.en.xlsx", "pledges.fr.xlsx", "pledges.es.xlsx",
	"contributions.en.xlsx", "contributions.es.xlsx", "contributions.fr.csv",
	"expenditures.en.xlsx", "expenditures.fr.xlsx", "expenditures.es.csv", "results.en.xlsx", "results.fr.xlsx", "results.es.xlsx",
}

// ledger notes the keys of all that is written to a table, so that everything in it can be looked at.
type ledger struct {
	table.Table
	mu   sync.Mutex
	keys map[table.Key]bool
}

func (l *ledger) note(ws ...table.Write) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range ws {
		l.keys[w.Key()] = true
	}
}

func (l *ledger) Write(ctx context.Context, w table.Write) error {
	l.note(w)
	return l.Table.Write(ctx, w)
}

func (l *ledger) WriteEach(ctx context.Context, ws []table.Write) []error {
	l.note(ws...)
	return l.Table.WriteEach(ctx, ws)
}

func (l *ledger) Transact(ctx context.Context, ws []table.Write) error {
	l.note(ws...)
	return l.Table.Transact(ctx, ws)
}

// listTypes are those of package giving, whose entries stay: they lead to records, and count only while these are there.
var listTypes = []string{"donor", "donor_gift", "donor_listed"}

// snapshot is every record with body and origin, every claim with its holder, and by what file an import is found, but no history and no lists.
func (l *ledger) snapshot(t *testing.T) map[string]string {
	t.Helper()
	l.mu.Lock()
	keys := slices.Collect(maps.Keys(l.keys))
	l.mu.Unlock()
	items, err := l.Table.GetEach(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, item := range items {
		typ, _, _ := strings.Cut(item.Key.Partition, "#")
		a := item.Attributes
		switch {
		case a["gone"] == true || typ == "lock" || typ == "past" || slices.Contains(listTypes, typ):
		case typ == "import" && !strings.HasPrefix(item.Key.Partition, "import#file"):
		case typ == "import" || typ == "claim":
			seen[item.Key.String()] = fmt.Sprint(a["holder"])
		default:
			seen[item.Key.String()] = fmt.Sprint(a["body"], a["import"], a["file"], a["sheet"], a["row"], a["person"], a["request"])
		}
	}
	return seen
}

func wantSame(t *testing.T, when string, got, want map[string]string) {
	t.Helper()
	for key := range got {
		if want[key] == "" {
			t.Errorf("%s: %s is there: %s", when, key, got[key])
		}
	}
	for key := range want {
		if got[key] != want[key] {
			t.Errorf("%s: %s is %s, want %s", when, key, got[key], want[key])
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// sample imports the valid rows of a sample workbook and gives its import.
func (o *office) sample(name string) string {
	o.t.Helper()
	content, err := fixtures.Sheets.ReadFile("sheets/" + name)
	if err != nil {
		o.t.Fatal(err)
	}
	up := imports.Upload{Name: name, Source: strings.NewReader(string(content)), Size: int64(len(content))}
	answers := sheet.Answers{}
	if name == "contributions.fr.csv" {
		answers = sheet.Answers{"csv.encoding": "windows-1252", "rate_date": "dmy"}
	}
	report, _, err := o.service.Import(o.t.Context(), up, imports.Options{Term: "2019-2021", Answers: answers}, intake.Valid, "")
	if err != nil {
		o.t.Fatalf("%s: %v", name, err)
	}
	return report.Import
}

func (o *office) undo(id string) *intake.UndoReport {
	o.t.Helper()
	report, err := o.service.Undo(o.t.Context(), imports.UndoOrder{Import: id, Mode: intake.Valid})
	if err != nil {
		o.t.Fatal(err)
	}
	return report
}

// Each sample is imported and undone, which leaves the records, claims and the memory of files as they were; then imported for good. In
// the end all are undone, the last first, which leaves nothing.
func TestEverySampleThatIsUndoneLeavesTheStoreAsItWas(t *testing.T) {
	engines := map[string]func(t *testing.T) table.Table{
		"memory": func(*testing.T) table.Table { return memory.New(table.Config{}) },
		"bolt": func(t *testing.T) table.Table {
			store, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { store.Close() })
			return store
		},
		"DynamoDB": func(t *testing.T) table.Table { return dynamodblocal.Open(t, table.Config{}, dynamo.Options{}) },
	}
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			l := &ledger{Table: open(t), keys: map[table.Key]bool{}}
			o := officeOver(t, l)
			var ids []string
			var stages []map[string]string
			for _, sample := range goodSamples {
				before := l.snapshot(t)
				stages = append(stages, before)
				if name != "DynamoDB" {
					report := o.undo(o.sample(sample))
					if report.Rows.Stored == 0 || report.Rows.Kept != 0 {
						t.Errorf("%s: %+v with %v", sample, report.Rows, report.Problems)
					}
					wantSame(t, sample, l.snapshot(t), before)
				}
				ids = append(ids, o.sample(sample))
			}
			for i := len(ids) - 1; i >= 0; i-- {
				if report := o.undo(ids[i]); report.Rows.Kept != 0 {
					t.Errorf("%s: %+v with %v", goodSamples[i], report.Rows, report.Problems)
				}
				wantSame(t, goodSamples[i], l.snapshot(t), stages[i])
			}
			wantSame(t, "in the end", l.snapshot(t), map[string]string{})
		})
	}
}

// Of every sample one record is changed by a page after the import: its row is kept, whole, and all others are undone.
func TestARowOfAnySampleThatWasEditedSinceIsKept(t *testing.T) {
	store := memory.NewStore()
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	keys := map[table.Key]bool{}
	at := func(s *memory.Store) (*ledger, *office) {
		l := &ledger{Table: s.Table(table.Config{}), keys: keys}
		return l, officeWith(t, l, blobs)
	}
	for _, sample := range goodSamples {
		l, o := at(store)
		before := l.snapshot(t)
		id := o.sample(sample)
		editedLedger, edited := at(store.Clone())
		kept := edited.edit(id)
		report := edited.undo(id)
		if report.Rows.Kept != 1 || len(report.Problems) != 1 || report.Problems[0].Code != "UNDO_KEPT_EDITED" {
			t.Errorf("%s: %+v with %v", sample, report.Rows, report.Problems)
			continue
		}
		after := editedLedger.snapshot(t)
		for _, ref := range kept {
			if after[ref.String()] == "" {
				t.Errorf("%s: %s was undone although its row was edited", sample, ref)
			}
			delete(after, ref.String())
			delete(before, ref.String())
		}
		maps.DeleteFunc(after, func(key, _ string) bool { return strings.HasPrefix(key, "claim#") })
		maps.DeleteFunc(before, func(key, _ string) bool { return strings.HasPrefix(key, "claim#") })
		wantSame(t, sample, after, before)
	}
}

// edit changes a record of the first row that an import stored, as a page would, and gives all records of that row.
func (o *office) edit(id string) (row []records.Ref) {
	o.t.Helper()
	err := o.service.Plan(o.t.Context(), id, func(planned imports.PlanRow) error {
		if len(row) > 0 || planned.Outcome != intake.Create {
			return nil
		}
		for _, w := range planned.Writes {
			if w.Op == intake.Unchanged && w.Base == 0 { // the row rests on there being none
				continue
			}
			row = append(row, records.Ref{Type: w.Type, Partition: w.Partition, ID: w.ID})
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	record, err := o.store.Get(o.t.Context(), row[0])
	if err != nil {
		o.t.Fatal(err)
	}
	record.Provenance = records.Provenance{Person: "anna", Request: "r1"}
	put := records.Put{Record: record, Base: record.Version}
	for _, err := range o.store.PutEach(o.t.Context(), "", []records.Put{put}) {
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return row
}

// Imports and undos in any order leave no record without what it rests on, and no slot of a quota without its endorsement.
func TestUndosInAnyOrderLeaveNothingWithoutWhatItRestsOn(t *testing.T) {
	for seed := range uint64(2) {
		seeded := rand.New(rand.NewPCG(seed, 6))
		o := newOffice(t)
		var ids []string
		for range 2 {
			for _, sample := range goodSamples {
				if seeded.IntN(5) > 0 {
					ids = append(ids, o.sample(sample))
				}
				if len(ids) > 0 && seeded.IntN(3) == 0 {
					o.undo(ids[seeded.IntN(len(ids))])
					o.wantSound()
				}
			}
		}
		for _, id := range ids {
			o.undo(id)
			o.wantSound()
		}
	}
}

// wantSound fails the test when a record lacks what it rests on.
func (o *office) wantSound() {
	o.t.Helper()
	there := func(typ, partition, id string) {
		o.t.Helper()
		if _, err := o.store.Get(o.t.Context(), records.Ref{Type: typ, Partition: partition, ID: id}); err != nil {
			o.t.Fatal(err)
		}
	}
	each := func(typ, partition string, fn func(r records.Record)) {
		o.t.Helper()
		err := o.store.Scan(o.t.Context(), typ, partition, "", func(r records.Record) error {
			fn(r)
			return nil
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
	text := func(r records.Record, name string) string {
		s, _ := r.Body[name].(string)
		return s
	}
	p := programme.Current()
	for _, year := range []string{"2019", "2020", "2021"} {
		for _, typ := range []string{fund.RecordType, fund.ExpenditureType} {
			each(typ, year, func(r records.Record) {
				var paid fund.Contribution // which has what both have of their rates
				if err := records.Decode(r.Body, &paid); err != nil {
					o.t.Fatal(err)
				}
				if of, id := fund.OfMonth(paid.Amount, paid.Rate, paid.RateDate); id != "" {
					there(fund.RateType, of, id)
				}
				if paid.Agreement != "" {
					there(fund.InstalmentType, "", paid.Agreement+"#001")
				}
			})
		}
	}
	for _, s := range p.Surveys {
		each(survey.RecordType, s.ID, func(r records.Record) { there(member.RecordType, "", text(r, "member")) })
	}
	for _, term := range p.Terms {
		each(coordinator.MandateType, term.ID, func(r records.Record) {
			there(member.RecordType, "", text(r, "member"))
			there(coordinator.RecordType, term.ID, text(r, "member")+"#"+text(r, "cluster"))
		})
		each(workplan.NewsType, term.ID, func(r records.Record) {
			there(coordinator.MandateType, term.ID, text(r, "cluster")+"#"+text(r, "member"))
		})
	}
	for _, call := range p.Calls {
		endorsed := map[string]bool{}
		each(application.EndorsementType, call.ID, func(r records.Record) {
			there(application.RecordType, call.ID, r.Ref.ID)
			endorsed[r.Ref.ID] = true
		})
		each(application.DecisionType, call.ID, func(r records.Record) {
			there(application.RecordType, call.ID, r.Ref.ID)
			if text(r, "decision") == application.Accepted {
				there(application.EndorsementType, call.ID, r.Ref.ID)
				there(member.RecordType, "", r.Ref.ID)
			}
		})
		holding := map[string]bool{}
		for _, country := range reference.Load().Countries() {
			held, err := records.Holders(o.t.Context(), o.store, application.Slots(call.ID, country.ISO2))
			if err != nil {
				o.t.Fatal(err)
			}
			for _, claim := range held {
				holding[claim.Holder] = true
			}
		}
		if !reflect.DeepEqual(endorsed, holding) {
			o.t.Fatalf("endorsed are %v, slots have %v", endorsed, holding)
		}
	}
}
