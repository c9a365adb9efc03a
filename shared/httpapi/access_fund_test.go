package httpapi_test

// Who reads the fund's books, enters into them, and decides as the second person; and who sees what is a donor's.
const (
	readsBooks   = "all all no no no all"
	keepsBooks   = "no all no no no no"
	decidesBooks = "all all no no no no"
	seesDonors   = "all all no no own all"
)

const (
	theFund      = "/api/fund"
	itsEntry     = theFund + "/entries/{entry}"
	itsProposal  = theFund + "/proposals/{proposal}"
	ownDonor     = "/api/donors/donor_country/KR"
	foreignDonor = "/api/donors/member_city/DE-hamburg"
	interest     = `{"kind":"interest","amount":{"minor":250,"currency":"USD"},"date":"2026-02-12"}`
	january      = `{"from":"2026-01-01","to":"2026-01-31"}`
)

var fundRows = []row{
	{route: "GET /api/fund", prepare: aFund, own: asked{path: theFund}, reach: seenByAll},
	{route: "GET /api/fund/balances", prepare: aFund, own: asked{path: theFund + "/balances"}, reach: readsBooks},
	{route: "GET /api/fund/entries", prepare: aFund, own: asked{path: theFund + "/entries"}, reach: readsBooks},
	{route: "POST /api/fund/entries", prepare: aFund, own: asked{path: theFund + "/entries", body: interest}, reach: keepsBooks},
	{route: "GET /api/fund/entries/{day}/{batch}/{place}", prepare: aFund, own: asked{path: itsEntry}, reach: readsBooks},
	{
		route: "POST /api/fund/entries/{day}/{batch}/{place}/reversal", prepare: aFund, reach: keepsBooks,
		own: asked{path: itsEntry + "/reversal", body: `{"on":"2026-02-12","reason":"booked twice"}`},
	},
	{route: "GET /api/fund/proposals", prepare: aProposal, own: asked{path: theFund + "/proposals"}, reach: readsBooks},
	{
		route: "POST /api/fund/proposals", prepare: aFund, reach: keepsBooks,
		own: asked{path: theFund + "/proposals", body: `{"closeTo":"2026-02-28"}`},
	},
	{route: "GET /api/fund/proposals/{proposal}", prepare: aProposal, own: asked{path: itsProposal}, reach: readsBooks},
	{
		route: "POST /api/fund/proposals/{proposal}/approval", prepare: aProposal, reach: decidesBooks,
		own: asked{path: itsProposal + "/approval"},
	},
	{
		route: "POST /api/fund/proposals/{proposal}/rejection", prepare: aProposal, reach: decidesBooks,
		own: asked{path: itsProposal + "/rejection"},
	},
	{route: "GET /api/fund/verification", prepare: aFund, own: asked{path: theFund + "/verification"}, reach: readsBooks},
	{route: "GET /api/rates", own: asked{path: "/api/rates"}, reach: seenByAll},
}

var donorRows = []row{
	{route: "GET /api/donors", prepare: aFund, own: asked{path: "/api/donors"}, reach: "all all no no all all"},
	{
		route: "GET /api/donors/{donorKind}/{donor}", prepare: aFund, reach: seesDonors,
		own: asked{path: ownDonor}, foreign: asked{path: foreignDonor},
	},
	{
		route: "GET /api/donors/{donorKind}/{donor}/pledges", prepare: aFund, reach: seesDonors,
		own: asked{path: ownDonor + "/pledges"}, foreign: asked{path: foreignDonor + "/pledges"},
	},
	{
		route: "GET /api/donors/{donorKind}/{donor}/contributions", prepare: aFund, reach: seesDonors,
		own: asked{path: ownDonor + "/contributions"}, foreign: asked{path: foreignDonor + "/contributions"},
	},
	{
		route: "GET /api/donors/{donorKind}/{donor}/statement", prepare: aFund, reach: seesDonors,
		own: asked{path: ownDonor + "/statement"}, foreign: asked{path: foreignDonor + "/statement"},
	},
	{
		route: "GET /api/donors/{donorKind}/{donor}/statements", prepare: aFund, reach: seesDonors,
		own: asked{path: ownDonor + "/statements"}, foreign: asked{path: foreignDonor + "/statements"},
	},
	{
		route: "POST /api/donors/{donorKind}/{donor}/statements", prepare: aFund, reach: keepsBooks,
		own: asked{path: ownDonor + "/statements", body: january}, foreign: asked{path: foreignDonor + "/statements", body: january},
	},
}
