package gallery

var codePages = []shown{
	{name: "codes/codes", who: "auditor", at: "codes", title: "What problems mean"},
	{name: "codes/rules", who: "commission", at: "rules", title: "The network's rules"},
	{name: "codes/rule", who: "commission", at: "rules/R-APP-3", title: "A rule and its source"},
	{name: "codes/code", who: "city", at: "codes/DATE_AMBIGUOUS", title: "A problem, and what to do"},
}
