package kinds_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"testing"
	"time"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// Fifty sheets of one row each are sent at the same moment, as clients of the API do: they ask for an import, upload its
// file, have it checked and committed, and when another was in the way they have it checked again and try once more.
func TestR_APP_3_OfFiftyEndorsementsSentAtOnceThreeAreStoredAndTheOthersAreToldWhy(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) table.Table{
		"memory": func(*testing.T) table.Table { return memory.New(table.Config{}) },
		"bolt": func(t *testing.T) table.Table {
			over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = over.Close() })
			return over
		},
		"DynamoDB": func(t *testing.T) table.Table { return dynamodblocal.Open(t, table.Config{}, dynamo.Options{}) },
	} {
		t.Run(name, func(t *testing.T) { endorseFifty(t, open(t)) })
	}
}

func endorseFifty(t *testing.T, over table.Table) {
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	const cities = 50
	var processes []*office
	for range 5 {
		processes = append(processes, officeWith(t, over, blobs))
	}
	applications := "Ville;Pays;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Motivation;Plans de mise en œuvre;Reçue le\n"
	for n := range cities {
		applications += cityNamed(n) + ";Cameroun;A. Bello;O. Hamadou;o.h@ville.example;français;oui;Relier nos écoles;Un comité;2025-05-19\n"
	}
	if counts, problems := processes[0].send("applications", applications); counts.Create != cities {
		t.Fatalf("%+v %s", counts, problems)
	}
	clock := identity.Fixed(time.Date(2025, time.June, 21, 9, 0, 0, 0, time.UTC))
	store := intake.New(intake.Config{Table: over, Blobs: blobs, Clock: clock, IDs: identity.NewIDs(clock, nil)})
	ended := make([]*intake.Import, cities)
	errs := make([]error, cities)
	var group sync.WaitGroup
	for n := range cities {
		service := processes[n%len(processes)].service
		group.Go(func() {
			text := "Ciudad;País;Avalada el;Firmado por\n" + cityNamed(n) + ";Camerún;2025-06-20;Comisión Nacional\n"
			ended[n], errs[n] = sendUntilDone(t.Context(), store, blobs, service, text)
		})
	}
	group.Wait()
	stored := 0
	for n, imp := range ended {
		switch {
		case errs[n] != nil:
			t.Errorf("%s: %v", cityNamed(n), errs[n])
		case imp.State == intake.Committed:
			stored++
		case imp.State != intake.Failed || imp.Problem != "ROWS_REFUSED":
			t.Errorf("%s: %s %s", cityNamed(n), imp.State, imp.Problem)
		default:
			wantQuotaExceeded(t, store, imp.ID)
		}
	}
	reader := records.New(over)
	held, err := records.Holders(t.Context(), reader, application.Slots("2025", "CM"))
	if err != nil || stored != 3 || len(held) != 3 {
		t.Errorf("%d endorsements were stored, slots %v, %v", stored, held, err)
	}
	endorsed := map[string]bool{}
	err = reader.Scan(t.Context(), application.EndorsementType, "2025", "", func(r records.Record) error {
		endorsed[r.Ref.ID] = true
		return nil
	})
	if err != nil || len(endorsed) != 3 {
		t.Errorf("%v are endorsed, %v", endorsed, err)
	}
	for _, claim := range held {
		if !endorsed[claim.Holder] {
			t.Errorf("%s holds %s and is not endorsed", claim.Holder, claim.ID)
		}
	}
}

// sendUntilDone takes a file through an import until it is committed or refused for good.
func sendUntilDone(
	ctx context.Context, store *intake.Store, blobs blob.Store, service *imports.Service, text string,
) (*intake.Import, error) {
	imp, err := store.Create(ctx, intake.Request{Name: "e.csv", Bytes: int64(len(text)), Kind: "endorsements"})
	if err != nil {
		return nil, err
	}
	w, err := blobs.Create(ctx, intake.Incoming(imp.ID))
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return nil, err
	}
	if _, err := w.Commit(); err != nil {
		return nil, err
	}
	report, err := service.CheckIncoming(ctx, imp.ID)
	for ; err == nil; report, err = service.Recheck(ctx, imp.ID, nil) {
		_, refused := service.Commit(ctx, imports.Order{Import: imp.ID, Plan: report.Plan})
		switch why := code(refused); {
		case refused == nil:
			return store.Find(ctx, imp.ID)
		case why == "":
			return nil, refused
		case why != "PLAN_STALE" && why != "RECORD_BUSY":
			return store.Fail(ctx, imp.ID, report.Plan, problem.New(why))
		}
	}
	return nil, fmt.Errorf("checked again: %w", err)
}

func wantQuotaExceeded(t *testing.T, store *intake.Store, id string) {
	t.Helper()
	report, err := store.Report(t.Context(), id)
	if err != nil {
		t.Error(err)
		return
	}
	told := map[problem.Code]bool{}
	for _, p := range report.Problems {
		told[p.Code] = true
	}
	if report.Rows.Fail != 1 || !told["NATCOM_QUOTA_EXCEEDED"] {
		t.Errorf("%+v with %v", report.Rows, told)
	}
}
