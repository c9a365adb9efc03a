package audit_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/audit"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/table"
)

// Whatever is asked for, and in pages of whatever length, the answer is that of going through all of it.
func TestPagesHaveWhatAFilterChoosesTheLatestFirst(t *testing.T) {
	engines(t, func(t *testing.T, w *world) {
		w.sealed(130)
		var every []audit.Entry
		must(t, w.Each(t.Context(), audit.Filter{}, func(e audit.Entry) error {
			every = append(every, e)
			return nil
		}))
		equal(t, len(every), 130)
		for name, c := range map[string]struct {
			filter audit.Filter
			has    func(audit.Entry) bool
		}{
			"all":             {audit.Filter{}, func(audit.Entry) bool { return true }},
			"a person":        {audit.Filter{Person: "bruno"}, func(e audit.Entry) bool { return e.Person == "bruno" }},
			"a thing":         {audit.Filter{Kind: "application", Object: "FR#city-3"}, func(e audit.Entry) bool { return e.Object == "FR#city-3" }},
			"another kind":    {audit.Filter{Kind: "import", Object: "FR#city-3"}, func(audit.Entry) bool { return false }},
			"another action":  {audit.Filter{Action: "call.extend"}, func(audit.Entry) bool { return false }},
			"from a day on":   {audit.Filter{From: day("2026-03-20")}, func(e audit.Entry) bool { return of(e) >= "2026-03-20" }},
			"until a day":     {audit.Filter{To: day("2026-03-20")}, func(e audit.Entry) bool { return of(e) <= "2026-03-20" }},
			"a day":           {audit.Filter{From: day("2026-03-20"), To: day("2026-03-20")}, func(e audit.Entry) bool { return of(e) == "2026-03-20" }},
			"before all":      {audit.Filter{To: day("2020-01-01")}, func(audit.Entry) bool { return false }},
			"a day backwards": {audit.Filter{From: day("2026-03-20"), To: day("2026-03-19")}, func(audit.Entry) bool { return false }},
			"a person's days": {audit.Filter{Person: "anna", From: day("2026-03-10"), To: day("2026-04-10")}, func(e audit.Entry) bool {
				return e.Person == "anna" && of(e) >= "2026-03-10" && of(e) <= "2026-04-10"
			}},
		} {
			var want []audit.Entry
			for _, e := range slices.Backward(every) {
				if c.has(e) {
					want = append(want, e)
				}
			}
			for _, limit := range []int{7, 50, 1000} {
				if got := w.all(c.filter, limit); !slices.Equal(got, want) {
					t.Errorf("%s in pages of %d: %d entries, want %d", name, limit, len(got), len(want))
				}
			}
		}
	})
}

// What few of very many are chosen by is looked for page by page, so that no request takes long.
func TestAPageLooksAtABoundedNumberOfEntries(t *testing.T) {
	w := newWorld(t)
	w.note("zoe", "call.extend", "2025")
	w.sealed(3200)
	page, next, err := w.Page(t.Context(), audit.Filter{Person: "zoe"}, "", 10)
	must(t, err)
	if len(page) != 0 || next == "" {
		t.Fatalf("the first page has %d entries, and after it comes %q", len(page), next)
	}
	equal(t, len(w.all(audit.Filter{Person: "zoe"}, 10)), 1)
}

func TestACursorThatIsNoneIsRefused(t *testing.T) {
	w := newWorld(t)
	w.sealed(3)
	for _, after := range []table.Cursor{"x", "-1", "0", "1.5", "99999999999999999999"} {
		if _, _, err := w.Page(t.Context(), audit.Filter{}, after, 10); !errors.Is(err, table.ErrCursor) {
			t.Errorf("%s: answers %v", after, err)
		}
	}
	page, next, err := w.Page(t.Context(), audit.Filter{}, "900000000000", 10)
	if err != nil || len(page) != 3 || next != "" {
		t.Errorf("of a number that there is not: %d entries, %q, %v", len(page), next, err)
	}
}

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func of(e audit.Entry) string { return e.At.Format("2006-01-02") }
