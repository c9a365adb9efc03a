package registry_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

const applicationTitles = "Ville;Pays;Site;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Population;Année (population);" +
	"Motivation;Plans de mise en œuvre;Reçue le\n"

// applicationSheet has the form of the test's cities, received on a day.
func applicationSheet(received string, cities ...city.City) string {
	text := applicationTitles
	for _, c := range cities {
		text += fmt.Sprintf("%s;%s;https://www.ville.example;A. Maire;C. Contact;c@ville.example;français;oui;140000;2022;"+
			"Relier nos écoles.;Un comité.;%s\n", c.Name, c.Country, received)
	}
	return text
}

func endorsementSheet(on string, cities ...city.City) string {
	text := "City;Country;Endorsed on;Endorsed by\n"
	for _, c := range cities {
		text += fmt.Sprintf("%s;%s;%s;A. Signataire\n", c.Name, c.Country, on)
	}
	return text
}

func decisionSheet(decision, on string, cities ...city.City) string {
	text := "City;Country;Decision;Decided on;Reason\n"
	for _, c := range cities {
		text += fmt.Sprintf("%s;%s;%s;%s;Because.\n", c.Name, c.Country, decision, on)
	}
	return text
}

// shared gives the records that acts and sheets share as text, without where they came from.
func (w *world) shared() string {
	w.t.Helper()
	all := map[string]string{}
	for _, typ := range []string{application.RecordType, application.EndorsementType, application.DecisionType, member.RecordType} {
		err := w.reader.Scan(w.t.Context(), typ, types[typ], "", func(r records.Record) error {
			text, err := json.Marshal(r.Body)
			all[r.Ref.String()] = string(text)
			return err
		})
		if err != nil {
			w.t.Fatal(err)
		}
	}
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		lines = append(lines, key+" "+all[key])
	}
	for _, country := range []string{"FR", "CM"} {
		lines = append(lines, country+" "+strings.Join(w.slots(country), " "))
	}
	return strings.Join(lines, "\n")
}

// stored imports a sheet whose only row must come to an outcome.
func (w *world) stored(service *imports.Service, kind, sheetCSV, want string) {
	w.t.Helper()
	counts, codes := w.send(service, kind, sheetCSV)
	got := map[string]int{"create": counts.Create, "update": counts.Update, "unchanged": counts.Unchanged, "fail": counts.Fail}[want]
	if got != 1 || counts.Create+counts.Update+counts.Unchanged+counts.Fail != 1 {
		w.t.Fatalf("%s: %+v %s, want one %s", kind, counts, codes, want)
	}
}

func TestActsAndSheetsLeaveTheSameRecords(t *testing.T) {
	acts, sheets := newWorld(t), newWorld(t)
	service := sheets.imports()
	for _, decision := range []application.Action{application.Accept, application.Decline} {
		c := map[application.Action]city.City{application.Accept: brest, application.Decline: cityOf("Garoua", "CM")}[decision]
		for _, w := range []*world{acts, sheets} {
			w.at("2025-05-20 12:00:00")
		}
		acts.do(c, "start send")
		sheets.stored(service, "applications", applicationSheet("2025-05-20", c), "create")
		equal(t, acts.shared(), sheets.shared())
		for _, w := range []*world{acts, sheets} {
			w.at("2025-07-01 12:00:00")
		}
		acts.do(c, "endorse submit")
		sheets.stored(service, "endorsements", endorsementSheet("2025-07-01", c), "create")
		equal(t, acts.shared(), sheets.shared())
		for _, w := range []*world{acts, sheets} {
			w.at("2025-10-01 12:00:00")
		}
		acts.do(c, string(decision))
		word := map[application.Action]string{application.Accept: "accepted", application.Decline: "declined"}[decision]
		sheets.stored(service, "decisions", decisionSheet(word, "2025-10-01", c), "create")
		equal(t, acts.shared(), sheets.shared())
	}
}

func TestWhatASheetBeganIsTakenFurtherByActs(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		service := w.imports()
		w.stored(service, "applications", applicationSheet("2025-05-19", brest), "create")
		equal(t, w.state(brest), application.Sent)
		w.refused(brest, application.Submit, "ENDORSEMENT_MISSING")
		w.refused(brest, application.Start, "APPLICATION_OPEN")
		w.do(brest, "return send endorse submit")
		received, _ := read[application.Application](w, application.RecordType, brest.ID)
		equal(t, received.ReceivedOn.String(), "2025-05-19")
		w.at("2025-10-01 12:00:00")
		c := w.do(brest, "accept")
		var told []string
		for _, e := range c.History {
			told = append(told, string(e.Action))
		}
		equal(t, strings.Join(told, " "), "start send return send endorse submit accept")
		if c.History[0].Source == "" || c.History[0].At.Format(time.DateOnly) != "2025-05-19" {
			t.Errorf("the sheet's own event is told as %+v", c.History[0])
		}
	})
}

func TestWhatAnActBeganIsTakenFurtherBySheets(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.do(brest, "start send")
	w.at("2025-07-01 12:00:00")
	w.stored(service, "applications", applicationSheet("2025-05-20", brest), "unchanged")
	w.stored(service, "applications", applicationSheet("2025-05-21", brest), "fail")
	w.stored(service, "endorsements", endorsementSheet("2025-06-30", brest), "create")
	equal(t, w.state(brest), application.Submitted)
	w.refused(brest, application.Endorse, "APPLICATION_SUBMITTED")
	w.stored(service, "endorsements", endorsementSheet("2025-06-30", brest), "unchanged")
	w.at("2025-10-01 12:00:00")
	w.stored(service, "decisions", decisionSheet("deferred", "2025-09-30", brest), "create")
	equal(t, w.state(brest), application.Deferred)
	w.at("2025-11-01 12:00:00")
	w.do(brest, "accept")
	w.stored(service, "decisions", decisionSheet("accepted", "2025-11-01", brest), "unchanged")
	w.stored(service, "applications", applicationSheet("2025-05-20", brest), "unchanged")
	joined, _ := read[member.Member](w, member.RecordType, brest.ID)
	equal(t, joined.JoinedOn.String(), "2025-11-01")
}

func TestAFormThatASheetCorrectsIsTheOneThatIsJudgedAndKept(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.do(brest, "start send")
	corrected := strings.ReplaceAll(applicationSheet("2025-05-20", brest), "Un comité", "Deux comités")
	w.stored(service, "applications", corrected, "update")
	c := w.do(brest, "endorse submit")
	equal(t, c.Form.Plans, "Deux comités.")
	equal(t, len(c.History), 5)
	equal(t, c.History[2].Action, application.Edit)
	stored, version := read[application.Application](w, application.RecordType, brest.ID)
	equal(t, stored.Plans+fmt.Sprint(version), "Deux comités.2")
}

func TestR_APP_3_TheFourthIsRefusedWhicheverDoorItComesThrough(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	cities := []city.City{cityOf("Bafoussam", "CM"), cityOf("Garoua", "CM"), cityOf("Maroua", "CM"), cityOf("Kribi", "CM")}
	w.stored(service, "applications", applicationSheet("2025-05-19", cities[0]), "create")
	for _, c := range cities[1:] {
		w.do(c, "start send")
	}
	w.at("2025-07-01 12:00:00")
	w.stored(service, "endorsements", endorsementSheet("2025-07-01", cities[0]), "create")
	w.do(cities[1], "endorse submit")
	w.stored(service, "endorsements", endorsementSheet("2025-07-01", cities[2]), "create")

	w.do(cities[3], "endorse")
	p := w.refused(cities[3], application.Submit, "NATCOM_QUOTA_EXCEEDED")
	for _, c := range cities {
		if !strings.Contains(p.Params["contenders"].EN, c.Name) {
			t.Errorf("%v leaves %s out", p.Params, c.Name)
		}
	}
	if counts, codes := w.send(service, "endorsements", endorsementSheet("2025-07-01", cities[3])); counts.Fail != 1 ||
		codes != "NATCOM_QUOTA_EXCEEDED" {
		t.Errorf("%+v %s", counts, codes)
	}
	w.do(cities[2], "recall") // what the sheet submitted
	w.stored(service, "endorsements", endorsementSheet("2025-07-01", cities[3]), "create")
	w.refused(cities[2], application.Submit, "NATCOM_QUOTA_EXCEEDED")
	quota, err := w.registry.Quota(t.Context(), "2025", "CM")
	if err != nil || quota.Used != 3 || quota.Left != 0 || len(quota.Choice) != 1 || quota.Choice[0].City != cities[2].ID {
		t.Errorf("%+v, %v", quota, err)
	}
}

// Whoever is told that the other door is at work tries again.
func TestR_APP_3_ActsAndSheetsAtOnceEndWithThree(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		service := w.imports()
		cities := unlike(16, "CM")
		if counts, codes := w.send(service, "applications", applicationSheet("2025-05-19", cities...)); counts.Create != len(cities) {
			t.Fatal(counts, codes)
		}
		for n := 0; n < len(cities); n += 2 {
			w.do(cities[n], "endorse")
		}
		var group sync.WaitGroup
		errs := make([]error, len(cities))
		for n, c := range cities {
			group.Go(func() {
				for {
					if n%2 == 0 {
						_, errs[n] = w.registry.Do(t.Context(), registry.Origin{Person: "officer"}, w.act(c, application.Submit))
					} else {
						text := endorsementSheet("2025-05-20", c)
						up := imports.Upload{Name: c.Name + ".csv", Source: strings.NewReader(text), Size: int64(len(text))}
						_, _, errs[n] = service.Import(t.Context(), up, imports.Options{Kind: "endorsements"}, intake.All, "")
					}
					if p := problemOf(errs[n]); p == nil || p.Code != "RECORD_BUSY" && p.Code != "PLAN_STALE" {
						return
					}
				}
			})
		}
		group.Wait()
		done := 0
		for n, err := range errs {
			switch p := problemOf(err); {
			case err == nil:
				done++
			case p == nil || p.Code != "NATCOM_QUOTA_EXCEEDED" && p.Code != "ROWS_REFUSED":
				t.Errorf("%s: %v", cities[n].Name, err)
			}
		}
		held, counted := w.slots("CM"), 0
		for _, c := range w.round().Cases() {
			if c.Counts {
				counted++
				if !slices.Contains(held, c.City) {
					t.Errorf("%s was submitted, and %v have the slots", c.City, held)
				}
			}
		}
		if done != 3 || len(held) != 3 || counted != 3 {
			t.Errorf("%d were done, %d count, %v have the slots", done, counted, held)
		}
	})
}

// An import that is undone takes its records away. What acts made of the application before is in the events still.
func TestWhatAnUndoneImportTookAwayIsToldToo(t *testing.T) {
	slot := records.Release(records.Claim{Partition: application.Slots("2025", "FR"), ID: "slot-1", Holder: brest.ID})
	removed := func(typ string) table.Write {
		return records.Remove(records.Ref{Type: typ, Partition: types[typ], ID: brest.ID}, 1)
	}
	for _, c := range []struct {
		name   string
		acts   string // after the sheets of endorsements and, where it is to be undone, decisions
		undone []table.Write
		want   application.State
		then   string
	}{
		{"an endorsement", "", []table.Write{removed(application.EndorsementType), slot}, application.Sent, "endorse submit recall submit"},
		{"an endorsement that was acted on", "defer", []table.Write{
			removed(application.EndorsementType), removed(application.DecisionType), slot,
		}, application.Sent, "return send endorse submit accept"},
		{"a decision", "defer", []table.Write{removed(application.DecisionType)}, application.Submitted, "recall submit decline"},
		{"an application with all that followed", "defer", []table.Write{
			removed(application.RecordType), removed(application.EndorsementType), removed(application.DecisionType), slot,
		}, application.Withdrawn, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.at("2025-07-01 12:00:00")
			service := w.imports()
			w.stored(service, "applications", applicationSheet("2025-05-19", brest), "create")
			w.stored(service, "endorsements", endorsementSheet("2025-06-30", brest), "create")
			w.do(brest, c.acts)
			if err := w.table.Transact(t.Context(), c.undone); err != nil {
				t.Fatal(err)
			}
			equal(t, w.state(brest), c.want)
			if broken := w.sound(); broken != nil {
				t.Error(strings.Join(broken, "\n"))
			}
			w.do(brest, c.then)
			if broken := w.sound(); broken != nil {
				t.Error(strings.Join(broken, "\n"))
			}
		})
	}
}
