package exports_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// aTrail has an entry on each of ten days from 10 September 2025 on, of which every third was denied.
func aTrail(t *testing.T) *audit.Trail {
	t.Helper()
	now := time.Date(2025, time.September, 9, 8, 30, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	n := 0
	ids := identity.IDs(func() string { n++; return fmt.Sprintf("%026d", n) })
	trail := audit.New(audit.Config{Table: memory.New(table.Config{}), Clock: clock, IDs: ids})
	for i := range 10 {
		now = now.AddDate(0, 0, 1)
		e := audit.Event{Person: "anna", Role: access.Treasurer, Action: access.ImportCommit, Object: fmt.Sprintf("i%d", i), Outcome: audit.Allowed}
		if i%3 == 2 {
			e.Outcome = audit.Denied
		}
		if err := trail.Note(audit.WithCall(t.Context(), "r1", audit.API), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := trail.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	return trail
}

// auditOf is the workbook of a trail, as of 15 September 2025.
func auditOf(t *testing.T, trail exports.Entries, from, to civil.Date, lang locale.Lang) []byte {
	t.Helper()
	in := input(network(t), lang)
	in.Trail, in.From, in.To = trail, from, to
	var out bytes.Buffer
	if err := exports.Write(t.Context(), &out, request.Audit, in); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheAuditWorkbookHasTheEntriesUpToItsMomentInEveryLanguage(t *testing.T) {
	trail := aTrail(t)
	for lang, c := range map[locale.Lang]struct{ tab, action, denied string }{
		locale.EN: {"Entries", "store a sheet", "denied"}, locale.FR: {"Entrées", "enregistrer une feuille", "refusé"},
		locale.ES: {"Entradas", "guardar una hoja", "denegado"},
	} {
		workbook := auditOf(t, trail, civil.Date{}, civil.Date{}, lang)
		rows := rowsOf(t, workbook, c.tab)
		if !strings.Contains(rows, "i5") || strings.Contains(rows, "i6") { // of 16 September
			t.Errorf("%s: entries of other days: %s", lang, rows)
		}
		if strings.Count(rows, c.action) != 6 || strings.Count(rows, c.denied) != 2 {
			t.Errorf("%s: %s", lang, rows)
		}
		if n := recalculate(t, workbook); n != 2 {
			t.Errorf("%s: %d formulas", lang, n)
		}
		if again := auditOf(t, trail, civil.Date{}, civil.Date{}, lang); !bytes.Equal(again, workbook) {
			t.Errorf("%s: the same trail gives other bytes", lang)
		}
	}
}

func TestTheAuditWorkbookHasTheDaysThatAreAskedFor(t *testing.T) {
	rows := rowsOf(t, auditOf(t, aTrail(t), day("2025-09-11"), day("2025-09-12"), locale.EN), "Entries")
	for object, there := range map[string]bool{"i0": false, "i1": true, "i2": true, "i3": false} {
		if strings.Contains(rows, object) != there {
			t.Errorf("%s is there: %v", object, !there)
		}
	}
	none := rowsOf(t, auditOf(t, aTrail(t), civil.Date{}, day("2020-01-01"), locale.FR), "Entrées")
	if !strings.Contains(none, "Rien n’a été noté") {
		t.Errorf("of days without entries: %s", none)
	}
}

// What is sealed while a workbook is written is not in it: its figures are those of its list.
type growing struct {
	*audit.Trail
	t *testing.T
}

func (g growing) Each(ctx context.Context, f audit.Filter, fn func(audit.Entry) error) error {
	defer func() {
		if err := g.Note(ctx, audit.Event{Person: "bruno", Action: access.CallExtend, Outcome: audit.Allowed}); err != nil {
			g.t.Error(err)
		}
		if _, err := g.Seal(ctx); err != nil {
			g.t.Error(err)
		}
	}()
	return g.Trail.Each(ctx, f, fn)
}

func TestATrailThatGrowsMeanwhileIsWrittenAsItWas(t *testing.T) {
	in := input(network(t), locale.EN)
	in.At, in.Trail = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC), growing{aTrail(t), t}
	var out bytes.Buffer
	if err := exports.Write(t.Context(), &out, request.Audit, in); err != nil {
		t.Fatal(err)
	}
	if rows := rowsOf(t, out.Bytes(), "Entries"); strings.Contains(rows, "bruno") || !strings.Contains(rows, "i9") {
		t.Errorf("the list is %s", rows)
	}
}
