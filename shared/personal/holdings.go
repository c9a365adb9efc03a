package personal

import (
	"slices"

	"github.com/learning-cities/guildhall/shared/locale"
)

// person are the fields of one person below a prefix.
func person(prefix, of string, fields ...Field) []Field {
	for i := range fields {
		fields[i].Path, fields[i].Of = prefix+fields[i].Path, of
	}
	return fields
}

func mentions(paths ...string) (fields []Field) {
	for _, path := range paths {
		fields = append(fields, Field{Path: path, Sort: Mention})
	}
	return fields
}

func accounts(paths ...string) (fields []Field) {
	for _, path := range paths {
		fields = append(fields, Field{Path: path, Sort: Account})
	}
	return fields
}

// form are the fields of an application form (R-APP-10) below a prefix.
func form(prefix string) []Field {
	return slices.Concat(
		person(prefix+"mayor.", "mayor", Field{Path: "address", Sort: Function}, Field{Path: "name", Sort: Name}, Field{Path: "title", Sort: Function}),
		person(prefix+"pledge.", "pledge", Field{Path: "name", Sort: Name}),
		person(prefix+"contact.", "contact",
			Field{Path: "name", Sort: Name}, Field{Path: "title", Sort: Function}, Field{Path: "organisation", Sort: Function},
			Field{Path: "postal", Sort: Postal}, Field{Path: "phone", Sort: Phone}, Field{Path: "email", Sort: Email},
			Field{Path: "language", Sort: Language}),
		mentions(prefix+"motivation", prefix+"plans", prefix+"website", prefix+"partners.*", prefix+"committee.*", prefix+"stages.*"),
	)
}

// plan are the fields of a work plan below a prefix.
func plan(prefix string) []Field {
	return mentions(prefix+"objectives", prefix+"partners.*.name", prefix+"activities.*.title", prefix+"notes.*.text")
}

// The reasons why something that looks like a person's is not.
const (
	aCity       = "the name of a city"
	aFigure     = "a figure of the city's"
	aDonor      = "the name of a donor, which is a city, a country, a company or a foundation (R-FUN-4)"
	aDocument   = "a page of the organisation's, or who published a figure"
	anID        = "an identifier that the product gave out"
	byProgramme = "programme data, or a word of the product's"
	hashed      = "a hash"
	ofFund      = "the books hold identifiers and codes only"
)

// inBooks is why an erasure leaves the books alone: entries are linked by hashes and never changed (package ledger).
var inBooks = locale.Text{
	EN: "It belongs to the books of the fund, which are never changed. They name people by the identifiers of their accounts and payees by a number; " +
		"what was written as a reason belongs to the accounts.",
	FR: "Cela appartient aux livres du fonds, qui ne sont jamais modifiés. Ils désignent les personnes par l'identifiant de leur compte et les bénéficiaires " +
		"de paiements par un numéro ; ce qui a été écrit comme motif appartient à la comptabilité.",
	ES: "Pertenece a los libros del fondo, que no se modifican nunca. Designan a las personas por el identificador de su cuenta y a los perceptores por un número; " +
		"lo que se escribió como motivo pertenece a la contabilidad.",
}

// inTrail is why an erasure leaves the audit trail alone.
var inTrail = locale.Text{
	EN: "It belongs to the audit trail, which is never changed. It has identifiers of accounts only, which lead to nobody once the account is gone.",
	FR: "Cela appartient à la piste d'audit, qui n'est jamais modifiée. Elle ne contient que des identifiants de comptes, qui ne mènent à personne une fois le " +
		"compte supprimé.",
	ES: "Pertenece al registro de auditoría, que no se modifica nunca. Solo contiene identificadores de cuentas, que no llevan a nadie una vez suprimida la cuenta.",
}

func plainForm(prefix string) map[string]string {
	return map[string]string{
		prefix + "city": aCity, prefix + "otherNames.*": aCity, prefix + "country": byProgramme, prefix + "challenges.*.challenge": byProgramme,
		prefix + "features.*": byProgramme, prefix + "profile.population.value": aFigure, prefix + "profile.area.value": aFigure,
		prefix + "profile.gdpCity.value": aFigure, prefix + "profile.gdpCountry.value": aFigure, prefix + "profile.schoolingWomen.value": aFigure,
		prefix + "profile.schoolingMen.value": aFigure,
	}
}

// holdings is the table, by type.
var holdings = []Holding{
	{
		Type: "application", Fields: form(""), Plain: plainForm(""),
	},
	{
		Type:   "application_event",
		Fields: slices.Concat(form("event.form."), mentions("event.reason"), accounts("event.person")),
		Plain: with(plainForm("event.form."), map[string]string{
			"event.name": aCity, "event.city": aCity, "event.actor.city": aCity, "event.source": anID,
		}),
	},
	{Type: "archive"},
	{Type: "audit", Fields: accounts("person"), Kept: inTrail},
	{Type: "audit_day"},
	{Type: "audit_head"},
	{Type: "audit_open", Fields: accounts("person"), Kept: inTrail},
	{Type: "candidacy", Fields: mentions("answers.*.text"), Plain: map[string]string{"city": aCity, "member": aCity}},
	{Type: "claim", Plain: map[string]string{"holder": "a city, an import, or the identifier of an account"}},
	{Type: "contribution", Fields: mentions("remarks"), Plain: map[string]string{
		"donor": aDonor, "donorType": byProgramme, "city": aCity, "member": aCity, "rateSource": aDocument, "reference": "the bank's",
	}},
	{
		Type:   "coordinator_decision",
		Fields: slices.Concat(mentions("reason", "decidedBy")),
		Plain:  map[string]string{"seats.*.member": aCity, "proposed.*.member": aCity},
	},
	{
		Type:   "coordinator_event",
		Fields: mentions("decision.reason", "decision.decidedBy"),
		Plain: map[string]string{
			"decision.seats.*.member": aCity, "decision.proposed.*.member": aCity, "mandate.member": aCity, "mandate.city": aCity,
		},
	},
	{Type: "coordinator_freed"},
	{Type: "decision", Fields: mentions("reason"), Plain: map[string]string{"city": aCity}},
	{Type: "donor", Plain: map[string]string{"id": "leads to a record, which is held as its own type"}},
	{Type: "donor_gift"},
	{Type: "donor_listed"},
	{
		Type:   "endorsement",
		Fields: slices.Concat(person("", "endorser", Field{Path: "endorsedBy", Sort: Name}), mentions("remarks")),
		Plain:  map[string]string{"city": aCity},
	},
	{
		Type: "expenditure",
		Fields: slices.Concat(
			person("", "payee", Field{Path: "payee", Sort: Name}), mentions("remarks", "reference")),
		Plain: map[string]string{
			"payeeID": "a number of the office's own, or a hash", "rateSource": aDocument, "beneficiaries.*": aCity,
		},
	},
	{
		Type:   "export",
		Fields: accounts("wish.person"),
		Plain:  map[string]string{"wish.donor": aDonor, "problem.value": byProgramme},
	},
	{Type: "extension", Fields: slices.Concat(mentions("reason"), accounts("person")), Plain: map[string]string{"city": aCity}},
	{Type: "fund_batch"},
	{Type: "fund_checkpoint", Plain: map[string]string{"text": hashed}},
	{Type: "fund_day"},
	{Type: "fund_entered"},
	{
		Type:   "fund_entry",
		Fields: slices.Concat(mentions("reason"), accounts("source.person")), Kept: inBooks,
		Plain: map[string]string{
			"attributes.*": ofFund, "original.rateSource": aDocument, "source.value": "the amount as the cell has it", "source.sheet": "the title of a sheet",
		},
	},
	{Type: "fund_figures", Plain: map[string]string{"text": ofFund}},
	{Type: "fund_head"},
	{Type: "fund_link"},
	{Type: "fund_open_listed"},
	{
		Type:   "fund_proposal",
		Fields: slices.Concat(mentions("reason"), accounts("person", "approver")), Kept: inBooks,
		Plain: map[string]string{
			"event.donor": anID, "event.payee": ofFund, "event.original.rateSource": aDocument, "statement.donor": anID, "event.beneficiaries.*": aCity,
		},
	},
	{Type: "fund_reversed"},
	{
		Type:   "fund_statement",
		Fields: slices.Concat(mentions("reason"), accounts("person", "approver")), Kept: inBooks,
		Plain: map[string]string{"donor": anID},
	},
	{Type: "idempotency", Plain: map[string]string{"body": hashed}},
	{
		Type: "import",
		Fields: slices.Concat(
			mentions("request.name", "file.name", "sheet", "request.sheet", "request.answers.*", "answers.*.question", "answers.*.answer"),
			accounts("person", "committer", "request.person", "undo.person", "history.*.person")),
	},
	{Type: "instalment", Fields: mentions("remarks"), Plain: map[string]string{
		"donor": aDonor, "donorType": byProgramme, "city": aCity, "member": aCity, "agreement": "the agreement's number",
	}},
	{Type: "lock"},
	{Type: "mail", Fields: accounts("person", "by"), Plain: map[string]string{"reason": byProgramme, "receipt": "the deliverer's"}},
	{Type: "mail_open", Fields: accounts("person", "by"), Plain: map[string]string{"reason": byProgramme, "receipt": "the deliverer's"}},
	{Type: "mandate", Plain: map[string]string{"city": aCity, "member": aCity}},
	{Type: "member", Plain: map[string]string{"city": aCity, "otherNames.*": aCity, "website": "the city's"}},
	{
		Type:   "membership_event",
		Fields: slices.Concat(mentions("event.reason", "retold.*.reason"), accounts("event.person", "retold.*.person")),
		Plain: map[string]string{
			"event.name": aCity, "event.city": aCity, "event.source": anID, "retold.*.name": aCity, "retold.*.city": aCity, "retold.*.source": anID,
		},
	},
	{Type: "news", Fields: mentions("text"), Plain: map[string]string{"member": aCity}},
	{Type: "offer", Fields: mentions("items.*"), Plain: map[string]string{"city": aCity, "member": aCity}},
	{
		Type:   "people_event",
		Fields: accounts("person"),
		Plain:  map[string]string{"session": anID},
	},
	{
		Type:   "person",
		Fields: person("", "account", Field{Path: "email", Sort: Email})},
	{
		Type: "privacy_erasure", Fields: accounts("by", "account", "further.*"), Plain: map[string]string{"namings.*.hash": hashed},
	},
	{Type: "queue", Plain: map[string]string{"body": "what is to be done, by identifiers"}},
	{Type: "rate", Plain: map[string]string{"source": aDocument}},
	{Type: "request", Plain: map[string]string{"asked": hashed}},
	{
		Type:   "result",
		Fields: mentions("text.en", "text.fr", "text.es", "remarks"),
	},
	{Type: "retention_mark"},
	{Type: "session", Plain: map[string]string{"secret": hashed}},
	{Type: "summary", Fields: accounts("by"), Plain: map[string]string{"occasion.subject.donor": anID, "occasion.subject.city": aCity}},
	{
		Type:   "summary_kept",
		Fields: append(accounts("by"), Field{Path: "report", Sort: Quotes}, Field{Path: "changes", Sort: Quotes}), // news, titles, notes
	},
	{Type: "summary_mark"},
	{Type: "summary_people", Fields: accounts("people.*")},
	{Type: "survey_answer", Plain: map[string]string{"city": aCity, "member": aCity}},
	{Type: "work_plan", Fields: plan(""), Plain: map[string]string{"adoptedBy": aCity, "activities.*.by": aCity, "notes.*.member": aCity}},
	{
		Type: "work_plan_event", Fields: plan("plan."),
		Plain: map[string]string{"plan.adoptedBy": aCity, "plan.activities.*.by": aCity, "plan.notes.*.member": aCity},
	},
}

func with(maps ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, one := range maps {
		for path, why := range one {
			all[path] = why
		}
	}
	return all
}

// Origins are the fields of a record's provenance, which stand beside its body: whoever sent the file may have named it after a person.
func Origins() []Field { return slices.Concat(mentions("file", "sheet"), accounts("person")) }

// Keys says in which partitions the key itself names somebody, by the identifier of the account: what comes after the prefix is the
// identifier.
func Keys() []string { return []string{"export#person#", "import#answers#", "session#"} }

// Files is a group of blobs that can hold personal data.
type Files struct {
	Prefix string // of their names
	What   string
}

// Blobs are those groups, by the prefixes of their names. A blob whose name has none of them holds nothing of a person.
func Blobs() []Files {
	return []Files{
		{"exports/", "workbooks and papers that were asked for"},
		{"imports/", "what checks made: plans, reports, marked copies, reviews, edits over a sheet, the part that an interrupted check keeps"},
		{"incoming/", "files that are on their way in"},
		{"privacy/", "what somebody asked to be told of its own data"},
		{"uploads/", "files as they were sent"},
	}
}
