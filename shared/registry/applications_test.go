package registry_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
)

func TestR_APP_9_FromDraftToMember(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldOver(t, over)
		w.do(brest, "start")
		if _, version := read[application.Application](w, application.RecordType, brest.ID); version != 0 {
			t.Error("a draft is a record already")
		}
		w.do(brest, "send")
		sent, _ := read[application.Application](w, application.RecordType, brest.ID)
		equal(t, sent.City+" "+sent.Country+" "+sent.ReceivedOn.String(), "Brest FR 2025-05-20")
		w.at("2025-07-01 09:00:00")
		w.do(brest, "endorse")
		w.at("2025-07-02 09:00:00")
		w.do(brest, "submit")
		endorsed, _ := read[application.Endorsement](w, application.EndorsementType, brest.ID)
		equal(t, endorsed, application.Endorsement{
			City: "Brest", Country: "FR", EndorsedOn: endorsed.EndorsedOn, EndorsedBy: "A. Signataire", Origin: application.OriginEndorsement,
		})
		equal(t, endorsed.EndorsedOn.String(), "2025-07-01")
		equal(t, strings.Join(w.slots("FR"), " "), brest.ID)
		w.at("2025-10-01 00:30:00") // in Berlin; in UTC it is the day before
		w.do(brest, "accept")
		decided, _ := read[application.Decision](w, application.DecisionType, brest.ID)
		equal(t, decided, application.Decision{
			City: "Brest", Country: "FR", Decision: application.Accepted, DecidedOn: decided.DecidedOn, Reason: "Because.",
		})
		joined, _ := read[member.Member](w, member.RecordType, brest.ID)
		equal(t, decided.DecidedOn.String()+" "+joined.JoinedOn.String(), "2025-10-01 2025-10-01")
		equal(t, joined.City+" "+joined.Website, "Brest https://www.ville.example")
		equal(t, joined.Population, 140000)
	})
}

// The quota's message names who holds the slots.
func TestR_APP_3_OfFiftySubmissionsAtOnceThreeAreDoneAndTheOthersAreToldWhoHasTheSlots(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		cities := make([]city.City, 50)
		for n := range cities {
			cities[n] = cityOf(fmt.Sprintf("Ville %02d", n), "CM")
			w.do(cities[n], "start send endorse")
		}
		var group sync.WaitGroup
		errs := make([]error, len(cities))
		for n, c := range cities {
			act := w.act(c, application.Submit)
			group.Go(func() { _, errs[n] = w.registry.Do(t.Context(), registry.Origin{Person: "officer"}, act) })
		}
		group.Wait()
		var submitted []string
		for n, err := range errs {
			if err == nil {
				submitted = append(submitted, cities[n].ID)
			}
		}
		quota, err := w.registry.Quota(t.Context(), "2025", "CM")
		if err != nil || len(submitted) != 3 || quota.Used != 3 || quota.Left != 0 || len(quota.By) != 3 || len(quota.Choice) != 47 {
			t.Fatalf("%v were submitted; %+v, %v", submitted, quota, err)
		}
		held := w.slots("CM")
		for _, c := range quota.By {
			if !strings.Contains(strings.Join(held, " "), c.City) || !strings.Contains(strings.Join(submitted, " "), c.City) {
				t.Errorf("%s counts; submitted %v, slots %v", c.City, submitted, held)
			}
		}
		for n, err := range errs {
			p := problemOf(err)
			if err == nil {
				continue
			}
			if p == nil || p.Code != "NATCOM_QUOTA_EXCEEDED" {
				t.Errorf("%s: %v", cities[n].Name, err)
				continue
			}
			for _, c := range quota.By {
				if !strings.Contains(p.Params["contenders"].EN, c.Name) {
					t.Errorf("%s is not told of %s", cities[n].Name, c.Name)
				}
			}
		}
	})
}
