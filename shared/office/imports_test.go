package office_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/kinds/area"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/table"
)

var gifts = intake.Request{Name: "gifts.csv", Bytes: 12}

func TestWhoMayDoWhatWithImports(t *testing.T) {
	acts := map[string]func(m *mailroom, ctx context.Context, id string) error{
		"create": func(m *mailroom, ctx context.Context, _ string) error {
			_, _, err := m.CreateImport(ctx, under("new"), gifts)
			return err
		},
		"send": func(m *mailroom, ctx context.Context, _ string) error {
			_, err := m.SendFile(ctx, "sent", intake.Request{Name: "a.csv"}, []byte("a,b"))
			return err
		},
		"list": func(m *mailroom, ctx context.Context, _ string) error {
			_, _, err := m.Imports(ctx, "", 10)
			return err
		},
		"read": func(m *mailroom, ctx context.Context, id string) error {
			_, _, err := m.Import(ctx, id)
			return err
		},
		"report": func(m *mailroom, ctx context.Context, id string) error {
			_, _, err := m.ImportReport(ctx, id, locale.EN)
			return err
		},
		"undo-report": func(m *mailroom, ctx context.Context, id string) error {
			_, _, err := m.UndoReport(ctx, id, locale.EN)
			return err
		},
		"marked": func(m *mailroom, ctx context.Context, id string) error {
			_, err := m.MarkedCopy(ctx, id)
			return err
		},
		"check": func(m *mailroom, ctx context.Context, id string) error {
			_, err := m.CheckImport(ctx, id, nil, nil)
			return err
		},
		"commit": func(m *mailroom, ctx context.Context, id string) error {
			_, err := m.CommitImport(ctx, id, "plan", intake.Valid)
			return err
		},
		"undo": func(m *mailroom, ctx context.Context, id string) error {
			_, err := m.UndoImport(ctx, id, intake.All)
			return err
		},
	}
	reading := []string{"list", "read", "report", "undo-report", "marked"}
	changing := []string{"create", "send", "check"}
	allowed := map[string][]string{
		"secretariat": slices.Concat(reading, changing, []string{"commit members", "undo members"}),
		"treasurer":   slices.Concat(reading, changing, []string{"commit rates", "undo rates"}),
		"auditor":     reading,
	}
	for _, who := range everybody {
		for name, do := range acts {
			for _, kind := range []string{"members", "rates", "stones"} {
				m := newMailroom(t)
				m.checked("i", kind)
				if name == "undo" {
					m.put("i", func(imp *intake.Import) { imp.State = intake.Committed })
				}
				may := slices.Contains(allowed[who], name) || slices.Contains(allowed[who], name+" "+kind)
				if err := do(m, m.as(who), "i"); (codeOf(err) == "ACCESS_DENIED") == may {
					t.Errorf("%s: %s of %s: %v", who, name, kind, err)
				}
				if denied := strings.Contains(m.log.String(), "denied"); denied == may {
					t.Errorf("%s: %s of %s: the log says %q", who, name, kind, m.log.String())
				}
				reads := slices.Contains(allowed[who], "read")
				if err := do(m, m.as(who), "none"); name != "create" && name != "list" && !reads && codeOf(err) != "ACCESS_DENIED" {
					t.Errorf("%s learns by %s that there is no such import: %v", who, name, err)
				}
			}
		}
	}
	m := newMailroom(t)
	for name, do := range acts {
		if err := do(m, t.Context(), "i"); codeOf(err) != "SIGNIN_NEEDED" {
			t.Errorf("nobody: %s: %v", name, err)
		}
	}
}

func TestEachSheetIsStoredByWhoseRecordsItIsAbout(t *testing.T) {
	for _, kind := range area.Kinds() {
		m := newMailroom(t)
		m.checked("i", kind)
		stored := 0
		for _, who := range everybody {
			if _, err := m.CommitImport(m.as(who), "i", "plan", intake.Valid); err == nil {
				stored++
			}
		}
		if stored != 1 || len(m.commits.bodies) != 1 {
			t.Errorf("%s may be stored by %d roles", kind, stored)
		}
	}
}

func TestWorkIsSentOnItsWayInTheNameOfWhoAsked(t *testing.T) {
	m := newMailroom(t)
	imp, link, err := m.CreateImport(m.as("treasurer"), under("i"), intake.Request{Name: "gifts.csv", Bytes: 12, Person: "somebody else"})
	if err != nil || imp.Person != "treasurer" || link.URL != "put incoming/i text/csv" {
		t.Errorf("%+v, %+v, %v", imp, link, err)
	}
	m.checked("i", "contributions")
	if imp, err := m.CheckImport(m.as("treasurer"), "i", map[string]string{"a": "b"}, nil); err != nil || imp.History[1].Person != "treasurer" {
		t.Errorf("%+v, %v", imp, err)
	}
	if _, err := m.CheckImport(m.as("treasurer"), "i", map[string]string{"a": "b"}, nil); err != nil { // sent again
		t.Error(err)
	}
	m.checked("i", "contributions")
	if _, err := m.CommitImport(m.as("treasurer"), "i", "plan", intake.Valid); err != nil {
		t.Error(err)
	}
	m.put("i", func(imp *intake.Import) { imp.State = intake.Committed })
	for range 2 { // sent again: the message may have been lost
		if imp, err := m.UndoImport(m.as("treasurer"), "i", intake.All); err != nil || imp.Undo.Person != "treasurer" {
			t.Errorf("%+v, %v", imp, err)
		}
	}
	want := []string{
		`{"import":"i","plan":"plan","mode":"valid","person":"treasurer"}`, `{"import":"i","mode":"all","person":"treasurer","step":"undo"}`,
		`{"import":"i","mode":"all","person":"treasurer","step":"undo"}`,
	}
	if !slices.Equal(m.commits.bodies, want) || !slices.Equal(m.checks.bodies, []string{`{"import":"i"}`, `{"import":"i"}`}) {
		t.Errorf("sent %q and %q", m.commits.bodies, m.checks.bodies)
	}
	m.put("i", func(imp *intake.Import) { imp.State = intake.Undone })
	if _, err := m.UndoImport(m.as("treasurer"), "i", intake.All); err != nil || len(m.commits.bodies) != 3 {
		t.Errorf("what is undone is sent once more: %v", err)
	}
}

func TestWhatCanNotBeTakenIsRefusedBeforeItHasAnIdentifier(t *testing.T) {
	m := newMailroom(t)
	never := func(context.Context) (string, error) {
		t.Error("an identifier was asked for")
		return "i", nil
	}
	for code, r := range map[problem.Code]intake.Request{
		"FILE_EMPTY": {Name: "a.csv"}, "FILE_TYPE_UNSUPPORTED": {Name: "a.ods", Bytes: 1}, "FIELD_INVALID": {Name: "a/b.csv", Bytes: 1},
		"FILE_TOO_LARGE": {Name: "a.csv", Bytes: 1 << 40},
	} {
		if _, _, err := m.CreateImport(m.as("secretariat"), never, r); codeOf(err) != code {
			t.Errorf("%+v: %v", r, err)
		}
	}
	m.checked("i", "members")
	for code, order := range map[problem.Code][2]string{
		"PLAN_STALE": {"other", "valid"}, "ROWS_REFUSED": {"plan", "all"}, "FIELD_INVALID": {"plan", "some"},
	} {
		if _, err := m.CommitImport(m.as("secretariat"), "i", order[0], intake.Mode(order[1])); codeOf(err) != code || len(m.commits.bodies) > 0 {
			t.Errorf("%v: %v", order, err)
		}
	}
	if _, err := m.UndoImport(m.as("secretariat"), "i", intake.All); codeOf(err) != "UNDO_NOTHING_STORED" {
		t.Error(err)
	}
}

func TestImportsAreListedFromTheLatestOn(t *testing.T) {
	m := newMailroom(t)
	for i := range 5 {
		m.checked(fmt.Sprint("i", i), "members")
	}
	var got []string
	var after table.Cursor
	for {
		page, next, err := m.Imports(m.as("auditor"), after, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range page {
			got = append(got, imp.ID)
		}
		if after = next; next == "" {
			break
		}
	}
	if strings.Join(got, " ") != "i4 i3 i2 i1 i0" {
		t.Errorf("listed %v", got)
	}
	if _, _, err := m.Imports(m.as("auditor"), "nonsense", 2); !errors.Is(err, table.ErrCursor) {
		t.Error(err)
	}
}

// Who sends a request again is told how the import stands, and no more of others than anybody of the role.
func TestARequestThatIsSentAgainNamesNobodyElse(t *testing.T) {
	m := newMailroom(t)
	m.put("i", func(imp *intake.Import) {
		imp.Become(intake.Step{State: intake.Committed, At: m.Clock(), Person: "secretariat"})
		imp.Committer = "secretariat"
	})
	imp, link, err := m.CreateImport(m.as("treasurer"), under("i"), gifts)
	if err != nil || link != nil || imp.State != intake.Committed || imp.Person != "treasurer" {
		t.Fatalf("%+v, %v, %v", imp, link, err)
	}
	if last := imp.History[len(imp.History)-1]; imp.Committer != "" || last.Person != "" {
		t.Errorf("committed by %q, by %q", imp.Committer, last.Person)
	}
}

func TestPeopleAreNamedToWhoMaySeeThem(t *testing.T) {
	for who, want := range map[string]string{"secretariat": "treasurer", "auditor": "treasurer", "treasurer": "treasurer", "treasurer FR": ""} {
		m := newMailroom(t)
		m.checked("i", "members")
		ctx := m.as(who)
		if want == "" { // another person of the same role
			ctx = access.WithActor(t.Context(), access.Actor{Person: "another", Role: access.Treasurer})
		}
		imp, _, err := m.Import(ctx, "i")
		if err != nil || imp.Person != want || imp.History[0].Person != want {
			t.Errorf("%s is told of %+v, %v", who, imp, err)
		}
		if page, _, err := m.Imports(ctx, "", 5); err != nil || page[0].Person != want {
			t.Errorf("%s is listed %+v, %v", who, page, err)
		}
	}
}
