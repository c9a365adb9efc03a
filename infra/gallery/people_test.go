package gallery

var peoplePages = []shown{
	{name: "people/people", who: "secretariat", at: "people", title: "People"},
	{name: "people/person", who: "secretariat", at: "people/{person}", title: "A person"},
	{name: "people/new", who: "secretariat", at: "people/new", title: "To invite somebody"},
	{name: "people/sessions", who: "secretariat", at: "people/{person}/sessions", title: "Somebody's sessions"},
	{name: "people/unbind", who: "secretariat", at: "people/{person}/unbind", title: "Somebody's sign-in"},
	{name: "people/remove", who: "secretariat", at: "people/{person}/remove", title: "To remove somebody"},
	{name: "people/auditor", who: "auditor", at: "people", title: "People, for an auditor"},
	{name: "people/account", who: "donor", at: "account", title: "My account"},
}
