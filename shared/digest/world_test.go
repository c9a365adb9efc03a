package digest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/digest"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/programme"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/reference"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/survey"
	"github.com/learning-cities/guildhall/shared/table"
	"github.com/learning-cities/guildhall/shared/table/memory"
	"github.com/learning-cities/guildhall/shared/workplan"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(text string) civil.Date {
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// world is records that are written on days.
type world struct {
	t       *testing.T
	table   table.Table
	records *records.Store
	written []records.Ref
}

func newWorld(t *testing.T) *world {
	tbl := memory.New(table.Config{})
	return &world{t: t, table: tbl, records: records.New(tbl)}
}

func noonOf(on string) time.Time { return day(on).EndOf(time.UTC).Add(-12 * time.Hour) }

// write stores a record in its next version.
func (w *world) write(on string, ref records.Ref, body any) {
	w.t.Helper()
	encoded, err := records.Encode(body)
	must(w.t, err)
	current, err := w.records.Get(w.t.Context(), ref)
	if !errors.Is(err, records.ErrNotFound) {
		must(w.t, err)
	}
	put := records.Put{Base: current.Version, Record: records.Record{Ref: ref, Body: encoded, Provenance: records.Provenance{
		Import: "import-of-" + on, File: ref.Type + ".xlsx", Sheet: "Rows", Row: 7, Person: "ana", At: noonOf(on),
	}}}
	for _, err := range w.records.PutEach(w.t.Context(), put.Provenance.Import, []records.Put{put}) {
		must(w.t, err)
	}
	w.written = append(w.written, ref)
}

func (w *world) member(on, id string, m member.Member) {
	m.Country = id[:2]
	w.write(on, records.Ref{Type: member.RecordType, ID: id}, m)
}

func (w *world) seat(on, term, cluster, id, name, from, until string) {
	m := coordinator.Mandate{Member: id, City: name, Country: id[:2], Cluster: cluster, Term: term, From: day(from), Until: day(until)}
	w.write(on, records.Ref{Type: coordinator.MandateType, Partition: term, ID: m.ID()}, m)
}

func (w *world) news(term, cluster, id, on, text string) {
	n := workplan.News{Cluster: cluster, Member: id, On: day(on), Text: text}
	w.write(on, records.Ref{Type: workplan.NewsType, Partition: term, ID: n.ID()}, n)
}

func (w *world) source() digest.Source {
	return digest.Source{Records: w.records, Programme: programme.Current(), Reference: reference.Load()}
}

func takes(from, until string, clusters ...string) member.Participation {
	return member.Participation{From: day(from), Until: day(until), Clusters: clusters}
}

const term = "2025-2027"

// furnished is a network in the first half of a term, as people would find it in the spring of 2026.
func furnished(t *testing.T) *world {
	w := newWorld(t)
	whole := func(clusters ...string) member.Participation { return takes("2025-10-01", "2027-09-30", clusters...) }
	w.member("2025-09-01", "FR#brest", member.Member{
		City: "Brest", JoinedOn: day("2019-02-01"), Participations: []member.Participation{takes("2023-10-01", "2025-09-30", "health"), whole("esd", "health")},
	})
	w.member("2025-09-01", "CH#lausanne", member.Member{City: "Lausanne", JoinedOn: day("2022-09-01"), Participations: []member.Participation{whole("esd", "equity")}})
	w.member("2025-05-01", "EG#cairo", member.Member{City: "Cairo", JoinedOn: day("2015-09-28"), Participations: []member.Participation{whole("esd")}})
	w.member("2025-09-01", "SN#dakar", member.Member{
		City: "Dakar", JoinedOn: day("2016-05-01"),
		Participations: []member.Participation{takes("2024-04-01", "2026-03-31", "health"), takes("2026-04-01", "2027-09-30", "literacy")},
	})
	w.member("2025-11-20", "CO#medellin", member.Member{
		City: "Medellín", JoinedOn: day("2017-09-18"), Participations: []member.Participation{takes("2025-11-15", "2027-11-14", "health")},
	})
	w.member("2026-01-10", "AF#kabul", member.Member{
		City: "Kabul", JoinedOn: day("2024-02-14"), LeftOn: day("2025-12-31"), Participations: []member.Participation{takes("2025-10-01", "2025-12-31", "health")},
	})
	w.member("2025-12-05", "KE#nairobi", member.Member{City: "Nairobi", JoinedOn: day("2025-12-01")})
	w.member("2026-02-03", "FR#evry", member.Member{City: "Évry-Courcouronnes", JoinedOn: day("2026-02-01"), Participations: []member.Participation{takes("2026-02-01", "2028-01-31", "health")}})

	w.seat("2025-09-15", term, "health", "FR#brest", "Brest", "2025-10-01", "2027-09-30")
	w.seat("2026-01-15", term, "health", "CO#medellin", "Medellín", "2026-01-15", "2027-09-30")
	w.seat("2025-09-15", term, "esd", "CH#lausanne", "Lausanne", "2025-10-01", "2027-09-30")
	w.seat("2026-02-20", "2027-2029", "health", "CH#lausanne", "Lausanne", "2027-10-01", "2029-09-30")

	w.news(term, "health", "FR#brest", "2026-01-20", "Walking school buses reach all forty primary schools; the handbook is to be translated into French and Spanish.")
	w.news(term, "health", "CO#medellin", "2026-03-02", "A first meeting of doctors and librarians.\nFifty took part.")
	w.plans()
	w.applications()
	w.write("2025-12-01", records.Ref{Type: survey.RecordType, Partition: "2019", ID: "FR#brest#2019-03-01"},
		survey.Answer{Member: "FR#brest", City: "Brest", Country: "FR", Topics: []string{"health"}, AnsweredOn: day("2019-03-01")})
	return w
}

func (w *world) plans() {
	health := workplan.Draft(programme.Current(), "health", term)
	health.Objectives, health.Partners = "Healthy neighbourhoods learn together.", []workplan.Partner{{Name: "WHO"}}
	set := func(id string, status workplan.Status, on, host string) {
		for i, a := range health.Activities {
			if a.ID == id {
				health.Activities[i].Status, health.Activities[i].On, health.Activities[i].Host = status, day(on), host
			}
		}
	}
	set("cluster/1.1#1", workplan.Held, "2025-11-25", "FR#brest")
	set("cluster/1.4#1", workplan.Confirmed, "2026-06-10", "EG#cairo")
	set("cluster/2.1#1", workplan.Planned, "2026-05-04", "")
	set("cluster/1.2#1", workplan.Cancelled, "2026-02-01", "")
	health.Notes = []workplan.Note{{Outcome: "policies", Member: "FR#brest", Text: "The city adopted its plan for healthy streets.", On: day("2026-02-11")}}
	w.write("2026-02-12", records.Ref{Type: workplan.RecordType, Partition: term, ID: "health"}, health)
}

func (w *world) applications() {
	put := func(on, id, name, endorsed, decided, decision string) {
		ref := records.Ref{Type: application.RecordType, Partition: "2025", ID: id}
		w.write(on, ref, application.Application{City: name, Country: id[:2], ReceivedOn: day(on), Contact: application.Contact{Name: "Ada Private", Email: "ada@example.org"}})
		if endorsed != "" {
			ref.Type = application.EndorsementType
			w.write(endorsed, ref, application.Endorsement{City: name, Country: id[:2], EndorsedOn: day(endorsed), EndorsedBy: "Zoe Private"})
		}
		if decided != "" {
			ref.Type = application.DecisionType
			w.write(decided, ref, application.Decision{City: name, Country: id[:2], Decision: decision, DecidedOn: day(decided)})
		}
	}
	w.acts()
	put("2025-05-20", "KE#nairobi", "Nairobi", "2025-06-20", "2025-12-01", application.Accepted)
	put("2025-05-21", "FR#evry", "Évry-Courcouronnes", "2025-06-21", "2026-02-01", application.Accepted)
	put("2025-05-22", "FR#montpellier", "Montpellier", "2025-06-22", "", "")
	put("2025-05-23", "FR#lyon", "Lyon", "", "", "")
}

// acts are applications that came through the pages: a draft that is sent late, one endorsed and not chosen yet, one returned.
func (w *world) acts() {
	var now time.Time
	office := registry.New(registry.Config{
		Table: w.table, Programme: programme.Current(), Country: locale.Same, Region: func(string) string { return "" },
		Clock: func() time.Time { return now }, IDs: func() string { return now.Format(time.RFC3339) },
	})
	do := func(on, name string, actions ...application.Action) {
		for i, action := range actions {
			now = noonOf(on).Add(time.Duration(i) * time.Second)
			act := registry.Act{
				Call: "2025", City: city.City{ID: city.ID(name, "FR"), Name: name, Country: "FR"}, Action: action,
				Actor: application.Actor{Role: action.By(), City: city.ID(name, "FR")},
			}
			if action.By() == application.ByCommission {
				act.Actor.City, act.Actor.Country = "", "FR"
			}
			switch action {
			case application.Send:
				act.Form = &application.Application{
					City: name, Country: "FR", Mayor: application.Mayor{Name: "Ada Private"}, Pledge: application.Pledge{Given: true},
					Contact: application.Contact{Name: "Ada Private", Email: "ada@example.org", Language: "fr"},
					Profile: application.Profile{Population: application.Figure{Value: "140000", Year: 2022}}, Motivation: "To learn.", Plans: "Many.",
				}
			case application.Return:
				act.Reason = "The figures are those of another city."
			}
			_, err := office.Do(w.t.Context(), registry.Origin{Request: name + string(action), Person: "ana"}, act)
			must(w.t, err)
		}
	}
	do("2025-05-18", "Rennes", application.Start)
	do("2025-06-12", "Rennes", application.Send)
	do("2025-06-01", "Nantes", application.Start, application.Send)
	do("2025-07-01", "Nantes", application.Endorse)
	do("2025-06-02", "Tours", application.Start, application.Send)
	do("2025-06-05", "Tours", application.Return)
	do("2025-06-10", "Tours", application.Withdraw)
	do("2025-06-09", "Toulouse", application.Start)
}

// upset writes every record anew as of a day, with other names, days and states.
func (w *world) upset(on string) {
	for _, ref := range w.written {
		switch ref.Type {
		case member.RecordType:
			rewrite(w, on, ref, func(m *member.Member) {
				m.City, m.Participations, m.JoinedOn = m.City+" Nova", nil, m.JoinedOn.AddYears(-1)
			})
		case coordinator.MandateType:
			rewrite(w, on, ref, func(m *coordinator.Mandate) { m.City, m.Until = m.City+" Nova", m.From })
		case workplan.NewsType:
			rewrite(w, on, ref, func(n *workplan.News) { n.Text = "Something else." })
		case workplan.RecordType:
			rewrite(w, on, ref, func(p *workplan.Plan) { p.Notes, p.Activities = nil, p.Activities[:1] })
		case application.RecordType:
			rewrite(w, on, ref, func(a *application.Application) { a.City += " Nova" })
		case application.DecisionType:
			rewrite(w, on, ref, func(d *application.Decision) { d.Decision = application.Declined })
		}
	}
}

func rewrite[T any](w *world, on string, ref records.Ref, change func(*T)) {
	current, err := w.records.Get(w.t.Context(), ref)
	must(w.t, err)
	var body T
	must(w.t, records.Decode(current.Body, &body))
	change(&body)
	w.write(on, ref, body)
}
