package imports

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/sheet"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
)

// fresh is a world with blobs of its own.
func (w *world) fresh() *world {
	twin := w.copied()
	twin.blobs = &memoryBlobs{blobs: map[string][]byte{}}
	w.blobs.mu.Lock()
	defer w.blobs.mu.Unlock()
	for name, content := range w.blobs.blobs {
		twin.blobs.blobs[name] = content
	}
	return twin
}

// ask makes an import of stones and uploads its file.
func ask(t testing.TB, s *Service, content string, change ...func(*intake.Request)) *intake.Import {
	t.Helper()
	asked := intake.Request{Name: "stones.csv", Bytes: int64(len(content)), Kind: stoneKind, Person: "anna"}
	for _, one := range change {
		one(&asked)
	}
	imp, err := s.intake.Create(t.Context(), asked)
	if err != nil {
		t.Fatal(err)
	}
	upload(t, s, imp.ID, content)
	return imp
}

func upload(t testing.TB, s *Service, id, content string) {
	t.Helper()
	w, err := s.blobs.Create(t.Context(), intake.Incoming(id))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, s *Service, id string) *intake.Import {
	t.Helper()
	imp, err := s.intake.Find(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return imp
}

func csvText(rows ...string) string {
	up := csv(rows...)
	content, err := io.ReadAll(io.NewSectionReader(up.Source, 0, up.Size))
	if err != nil {
		panic(err)
	}
	return string(content)
}

// wantBlobs fails the test unless the blobs whose names begin with prefix are these.
func wantBlobs(t testing.TB, s *Service, prefix string, want int) {
	t.Helper()
	found := 0
	err := s.blobs.List(t.Context(), prefix, func(blob.Info) error {
		found++
		return nil
	})
	if err != nil || found != want {
		t.Errorf("%d blobs %s…, want %d (%v)", found, prefix, want, err)
	}
}

func TestAnUploadedFileIsCheckedAsAFileAtHandIs(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	rows := []string{"a1,Anna,3,,", "b2,,,,", "c3,late,,,"}
	imp := ask(t, s, csvText(rows...))
	report, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	atHand := check(t, s, csv(rows...))
	if report.Plan != atHand.Plan || report.Rows != atHand.Rows || report.Import != imp.ID {
		t.Errorf("%+v", report)
	}
	wantList(t, "problems", codes(report), codes(atHand)...)
	stored, err := s.intake.Report(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantList(t, "stored problems", codes(stored), codes(atHand)...)
	now := find(t, s, imp.ID)
	if now.State != intake.Checked || now.Plan != report.Plan || now.Person != "anna" || now.File.SHA256 != report.File.SHA256 {
		t.Errorf("%+v", now)
	}
	wantBlobs(t, s, "incoming/", 0)
	wantBlobs(t, s, "uploads/", 1)
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: report.Plan, Mode: intake.Valid}); err != nil {
		t.Error(err)
	}
}

func TestAMessageThatComesThreeTimesAndTwiceAtOnceChecksOnce(t *testing.T) {
	w := newWorld(stones())
	imp := ask(t, w.service(t, nil), csvText("a1,Anna,3,,"))
	var wait sync.WaitGroup
	plans := make([]string, 4)
	for i := range plans {
		wait.Go(func() { // each a process of its own
			report, err := w.service(t, nil).CheckIncoming(t.Context(), imp.ID)
			if err != nil {
				t.Error(err)
				return
			}
			plans[i] = report.Plan
		})
	}
	wait.Wait()
	s := w.service(t, nil)
	report, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, plan := range plans {
		if plan == "" || plan != report.Plan {
			t.Errorf("delivery %d gives plan %q, the import has %q", i, plan, report.Plan)
		}
	}
	wantBlobs(t, s, "imports/", 3) // the plan, the report and the review that count
	wantBlobs(t, s, "incoming/", 0)
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: report.Plan}); err != nil {
		t.Error(err)
	}
}

func TestTheFileThatIsSentAgainAfterTheCheckIsLeftAside(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	imp := ask(t, s, csvText("a1,Anna,3,,"))
	first, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	upload(t, s, imp.ID, csvText("a1,Otto,3,,"))
	again, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil || again.Plan != first.Plan {
		t.Errorf("%+v, %v", again, err)
	}
	wantBlobs(t, s, "incoming/", 0)
}

func TestARefusedFileLeavesItsReport(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		change  func(*intake.Request)
		code    string
	}{
		"larger than asked for":  {"Code,Name\na1,Anna\n", func(r *intake.Request) { r.Bytes-- }, "FILE_SIZE_DIFFERS"},
		"smaller than asked for": {"Code,Name\na1,Anna\n", func(r *intake.Request) { r.Bytes++ }, "FILE_SIZE_DIFFERS"},
		"of no known kind":       {"Code,Name\na1,Anna\n", func(r *intake.Request) { r.Kind = "stone" }, "KIND_UNKNOWN"},
		"an answer to nothing": {"Code,Name\na1,Anna\n", func(r *intake.Request) {
			r.Answers = map[string]string{"x": "y"}
		}, "ANSWER_INVALID"},
		"not a sheet": {"%PDF-1.7\n", func(*intake.Request) {}, "FILE_TYPE_UNSUPPORTED"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newWorld(stones()).service(t, nil)
			imp := ask(t, s, c.content, c.change)
			for range 2 {
				report, err := s.CheckIncoming(t.Context(), imp.ID)
				if err != nil || !report.Refused() || string(report.Problems[0].Code) != c.code {
					t.Fatalf("%+v, %v", report, err)
				}
			}
			now := find(t, s, imp.ID)
			if now.State != intake.Refused || string(now.Problem) != c.code {
				t.Errorf("%+v", now)
			}
			wantBlobs(t, s, "incoming/", 0)
			_, err := s.Commit(t.Context(), Order{Import: imp.ID})
			wantCode(t, err, "PLAN_STALE")
		})
	}
}

func TestTheCheckOfAFileThatHasNotComeWaits(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	imp, err := s.intake.Create(t.Context(), intake.Request{Name: "stones.csv", Bytes: 5})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.CheckIncoming(t.Context(), imp.ID)
	wantCode(t, err, "IMPORT_FILE_AWAITED")
	_, err = s.CheckIncoming(t.Context(), "none")
	wantCode(t, err, "IMPORT_UNKNOWN")
	_, err = s.Recheck(t.Context(), imp.ID, nil)
	wantCode(t, err, "IMPORT_NOT_CHECKED")
	if find(t, s, imp.ID).State != intake.Awaiting {
		t.Error("it is no longer awaited")
	}
}

func TestAnImportIsCheckedAgainWithFurtherAnswers(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	imp := ask(t, s, "Code,Name,Found on\na1,Anna,03/04/2025\n")
	first, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil || first.Rows.Fail != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := s.Recheck(t.Context(), imp.ID, sheet.Answers{"found": "dmy"})
	if err != nil || again.Rows.Create != 1 || again.Plan == first.Plan || again.Import != imp.ID {
		t.Fatalf("%+v, %v", again, err)
	}
	_, err = s.Commit(t.Context(), Order{Import: imp.ID, Plan: first.Plan, Mode: intake.Valid})
	wantCode(t, err, "PLAN_STALE")
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: again.Plan}); err != nil {
		t.Fatal(err)
	}
	_, err = s.Recheck(t.Context(), imp.ID, nil)
	wantCode(t, err, "IMPORT_DONE")
}

func TestAStalePlanFailsTheImportUntilItIsCheckedAgain(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, csvText("a1,Anna,3,,"))
	first, err := s.CheckIncoming(t.Context(), imp.ID)
	if err != nil {
		t.Fatal(err)
	}
	commitAll(t, s, check(t, s, csv("a1,Otto,4,,")))
	for range 2 {
		_, err = s.Commit(t.Context(), Order{Import: imp.ID, Plan: first.Plan})
		wantCode(t, err, "PLAN_STALE")
		if now := find(t, s, imp.ID); now.State != intake.Failed || now.Problem != "PLAN_STALE" {
			t.Fatalf("%+v", now)
		}
	}
	again, err := s.Recheck(t.Context(), imp.ID, nil)
	if err != nil || again.Rows.Update != 1 {
		t.Fatalf("%+v, %v", again, err)
	}
	if now := find(t, s, imp.ID); now.State != intake.Checked || now.Problem != "" {
		t.Errorf("%+v", now)
	}
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: again.Plan}); err != nil {
		t.Error(err)
	}
	if got := w.stones(t)["a1"]; got.Body["name"] != "Anna" || got.Version != 2 {
		t.Errorf("%+v", got)
	}
}

func TestACommitThatWasRefusedInOneModeSucceedsInAnother(t *testing.T) {
	s := newWorld(stones()).service(t, nil)
	report := check(t, s, csv("a1,Anna,3,,", "b2,,,,"))
	order := Order{Import: report.Import, Plan: report.Plan}
	_, err := s.Commit(t.Context(), order)
	wantCode(t, err, "ROWS_REFUSED")
	if imp, err := s.intake.Fail(t.Context(), report.Import, report.Plan, problem.New("ROWS_REFUSED")); err != nil || imp.State != intake.Failed {
		t.Fatalf("%+v, %v", imp, err)
	}
	order.Mode = intake.Valid
	if _, err := s.Commit(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	if now := find(t, s, report.Import); now.State != intake.Committed || now.Problem != "" {
		t.Errorf("%+v", now)
	}
}

// A check is stopped at each of its writes, before and after it took effect, and delivered again.
func TestACheckStoppedAtAnyWriteIsDoneByTheNextDelivery(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, csvText("a1,Anna,3,,"))
	probe := faulty.New(w.fresh().table(), faulty.Plan{})
	if _, err := w.fresh().service(t, probe).CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= probe.Writes(); n++ {
		for _, effect := range []bool{false, true} {
			for _, halt := range []bool{false, true} {
				twin := w.fresh()
				dying := faulty.New(twin.table(), faulty.Plan{Fail: n, Effect: effect, Halt: halt})
				if _, err := twin.service(t, dying).CheckIncoming(t.Context(), imp.ID); err != nil && !errors.Is(err, table.ErrUnavailable) {
					t.Fatal(err)
				}
				over := twin.service(t, nil)
				report, err := over.CheckIncoming(t.Context(), imp.ID)
				if err != nil || report.Rows.Create != 1 {
					t.Fatalf("write %d: %+v, %v", n, report, err)
				}
				wantBlobs(t, over, "incoming/", 0)
				wantBlobs(t, over, "imports/", 3) // also none of the check that was stopped
				if _, err := over.Commit(t.Context(), Order{Import: imp.ID, Plan: report.Plan}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// Its message was delivered too often, and is sent on its way anew; or it was late, and the check is under way when it is given up.
func TestACheckThatWasGivenUpIsTakenUpAgain(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	giveUp := func(id string) {
		t.Helper()
		if _, err := s.intake.Fail(t.Context(), id, "", problem.New("INTERNAL")); err != nil {
			t.Fatal(err)
		}
	}
	wantChecked := func(imp *intake.Import, report *intake.Report, err error) {
		t.Helper()
		if err != nil || report.Rows.Create != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		if now := find(t, s, imp.ID); now.State != intake.Checked || now.Problem != "" || now.Plan != report.Plan {
			t.Errorf("%+v", now)
		}
	}
	before := ask(t, s, csvText("a1,Anna,3,,"))
	giveUp(before.ID)
	report, err := s.CheckIncoming(t.Context(), before.ID)
	wantChecked(before, report, err)

	during := ask(t, s, csvText("b2,Ben,3,,"))
	once := false
	slow := w.service(t, nil, func(c *Config) {
		c.Blobs = &blobsThat{w.blobs, func(name string) {
			if strings.HasSuffix(name, "/report.jsonl") && !once {
				once = true
				giveUp(during.ID)
			}
		}}
	})
	report, err = slow.CheckIncoming(t.Context(), during.ID)
	wantChecked(during, report, err)
}

// blobsThat calls a function before a blob is made.
type blobsThat struct {
	*memoryBlobs
	before func(name string)
}

func (b *blobsThat) Create(ctx context.Context, name string) (blob.Writer, error) {
	b.before(name)
	return b.memoryBlobs.Create(ctx, name)
}

// A message that comes late finds the check done; before it tidies up, somebody has the import checked again, which is under way.
func TestTidyingUpAfterACheckLeavesALaterOneAlone(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, csvText("a1,Anna,3,,"))
	if _, err := s.CheckIncoming(t.Context(), imp.ID); err != nil {
		t.Fatal(err)
	}
	swept := false
	under := w.service(t, nil, func(c *Config) {
		c.Blobs = &blobsThat{w.blobs, func(name string) {
			if strings.HasSuffix(name, "/report.jsonl") && !swept { // its plan is kept
				swept = true
				if err := s.sweep(t.Context(), imp.ID); err != nil {
					t.Error(err)
				}
			}
		}}
	})
	report, err := under.Recheck(t.Context(), imp.ID, nil)
	if err != nil || !swept {
		t.Fatal(err, swept)
	}
	if _, err := s.Commit(t.Context(), Order{Import: imp.ID, Plan: report.Plan}); err != nil {
		t.Error(err)
	}
}

func TestAStragglersCheckDoesNotReplaceAnother(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil)
	imp := ask(t, s, "Code,Name,Found on\na1,Anna,03/04/2025\n")
	var first, again *intake.Report
	straggler := &blobsThat{w.blobs, func(name string) {
		if !strings.HasSuffix(name, "/report.jsonl") || first != nil {
			return
		}
		var err error
		if first, err = s.CheckIncoming(t.Context(), imp.ID); err != nil {
			t.Error(err)
		}
		if again, err = s.Recheck(t.Context(), imp.ID, sheet.Answers{"found": "dmy"}); err != nil {
			t.Error(err)
		}
	}}
	slow := w.service(t, nil, func(c *Config) { c.Blobs = straggler })
	report, err := slow.CheckIncoming(t.Context(), imp.ID)
	if err != nil || report.Plan != again.Plan {
		t.Fatalf("%+v, %v", report, err)
	}
	if now := find(t, s, imp.ID); now.Plan != again.Plan || now.State != intake.Checked {
		t.Errorf("%+v", now)
	}
	wantBlobs(t, s, "imports/", 3) // of the last check that counted
	var rows []string
	if err := s.Plan(t.Context(), imp.ID, func(row PlanRow) error {
		rows = append(rows, string(row.Outcome))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	wantList(t, "outcomes", rows, "create")
}

// While one orders the plan of an earlier check, another has the import checked again and commits that.
func TestTheCommitOfAnEarlierPlanDoesNotJoinThatOfANewerOne(t *testing.T) {
	w := newWorld(stones())
	s := w.service(t, nil, func(c *Config) { c.Batch = 1 })
	report := check(t, s, csv("a1,Anna,3,,", "b2,Ben,,,"))
	var newer *intake.Report
	late := &readsThat{Table: w.table()}
	late.before = func() {
		late.before = func() {}
		commitAll(t, s, check(t, s, csv("a1,Otto,,,")))
		var err error
		if newer, err = s.Recheck(t.Context(), report.Import, nil); err != nil || newer.Plan == report.Plan {
			t.Errorf("%+v, %v", newer, err)
		}
		dying := faulty.New(w.table(), faulty.Plan{Fail: 2, Halt: true})
		order := Order{Import: newer.Import, Plan: newer.Plan}
		if _, err := w.service(t, dying).Commit(t.Context(), order); !errors.Is(err, table.ErrUnavailable) {
			t.Error(err)
		}
	}
	slow := w.service(t, late, func(c *Config) { c.Records = records.New(late, records.WithPause(noPause)) })
	_, err := slow.Commit(t.Context(), Order{Import: report.Import, Plan: report.Plan})
	wantCode(t, err, "PLAN_STALE")
	if now := find(t, s, report.Import); now.State != intake.Committing || now.Plan != newer.Plan {
		t.Errorf("%+v", now)
	}
}

// readsThat calls a function before several items are read.
type readsThat struct {
	table.Table
	before func()
}

func (r *readsThat) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	r.before()
	return r.Table.GetEach(ctx, keys)
}
