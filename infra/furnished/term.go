package furnished

import (
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

// current is the term that has just begun.
const current = "2025-2027"

// participants are the cities that are in clusters in the current term.
var participants = []struct {
	cluster string
	cities  []string
}{
	{"health", []string{"FR#brest", "SN#dakar", "DE#hamburg", "KR#suwon", "TR#konya", "IE#limerick"}},
	{"literacy", []string{"JO#irbid", "JP#okayama", "CN#hangzhou", "GH#kumasi", "SN#dakar", "FR#nanterre"}},
	{"esd", []string{"EG#giza", "IE#cork", "FR#montpellier", "KR#suwon"}},
	{"equity", []string{"TN#tunis", "CO#cali", "MX#queretaro", "FR#brest"}},
}

const candidates = `City;Country;Cluster;Answered on;1. Experience in the theme;2. Draft of the work plan;Rating 1;Rating 2;Rating 3;Rating 4;Rating 5
Brest;France;Health and well-being;2025-10-03;Health mediators on the quays since 2019.;Three workshops and a handbook.;5;4;4;4;5
Suwon;Republic of Korea;Health and well-being;2025-10-03;Walking groups of all generations.;Yearly study visits.;4;4;5;4;4
Konya;Türkiye;Health and well-being;2025-10-04;Family health courses.;A handbook.;4;3;4;4;3
Limerick;Ireland;Health and well-being;2025-10-04;Learning neighbourhoods.;A festival that others can copy.;4;4;3;3;4
Okayama;Japan;Literacy;2025-10-02;Community learning centres.;Case studies.;5;4;4;4;4
Hangzhou;China;Literacy;2025-10-03;Digital reading.;Two case studies.;4;4;4;3;4
Kumasi;Ghana;Literacy;2025-10-03;Classes for market women.;Exchange of teachers.;4;4;3;4;4
Cork;Ireland;ESD;2025-10-02;Green schools.;A yearly festival.;5;4;4;4;4
Montpellier;France;ESD;2025-10-03;A school of gardens.;Study visits.;4;3;4;4;4
`

const offers = `City;Country;1. Experts' meeting;2. Learning and exchange activities;3. Capacity-building workshop;Date of answer
Brest;France;A meeting of up to 60 people at the port.;;A workshop for health mediators.;2025-10-08
Suwon;Republic of Korea;;Study visits to our lifelong learning centres.;A yearly workshop for city officers.;2025-10-08
Dakar;Senegal;;Exchange on classes for parents.;;2025-10-09
`

const news = `City;Country;Cluster;Date sent;News
Brest;France;Health and well-being;2025-10-17;The cluster has a plan, and its first meeting is in June.
`

// term is the network's current one: who is in which cluster, who stands, was appointed, announced, and has laid down; a work plan.
func (s *staff) term() {
	s.on("2025-10-01")
	for _, one := range participants {
		for _, city := range one.cities {
			_, err := s.office.EnterEvent(s.as("amina"), "", network.Event{Kind: network.ClusterJoined, City: city, Cluster: one.cluster})
			s.must(err)
		}
	}
	s.on("2025-10-09")
	of := intake.Request{Term: current, Kind: "coordinators", Name: "Candidates 2025-2027.csv"}
	s.committed("amina", s.sent("amina", candidates, of))
	s.committed("amina", s.sent("amina", offers, intake.Request{Term: current, Kind: "questionnaire", Name: "Offers 2025-2027.csv"}))
	s.on("2025-10-10")
	for _, seat := range []coordinator.Seat{
		{Cluster: "health", Member: "FR#brest"}, {Cluster: "health", Member: "KR#suwon"}, {Cluster: "esd", Member: "IE#cork"},
	} {
		choice := registry.Choice{Term: current, Seat: seat, Reason: "The committee's choice, after the ratings."}
		_, err := s.office.Appoint(s.as("amina"), "", choice)
		s.must(err)
	}
	s.on("2025-10-13")
	for _, seat := range []coordinator.Seat{{Cluster: "health", Member: "FR#brest"}, {Cluster: "esd", Member: "IE#cork"}} {
		_, err := s.office.AnnounceCoordinator(s.as("amina"), "", current, seat, civil.Date{})
		s.must(err)
	}
	s.plan()
	s.on("2025-10-17")
	s.committed("amina", s.sent("amina", news, intake.Request{Term: current, Kind: "news", Name: "News of October.csv"}))
	_, err := s.office.LayDownMandate(s.as("amina"), "", current, coordinator.Seat{Cluster: "esd", Member: "IE#cork"}, s.day("2025-10-31"))
	s.must(err)
}

// plan is the work plan of the cluster of health.
func (s *staff) plan() {
	s.on("2025-10-14")
	of := registry.PlanOf{Term: current, Cluster: "health"}
	amina := s.as("amina")
	for _, step := range []func() (registry.Plan, error){
		func() (registry.Plan, error) {
			return s.office.PlanObjectives(amina, "", of, "Health is learned where people live: in families, at work, on the quays.")
		},
		func() (registry.Plan, error) {
			return s.office.PlanPartner(amina, "", of, "Institute of Public Health of Brittany")
		},
		func() (registry.Plan, error) {
			return s.office.PlanActivity(amina, "", of, workplan.Activity{
				ID: "cluster/1.4#1", Line: "cluster/1.4", By: "FR#brest", On: s.day("2026-06-11"), Title: "First annual meeting",
			})
		},
		func() (registry.Plan, error) {
			return s.office.OfferHost(s.as("yann"), "", of, "cluster/1.4#1", "FR#brest")
		},
		func() (registry.Plan, error) { return s.office.PutPlanForward(amina, "", of, "FR#brest", civil.Date{}) },
		func() (registry.Plan, error) {
			return s.office.PlanStatus(amina, "", of, "cluster/1.4#1", workplan.Confirmed, civil.Date{})
		},
		func() (registry.Plan, error) {
			return s.office.PlanOutcome(amina, "", of, workplan.Note{
				Outcome: "initiatives", Member: "SN#dakar", Text: "Two evening classes on nutrition have begun.", On: s.day("2025-10-13"),
			})
		},
	} {
		_, err := step()
		s.must(err)
	}
}
