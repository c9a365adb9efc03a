package gallery

var auditPages = []shown{
	{name: "audit/list", who: "secretariat", at: "audit", title: "Who did what"},
	{name: "audit/verification", who: "auditor", at: "audit/verification", title: "The audit trail verified"},
}
