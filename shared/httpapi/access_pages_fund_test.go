package httpapi_test

// The pages of the fund are asked for as its parts of the API are; who keeps the books sees the forms too.
const (
	anEntrysPage   = "/fund/entries/{entry}"
	aProposalsPage = "/fund/proposals/{proposal}"
	aDonorsPage    = "/donors/donor_country/KR"
	anothersPage   = "/donors/member_city/DE-hamburg"
)

var fundPageRows = []row{
	{route: "GET /fund", prepare: aFund, own: asked{path: "/fund"}, reach: seenByAll},
	{route: "GET /fund/balances", prepare: aFund, own: asked{path: "/fund/balances"}, reach: readsBooks},
	{route: "GET /fund/verification", prepare: aFund, own: asked{path: "/fund/verification"}, reach: readsBooks},
	{route: "GET /fund/rates", own: asked{path: "/fund/rates"}, reach: seenByAll},
	{route: "GET /fund/entries", prepare: aFund, own: asked{path: "/fund/entries"}, reach: readsBooks},
	{route: "GET /fund/entries/{day}/{batch}/{place}", prepare: aFund, own: asked{path: anEntrysPage}, reach: readsBooks},
	{
		route: "GET /fund/entries/{day}/{batch}/{place}/reversal", prepare: aFund, own: asked{path: anEntrysPage + "/reversal"},
		reach: keepsBooks,
	},
	{
		route: "POST /fund/entries/{day}/{batch}/{place}/reversal", prepare: aFund, reach: keepsBooks,
		own: asked{path: anEntrysPage + "/reversal", body: "date=2026-02-12&reason=booked+twice", header: asForm},
	},
	{route: "GET /fund/new", own: asked{path: "/fund/new"}, reach: keepsBooks},
	{route: "GET /fund/new/{kind}", prepare: aFund, own: asked{path: "/fund/new/interest"}, reach: keepsBooks},
	{
		route: "POST /fund/new/{kind}", prepare: aFund, reach: keepsBooks,
		own: asked{path: "/fund/new/interest", body: "amount=2.50&date=2026-02-12", header: asForm},
	},
	{route: "GET /fund/closing", prepare: aFund, own: asked{path: "/fund/closing"}, reach: keepsBooks},
	{
		route: "POST /fund/closing", prepare: aFund, reach: keepsBooks,
		own: asked{path: "/fund/closing", body: "date=2026-02-28", header: asForm},
	},
	{route: "GET /fund/proposals", prepare: aProposal, own: asked{path: "/fund/proposals"}, reach: readsBooks},
	{route: "GET /fund/proposals/{proposal}", prepare: aProposal, own: asked{path: aProposalsPage}, reach: readsBooks},
	{
		route: "POST /fund/proposals/{proposal}/approval", prepare: aProposal, reach: decidesBooks,
		own: asked{path: aProposalsPage + "/approval", body: "decided=yes", header: asForm},
	},
	{
		route: "POST /fund/proposals/{proposal}/rejection", prepare: aProposal, reach: decidesBooks,
		own: asked{path: aProposalsPage + "/rejection", body: "decided=yes", header: asForm},
	},
	{route: "GET /donors", prepare: aFund, own: asked{path: "/donors"}, reach: "all all no no all all"},
	{
		route: "GET /donors/{donorKind}/{donor}", prepare: aFund, reach: seesDonors,
		own: asked{path: aDonorsPage}, foreign: asked{path: anothersPage},
	},
	{
		route: "GET /donors/{donorKind}/{donor}/statements", prepare: aFund, reach: seesDonors,
		own: asked{path: aDonorsPage + "/statements"}, foreign: asked{path: anothersPage + "/statements"},
	},
	{
		route: "POST /donors/{donorKind}/{donor}/statements/files", prepare: aFund, reach: seesDonors,
		own:     asked{path: aDonorsPage + "/statements/files", body: "format=pdf", header: asForm},
		foreign: asked{path: anothersPage + "/statements/files", body: "format=pdf", header: asForm},
	},
	{
		route: "GET /donors/{donorKind}/{donor}/statements/final", prepare: aFund, reach: keepsBooks,
		own: asked{path: aDonorsPage + "/statements/final"}, foreign: asked{path: anothersPage + "/statements/final"},
	},
	{
		route: "POST /donors/{donorKind}/{donor}/statements/final", prepare: aFund, reach: keepsBooks,
		own:     asked{path: aDonorsPage + "/statements/final", body: "from=2026-01-01&to=2026-01-31", header: asForm},
		foreign: asked{path: anothersPage + "/statements/final", body: "from=2026-01-01&to=2026-01-31", header: asForm},
	},
}
