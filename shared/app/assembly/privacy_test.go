package assembly_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	dynamodblocal "github.com/learning-cities/guildhall/infra/dynamodb-local"
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/blob/files"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/bolt"
	"github.com/learning-cities/guildhall/shared/table/dynamo"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// erased is who asks to be erased.
var erased = privacy.Who{Names: []string{"Maëlle Quéméner"}, Emails: []string{"maelle.quemener@thies.example"}}

// marks are bytes by which that person would be known again, in any writing.
var marks = func() (all [][]byte) {
	for _, text := range []string{"Quéméner", "QUÉMÉNER", "quemener", "Que\u0301me\u0301ner", "Qu\\u00e9m\\u00e9ner"} {
		all = append(all, []byte(text))
		if encoded, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text)); err == nil {
			all = append(all, encoded)
		}
	}
	return all
}()

func holdsMark(content []byte) bool {
	return slices.ContainsFunc(marks, func(mark []byte) bool { return bytes.Contains(content, mark) })
}

// opened is a stack of which all that it holds is read.
type opened struct{ *stack }

// engines are the two ways in which the product keeps things.
var engines = map[string]func(t *testing.T) *opened{
	"bolt and a folder": func(t *testing.T) *opened {
		over, err := bolt.Open(filepath.Join(t.TempDir(), "table.db"), bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = over.Close() })
		return &opened{newStack(t, over)}
	},
	"DynamoDB and a folder": func(t *testing.T) *opened {
		return &opened{newStack(t, dynamodblocal.Open(t, table.Config{}, dynamo.Options{}))}
	},
}

func eachBlob(t *testing.T, blobs blob.Store, fn func(name string, content []byte)) {
	t.Helper()
	var names []string
	err := blobs.List(t.Context(), "", func(info blob.Info) error {
		names = append(names, info.Name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		src, err := blobs.Open(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
		if err != nil {
			t.Fatal(err)
		}
		src.Close()
		fn(name, content)
	}
}

// unpacked are a file's bytes and those of its parts, where it is packed.
func unpacked(content []byte) []byte {
	all := slices.Clone(content)
	if packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		for _, part := range packed.File {
			if src, err := part.Open(); err == nil {
				inside, _ := io.ReadAll(src)
				all = append(all, inside...)
			}
		}
	}
	if packed, err := gzip.NewReader(bytes.NewReader(content)); err == nil {
		inside, _ := io.ReadAll(packed)
		all = append(all, inside...)
	}
	return all
}

// items are all items of the table, as JSON by their keys.
func items(t *testing.T, over table.Table) map[string]string {
	t.Helper()
	all := map[string]string{}
	for after := table.Cursor(""); ; {
		page, err := over.Scan(t.Context(), table.Scan{After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			text, err := json.Marshal(item.Attributes)
			if err != nil {
				t.Fatal(err)
			}
			all[item.Key.String()] = string(text)
		}
		if after = page.Cursor; after == "" {
			return all
		}
	}
}

// held are the keys and names of everything that holds the mark.
func (o *opened) held(t *testing.T) (all []string) {
	t.Helper()
	for key, text := range items(t, o.table) {
		if holdsMark([]byte(text)) || holdsMark([]byte(key)) {
			all = append(all, "item "+key)
		}
	}
	eachBlob(t, o.blobs, func(name string, content []byte) {
		if holdsMark(unpacked(content)) {
			all = append(all, "blob "+name)
		}
	})
	slices.Sort(all)
	return all
}

// applications is a sheet of two applications, of which the person carries one.
func applications(motivation, received string) []byte {
	const text = `Pays;Ville;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Date de l'engagement;Population;Population : année;Motivation;Plans de mise en œuvre;Défi : Chômage;Fracture numérique;Domaines d'intérêt;Partenaires;Comité;Étapes;Reçue le;Avalisée;Date de l'aval;Signataire
Sénégal;Kaolack;Aminata Fall;Maëlle Quéméner;maelle.quemener@thies.example;Français;oui;2025-04-22;391000;2024;%s;Un comité, une carte, puis un festival.;1;3;Santé et bien-être;Université de Thiès;"QUÉMÉNER, Maëlle ; Université de Thiès";2025 : diagnostic;%s;oui;2025-06-20;Mme Maëlle Quéméner, pour la Commission
Sénégal;Saint-Louis;Ousmane Sarr;Khady Diop;k.diop@saintlouis.example;Français;oui;2025-04-22;254000;2024;Relier les écoles et les ateliers de la ville.;Un comité, une carte, puis un festival.;2;4;Jeunes à risque;;Ville de Saint-Louis;2025 : diagnostic;2025-05-20;oui;2025-06-20;A. Ndiaye
`
	content, err := charmap.Windows1252.NewEncoder().Bytes(fmt.Appendf(nil, text, motivation, received))
	if err != nil {
		panic(err)
	}
	return content
}

// furnish has the person occur wherever one can: in applications with their versions and events, as who signs, as who is paid, in files and
// their names, in what was mended, committed, undone and only checked, in workbooks, and as somebody who signs in. It gives the imports of the
// applications, the latest last.
func (o *opened) furnish(t *testing.T) (committed []string, only string) {
	t.Helper()
	on, err := o.parts(o.table).People(bytes.Repeat([]byte("k"), people.MinKey))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := on.First(t.Context(), "anna@secretariat.example", locale.EN); err != nil {
		t.Fatal(err)
	}
	anna, err := on.ByEmail(t.Context(), "anna@secretariat.example")
	if err != nil {
		t.Fatal(err)
	}
	ctx := access.WithActor(t.Context(), anna.Actor())
	account, err := on.Invite(ctx, "", people.Standing{Email: erased.Emails[0], Role: access.City, Scope: "SN#kaolack", Lang: locale.FR})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := on.StartSession(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"members.en.xlsx", "applications.fr.xlsx"} {
		o.imported(t, name)
	}
	send := func(name string, content []byte) string {
		id := o.upload(object{"name": name, "call": "2025", "answers": object{"csv.encoding": "windows-1252"}}, content)
		o.settle()
		return id
	}
	for i, motivation := range []string{"Thiès veut relier ses écoles.", "Maëlle Quéméner conduit le projet de Thiès.", "Thiès attend."} {
		id := send(fmt.Sprintf("candidatures de Maëlle Quéméner %d.csv", i+1), applications(motivation, "2025-05-20"))
		o.commit(id, "valid")
		o.settle()
		if state := o.find(id)["state"]; state != "committed" {
			t.Fatalf("sheet %d: %v %v", i, o.find(id), o.ask(http.StatusOK, "GET", "/api/imports/"+id+"/report", nil))
		}
		committed = append(committed, id)
	}
	o.undo(t, committed[2])
	only = send("à corriger.csv", applications("Maëlle Quéméner écrit encore.", "le 40 mai"))
	o.ask(http.StatusAccepted, "POST", "/api/imports/"+only+"/check", object{
		"edits": []object{{"cell": "K2", "value": "Maëlle Quéméner a écrit."}},
	})
	o.settle()
	form := &application.Application{
		City: "Ziguinchor", Country: "SN", Motivation: "M. Quéméner Maëlle nous aide.",
		Mayor:   application.Mayor{Address: "Mme", Name: "Maëlle Quéméner", Title: "Maire"},
		Contact: application.Contact{Name: "Khady Diop", Email: "k.diop@ziguinchor.example", Language: "fr"},
	}
	acts := o.parts(o.table).Registry()
	_, err = acts.Extend(t.Context(), registry.Origin{Person: anna.ID}, "2025", application.Actor{Role: application.BySecretariat}, application.Extension{
		Deadline: application.CityDeadline, Country: "SN", Until: civil.Date{Year: 2025, Month: 6, Day: 30}, Reason: "Maëlle Quéméner en a fait la demande.",
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = acts.Do(t.Context(), registry.Origin{Person: account}, registry.Act{
		Call: "2025", City: city.City{ID: city.ID("Ziguinchor", "SN"), Name: "Ziguinchor", Country: "SN"}, Action: application.Start,
		Actor: application.Actor{Role: application.ByCity, City: city.ID("Ziguinchor", "SN")}, Form: form,
	})
	if err != nil {
		t.Fatal(err)
	}
	o.export(object{"kind": "membership", "lang": "fr", "call": "2025"})
	o.export(object{"kind": "budget", "lang": "fr"})
	return committed, only
}

func (o *opened) undo(t *testing.T, id string) {
	t.Helper()
	o.ask(http.StatusAccepted, "POST", "/api/imports/"+id+"/undo", nil)
	o.settle()
	done := o.ask(http.StatusOK, "GET", "/api/imports/"+id+"/undo", nil)
	if done["undone"] != true || done["rows"].(object)["kept"] != 0.0 {
		t.Fatalf("%s: %v", id, done)
	}
}

func (o *opened) privacy() *privacy.Service { return o.parts(o.table).Privacy(nil, false) }

// versionsOf are the version and the names of the members of every record.
func versionsOf(t *testing.T, all map[string]string) map[string]string {
	t.Helper()
	told := map[string]string{}
	for key, text := range all {
		var attributes struct {
			Version int64          `json:"version"`
			Body    map[string]any `json:"body"`
		}
		if err := json.Unmarshal([]byte(text), &attributes); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		told[key] = fmt.Sprint(attributes.Version, slices.Sorted(maps.Keys(attributes.Body)))
	}
	return told
}

// TestAnErasedPersonIsNowhereAndAllElseIsAsItWas is the promise of an erasure, on both engines.
func TestAnErasedPersonIsNowhereAndAllElseIsAsItWas(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			committed, only := o.furnish(t)
			held := o.held(t)
			before, rows := items(t, o.table), o.find(committed[1])["rows"]
			blobs := map[string]string{}
			eachBlob(t, o.blobs, func(name string, content []byte) { blobs[name] = string(content) })
			t.Logf("the person is in %d items and blobs", len(held))
			copied := o.copied(t)

			found, err := o.privacy().Find(t.Context(), erased)
			if err != nil {
				t.Fatal(err)
			}
			for _, kind := range []privacy.Kind{
				privacy.InRecord, privacy.InVersion, privacy.InAccount, privacy.InImport, privacy.InFile, privacy.InExport,
			} {
				if found.Counts[kind] == 0 {
					t.Errorf("nothing was found of the kind %s: %v", kind, found.Counts)
				}
			}
			e, err := o.privacy().Erase(t.Context(), erased, "anna")
			if err != nil || e.State != privacy.Settled {
				t.Fatalf("%+v: %v", e, err)
			}
			o.elapsed.Add(int64(privacy.Settle + time.Second))
			if done, left, err := o.privacy().Resume(t.Context()); done != 1 || left != 0 || err != nil {
				t.Fatalf("done %d, left %d: %v", done, left, err)
			}
			if left := o.held(t); len(left) > 0 {
				t.Fatalf("the mark is still in %d of %d:\n%s", len(left), len(held), strings.Join(left, "\n"))
			}
			if found, err := o.privacy().Find(t.Context(), erased); err != nil || !found.Nothing() {
				t.Errorf("found after the erasure: %+v, %v", found, err)
			}
			after := items(t, o.table)
			o.othersAreAsTheyWere(t, before, after, blobs)
			o.goesOn(t, committed, only, rows)
			o.replayed(t, copied)
		})
	}
}

// othersAreAsTheyWere compares what does not hold the person byte by byte, and of the records that did, versions and the names of fields.
func (o *opened) othersAreAsTheyWere(t *testing.T, before, after, blobs map[string]string) {
	t.Helper()
	shape, was := versionsOf(t, after), versionsOf(t, before)
	for key, text := range before {
		typ, _, _ := strings.Cut(key, "#")
		typ, _, _ = strings.Cut(typ, "/")
		switch now, there := after[key]; {
		case typ == "person" || typ == "claim" || typ == "session" || typ == "import" || typ == "export": // whose account is gone, and whose files
		case !there:
			t.Errorf("%s is gone", key)
		case !holdsMark([]byte(text)) && now != text:
			t.Errorf("%s was\n%s\nis\n%s", key, text, now)
		case shape[key] != was[key]:
			t.Errorf("%s was %s, is %s", key, was[key], shape[key])
		}
	}
	now := map[string]string{}
	eachBlob(t, o.blobs, func(name string, content []byte) { now[name] = string(content) })
	for name, content := range blobs {
		if strings.HasPrefix(name, "uploads/") && !holdsMark(unpacked([]byte(content))) && now[name] != content {
			t.Errorf("%s was changed", name)
		}
	}
}

// goesOn uses the product further: what was stored can be undone, what was only checked says that it is no more, and workbooks are made.
func (o *opened) goesOn(t *testing.T, committed []string, only string, rows any) {
	t.Helper()
	if now := o.find(committed[1])["rows"]; fmt.Sprint(now) != fmt.Sprint(rows) {
		t.Errorf("an import had the rows %v, and now %v", rows, now)
	}
	for _, id := range committed {
		o.ask(http.StatusOK, "GET", "/api/imports/"+id+"/report", nil)
		if p := o.ask(http.StatusGone, "GET", "/api/imports/"+id+"/annotated", nil); p["code"] != "IMPORT_ERASED" {
			t.Errorf("%v", p)
		}
	}
	if imp := o.find(only); imp["state"] != "failed" {
		t.Errorf("what was only checked: %v", imp)
	}
	for _, path := range []string{"/report", "/review"} {
		if p := o.ask(http.StatusGone, "GET", "/api/imports/"+only+path, nil); p["code"] != "IMPORT_ERASED" {
			t.Errorf("%s: %v", path, p)
		}
	}
	if p := o.ask(http.StatusGone, "POST", "/api/imports/"+only+"/check", object{}); p["code"] != "IMPORT_ERASED" {
		t.Errorf("%v", p)
	}
	for _, kind := range request.Kinds() {
		o.export(object{"kind": kind, "lang": "fr"})
	}
	o.export(object{"kind": "membership", "lang": "fr", "call": "2025", "at": began.Add(time.Hour)})
	o.undo(t, committed[1])
	o.undo(t, committed[0])
	if left := o.held(t); len(left) > 0 {
		t.Errorf("going on brought the mark back:\n%s", strings.Join(left, "\n"))
	}
}

// copied is a backup of everything: the table's items and the blobs in another store.
func (o *opened) copied(t *testing.T) *opened {
	t.Helper()
	over := memory.New(table.Config{})
	for after := table.Cursor(""); ; {
		page, err := o.table.Scan(t.Context(), table.Scan{After: after})
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			if err := over.Write(t.Context(), table.Write{Put: &item}); err != nil {
				t.Fatal(err)
			}
		}
		if after = page.Cursor; after == "" {
			break
		}
	}
	c := &opened{stack: newStack(t, over)}
	blobs, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	eachBlob(t, o.blobs, func(name string, content []byte) {
		w, err := blobs.Create(t.Context(), name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err == nil {
			_, err = w.Commit()
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	c.blobs = blobs
	c.start(over)
	return c
}

// replayed restores a backup that is older than the erasure and runs the register against it: the register names nobody, and the backup
// holds the person no more.
func (o *opened) replayed(t *testing.T, backup *opened) {
	t.Helper()
	var register bytes.Buffer
	if err := o.privacy().WriteRegister(t.Context(), &register); err != nil {
		t.Fatal(err)
	}
	if holdsMark(register.Bytes()) {
		t.Errorf("the register names the person:\n%s", &register)
	}
	if len(backup.held(t)) == 0 {
		t.Fatal("the backup does not hold the person")
	}
	n, err := backup.privacy().Replay(context.WithoutCancel(t.Context()), &register)
	if err != nil || n != 1 {
		t.Fatalf("replayed %d: %v", n, err)
	}
	if left := backup.held(t); len(left) > 0 {
		t.Errorf("after the replay the mark is still in:\n%s", strings.Join(left, "\n"))
	}
}
