package furnished

import (
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/people"
)

// call is the one to which cities apply.
const call = "2025"

// round is that call: what the sample sheets say of it, and the cities of France, whose deadlines are extended, in each state.
func (s *staff) round() {
	s.on("2025-07-14")
	for _, name := range []string{"applications.fr.xlsx", "applications.es.xlsx", "endorsements.es.csv"} {
		s.stored("amina", name, nil)
	}
	s.on("2025-09-18")
	s.extended(application.CityDeadline, "2025-10-31")
	s.extended(application.CommissionDeadline, "2025-11-14")
	first := s.day("2025-09-22")
	for i, one := range []struct{ name, actions string }{
		{"Angers", "start send withdraw"}, {"Nancy", "start send endorse submit"}, {"Tours", "start send endorse submit"},
		{"Metz", "start send endorse"}, {"Lorient", "start send return"}, {"Rennes", "start send"}, {"Rouen", "start send"},
	} {
		s.on(first.AddDays(i).String())
		id := city.ID(one.name, "FR")
		s.invited(one.name, people.Standing{
			Email: "mairie@" + strings.ToLower(one.name) + ".example", Role: access.City, Scope: access.Scope(id), Lang: locale.FR,
		})
		for _, action := range strings.Fields(one.actions) {
			s.does(application.Action(action), one.name)
		}
	}
	s.on("2025-10-06")
	s.stored("amina", "decisions.en.xlsx", nil)
	s.on("2025-10-07")
	s.people["Quimper"] = s.people["nolwenn"]
	s.does(application.Start, "Quimper")
}

// extended has a deadline end later for France.
func (s *staff) extended(deadline application.Deadline, until string) {
	s.Helper()
	_, err := s.office.Extend(s.as("amina"), "", call, application.Extension{
		Deadline: deadline, Country: "FR", Until: s.day(until), Reason: "The storm of that week closed the town halls.",
	})
	s.must(err)
}

// does takes one step of the application of a city of France.
func (s *staff) does(action application.Action, name string) {
	s.Helper()
	who := name
	act := office.ApplicationAct{Call: call, City: city.ID(name, "FR"), Action: action}
	switch action {
	case application.Start:
		act.Name, act.Form = name, s.form(name)
	case application.Withdraw:
		act.Reason = "Le conseil municipal préfère attendre l'appel suivant."
	case application.Return:
		who, act.Reason = "claire", "Nommez un deuxième partenaire et précisez l'étape de 2027."
	case application.Endorse:
		who = "claire"
	case application.Submit:
		who, act.Signed = "claire", "Claire Morel"
	}
	_, err := s.office.Do(s.as(who), "", act)
	if err != nil {
		s.Fatalf("%s: %s: %v", name, action, err)
	}
	s.passes(20 * time.Minute)
}

// form is what a city answers: all, but for the one that has only begun.
func (s *staff) form(name string) *application.Application {
	form := &application.Application{
		City: name, Country: "FR", Website: "https://www." + strings.ToLower(name) + ".example",
		Mayor: application.Mayor{Address: "Mme", Name: "Hélène Prigent", Title: "Maire"},
		Contact: application.Contact{
			Name: "Nolwenn Riou", Title: "Chargée de mission", Organisation: "Ville de " + name, Postal: "Place de l'Hôtel-de-Ville",
			Phone: "+33 2 00 00 00 00", Email: "mairie@" + strings.ToLower(name) + ".example", Language: "fr",
		},
		Motivation: name + " veut relier ses écoles, ses médiathèques et ses entreprises, et apprendre des autres villes du réseau.",
		Challenges: []application.Rating{{Challenge: "poverty", Rating: 4}, {Challenge: "digital-divide", Rating: 3}},
		Interests:  []string{"literacy", "health"}, Expertise: []string{"citizenship"},
	}
	if name == "Quimper" {
		return form
	}
	form.Pledge = application.Pledge{Given: true, Name: "Hélène Prigent", On: s.day("2025-09-12")}
	form.Profile = application.Profile{
		Population: application.Figure{Value: "142000", Year: 2024}, Area: application.Figure{Value: "43.2", Year: 2024},
		GDPCity: application.Figure{Value: "36500", Year: 2023}, GDPCountry: application.Figure{Value: "41100", Year: 2023},
		SchoolingWomen: application.Figure{Value: "11.9", Year: 2023}, SchoolingMen: application.Figure{Value: "11.7", Year: 2023},
	}
	form.Plans = "D'ici deux ans : un comité, une carte des lieux d'apprentissage, puis un festival annuel dans chaque quartier."
	form.Features, form.Benefits = []string{"families", "workplace"}, []string{"prosperity"}
	form.Partners = []string{"Université de " + name}
	form.Committee = []string{"Hélène Prigent, Ville de " + name, "Université de " + name}
	form.Stages = []string{"2025 : diagnostic", "2026 : trois quartiers", "2027 : toute la ville"}
	return form
}
