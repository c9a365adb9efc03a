package registry_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// literacy is the plan of the cluster that coordination's cities are in.
var literacy = registry.PlanOf{Term: term, Cluster: "literacy"}

// planning is a world in which Brest coordinates literacy.
func planning(t *testing.T) *world {
	w := coordination(t)
	if _, err := w.appoint(officer, "literacy#FR#brest", "", "2023-12-01"); err != nil {
		t.Fatal(err)
	}
	return w
}

// codeOf is the code that an act was refused with, "" for none.
func codeOf(_ registry.Plan, err error) string {
	if p := problemOf(err); p != nil {
		return string(p.Code)
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestR_CLU_8_AWorkPlanIsPlannedHostedPutForwardAndHeld(t *testing.T) {
	w, ctx := planning(t), t.Context()
	r := w.registry
	draft, err := r.Plan(ctx, literacy)
	if err != nil || len(draft.Activities) == 0 {
		t.Fatal(draft, err)
	}
	equal(t, codeOf(r.PutForward(ctx, officer, literacy, "FR#brest", on("2024-01-15"))), "CELL_REQUIRED")
	equal(t, codeOf(r.PlanObjectives(ctx, officer, literacy, "Families read.")), "")
	equal(t, codeOf(r.PutForward(ctx, officer, literacy, "FR#brest", on("2024-01-15"))), "PARTNER_MISSING")
	equal(t, codeOf(r.AddPartner(ctx, officer, literacy, "Institute of Reading")), "")
	equal(t, codeOf(r.PutForward(ctx, officer, literacy, "SN#dakar", on("2024-01-15"))), "NOT_A_COORDINATOR")
	equal(t, codeOf(r.PutForward(ctx, officer, literacy, "FR#brest", on("2023-11-30"))), "NOT_A_COORDINATOR")

	meeting := workplan.Activity{Line: "cluster/1.4", Title: "Annual meeting", By: "FR#brest", On: on("2024-10-07")}
	equal(t, codeOf(r.PlanActivity(ctx, officer, literacy, workplan.Activity{Line: "cluster/9.9"})), "REF_NOT_FOUND")
	equal(t, codeOf(r.PlanActivity(ctx, officer, literacy, workplan.Activity{Line: "cluster/1.4", On: on("2025-10-01")})), "OUTSIDE_TERM")
	plan, err := r.PlanActivity(ctx, officer, literacy, meeting)
	if err != nil {
		t.Fatal(err)
	}
	id := plan.Activities[len(plan.Activities)-1].ID
	equal(t, codeOf(r.OfferHost(ctx, officer, literacy, id, "KR#osan")), "NOT_IN_CLUSTER")
	equal(t, codeOf(r.PlanStatus(ctx, officer, literacy, id, workplan.Confirmed, civil.Date{})), "CELL_REQUIRED")
	equal(t, codeOf(r.OfferHost(ctx, officer, literacy, id, "DE#hamburg")), "")
	equal(t, codeOf(r.PlanStatus(ctx, officer, literacy, id, workplan.Confirmed, civil.Date{})), "")
	equal(t, codeOf(r.PutForward(ctx, officer, literacy, "FR#brest", on("2024-01-15"))), "")
	equal(t, codeOf(r.PlanStatus(ctx, officer, literacy, id, workplan.Held, on("2024-10-08"))), "")
	equal(t, codeOf(r.PlanStatus(ctx, officer, literacy, id, workplan.Planned, civil.Date{})), "ACTIVITY_STATUS")

	plan, err = r.Plan(ctx, literacy)
	if err != nil {
		t.Fatal(err)
	}
	held := plan.Activities[len(plan.Activities)-1]
	equal(t, held, workplan.Activity{
		ID: id, Line: "cluster/1.4", Title: "Annual meeting", Host: "DE#hamburg", By: "FR#brest", On: on("2024-10-08"), Status: workplan.Held,
	})
	equal(t, plan.AdoptedBy+" "+plan.AdoptedOn.String(), "FR#brest 2024-01-15")
	// The annual meeting is one of the cluster's duties, and done with it (R-CLU-10).
	done := 0
	for _, turn := range workplan.Turns(r.Programme, termOf(t, w), plan.Plan, nil, on("2025-01-01")) {
		if turn.Duty.ID == "meeting" && turn.DoneOn == held.On {
			done++
		}
	}
	equal(t, done, 1)
	equal(t, codeOf(r.Plan(ctx, registry.PlanOf{Term: term, Cluster: "sports"})), "CLUSTER_UNKNOWN")
	equal(t, codeOf(r.Plan(ctx, registry.PlanOf{Term: "1999", Cluster: "literacy"})), "TERM_UNKNOWN")
}

func TestR_CLU_9_OutcomesAreNotedByCitiesOfTheCluster(t *testing.T) {
	w, ctx := planning(t), t.Context()
	note := workplan.Note{Outcome: "policies", Member: "SN#dakar", Text: "A reading strategy"}
	plan, err := w.registry.NoteOutcome(ctx, officer, literacy, note)
	if err != nil {
		t.Fatal(err)
	}
	note.On = on("2025-05-20")
	equal(t, plan.Notes[0], note)
	note.Member = "KR#osan"
	equal(t, codeOf(w.registry.NoteOutcome(ctx, officer, literacy, note)), "NOT_IN_CLUSTER")
	equal(t, codeOf(w.registry.NoteOutcome(ctx, officer, literacy, workplan.Note{Outcome: "fame", Member: "FR#brest", Text: "x"})), "REF_NOT_FOUND")
}

func TestWhatBecameOfACitySinceIsNoFaultOfTheNextStep(t *testing.T) {
	w, ctx := planning(t), t.Context()
	equal(t, codeOf(w.registry.PlanActivity(ctx, officer, literacy, workplan.Activity{Line: "cluster/2.1", Host: "FR#brest", On: on("2025-09-01")})), "")
	w.enter("2025-05-31 cluster-left literacy")
	equal(t, codeOf(w.registry.AddPartner(ctx, officer, literacy, "Institute of Reading")), "")
	equal(t, codeOf(w.registry.PlanActivity(ctx, officer, literacy,
		workplan.Activity{Line: "cluster/2.1", Host: "FR#brest", On: on("2025-09-02")})), "NOT_IN_CLUSTER")
}

func TestStepsOfOnePlanAtOnceAreAllTakenAndEachOnce(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		var group sync.WaitGroup
		errs := make([]error, 16)
		for n := range errs {
			request := request(fmt.Sprint(n / 2)) // each is sent twice
			group.Go(func() {
				_, errs[n] = w.registry.AddPartner(t.Context(), request, literacy, fmt.Sprintf("Institute %d", n/2))
			})
		}
		group.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		plan, err := w.registry.Plan(t.Context(), literacy)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, len(plan.Partners), 8)
		first, err := w.registry.AddPartner(t.Context(), request("0"), literacy, "Institute 0")
		if err != nil || len(first.Partners) > 8 {
			t.Error(first, err)
		}
	})
}

func TestAStepWaitsForAnImportOfMandates(t *testing.T) {
	w := planning(t)
	if err := w.reader.Acquire(t.Context(), []string{coordinator.MandateType}, "import-7", "plan"); err != nil {
		t.Fatal(err)
	}
	equal(t, codeOf(w.registry.AddPartner(t.Context(), officer, literacy, "Institute of Reading")), "RECORD_BUSY")
}

func TestATextThatIsTooLongIsRefusedBeforeAnythingIsStored(t *testing.T) {
	w, ctx := planning(t), t.Context()
	long := strings.Repeat("é", 8001)
	_, entered := w.registry.Enter(ctx, officer, network.Event{Kind: network.Renamed, City: brest.ID, Name: long})
	_, appointed := w.registry.Appoint(ctx, officer, registry.Choice{Term: term, Seat: seatOf("literacy#SN#dakar"), Reason: long})
	withdrawn, signed := w.act(brest, application.Withdraw), w.act(brest, application.Submit)
	withdrawn.Reason, signed.Signed = long, long
	_, withdrew := w.registry.Do(ctx, officer, withdrawn)
	_, submitted := w.registry.Do(ctx, officer, signed)
	_, started := w.registry.Do(ctx, officer, w.act(cityOf(long, "FR"), application.Start))
	for name, code := range map[string]string{
		"withdrawn":  codeOf(registry.Plan{}, withdrew),
		"signed":     codeOf(registry.Plan{}, submitted),
		"started":    codeOf(registry.Plan{}, started),
		"name":       codeOf(registry.Plan{}, entered),
		"reason":     codeOf(registry.Plan{}, appointed),
		"objectives": codeOf(w.registry.PlanObjectives(ctx, officer, literacy, long)),
		"title":      codeOf(w.registry.PlanActivity(ctx, officer, literacy, workplan.Activity{Line: "cluster/2.1", Title: long})),
		"partner":    codeOf(w.registry.AddPartner(ctx, officer, literacy, long)),
		"outcome":    codeOf(w.registry.NoteOutcome(ctx, officer, literacy, workplan.Note{Outcome: "policies", Member: brest.ID, Text: long})),
	} {
		if code != "TEXT_TOO_LONG" {
			t.Errorf("%s: %s", name, code)
		}
	}
	equal(t, codeOf(w.registry.PlanObjectives(ctx, officer, literacy, long[:16000])), "")
}

func TestAStepThatWasAskedForByAnOlderPlanIsNotTaken(t *testing.T) {
	w, ctx := planning(t), t.Context()
	seen := func(version int64) registry.PlanOf {
		return registry.PlanOf{Term: literacy.Term, Cluster: literacy.Cluster, Seen: &version}
	}
	draft, err := w.registry.Plan(ctx, literacy)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, draft.Version, 1)
	first := registry.Origin{Person: "officer", Request: "first"}
	for range 2 { // a repetition of what was done is no change
		plan, err := w.registry.PlanObjectives(ctx, first, seen(1), "Families read.")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, plan.Version, 2)
	}
	equal(t, codeOf(w.registry.PlanObjectives(ctx, officer, seen(1), "Schools read.")), "RECORD_CHANGED")
	equal(t, codeOf(w.registry.PlanObjectives(ctx, officer, seen(2), "Schools read.")), "")
	plan, err := w.registry.Plan(ctx, literacy)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, plan.Objectives, "Schools read.")
	equal(t, plan.Version, 3)
}
