package httpapi_test

const (
	ownPage     = "/members/FR/brest"
	foreignPage = "/members/BY/brest"
	planPage    = "/clusters/literacy/plans/2025-2027/"
	seatPage    = "/coordinators/2025-2027/literacy/FR/brest"
	otherSeat   = "/coordinators/2025-2027/health/BY/brest"
)

// What the API's rows say of the same things (access_network_test.go) is said here of their pages.
var networkPageRows = []row{
	{route: "GET /members", prepare: aNetwork, own: asked{path: "/members"}, reach: seenByAll},
	{
		route: "GET /members/{country}/{city}", prepare: aNetwork, own: asked{path: ownPage}, foreign: asked{path: foreignPage}, reach: seenByAll,
	},
	{
		route: "GET /members/{country}/{city}/events", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: ownPage + "/events?kind=left"}, foreign: asked{path: foreignPage + "/events?kind=left"},
	},
	{
		route: "POST /members/{country}/{city}/events", prepare: aNetwork, reach: bySecretariat,
		own:     asked{path: ownPage + "/events", body: "kind=reported&on=2026-11-20", header: asForm},
		foreign: asked{path: foreignPage + "/events", body: "kind=reported&on=2026-11-20", header: asForm},
	},
	{route: "GET /clusters", prepare: aNetwork, own: asked{path: "/clusters"}, reach: seenByAll},
	{route: "GET /clusters/{cluster}", prepare: aNetwork, own: asked{path: "/clusters/literacy"}, reach: seenByAll},
	{
		route: "GET /clusters/{cluster}/plans/{term}/{step}", prepare: aNetwork, reach: bySecretariat, own: asked{path: planPage + "objectives"},
	},
	{
		route: "GET /clusters/{cluster}/plans/{term}/{step}", prepare: aNetwork, reach: "all no no all no no", // whose cities offer themselves
		own: asked{path: planPage + "host?activity=cluster%2F1.4%231"},
	},
	{
		route: "POST /clusters/{cluster}/plans/{term}/{step}", prepare: aNetwork, reach: bySecretariat,
		own: asked{path: planPage + "partners", body: "partners=Institute+of+Reading", header: asForm},
	},
	{
		route: "POST /clusters/{cluster}/plans/{term}/{step}", prepare: aNetwork, reach: "all no no own no no",
		own:     asked{path: planPage + "host", body: "activity=cluster%2F1.4%231&host=FR%23brest", header: asForm},
		foreign: asked{path: planPage + "host", body: "activity=cluster%2F1.4%231&host=BY%23brest", header: asForm},
	},
	{route: "GET /coordinators", prepare: aNetwork, own: asked{path: "/coordinators"}, reach: seenByAll},
	{route: "GET /coordinators/{term}", prepare: aNetwork, own: asked{path: "/coordinators/2025-2027"}, reach: seenInOffice},
	{
		route: "GET /coordinators/{term}/{cluster}/{country}/{city}", prepare: aNetwork, reach: seenInOffice,
		own: asked{path: seatPage}, foreign: asked{path: otherSeat},
	},
	{
		route: "POST /coordinators/{term}/{cluster}/{country}/{city}/{act}", prepare: aNetwork, reach: bySecretariat,
		own:     asked{path: seatPage + "/announcement", body: "announced_on=2026-11-21", header: asForm},
		foreign: asked{path: otherSeat + "/appointment", body: "reason=It+can.", header: asForm},
	},
	{route: "GET /surveys", own: asked{path: "/surveys"}, reach: seenByAll},
	{route: "GET /surveys/{survey}", prepare: aNetwork, own: asked{path: "/surveys/2019"}, reach: seenByAll},
	{route: "GET /surveys/{survey}/answers", prepare: aNetwork, own: asked{path: "/surveys/2019/answers"}, reach: seenByItsOwn},
}
