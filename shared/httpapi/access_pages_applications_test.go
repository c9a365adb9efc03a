package httpapi_test

import "slices"

// actPageRows are those of the page on which an act is asked about, and of its form.
func actPageRows(action, before, reach, form string) []row {
	const to = "/applications/2025/"
	return []row{
		{
			route: "GET /applications/{call}/{country}/{city}/{act}", reach: reach, prepare: after(before),
			own: asked{path: to + "FR/brest/" + action}, foreign: asked{path: to + "DE/kiel/" + action},
		},
		{
			route: "POST /applications/{call}/{country}/{city}/{act}", reach: reach, prepare: after(before),
			own:     asked{path: to + "FR/brest/" + action, body: form, header: asForm},
			foreign: asked{path: to + "DE/kiel/" + action, body: form, header: asForm},
		},
	}
}

// applicationPageRows are the pages of calls and applications: they reach as far as the same does by the API.
var applicationPageRows = slices.Concat(
	[]row{
		{route: "GET /calls", own: asked{path: "/calls"}, reach: everybody},
		{route: "GET /calls/{call}", own: asked{path: "/calls/2025"}, reach: everybody},
		{
			route: "POST /calls/{call}", reach: forSecretariat,
			own: asked{path: "/calls/2025", body: "deadline=city&country=FR&until=2026-12-31&reason=A+flood.", header: asForm},
		},
		{
			route: "GET /applications", reach: readsApplications, prepare: after("start"),
			own: asked{path: "/applications"}, foreign: asked{path: "/applications?country=DE"},
		},
		{
			route: "POST /applications", reach: forCities, prepare: after(""),
			own: asked{path: "/applications", body: "call=2025&name=Brest", header: asForm},
		},
		{
			route: "GET /applications/{call}/{country}", reach: "all no own no no all", prepare: after("start send"),
			own: asked{path: "/applications/2025/FR"}, foreign: asked{path: "/applications/2025/DE"},
		},
		{
			route: "POST /applications/{call}/{country}", reach: forCommissions, prepare: after("start send endorse"),
			own:     asked{path: "/applications/2025/FR", body: "city=FR%23brest&signed=A.", header: asForm},
			foreign: asked{path: "/applications/2025/DE", body: "city=DE%23kiel&signed=A.", header: asForm},
		},
		{
			route: "GET /applications/{call}/{country}/{city}", reach: readsApplications, prepare: after("start"),
			own: asked{path: "/applications/2025/FR/brest"}, foreign: asked{path: "/applications/2025/DE/kiel"},
		},
	},
	actPageRows("edit", "start", forCities, "plans=x"),
	actPageRows("send", "start", forCities, ""),
	actPageRows("withdraw", "start", forCities, ""),
	actPageRows("return", "start send", forCommissions, "reason=x"),
	actPageRows("endorse", "start send", forCommissions, ""),
	actPageRows("submit", "start send endorse", forCommissions, "signed=A."),
	actPageRows("recall", "start send endorse submit", forCommissions, ""),
	actPageRows("accept", "start send endorse submit", forSecretariat, ""),
	actPageRows("defer", "start send endorse submit", forSecretariat, "reason=x"),
	actPageRows("decline", "start send endorse submit", forSecretariat, "reason=x"),
)
