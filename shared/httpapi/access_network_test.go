package httpapi_test

// What everybody may see, and what the secretariat alone may do.
const (
	seenByAll       = "all all all all all all"
	seenByAllButOne = "all all all all no all" // a donor
	bySecretariat   = "all no no no no no"
	seenInOffice    = "all no no no no all" // and by auditors
	seenByItsOwn    = "all no own own no all"
)

const (
	ownMember     = "/api/members/FR/brest"
	foreignMember = "/api/members/BY/brest"
	ownSeat       = "/api/coordinators/2025-2027/literacy/FR/brest"
	foreignSeat   = "/api/coordinators/2025-2027/literacy/BY/brest"
	aPlan         = "/api/clusters/literacy/plans/2025-2027"
	anActivity    = aPlan + "/activities/cluster/1.4/1"
)

var seenBefore = []string{"If-Match", `"1.en"`}

var networkRows = []row{
	{route: "GET /api/members", prepare: aNetwork, own: asked{path: "/api/members"}, reach: seenByAll},
	{
		route: "GET /api/members/{country}/{city}", prepare: aNetwork, reach: seenByAll,
		own: asked{path: ownMember}, foreign: asked{path: foreignMember},
	},
	{
		route: "POST /api/members/{country}/{city}/events", prepare: aNetwork, reach: bySecretariat,
		own:     asked{path: ownMember + "/events", body: `{"kind":"reported"}`},
		foreign: asked{path: foreignMember + "/events", body: `{"kind":"reported"}`},
	},
	{
		route: "GET /api/members/{country}/{city}/history", prepare: aNetwork, reach: seenByItsOwn,
		own: asked{path: ownMember + "/history"}, foreign: asked{path: foreignMember + "/history"},
	},
	{route: "GET /api/surveys", own: asked{path: "/api/surveys"}, reach: seenByAll},
	{route: "GET /api/surveys/{survey}", prepare: aNetwork, own: asked{path: "/api/surveys/2019"}, reach: seenByAll},
	{route: "GET /api/surveys/{survey}/answers", prepare: aNetwork, own: asked{path: "/api/surveys/2019/answers"}, reach: seenByItsOwn},
	{route: "GET /api/clusters", prepare: aNetwork, own: asked{path: "/api/clusters"}, reach: seenByAll},
	{route: "GET /api/clusters/{cluster}", prepare: aNetwork, own: asked{path: "/api/clusters/health"}, reach: seenByAll},
	{route: "GET /api/offers", prepare: aNetwork, own: asked{path: "/api/offers"}, reach: seenByItsOwn},
	{route: "GET /api/coordinators", prepare: aNetwork, own: asked{path: "/api/coordinators"}, reach: seenByAll},
	{
		route: "POST /api/coordinators/{term}", prepare: aNetwork, reach: bySecretariat,
		own:     asked{path: "/api/coordinators/2025-2027", body: `{"cluster":"health","city":"FR#brest"}`},
		foreign: asked{path: "/api/coordinators/2025-2027", body: `{"cluster":"health","city":"BY#brest"}`},
	},
	{
		route: "POST /api/coordinators/{term}/{cluster}/{country}/{city}/announcement", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: ownSeat + "/announcement"}, foreign: asked{path: foreignSeat + "/announcement"},
	},
	{
		route: "POST /api/coordinators/{term}/{cluster}/{country}/{city}/end", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: ownSeat + "/end"}, foreign: asked{path: foreignSeat + "/end"},
	},
	{route: "GET /api/candidates/{term}", prepare: aNetwork, own: asked{path: "/api/candidates/2025-2027"}, reach: seenInOffice},
	{route: "GET /api/figures", prepare: aNetwork, own: asked{path: "/api/figures"}, reach: seenByAll},
}

var planRows = []row{
	{route: "GET /api/clusters/{cluster}/plans/{term}", prepare: aNetwork, own: asked{path: aPlan}, reach: seenByAllButOne},
	{route: "GET /api/clusters/{cluster}/plans/{term}/duties", prepare: aNetwork, own: asked{path: aPlan + "/duties"}, reach: seenByAllButOne},
	{
		route: "PUT /api/clusters/{cluster}/plans/{term}/objectives", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: aPlan + "/objectives", body: `{"objectives":"Families read."}`, header: seenBefore},
	},
	{
		route: "POST /api/clusters/{cluster}/plans/{term}/activities", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: aPlan + "/activities", body: `{"line":"cluster/1.4","title":"A meeting"}`},
	},
	{
		route:   "PUT /api/clusters/{cluster}/plans/{term}/activities/{budget}/{line}/{number}",
		prepare: aNetwork, reach: bySecretariat, own: asked{path: anActivity, body: `{"line":"cluster/1.4","host":"FR#brest"}`, header: seenBefore},
	},
	{
		route:   "POST /api/clusters/{cluster}/plans/{term}/activities/{budget}/{line}/{number}/status",
		prepare: aNetwork, reach: bySecretariat, own: asked{path: anActivity + "/status", body: `{"status":"cancelled"}`},
	},
	{
		route:   "POST /api/clusters/{cluster}/plans/{term}/activities/{budget}/{line}/{number}/host",
		prepare: aNetwork, reach: "all no no own no no", // a city offers itself, and no Commission its cities
		own:     asked{path: anActivity + "/host", body: `{"city":"FR#brest"}`},
		foreign: asked{path: anActivity + "/host", body: `{"city":"BY#brest"}`},
	},
	{
		route: "POST /api/clusters/{cluster}/plans/{term}/partners", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: aPlan + "/partners", body: `{"name":"Institute of Reading"}`},
	},
	{
		route: "POST /api/clusters/{cluster}/plans/{term}/outcomes", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: aPlan + "/outcomes", body: `{"outcome":"policies","city":"FR#brest","text":"A strategy"}`},
	},
	{
		route: "POST /api/clusters/{cluster}/plans/{term}/adoption", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: aPlan + "/adoption", body: `{"city":"FR#brest"}`},
	},
}
