package office_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
)

// who may ask for which workbooks, and see them.
var workbooks = map[string]string{
	"secretariat":            "audit budget fund fund.iati membership survey donor:own donor:other",
	"treasurer":              "budget fund fund.iati donor:own donor:other",
	"commission FR":          "",
	"city FR#brest":          "",
	"donor donor_country#KR": "donor:own",
	"auditor":                "audit budget fund fund.iati membership survey donor:own donor:other",
}

// wishes are one of each, named as in the table.
var wishes = map[string]request.Wish{
	"audit": {Kind: request.Audit}, "budget": {Kind: request.Budget}, "fund": {Kind: request.Fund}, "fund.iati": {Kind: request.Fund, Format: request.IATI},
	"membership": {Kind: request.Membership}, "survey": {Kind: request.Survey},
	"donor:own": {Kind: request.Donor, Donor: "donor_country#KR"}, "donor:other": {Kind: request.Donor, Donor: "Norway"},
}

func TestWhoMayAskForAWorkbookMaySeeItAndOthersMayNot(t *testing.T) {
	m := newMailroom(t)
	for asker := range workbooks {
		for name, wish := range wishes {
			id := strings.NewReplacer(" ", "-", "#", "-", ".", "-", ":", "-").Replace(asker + "-" + name)
			may := slices.Contains(strings.Fields(workbooks[asker]), name)
			export, err := m.CreateExport(m.as(asker), under(id), wish)
			if may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" {
				t.Errorf("%s asks for %s: %v", asker, name, err)
			}
			if err != nil {
				continue
			}
			if export.ID != id || export.Wish.At != m.Clock() || export.Wish.Past {
				t.Errorf("asked for %+v", export)
			}
			for _, reader := range everybody {
				all := slices.Contains([]string{"secretariat", "treasurer", "auditor"}, reader) // of those that are shown what it shows
				sees := slices.Contains(strings.Fields(workbooks[reader]), name) && (all || reader == asker)
				if _, _, err := m.Export(m.as(reader), id); sees != (err == nil) || !sees && codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s looks at the %s of %s: %v", reader, name, asker, err)
				}
			}
		}
	}
	for _, reader := range everybody {
		var got []string
		page, _, err := m.Exports(m.as(reader), "", 100)
		for i := range page {
			got = append(got, page[i].ID)
			if _, _, err := m.Export(m.as(reader), page[i].ID); err != nil {
				t.Errorf("%s is listed %s: %v", reader, page[i].ID, err)
			}
		}
		if mine := len(strings.Fields(workbooks[reader])); err != nil || len(got) < mine || reader[:4] == "dono" && len(got) != mine {
			t.Errorf("%s is listed %v, %v", reader, got, err)
		}
	}
}

func TestWhoMayNoLongerSeeWhatAWorkbookShowsDoesNotGetIt(t *testing.T) {
	m := newMailroom(t)
	if _, err := m.CreateExport(m.as("secretariat"), under("e"), wishes["membership"]); err != nil {
		t.Fatal(err)
	}
	moved := access.WithActor(t.Context(), access.Actor{Person: "secretariat", Role: access.City, Scope: "FR#brest"})
	if _, _, err := m.Export(moved, "e"); codeOf(err) != "ACCESS_DENIED" {
		t.Errorf("got %v", err)
	}
	if page, _, err := m.Exports(moved, "", 10); err != nil || len(page) > 0 {
		t.Errorf("listed %+v, %v", page, err)
	}
}

func TestADonorAsksForItsStatementWithoutNamingItself(t *testing.T) {
	m := newMailroom(t)
	export, err := m.CreateExport(m.as("donor donor_country#KR"), under("e"), request.Wish{Kind: request.Donor, Format: request.PDF})
	if err != nil || export.Wish.Donor != "donor_country#KR" || !export.Wish.ByID || export.Wish.Person == "" || len(m.made.bodies) != 1 {
		t.Errorf("%+v, %v; sent %v", export, err, m.made.bodies)
	}
	if _, err := m.CreateExport(m.as("auditor"), under("f"), request.Wish{Kind: request.Donor}); codeOf(err) != "FIELD_INVALID" {
		t.Errorf("whose? %v", err)
	}
}

func TestAWorkbookThatIsReadyIsFetchedThroughALink(t *testing.T) {
	m := newMailroom(t)
	ctx := m.as("secretariat")
	then := m.Clock().Add(-time.Hour)
	export, err := m.CreateExport(ctx, under("e"), request.Wish{Kind: request.Survey, Lang: locale.ES, At: then})
	if err != nil || !export.Wish.Past || export.Wish.At != then {
		t.Fatalf("%+v, %v", export, err)
	}
	if _, link, err := m.Export(ctx, "e"); err != nil || link != nil {
		t.Errorf("before it is ready: %v, %v", link, err)
	}
	if _, err := m.Config.Exports.Finish(ctx, "e", 9); err != nil {
		t.Fatal(err)
	}
	if _, link, err := m.Export(ctx, "e"); err != nil || link.URL != "get exports/e/survey.es.xlsx as survey.es.xlsx" {
		t.Errorf("%+v, %v", link, err)
	}
	for who, want := range map[string]string{"auditor": "EXPORT_UNKNOWN", "city FR#brest": "ACCESS_DENIED"} {
		if _, _, err := m.Export(m.as(who), "none"); string(codeOf(err)) != want {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestEverybodyGetsATemplateOfEachKind(t *testing.T) {
	m := newMailroom(t)
	for _, who := range everybody {
		if kinds, err := m.Templates(m.as(who)); err != nil || !slices.Equal(kinds, area.Kinds()) {
			t.Errorf("%s: %v, %v", who, kinds, err)
		}
		if _, _, err := m.Template(m.as(who), "membres", locale.FR); codeOf(err) != "KIND_UNKNOWN" {
			t.Errorf("%s: %v", who, err)
		}
	}
	for _, kind := range area.Kinds() {
		template, link, err := m.Template(m.as("city FR#brest"), kind, locale.FR)
		if err != nil || link != nil || len(m.made.bodies) != 1 || m.made.bodies[0] != fmt.Sprintf(`{"template":{"kind":"%s","lang":"fr","day":"2026-11-21"}}`, kind) {
			t.Fatalf("%v, %v; sent %v", link, err, m.made.bodies)
		}
		m.keep(template.Blob())
		_, link, err = m.Template(m.as("auditor"), kind, locale.FR)
		if err != nil || link.URL != "get exports/templates/2026-11-21/"+kind+".fr.xlsx as "+kind+".fr.xlsx" || len(m.made.bodies) != 1 {
			t.Errorf("%+v, %v; sent %v", link, err, m.made.bodies)
		}
		m.made.bodies = nil
	}
}

func TestNobodyGetsNeitherWorkbookNorTemplate(t *testing.T) {
	m := newMailroom(t)
	for name, ask := range map[string]func(context.Context) error{
		"create": func(ctx context.Context) error {
			_, err := m.CreateExport(ctx, under("e"), wishes["fund.iati"])
			return err
		},
		"list":  func(ctx context.Context) error { _, _, err := m.Exports(ctx, "", 9); return err },
		"read":  func(ctx context.Context) error { _, _, err := m.Export(ctx, "e"); return err },
		"kinds": func(ctx context.Context) error { _, err := m.Templates(ctx); return err },
		"empty": func(ctx context.Context) error { _, _, err := m.Template(ctx, "members", locale.EN); return err },
	} {
		if err := ask(t.Context()); codeOf(err) != "SIGNIN_NEEDED" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// keep puts a blob there.
func (m *mailroom) keep(name string) {
	m.t.Helper()
	w, err := m.Blobs.Create(m.t.Context(), name)
	if err != nil {
		m.t.Fatal(err)
	}
	if _, err := w.Write([]byte("x")); err != nil {
		m.t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		m.t.Fatal(err)
	}
}
