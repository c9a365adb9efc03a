package office_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/problem"
)

func TestAFileThatIsSentWithAFormIsStoredAndCheckedOnce(t *testing.T) {
	m := newMailroom(t)
	ctx := m.as("treasurer")
	for range 2 { // the button was pressed twice
		imp, err := m.SendFile(ctx, "i", intake.Request{Name: "gifts.csv", Kind: "contributions"}, []byte("a,b"))
		if err != nil || imp.Person != "treasurer" || imp.Request.Kind != "contributions" || imp.File.Bytes != 3 {
			t.Fatalf("%+v, %v", imp, err)
		}
	}
	if got := m.stored(intake.Incoming("i")); got != "a,b" {
		t.Errorf("stored %q", got)
	}
	m.put("i", func(imp *intake.Import) { imp.State = intake.Checking })
	if _, err := m.SendFile(ctx, "i", intake.Request{Name: "gifts.csv", Kind: "contributions"}, []byte("a,b")); err != nil {
		t.Error(err)
	}
	want := string(task.Check("i"))
	if !slices.Equal(m.checks.bodies, []string{want, want}) {
		t.Errorf("sent %q", m.checks.bodies)
	}
}

func TestAStoreThatTellsOfWhatArrivesIsNotRepeated(t *testing.T) {
	m := newMailroom(t)
	m.Arrivals = nil
	if _, err := m.SendFile(m.as("treasurer"), "i", intake.Request{Name: "gifts.csv"}, []byte("a,b")); err != nil || len(m.checks.bodies) > 0 {
		t.Errorf("%v, sent %q", err, m.checks.bodies)
	}
}

func TestAFileUnderTheIdentifierOfAnotherImportIsRefused(t *testing.T) {
	m := newMailroom(t)
	m.put("i", func(imp *intake.Import) { imp.File.SHA256, imp.State = "0", intake.Checked })
	content := []byte("twelve bytes")
	for other, sent := range map[string]struct{ who, name string }{
		"somebody else's": {"secretariat", "gifts.csv"}, "of another name": {"treasurer", "others.csv"}, "of other bytes": {"treasurer", "gifts.csv"},
	} {
		if _, err := m.SendFile(m.as(sent.who), "i", intake.Request{Name: sent.name}, content); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
			t.Errorf("%s: %v", other, err)
		}
	}
	if _, err := m.Blobs.Stat(t.Context(), intake.Incoming("i")); !errors.Is(err, blob.ErrNotFound) || len(m.checks.bodies) > 0 {
		t.Errorf("%v, sent %q", err, m.checks.bodies)
	}
}

func TestTheSameFileThatIsToBeReadInAnotherWayIsAnotherImport(t *testing.T) {
	m := newMailroom(t)
	ctx, first := m.as("treasurer"), intake.Request{Name: "gifts.csv", Kind: "contributions", Term: "2023-2025"}
	if _, err := m.SendFile(ctx, "i", first, []byte("a,b")); err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(*intake.Request){
		"kind": func(r *intake.Request) { r.Kind = "expenditures" }, "term": func(r *intake.Request) { r.Term = "2025-2027" },
		"language": func(r *intake.Request) { r.Lang = "fr" }, "call": func(r *intake.Request) { r.Call = "2025" },
	} {
		r := first
		change(&r)
		if _, err := m.SendFile(ctx, "i", r, []byte("a,b")); codeOf(err) != "IDEMPOTENCY_KEY_REUSED" {
			t.Errorf("another %s: %v", what, err)
		}
	}
}

func TestAFileWhoseNameIsInAnOldEncodingIsTaken(t *testing.T) {
	m := newMailroom(t)
	for range 2 {
		imp, err := m.SendFile(m.as("treasurer"), "i", intake.Request{Name: "re\xe7us.csv"}, []byte("a,b"))
		if err != nil || imp.File.Name != "re\uFFFDus.csv" {
			t.Fatalf("%+v, %v", imp, err)
		}
	}
}

func TestWhatIsNoSheetIsRefusedBeforeItIsStored(t *testing.T) {
	m := newMailroom(t)
	for name, code := range map[string]problem.Code{"a.pdf": "FILE_TYPE_UNSUPPORTED", "a/b.csv": "FIELD_INVALID", "": "FIELD_INVALID"} {
		if _, err := m.SendFile(m.as("secretariat"), "i", intake.Request{Name: name}, []byte("a")); codeOf(err) != code {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := m.SendFile(m.as("secretariat"), "i", intake.Request{Name: "a.csv"}, nil); codeOf(err) != "FILE_EMPTY" {
		t.Error(err)
	}
}

// stored is what a blob holds.
func (m *mailroom) stored(name string) string {
	m.t.Helper()
	src, err := m.Blobs.Open(context.WithoutCancel(m.t.Context()), name)
	if err != nil {
		m.t.Fatal(err)
	}
	defer src.Close()
	text, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
	if err != nil {
		m.t.Fatal(err)
	}
	return string(text)
}
