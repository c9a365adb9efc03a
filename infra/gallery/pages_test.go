package gallery

import "slices"

// pages are all of them, by areas.
var pages = slices.Concat(homePages, importPages, applicationPages, auditPages, networkPages, fundPages, exportPages, summaryPages, peoplePages, privacyPages, codePages, deadLetterPages)

var homePages = []shown{
	{name: "home/secretariat", who: "secretariat", title: "Home of the secretariat"},
	{name: "home/treasurer", who: "treasurer", title: "Home of the treasurer"},
	{name: "home/commission", who: "commission", title: "Home of a National Commission"},
	{name: "home/city", who: "city", title: "Home of a member city"},
	{name: "home/applicant", who: "applicant", title: "Home of a city that applies"},
	{name: "home/donor", who: "donor", title: "Home of a donor"},
	{name: "home/auditor", who: "auditor", title: "Home of an auditor"},

	{name: "calls/list", who: "city", at: "calls", title: "The calls with their deadlines"},
	{name: "calls/call", who: "secretariat", at: "calls/2025", title: "A call: extensions, and each country's quota"},
	{name: "applications/list", who: "secretariat", at: "applications", title: "All applications, as the secretariat finds them"},
	{name: "applications/inbox", who: "commission", at: "applications", title: "What a National Commission has to do"},
	{name: "applications/country", who: "auditor", at: "applications/2025/FR", title: "How a country stands in a call"},
	{name: "applications/own", who: "applicant", at: "applications", title: "A city's own applications"},
	{name: "applications/read", who: "commission", at: "applications/2025/FR/rennes", title: "An application, to read and to print"},
	{name: "applications/edit", who: "applicant", at: "applications/2025/FR/quimper/edit", title: "The application form as a city fills it in"},
	{name: "applications/send", who: "applicant", at: "applications/2025/FR/quimper/send", title: "What a city is told before it sends"},
	{name: "applications/endorse", who: "commission", at: "applications/2025/FR/rennes/endorse", title: "What a National Commission is told before it endorses"},
	{name: "applications/decide", who: "secretariat", at: "applications/2025/FR/nancy/decline", title: "What the secretariat is told before it declines"},
}
