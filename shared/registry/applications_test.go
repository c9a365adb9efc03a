package registry_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/records"
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
		cities := unlike(50, "CM")
		if counts, codes := w.send(w.imports(), "applications", applicationSheet("2025-05-19", cities...)); counts.Create != len(cities) {
			t.Fatal(counts, codes)
		}
		for _, c := range cities {
			w.do(c, "endorse")
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

func TestR_APP_5_NeitherAMemberNorAnApplicantAppliesAgain(t *testing.T) {
	w := newWorld(t)
	w.do(brest, "start")
	w.refused(brest, application.Start, "APPLICATION_OPEN")
	w.do(brest, "send endorse submit accept")
	w.refused(brest, application.Start, "APPLICATION_DECIDED")
	service := w.imports()
	nanterre := cityOf("Nanterre", "FR")
	w.stored(service, "members", "City;Country;Member since\nNanterre;France;2019-01-01\n", "create")
	equal(t, w.refused(nanterre, application.Start, "ALREADY_MEMBER").Rule, "R-APP-5")
}

// An applicant that a sheet makes a member meanwhile is not accepted a second time.
func TestR_APP_5_WhoHasBecomeAMemberMeanwhileIsNotAccepted(t *testing.T) {
	w := newWorld(t)
	w.do(brest, "start send endorse submit")
	w.stored(w.imports(), "members", "City;Country;Member since\nBrest;France;2019-01-01\n", "create")
	w.refused(brest, application.Accept, "ALREADY_MEMBER")
	w.do(brest, "decline")
}

func TestR_APP_4_WhatASheetDeferredWithoutAnEndorsementIsNotAccepted(t *testing.T) {
	w := newWorld(t)
	service := w.imports()
	w.do(brest, "start send")
	w.at("2025-07-01 12:00:00")
	w.stored(service, "decisions", decisionSheet("deferred", "2025-06-30", brest), "create")
	equal(t, w.state(brest), application.Deferred)
	equal(t, w.refused(brest, application.Accept, "ENDORSEMENT_MISSING").Rule, "R-APP-4")
	w.stored(service, "endorsements", endorsementSheet("2025-06-30", brest), "create")
	w.do(brest, "accept")
}

func TestACityThatWithdrawsTakesItsRecordsBackAndMayApplyAgain(t *testing.T) {
	w := newWorld(t)
	w.do(brest, "start send endorse submit withdraw")
	for _, typ := range []string{application.RecordType, application.EndorsementType, application.DecisionType} {
		if _, version := read[map[string]any](w, typ, brest.ID); version != 0 {
			t.Errorf("the %s is still there", typ)
		}
	}
	equal(t, len(w.slots("FR")), 1) // it was submitted all the same
	w.do(brest, "start send endorse submit")
	equal(t, len(w.slots("FR")), 1)
	for _, typ := range []string{application.RecordType, application.EndorsementType} {
		if _, version := read[map[string]any](w, typ, brest.ID); version != 3 { // its removal was the second
			t.Errorf("the %s of the second time has version %d", typ, version)
		}
	}
	earlier, err := records.EarlierOf(t.Context(), w.reader, records.Ref{Type: application.RecordType, Partition: "2025", ID: brest.ID})
	if err != nil || len(earlier) != 1 || earlier[0].Removed == nil || earlier[0].Removed.Person != "officer" {
		t.Errorf("kept of the first time: %+v, %v", earlier, err)
	}
}

func TestACityWithoutANameDoesNotBegin(t *testing.T) {
	w := newWorld(t)
	w.refused(city.City{ID: brest.ID, Country: "FR"}, application.Start, "CELL_REQUIRED")
}

func TestEveryRecordSaysWhoAskedForItAndInWhichRequest(t *testing.T) {
	w := newWorld(t)
	if _, err := w.registry.Do(t.Context(), request("begin"), w.act(brest, application.Start)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.registry.Do(t.Context(), request("send"), w.act(brest, application.Send)); err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[records.Ref]string{
		{Type: application.RecordType, Partition: "2025", ID: brest.ID}:          "send",
		{Type: "application_event", Partition: "2025", ID: brest.ID + "#000001"}: "begin",
		{Type: "application_event", Partition: "2025", ID: brest.ID + "#000002"}: "send",
	} {
		record, err := w.reader.Get(t.Context(), ref)
		if err != nil || record.Provenance.Request != want || record.Provenance.Person != "officer" || !record.Provenance.At.Equal(w.now) {
			t.Errorf("%s: %+v, %v", ref, record.Provenance, err)
		}
	}
}

func TestACityThatResemblesAKnownOneIsAskedAboutAndNeverDoubledOrMerged(t *testing.T) {
	w := newWorld(t)
	w.stored(w.imports(), "members", "City;Country;Member since\nÉvry-Courcouronnes;France;2019-01-01\n", "create")
	w.do(cityOf("Hambourg", "DE"), "start") // a draft is known too
	for _, like := range []city.City{cityOf("Evry Courcouronne", "FR"), cityOf("Hamburg", "DE")} {
		equal(t, w.refused(like, application.Start, "CITY_NEAR_DUPLICATE").Rule, "R-APP-5")
		if _, err := w.registry.NewCity(t.Context(), like.Name, like.Country, ""); problemOf(err) == nil {
			t.Errorf("%s is taken for new", like.Name)
		}
		act := w.act(like, application.Start)
		act.New = true
		if _, err := w.registry.Do(t.Context(), officer, act); err != nil {
			t.Error(err)
		}
	}
	for name, want := range map[string]string{
		"EVRY COURCOURONNES": "FR#evry-courcouronnes", "FR#evry-courcouronnes": "FR#evry-courcouronnes", "Brest": "REF_NOT_FOUND",
	} {
		found, err := w.registry.City(t.Context(), name, "FR", "")
		if p := problemOf(err); p != nil {
			found.ID = string(p.Code)
		}
		equal(t, found.ID, want)
	}
	fresh, err := w.registry.NewCity(t.Context(), "Brest", "FR", "")
	if err != nil || fresh != brest {
		t.Errorf("%+v, %v", fresh, err)
	}
}
