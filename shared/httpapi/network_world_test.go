package httpapi_test

import (
	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/member"
	"github.com/learning-cities/guildhall/shared/questionnaire"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/survey"
)

// term is the one in which the tests' network is at work.
const term = "2025-2027"

// day is a day, "" none.
func day(text string) civil.Date {
	if text == "" {
		return civil.Date{}
	}
	d, err := civil.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// keep stores a record that an import brought.
func (w *world) keep(typ, partition, id string, body any) {
	w.t.Helper()
	encoded, err := records.Encode(body)
	if err != nil {
		w.t.Fatal(err)
	}
	put := records.Put{Record: records.Record{
		Ref: records.Ref{Type: typ, Partition: partition, ID: id}, Body: encoded,
		Provenance: records.Provenance{Import: "import", File: "members.xlsx", Sheet: "Members", Row: 7, Person: "officer", At: w.now},
	}}
	for _, err := range records.New(w.table).PutEach(w.t.Context(), "import", []records.Put{put}) {
		if err != nil {
			w.t.Fatal(err)
		}
	}
}

// aNetwork puts on record Brest of France and Brest of Belarus, which are in the clusters of health and literacy and stand in both, and Dakar,
// which has left. Brest of France coordinates literacy.
func aNetwork(w *world, _ access.Actor) map[string]string {
	for _, c := range []struct{ id, name, left string }{
		{"BY#brest", "Brest", ""}, {"FR#brest", "Brest", ""}, {"SN#dakar", "Dakar", "2024-12-31"},
	} {
		m := member.Member{
			City: c.name, Country: c.id[:2], JoinedOn: day("2016-06-01"), LeftOn: day(c.left), Website: "https://city.example",
			Population: 140_000, OtherNames: []string{"Bresta"}, Earlier: []member.Membership{{JoinedOn: day("2013-01-01"), LeftOn: day("2014-12-31")}},
		}
		if c.left == "" {
			m.Participations = []member.Participation{member.Participate(day("2025-10-01"), 2, []string{"health", "literacy"})}
		}
		w.keep(member.RecordType, "", c.id, m)
		answer := survey.Answer{Member: c.id, City: c.name, Country: c.id[:2], Topics: []string{"health"}, AnsweredOn: day("2019-03-01")}
		w.keep(survey.RecordType, "2019", answer.ID(), answer)
		w.keep(questionnaire.RecordType, term, c.id, questionnaire.Offer{
			Member: c.id, City: c.name, Country: c.id[:2], Items: [6]string{"We host.", "", "-"}, AnsweredOn: day("2025-09-01"),
		})
		for _, cluster := range []string{"health", "literacy"} {
			stands := coordinator.Candidacy{
				Member: c.id, City: c.name, Country: c.id[:2], Cluster: cluster, AnsweredOn: day("2025-09-20"),
				Answers: []coordinator.Answer{{Item: "motivation", Text: "We can.", Rating: 4}},
			}
			w.keep(coordinator.RecordType, term, stands.ID(), stands)
		}
	}
	seat := coordinator.Mandate{
		Member: "FR#brest", City: "Brest", Country: "FR", Cluster: "literacy", Term: term, From: day("2025-10-01"), Until: day("2027-09-30"),
	}
	seats := []coordinator.Seat{{Cluster: "literacy", Member: "FR#brest"}}
	w.keep(coordinator.MandateType, term, seat.ID(), seat)
	w.keep(coordinator.DecisionType, term, seat.ID(), coordinator.Decision{
		Term: term, Seats: seats, Proposed: seats, Reason: "It reads.", DecidedBy: "officer", DecidedOn: day("2025-09-25"),
	})
	return nil
}
