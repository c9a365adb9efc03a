package gallery

var networkPages = []shown{
	{name: "network/members", who: "city", at: "members", title: "Members"},
	{name: "network/members-found", who: "secretariat", at: "members?country=FR", title: "Members of a country"},
	{name: "network/members-none", who: "auditor", at: "members?q=atlantis", title: "No member is found"},
	{name: "network/city", who: "secretariat", at: "members/FR/brest", title: "A city with its story"},
	{name: "network/city-own", who: "city", at: "members/FR/brest", title: "A city's own page"},
	{name: "network/event", who: "secretariat", at: "members/FR/brest/events", title: "What happened to a membership"},
	{name: "network/event-left", who: "secretariat", at: "members/FR/brest/events?kind=left", title: "A city leaves"},
	{name: "network/clusters", who: "commission", at: "clusters", title: "Clusters"},
	{name: "network/cluster", who: "secretariat", at: "clusters/health", title: "A cluster with its work plan"},
	{name: "network/cluster-city", who: "city", at: "clusters/health", title: "A cluster, as a city of it sees it"},
	{name: "network/cluster-empty", who: "auditor", at: "clusters/entrepreneurship", title: "A cluster without cities"},
	{name: "network/plan-objectives", who: "secretariat", at: "clusters/health/plans/2025-2027/objectives", title: "A plan's objectives"},
	{name: "network/plan-status", who: "secretariat", at: "clusters/health/plans/2025-2027/status?activity=cluster%2F1.4%231", title: "How far an activity is"},
	{name: "network/coordinators", who: "donor", at: "coordinators", title: "Coordinators"},
	{name: "network/selection", who: "secretariat", at: "coordinators/2025-2027", title: "Candidates, ranked, and what is proposed"},
	{name: "network/seat", who: "secretariat", at: "coordinators/2025-2027/literacy/JP/okayama", title: "A candidate, and what its choice leads to"},
	{name: "network/seat-held", who: "secretariat", at: "coordinators/2025-2027/health/KR/suwon", title: "A coordinator that is still to be announced"},
	{name: "network/surveys", who: "treasurer", at: "surveys", title: "Surveys"},
	{name: "network/survey", who: "donor", at: "surveys/2019", title: "The result of a survey"},
	{name: "network/answers", who: "auditor", at: "surveys/2019/answers", title: "The answers to a survey"},
}
