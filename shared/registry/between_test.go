package registry_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/imports"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/faulty"
	"github.com/learning-cities/guildhall/shared/table/memory"
)

// compared has something done each time before the records of a type are compared with what a sheet says, which is after the rules read them.
type compared struct {
	table.Table
	partition string
	do        func()
}

func (c *compared) GetEach(ctx context.Context, keys []table.Key) ([]table.Item, error) {
	if keys[0].Partition == c.partition {
		c.do()
	}
	return c.Table.GetEach(ctx, keys)
}

// What a row wants stored is made of the record that the rules saw.
func TestWhatAnActChangesWhileASheetIsCheckedIsNotWrittenOver(t *testing.T) {
	const sheet = "City;Country;Member since;Population\nBrest;France;2016-01-01;150000\n"
	joins := []string{"health", "literacy", "equity"}
	for name, acts := range map[string]int{"once": 1, "in each of the passes but the last": 3} {
		t.Run(name, func(t *testing.T) {
			below := memory.New(table.Config{})
			others := worldOver(t, below)
			others.members("Brest;France;2016-01-01;;;")
			done := 0
			over := &compared{Table: below, partition: member.RecordType, do: func() {
				if done < acts {
					others.enter("2025-05-20 cluster-joined " + joins[done])
					done++
				}
			}}
			w := worldOver(t, below)
			counts, codes := w.send(w.importsOver(over, t.TempDir()), "members", sheet)
			equal(t, counts, intake.Counts{Read: 1, Update: 1})
			equal(t, codes, "")
			equal(t, done, acts)
			stored, _ := read[member.Member](w, member.RecordType, brest.ID)
			equal(t, stored.Population, 150000)
			equal(t, len(strings.Fields(w.clustersOf(brest.ID, "2025-05-20"))), acts)
		})
	}
}

func TestASheetWhoseRecordsChangeWithoutEndWhileItIsCheckedIsStale(t *testing.T) {
	below := memory.New(table.Config{})
	others := worldOver(t, below)
	others.members("Brest;France;2016-01-01;;;")
	over := &compared{Table: below, partition: member.RecordType, do: func() {
		if others.clustersOf(brest.ID, "2025-05-20") == "" {
			others.enter("2025-05-20 cluster-joined health")
		} else {
			others.enter("2025-05-20 renamed Brest" + strings.Repeat("e", int(others.version())))
		}
	}}
	service := worldOver(t, below).importsOver(over, t.TempDir())
	const sheet = "City;Country;Member since;Population\nBrest;France;2016-01-01;150000\n"
	up := imports.Upload{Name: "members.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, err := service.Check(t.Context(), up, imports.Options{Kind: "members"})
	if err != nil {
		t.Fatal(err)
	}
	over.do = func() {}
	_, err = service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
	wantCode(t, err, "PLAN_STALE")
	equal(t, others.clustersOf(brest.ID, "2025-05-20"), "health")
}

// version is that of Brest's record as a member.
func (w *world) version() int64 {
	w.t.Helper()
	_, version := read[member.Member](w, member.RecordType, brest.ID)
	return version
}

// A seat that fell free shows no more that somebody had it: its days count all the same.
func TestR_CLU_3_ASeatThatIsTakenAndLaidDownWhileAnotherIsAppointedCounts(t *testing.T) {
	for _, c := range []struct{ name, taken, appointed, code string }{
		{"of another city in the cluster", "literacy#FR#brest", "literacy#DE#hamburg", "COORDINATOR_SEATS_TAKEN"},
		{"of the city in another cluster", "health#FR#brest", "literacy#FR#brest", "COORDINATOR_ELSEWHERE"},
	} {
		t.Run(c.name, func(t *testing.T) {
			below := memory.New(table.Config{})
			others := coordinationOver(t, below)
			others.stand("Brest;France;Health;2023-12-05;a;5;;")
			if _, err := others.appoint(officer, "literacy#SN#dakar", "", "2023-12-10"); err != nil {
				t.Fatal(err)
			}
			w := worldOver(t, faulty.New(below, faulty.Plan{Before: once(func() { others.takenAndLaidDown(c.taken) })}))
			w.notAppointed(c.appointed, "It is ready.", "2024-01-15", c.code)
			others.seated()
		})
	}
}

func TestR_CLU_3_ASeatThatIsTakenAndLaidDownSinceASheetWasCheckedCounts(t *testing.T) {
	w := coordination(t)
	w.stand("Brest;France;Health;2023-12-05;a;5;;")
	if _, err := w.appoint(officer, "literacy#SN#dakar", "", "2023-12-10"); err != nil {
		t.Fatal(err)
	}
	service := w.imports()
	sheet := candidatesHeader + "Hamburg;Germany;Literacy;2023-11-05;a;4;2024-01-15;It is ready\n"
	up := imports.Upload{Name: "c.csv", Source: strings.NewReader(sheet), Size: int64(len(sheet))}
	report, err := service.Check(t.Context(), up, imports.Options{Kind: "coordinators"})
	if err != nil || report.Rows.Fail != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	w.takenAndLaidDown("literacy#FR#brest")
	_, err = service.Commit(t.Context(), imports.Order{Import: report.Import, Plan: report.Plan, Mode: intake.All})
	wantCode(t, err, "PLAN_STALE")
	w.seated()
}

// takenAndLaidDown gives a seat to a city from the day on which the others are appointed to one in the middle of the next year.
func (w *world) takenAndLaidDown(seat string) {
	w.t.Helper()
	if _, err := w.appoint(officer, seat, "For the beginning.", "2023-12-10"); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.registry.LayDown(w.t.Context(), officer, term, seatOf(seat), on("2024-06-30")); err != nil {
		w.t.Fatal(err)
	}
}

// once does something before the first write.
func once(do func()) func(int) {
	first := true
	return func(int) {
		if first {
			first = false
			do()
		}
	}
}

// The records of an application are read one after the other: together they can be of no moment that ever was.
func TestAnActIsNotRefusedByRecordsOfDifferentMoments(t *testing.T) {
	below := memory.New(table.Config{})
	others := worldOver(t, below)
	others.do(brest, "start send endorse submit")
	w := worldOver(t, &meanwhile{Table: below, partition: "endorsement#2025", do: func() { others.do(brest, "recall") }})
	w.do(brest, "submit") // it was submitted, then recalled, and at no time without an endorsement
	equal(t, w.state(brest), application.Submitted)
}

// changing has something done whenever a partition is read.
type changing struct {
	table.Table
	partition string
	do        func()
}

func (c *changing) Query(ctx context.Context, q table.Query) (table.Page, error) {
	if q.Partition == c.partition {
		c.do()
	}
	return c.Table.Query(ctx, q)
}

func TestAnActThatIsNeverJudgedByWhatStaysIsNotRefused(t *testing.T) {
	below := memory.New(table.Config{})
	others := worldOver(t, below)
	others.do(brest, "start send endorse submit")
	next := map[application.State]string{application.Submitted: "recall", application.Endorsed: "submit"}
	w := worldOver(t, &changing{Table: below, partition: "endorsement#2025", do: func() { others.do(brest, next[others.state(brest)]) }})
	if _, err := w.registry.Do(t.Context(), officer, w.act(brest, application.Start)); !errors.Is(err, table.ErrUnavailable) {
		t.Error(err)
	}
}
