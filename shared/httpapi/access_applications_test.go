package httpapi_test

import (
	"net/http"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
)

// inCall sets the clock to a day on which the call of 2025 is open.
func (w *world) inCall() { w.now = time.Date(2025, 5, 20, 10, 0, 0, 0, time.UTC) }

const aForm = `{"mayor":{"name":"A. Maire"},"contact":{"name":"C. Contact","email":"c@ville.example"},"pledge":{"given":true},` +
	`"motivation":"Relier nos écoles.","plans":"Un comité."}`

// bring does actions in a row to the application of a city ("FR/brest"), each as the one whose action it is, and gives the last answer.
func (w *world) bring(city, actions string) (last reply) {
	w.t.Helper()
	asking := w.actor
	defer func() { w.actor = asking }()
	country, name, _ := strings.Cut(city, "/")
	own := "/api/applications/2025/" + city
	for action := range strings.FieldsSeq(actions) {
		switch action {
		case "start", "send", "withdraw":
			w.actor = access.Actor{Person: "c-" + name, Role: access.City, Scope: access.Scope(country + "#" + name)}
		case "accept", "defer", "decline":
			w.actor = access.Actor{Person: "secretary", Role: access.Secretariat}
		default:
			w.actor = access.Actor{Person: "n-" + country, Role: access.Commission, Scope: access.Scope(country)}
		}
		if action == "start" {
			last = w.ask("POST", "/api/applications", startOf(city))
		} else {
			last = w.ask("POST", own+"/"+action, "")
		}
		if last.status >= http.StatusBadRequest {
			w.t.Fatalf("%s %s: %s", action, city, last.text)
		}
	}
	return last
}

func startOf(city string) string {
	country, name, _ := strings.Cut(city, "/")
	return `{"call":"2025","city":"` + country + "#" + name + `","name":"` + name + `","form":` + aForm + `}`
}

// after has the applications of Brest and Kiel come so far.
func after(actions string) func(*world, access.Actor) map[string]string {
	return func(w *world, _ access.Actor) map[string]string {
		w.inCall()
		w.bring("FR/brest", actions)
		w.bring("DE/kiel", actions)
		return nil
	}
}

// actRow is the row of an act on an application that has come so far.
func actRow(action, before, reach string) row {
	return row{
		route: "POST /api/applications/{call}/{country}/{city}/" + action, reach: reach, prepare: after(before),
		own:     asked{path: "/api/applications/2025/FR/brest/" + action, body: "{}"},
		foreign: asked{path: "/api/applications/2025/DE/kiel/" + action, body: "{}"},
	}
}

const (
	//                   secr treas nc  city donor auditor
	readsApplications = "all no own own no all"
	forCities         = "no no no own no no"
	forCommissions    = "no no own no no no"
	forSecretariat    = "all no no no no no"
)

var applicationRows = []row{
	{
		route: "GET /api/applications", reach: readsApplications, prepare: after("start"),
		own: asked{path: "/api/applications"}, foreign: asked{path: "/api/applications?country=DE"},
	},
	{
		route: "POST /api/applications", reach: forCities, prepare: after(""),
		own:     asked{path: "/api/applications", body: startOf("FR/brest")},
		foreign: asked{path: "/api/applications", body: startOf("DE/kiel")},
	},
	{
		route: "GET /api/applications/{call}/{country}/{city}", reach: readsApplications, prepare: after("start"),
		own: asked{path: "/api/applications/2025/FR/brest"}, foreign: asked{path: "/api/applications/2025/DE/kiel"},
	},
	{
		route: "PUT /api/applications/{call}/{country}/{city}", reach: forCities, prepare: after("start"),
		own:     asked{path: "/api/applications/2025/FR/brest", body: `{"form":{}}`, header: []string{"If-Match", `"1.en"`}},
		foreign: asked{path: "/api/applications/2025/DE/kiel", body: `{"form":{}}`, header: []string{"If-Match", `"1.en"`}},
	},
	{
		route: "GET /api/endorsements", reach: readsApplications, prepare: after("start send endorse submit"),
		own: asked{path: "/api/endorsements"}, foreign: asked{path: "/api/endorsements?country=DE"},
	},
	{
		route: "GET /api/decisions", reach: readsApplications, prepare: after("start send endorse submit accept"),
		own: asked{path: "/api/decisions"}, foreign: asked{path: "/api/decisions?country=DE"},
	},
	actRow("send", "start", forCities),
	actRow("withdraw", "start", forCities),
	actRow("return", "start send", forCommissions),
	actRow("endorse", "start send", forCommissions),
	actRow("submit", "start send endorse", forCommissions),
	actRow("recall", "start send endorse submit", forCommissions),
	actRow("accept", "start send endorse submit", forSecretariat),
	actRow("defer", "start send endorse submit", forSecretariat),
	actRow("decline", "start send endorse submit", forSecretariat),
}

const extension = `{"deadline":"city","country":"FR","until":"2025-12-31","reason":"A flood."}`

var callRows = []row{
	{route: "GET /api/calls", own: asked{path: "/api/calls"}, reach: everybody},
	{route: "GET /api/calls/{call}", own: asked{path: "/api/calls/2025"}, reach: everybody},
	{route: "GET /api/calls/{call}/extensions", own: asked{path: "/api/calls/2025/extensions"}, reach: everybody},
	{route: "POST /api/calls/{call}/extensions", own: asked{path: "/api/calls/2025/extensions", body: extension}, reach: forSecretariat},
	{
		route: "GET /api/calls/{call}/quotas", own: asked{path: "/api/calls/2025/quotas"}, reach: "all no own no no all", prepare: after("start"),
	},
	{
		route: "GET /api/calls/{call}/quotas/{country}", reach: "all no own no no all", prepare: after("start"),
		own: asked{path: "/api/calls/2025/quotas/FR"}, foreign: asked{path: "/api/calls/2025/quotas/DE"},
	},
}
