package imports

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
)

// The process that is killed is this test's own program, told by its environment to commit a plan, or to undo an import without one.
const (
	killFolder = "GUILDHALL_TEST_COMMIT_IN"
	killImport = "GUILDHALL_TEST_COMMIT"
	killPlan   = "GUILDHALL_TEST_PLAN"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(killFolder); folder != "" {
		if err := commitAndTell(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// commitAndTell commits in a folder, and writes a line for each batch that is done.
func commitAndTell(folder string) error {
	s, store, err := onDisk(folder)
	if err != nil {
		return err
	}
	defer store.Close()
	tell := func(stage Stage, rows int) { fmt.Println(stage, rows) }
	fmt.Println("opened")
	if os.Getenv(killPlan) == "" {
		_, err = s.Undo(context.Background(), UndoOrder{Import: os.Getenv(killImport), Progress: tell})
		return err
	}
	_, err = s.Commit(context.Background(), Order{Import: os.Getenv(killImport), Plan: os.Getenv(killPlan), Progress: tell})
	return err
}

// onDisk opens a service over the embedded drivers as the program does.
func onDisk(folder string) (*Service, table.Table, error) {
	store, err := bolt.Open(filepath.Join(folder, "table.db"), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	blobs, err := files.Open(filepath.Join(folder, "blobs"))
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	s, err := New(Config{
		Table: store, Records: records.New(store, records.WithPause(noPause)), Blobs: blobs, Programme: programme.Current(), Reference: reference.Load(),
		Kinds: []Kind{stones()}, Clock: identity.Fixed(at), IDs: identity.NewIDs(identity.Fixed(at), nil), Batch: 20,
	})
	return s, store, err
}

// A process that commits 1,000 rows is killed (SIGKILL) at 50 seeded moments. When the store is opened again, a reader of the
// whole picture is told to wait or sees none or all of the rows; recovery and the same commit again end with every row once.
func TestACommitKilledAtAnyMomentEndsWithEveryRowOnce(t *testing.T) {
	const size, moments = 1000, 50
	seeded := rand.New(rand.NewPCG(2025, 6))
	rows := created("a", size)
	lines := 2 + 2*size/20 // what an undisturbed commit tells
	stopped, torn := 0, 0
	for moment := range moments {
		folder := t.TempDir()
		s, store, err := onDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		imp := planned(t, s, rows...)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		if killed := workUntil(t, folder, imp.ID, imp.Plan, seeded.IntN(lines)); killed {
			stopped++
		}
		if s, store, err = onDisk(folder); err != nil {
			t.Fatalf("moment %d: the store does not open: %v", moment, err)
		}
		if n := len(storedStones(t, s.records)); 0 < n && n < size {
			torn++
		}
		wantWhole(t, s, imp, rows)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if stopped < moments/2 || torn < moments/10 {
		t.Errorf("of %d commits only %d were killed before their end, and %d with some of their rows written", moments, stopped, torn)
	}
}

// An undo that is killed is finished by the next start, or the same undo again, and reverts each row once.
func TestAnUndoKilledAtAnyMomentEndsTheSame(t *testing.T) {
	const size, moments = 400, 15
	seeded := rand.New(rand.NewPCG(2025, 7))
	rows := created("a", size)
	lines := 1 + 2*size/20
	stopped, torn := 0, 0
	for moment := range moments {
		folder := t.TempDir()
		s, store, err := onDisk(folder)
		if err != nil {
			t.Fatal(err)
		}
		imp := planned(t, s, rows...)
		if _, err := s.Commit(t.Context(), order(imp)); err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		if killed := workUntil(t, folder, imp.ID, "", 1+seeded.IntN(lines)); killed {
			stopped++
		}
		if s, store, err = onDisk(folder); err != nil {
			t.Fatalf("moment %d: the store does not open: %v", moment, err)
		}
		if n := len(storedStones(t, s.records)); 0 < n && n < size {
			torn++
		}
		wantNoneOrAll(t, s.records, size)
		if moment%2 == 0 {
			if _, err := s.Recover(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		report, err := s.Undo(t.Context(), UndoOrder{Import: imp.ID})
		if err != nil || report.Rows != (intake.UndoCounts{Stored: size, Reverted: size}) {
			t.Fatalf("moment %d: %+v, %v", moment, report, err)
		}
		wantPicture(t, s.records, map[string]string{})
		wantFree(t, s.records)
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if stopped < moments/2 || torn < moments/10 {
		t.Errorf("of %d undos only %d were killed before their end, and %d with some of their rows reverted", moments, stopped, torn)
	}
}

// workUntil runs the commit of a plan, or the undo, in a process of its own and kills that when it has told so many lines. It
// reports whether the process died of it.
func workUntil(t *testing.T, folder, imp, plan string, lines int) (killed bool) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killFolder+"="+folder, killImport+"="+imp, killPlan+"="+plan)
	child.Stderr = os.Stderr
	told, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	scanner := bufio.NewScanner(told)
	for seen := 0; seen < lines && scanner.Scan(); seen++ {
	}
	if err := child.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, told); err != nil && !errors.Is(err, os.ErrClosed) {
		t.Fatal(err)
	}
	return child.Wait() != nil
}

// wantWhole brings the import to its end and fails the test unless every row is then stored once.
func wantWhole(t *testing.T, s *Service, imp *intake.Import, rows []PlanRow) {
	t.Helper()
	wantNoneOrAll(t, s.records, len(rows))
	if _, err := s.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantNoneOrAll(t, s.records, len(rows))
	if _, err := s.Commit(t.Context(), order(imp)); err != nil {
		t.Fatal(err)
	}
	wantOnce(t, s.records, imp, rows)
}
