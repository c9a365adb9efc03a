package registry_test

import (
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/registry"
)

var secretariat = application.Actor{Role: application.BySecretariat}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestR_APP_1_ALastMinuteActCountsAndTheNextDoesNot(t *testing.T) {
	w := newWorld(t)
	late := cityOf("Nanterre", "FR")
	w.do(late, "start")
	w.at("2025-06-15 23:59:59")
	w.now = w.now.Add(time.Second - time.Nanosecond)
	w.do(brest, "start send")
	w.now = w.now.Add(time.Nanosecond)
	equal(t, w.refused(late, application.Send, "CYCLE_CLOSED_CITY").Rule, "R-APP-1")
	w.refused(cityOf("Sarcelles", "FR"), application.Start, "CYCLE_CLOSED_CITY")
	sent, _ := read[application.Application](w, application.RecordType, brest.ID)
	equal(t, sent.ReceivedOn, day("2025-06-15"))
}

func TestR_APP_2_ALastMinuteSubmissionCountsAndTheNextDoesNot(t *testing.T) {
	w := newWorld(t)
	late := cityOf("Nanterre", "FR")
	w.do(brest, "start send endorse")
	w.do(late, "start send endorse")
	w.at("2025-07-15 23:59:59")
	w.do(brest, "submit")
	w.at("2025-07-16 00:00:00")
	equal(t, w.refused(late, application.Submit, "CYCLE_CLOSED_NATCOM").Rule, "R-APP-2")
	w.refused(brest, application.Recall, "CYCLE_CLOSED_NATCOM")
}

func TestR_APP_2_AnExtensionIsRecordedAndTheCallStays(t *testing.T) {
	w := newWorld(t)
	late, abroad := cityOf("Nanterre", "FR"), cityOf("Garoua", "CM")
	w.do(late, "start send endorse")
	w.do(abroad, "start send endorse")
	w.at("2025-07-16 08:00:00")
	before := w.now
	w.refused(late, application.Submit, "CYCLE_CLOSED_NATCOM")
	extension := application.Extension{
		Deadline: application.CommissionDeadline, Country: "FR", Until: day("2025-07-20"), Reason: "A strike.",
	}
	granted, err := w.registry.Extend(t.Context(), request("extend"), "2025", secretariat, extension)
	if err != nil || granted.Person != "officer" || !granted.GrantedAt.Equal(w.now) {
		t.Fatalf("%+v, %v", granted, err)
	}
	again, err := w.registry.Extend(t.Context(), request("extend"), "2025", secretariat, extension)
	if err != nil || again != granted {
		t.Errorf("%+v, %v", again, err)
	}
	w.refused(abroad, application.Submit, "CYCLE_CLOSED_NATCOM")
	w.at("2025-07-20 23:59:59")
	w.do(late, "submit")
	equal(t, w.call.CommissionDeadline, day("2025-07-15"))
	earlier, err := w.registry.Round(t.Context(), "2025", before.Add(-time.Hour))
	if err != nil || earlier.Case(late.ID).State != application.Endorsed {
		t.Errorf("%+v, %v", earlier.Case(late.ID), err)
	}
}

func TestAnExtensionThatCanNotBeIsRefused(t *testing.T) {
	w := newWorld(t)
	good := application.Extension{Deadline: application.CityDeadline, Until: day("2025-06-30"), Reason: "A strike."}
	for _, c := range []struct {
		name   string
		call   string
		actor  application.Actor
		change func(*application.Extension)
		want   problem.Code
	}{
		{"not by the secretariat", "2025", application.Actor{Role: application.ByCommission, Country: "FR"}, nil, "APPLICATION_ACTOR"},
		{"without a reason", "2025", secretariat, func(e *application.Extension) { e.Reason = " " }, "CELL_REQUIRED"},
		{"not a later day", "2025", secretariat, func(e *application.Extension) { e.Until = day("2025-06-15") }, "DEADLINE_NOT_EXTENDED"},
		{"of no call", "1999", secretariat, nil, "CALL_UNKNOWN"},
	} {
		e := good
		if c.change != nil {
			c.change(&e)
		}
		_, err := w.registry.Extend(t.Context(), officer, c.call, c.actor, e)
		if p := problemOf(err); p == nil || p.Code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	equal(t, w.items(), 0)
	if _, err := w.registry.Do(t.Context(), officer, registry.Act{Call: "1999", City: brest, Action: application.Start}); problemOf(err).Code != "CALL_UNKNOWN" {
		t.Error(err)
	}
}
