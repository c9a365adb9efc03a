package gallery

var applicationPages = []shown{
	{name: "applications/calls", who: "city", at: "calls", title: "Calls"},
	{name: "applications/call", who: "secretariat", at: "calls/2025", title: "A call with its deadlines"},
	{name: "applications/inbox-secretariat", who: "secretariat", at: "applications", title: "The secretariat's inbox"},
	{name: "applications/inbox", who: "commission", at: "applications/2025/FR", title: "A National Commission's inbox, and its three"},
	{name: "applications/list-commission", who: "commission", at: "applications", title: "Applications, for a National Commission"},
	{name: "applications/list-city", who: "applicant", at: "applications", title: "Applications, for a city"},
	{name: "applications/list-member", who: "city", at: "applications", title: "Applications, for a city that hasn't applied"},
	{name: "applications/list-auditor", who: "auditor", at: "applications", title: "Applications, for an auditor"},
	{name: "applications/draft", who: "applicant", at: "applications/2025/FR/quimper", title: "A draft"},
	{name: "applications/form", who: "applicant", at: "applications/2025/FR/quimper/edit", title: "A city's form"},
	{name: "applications/send", who: "applicant", at: "applications/2025/FR/quimper/send", title: "What is missing before it is sent"},
	{name: "applications/sent", who: "commission", at: "applications/2025/FR/rennes", title: "An application to endorse or return"},
	{name: "applications/endorse", who: "commission", at: "applications/2025/FR/rennes/endorse", title: "To endorse"},
	{name: "applications/return", who: "commission", at: "applications/2025/FR/rennes/return", title: "To return with a reason"},
	{name: "applications/submit", who: "commission", at: "applications/2025/FR/metz/submit", title: "To submit"},
	{name: "applications/submitted", who: "secretariat", at: "applications/2025/FR/tours", title: "An application to decide"},
	{name: "applications/accept", who: "secretariat", at: "applications/2025/FR/tours/accept", title: "To accept"},
	{name: "applications/decline", who: "secretariat", at: "applications/2025/FR/tours/decline", title: "To decline"},
	{name: "applications/deferred", who: "auditor", at: "applications/2025/BE/liege", title: "An application that was deferred"},
}
