package gallery

var exportPages = []shown{
	{name: "exports/list", who: "secretariat", at: "exports", title: "Exports"},
	{name: "exports/list-donor", who: "donor", at: "exports", title: "Exports, for a donor"},
	{name: "exports/new", who: "secretariat", at: "exports/new?kind=membership", title: "To ask for a workbook"},
	{name: "exports/new-statement", who: "donor", at: "exports/new?kind=donor", title: "To ask for a statement"},
	{name: "exports/ready", who: "secretariat", at: "exports/{export}", title: "An export to fetch"},
	{name: "exports/asked", who: "secretariat", at: "exports/{export asked}", title: "An export that is being made"},
	{name: "exports/failed", who: "secretariat", at: "exports/{export failed}", title: "An export that could not be made"},
	{name: "exports/templates", who: "auditor", at: "templates", title: "Templates"},
}
