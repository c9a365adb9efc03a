package app_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

// What a later version stored in a form that this one doesn't know is refused, wherever it stands, and not misread.
func TestWhatALaterVersionStoredIsRefusedWithItsCode(t *testing.T) {
	a := open(t, t.TempDir())
	for name, c := range map[string]struct {
		key  table.Key
		read func(ctx context.Context, id string) error
	}{
		"a record": {table.Key{Partition: "member", Sort: "FR#brest"}, func(ctx context.Context, id string) error {
			_, err := a.Records.Get(ctx, records.Ref{Type: "member", ID: id})
			return err
		}},
		"a lock": {table.Key{Partition: "lock#survey_answer", Sort: "lock"}, func(ctx context.Context, _ string) error {
			_, err := a.Records.Locks(ctx, []string{"survey_answer"})
			return err
		}},
		"an import": {table.Key{Partition: "import", Sort: "01jz0000000000000000000000"}, func(ctx context.Context, id string) error {
			_, err := a.Intake.Find(ctx, id)
			return err
		}},
		"a workbook": {table.Key{Partition: "export", Sort: "01jz0000000000000000000000"}, func(ctx context.Context, id string) error {
			_, err := a.Parts.Exports().Find(ctx, id)
			return err
		}},
		"the mark of summaries": {table.Key{Partition: "summary_mark", Sort: "mark"}, func(ctx context.Context, _ string) error {
			_, err := outbox.New(a.Table, a.Parts.Clock, a.Parts.IDs).Mark(ctx)
			return err
		}},
		"the audit trail": {table.Key{Partition: "audit_head", Sort: "head"}, func(ctx context.Context, _ string) error {
			_, err := a.Parts.Trail().Head(ctx)
			return err
		}},
	} {
		item := table.Item{Key: c.key, Attributes: table.Attributes{"format": int64(99)}}
		if err := a.Table.Write(t.Context(), table.Write{Put: &item}); err != nil {
			t.Fatal(err)
		}
		var p *problem.Problem
		if err := c.read(t.Context(), c.key.Sort); !errors.As(err, &p) || p.Code != "STORE_NEWER" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAFileThatIsNoTableOfThisVersionIsRefusedWithItsCode(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "table.db"), make([]byte, 1<<16), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := app.OpenEmbedded(t.Context(), folder, app.Options{})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "STORE_UNREADABLE" || p.Params["store"].EN != folder {
		t.Errorf("got %v", err)
	}
}
