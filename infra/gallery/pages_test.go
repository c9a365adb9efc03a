package gallery

import "slices"

// pages are all of them, by areas.
var pages = slices.Concat(homePages, applicationPages, exportPages)

var homePages = []shown{
	{name: "home/secretariat", who: "secretariat", title: "Home of the secretariat"},
	{name: "home/treasurer", who: "treasurer", title: "Home of the treasurer"},
	{name: "home/commission", who: "commission", title: "Home of a National Commission"},
	{name: "home/city", who: "city", title: "Home of a member city"},
	{name: "home/applicant", who: "applicant", title: "Home of a city that applies"},
	{name: "home/donor", who: "donor", title: "Home of a donor"},
	{name: "home/auditor", who: "auditor", title: "Home of an auditor"},
}
