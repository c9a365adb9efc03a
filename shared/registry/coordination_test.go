package registry_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// term is the one that the world's clock begins in.
const term = "2023-2025"

const candidatesHeader = "City;Country;Cluster;Answered on;Item 1;Rating 1;Appointed on;Reason\n"

// stand stores candidacies through a sheet, rows such as "Brest;France;Literacy;2023-11-05;Libraries;5;;".
func (w *world) stand(rows ...string) {
	w.t.Helper()
	counts, codes := w.send(w.imports(), "coordinators", candidatesHeader+strings.Join(rows, "\n")+"\n")
	if counts.Create != len(rows) {
		w.t.Fatalf("%+v %s", counts, codes)
	}
}

// appoint decides for a candidate, such as "literacy#FR#brest".
func (w *world) appoint(o registry.Origin, seat, reason, day string) (registry.SeatEvent, error) {
	return w.registry.Appoint(w.t.Context(), o, registry.Choice{Term: term, Seat: seatOf(seat), Reason: reason, On: on(day)})
}

func seatOf(id string) coordinator.Seat {
	cluster, member, _ := strings.Cut(id, "#")
	return coordinator.Seat{Cluster: cluster, Member: member}
}

// notAppointed decides for a candidate who must be refused with a code.
func (w *world) notAppointed(seat, reason, day, code string) {
	w.t.Helper()
	_, err := w.appoint(officer, seat, reason, day)
	if p := problemOf(err); p == nil || string(p.Code) != code {
		w.t.Errorf("%s: %v, want %s", seat, err, code)
	}
}

// seats counts the claims on a cluster's seats.
func (w *world) seats(cluster string) int {
	w.t.Helper()
	held, err := records.Holders(w.t.Context(), w.reader, coordinator.Seats(term, cluster))
	if err != nil {
		w.t.Fatal(err)
	}
	return len(held)
}

func termOf(t *testing.T, w *world) programme.Term {
	t.Helper()
	found, ok := w.registry.Programme.Term(term)
	if !ok {
		t.Fatal(term)
	}
	return found
}

// mandates reads the mandates of the term.
func (w *world) mandates() []coordinator.Mandate {
	w.t.Helper()
	field, err := w.registry.Candidates(w.t.Context(), term, civil.Date{})
	if err != nil {
		w.t.Fatal(err)
	}
	return field.Mandates
}

func TestR_CLU_3_OfFiftyDecisionsAtOnceTwoFillTheSeats(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		var cities, standing []string
		for n := range 50 {
			name := []string{"Bala", "Coro", "Dimi", "Fusu", "Gelhe", "Jaxon", "Kyrie", "Lumpo", "Nevsk", "Ozzit"}[n%10] +
				[]string{"natville", "rembourg", "tiquesol", "pharmont", "guskdork"}[n/10]
			cities = append(cities, name+";France;2016-01-01;;Literacy;2023-10-01")
			standing = append(standing, name+";France;Literacy;2023-11-05;Libraries;4;;")
		}
		w.members(cities...)
		w.stand(standing...)
		field, err := w.registry.Candidates(t.Context(), term, civil.Date{})
		if err != nil {
			t.Fatal(err)
		}
		equal(t, len(field.Candidacies), 50)
		errs := make([]error, 50)
		var group sync.WaitGroup
		for n, c := range field.Candidacies {
			group.Go(func() { _, errs[n] = w.appoint(request(fmt.Sprint(n)), "literacy#"+c.Member, "By lot.", "2023-12-01") })
		}
		group.Wait()
		appointed := 0
		for n, err := range errs {
			if p := problemOf(err); err == nil {
				appointed++
			} else if p == nil || p.Code != "COORDINATOR_SEATS_TAKEN" {
				t.Errorf("decision %d: %v", n, err)
			}
		}
		equal(t, appointed, 2)
		equal(t, len(w.mandates()), 2)
		equal(t, w.seats("literacy"), 2)
	})
}

func TestR_CLU_5_OfManyDecisionsAtOnceForOneCityOneGivesItASeat(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		w.members("Brest;France;2016-01-01;;Literacy, Health, Equity;2023-10-01")
		clusters := []string{"literacy", "health", "equity"}
		w.stand("Brest;France;Literacy;2023-11-05;a;4;;", "Brest;France;Health;2023-11-05;a;4;;", "Brest;France;Equity;2023-11-05;a;4;;")
		errs := make([]error, 30)
		var group sync.WaitGroup
		for n := range errs {
			seat := clusters[n%3] + "#" + brest.ID
			group.Go(func() { _, errs[n] = w.appoint(request(fmt.Sprint(n)), seat, "By lot.", "2023-12-01") })
		}
		group.Wait()
		appointed := 0
		for n, err := range errs {
			if p := problemOf(err); err == nil {
				appointed++
			} else if p == nil || p.Code != "COORDINATOR_ELSEWHERE" {
				t.Errorf("decision %d: %v", n, err)
			}
		}
		equal(t, appointed, 1)
		equal(t, w.seats("literacy")+w.seats("health")+w.seats("equity"), 1)
	})
}

// coordination is a world with candidates of literacy in several regions.
func coordination(t *testing.T) *world { return coordinationOver(t, memory.New(table.Config{})) }

func coordinationOver(t *testing.T, over table.Table) *world {
	w := worldOver(t, over)
	w.members("Brest;France;2016-01-01;;Literacy, Health;2023-10-01", "Hamburg;Germany;2016-01-01;;Literacy;2023-10-01",
		"Dakar;Senegal;2015-01-01;;Literacy;2023-10-01", "Osan;Republic of Korea;2015-01-01;;;")
	w.stand("Brest;France;Literacy;2023-11-05;a;5;;", "Hamburg;Germany;Literacy;2023-11-05;a;4;;",
		"Dakar;Senegal;Literacy;2023-11-05;a;3;;", "Osan;Republic of Korea;Literacy;2023-11-05;a;5;;")
	return w
}

func TestR_CLU_6_ADecisionIsKeptWithWhatWasProposedAndItsReason(t *testing.T) {
	w := coordination(t)
	decided, err := w.appoint(request("one"), "literacy#FR#brest", "", "2023-12-01")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, decided.Mandate.From, on("2023-12-01"))
	equal(t, decided.Mandate.Until, on("2025-09-30"))
	equal(t, decided.Decision.DecidedBy, "officer")
	// Dakar is proposed beside Brest, being of another region.
	w.notAppointed("literacy#DE#hamburg", " ", "2023-12-01", "COORDINATOR_REASON_MISSING")
	other, err := w.appoint(officer, "literacy#DE#hamburg", "Dakar withdrew.", "2023-12-01")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, other.Decision.Proposed[0].Member, "SN#dakar")
	equal(t, other.Decision.Reason, "Dakar withdrew.")

	_, err = w.registry.Announce(t.Context(), officer, term, seatOf("literacy#FR#brest"), on("2023-11-30"))
	equal(t, string(problemOf(err).Code), "DATE_ORDER")
	announced, err := w.registry.Announce(t.Context(), officer, term, seatOf("literacy#FR#brest"), on("2023-12-15"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, announced.Decision.AnnouncedOn, on("2023-12-15"))
	_, err = w.registry.Announce(t.Context(), officer, term, seatOf("literacy#SN#dakar"), on("2023-12-15"))
	equal(t, string(problemOf(err).Code), "NOT_A_COORDINATOR")

	// The same request is answered as it was, although the decision was announced since.
	again, err := w.appoint(request("one"), "literacy#FR#brest", "", "2023-12-01")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, fmt.Sprint(again), fmt.Sprint(decided))
}

func TestR_CLU_7_WhoIsNotInTheClusterIsNotAppointed(t *testing.T) {
	w := coordination(t)
	w.notAppointed("literacy#KR#osan", "It hosts.", "2023-12-01", "COORDINATOR_NOT_IN_CLUSTER")
	w.notAppointed("literacy#FR#paris", "It hosts.", "2023-12-01", "COORDINATOR_NOT_A_CANDIDATE")
	w.notAppointed("literacy#FR#brest", "", "2025-10-01", "OUTSIDE_TERM")
	if _, err := w.registry.Appoint(t.Context(), officer, registry.Choice{Term: "1999", Seat: seatOf("literacy#FR#brest")}); problemOf(err) == nil ||
		problemOf(err).Code != "TERM_UNKNOWN" {
		t.Error(err)
	}
}

func TestR_CLU_4_ASeatThatWasLaidDownGoesToAnotherCityAndNotBack(t *testing.T) {
	w := coordination(t)
	for _, seat := range []string{"literacy#FR#brest", "literacy#SN#dakar"} {
		if _, err := w.appoint(officer, seat, "", "2023-12-01"); err != nil {
			t.Fatal(err)
		}
	}
	w.stand("Brest;France;Health;2023-12-05;a;5;;")
	w.notAppointed("literacy#DE#hamburg", "A third.", "2024-01-01", "COORDINATOR_SEATS_TAKEN")
	w.notAppointed("health#FR#brest", "Its second.", "2024-01-01", "COORDINATOR_ELSEWHERE")
	_, err := w.registry.LayDown(t.Context(), officer, term, seatOf("literacy#FR#brest"), on("2023-11-30"))
	equal(t, string(problemOf(err).Code), "DATE_ORDER")
	laid, err := w.registry.LayDown(t.Context(), officer, term, seatOf("literacy#FR#brest"), on("2024-03-31"))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, laid.Mandate.Until, on("2024-03-31"))
	w.notAppointed("literacy#DE#hamburg", "Before the last day.", "2024-03-31", "COORDINATOR_SEATS_TAKEN")
	w.notAppointed("literacy#FR#brest", "Again.", "2024-06-01", "COORDINATOR_SECOND_TERM")
	for _, seat := range []string{"literacy#DE#hamburg", "health#FR#brest"} {
		if _, err := w.appoint(officer, seat, "It is ready.", "2024-04-01"); err != nil {
			t.Error(err)
		}
	}
	equal(t, w.seats("literacy"), 2)
	equal(t, w.seats("health"), 1)
}

func TestR_CLU_3_SheetsAndDecisionsSeeOneAnothersSeats(t *testing.T) {
	w := coordination(t)
	service := w.imports()
	counts, codes := w.send(service, "coordinators", candidatesHeader+"Brest;France;Literacy;2023-11-05;a;5;2023-12-01;\n")
	if counts.Update+counts.Create != 1 {
		t.Fatalf("%+v %s", counts, codes)
	}
	w.notAppointed("literacy#FR#brest", "", "2023-12-02", "COORDINATOR_ELSEWHERE")
	if _, err := w.appoint(officer, "literacy#SN#dakar", "", "2023-12-02"); err != nil {
		t.Fatal(err)
	}
	counts, codes = w.send(service, "coordinators", candidatesHeader+`Brest;France;Literacy;2023-11-05;a;5;2023-12-01;
Dakar;Senegal;Literacy;2023-11-05;a;3;2023-12-02;
Hamburg;Germany;Literacy;2023-11-05;a;4;2023-12-02;A third
`)
	if counts != (intake.Counts{Read: 3, Unchanged: 2, Fail: 1}) || codes != "COORDINATOR_SEATS_TAKEN" {
		t.Errorf("%+v %s", counts, codes)
	}
	// What the sheet decided is announced and laid down like any other.
	if _, err := w.registry.Announce(t.Context(), officer, term, seatOf("literacy#FR#brest"), civil.Date{}); err != nil {
		t.Error(err)
	}
	if _, err := w.registry.LayDown(t.Context(), officer, term, seatOf("literacy#FR#brest"), on("2024-01-31")); err != nil {
		t.Error(err)
	}
	counts, codes = w.send(service, "coordinators", candidatesHeader+"Hamburg;Germany;Literacy;2023-11-05;a;4;2024-02-01;It is ready\n")
	if counts != (intake.Counts{Read: 1, Create: 1}) {
		t.Errorf("%+v %s", counts, codes)
	}
	equal(t, len(w.mandates()), 3)
	equal(t, w.seats("literacy"), 2)
}

// Sheets and acts appoint at the same moment, each again while the other is in the way, as their clients do.
func TestR_CLU_3_SheetsAndDecisionsAtOnceFillTwoSeats(t *testing.T) {
	engines(t, func(t *testing.T, over table.Table) {
		w := worldPausing(t, over, nil)
		var cities, standing []string
		names := []string{"Balanatville", "Cororembourg", "Dimitiquesol", "Fusupharmont", "Gelheguskdork", "Jaxonville", "Kyriestad", "Lumpograd"}
		for _, name := range names {
			cities = append(cities, name+";France;2016-01-01;;Literacy;2023-10-01")
			standing = append(standing, name+";France;Literacy;2023-11-05;Libraries;4;;")
		}
		w.members(cities...)
		w.stand(standing...)
		var group sync.WaitGroup
		for n, name := range names {
			if n%2 == 0 {
				service := w.imports()
				group.Go(func() {
					text := candidatesHeader + name + ";France;Literacy;2023-11-05;Libraries;4;2023-12-01;By lot\n"
					again(t, func() error {
						up := imports.Upload{Name: "c.csv", Source: strings.NewReader(text), Size: int64(len(text))}
						_, _, err := service.Import(t.Context(), up, imports.Options{Kind: "coordinators"}, intake.Valid, "")
						return err
					})
				})
				continue
			}
			group.Go(func() {
				again(t, func() error {
					_, err := w.appoint(request(name), "literacy#"+cityOf(name, "FR").ID, "By lot.", "2023-12-01")
					return err
				})
			})
		}
		group.Wait()
		equal(t, len(w.mandates()), 2)
		equal(t, w.seats("literacy"), 2)
		w.seated()
	})
}

// again does something until nothing is in its way any more.
func again(t *testing.T, do func() error) {
	for {
		err := do()
		switch p := problemOf(err); {
		case err == nil, p != nil && p.Code == "COORDINATOR_SEATS_TAKEN":
			return
		case p == nil || p.Code != "RECORD_BUSY" && p.Code != "PLAN_STALE":
			t.Error(err)
			return
		}
	}
}

func TestADecisionWaitsForAnImportOfWhatItRestsOn(t *testing.T) {
	w := coordination(t)
	for _, typ := range []string{member.RecordType, coordinator.RecordType, coordinator.MandateType, coordinator.DecisionType} {
		if err := w.reader.Acquire(t.Context(), []string{typ}, "import-7", "plan"); err != nil {
			t.Fatal(err)
		}
		w.notAppointed("literacy#FR#brest", "", "2023-12-01", "RECORD_BUSY")
		if err := w.reader.ReleaseWith(t.Context(), []string{typ}, "import-7"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.appoint(officer, "literacy#FR#brest", "", "2023-12-01"); err != nil {
		t.Error(err)
	}
}

func TestTheProposalIsMadeOfWhatIsOnRecord(t *testing.T) {
	w := coordination(t)
	field, err := w.registry.Candidates(t.Context(), term, on("2023-12-01"))
	if err != nil {
		t.Fatal(err)
	}
	var seats []string
	for _, seat := range field.Propose().Members() {
		seats = append(seats, seat.ID())
	}
	if got := strings.Join(seats, " "); got != "literacy#FR#brest literacy#SN#dakar" {
		t.Errorf("proposed: %s", got)
	}
	equal(t, field.Term, termOf(t, w))
}
