package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/app"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
)

// at is when the tests act.
var at = time.Date(2025, 6, 1, 9, 30, 0, 0, time.UTC)

func open(t testing.TB, folder string) *app.App {
	t.Helper()
	a, err := app.OpenEmbedded(t.Context(), folder, app.Options{Clock: identity.Fixed(at)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func TestASecondProcessOnTheSameFolderIsStoreBusy(t *testing.T) {
	folder := t.TempDir()
	open(t, folder)
	_, err := app.OpenEmbedded(t.Context(), folder, app.Options{Wait: time.Millisecond})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "STORE_BUSY" || p.Params["store"].EN != folder {
		t.Errorf("got %v", err)
	}
}

func TestAFolderThatCanNotBeWrittenIsSaidToBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := app.OpenEmbedded(t.Context(), filepath.Join(file, "data"), app.Options{})
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != "OUTPUT_FAILED" {
		t.Errorf("got %v", err)
	}
}

func TestWhatWasImportedIsThereAfterReopening(t *testing.T) {
	folder := t.TempDir()
	a := open(t, folder)
	up, opts := contributions(3), imports.Options{Kind: "contributions"}
	_, first, err := a.Imports.Import(t.Context(), up, opts, intake.All, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, folder)
	report, err := a.Imports.Check(t.Context(), up, opts)
	if err != nil || report.Rows.Unchanged != 3 {
		t.Errorf("checked again: %+v, %v", report.Rows, err)
	}
	if p := report.Problems[0]; p.Code != "FILE_DUPLICATE" || p.Params["import"].EN != first.Import {
		t.Errorf("the first problem is %s of %v, want FILE_DUPLICATE of %s", p.Code, p.Params, first.Import)
	}
}

func TestEveryKindIsRegistered(t *testing.T) {
	want := "members applications endorsements decisions survey questionnaire coordinators news rates pledges contributions expenditures results"
	if got := strings.Join(open(t, t.TempDir()).Imports.Kinds(), " "); got != want {
		t.Errorf("kinds %s, want %s", got, want)
	}
}
