package gallery

var privacyPages = []shown{
	{name: "privacy/privacy", who: "secretariat", at: "privacy", title: "What is held about a person"},
	{name: "privacy/auditor", who: "auditor", at: "privacy", title: "What is held about a person, for an auditor"},
}
