package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/application"
	"github.com/learning-cities/guildhall/shared/city"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/coordinator"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/network"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/workplan"
)

var huelva = city.City{ID: "ES#huelva", Name: "Huelva", Country: "ES"}

func TestAFullTermIsPlayedFromTheCallToTheNewsletter(t *testing.T) {
	w := newWorld(t)
	for i, stage := range []func(){
		w.members, w.applications, w.endorsements, w.decisions, w.survey, w.clusters, w.coordinators, w.offers, w.workPlan, w.newsletter,
	} {
		stage()
		w.keep(i)
	}
	w.remembers()
}

// members: the network before the call, in English.
func (w *world) members() {
	w.send("members", locale.EN, `City;Country;Member since
Dakar;Senegal;2015-01-01
Medellín;Colombia;2017-01-01
Osan;Republic of Korea;2016-01-01
Nanterre;France;2017-01-01
`, intake.Counts{Read: 4, Create: 4})
	w.wantStates("")
}

// applications: four of France in French, one of them twice; one of Spain by itself, to the last second of the cities' deadline.
func (w *world) applications() {
	w.at("2025-05-20 09:00:00")
	w.act(huelva, "start")
	w.at("2025-06-10 09:00:00")
	w.send("applications", locale.FR, `Ville;Pays;Maire;Personne de contact;Courriel;Langue;Engagement du maire;Motivation;Plans de mise en œuvre;Bénéfices élargis;Reçue le
Brest;France;A. Maire;B. Contact;b@brest.example;français;oui;Relier;Un comité;Développement durable;2025-06-02
Lille;France;A. Maire;B. Contact;b@lille.example;français;oui;Relier;Un comité;;2025-06-03
Rennes;France;A. Maire;B. Contact;b@rennes.example;français;oui;Relier;Un comité;;2025-06-04
Tours;France;A. Maire;B. Contact;b@tours.example;français;oui;Relier;Un comité;;2025-06-05
Nanterre;France;A. Maire;B. Contact;b@nanterre.example;français;oui;Relier;Un comité;;2025-06-05
Metz;France;A. Maire;B. Contact;b@metz.example;français;oui;Relier;Un comité;;2025-06-16
`, intake.Counts{Read: 6, Create: 4, Fail: 2}, "ENDORSEMENT_MISSING 2", "ENDORSEMENT_MISSING 3", "ENDORSEMENT_MISSING 4", "ENDORSEMENT_MISSING 5",
		"NATCOM_QUOTA_EXCEEDED B5", "ENDORSEMENT_MISSING 6", "ALREADY_MEMBER A6", "ENDORSEMENT_MISSING 7", "CYCLE_CLOSED_CITY K7")
	w.wantStates("Huelva draft, Brest sent, Lille sent, Rennes sent, Tours sent")
	w.at("2025-06-15 23:59:59")
	w.act(huelva, "send")
	w.at("2025-06-16 00:00:00")
	w.refused(city.City{ID: "ES#girona", Name: "Girona", Country: "ES"}, application.Start, "CYCLE_CLOSED_CITY")
	w.wantStates("Huelva sent, Brest sent, Lille sent, Rennes sent, Tours sent")
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Applications", "Huelva", "Waiting for endorsement"}, locale.FR: {"Candidatures", "Huelva", "En attente d’aval"},
		locale.ES: {"Solicitudes", "Huelva", "En espera de aval"},
	})
	w.tells("Huelva", map[locale.Lang][]string{
		locale.EN: {"15 June 2025", "2025 call for membership, sent to the National Commission"},
		locale.FR: {"15 juin 2025", "Appel à candidatures 2025, envoyée à la Commission nationale"},
		locale.ES: {"15 de junio de 2025", "Convocatoria de adhesión 2025, enviada a la Comisión Nacional"},
	})
}

// endorsements: three of the four of France, in Spanish; Spain returns, endorses and submits to the last second.
func (w *world) endorsements() {
	w.at("2025-06-20 09:00:00")
	w.act(huelva, "return")
	w.at("2025-07-01 09:00:00")
	w.act(huelva, "send")
	w.at("2025-07-14 09:00:00")
	w.send("endorsements", locale.ES, `Ciudad;País;Avalada el;Firmado por
Brest;Francia;2025-07-10;Comisión Nacional
Lille;Francia;2025-07-10;Comisión Nacional
Rennes;Francia;2025-07-10;Comisión Nacional
Tours;Francia;2025-07-10;Comisión Nacional
`, intake.Counts{Read: 4, Create: 3, Fail: 1}, "NATCOM_QUOTA_EXCEEDED B5")
	w.at("2025-07-15 23:59:59")
	w.act(huelva, "endorse submit")
	w.at("2025-07-16 00:00:00")
	w.refused(huelva, application.Recall, "CYCLE_CLOSED_NATCOM")
	w.wantStates("Huelva submitted, Brest submitted, Lille submitted, Rennes submitted, Tours sent")
	quota, err := w.app.Registry.Quota(w.Context(), w.call.ID, "FR")
	if err != nil || quota.Used != 3 || quota.Left != 0 || len(quota.Waiting) != 1 {
		w.Errorf("%+v, %v", quota, err)
	}
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Quota", `"France",4,0,1,0,0,3,0,0,0,0,3,3,0`}, locale.FR: {"Quota", `"France",4,0,1,0,0,3,0,0,0,0,3,3,0`}, locale.ES: {"Cuota", `"Francia",4,0,1,0,0,3,0,0,0,0,3,3,0`},
	})
	w.tells("Lille", map[locale.Lang][]string{
		locale.EN: {"submitted to the secretariat"},
		locale.FR: {"présentée au secrétariat"},
		locale.ES: {"presentada a la secretaría"},
	})
}

// decisions: in English; the one of Spain is taken in the registry.
func (w *world) decisions() {
	w.at("2025-09-01 15:00:00")
	w.send("decisions", locale.EN, `City;Country;Decision;Decided on;Reason
Brest;France;Accepted;2025-09-01;
Lille;France;Deferred;2025-09-01;The committee is still to be named
Rennes;France;Declined;2025-09-01;No plans
Tours;France;Accepted;2025-09-01;
`, intake.Counts{Read: 4, Create: 3, Fail: 1}, "ENDORSEMENT_MISSING C5")
	w.act(huelva, "accept")
	w.wantStates("Huelva accepted, Brest accepted, Lille deferred, Rennes declined, Tours sent")
	w.refused(city.City{ID: "FR#rennes", Name: "Rennes", Country: "FR"}, application.Accept, "APPLICATION_DECIDED")
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Applications", "Lille", "Deferred"}, locale.FR: {"Candidatures", "Lille", "Reportée"}, locale.ES: {"Solicitudes", "Lille", "Aplazada"},
	})
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Members", "Huelva", "Spain"}, locale.FR: {"Membres", "Huelva", "Espagne"}, locale.ES: {"Miembros", "Huelva", "España"},
	})
	w.tells("Lille", map[locale.Lang][]string{
		locale.EN: {"1 September 2025", "deferred – The committee is still to be named"},
		locale.FR: {"1er septembre 2025", "reportée – The committee is still to be named"},
		locale.ES: {"1 de septiembre de 2025", "aplazada – The committee is still to be named"},
	})
	w.tells("Brest", map[locale.Lang][]string{
		locale.EN: {"member since 1 September 2025"},
		locale.FR: {"membre depuis le 1er septembre 2025"},
		locale.ES: {"miembro desde el 1 de septiembre de 2025"},
	})
}

// survey: answers in Spanish, the latest in time counts; a late one is kept, and who is no member does not vote.
func (w *world) survey() {
	w.at("2025-09-26 09:00:00")
	w.send("survey", locale.ES, `Ciudad;País;Fecha de respuesta;Temas;Coordinaría un grupo
Brest;Francia;2025-09-08;4;no
Brest;Francia;2025-09-10;1; sí
Huelva;España;2025-09-10;"2; 6";sí
Dakar;Senegal;2025-09-25;"2; 1; 6";sí
Medellín;Colombia;2025-09-20;2;no
Osan;República de Corea;2025-09-26;2;no
Lille;Francia;2025-09-10;2;no
`, intake.Counts{Read: 7, Create: 6, Fail: 1}, "CYCLE_CLOSED_CITY C7", "NOT_A_MEMBER A8")
	w.shows(request.Survey, map[locale.Lang][]string{
		locale.EN: {"Health and well-being", "3"}, locale.FR: {"Santé et bien-être", "3"}, locale.ES: {"Salud y bienestar", "3"},
	})
	w.tells("Brest", map[locale.Lang][]string{
		locale.EN: {"Survey 2025, Education for Sustainable Development (ESD), would coordinate"},
		locale.FR: {"Enquête 2025, Éducation au développement durable (EDD)"},
		locale.ES: {"Encuesta 2025, Educación para el Desarrollo Sostenible (EDS)"},
	})
}

// clusters: who takes part in which from the first day of the term, in French; two cities join in the registry.
func (w *world) clusters() {
	w.at("2025-10-01 09:00:00")
	w.send("members", locale.FR, `Ville;Pays;Membre depuis;Pôles thématiques;Pôles depuis
Brest;France;2025-09-01;"Santé et bien-être; Éducation au développement durable";2025-10-01
Huelva;Espagne;2025-09-01;Santé et bien-être;2025-10-01
Dakar;Sénégal;2015-01-01;"Santé et bien-être; Alphabétisation";2025-10-01
Osan;République de Corée;2016-01-01;"1; 2; 3; 4";2025-10-01
`, intake.Counts{Read: 4, Update: 3, Fail: 1}, "CLUSTER_LIMIT_EXCEEDED D5")
	join := func(id, cluster string) (any, error) {
		return w.app.Registry.Enter(w.Context(), officer, network.Event{Kind: network.ClusterJoined, City: id, Cluster: cluster})
	}
	w.done(join("CO#medellin", "health"))
	w.not("CLUSTER_ALREADY_JOINED")(join("CO#medellin", "health"))
	for _, cluster := range []string{"esd", "equity", "planning"} {
		w.done(join("KR#osan", cluster))
	}
	w.not("CLUSTER_LIMIT_EXCEEDED")(join("KR#osan", "health"))
	w.not("NOT_A_MEMBER")(join("FR#lille", "health"))
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Participation", "Osan", "Educational planning"}, locale.FR: {"Participation", "Osan", "Planification"}, locale.ES: {"Participación", "Osan", "Planificación"},
	})
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Health and well-being", "Huelva"}, locale.FR: {"Santé et bien-être", "Huelva"}, locale.ES: {"Salud y bienestar", "Huelva"},
	})
	w.tells("Dakar", map[locale.Lang][]string{
		locale.EN: {"in the cluster Literacy until 30 September 2027"},
		locale.FR: {"dans le pôle Alphabétisation jusqu’au 30 septembre 2027"},
		locale.ES: {"en el grupo Alfabetización hasta el 30 de septiembre de 2027"},
	})
}

// coordinators: answers in French, ratings in Spanish; one decision in English, the other one in the registry, and both are announced.
func (w *world) coordinators() {
	w.at("2025-10-10 09:00:00")
	w.send("coordinators", locale.FR, `Ville;Pays;Pôle;Répondu le;1. Expérience dans le thème
Brest;France;Santé et bien-être;2025-10-03;Le port
Huelva;Espagne;Santé et bien-être;2025-10-03;Les écoles
Dakar;Sénégal;Santé et bien-être;2025-10-04;Les quartiers
Nanterre;France;Santé et bien-être;2025-10-04;La ville
`, intake.Counts{Read: 4, Create: 4}, "COORDINATOR_NOT_IN_CLUSTER C5")
	w.send("coordinators", locale.ES, `Ciudad;País;Grupo;Fecha de respuesta;Puntuación 1
Brest;Francia;Salud y bienestar;2025-10-03;5
Huelva;España;Salud y bienestar;2025-10-03;4
Dakar;Senegal;Salud y bienestar;2025-10-04;3
`, intake.Counts{Read: 3, Update: 3})
	w.at("2025-10-15 09:00:00")
	w.send("coordinators", locale.EN, `City;Country;Cluster;Answered on;Appointed on;Reason
Brest;France;Health and well-being;2025-10-03;2025-10-15;
`, intake.Counts{Read: 1, Create: 1})
	seat := func(id string) coordinator.Seat { return coordinator.Seat{Cluster: "health", Member: id} }
	appoint := func(id, reason string) (any, error) {
		return w.app.Registry.Appoint(w.Context(), officer, registry.Choice{Term: "2025-2027", Seat: seat(id), Reason: reason})
	}
	w.not("COORDINATOR_REASON_MISSING")(appoint("ES#huelva", "")) // of the same region as Brest, with Dakar proposed
	w.not("COORDINATOR_NOT_IN_CLUSTER")(appoint("FR#nanterre", "It lies near"))
	w.done(appoint("SN#dakar", ""))
	w.not("COORDINATOR_SEATS_TAKEN")(appoint("ES#huelva", "A third"))
	w.at("2025-10-20 09:00:00")
	for _, id := range []string{"FR#brest", "SN#dakar"} {
		w.done(w.app.Registry.Announce(w.Context(), officer, "2025-2027", seat(id), civil.Date{}))
	}
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Coordinators", "Dakar", "2025-10-20", "coordinates"}, locale.FR: {"Coordinatrices", "Dakar", "2025-10-20", "coordonne"},
		locale.ES: {"Coordinadoras", "Dakar", "2025-10-20", "coordina"},
	})
	w.tells("Dakar", map[locale.Lang][]string{
		locale.EN: {"Coordinating city, Health and well-being, until 30 September 2027"},
		locale.FR: {"Ville coordinatrice, Santé et bien-être, jusqu’au 30 septembre 2027"},
		locale.ES: {"Ciudad coordinadora, Salud y bienestar, hasta el 30 de septiembre de 2027"},
	})
}

// offers: what the cities can contribute, in French, and what the fund receives, in Spanish.
func (w *world) offers() {
	w.at("2025-11-20 09:00:00")
	w.send("questionnaire", locale.FR, `Ville;Pays;Réunion d’experts;Apprentissage et échange;Contribution au fonds;Répondu le
Brest;France;Une réunion au port;;;2025-11-10
Huelva;Espagne;;Nous accueillons;non;2025-11-11
`, intake.Counts{Read: 2, Create: 2})
	w.send("contributions", locale.ES, `Donante;Tipo de donante;Ciudad;País;Importe;Moneda;Recibido el;Referencia bancaria;Destino
Ciudad de Dakar;Ciudad miembro;Dakar;Senegal;20000;USD;2025-11-15;REF-1;
`, intake.Counts{Read: 1, Create: 1})
	w.shows(request.Budget, map[locale.Lang][]string{locale.EN: {"Brest", "Une réunion au port"}, locale.FR: {"Brest", "Une réunion au port"}, locale.ES: {"Brest", "Une réunion au port"}})
	w.shows(request.Budget, map[locale.Lang][]string{locale.EN: {"Ciudad de Dakar", "20000"}, locale.FR: {"Ciudad de Dakar", "20000"}, locale.ES: {"Ciudad de Dakar", "20000"}})
}

// workPlan: what the cluster sets out to do; its first annual meeting is held.
func (w *world) workPlan() {
	r, ctx, of := w.app.Registry, w.Context(), registry.PlanOf{Term: "2025-2027", Cluster: "health"}
	w.at("2025-12-01 09:00:00")
	w.not("CELL_REQUIRED")(r.PutForward(ctx, officer, of, "FR#brest", civil.Date{}))
	w.done(r.PlanObjectives(ctx, officer, of, "La santé pour tous."))
	w.not("PARTNER_MISSING")(r.PutForward(ctx, officer, of, "FR#brest", civil.Date{}))
	w.done(r.AddPartner(ctx, officer, of, "Institut de la santé"))
	w.done(r.PlanActivity(ctx, officer, of, workplan.Activity{ID: "cluster/1.4#1", Line: "cluster/1.4", By: "SN#dakar", On: w.day("2026-06-01")}))
	w.not("NOT_IN_CLUSTER")(r.OfferHost(ctx, officer, of, "cluster/1.4#1", "FR#nanterre"))
	w.done(r.OfferHost(ctx, officer, of, "cluster/1.4#1", "ES#huelva"))
	w.not("NOT_A_COORDINATOR")(r.PutForward(ctx, officer, of, "ES#huelva", civil.Date{}))
	w.done(r.PutForward(ctx, officer, of, "FR#brest", civil.Date{}))
	w.done(r.PlanStatus(ctx, officer, of, "cluster/1.4#1", workplan.Confirmed, civil.Date{}))
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Offers by activity", "1.4", "Huelva, 2026-06-01, confirmed"}, locale.FR: {"Offres par activité", "1.4", "Huelva, 2026-06-01, confirmée"},
		locale.ES: {"Ofertas por actividad", "1.4", "Huelva, 2026-06-01, confirmada"},
	})
	w.shows(request.Membership, map[locale.Lang][]string{
		locale.EN: {"Offers by activity", "Huelva", "offered"}, locale.FR: {"Offres par activité", "Huelva", "offerte"},
		locale.ES: {"Ofertas por actividad", "Huelva", "ofrecida"},
	})
	w.wantDuties("")
}

// wantDuties compares what the cluster owes as of now, by the plan and the news on record, with what is expected.
func (w *world) wantDuties(want string) {
	w.Helper()
	plan, err := w.app.Registry.Plan(w.Context(), registry.PlanOf{Term: "2025-2027", Cluster: "health"})
	w.done(plan, err)
	var news []workplan.News
	w.done(nil, w.app.Records.Scan(w.Context(), workplan.NewsType, "2025-2027", "", func(r records.Record) error {
		var n workplan.News
		err := records.Decode(r.Body, &n)
		news = append(news, n)
		return err
	}))
	term, _ := w.app.Programme.Term("2025-2027")
	var overdue []string
	for _, turn := range workplan.Turns(w.app.Programme, term, plan.Plan, news, civil.Of(w.now, w.call.Location())) {
		if turn.Overdue {
			overdue = append(overdue, turn.Duty.ID+" "+turn.Due.String())
		}
	}
	if got := strings.Join(overdue, ", "); got != want {
		w.Errorf("on %s overdue: %s, want %s", w.now.Format(time.DateOnly), got, want)
	}
}

// newsletter: every six months a coordinating city sends news, each in its language; no other city's are taken.
func (w *world) newsletter() {
	w.at("2026-03-02 09:00:00")
	w.send("news", locale.FR, "Ville;Pays;Pôle;Envoyées le;Nouvelles\nBrest;France;Santé et bien-être;2026-03-01;Une première rencontre.\n", intake.Counts{Read: 1, Create: 1})
	w.at("2026-06-01 18:00:00")
	w.done(w.app.Registry.PlanStatus(w.Context(), officer, registry.PlanOf{Term: "2025-2027", Cluster: "health"}, "cluster/1.4#1", workplan.Held, civil.Date{}))
	w.at("2026-09-30 09:00:00")
	w.send("news", locale.ES, "Ciudad;País;Grupo;Enviadas el;Noticias\nDakar;Senegal;Salud y bienestar;2026-09-30;Un taller.\nHuelva;España;Salud y bienestar;2026-09-30;Otra cosa.\n",
		intake.Counts{Read: 2, Create: 1, Fail: 1}, "NOT_A_COORDINATOR A3")
	w.wantDuties("")
	w.at("2027-03-31 09:00:00")
	w.send("news", locale.EN, "City;Country;Cluster;Sent on;News\nBrest;France;Health and well-being;2027-03-31;A report.\n", intake.Counts{Read: 1, Create: 1})
	w.tells("Brest", map[locale.Lang][]string{
		locale.EN: {"31 March 2027", "News sent, Health and well-being"},
		locale.FR: {"31 mars 2027", "Nouvelles envoyées, Santé et bien-être"},
		locale.ES: {"31 de marzo de 2027", "Noticias enviadas, Salud y bienestar"},
	})
	for _, name := range []string{"Brest", "Dakar", "Huelva", "Lille"} {
		english := strings.Count(w.story(name, locale.EN), "\n")
		for _, lang := range locale.Langs {
			if lines := strings.Count(w.story(name, lang), "\n"); lines != english {
				w.Errorf("the story of %s has %d lines in English, and %d in %s", name, english, lines, lang)
			}
		}
	}
	w.at("2027-10-01 09:00:00") // the term is over
	w.wantDuties("report 2027-09-30, meeting 2027-09-30, news 2027-09-30")
	w.send("news", locale.EN, "City;Country;Cluster;Sent on;News\nBrest;France;Health and well-being;2027-10-01;Too late.\n",
		intake.Counts{Read: 1, Fail: 1}, "NOT_A_COORDINATOR A2")
	w.tells("Brest", map[locale.Lang][]string{
		locale.EN: {"member since 1 September 2025"}, locale.FR: {"membre depuis le 1er septembre 2025"}, locale.ES: {"miembro desde el 1 de septiembre de 2025"},
	})
	if told := w.story("Brest", locale.EN); strings.Contains(told, "in the cluster") {
		w.Errorf("its participation has lapsed:\n%s", told)
	}
}
