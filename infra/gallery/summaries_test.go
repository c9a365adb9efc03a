package gallery

var summaryPages = []shown{
	{name: "summaries/list", who: "secretariat", at: "summaries", title: "What the product has written by itself"},
	{name: "summaries/city", who: "city", at: "summaries", title: "Summaries that concern a city"},
	{name: "summaries/planned", who: "secretariat", at: "summaries/planned", title: "What becomes due"},
	{name: "summaries/summary", who: "treasurer", at: "summaries/{summary}", title: "A summary of the fund"},
	{name: "summaries/sent", who: "auditor", at: "summaries/{summary}/mails", title: "To whom a summary went"},
	{name: "summaries/mails", who: "secretariat", at: "mails", title: "E-mails that are not sent for certain"},
	{name: "summaries/letters", who: "donor", at: "account/letters", title: "Which e-mails somebody wants"},
}
