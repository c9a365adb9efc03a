package privacy_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/identity"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

var yann = privacy.Who{Names: []string{"Yann Kerbrat"}, Emails: []string{"yann@brest.example"}}

// world holds a person in each way in which one is held, with no sheet read for it.
type world struct {
	*testing.T
	now     time.Time
	table   table.Table
	blobs   blob.Store
	letters letters
	sum     string // SHA-256 of the file
}

// letters are e-mails by name.
type letters map[string]string

func (l letters) Each(_ context.Context, fn func(name, text string) error) error {
	for name, text := range l {
		if err := fn(name, text); err != nil {
			return err
		}
	}
	return nil
}

func (l letters) Remove(_ context.Context, name string) error {
	delete(l, name)
	return nil
}

func (w *world) clock() time.Time { return w.now }

// service answers over a table, which may be one that fails.
func (w *world) service(over table.Table, alone bool) *privacy.Service {
	w.Helper()
	ids := identity.NewIDs(w.clock, nil)
	return privacy.New(privacy.Config{
		Table: over, Blobs: w.blobs, Intake: intake.New(intake.Config{Table: over, Blobs: w.blobs, Clock: w.clock, IDs: ids}),
		Exports: request.New(over, w.clock), People: people.NewDirectory(over, w.clock, ids), Letters: w.letters, Clock: w.clock, IDs: ids, Random: rand.Reader, Alone: alone,
	})
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) keep(name, content string) string {
	w.Helper()
	out, err := w.blobs.Create(w.Context(), name)
	w.must(err)
	_, err = io.WriteString(out, content)
	w.must(err)
	_, err = out.Commit()
	w.must(err)
	return sumOf(content)
}

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// upload is the file that was sent.
const upload = "Brest;Yann Kerbrat\n"

func (w *world) record(typ, partition, id string, body any, base int64) {
	w.Helper()
	encoded, err := records.Encode(body)
	w.must(err)
	by := records.Provenance{Import: "i1", File: "Yann Kerbrat.csv", At: w.now}
	put := records.Put{Base: base, Record: records.Record{Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Body: encoded, Provenance: by}}
	writes, err := put.Writes(by.Import)
	w.must(err)
	writes, err = records.New(w.table).Keeping(w.Context(), by, writes)
	w.must(err)
	w.must(w.table.Transact(w.Context(), writes))
}

func newWorld(t *testing.T) *world {
	t.Helper()
	blobs, err := files.Open(t.TempDir())
	w := &world{
		T: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), table: memory.New(table.Config{}), blobs: blobs,
		letters: letters{"l1": "Dear Yann Kerbrat", "l2": "Dear Anne Le Goff"},
	}
	w.must(err)
	form := application.Application{City: "Brest", Country: "FR", Contact: application.Contact{Name: "Yann Kerbrat", Phone: "+33 2 98"}}
	w.record("application", "2025", "FR#brest", form, 0)
	form.Contact, form.Motivation = application.Contact{Name: "Anne Le Goff", Email: "anne@brest.example"}, "As Yann Kerbrat said."
	w.record("application", "2025", "FR#brest", form, 1)
	w.record("application", "2025", "FR#quimper", application.Application{City: "Quimper", Contact: application.Contact{Name: "Yann Riou"}}, 0)
	w.sum = sumOf(upload)
	w.keep(intake.UploadBlob(w.sum), upload)
	w.imported("i1", intake.Committed)
	w.imported("i2", intake.Checked)
	exports := request.New(w.table, w.clock)
	wish := request.Wish{Kind: request.Membership, Lang: locale.FR}
	_, err = exports.Create(t.Context(), "e1", wish)
	w.must(err)
	_, err = exports.Begin(t.Context(), "e1")
	w.must(err)
	export, err := exports.Finish(t.Context(), "e1", 12)
	w.must(err)
	w.keep(export.Blob(), "signed by Yann Kerbrat")
	w.keep("exports/e2/survey.fr.xlsx", "of nobody")
	return w
}

// imported is an import of the file with a plan, a report and a marked copy.
func (w *world) imported(id string, state intake.State) {
	w.Helper()
	const plan = `{"plan":1,"file":"ab","kind":"applications","sheet":"Yann Kerbrat","answers":null}
{"row":2,"outcome":"create","label":"Brest","writes":[{"op":"create","type":"application","partition":"2025","id":"FR#brest","base":0,"after":{"city":"Brest","contact":{"name":"Yann Kerbrat"}}}]}
{"rows":{"read":1}}
`
	imp := &intake.Import{
		ID: id, State: state, Kind: "applications", Sheet: "Yann Kerbrat", File: intake.File{Name: "Yann Kerbrat.csv", SHA256: w.sum}, CheckedAt: w.now,
		Request: intake.Request{Name: "Yann Kerbrat.csv", Answers: map[string]string{"mayor: Yann Kerbrat": "yes"}}, Person: "anna",
		Plan: w.keep(intake.PlanBlob(id, ""), plan),
	}
	write, err := imp.Write(nil)
	w.must(err)
	w.must(w.table.Write(w.Context(), write))
	report := &intake.Report{Import: id, File: imp.File, Plan: imp.Plan, Problems: []problem.Problem{
		*problem.New("EMAIL_INVALID").At("Yann Kerbrat", 2, 5).Valued("Yann Kerbrat"),
	}}
	store := intake.New(intake.Config{Table: w.table, Blobs: w.blobs, Clock: w.clock, IDs: identity.NewIDs(w.clock, nil)})
	w.must(store.KeepReport(w.Context(), report))
	w.keep(intake.AnnotatedBlob(id, ""), "Yann Kerbrat, marked")
}

// held is everything that is stored, as text.
func (w *world) held() string {
	w.Helper()
	var all strings.Builder
	for after := table.Cursor(""); ; {
		page, err := w.table.Scan(w.Context(), table.Scan{After: after})
		w.must(err)
		for _, item := range page.Items {
			text, err := json.Marshal(item.Attributes)
			w.must(err)
			all.WriteString(item.Key.String() + " " + string(text) + "\n")
		}
		if after = page.Cursor; after == "" {
			break
		}
	}
	w.must(w.blobs.List(w.Context(), "", func(info blob.Info) error {
		src, err := w.blobs.Open(w.Context(), info.Name)
		w.must(err)
		defer src.Close()
		content, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
		all.WriteString(info.Name + " " + string(content) + "\n")
		return err
	}))
	for _, name := range slices.Sorted(maps.Keys(w.letters)) {
		all.WriteString(name + " " + w.letters[name] + "\n")
	}
	return all.String()
}

func (w *world) gone(when string) {
	w.Helper()
	for line := range strings.Lines(w.held()) {
		if strings.Contains(line, "Kerbrat") {
			w.Errorf("%s: %.300s", when, line)
		}
	}
}

func TestAnErasureTakesThePersonAndNobodyElse(t *testing.T) {
	w := newWorld(t)
	e, err := w.service(w.table, true).Erase(t.Context(), yann, "anna")
	if err != nil || e.State != privacy.Done || e.By != "anna" {
		t.Fatalf("%+v, %v", e, err)
	}
	w.gone("after the erasure")
	held := w.held()
	for _, stays := range []string{"Anne Le Goff", "anne@brest.example", "As […] said.", "Yann Riou", "of nobody", "Dear Anne Le Goff", `"version":2`, "[…].csv", "FR#quimper"} {
		if !strings.Contains(held, stays) {
			t.Errorf("%q is gone too", stays)
		}
	}
	for _, gone := range []string{"+33 2 98", "marked", "uploads/"} {
		if strings.Contains(held, gone) {
			t.Errorf("%q stays", gone)
		}
	}
	for kind, want := range map[privacy.Kind]int{privacy.InFile: 1, privacy.InExport: 1, privacy.InLetter: 1} {
		if e.Taken[kind] != want {
			t.Errorf("of the kind %s %d were taken, not %d", kind, e.Taken[kind], want)
		}
	}
}

// TestAnErasureThatIsStoppedAtAnyWriteIsBroughtToItsEnd has the process die before and after each write of the table in turn. What is on record
// then is either all as it was, since the erasure was not begun, or finished by Resume.
func TestAnErasureThatIsStoppedAtAnyWriteIsBroughtToItsEnd(t *testing.T) {
	points := 0
	for _, effect := range []bool{false, true} {
		for n := 1; ; n++ {
			w := newWorld(t)
			before := w.held()
			stopped := faulty.New(w.table, faulty.Plan{Fail: n, Halt: true, Effect: effect})
			if _, err := w.service(stopped, true).Erase(t.Context(), yann, "anna"); err == nil {
				break
			}
			points++
			done, left, err := w.service(w.table, true).Resume(t.Context())
			if err != nil || left != 0 {
				t.Fatalf("stopped at write %d: done %d, left %d: %v", n, done, left, err)
			}
			if n == 1 && !effect {
				if w.held() != before {
					t.Error("an erasure that is not on record has changed something")
				}
				continue
			}
			if done != 1 && !effect {
				t.Errorf("stopped at write %d: %d were brought to their end", n, done)
			}
			w.gone("resumed")
		}
	}
	t.Logf("an erasure was stopped at %d points", points)
	if points < 10 {
		t.Errorf("only %d points", points)
	}
}

// TestAnErasureWhereOthersWriteIsDoneAfterASecondLook has something brought back between the two looks, as a check can that had read the file.
func TestAnErasureWhereOthersWriteIsDoneAfterASecondLook(t *testing.T) {
	w := newWorld(t)
	s := w.service(w.table, false)
	e, err := s.Erase(t.Context(), yann, "anna")
	if err != nil || e.State != privacy.Settled {
		t.Fatalf("%+v, %v", e, err)
	}
	w.keep(intake.UploadBlob(w.sum), upload)
	for _, at := range []struct {
		later      time.Duration
		done, left int
	}{{time.Minute, 0, 1}, {privacy.Settle, 0, 1}, {privacy.Settle, 1, 0}} {
		w.now = w.now.Add(at.later)
		if done, left, err := s.Resume(t.Context()); done != at.done || left != at.left || err != nil {
			t.Errorf("%s later: done %d, left %d: %v", at.later, done, left, err)
		}
	}
	w.gone("after the second look")
}

func TestAnErasureWaitsForAnImportThatIsBeingCommitted(t *testing.T) {
	w := newWorld(t)
	w.imported("i3", intake.Committing)
	s := w.service(w.table, true)
	e, err := s.Erase(t.Context(), yann, "anna")
	if err != nil || e.State != privacy.Open {
		t.Fatalf("%+v, %v", e, err)
	}
	item, err := w.table.Get(t.Context(), table.Key{Partition: "import", Sort: "i3"})
	w.must(err)
	item.Attributes["state"] = string(intake.Committed)
	w.must(w.table.Write(t.Context(), table.Write{Put: &item}))
	if done, left, err := s.Resume(t.Context()); done != 1 || left != 0 || err != nil {
		t.Errorf("done %d, left %d: %v", done, left, err)
	}
	w.gone("once it is committed")
}

func TestWhatAnErasureWouldTakeIsFoundAndNothingIsErasedTwice(t *testing.T) {
	w := newWorld(t)
	s := w.service(w.table, true)
	found, err := s.Find(t.Context(), yann)
	w.must(err)
	for kind, want := range map[privacy.Kind]int{
		privacy.InRecord: 3, privacy.InVersion: 3, privacy.InFile: 1, privacy.InExport: 1, privacy.InLetter: 1, privacy.InImport: 12,
	} {
		if found.Counts[kind] != want {
			t.Errorf("of the kind %s %d were found, not %d: %+v", kind, found.Counts[kind], want, found.Findings)
		}
	}
	if len(found.Also) != 1 || found.Also[0] != "+33 2 98" {
		t.Errorf("what may be the person's too: %q", found.Also)
	}
	_, err = s.Erase(t.Context(), yann, "anna")
	w.must(err)
	if found, err := s.Find(t.Context(), yann); err != nil || !found.Nothing() {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := s.Erase(t.Context(), yann, "anna"); err == nil || !strings.Contains(err.Error(), "ERASURE_NOTHING") {
		t.Errorf("once more: %v", err)
	}
}

func TestACopyForAPersonIsReadableAndErasedAfterADay(t *testing.T) {
	w := newWorld(t)
	s := w.service(w.table, true)
	var out bytes.Buffer
	if _, err := s.Export(t.Context(), yann, locale.FR, &out); err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"data.json": {`"personalData": 1`, `"yann`},
		"data.html": {`<html lang="fr">`, "Les données conservées à votre sujet", "yann"},
	} {
		content, err := fs.ReadFile(files, name)
		for _, part := range want {
			if err != nil || !strings.Contains(strings.ToLower(string(content)), strings.ToLower(part)) {
				t.Errorf("%s has no %s: %v", name, part, err)
			}
		}
	}
	w.keep(privacy.CopyBlob("c1"), out.String())
	found, err := s.Find(t.Context(), yann)
	if err != nil || found.Counts[privacy.InCopy] != 1 {
		t.Errorf("the copy is among what is held: %v, %v", found.Counts, err)
	}
	w.now = time.Now().Add(privacy.CopyKept + time.Minute)
	if _, _, err := s.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(w.held(), privacy.CopyBlob("c1")) {
		t.Error("it is kept")
	}
}

func TestARegisterThatIsNoneChangesNothing(t *testing.T) {
	w := newWorld(t)
	before := w.held()
	var good bytes.Buffer
	other := newWorld(t)
	_, err := other.service(other.table, true).Erase(t.Context(), yann, "anna")
	w.must(err)
	w.must(other.service(other.table, true).WriteRegister(t.Context(), &good))
	for _, text := range []string{
		"", "{}", `{"erasures":2}`, "PK\x03\x04", good.String() + "{", good.String() + `{"id":"x","salt":"zz"}`,
		strings.Replace(good.String(), `"words":2`, `"words":0`, 1), strings.Replace(good.String(), `"kind":"n"`, `"kind":"x"`, 1),
	} {
		if _, err := w.service(w.table, true).Replay(t.Context(), strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "REGISTER_INVALID") {
			t.Errorf("%.60q: %v", text, err)
		}
	}
	if w.held() != before {
		t.Error("something was changed")
	}
	if n, err := w.service(w.table, true).Replay(t.Context(), &good); n != 1 || err != nil {
		t.Errorf("the register itself: %d, %v", n, err)
	}
	w.gone("replayed")
}
