package records_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var noon = time.Date(2025, time.June, 15, 12, 0, 0, 0, time.UTC)

// never waits between tries.
func never(context.Context, int) error { return nil }

func newStore() (*records.Store, table.Table) {
	t := memory.New(table.Config{})
	return records.New(t, records.WithPause(never)), t
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got  %+v\nwant %+v", got, want)
	}
}

func errorAs[E error](t *testing.T, err error) E {
	t.Helper()
	var as E
	if !errors.As(err, &as) {
		t.Fatalf("got error %v, want a %T", err, as)
	}
	return as
}

func isErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func member(city string) records.Ref { return records.Ref{Type: "member", ID: city} }

func application(city string) records.Ref {
	return records.Ref{Type: "application", Partition: "2025", ID: city}
}

// put is a put of an import, whose body says what it is.
func put(imp string, ref records.Ref, base int64, text string, claims ...records.Claim) records.Put {
	return records.Put{
		Record: records.Record{
			Ref: ref, Body: table.Attributes{"text": text},
			Provenance: records.Provenance{
				Import: imp, File: imp + ".xlsx", FileSHA256: "9f86", Sheet: "Members", Row: 17, Person: "secretariat", At: noon},
		},
		Base: base, Claims: claims,
	}
}

func slot(id, holder string) records.Claim {
	return records.Claim{Partition: "quota#2025#FR", ID: id, Holder: holder}
}

func putAll(t *testing.T, s *records.Store, imp string, puts ...records.Put) {
	t.Helper()
	for _, err := range s.PutEach(t.Context(), imp, puts) {
		must(t, err)
	}
}

// putOne answers for a single put.
func putOne(s *records.Store, imp string, p records.Put) error {
	if errs := s.PutEach(context.Background(), imp, []records.Put{p}); errs != nil {
		return errs[0]
	}
	return nil
}

// state is a record in short: version, import, text.
type state struct {
	version int64
	imp     string
	text    string
}

func stateOf(t *testing.T, s *records.Store, ref records.Ref) state {
	t.Helper()
	record, err := s.Get(t.Context(), ref)
	if errors.Is(err, records.ErrNotFound) {
		return state{}
	}
	must(t, err)
	return state{record.Version, record.Provenance.Import, record.Body["text"].(string)}
}

// dump is everything in a table that a test's partitions hold.
func dump(t *testing.T, tbl table.Table, partitions ...string) []table.Item {
	t.Helper()
	var all []table.Item
	for _, partition := range partitions {
		page, err := tbl.Query(t.Context(), table.Query{Partition: partition})
		must(t, err)
		all = append(all, page.Items...)
	}
	return all
}
