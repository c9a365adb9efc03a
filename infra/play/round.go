package play

import "net/http"

// form is what a city answers in its application, complete enough for its National Commission.
func form() object {
	figure := func(value string) object { return object{"value": value, "year": 2021} }
	return object{
		"website": "https://www.brest.example",
		"mayor":   object{"address": "M.", "name": "A. Le Goff", "title": "Maire"},
		"contact": object{
			"name": "C. Kervella", "title": "Chargée de mission", "organisation": "Ville de Brest", "postal": "2 rue du Port, 29200 Brest",
			"phone": "+33 2 00 00 00 00", "email": "c.kervella@brest.example", "language": "fr",
		},
		"pledge": object{"given": true, "name": "A. Le Goff", "on": "2025-05-02"},
		"profile": object{
			"population": figure("140000"), "area": figure("49.51"), "gdpCity": figure("38000"), "gdpCountry": figure("44000"),
			"schoolingWomen": figure("11.6"), "schoolingMen": figure("11.8"),
		},
		"motivation": "Relier les écoles, l'université et les quartiers.",
		"plans":      "Un comité de pilotage, puis trois quartiers la première année.",
		"challenges": []object{{"challenge": "poverty", "rating": 4}},
		"interests":  []string{"literacy"}, "expertise": []string{"citizenship"},
		"partners":  []string{"Université de Bretagne Occidentale"},
		"committee": []string{"A. Le Goff, Ville de Brest"},
		"stages":    []string{"2025: diagnostic", "2026: trois quartiers"},
	}
}

// decideAnApplication is a round of endorsement: the deadlines of the call are over, and are extended for one country; its city applies and
// is sent back once; its National Commission endorses and submits it, and the secretariat accepts it.
func (c cast) decideAnApplication() {
	c.city.Helper()
	to := map[string]string{"call": "2025"}
	of := map[string]string{"call": "2025", "country": "FR", "city": "brest"}
	c.city.ask("GET /api/calls/{call}", call{path: to})
	start := object{"call": "2025", "city": "FR#brest", "name": "Brest"}
	c.city.ask("POST /api/applications", call{body: start, want: http.StatusConflict}) // too late
	c.commission.ask("POST /api/calls/{call}/extensions", call{
		path: to, body: object{"deadline": "city", "country": "FR", "until": "2099-12-31", "reason": "Storm."}, want: http.StatusForbidden,
	})
	for _, deadline := range []string{"city", "commission"} {
		later := object{"deadline": deadline, "country": "FR", "until": "2099-12-31", "reason": "The storm of that week."}
		c.secretariat.ask("POST /api/calls/{call}/extensions", call{path: to, body: later, want: http.StatusCreated})
	}
	c.city.ask("GET /api/calls/{call}/extensions", call{path: to})

	begun := c.city.ask("POST /api/applications", call{body: start, want: http.StatusCreated})
	c.commission.ask("GET /api/applications", call{})
	c.donor.ask("GET /api/applications/{call}/{country}/{city}", call{path: of, want: http.StatusForbidden})
	edit := call{path: of, body: object{"form": form()}}
	edit.want = http.StatusPreconditionRequired
	c.city.ask("PUT /api/applications/{call}/{country}/{city}", edit)
	edit.version, edit.want = begun.tag, 0
	edited := c.city.ask("PUT /api/applications/{call}/{country}/{city}", edit)
	edit.want = http.StatusPreconditionFailed // a second time of the same version
	c.city.ask("PUT /api/applications/{call}/{country}/{city}", edit)
	nothing := call{path: of, body: object{}}
	c.city.ask("POST /api/applications/{call}/{country}/{city}/send", nothing)
	c.commission.ask("GET /api/applications/{call}/{country}/{city}", call{path: of})
	c.commission.ask("POST /api/applications/{call}/{country}/{city}/return", call{path: of, body: object{"reason": "Name a second partner."}})
	now := c.city.ask("GET /api/applications/{call}/{country}/{city}", call{path: of})
	if now.tag == edited.tag {
		c.city.Error("an application that was sent back has the version that it had")
	}
	again := form()
	again["partners"] = []string{"Université de Bretagne Occidentale", "Médiathèques de Brest"}
	c.city.ask("PUT /api/applications/{call}/{country}/{city}", call{path: of, body: object{"form": again}, version: now.tag})
	c.city.ask("POST /api/applications/{call}/{country}/{city}/send", nothing)
	c.city.ask("POST /api/applications/{call}/{country}/{city}/endorse", call{path: of, body: object{}, want: http.StatusForbidden})
	c.commission.ask("POST /api/applications/{call}/{country}/{city}/endorse", nothing)
	c.commission.ask("GET /api/calls/{call}/quotas/{country}", call{path: map[string]string{"call": "2025", "country": "FR"}})
	c.commission.ask("POST /api/applications/{call}/{country}/{city}/submit", call{path: of, body: object{"signed": "C. Morel"}})
	c.auditor.ask("GET /api/endorsements", call{})
	c.commission.ask("POST /api/applications/{call}/{country}/{city}/accept", call{path: of, body: object{"reason": "Ours."}, want: http.StatusForbidden})
	c.secretariat.ask("POST /api/applications/{call}/{country}/{city}/accept", call{path: of, body: object{"reason": "A broad partnership."}})
	c.city.ask("GET /api/applications/{call}/{country}/{city}", call{path: of})
	c.auditor.ask("GET /api/decisions", call{})
}
